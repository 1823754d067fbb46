-- A bank may return a part of a payment, and another part later; and money that is held for an order by then, or has gone back to its
-- customer as a refund. So a reversal has an amount, and a payment may have several.
ALTER TABLE payment_reversals DISABLE TRIGGER append_only;
ALTER TABLE reversed_applications DROP CONSTRAINT reversed_applications_payment_id_fkey,
  DROP CONSTRAINT reversed_applications_pkey,
  ADD COLUMN number integer NOT NULL DEFAULT 1;
ALTER TABLE payment_reversals DROP CONSTRAINT payment_reversals_pkey,
  ADD COLUMN number integer NOT NULL DEFAULT 1 CHECK (number > 0),
  ADD COLUMN amount_minor minor,
  -- What was held of it for orders that are paid in advance.
  ADD COLUMN deposits_minor minor NOT NULL DEFAULT 0 CHECK (deposits_minor >= 0),
  -- What had gone back to the customer: it is owed again, by an item of its own.
  ADD COLUMN refunded_minor minor NOT NULL DEFAULT 0 CHECK (refunded_minor >= 0),
  ADD COLUMN invoice_id text UNIQUE REFERENCES invoices (id),
  ADD CHECK ((refunded_minor > 0) = (invoice_id IS NOT NULL)),
  ADD PRIMARY KEY (payment_id, number);
UPDATE payment_reversals r SET amount_minor = p.reversed_minor FROM payments p WHERE p.id = r.payment_id;
ALTER TABLE payment_reversals ALTER COLUMN amount_minor SET NOT NULL, ADD CHECK (amount_minor > 0), ALTER COLUMN number DROP DEFAULT;
ALTER TABLE reversed_applications ALTER COLUMN number DROP DEFAULT,
  ADD PRIMARY KEY (payment_id, number, invoice_id),
  ADD FOREIGN KEY (payment_id, number) REFERENCES payment_reversals (payment_id, number);
ALTER TABLE payment_reversals ENABLE TRIGGER append_only;

DO $$
DECLARE present text;
BEGIN
  FOR present IN SELECT conname FROM pg_constraint
    WHERE conrelid = 'payments'::regclass AND contype = 'c' AND pg_get_constraintdef(oid) LIKE '%reversed_minor%'
  LOOP
    EXECUTE format('ALTER TABLE payments DROP CONSTRAINT %I', present);
  END LOOP;
  SELECT pg_get_expr(conbin, conrelid) INTO present FROM pg_constraint
    WHERE conname = 'invoices_kind_check' AND conrelid = 'invoices'::regclass;
  ALTER TABLE invoices DROP CONSTRAINT invoices_kind_check;
  EXECUTE format('ALTER TABLE invoices ADD CONSTRAINT invoices_kind_check CHECK (%s OR kind = %L)', present, 'returned-refund');
END $$;
ALTER TABLE payments ADD CHECK (reversed_minor BETWEEN 0 AND amount_minor);

-- Of a deposit, what the bank took back before any invoice had drawn on it.
ALTER TABLE deposits ADD COLUMN returned_minor minor NOT NULL DEFAULT 0 CHECK (returned_minor >= 0),
  ADD CHECK (held_minor + returned_minor <= amount_minor);

-- One receipt of a card may be disputed in parts.
ALTER TABLE card_disputes DROP CONSTRAINT card_disputes_taken_payment_id_key,
  ADD COLUMN taken_number integer;
UPDATE card_disputes SET taken_number = 1 WHERE taken_payment_id IS NOT NULL;
ALTER TABLE card_disputes ADD CHECK ((taken_number IS NULL) = (taken_payment_id IS NULL)),
  ADD UNIQUE (taken_payment_id, taken_number),
  ADD FOREIGN KEY (taken_payment_id, taken_number) REFERENCES payment_reversals (payment_id, number);

-- What payments have paid, less what was taken back of it.
CREATE VIEW standing_applications AS
  SELECT * FROM (
    SELECT payment_id, invoice_id, value_on, at, (amount_minor - coalesce((SELECT sum(r.amount_minor) FROM reversed_applications r
      WHERE r.payment_id = a.payment_id AND r.invoice_id = a.invoice_id), 0))::minor AS amount_minor
    FROM payment_applications a) standing
  WHERE amount_minor > 0;
CREATE INDEX reversed_discounts ON reversed_applications (payment_id) WHERE discount_minor > 0;
-- The early-payment discounts that were taken back with the payment that had earned them, also for the invoices that revise its item.
CREATE VIEW lost_discounts AS
  WITH RECURSIVE lost AS (
    SELECT payment_id, invoice_id FROM reversed_applications WHERE discount_minor > 0
    UNION
    SELECT l.payment_id, i.id FROM lost l JOIN invoices i ON i.corrects_invoice_id = l.invoice_id AND i.kind = 'invoice')
  SELECT payment_id, invoice_id FROM lost;
GRANT SELECT ON standing_applications, lost_discounts TO throughline_api, throughline_worker;

CREATE OR REPLACE VIEW settlements AS
  SELECT invoice_id, value_on, amount_minor, false AS corrects, 'payment' AS kind FROM standing_applications
  UNION ALL
  SELECT a.invoice_id, a.value_on, a.amount_minor, n.invoice_id = a.invoice_id, 'credit-note'
  FROM credit_note_applications a JOIN credit_notes n ON n.id = a.credit_note_id
  UNION ALL
  SELECT invoice_id, value_on, amount_minor, true, 'small-difference' FROM small_differences
  UNION ALL
  SELECT invoice_id, value_on, amount_minor, true, 'early-payment-discount' FROM early_payment_discounts p
  WHERE NOT EXISTS (SELECT FROM reversed_applications r WHERE r.payment_id = p.payment_id AND r.invoice_id = p.invoice_id AND r.discount_minor > 0)
  UNION ALL
  SELECT invoice_id, value_on, (amount_minor - recovered_minor)::minor, true, 'write-off' FROM write_off_applications
  WHERE recovered_minor < amount_minor
  UNION ALL
  SELECT invoice_id, value_on, amount_minor, true, 'small-difference' FROM payment_write_offs p
  WHERE NOT EXISTS (SELECT FROM reversed_applications r WHERE r.payment_id = p.payment_id AND r.invoice_id = p.invoice_id AND r.write_off_minor > 0);

CREATE OR REPLACE VIEW credited_lines AS
  SELECT n.invoice_id, n.id AS credit_note_id, n.return_id, l.line_number, l.credited_units,
    (l.net_minor + CASE WHEN r.payment_id IS NULL THEN l.discount_minor ELSE 0 END)::minor AS net_minor
  FROM credit_notes n JOIN credit_note_lines l ON l.credit_note_id = n.id
    LEFT JOIN lost_discounts r ON r.payment_id = n.discount_payment_id AND r.invoice_id = n.invoice_id;
CREATE OR REPLACE VIEW credited_taxes AS
  SELECT n.invoice_id, n.id AS credit_note_id, tax FROM credit_notes n, jsonb_array_elements(n.taxes) tax
  UNION ALL
  SELECT n.invoice_id, n.id, tax FROM credit_notes n, jsonb_array_elements(n.discount_taxes) tax
  WHERE NOT EXISTS (SELECT FROM lost_discounts r WHERE r.payment_id = n.discount_payment_id AND r.invoice_id = n.invoice_id);
