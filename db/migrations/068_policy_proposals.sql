-- Versions of policies that let one person do what took two: a second person brings them into force.
CREATE SEQUENCE policy_proposal_ids START 10001;
CREATE TABLE policy_proposals (
  id text PRIMARY KEY DEFAULT 'POL-' || nextval('policy_proposal_ids'),
  name text NOT NULL,
  -- The version in force when it was proposed: once there is another, it is out of date.
  based_on integer NOT NULL,
  body jsonb NOT NULL,
  -- The settings by which it is looser.
  loosens text[] NOT NULL,
  reason text,
  status text NOT NULL DEFAULT 'proposed' CHECK (status IN ('proposed', 'approved', 'rejected')),
  proposed_by text NOT NULL,
  proposed_at timestamptz NOT NULL,
  decided_by text,
  decided_at timestamptz,
  CHECK ((status = 'proposed') = (decided_at IS NULL)),
  CHECK (status <> 'approved' OR decided_by <> proposed_by)
);
CREATE INDEX policy_proposals_waiting ON policy_proposals (id) WHERE status = 'proposed';
ALTER TABLE policies ADD COLUMN approved_by text;
GRANT SELECT, INSERT, UPDATE ON policy_proposals TO throughline_api;
GRANT SELECT ON policy_proposals TO throughline_worker;
GRANT USAGE ON policy_proposal_ids TO throughline_api;

DO $$
DECLARE present text;
BEGIN
  SELECT substring(pg_get_constraintdef(oid) FROM 'CHECK \((.*)\)$') INTO present FROM pg_constraint
    WHERE conname = 'tasks_kind_check' AND conrelid = 'tasks'::regclass;
  ALTER TABLE tasks DROP CONSTRAINT tasks_kind_check;
  EXECUTE format('ALTER TABLE tasks ADD CONSTRAINT tasks_kind_check CHECK (%s OR kind = %L)', present, 'policy-approval');
END $$;
