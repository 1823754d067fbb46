-- The day that an order was promised for, which is its place in the line for stock: as it was asked for when it was placed, or that day itself where
-- it was to come as soon as it can. An amendment moves it later and never earlier, so that nobody overtakes others by asking for an earlier day.
ALTER TABLE orders ADD COLUMN promised_on date;
UPDATE orders SET promised_on = coalesce(requested_on, (placed_at AT TIME ZONE (SELECT time_zone FROM company))::date);
ALTER TABLE orders ALTER COLUMN promised_on SET NOT NULL, ADD CONSTRAINT orders_promised_on_check CHECK (promised_on >= requested_on);

CREATE OR REPLACE VIEW back_orders AS
  SELECT l.order_id, l.line_number, l.sku, o.promised_on, o.placed_at,
    greatest(0, l.back_ordered_quantity - coalesce((
      SELECT sum(p.quantity) FROM production_requests p
      WHERE p.order_id = l.order_id AND p.line_number = l.line_number AND p.status IN ('requested', 'started')), 0))::int AS quantity
  FROM order_lines l JOIN orders o ON o.id = l.order_id
  WHERE l.back_ordered_quantity > 0 AND o.status IN ('back-ordered', 'in-fulfilment');
