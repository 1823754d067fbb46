-- Money that was announced or seen and is not documented as a payment yet: while its clock runs, its payer gets no letters.
CREATE SEQUENCE documentation_clock_ids START 10000001;
CREATE TABLE documentation_clocks (
  id text PRIMARY KEY DEFAULT 'CLK-' || nextval('documentation_clock_ids'),
  source text NOT NULL CHECK (source IN ('bank-line', 'cheque', 'remittance-advice', 'payment-claim')),
  -- The id of the bank line or the cheque that it is about; null for what a customer says.
  source_id text,
  -- Null: nobody knows yet whose money a bank line is, so it blocks nobody's letters.
  customer_id text REFERENCES customers (id),
  currency text NOT NULL,
  -- Null: a file that nobody has read yet.
  amount_minor minor CHECK (amount_minor > 0),
  paid_on date NOT NULL,
  reference text,
  invoice_ids text[] NOT NULL DEFAULT '{}',
  note text,
  -- The name of the file that came with it; the file itself is in `documents`, under the clock's id.
  document_name text,
  policy_version integer NOT NULL,
  started_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  blocks_until timestamptz NOT NULL,
  status text NOT NULL DEFAULT 'running' CHECK (status IN ('running', 'lapsed', 'documented', 'rejected')),
  status_reason text,
  escalated_at timestamptz,
  payment_id text REFERENCES payments (id),
  ended_by text,
  ended_at timestamptz,
  actor text NOT NULL,
  at timestamptz NOT NULL,
  UNIQUE (source, source_id),
  CHECK (blocks_until >= started_at),
  CHECK ((status = 'documented') = (payment_id IS NOT NULL)),
  CHECK ((status IN ('documented', 'rejected')) = (ended_at IS NOT NULL))
);
CREATE INDEX documentation_clocks_by_customer ON documentation_clocks (customer_id, id);
CREATE INDEX documentation_clocks_undocumented ON documentation_clocks (customer_id) WHERE status IN ('running', 'lapsed');
CREATE INDEX documentation_clocks_running ON documentation_clocks (due_at) WHERE status = 'running';
GRANT SELECT, INSERT, UPDATE ON documentation_clocks TO throughline_api, throughline_worker;
GRANT USAGE ON SEQUENCE documentation_clock_ids TO throughline_api, throughline_worker;

-- A cheque is no money yet when it comes: the receipt is written when the policy says that it is.
CREATE SEQUENCE cheque_ids START 10000001;
CREATE TABLE cheques (
  id text PRIMARY KEY DEFAULT 'CHQ-' || nextval('cheque_ids'),
  customer_id text NOT NULL REFERENCES customers (id),
  number text NOT NULL,
  bank text NOT NULL,
  currency text NOT NULL,
  amount_minor minor NOT NULL CHECK (amount_minor > 0),
  invoice_ids text[] NOT NULL DEFAULT '{}',
  remittance_text text,
  -- As the policy said when it came.
  counts_from text NOT NULL CHECK (counts_from IN ('deposit', 'clearing')),
  status text NOT NULL DEFAULT 'received' CHECK (status IN ('received', 'deposited', 'cleared', 'bounced')),
  received_on date NOT NULL,
  deposited_on date CHECK (deposited_on >= received_on),
  cleared_on date CHECK (cleared_on >= deposited_on),
  bounced_on date CHECK (bounced_on >= deposited_on),
  bounce_reason text,
  payment_id text UNIQUE REFERENCES payments (id),
  actor text NOT NULL,
  at timestamptz NOT NULL,
  -- The same piece of paper is taken once.
  UNIQUE (customer_id, bank, number),
  CHECK ((status = 'bounced') = (bounced_on IS NOT NULL)),
  CHECK (status = 'received' OR deposited_on IS NOT NULL)
);
GRANT SELECT, INSERT, UPDATE ON cheques TO throughline_api, throughline_worker;
GRANT USAGE ON SEQUENCE cheque_ids TO throughline_api, throughline_worker;

DO $$
DECLARE listed text;
BEGIN
  SELECT pg_get_expr(conbin, conrelid) INTO listed FROM pg_constraint
    WHERE conname = 'tasks_kind_check' AND conrelid = 'tasks'::regclass;
  ALTER TABLE tasks DROP CONSTRAINT tasks_kind_check;
  EXECUTE format('ALTER TABLE tasks ADD CONSTRAINT tasks_kind_check CHECK (%s OR kind IN (%L, %L))', listed,
    'undocumented-payment', 'bounced-cheque');
END $$;

INSERT INTO jobs (name) VALUES ('documentation-clocks');

-- Companies that were set up before there was such a policy get its default, as new ones do.
INSERT INTO policies (name, version, body, at, actor)
SELECT 'documentation', 1, '{"name": "documentation", "version": 1, "businessDays": 1, "holidayRegion": null, "blockDays": 5, "wordAgainAfterDays": 30, "chequesCountFrom": "clearing", "chequeClearingBusinessDays": 5}',
  now(), 'system' WHERE EXISTS (SELECT 1 FROM policies);

-- An invoice that its customer pays by card. The card is a token of the gateway's; its number never comes here.
CREATE SEQUENCE card_payment_ids START 10000001;
CREATE TABLE card_payments (
  id text PRIMARY KEY DEFAULT 'CRD-' || nextval('card_payment_ids'),
  customer_id text NOT NULL REFERENCES customers (id),
  currency text NOT NULL,
  amount_minor minor NOT NULL CHECK (amount_minor > 0),
  invoice_ids text[] NOT NULL,
  payment_method text NOT NULL,
  status text NOT NULL DEFAULT 'requested' CHECK (status IN ('requested', 'captured', 'declined', 'cancelled')),
  -- The authorisation that is being captured: from here on the money may have been taken, whoever has heard of it.
  gateway_id text,
  -- Why it was declined or cancelled.
  code text,
  payment_id text UNIQUE REFERENCES payments (id),
  actor text NOT NULL,
  at timestamptz NOT NULL,
  ended_at timestamptz,
  CHECK ((status = 'captured') = (payment_id IS NOT NULL)),
  CHECK ((status = 'requested') = (ended_at IS NULL))
);
-- One at a time: two requests at once must not take the money twice.
CREATE UNIQUE INDEX card_payments_requested ON card_payments (customer_id) WHERE status = 'requested';
GRANT SELECT, INSERT, UPDATE ON card_payments TO throughline_api, throughline_worker;
GRANT USAGE ON SEQUENCE card_payment_ids TO throughline_api, throughline_worker;
DO $$
DECLARE listed text;
BEGIN
  SELECT pg_get_expr(conbin, conrelid) INTO listed FROM pg_constraint
    WHERE conname = 'outbox_kind_check' AND conrelid = 'outbox'::regclass;
  ALTER TABLE outbox DROP CONSTRAINT outbox_kind_check;
  EXECUTE format('ALTER TABLE outbox ADD CONSTRAINT outbox_kind_check CHECK (%s OR kind = %L)', listed, 'card-payment');
END $$;
