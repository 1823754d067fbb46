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
