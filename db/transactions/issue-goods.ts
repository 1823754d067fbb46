import { passesOnDelivery } from '../../domain/delivery-terms.ts';
import { invoiceTotals, orderShareGross } from '../../domain/invoice.ts';
import { isConsolidated } from '../../domain/invoice-run.ts';
import { goodsIssued, goodsSent } from '../../domain/ledger.ts';
import { mayShipment, openQuantity } from '../../domain/order.ts';
import { localDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { record, system } from '../statements/audit.ts';
import { readCompany } from '../statements/company.ts';
import { heldFor, lockAccount, moveExposure } from '../statements/credit.ts';
import { book } from '../statements/ledger.ts';
import { tell } from '../statements/notices.ts';
import { lockOrder, moveOrderByQuantities, orderLines } from '../statements/orders.ts';
import { planShipment } from '../statements/pickups.ts';
import { endRefusals, goingOut, readShipment } from '../statements/shipments.ts';
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
 * being booked stays cancelled.
 */
export async function issueGoods(tx: Transaction, input: IssueGoodsInput): Promise<IssueGoodsOutcome> {
  const { orderId, shipmentId, at } = input;
  const order = await lockOrder(tx, orderId);
  return once(tx, orderId, `goods-issue:${shipmentId}`, at, async (): Promise<IssueGoodsOutcome> => {
    const { shipment, lines } = await readShipment(tx, shipmentId);
    if (!mayShipment(shipment.status, 'ship')) return { outcome: 'cancelled' };

    if (shipment.carrierRefusal) await endRefusals(tx, [shipmentId], 'the carrier has taken it', at);
    const out = lines.map((line) => ({ ...line, quantity: goingOut(line) })).filter((line) => line.quantity > 0);
    const [account, stock, { timeZone }] = await Promise.all([
      lockAccount(tx, order.customerId),
      lockStock(tx, [...new Set(out.map((line) => line.sku))], shipment.warehouseId),
      readCompany(tx),
    ]);
    const eventId = `${shipmentId}:goods-issue`;
    const bySku = new Map<string, number>();
    for (const line of out) bySku.set(line.sku, (bySku.get(line.sku) ?? 0) + line.quantity);
    const taken = [...bySku].map(([sku, quantity]) => ({ sku, quantity, warehouseId: shipment.warehouseId }));
    const costMinor = await takeReserved(tx, stock, taken, { eventId, kind: 'shipped', orderId, at });
    await tx.query("UPDATE reservations SET status = 'consumed' WHERE shipment_id = $1 AND status = 'reserved'", [shipmentId]);
    await tx.query(
      `UPDATE order_lines l SET shipped_quantity = shipped_quantity + s.quantity
       FROM unnest($2::int[], $3::int[]) AS s (line_number, quantity) WHERE l.order_id = $1 AND l.line_number = s.line_number`,
      [orderId, out.map((line) => line.lineNumber), out.map((line) => line.quantity)],
    );

    const ordered = await orderLines(tx, orderId);
    const totals = invoiceTotals(
      out.map((line) => {
        const { description, unitPriceMinor, taxCategory, taxRate } = ordered.find((one) => one.lineNumber === line.lineNumber)!;
        return {
          lineNumber: line.lineNumber,
          sku: line.sku,
          description,
          quantity: line.quantity,
          unitPriceMinor,
          taxCategory,
          taxRate,
        };
      }),
      order.taxRounding,
    );
    const shareMinor = orderShareGross({
      orderGrossRemainingMinor: (await heldFor(tx, orderId)) ?? 0,
      shippedGrossMinor: totals.grossMinor,
      last: ordered.every((line) => openQuantity(line) === 0),
    });
    const sent = passesOnDelivery(order.deliveryTerms);
    await moveExposure(tx, account, {
      orderId,
      eventId,
      from: 'approvedNotShippedMinor',
      fromMinor: shareMinor,
      to: 'shippedNotInvoicedMinor',
      toMinor: shareMinor,
      at,
    });
    await book(
      tx,
      {
        eventId,
        kind: 'goods-issue',
        bookedOn: localDate(at, timeZone),
        currency: order.currency,
        customerId: order.customerId,
        orderId,
        item: shipmentId,
        at,
      },
      sent ? goodsSent({ costMinor }) : goodsIssued({ costMinor, netMinor: totals.netMinor }),
    );
    await tx.query(
      `UPDATE shipments SET carrier_refusal = NULL, status = 'shipped', carrier = $2, tracking_number = $3, shipped_at = $4, hold_share_minor = $5 WHERE id = $1`,
      [shipmentId, input.carrier, input.trackingNumber, at, shareMinor],
    );
    await moveOrderByQuantities(tx, order, at);
    await record(tx, {
      at,
      actor: system,
      action: 'goods-issued',
      summary: `${shipmentId} left with ${input.carrier}, tracking number ${input.trackingNumber}`,
      customerId: order.customerId,
      orderId,
      shipmentId,
      after: { lines: taken, costMinor },
    });
    await planShipment(tx, { shipmentId, carrier: input.carrier, actor: system, at });
    const { carrier, trackingNumber } = input;
    await attachParkedEvents(tx, { shipmentId, carrier, trackingNumber, at });
    await tell(tx, {
      key: `${shipmentId}:shipped`,
      kind: 'shipped',
      customerId: order.customerId,
      orderId,
      facts: { orderId, shipmentId, carrier: input.carrier, trackingNumber: input.trackingNumber, lines: out },
      at,
    });
    if (isConsolidated(order)) return { outcome: 'issued', awaitsRun: true };
    // The carrier may have told of the delivery before we knew the number.
    const arrived = sent && (await readShipment(tx, shipmentId)).shipment.status === 'delivered';
    return { outcome: 'issued', ...(sent && !arrived ? { awaitsDelivery: true as const } : {}) };
  });
}
