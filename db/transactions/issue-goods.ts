import { passesOnDelivery } from '../../domain/delivery-terms.ts';
import { orderShareGross } from '../../domain/invoice.ts';
import { isConsolidated } from '../../domain/invoice-run.ts';
import { goodsIssued, goodsSent } from '../../domain/ledger.ts';
import { mayShipment, openQuantity } from '../../domain/order.ts';
import { localDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { record, system } from '../statements/audit.ts';
import { heldFor, moveExposure } from '../statements/credit.ts';
import { book } from '../statements/ledger.ts';
import { tell } from '../statements/notices.ts';
import { moveOrderByQuantities } from '../statements/orders.ts';
import { planShipment } from '../statements/pickups.ts';
import {
  endRefusals,
  goingOut,
  type LockedShipment,
  lockShipment,
  orderedLine,
  readShipment,
  shippedTotals,
} from '../statements/shipments.ts';
import { once } from '../statements/steps.ts';
import { lockStock, takeReserved } from '../statements/stock.ts';
import { attachParkedEvents } from '../statements/tracking.ts';

export interface IssueGoodsInput {
  orderId: string;
  shipmentId: string;
  carrier: string;
  trackingNumber: string;
  at: string;
}

/**
 * `awaitsDelivery`: under D-terms nothing is billed before the goods arrive; `awaitsRun`: it is billed with others, by the run of its
 * period.
 */
export type IssueGoodsOutcome = { outcome: 'issued'; awaitsDelivery?: true; awaitsRun?: true } | { outcome: 'cancelled' };

/**
 * Goods issue: the units leave stock at moving-average cost, cost of goods and unbilled revenue are booked (under D-terms the
 * goods are on their way and still ours), and the shipment's share of the credit moves from approved to shipped. A shipment that was cancelled while the carrier was
 * being booked stays cancelled. `locked`: by who invoices it in the same transaction; absent, it is locked here.
 */
export async function issueGoods(tx: Transaction, input: IssueGoodsInput, locked?: LockedShipment): Promise<IssueGoodsOutcome> {
  const { orderId, shipmentId, at } = input;
  const { order, account, shipment, lines, ordered } = locked ?? (await lockShipment(tx, input));
  return once(tx, orderId, `goods-issue:${shipmentId}`, at, async (): Promise<IssueGoodsOutcome> => {
    if (!mayShipment(shipment.status, 'ship')) return { outcome: 'cancelled' };

    if (shipment.carrierRefusal) await endRefusals(tx, [shipmentId], 'the carrier has taken it', at);
    const out = lines.map((line) => ({ ...line, quantity: goingOut(line) })).filter((line) => line.quantity > 0);
    const [stock, heldMinor] = await Promise.all([
      lockStock(tx, [...new Set(out.map((line) => line.sku))], shipment.warehouseId),
      heldFor(tx, orderId),
    ]);
    const eventId = `${shipmentId}:goods-issue`;
    const bySku = new Map<string, number>();
    for (const line of out) bySku.set(line.sku, (bySku.get(line.sku) ?? 0) + line.quantity);
    const taken = [...bySku].map(([sku, quantity]) => ({ sku, quantity, warehouseId: shipment.warehouseId }));
    const costMinor = await takeReserved(tx, stock, taken, { eventId, kind: 'shipped', orderId, at });
    for (const { lineNumber, quantity } of out) orderedLine(ordered, lineNumber).shippedQuantity += quantity;
    const totals = shippedTotals({ order, lines, ordered });
    const shareMinor = orderShareGross({
      orderGrossRemainingMinor: heldMinor ?? 0,
      shippedGrossMinor: totals.grossMinor,
      last: ordered.every((line) => openQuantity(line) === 0),
    });
    const { carrier, trackingNumber } = input;
    Object.assign(shipment, { status: 'shipped', carrier, trackingNumber, shippedAt: at, holdShareMinor: shareMinor });
    const sent = passesOnDelivery(order.deliveryTerms);
    // In this order and without waiting for each other's answers, so that whoever wants the same goods waits for less long.
    await Promise.all([
      tx.query(
        `WITH consumed AS (
           UPDATE reservations SET status = 'consumed' WHERE shipment_id = $1 AND status = 'reserved'),
         left_with AS (
           UPDATE order_lines l SET shipped_quantity = shipped_quantity + s.quantity
           FROM unnest($7::int[], $8::int[]) AS s (line_number, quantity) WHERE l.order_id = $6 AND l.line_number = s.line_number)
         UPDATE shipments SET carrier_refusal = NULL, status = 'shipped', carrier = $2, tracking_number = $3, shipped_at = $4,
           hold_share_minor = $5 WHERE id = $1`,
        [
          shipmentId,
          carrier,
          trackingNumber,
          at,
          shareMinor,
          orderId,
          out.map((line) => line.lineNumber),
          out.map((line) => line.quantity),
        ],
      ),
      moveExposure(tx, account, {
        orderId,
        eventId,
        from: 'approvedNotShippedMinor',
        fromMinor: shareMinor,
        to: 'shippedNotInvoicedMinor',
        toMinor: shareMinor,
        at,
      }),
      book(
        tx,
        {
          eventId,
          kind: 'goods-issue',
          bookedOn: localDate(at, order.timeZone),
          currency: order.currency,
          customerId: order.customerId,
          orderId,
          item: shipmentId,
          at,
        },
        sent ? goodsSent({ costMinor }) : goodsIssued({ costMinor, netMinor: totals.netMinor }),
      ),
      moveOrderByQuantities(tx, order, at, ordered),
      record(tx, {
        at,
        actor: system,
        action: 'goods-issued',
        summary: `${shipmentId} left with ${carrier}, tracking number ${trackingNumber}`,
        customerId: order.customerId,
        orderId,
        shipmentId,
        after: { lines: taken, costMinor },
      }),
      planShipment(tx, { shipmentId, carrier, actor: system, at }),
      tell(tx, {
        key: `${shipmentId}:shipped`,
        kind: 'shipped',
        customerId: order.customerId,
        orderId,
        facts: { orderId, shipmentId, carrier, trackingNumber, lines: out },
        at,
      }),
    ]);
    await attachParkedEvents(tx, { shipmentId, carrier, trackingNumber, at });
    if (isConsolidated(order)) return { outcome: 'issued', awaitsRun: true };
    // The carrier may have told of the delivery before we knew the number.
    const arrived = sent && (await readShipment(tx, shipmentId)).shipment.status === 'delivered';
    return { outcome: 'issued', ...(sent && !arrived ? { awaitsDelivery: true as const } : {}) };
  });
}
