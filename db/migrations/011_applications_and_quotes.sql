-- Credit applications as facts of their own, and quotes that hold a price.
CREATE SEQUENCE credit_application_ids START 10000001;
CREATE TABLE credit_applications (
  id text PRIMARY KEY DEFAULT 'CRA-' || nextval('credit_application_ids'),
  customer_id text NOT NULL REFERENCES customers (id),
  status text NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'submitted', 'decided', 'withdrawn')),
  status_reason text,
  requested_limit_minor minor NOT NULL CHECK (requested_limit_minor > 0),
  currency text NOT NULL,
  -- What the applicant states; not touched any more once it is submitted.
  trade_references jsonb NOT NULL,
  financials jsonb,
  note text,
  version integer NOT NULL DEFAULT 1,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  submitted_by text,
  submitted_at timestamptz,
  -- A person of credit has checked what it states.
  verified_by text,
  verified_at timestamptz,
  outcome text CHECK (outcome IN ('approve', 'deny')),
  limit_minor minor CHECK (limit_minor >= 0),
  decided_at timestamptz,
  changed_at timestamptz NOT NULL,
  CHECK ((status = 'decided') = (outcome IS NOT NULL)),
  CHECK ((outcome IS NULL) = (decided_at IS NULL)),
  CHECK (status NOT IN ('submitted', 'decided') OR submitted_at IS NOT NULL)
);
CREATE INDEX credit_applications_by_customer ON credit_applications (customer_id, id);
-- A newer one takes the place of one that is undecided.
CREATE UNIQUE INDEX credit_applications_open ON credit_applications (customer_id, status) WHERE status IN ('draft', 'submitted');

CREATE SEQUENCE credit_application_document_ids START 10000001;
-- The file itself is in `documents`, under the same id.
CREATE TABLE credit_application_documents (
  id text PRIMARY KEY DEFAULT 'CAD-' || nextval('credit_application_document_ids'),
  application_id text NOT NULL REFERENCES credit_applications (id),
  name text NOT NULL,
  content_type text NOT NULL CHECK (content_type IN ('application/pdf', 'image/png', 'image/jpeg')),
  size_bytes integer NOT NULL CHECK (size_bytes > 0),
  sha256 text NOT NULL,
  uploaded_by text NOT NULL,
  at timestamptz NOT NULL,
  -- The same file sent again is the same document.
  UNIQUE (application_id, sha256)
);

ALTER TABLE credit_decisions ADD COLUMN application_id text REFERENCES credit_applications (id);
CREATE INDEX credit_decisions_by_application ON credit_decisions (application_id, id) WHERE application_id IS NOT NULL;

DO $$
DECLARE listed text;
BEGIN
  SELECT pg_get_expr(conbin, conrelid) INTO listed FROM pg_constraint
    WHERE conname = 'tasks_kind_check' AND conrelid = 'tasks'::regclass;
  ALTER TABLE tasks DROP CONSTRAINT tasks_kind_check;
  EXECUTE format('ALTER TABLE tasks ADD CONSTRAINT tasks_kind_check CHECK (%s OR kind = %L)', listed, 'credit-application');
END $$;
CREATE INDEX tasks_credit_application ON tasks (customer_id) WHERE kind = 'credit-application';
INSERT INTO jobs (name) VALUES ('credit-reviews');

GRANT SELECT, INSERT, UPDATE ON credit_applications TO throughline_api;
GRANT SELECT, INSERT ON credit_application_documents TO throughline_api;
GRANT USAGE ON SEQUENCE credit_application_ids, credit_application_document_ids TO throughline_api;
GRANT SELECT ON credit_applications, credit_application_documents TO throughline_worker;

-- ── Quotes: a draft as it was offered to its customer, at prices that hold until a day ────────────────────
CREATE SEQUENCE quote_ids START 10000001;
CREATE TABLE quotes (
  id text PRIMARY KEY DEFAULT 'QUO-' || nextval('quote_ids'),
  draft_id text NOT NULL REFERENCES drafts (id),
  customer_id text NOT NULL REFERENCES customers (id),
  currency text NOT NULL,
  net_minor minor NOT NULL,
  tax_minor minor NOT NULL,
  gross_minor minor NOT NULL,
  -- With the price of each, and where it came from.
  lines jsonb NOT NULL,
  -- The last day on which it may be accepted.
  valid_until date NOT NULL,
  -- A sent one that is past its day is expired; it is written down so when another takes its place.
  status text NOT NULL DEFAULT 'sent' CHECK (status IN ('sent', 'accepted', 'declined', 'expired')),
  status_reason text,
  sent_by text NOT NULL,
  sent_at timestamptz NOT NULL,
  accepted_by text,
  accepted_at timestamptz,
  declined_by text,
  declined_at timestamptz,
  order_id text UNIQUE REFERENCES orders (id),
  CHECK ((status = 'accepted') = (accepted_at IS NOT NULL)),
  CHECK ((status = 'accepted') = (order_id IS NOT NULL)),
  CHECK ((status = 'declined') = (declined_at IS NOT NULL))
);
CREATE UNIQUE INDEX quotes_sent ON quotes (draft_id) WHERE status = 'sent';
CREATE INDEX quotes_by_customer ON quotes (customer_id, id);
GRANT SELECT, INSERT, UPDATE ON quotes TO throughline_api;
GRANT USAGE ON SEQUENCE quote_ids TO throughline_api;
GRANT SELECT ON quotes TO throughline_worker;
