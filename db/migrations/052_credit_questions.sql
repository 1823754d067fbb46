-- What credit asks a customer before it decides (C2), and what the customer says.
CREATE SEQUENCE credit_question_ids START 10000001;
CREATE TABLE credit_questions (
  id text PRIMARY KEY DEFAULT 'CRQ-' || nextval('credit_question_ids'),
  customer_id text NOT NULL REFERENCES customers (id),
  task_id text NOT NULL REFERENCES tasks (id),
  question text NOT NULL,
  asked_by text NOT NULL,
  asked_at timestamptz NOT NULL,
  answer text,
  answered_by text,
  answered_at timestamptz,
  CHECK ((answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (answered_by IS NULL))
);
CREATE INDEX credit_questions_by_customer ON credit_questions (customer_id, id);
CREATE INDEX credit_questions_by_task ON credit_questions (task_id);
GRANT SELECT, INSERT, UPDATE ON credit_questions TO throughline_api;
GRANT USAGE ON SEQUENCE credit_question_ids TO throughline_api;
