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
