-- ── Production ──────────────────────────────────────────────────────────────
-- Its units were taken off the order: it ended by the order's will, not by production's, and may be asked for again.
ALTER TABLE production_requests ADD COLUMN withdrawn boolean NOT NULL DEFAULT false,
  ADD CHECK (NOT withdrawn OR status = 'cancelled');
-- Before, nothing but production itself left an audit row when it ended one.
UPDATE production_requests p SET withdrawn = true WHERE status = 'cancelled' AND NOT EXISTS (
  SELECT 1 FROM audit_log a WHERE a.order_id = p.order_id AND a.action = 'production-cancelled' AND a.summary LIKE p.id || ':%');

-- ── Credit ──────────────────────────────────────────────────────────────────
-- A person has given the order room under the limit: it need not stand in line for it. Until now this was read from the task that
-- the decision finishes, which an amendment or a hold finishes too.
ALTER TABLE orders ADD COLUMN room_decided boolean NOT NULL DEFAULT false;
UPDATE orders o SET room_decided = true WHERE status = 'over-limit'
  AND EXISTS (SELECT 1 FROM credit_decisions d WHERE d.order_id = o.id AND d.outcome = 'approve')
  AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t.order_id = o.id AND t.kind = 'over-limit' AND t.status IN ('open', 'claimed'));
