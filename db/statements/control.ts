import { type DeliveryTerms, deliveryTerms, passesOnDelivery } from '../../domain/delivery-terms.ts';
import { controlPassed } from '../../domain/ledger.ts';
import { localDate } from '../../domain/time.ts';
import { only, type Transaction } from '../client.ts';
import { readCompany } from './company.ts';
import { book } from './ledger.ts';
import { enqueue } from './outbox.ts';

const terms = deliveryTerms.filter((one) => passesOnDelivery(one)).map((one) => `'${one}'`);

/** SQL: control of what is shipped for that order passes on delivery, as `passesOnDelivery` says; null for an order without terms. */
export const isPassedOnDelivery = (order: string): string => `${order}.delivery_terms IN (${terms.join(', ')})`;

/** SQL: when control of a shipment's goods passed to the customer; null: not yet. */
export const controlPassedAt = (order: string, shipment: string): string =>
  `CASE WHEN ${isPassedOnDelivery(order)} THEN ${shipment}.delivered_at ELSE ${shipment}.shipped_at END`;

/**
 * A delivery under D-terms passes control of the goods: their cost and revenue are booked on its day, in its transaction, and the
 * order is told to invoice them (I1). Under all other terms both happened at goods issue, and nothing is left to do.
 */
export async function passControlOnDelivery(
  tx: Transaction,
  delivery: { shipmentId: string; orderId: string; customerId: string; deliveredAt: string; at: string },
): Promise<void> {
  const { shipmentId, orderId, customerId, deliveredAt, at } = delivery;
  const order = only(
    await tx.query<{ deliveryTerms: DeliveryTerms | null; currency: string }>(
      'SELECT delivery_terms AS "deliveryTerms", currency FROM orders WHERE id = $1',
      [orderId],
    ),
  );
  if (!passesOnDelivery(order.deliveryTerms)) return;
  const [{ timeZone }, amounts] = await Promise.all([
    readCompany(tx),
    tx.query<{ costMinor: number; netMinor: number }>(
      `SELECT (SELECT coalesce(sum(value_minor), 0)::bigint FROM stock_movements WHERE event_id = $1 || ':goods-issue') AS "costMinor",
         (SELECT coalesce(sum(l.unit_price_minor * coalesce(s.picked_quantity, s.quantity)), 0)::bigint
          FROM shipment_lines s JOIN order_lines l ON l.order_id = $2 AND l.line_number = s.line_number
          WHERE s.shipment_id = $1) AS "netMinor"`,
      [shipmentId, orderId],
    ),
  ]);
  const { currency } = order;
  await book(
    tx,
    {
      eventId: `${shipmentId}:delivery`,
      kind: 'control-passed',
      bookedOn: localDate(deliveredAt, timeZone),
      currency,
      customerId,
      orderId,
      item: shipmentId,
      at,
    },
    controlPassed(only(amounts)),
  );
  const hint = { signal: 'shipmentChanged', shipmentId } as const;
  await enqueue(tx, { kind: 'signal', workflowId: orderId, hint, cause: `${shipmentId}:delivered` });
}
