-- An order without back-orders stands in the line for stock too while it asks again for what a short pick or a withdrawal gave back: what another
-- warehouse lacks may lie in a third, and it ships whole. If it comes out short, its customer chooses, and it has left the line.
CREATE OR REPLACE VIEW back_orders AS
  SELECT l.order_id, l.line_number, l.sku, coalesce(o.requested_on, 'infinity') AS promised_on, o.placed_at,
    greatest(0, l.back_ordered_quantity - coalesce((
      SELECT sum(p.quantity) FROM production_requests p
      WHERE p.order_id = l.order_id AND p.line_number = l.line_number AND p.status IN ('requested', 'started')), 0))::int AS quantity
  FROM order_lines l JOIN orders o ON o.id = l.order_id
  WHERE l.back_ordered_quantity > 0 AND o.status IN ('back-ordered', 'in-fulfilment');

-- A held order that production has made goods for had asked for stock before, and they are kept for it: it is counted like those in fulfilment,
-- whose units the line for stock began with.
UPDATE order_lines l SET back_ordered_quantity = l.quantity - l.shipped_quantity - l.cancelled_quantity - coalesce((
    SELECT sum(r.quantity) FROM shipments s JOIN reservations r ON r.shipment_id = s.id
    WHERE s.order_id = l.order_id AND r.line_number = l.line_number AND r.status = 'reserved'), 0)
FROM orders o WHERE o.id = l.order_id AND o.status = 'waiting-for-payment'
  AND EXISTS (SELECT FROM production_requests p WHERE p.order_id = o.id AND p.status <> 'cancelled');
