-- Outgoing webhooks (X4): who is told of what, what has happened, and how each telling went. An event is written by the transaction of the
-- change that it tells of, and only where an endpoint wants to know; what is sent when is by the clock on the wall.
CREATE SEQUENCE webhook_endpoint_ids START 10000001;
CREATE TABLE webhook_endpoints (
  id text PRIMARY KEY DEFAULT 'WHE-' || nextval('webhook_endpoint_ids'),
  url text NOT NULL,
  description text,
  event_types text[] NOT NULL CHECK (cardinality(event_types) > 0),
  -- Absent: of every customer.
  customer_id text REFERENCES customers (id),
  status text NOT NULL DEFAULT 'enabled' CHECK (status IN ('enabled', 'disabled', 'removed')),
  status_reason text,
  secret text NOT NULL,
  -- Both sign until then, so that the receiver can change over.
  previous_secret text,
  previous_until timestamptz,
  -- Since when every attempt has failed, by the clock on the wall.
  failing_since timestamptz,
  at timestamptz NOT NULL
);

CREATE SEQUENCE webhook_event_ids START 10000001;
CREATE TABLE webhook_events (
  id text PRIMARY KEY DEFAULT 'EVT-' || nextval('webhook_event_ids'),
  -- Once per key: that of the letter to the customer, where there is one.
  key text NOT NULL UNIQUE,
  type text NOT NULL,
  customer_id text,
  record_id text NOT NULL,
  -- The later of two events of a record has the higher one.
  sequence integer NOT NULL,
  data jsonb NOT NULL,
  at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX webhook_events_by_record ON webhook_events (record_id);

CREATE SEQUENCE webhook_delivery_ids START 10000001;
CREATE TABLE webhook_deliveries (
  id text PRIMARY KEY DEFAULT 'WHD-' || nextval('webhook_delivery_ids'),
  event_id text NOT NULL REFERENCES webhook_events (id),
  endpoint_id text NOT NULL REFERENCES webhook_endpoints (id),
  status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'delivered', 'given-up')),
  attempts integer NOT NULL DEFAULT 0,
  -- How many of them were made before a person had it sent again, which begins the tries anew.
  attempts_before integer NOT NULL DEFAULT 0,
  -- While it is under way: when somebody else may take it for lost.
  due_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  delivered_at timestamptz,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (endpoint_id, event_id)
);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (endpoint_id, due_at) WHERE status = 'pending';
CREATE INDEX webhook_deliveries_by_event ON webhook_deliveries (event_id);

-- What came of each attempt; one without a row was under way when its process died.
CREATE TABLE webhook_attempts (
  delivery_id text NOT NULL REFERENCES webhook_deliveries (id),
  number integer NOT NULL,
  at timestamptz NOT NULL,
  duration_ms integer NOT NULL,
  -- Absent: nobody has answered, for the reason beside it.
  status_code integer,
  problem text,
  answer text,
  PRIMARY KEY (delivery_id, number)
);

GRANT SELECT, INSERT, UPDATE ON webhook_endpoints, webhook_events, webhook_deliveries TO throughline_api;
-- Whom to tell, and with what secret, is not for the worker to say.
GRANT SELECT, UPDATE (status, status_reason, failing_since) ON webhook_endpoints TO throughline_worker;
GRANT SELECT, INSERT ON webhook_events TO throughline_worker;
GRANT SELECT, INSERT, UPDATE ON webhook_deliveries TO throughline_worker;
GRANT SELECT, INSERT ON webhook_attempts TO throughline_worker;
GRANT SELECT ON webhook_attempts TO throughline_api;
GRANT USAGE ON SEQUENCE webhook_endpoint_ids TO throughline_api;
GRANT USAGE ON SEQUENCE webhook_event_ids, webhook_delivery_ids TO throughline_api, throughline_worker;

DO $$
DECLARE present text;
BEGIN
  SELECT substring(pg_get_constraintdef(oid) FROM 'CHECK \((.*)\)$') INTO present FROM pg_constraint
    WHERE conname = 'tasks_kind_check' AND conrelid = 'tasks'::regclass;
  ALTER TABLE tasks DROP CONSTRAINT tasks_kind_check;
  EXECUTE format('ALTER TABLE tasks ADD CONSTRAINT tasks_kind_check CHECK (%s OR kind = %L)', present, 'webhook-endpoint-disabled');
END $$;
