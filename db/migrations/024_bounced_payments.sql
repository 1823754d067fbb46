-- Receipts that were taken back: the payment bounced, or a line of a bank statement had been matched wrongly. What it had paid stays
-- in its tables and counts no more; nothing is deleted.
CREATE TABLE payment_reversals (
  -- A receipt is taken back once, and in full.
  payment_id text PRIMARY KEY REFERENCES payments (id),
  kind text NOT NULL CHECK (kind IN ('bounce', 'undo')),
  reason text NOT NULL,
  -- The bank's day.
  value_on date NOT NULL,
  -- What was unapplied of it by then.
  unapplied_minor minor NOT NULL CHECK (unapplied_minor >= 0),
  -- What our bank takes for the bounce.
  fee_minor minor NOT NULL CHECK (fee_minor >= 0),
  -- The line that says so.
  bank_line_id text UNIQUE REFERENCES bank_lines (id),
  actor text NOT NULL,
  at timestamptz NOT NULL
);

-- What it took back of each item, and which round of collection that began; null: the one that was under way goes on.
CREATE TABLE reversed_applications (
  payment_id text NOT NULL REFERENCES payment_reversals (payment_id),
  invoice_id text NOT NULL REFERENCES invoices (id),
  amount_minor minor NOT NULL CHECK (amount_minor > 0),
  discount_minor minor NOT NULL CHECK (discount_minor >= 0),
  write_off_minor minor NOT NULL CHECK (write_off_minor >= 0),
  round integer,
  PRIMARY KEY (payment_id, invoice_id),
  FOREIGN KEY (payment_id, invoice_id) REFERENCES payment_applications (payment_id, invoice_id)
);
CREATE INDEX reversed_applications_by_invoice ON reversed_applications (invoice_id);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_reversals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON reversed_applications FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON payment_reversals, reversed_applications TO throughline_api, throughline_worker;

ALTER TABLE payments ADD COLUMN reversed_minor minor NOT NULL DEFAULT 0 CHECK (reversed_minor IN (0, amount_minor)),
  ADD CHECK (reversed_minor = 0 OR (unapplied_minor = 0 AND refunded_minor = 0));
-- An item that is open again is collected anew, by a workflow of its own for each round after the first.
ALTER TABLE invoices ADD COLUMN collection_round integer NOT NULL DEFAULT 1;

-- What has settled an item: what was taken back has not.
CREATE OR REPLACE VIEW settlements AS
  SELECT invoice_id, value_on, amount_minor, false AS corrects, 'payment' AS kind FROM payment_applications p
  WHERE NOT EXISTS (SELECT FROM payment_reversals r WHERE r.payment_id = p.payment_id)
  UNION ALL
  SELECT a.invoice_id, a.value_on, a.amount_minor, n.invoice_id = a.invoice_id, 'credit-note'
  FROM credit_note_applications a JOIN credit_notes n ON n.id = a.credit_note_id
  UNION ALL
  SELECT invoice_id, value_on, amount_minor, true, 'small-difference' FROM small_differences
  UNION ALL
  SELECT invoice_id, value_on, amount_minor, true, 'early-payment-discount' FROM early_payment_discounts p
  WHERE NOT EXISTS (SELECT FROM payment_reversals r WHERE r.payment_id = p.payment_id)
  UNION ALL
  SELECT invoice_id, value_on, (amount_minor - recovered_minor)::minor, true, 'write-off' FROM write_off_applications
  WHERE recovered_minor < amount_minor
  UNION ALL
  SELECT invoice_id, value_on, amount_minor, true, 'small-difference' FROM payment_write_offs p
  WHERE NOT EXISTS (SELECT FROM payment_reversals r WHERE r.payment_id = p.payment_id);
