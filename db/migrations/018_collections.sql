-- What finance and collectors decide about customers who owe: one person proposes, another one approves.

-- ── Hold overrides: orders of a customer on hold pass until a day ────────────────────────────────────────────
CREATE SEQUENCE hold_override_ids START 10000001;
CREATE TABLE hold_overrides (
  id text PRIMARY KEY DEFAULT 'HOV-' || nextval('hold_override_ids'),
  customer_id text NOT NULL REFERENCES customers (id),
  currency text NOT NULL,
  -- What was overdue as it was proposed.
  overdue_minor minor NOT NULL,
  -- The last day on which orders pass, by the company's calendar. Nothing has to happen for it to end.
  through_on date NOT NULL,
  status text NOT NULL DEFAULT 'proposed' CHECK (status IN ('proposed', 'approved', 'rejected', 'ended')),
  reason text NOT NULL,
  proposed_by text NOT NULL,
  proposed_at timestamptz NOT NULL,
  decided_by text,
  decided_at timestamptz,
  decision_reason text,
  ended_by text,
  ended_at timestamptz,
  CHECK ((status = 'proposed') = (decided_by IS NULL)),
  CHECK ((status = 'ended') = (ended_by IS NOT NULL)),
  CHECK (decided_by IS DISTINCT FROM proposed_by OR status = 'rejected')
);
CREATE UNIQUE INDEX hold_overrides_proposed ON hold_overrides (customer_id) WHERE status = 'proposed';
CREATE INDEX hold_overrides_approved ON hold_overrides (customer_id, through_on) WHERE status = 'approved';
GRANT SELECT, INSERT, UPDATE ON hold_overrides TO throughline_api;
GRANT SELECT ON hold_overrides TO throughline_worker;
GRANT USAGE ON SEQUENCE hold_override_ids TO throughline_api;

-- ── Contacts: what was said to whom about what is overdue ───────────────────────────────────────────────────
CREATE SEQUENCE contact_ids START 10000001;
CREATE TABLE collection_contacts (
  id text PRIMARY KEY DEFAULT 'CON-' || nextval('contact_ids'),
  customer_id text NOT NULL REFERENCES customers (id),
  -- The items that it was about; empty: all that is overdue.
  invoice_ids text[] NOT NULL,
  kind text NOT NULL CHECK (kind IN ('call', 'mail', 'visit')),
  outcome text NOT NULL,
  contact_on date NOT NULL,
  person text,
  note text NOT NULL,
  next_step_on date,
  next_step text,
  actor text NOT NULL,
  at timestamptz NOT NULL,
  CHECK (next_step IS NULL OR next_step_on IS NOT NULL)
);
CREATE INDEX collection_contacts_by_customer ON collection_contacts (customer_id, id);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON collection_contacts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON collection_contacts TO throughline_api;
GRANT SELECT ON collection_contacts TO throughline_worker;
GRANT USAGE ON SEQUENCE contact_ids TO throughline_api;

-- Companies that were set up before there was such a policy get its default, as new ones do.
INSERT INTO policies (name, version, body, at, actor)
SELECT 'collections', 1, '{"name": "collections", "version": 1, "holdOverrideDaysMaximum": 30}', now(), 'system'
WHERE EXISTS (SELECT 1 FROM policies);

DO $$
DECLARE listed text;
BEGIN
  SELECT pg_get_expr(conbin, conrelid) INTO listed FROM pg_constraint
    WHERE conname = 'tasks_kind_check' AND conrelid = 'tasks'::regclass;
  ALTER TABLE tasks DROP CONSTRAINT tasks_kind_check;
  EXECUTE format('ALTER TABLE tasks ADD CONSTRAINT tasks_kind_check CHECK (%s OR kind = %L)', listed, 'hold-override');
END $$;
