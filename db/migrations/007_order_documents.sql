-- Orders as they came in by mail, kept as they were: each becomes an order or a task for a person, never neither.
CREATE SEQUENCE order_document_ids START 10000001;
CREATE TABLE order_documents (
  id text PRIMARY KEY DEFAULT 'DOC-' || nextval('order_document_ids'),
  channel text NOT NULL CHECK (channel IN ('email')),
  -- The mail's Message-ID, or a hash of the whole mail where it has none: the same mail twice is one document.
  external_id text NOT NULL,
  sender text,
  subject text NOT NULL,
  read_from text NOT NULL,
  original bytea NOT NULL,
  status text NOT NULL CHECK (status IN ('ordered', 'parked')),
  customer_id text REFERENCES customers (id),
  order_id text REFERENCES orders (id),
  faults jsonb NOT NULL DEFAULT '[]',
  at timestamptz NOT NULL,
  UNIQUE (channel, external_id)
);
CREATE INDEX order_documents_by_order ON order_documents (order_id) WHERE order_id IS NOT NULL;

DO $$
DECLARE present text;
BEGIN
  SELECT substring(pg_get_constraintdef(oid) FROM '^CHECK \((.*)\)$') INTO present FROM pg_constraint
    WHERE conname = 'tasks_kind_check' AND conrelid = 'tasks'::regclass;
  ALTER TABLE tasks DROP CONSTRAINT tasks_kind_check;
  EXECUTE format('ALTER TABLE tasks ADD CONSTRAINT tasks_kind_check CHECK (%s OR kind = %L)', present, 'order-document');
END $$;

GRANT SELECT, INSERT ON order_documents TO throughline_api, throughline_worker;
GRANT USAGE ON SEQUENCE order_document_ids TO throughline_api, throughline_worker;
