-- Shipping: what carriers refuse, labels and cartons, pickups, tracking.

-- Kinds of tasks are added to whatever list an earlier migration left behind.
DO $$
DECLARE listed text;
BEGIN
  SELECT pg_get_expr(conbin, conrelid) INTO listed FROM pg_constraint
    WHERE conname = 'tasks_kind_check' AND conrelid = 'tasks'::regclass;
  ALTER TABLE tasks DROP CONSTRAINT tasks_kind_check;
  EXECUTE format('ALTER TABLE tasks ADD CONSTRAINT tasks_kind_check CHECK (%s OR kind IN (%L, %L, %L))',
    listed, 'carrier-refused', 'shipment-exception', 'carrier-performance');
END $$;

-- The carrier's no for good, until a person has seen to it.
ALTER TABLE shipments ADD COLUMN carrier_refusal jsonb;

-- ── Cartons, each with its SSCC-18 ──────────────────────────────────────────
-- 952 is GS1's own range for examples: a company that ships puts its licensed prefix here.
ALTER TABLE company ADD COLUMN gs1_company_prefix text NOT NULL DEFAULT '9521234' CHECK (gs1_company_prefix ~ '^[0-9]{7,12}$');
-- Never begun again: a number may not come twice within a year, and gaps do no harm.
CREATE SEQUENCE sscc_serials AS bigint MINVALUE 0 START 1;
CREATE TABLE cartons (
  sscc text PRIMARY KEY CHECK (sscc ~ '^[0-9]{18}$'),
  shipment_id text NOT NULL REFERENCES shipments (id),
  number integer NOT NULL CHECK (number > 0),
  weight_grams integer NOT NULL CHECK (weight_grams >= 0),
  at timestamptz NOT NULL,
  UNIQUE (shipment_id, number)
);
GRANT SELECT, INSERT ON cartons TO throughline_api, throughline_worker;
GRANT USAGE ON SEQUENCE sscc_serials TO throughline_api, throughline_worker;

-- ── Pickups ─────────────────────────────────────────────────────────────────
CREATE TABLE pickup_calendars (
  carrier text NOT NULL,
  warehouse_id text NOT NULL REFERENCES warehouses (id),
  weekdays integer[] NOT NULL,
  cut_off text NOT NULL CHECK (cut_off ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  time_zone text NOT NULL,
  transit_days integer NOT NULL CHECK (transit_days BETWEEN 0 AND 60),
  -- ISO 3166: whose public holidays have no pickup. Without a country, none has.
  holiday_country text,
  holiday_region text,
  exceptions jsonb NOT NULL DEFAULT '[]',
  at timestamptz NOT NULL,
  PRIMARY KEY (carrier, warehouse_id)
);
GRANT SELECT ON pickup_calendars TO throughline_api, throughline_worker;
GRANT INSERT, UPDATE ON pickup_calendars TO throughline_api;

ALTER TABLE shipments
  ADD COLUMN pickup_carrier text,
  ADD COLUMN pickup_on date,
  ADD COLUMN pickup_cut_off_at timestamptz,
  -- The cut-off that it was first planned for: what on-time dispatch is measured by.
  ADD COLUMN first_cut_off_at timestamptz,
  ADD COLUMN expected_delivery_on date,
  ADD COLUMN missed_pickups integer NOT NULL DEFAULT 0;
CREATE INDEX shipments_by_pickup ON shipments (pickup_on, pickup_carrier) WHERE pickup_on IS NOT NULL;

-- ── Tracking ────────────────────────────────────────────────────────────────
-- A carrier's event, once by its id. Without a shipment it is parked: the number is not ours, or not yet.
CREATE TABLE tracking_events (
  sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  carrier text NOT NULL,
  event_id text NOT NULL,
  tracking_number text NOT NULL,
  shipment_id text REFERENCES shipments (id),
  kind text NOT NULL,
  occurred_at timestamptz NOT NULL,
  place text,
  note text,
  at timestamptz NOT NULL,
  UNIQUE (carrier, event_id)
);
CREATE INDEX tracking_events_by_shipment ON tracking_events (shipment_id) WHERE shipment_id IS NOT NULL;
CREATE INDEX tracking_events_by_number ON tracking_events (carrier, tracking_number);
CREATE INDEX shipments_by_tracking ON shipments (tracking_number) WHERE tracking_number IS NOT NULL;
ALTER TABLE shipments
  ADD COLUMN tracking_status text,
  ADD COLUMN tracking_since timestamptz,
  ADD COLUMN damaged boolean NOT NULL DEFAULT false;

-- What a carrier signs its webhooks with; the one before is good for a day more.
CREATE TABLE carrier_webhooks (
  carrier text PRIMARY KEY,
  secret text NOT NULL,
  previous_secret text,
  previous_until timestamptz,
  at timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON tracking_events TO throughline_api, throughline_worker;
GRANT SELECT, INSERT, UPDATE ON carrier_webhooks TO throughline_api;

-- ── Carrier performance ─────────────────────────────────────────────────────
-- What an audit found, with the version of the targets it judged by. Results are never changed: a later audit is another row.
CREATE SEQUENCE carrier_audit_ids START 10000001;
CREATE TABLE carrier_audits (
  id text PRIMARY KEY DEFAULT 'AUD-' || nextval('carrier_audit_ids'),
  from_on date NOT NULL,
  to_on date NOT NULL,
  targets_version integer NOT NULL,
  lanes jsonb NOT NULL,
  actor text NOT NULL,
  at timestamptz NOT NULL,
  CHECK (from_on <= to_on)
);
GRANT SELECT, INSERT ON carrier_audits TO throughline_api, throughline_worker;
GRANT USAGE ON SEQUENCE carrier_audit_ids TO throughline_api, throughline_worker;
