-- An order without back-orders stands in the line for stock too while it asks again for what a short pick or a withdrawal gave back: what another
-- warehouse lacks may lie in a third, and it ships whole. If it comes out short, its customer chooses, and it has left the line.
CREATE OR REPLACE VIEW back_orders AS
  SELECT l.order_id, l.line_number, l.sku, coalesce(o.requested_on, 'infinity') AS promised_on, o.placed_at,
    greatest(0, l.back_ordered_quantity - coalesce((
      SELECT sum(p.quantity) FROM production_requests p
      WHERE p.order_id = l.order_id AND p.line_number = l.line_number AND p.status IN ('requested', 'started')), 0))::int AS quantity
  FROM order_lines l JOIN orders o ON o.id = l.order_id
  WHERE l.back_ordered_quantity > 0 AND o.status IN ('back-ordered', 'in-fulfilment');
