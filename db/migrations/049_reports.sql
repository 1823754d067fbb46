-- What reports are made of besides what 037 and 044 keep.

-- ── Forecasts of cash ────────────────────────────────────────────────────────────────────────────────────────
-- Those that were kept before expected nothing of orders.
ALTER TABLE cash_forecasts ADD COLUMN orders_minor minor NOT NULL DEFAULT 0;
CREATE INDEX promises_ended ON promises (ended_at) WHERE status IN ('kept', 'broken');

-- ── Whose time it was ────────────────────────────────────────────────────────────────────────────────────────
-- When its owner took a task on; until now only the audit log told.
ALTER TABLE tasks ADD COLUMN claimed_at timestamptz;
UPDATE tasks t SET claimed_at = c.at
FROM (SELECT split_part(summary, ' ', 1) AS id, max(at) AS at FROM audit_log WHERE action = 'task-claimed' GROUP BY 1) c
WHERE c.id = t.id AND t.owner IS NOT NULL;
CREATE INDEX tasks_completed ON tasks (completed_at) WHERE status = 'completed';
CREATE INDEX audit_log_of_picks ON audit_log (at) WHERE action IN ('picked', 'packed', 'picked-and-packed');

-- ── Measures of a month among millions ───────────────────────────────────────────────────────────────────────
-- The day that a movement belongs to is copied, too: whether an item was paid in time needs no entry.
ALTER TABLE receivable_movements DISABLE TRIGGER append_only;
ALTER TABLE receivable_movements ADD COLUMN effective_on date;
UPDATE receivable_movements m SET effective_on = coalesce((SELECT e.effective_on FROM journal_entries e WHERE e.id = m.entry_id), m.booked_on);
ALTER TABLE receivable_movements ALTER COLUMN effective_on SET NOT NULL;
ALTER TABLE receivable_movements ENABLE TRIGGER append_only;
CREATE OR REPLACE FUNCTION describe_movement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT i.customer_id, i.currency, CASE WHEN NOT EXISTS (SELECT FROM invoice_instalments n WHERE n.invoice_id = i.id) THEN i.due_on END
    INTO NEW.customer_id, NEW.currency, NEW.due_on FROM invoices i WHERE i.id = NEW.invoice_id;
  SELECT e.kind, e.effective_on INTO NEW.kind, NEW.effective_on FROM journal_entries e WHERE e.id = NEW.entry_id;
  -- One without an entry is from before movements named theirs: only receipts are.
  NEW.kind := coalesce(NEW.kind, 'receipt');
  NEW.effective_on := coalesce(NEW.effective_on, NEW.booked_on);
  RETURN NEW;
END $$;

-- With all that is counted of them, so that no order and no invoice need be looked up.
DROP INDEX orders_by_closing, orders_by_approval, invoices_by_day;
CREATE INDEX orders_by_closing ON orders (closed_at) INCLUDE (placed_at, currency, status) WHERE closed_at IS NOT NULL;
CREATE INDEX orders_by_approval ON orders (accepted_at) INCLUDE (placed_at, currency) WHERE accepted_at IS NOT NULL;
CREATE INDEX invoices_by_day ON invoices (issued_on) INCLUDE (id, kind, currency, corrects_invoice_id, at);
CREATE INDEX order_lines_cancelled ON order_lines (order_id) WHERE cancelled_quantity > 0;
CREATE INDEX orders_passing_on_delivery ON orders (id) WHERE delivery_terms IN ('DAP', 'DPU', 'DDP');
