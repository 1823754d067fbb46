-- Bank statements: the company's bank accounts, the files that were sent, their lines, and what each line became.
CREATE TABLE bank_accounts (
  id text PRIMARY KEY CHECK (id ~ '^[A-Z0-9][A-Z0-9-]{0,39}$'),
  name text NOT NULL,
  iban text NOT NULL UNIQUE,
  bic text,
  currency text NOT NULL,
  -- How its CSV files are read; null: it sends none.
  csv_mapping jsonb,
  version integer NOT NULL DEFAULT 1,
  at timestamptz NOT NULL
);

-- From which accounts customers pay. Several customers may share one: a group's treasury.
CREATE TABLE payer_accounts (
  iban text PRIMARY KEY,
  customer_ids text[] NOT NULL,
  changed_by text NOT NULL,
  at timestamptz NOT NULL
);

CREATE SEQUENCE bank_statement_ids START 10000001;
CREATE TABLE bank_statements (
  id text PRIMARY KEY DEFAULT 'BST-' || nextval('bank_statement_ids'),
  bank_account_id text NOT NULL REFERENCES bank_accounts (id),
  format text NOT NULL CHECK (format IN ('camt.053', 'csv')),
  -- How its CSV is read, as the account said when it was sent: a mapping that is changed meanwhile does not change what was read.
  csv_mapping jsonb,
  -- The bank's own id of the statement; for a file without one, the hash of its content.
  reference text NOT NULL,
  currency text NOT NULL,
  opening_minor minor,
  closing_minor minor,
  status text NOT NULL DEFAULT 'importing' CHECK (status IN ('importing', 'matching', 'done')),
  -- Lines of the file, and how many of them have been taken in: the import goes on from there.
  line_count integer NOT NULL,
  read_count integer NOT NULL DEFAULT 0,
  taken_count integer NOT NULL DEFAULT 0,
  duplicate_count integer NOT NULL DEFAULT 0,
  rejected_count integer NOT NULL DEFAULT 0,
  faults jsonb NOT NULL DEFAULT '[]',
  actor text NOT NULL,
  at timestamptz NOT NULL,
  CHECK (read_count = taken_count + duplicate_count + rejected_count AND read_count <= line_count)
);
CREATE INDEX bank_statements_by_account ON bank_statements (bank_account_id, id);

-- The file as it was sent, in pieces, so that nobody has to hold all of it at once.
CREATE TABLE bank_statement_pieces (
  statement_id text NOT NULL REFERENCES bank_statements (id),
  number integer NOT NULL,
  content bytea NOT NULL,
  PRIMARY KEY (statement_id, number)
);

CREATE SEQUENCE bank_line_ids START 10000001;
CREATE TABLE bank_lines (
  id text PRIMARY KEY DEFAULT 'BKL-' || nextval('bank_line_ids'),
  bank_account_id text NOT NULL REFERENCES bank_accounts (id),
  statement_id text NOT NULL REFERENCES bank_statements (id),
  line_number integer NOT NULL,
  -- The bank's reference of the line; without one, statement, line, value date and amount. A line is taken once.
  identity text NOT NULL,
  direction text NOT NULL CHECK (direction IN ('credit', 'debit')),
  kind text NOT NULL CHECK (kind IN ('receipt', 'bounce', 'fee', 'other')),
  currency text NOT NULL,
  amount_minor minor NOT NULL CHECK (amount_minor > 0),
  booked_on date NOT NULL,
  value_on date NOT NULL,
  bank_reference text,
  end_to_end_id text,
  structured_reference text,
  remittance_text text,
  payer_name text,
  payer_iban text,
  status text NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'matched', 'suggested', 'unmatched', 'ignored')),
  status_reason text,
  -- Who pays, as far as anybody knows.
  customer_id text REFERENCES customers (id),
  payment_id text REFERENCES payments (id),
  -- Booked as unapplied cash of nobody, until somebody knows whose it is.
  suspense_minor minor NOT NULL DEFAULT 0 CHECK (0 <= suspense_minor AND suspense_minor <= amount_minor),
  suggestions jsonb NOT NULL DEFAULT '[]',
  -- How often its booking was taken back: part of the event ids of the next one.
  revision integer NOT NULL DEFAULT 0,
  at timestamptz NOT NULL,
  UNIQUE (bank_account_id, identity)
);
CREATE INDEX bank_lines_by_statement ON bank_lines (statement_id, line_number);
CREATE INDEX bank_lines_by_status ON bank_lines (status, id);
CREATE INDEX bank_lines_by_payment ON bank_lines (payment_id) WHERE payment_id IS NOT NULL;
CREATE INDEX bank_lines_by_end_to_end_id ON bank_lines (end_to_end_id) WHERE end_to_end_id IS NOT NULL;
CREATE INDEX bank_lines_in_suspense ON bank_lines (customer_id) WHERE suspense_minor > 0;

