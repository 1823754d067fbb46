-- What was found to be missing: proposals that outlive what they are about, and tasks for what a job has to leave out.

DO $$
DECLARE present text;
BEGIN
  SELECT substring(pg_get_constraintdef(oid) FROM 'CHECK \((.*)\)$') INTO present FROM pg_constraint
    WHERE conname = 'tasks_kind_check' AND conrelid = 'tasks'::regclass;
  ALTER TABLE tasks DROP CONSTRAINT tasks_kind_check;
  EXECUTE format('ALTER TABLE tasks ADD CONSTRAINT tasks_kind_check CHECK (%s OR kind = %L)', present, 'statement-not-sent');
END $$;

-- ── A proposal to write an item off ends when the item is settled otherwise ──────────────────────────────────
ALTER TABLE write_offs DROP CONSTRAINT write_offs_status_check;
ALTER TABLE write_offs ADD CONSTRAINT write_offs_status_check CHECK (status IN ('proposed', 'approved', 'rejected', 'ended'));
-- Whatever settles an item may do so in the worker.
GRANT UPDATE (status, decided_by, decided_at, decision_reason) ON write_offs TO throughline_worker;
-- Those that have outlived theirs.
WITH ended AS (
  UPDATE write_offs w SET status = 'ended', decided_by = 'system', decided_at = company_now(), decision_reason = w.invoice_id || ' is settled'
  FROM invoices i WHERE i.id = w.invoice_id AND i.open_minor = 0 AND w.status = 'proposed' RETURNING w.id)
UPDATE tasks SET status = 'cancelled', completed_by = 'system', outcome = '{}', completed_at = company_now()
WHERE status IN ('open', 'claimed') AND key IN (SELECT id || ':decision' FROM ended);

-- ── A discount is taken back with the goods that it was granted for ──────────────────────────────────────────
-- Of the early-payment discount that its invoice was paid with, what a credit note leaves out, by tax and by line; and the payment that
-- earned it, for when that is taken back.
ALTER TABLE credit_notes
  ADD COLUMN discount_payment_id text REFERENCES payments (id),
  ADD COLUMN discount_taxes jsonb NOT NULL DEFAULT '[]',
  ADD CHECK ((discount_payment_id IS NULL) = (discount_taxes = '[]'));
ALTER TABLE credit_note_lines ADD COLUMN discount_minor minor NOT NULL DEFAULT 0 CHECK (discount_minor >= 0);

-- What credit notes have taken off each line and each tax of an invoice, discounts included.
CREATE VIEW credited_lines AS
  SELECT n.invoice_id, n.id AS credit_note_id, n.return_id, l.line_number, l.credited_units,
    (l.net_minor + CASE WHEN r.payment_id IS NULL THEN l.discount_minor ELSE 0 END)::minor AS net_minor
  FROM credit_notes n JOIN credit_note_lines l ON l.credit_note_id = n.id
    LEFT JOIN payment_reversals r ON r.payment_id = n.discount_payment_id;
CREATE VIEW credited_taxes AS
  SELECT n.invoice_id, n.id AS credit_note_id, tax FROM credit_notes n, jsonb_array_elements(n.taxes) tax
  UNION ALL
  SELECT n.invoice_id, n.id, tax FROM credit_notes n, jsonb_array_elements(n.discount_taxes) tax
  WHERE NOT EXISTS (SELECT FROM payment_reversals r WHERE r.payment_id = n.discount_payment_id);
GRANT SELECT ON credited_lines, credited_taxes TO throughline_api, throughline_worker;

-- ── Opening items and interest notes are corrected and disputed too: without an order, and without lines of their own ──
ALTER TABLE credit_notes ALTER COLUMN order_id DROP NOT NULL;
ALTER TABLE disputes ALTER COLUMN order_id DROP NOT NULL;
ALTER TABLE dispute_lines DROP CONSTRAINT dispute_lines_invoice_id_line_number_fkey;
ALTER TABLE dispute_lines ADD FOREIGN KEY (invoice_id) REFERENCES invoices (id);
