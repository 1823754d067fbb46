-- Promises to pay. While one is open, no letter asks for its items and none of them is handed to collections.
CREATE SEQUENCE promise_ids START 10000001;
CREATE TABLE promises (
  id text PRIMARY KEY DEFAULT 'PRM-' || nextval('promise_ids'),
  customer_id text NOT NULL REFERENCES customers (id),
  currency text NOT NULL,
  amount_minor minor NOT NULL CHECK (amount_minor > 0),
  promised_on date NOT NULL,
  -- With the days of grace that the policy gave when it was made: the last value date that counts, and the instant after it.
  receipts_until date NOT NULL CHECK (receipts_until >= promised_on),
  due_at timestamptz NOT NULL,
  policy_version integer NOT NULL,
  note text,
  status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'kept', 'broken', 'cancelled')),
  status_reason text,
  actor text NOT NULL,
  at timestamptz NOT NULL,
  -- When its customer's receipts were last held against it.
  looked_at timestamptz,
  ended_by text,
  ended_at timestamptz,
  CHECK ((status = 'open') = (ended_at IS NULL))
);
CREATE INDEX promises_by_customer ON promises (customer_id, id);
CREATE INDEX promises_open ON promises (due_at) WHERE status = 'open';

CREATE TABLE promise_items (
  promise_id text NOT NULL REFERENCES promises (id),
  invoice_id text NOT NULL REFERENCES invoices (id),
  live boolean NOT NULL DEFAULT true,
  PRIMARY KEY (promise_id, invoice_id)
);
CREATE UNIQUE INDEX promise_items_live ON promise_items (invoice_id) WHERE live;
CREATE INDEX promise_items_by_invoice ON promise_items (invoice_id);

-- An invoice that is left in peace until a day, by a person's word.
CREATE SEQUENCE hold_off_ids START 10000001;
CREATE TABLE hold_offs (
  id text PRIMARY KEY DEFAULT 'HLD-' || nextval('hold_off_ids'),
  invoice_id text NOT NULL REFERENCES invoices (id),
  customer_id text NOT NULL REFERENCES customers (id),
  -- The first day on which letters go out again, and the local midnight with which it begins.
  until_on date NOT NULL,
  due_at timestamptz NOT NULL,
  reason text NOT NULL,
  actor text NOT NULL,
  at timestamptz NOT NULL,
  ended_by text,
  end_reason text,
  ended_at timestamptz
);
CREATE UNIQUE INDEX hold_offs_live ON hold_offs (invoice_id) WHERE ended_at IS NULL;
CREATE INDEX hold_offs_due ON hold_offs (due_at) WHERE ended_at IS NULL;

DO $$
DECLARE listed text;
BEGIN
  SELECT pg_get_expr(conbin, conrelid) INTO listed FROM pg_constraint
    WHERE conname = 'tasks_kind_check' AND conrelid = 'tasks'::regclass;
  ALTER TABLE tasks DROP CONSTRAINT tasks_kind_check;
  EXECUTE format('ALTER TABLE tasks ADD CONSTRAINT tasks_kind_check CHECK (%s OR kind = %L)', listed, 'broken-promise');
END $$;

INSERT INTO jobs (name) VALUES ('dunning-pauses');

GRANT SELECT, INSERT, UPDATE ON promises, promise_items, hold_offs TO throughline_api, throughline_worker;
GRANT USAGE ON SEQUENCE promise_ids, hold_off_ids TO throughline_api, throughline_worker;