DO $$
DECLARE present text;
BEGIN
  SELECT substring(pg_get_constraintdef(oid) FROM '^CHECK \((.*)\)$') INTO present FROM pg_constraint
    WHERE conname = 'outbox_kind_check' AND conrelid = 'outbox'::regclass;
  ALTER TABLE outbox DROP CONSTRAINT outbox_kind_check;
  EXECUTE format('ALTER TABLE outbox ADD CONSTRAINT outbox_kind_check CHECK (%s OR kind = %L)', present, 'start-bank-statement');
END $$;

-- What a payment is short by and nobody will ask for: small differences, and what banks on the way have kept.
CREATE TABLE payment_write_offs (
  payment_id text NOT NULL REFERENCES payments (id),
  invoice_id text NOT NULL REFERENCES invoices (id),
  code text NOT NULL CHECK (code IN ('small-difference', 'bank-charges')),
  amount_minor minor NOT NULL CHECK (amount_minor > 0),
  value_on date NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (payment_id, invoice_id)
);
CREATE INDEX payment_write_offs_by_invoice ON payment_write_offs (invoice_id);

-- What a payer has deducted, by its reason, though it is still owed: the item stays open by it until somebody decides.
CREATE TABLE deductions (
  payment_id text NOT NULL REFERENCES payments (id),
  invoice_id text NOT NULL REFERENCES invoices (id),
  code text NOT NULL CHECK (code IN ('price', 'quantity', 'damage', 'discount', 'freight', 'other')),
  amount_minor minor NOT NULL CHECK (amount_minor > 0),
  note text,
  actor text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (payment_id, invoice_id)
);
CREATE INDEX deductions_by_invoice ON deductions (invoice_id);

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
  WHERE recovered_minor < amount_minor
  UNION ALL
  SELECT invoice_id, value_on, amount_minor, true, 'small-difference' FROM payment_write_offs;

GRANT SELECT, INSERT, UPDATE ON payment_write_offs, deductions TO throughline_api, throughline_worker;
GRANT SELECT, INSERT, UPDATE ON bank_accounts, payer_accounts TO throughline_api;
GRANT SELECT ON bank_accounts, payer_accounts TO throughline_worker;
GRANT SELECT, INSERT, UPDATE ON bank_statements, bank_lines TO throughline_api, throughline_worker;
GRANT SELECT, INSERT ON bank_statement_pieces TO throughline_api;
GRANT SELECT ON bank_statement_pieces TO throughline_worker;
GRANT USAGE ON SEQUENCE bank_statement_ids, bank_line_ids TO throughline_api, throughline_worker;

-- Unapplied cash that goes back to its customer: asked for by one person and approved by another.
ALTER TABLE payments ADD COLUMN refunded_minor minor NOT NULL DEFAULT 0 CHECK (refunded_minor >= 0);
CREATE SEQUENCE refund_ids START 10000001;
CREATE TABLE refunds (
  id text PRIMARY KEY DEFAULT 'RFD-' || nextval('refund_ids'),
  payment_id text NOT NULL REFERENCES payments (id),
  customer_id text NOT NULL REFERENCES customers (id),
  currency text NOT NULL,
  amount_minor minor NOT NULL CHECK (amount_minor > 0),
  -- Where the money goes.
  iban text NOT NULL,
  reason text NOT NULL,
  status text NOT NULL DEFAULT 'requested' CHECK (status IN ('requested', 'approved', 'refused')),
  requested_by text NOT NULL,
  requested_at timestamptz NOT NULL,
  decided_by text,
  decided_at timestamptz,
  decision_reason text,
  CHECK ((status = 'requested') = (decided_by IS NULL)),
  CHECK (decided_by <> requested_by)
);
CREATE INDEX refunds_by_customer ON refunds (customer_id, id);
CREATE INDEX refunds_by_payment ON refunds (payment_id);
GRANT SELECT, INSERT, UPDATE ON refunds TO throughline_api, throughline_worker;
GRANT USAGE ON SEQUENCE refund_ids TO throughline_api, throughline_worker;
