-- What finance and collectors decide about customers who owe: one person proposes, another one approves.

-- ── Hold overrides: orders of a customer on hold pass until a day ────────────────────────────────────────────
CREATE SEQUENCE hold_override_ids START 10000001;
CREATE TABLE hold_overrides (
  id text PRIMARY KEY DEFAULT 'HOV-' || nextval('hold_override_ids'),
  customer_id text NOT NULL REFERENCES customers (id),
  currency text NOT NULL,
  -- What was overdue as it was proposed.
  overdue_minor minor NOT NULL,
  -- The last day on which orders pass, by the company's calendar. Nothing has to happen for it to end.
  through_on date NOT NULL,
  status text NOT NULL DEFAULT 'proposed' CHECK (status IN ('proposed', 'approved', 'rejected', 'ended')),
  reason text NOT NULL,
  proposed_by text NOT NULL,
  proposed_at timestamptz NOT NULL,
  decided_by text,
  decided_at timestamptz,
  decision_reason text,
  ended_by text,
  ended_at timestamptz,
  CHECK ((status = 'proposed') = (decided_by IS NULL)),
  CHECK ((status = 'ended') = (ended_by IS NOT NULL)),
  CHECK (decided_by IS DISTINCT FROM proposed_by OR status = 'rejected')
);
CREATE UNIQUE INDEX hold_overrides_proposed ON hold_overrides (customer_id) WHERE status = 'proposed';
CREATE INDEX hold_overrides_approved ON hold_overrides (customer_id, through_on) WHERE status = 'approved';
GRANT SELECT, INSERT, UPDATE ON hold_overrides TO throughline_api;
GRANT SELECT ON hold_overrides TO throughline_worker;
GRANT USAGE ON SEQUENCE hold_override_ids TO throughline_api;

-- ── Contacts: what was said to whom about what is overdue ───────────────────────────────────────────────────
CREATE SEQUENCE contact_ids START 10000001;
CREATE TABLE collection_contacts (
  id text PRIMARY KEY DEFAULT 'CON-' || nextval('contact_ids'),
  customer_id text NOT NULL REFERENCES customers (id),
  -- The items that it was about; empty: all that is overdue.
  invoice_ids text[] NOT NULL,
  kind text NOT NULL CHECK (kind IN ('call', 'mail', 'visit')),
  outcome text NOT NULL,
  contact_on date NOT NULL,
  person text,
  note text NOT NULL,
  next_step_on date,
  next_step text,
  actor text NOT NULL,
  at timestamptz NOT NULL,
  CHECK (next_step IS NULL OR next_step_on IS NOT NULL)
);
CREATE INDEX collection_contacts_by_customer ON collection_contacts (customer_id, id);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON collection_contacts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON collection_contacts TO throughline_api;
GRANT SELECT ON collection_contacts TO throughline_worker;
GRANT USAGE ON SEQUENCE contact_ids TO throughline_api;

-- ── Write-offs, and what comes of them after all ─────────────────────────────────────────────────────────────
CREATE SEQUENCE write_off_ids START 10000001;
CREATE TABLE write_offs (
  id text PRIMARY KEY DEFAULT 'WRO-' || nextval('write_off_ids'),
  customer_id text NOT NULL REFERENCES customers (id),
  invoice_id text NOT NULL REFERENCES invoices (id),
  currency text NOT NULL,
  -- What was open as it was proposed.
  proposed_minor minor NOT NULL CHECK (proposed_minor > 0),
  -- Whether the amount needs a second person.
  four_eyes boolean NOT NULL,
  status text NOT NULL DEFAULT 'proposed' CHECK (status IN ('proposed', 'approved', 'rejected')),
  reason text NOT NULL,
  proposed_by text NOT NULL,
  proposed_at timestamptz NOT NULL,
  decided_by text,
  decided_at timestamptz,
  decision_reason text,
  CHECK ((status = 'proposed') = (decided_by IS NULL)),
  CHECK (NOT four_eyes OR status = 'rejected' OR decided_by IS DISTINCT FROM proposed_by)
);
CREATE UNIQUE INDEX write_offs_proposed ON write_offs (invoice_id) WHERE status = 'proposed';
CREATE INDEX write_offs_by_customer ON write_offs (customer_id, id);
CREATE INDEX write_offs_by_status ON write_offs (status, id);

