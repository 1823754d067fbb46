-- The overdue instalments of an item are paid, later ones are still to come, and it is collected like a new one. When that money is taken back,
-- what it had paid stands at the level that it had: by the day since when the oldest of what was overdue was due.
CREATE TABLE paid_dunning_levels (
  invoice_id text NOT NULL REFERENCES invoices (id),
  due_on date NOT NULL,
  level integer NOT NULL CHECK (level >= 0),
  collections_since timestamptz,
  PRIMARY KEY (invoice_id, due_on)
);
GRANT SELECT, INSERT, UPDATE ON paid_dunning_levels TO throughline_api, throughline_worker;

-- What a credit note has left out for a discount was paid without it and was given back without it: it stays granted when the rest of the discount
-- is lost with its payment. So of a discount as much stands as was not taken back.
CREATE OR REPLACE VIEW settlements AS
  SELECT invoice_id, value_on, amount_minor, false AS corrects, 'payment' AS kind FROM standing_applications
  UNION ALL
  SELECT a.invoice_id, a.value_on, a.amount_minor, n.invoice_id = a.invoice_id, 'credit-note'
  FROM credit_note_applications a JOIN credit_notes n ON n.id = a.credit_note_id
  UNION ALL
  SELECT invoice_id, value_on, amount_minor, true, 'small-difference' FROM small_differences
  UNION ALL
  SELECT * FROM (
    SELECT invoice_id, value_on, (amount_minor - coalesce((SELECT sum(r.discount_minor) FROM reversed_applications r
      WHERE r.payment_id = p.payment_id AND r.invoice_id = p.invoice_id AND r.discount_minor > 0), 0))::minor AS amount_minor,
      true, 'early-payment-discount' FROM early_payment_discounts p) standing
  WHERE amount_minor > 0
  UNION ALL
  SELECT invoice_id, value_on, (amount_minor - recovered_minor)::minor, true, 'write-off' FROM write_off_applications
  WHERE recovered_minor < amount_minor
  UNION ALL
  SELECT invoice_id, value_on, amount_minor, true, 'small-difference' FROM payment_write_offs p
  WHERE NOT EXISTS (SELECT FROM reversed_applications r WHERE r.payment_id = p.payment_id AND r.invoice_id = p.invoice_id AND r.write_off_minor > 0);
-- Until now all of a discount was lost, and what its credit notes had left out could be credited again: of those that is still so.
CREATE OR REPLACE VIEW lost_discounts AS
  WITH RECURSIVE lost AS (
    SELECT r.payment_id, r.invoice_id, sum(r.discount_minor) = (SELECT d.amount_minor FROM early_payment_discounts d
      WHERE d.payment_id = r.payment_id AND d.invoice_id = r.invoice_id) AS whole
    FROM reversed_applications r WHERE r.discount_minor > 0 GROUP BY 1, 2
    UNION
    SELECT l.payment_id, i.id, l.whole FROM lost l JOIN invoices i ON i.corrects_invoice_id = l.invoice_id AND i.kind = 'invoice')
  SELECT payment_id, invoice_id, whole FROM lost;
CREATE OR REPLACE VIEW credited_lines AS
  SELECT n.invoice_id, n.id AS credit_note_id, n.return_id, l.line_number, l.credited_units,
    (l.net_minor + CASE WHEN r.whole THEN 0 ELSE l.discount_minor END)::minor AS net_minor
  FROM credit_notes n JOIN credit_note_lines l ON l.credit_note_id = n.id
    LEFT JOIN lost_discounts r ON r.payment_id = n.discount_payment_id AND r.invoice_id = n.invoice_id;
CREATE OR REPLACE VIEW credited_taxes AS
  SELECT n.invoice_id, n.id AS credit_note_id, tax FROM credit_notes n, jsonb_array_elements(n.taxes) tax
  UNION ALL
  SELECT n.invoice_id, n.id, tax FROM credit_notes n, jsonb_array_elements(n.discount_taxes) tax
  WHERE NOT EXISTS (SELECT FROM lost_discounts r WHERE r.payment_id = n.discount_payment_id AND r.invoice_id = n.invoice_id AND r.whole);

-- Interest that was noted for days on which, as it turns out, nothing was owed.
DO $$
DECLARE present text;
BEGIN
  SELECT substring(pg_get_constraintdef(oid) FROM 'CHECK \((.*)\)$') INTO present FROM pg_constraint
    WHERE conname = 'tasks_kind_check' AND conrelid = 'tasks'::regclass;
  ALTER TABLE tasks DROP CONSTRAINT tasks_kind_check;
  EXECUTE format('ALTER TABLE tasks ADD CONSTRAINT tasks_kind_check CHECK (%s OR kind = %L)', present, 'interest-overcharged');
END $$;
