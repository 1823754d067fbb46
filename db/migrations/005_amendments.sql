-- Counts the amendments of an order: whoever amends names the revision that they have read, so that of two the second one is told.
ALTER TABLE orders ADD COLUMN revision integer NOT NULL DEFAULT 1 CHECK (revision > 0);
