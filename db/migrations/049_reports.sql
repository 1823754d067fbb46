-- What reports are made of besides what 037 and 044 keep.

-- ── Forecasts of cash ────────────────────────────────────────────────────────────────────────────────────────
-- Those that were kept before expected nothing of orders.
ALTER TABLE cash_forecasts ADD COLUMN orders_minor minor NOT NULL DEFAULT 0;
CREATE INDEX promises_ended ON promises (ended_at) WHERE status IN ('kept', 'broken');
