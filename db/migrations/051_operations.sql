-- Operations (X8): why a message is not delivered yet, which kinds of message are held back by a person, and the check that everything
-- that is open has its workflow.
ALTER TABLE outbox ADD COLUMN last_problem text;

-- One row for each kind that was ever held back.
CREATE TABLE outbox_pauses (
  kind text PRIMARY KEY,
  paused boolean NOT NULL,
  reason text NOT NULL,
  by text NOT NULL,
  at timestamptz NOT NULL
);
INSERT INTO jobs (name) VALUES ('workflow-check');

GRANT SELECT ON outbox_pauses TO throughline_api, throughline_worker;
GRANT INSERT, UPDATE ON outbox_pauses TO throughline_api;
