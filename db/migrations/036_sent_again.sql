-- Goods that are ours until they arrive, and will not: their shipment has ended, and its units are owed again.
ALTER TABLE shipments DROP CONSTRAINT shipments_status_check,
  ADD CONSTRAINT shipments_status_check
    CHECK (status IN ('picking', 'packing', 'packed', 'shipped', 'delivered', 'undelivered', 'cancelled'));
