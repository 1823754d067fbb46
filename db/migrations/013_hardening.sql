-- ── Production ──────────────────────────────────────────────────────────────
-- Its units were taken off the order: it ended by the order's will, not by production's, and may be asked for again.
ALTER TABLE production_requests ADD COLUMN withdrawn boolean NOT NULL DEFAULT false,
  ADD CHECK (NOT withdrawn OR status = 'cancelled');
-- Before, nothing but production itself left an audit row when it ended one.
UPDATE production_requests p SET withdrawn = true WHERE status = 'cancelled' AND NOT EXISTS (
  SELECT 1 FROM audit_log a WHERE a.order_id = p.order_id AND a.action = 'production-cancelled' AND a.summary LIKE p.id || ':%');
