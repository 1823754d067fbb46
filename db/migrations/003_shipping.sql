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