-- What a write-off took off its item. What is recovered of it was paid after all.
CREATE TABLE write_off_applications (
  write_off_id text NOT NULL REFERENCES write_offs (id),
  invoice_id text NOT NULL REFERENCES invoices (id),
  amount_minor minor NOT NULL CHECK (amount_minor > 0),
  recovered_minor minor NOT NULL DEFAULT 0 CHECK (0 <= recovered_minor AND recovered_minor <= amount_minor),
  value_on date NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (write_off_id, invoice_id)
);
CREATE INDEX write_off_applications_by_invoice ON write_off_applications (invoice_id);

-- Each with the payment that brought it, or the credit note that says it was never owed: whatever takes that back finds what to take
-- back with it.
CREATE TABLE write_off_recoveries (
  payment_id text REFERENCES payments (id),
  credit_note_id text REFERENCES credit_notes (id),
  write_off_id text NOT NULL REFERENCES write_offs (id),
  invoice_id text NOT NULL REFERENCES invoices (id),
  amount_minor minor NOT NULL CHECK (amount_minor > 0),
  value_on date NOT NULL,
  at timestamptz NOT NULL,
  CHECK (num_nonnulls(payment_id, credit_note_id) = 1),
  UNIQUE (payment_id, write_off_id),
  UNIQUE (credit_note_id, write_off_id)
);
CREATE INDEX write_off_recoveries_by_write_off ON write_off_recoveries (write_off_id);
GRANT SELECT, INSERT, UPDATE ON write_offs, write_off_applications, write_off_recoveries TO throughline_api;
GRANT SELECT ON write_offs TO throughline_worker;
GRANT SELECT, INSERT, UPDATE ON write_off_applications, write_off_recoveries TO throughline_worker;
GRANT USAGE ON SEQUENCE write_off_ids TO throughline_api;

-- What is written off was owed and is not paid: neither a payment nor, like what `corrects`, never owed. So each row says its kind.
CREATE OR REPLACE VIEW settlements AS
  SELECT invoice_id, value_on, amount_minor, false AS corrects, 'payment' AS kind FROM payment_applications
  UNION ALL
  SELECT a.invoice_id, a.value_on, a.amount_minor, n.invoice_id = a.invoice_id, 'credit-note'
  FROM credit_note_applications a JOIN credit_notes n ON n.id = a.credit_note_id
  UNION ALL
  SELECT invoice_id, value_on, amount_minor, true, 'small-difference' FROM small_differences
  UNION ALL
  SELECT invoice_id, value_on, amount_minor, true, 'early-payment-discount' FROM early_payment_discounts
  UNION ALL
  SELECT invoice_id, value_on, (amount_minor - recovered_minor)::minor, true, 'write-off' FROM write_off_applications
  WHERE recovered_minor < amount_minor;

-- ── The review of overdue accounts ───────────────────────────────────────────────────────────────────────────
-- Loss rates that somebody has set by hand; they count until they are ended.
CREATE SEQUENCE specific_provision_ids START 10000001;
CREATE TABLE specific_provisions (
  id text PRIMARY KEY DEFAULT 'SPV-' || nextval('specific_provision_ids'),
  customer_id text NOT NULL REFERENCES customers (id),
  -- Null: all of the customer.
  invoice_id text REFERENCES invoices (id),
  rate text NOT NULL CHECK (rate ~ '^(0(\.[0-9]{1,6})?|1(\.0{1,6})?)$'),
  reason text NOT NULL,
  actor text NOT NULL,
  at timestamptz NOT NULL,
  ended_by text,
  ended_at timestamptz,
  CHECK ((ended_by IS NULL) = (ended_at IS NULL))
);
CREATE UNIQUE INDEX specific_provisions_in_force ON specific_provisions (customer_id, coalesce(invoice_id, '')) WHERE ended_at IS NULL;

