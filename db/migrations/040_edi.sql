-- Electronic data interchange by ASC X12: who is a partner, what came from partners, and what they are owed.
CREATE TABLE trading_partners (
  customer_id text PRIMARY KEY REFERENCES customers (id),
  -- How the partner calls itself in ISA05, ISA06 and GS02, and us.
  qualifier text NOT NULL CHECK (qualifier ~ '^[A-Z0-9]{2}$'),
  interchange_id text NOT NULL CHECK (interchange_id ~ '^\S(.{0,13}\S)?$'),
  group_id text NOT NULL CHECK (length(group_id) BETWEEN 2 AND 15),
  own_qualifier text NOT NULL CHECK (own_qualifier ~ '^[A-Z0-9]{2}$'),
  own_interchange_id text NOT NULL CHECK (own_interchange_id ~ '^\S(.{0,13}\S)?$'),
  own_group_id text NOT NULL CHECK (length(own_group_id) BETWEEN 2 AND 15),
  version text NOT NULL CHECK (version IN ('004010', '005010')),
  -- What it wants beside the 997s that every partner gets.
  documents text[] NOT NULL CHECK (documents <@ ARRAY['855', '856', '810']),
  -- Null: its documents wait until it picks them up.
  mail_to text,
  is_test boolean NOT NULL,
  acknowledge_within_hours integer NOT NULL CHECK (acknowledge_within_hours BETWEEN 1 AND 720),
  -- Of interchanges and their one group alike; taken with the document that has it, so that none is left out.
  last_control_number integer NOT NULL DEFAULT 0 CHECK (last_control_number BETWEEN 0 AND 999999999),
  at timestamptz NOT NULL,
  UNIQUE (qualifier, interchange_id)
);

CREATE SEQUENCE edi_interchange_ids START 10000001;
CREATE TABLE edi_interchanges (
  id text PRIMARY KEY DEFAULT 'EDI-' || nextval('edi_interchange_ids'),
  -- 'ZZ:ACME' and ISA13, as far as they could be read.
  sender text NOT NULL,
  control_number text NOT NULL,
  -- The same bytes are the same interchange.
  fingerprint text NOT NULL UNIQUE,
  original bytea NOT NULL,
  -- Parked: nothing was made of it, and a person has a task.
  status text NOT NULL CHECK (status IN ('taken', 'parked')),
  customer_id text REFERENCES customers (id),
  faults jsonb NOT NULL DEFAULT '[]',
  at timestamptz NOT NULL
);
CREATE UNIQUE INDEX edi_interchanges_taken ON edi_interchanges (sender, control_number) WHERE status = 'taken';

CREATE SEQUENCE edi_document_ids START 10000001;
CREATE TABLE edi_documents (
  id text PRIMARY KEY DEFAULT 'EDO-' || nextval('edi_document_ids'),
  -- Once per key: '856:SHP-100001', '810:INV-2026-000001', '855:ORD-100001:accepted', '997:EDI-10000001:1'.
  key text NOT NULL UNIQUE,
  customer_id text NOT NULL REFERENCES trading_partners (customer_id),
  type text NOT NULL CHECK (type IN ('997', '855', '856', '810')),
  -- What it is about: an interchange, an order, a shipment, an invoice or credit note.
  about text NOT NULL,
  order_id text REFERENCES orders (id),
  facts jsonb NOT NULL,
  -- Queued: it is owed, and has neither number nor content yet. Waiting: for the mail to go out, or to be picked up.
  status text NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'waiting', 'sent', 'accepted', 'rejected')),
  -- How often it was to be sent: a 997 is sent again when its interchange comes again.
  round integer NOT NULL DEFAULT 1,
  control_number integer,
  content text,
  written_at timestamptz,
  sent_at timestamptz,
  answered_at timestamptz,
  -- Of what is answered by a 997: until when, and when a person was told that it did not come.
  acknowledge_by timestamptz,
  missed_at timestamptz,
  at timestamptz NOT NULL,
  UNIQUE (customer_id, control_number),
  CHECK ((status = 'queued') = (control_number IS NULL) AND (control_number IS NULL) = (content IS NULL))
);
CREATE INDEX edi_documents_queued ON edi_documents (customer_id, id) WHERE status = 'queued';
CREATE INDEX edi_documents_by_order ON edi_documents (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX edi_documents_unanswered ON edi_documents (acknowledge_by)
  WHERE status IN ('waiting', 'sent') AND acknowledge_by IS NOT NULL AND missed_at IS NULL;

-- An 850 is a document like a mail: one of several of its interchange.
ALTER TABLE order_documents DROP CONSTRAINT order_documents_channel_check,
  ADD CONSTRAINT order_documents_channel_check CHECK (channel IN ('email', 'edi')),
  ADD COLUMN interchange_id text REFERENCES edi_interchanges (id),
  -- As it was read, for the documents that answer it in its own numbers.
  ADD COLUMN purchase_order jsonb;
CREATE INDEX order_documents_by_interchange ON order_documents (interchange_id) WHERE interchange_id IS NOT NULL;

DO $$
DECLARE present text;
BEGIN
  SELECT substring(pg_get_constraintdef(oid) FROM 'CHECK \((.*)\)$') INTO present FROM pg_constraint
    WHERE conname = 'tasks_kind_check' AND conrelid = 'tasks'::regclass;
  ALTER TABLE tasks DROP CONSTRAINT tasks_kind_check;
  EXECUTE format('ALTER TABLE tasks ADD CONSTRAINT tasks_kind_check CHECK (%s OR kind = %L)', present, 'edi-document');
  SELECT substring(pg_get_constraintdef(oid) FROM 'CHECK \((.*)\)$') INTO present FROM pg_constraint
    WHERE conname = 'outbox_kind_check' AND conrelid = 'outbox'::regclass;
  ALTER TABLE outbox DROP CONSTRAINT outbox_kind_check;
  EXECUTE format('ALTER TABLE outbox ADD CONSTRAINT outbox_kind_check CHECK (%s OR kind = %L)', present, 'edi');
END $$;

INSERT INTO jobs (name) VALUES ('edi-acknowledgements');

GRANT SELECT, INSERT, UPDATE ON trading_partners, edi_interchanges, edi_documents TO throughline_api, throughline_worker;
GRANT USAGE ON SEQUENCE edi_interchange_ids, edi_document_ids TO throughline_api, throughline_worker;
