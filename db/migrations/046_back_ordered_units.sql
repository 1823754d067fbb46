-- The line for stock: what orders in fulfilment are owed and has not been reserved for them, whether they wait in whole or have a part in the
-- warehouse. Every release, amendment, choice and intake reads it, so it is kept with the line and has an index that holds nothing else.
ALTER TABLE order_lines ADD COLUMN back_ordered_quantity integer NOT NULL DEFAULT 0 CHECK (back_ordered_quantity >= 0);
CREATE INDEX order_lines_back_ordered ON order_lines (sku) WHERE back_ordered_quantity > 0;
UPDATE order_lines l SET back_ordered_quantity = l.quantity - l.shipped_quantity - l.cancelled_quantity - coalesce((
    SELECT sum(r.quantity) FROM shipments s JOIN reservations r ON r.shipment_id = s.id
    WHERE s.order_id = l.order_id AND r.line_number = l.line_number AND r.status = 'reserved'), 0)
FROM orders o WHERE o.id = l.order_id AND o.status IN ('back-ordered', 'awaiting-choice', 'in-fulfilment');
-- What was made is asked for over these lines too.
DROP INDEX production_requests_finished;

-- Who stands in it: a held order does not, and one whose customer chooses what becomes of it does not before it waits. What is being made for
-- an order is not owed to it from the shelf.
CREATE VIEW back_orders AS
  SELECT l.order_id, l.line_number, l.sku, coalesce(o.requested_on, 'infinity') AS promised_on, o.placed_at,
    greatest(0, l.back_ordered_quantity - coalesce((
      SELECT sum(p.quantity) FROM production_requests p
      WHERE p.order_id = l.order_id AND p.line_number = l.line_number AND p.status IN ('requested', 'started')), 0))::int AS quantity
  FROM order_lines l JOIN orders o ON o.id = l.order_id
  WHERE l.back_ordered_quantity > 0
    AND (o.status = 'back-ordered' OR (o.status = 'in-fulfilment' AND (o.back_order_allowed OR o.waits_for_all)));
GRANT SELECT ON back_orders TO throughline_api, throughline_worker;