CREATE SEQUENCE review_ids START 10000001;
CREATE TABLE reviews (
  id text PRIMARY KEY DEFAULT 'REV-' || nextval('review_ids'),
  as_of date NOT NULL,
  policy_version integer NOT NULL,
  -- Of each currency: buckets, roll rates, loss rates, forecast, and what is to be provided for.
  currencies jsonb NOT NULL,
  previous_id text REFERENCES reviews (id),
  status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'proposed', 'approved')),
  actor text NOT NULL,
  at timestamptz NOT NULL,
  proposed_by text,
  proposed_at timestamptz,
  approved_by text,
  approved_at timestamptz,
  -- What was booked: {currency: amount}.
  true_up jsonb,
  CHECK ((status = 'open') = (proposed_by IS NULL)),
  CHECK ((status = 'approved') = (approved_by IS NOT NULL AND true_up IS NOT NULL)),
  CHECK (approved_by IS NULL OR approved_by <> proposed_by)
);
CREATE INDEX reviews_by_day ON reviews (as_of, id);

-- Every account with something overdue, or with a rate set by hand, or that was in the review before.
CREATE TABLE review_accounts (
  review_id text NOT NULL REFERENCES reviews (id),
  customer_id text NOT NULL REFERENCES customers (id),
  currency text NOT NULL,
  buckets jsonb NOT NULL,
  overdue_minor minor NOT NULL,
  provision_minor minor NOT NULL,
  specific_minor minor NOT NULL,
  -- Since the review before; null: it was not in it.
  overdue_change_minor minor,
  provision_change_minor minor,
  next_step_owner text,
  next_step_on date,
  next_step text,
  next_step_by text,
  next_step_at timestamptz,
  PRIMARY KEY (review_id, customer_id, currency),
  CHECK (num_nonnulls(next_step_owner, next_step_on, next_step, next_step_by, next_step_at) IN (0, 5))
);
INSERT INTO jobs (name) VALUES ('overdue-review');
GRANT SELECT, INSERT, UPDATE ON specific_provisions TO throughline_api;
GRANT SELECT ON specific_provisions TO throughline_worker;
GRANT SELECT, INSERT, UPDATE ON reviews, review_accounts TO throughline_api;
GRANT SELECT, INSERT ON reviews, review_accounts TO throughline_worker;
GRANT USAGE ON SEQUENCE specific_provision_ids TO throughline_api;
GRANT USAGE ON SEQUENCE review_ids TO throughline_api, throughline_worker;

-- Companies that were set up before there were such policies get their defaults, as new ones do.
INSERT INTO policies (name, version, body, at, actor)
SELECT 'collections', 1, '{"name": "collections", "version": 1, "holdOverrideDaysMaximum": 30, "writeOffFourEyesFromMinor": 0, "freezeOnWriteOff": true}', now(), 'system'
WHERE EXISTS (SELECT 1 FROM policies);
INSERT INTO policies (name, version, body, at, actor)
SELECT 'bad-debt', 1, '{"name": "bad-debt", "version": 1, "reviewEvery": "month", "fallbackRollRates": {"current": "0.1", "1-30": "0.4", "31-60": "0.5", "61-90": "0.6"}, "historyMonthsMinimum": 6, "lossOf91Plus": "0.5", "forwardLookingFactor": "1"}', now(), 'system'
WHERE EXISTS (SELECT 1 FROM policies);

DO $$
DECLARE listed text;
BEGIN
  SELECT pg_get_expr(conbin, conrelid) INTO listed FROM pg_constraint
    WHERE conname = 'tasks_kind_check' AND conrelid = 'tasks'::regclass;
  ALTER TABLE tasks DROP CONSTRAINT tasks_kind_check;
  EXECUTE format('ALTER TABLE tasks ADD CONSTRAINT tasks_kind_check CHECK (%s OR kind IN (%L, %L, %L))', listed, 'hold-override', 'write-off', 'overdue-review');
END $$;
