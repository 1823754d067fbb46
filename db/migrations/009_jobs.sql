-- Work that comes round by the company clock. One row a job: what it ran for last, and how that ended.
CREATE TABLE jobs (
  name text PRIMARY KEY,
  -- The due instant that the last successful run stood for; the next one is counted from it.
  ran_for timestamptz,
  ran_at timestamptz,
  outcome text CHECK (outcome IN ('done', 'failed')),
  result jsonb,
  problem text,
  -- Since when it has failed without a success in between: one task stands for all of these failures.
  failing_since timestamptz
);
INSERT INTO jobs (name) VALUES ('missed-pickups'), ('carrier-audit'), ('approval-renewals'), ('risk-scores'),
  ('orders-mailbox');

DO $$
DECLARE present text;
BEGIN
  SELECT substring(pg_get_constraintdef(oid) FROM '^CHECK \((.*)\)$') INTO present FROM pg_constraint
    WHERE conname = 'tasks_kind_check' AND conrelid = 'tasks'::regclass;
  ALTER TABLE tasks DROP CONSTRAINT tasks_kind_check;
  EXECUTE format('ALTER TABLE tasks ADD CONSTRAINT tasks_kind_check CHECK (%s OR kind = %L)', present, 'job-failed');
END $$;

GRANT SELECT, UPDATE ON jobs TO throughline_api, throughline_worker;
