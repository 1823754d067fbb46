-- Payment in advance: what was asked for (a pro-forma, which is no invoice), and the money that came for it.
CREATE TABLE prepayments (
  order_id text PRIMARY KEY REFERENCES orders (id),
  customer_id text NOT NULL REFERENCES customers (id),
  -- The pro-forma's number, from a series of its own.
  number text NOT NULL UNIQUE,
  payment_reference text NOT NULL UNIQUE,
  currency text NOT NULL,
  amount_minor minor NOT NULL CHECK (amount_minor > 0),
  received_minor minor NOT NULL DEFAULT 0 CHECK (0 <= received_minor AND received_minor <= amount_minor),
  issued_on date NOT NULL,
  -- The last day on which the money may come, and the instant after it.
  due_on date NOT NULL,
  due_at timestamptz NOT NULL,
  status text NOT NULL DEFAULT 'awaited' CHECK (status IN ('awaited', 'received', 'ended')),
  -- What the document prints: lines, taxes, seller and buyer as they were.
  facts jsonb NOT NULL,
  at timestamptz NOT NULL,
  CHECK (status <> 'received' OR received_minor = amount_minor)
);
CREATE INDEX prepayments_awaited ON prepayments (customer_id, due_at) WHERE status = 'awaited';
CREATE INDEX prepayments_due ON prepayments (due_at) WHERE status = 'awaited';

-- Money that belongs to an order before it is invoiced: a liability, and no part of the customer's unapplied cash.
CREATE TABLE deposits (
  payment_id text NOT NULL REFERENCES payments (id),
  order_id text NOT NULL REFERENCES prepayments (order_id),
  amount_minor minor NOT NULL CHECK (amount_minor > 0),
  -- What no invoice of the order has taken yet, and was not given back.
  held_minor minor NOT NULL CHECK (0 <= held_minor AND held_minor <= amount_minor),
  at timestamptz NOT NULL,
  PRIMARY KEY (payment_id, order_id)
);
CREATE INDEX deposits_held_by_order ON deposits (order_id) WHERE held_minor > 0;

GRANT SELECT, INSERT, UPDATE ON prepayments, deposits TO throughline_api, throughline_worker;

-- The approval that somebody was last asked to renew, by its end: once per approval.
ALTER TABLE credit_accounts ADD COLUMN renewal_flagged_for timestamptz;
CREATE INDEX credit_accounts_by_expiry ON credit_accounts (expires_at) WHERE standing = 'approved';

-- One more kind of task, beside those that the constraint names by now.
DO $$
DECLARE kinds text;
BEGIN
  SELECT string_agg(DISTINCT quote_literal(kind[1]), ', ') INTO kinds
  FROM pg_constraint, regexp_matches(pg_get_constraintdef(oid) || '''credit-renewal''::text', '''([a-z-]+)''::text', 'g') AS kind
  WHERE conname = 'tasks_kind_check';
  ALTER TABLE tasks DROP CONSTRAINT tasks_kind_check;
  EXECUTE format('ALTER TABLE tasks ADD CONSTRAINT tasks_kind_check CHECK (kind IN (%s))', kinds);
END $$;

-- Fits of the risk model, each with what it was measured on. One at most is adopted; the newest after it runs in its shadow.
CREATE TABLE risk_models (
  version integer PRIMARY KEY,
  model jsonb NOT NULL,
  -- Against the model in force, on the same invoices, which neither has seen in this fit.
  quality jsonb NOT NULL,
  current_quality jsonb NOT NULL,
  fitted_by text NOT NULL,
  at timestamptz NOT NULL,
  adopted_by text,
  adopted_at timestamptz
);

-- Each customer's latest score, as of the day on which it was recomputed.
CREATE TABLE risk_scores (
  customer_id text PRIMARY KEY REFERENCES customers (id),
  late_chance double precision NOT NULL CHECK (late_chance BETWEEN 0 AND 1),
  -- Null: by points.
  model_version integer REFERENCES risk_models (version),
  score jsonb NOT NULL,
  as_of date NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX risk_scores_by_chance ON risk_scores (late_chance DESC, customer_id);

GRANT SELECT, INSERT, UPDATE ON risk_models, risk_scores TO throughline_api, throughline_worker;
