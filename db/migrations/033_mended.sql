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
