import type { Fault } from '../../domain/failures.ts';
import { Refusal } from '../../domain/failures.ts';
import { goodsNotDelivered } from '../../domain/ledger.ts';
import { mayShipment } from '../../domain/order.ts';
import { restockCost } from '../../domain/return.ts';
import { sumDemand } from '../../domain/stock.ts';
import { localDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import { readCompany } from '../statements/company.ts';
import { lockAccount, reopenHold } from '../statements/credit.ts';
import { book } from '../statements/ledger.ts';
import { tell } from '../statements/notices.ts';
import { lockOrder, moveOrderByQuantities } from '../statements/orders.ts';
import { enqueue } from '../statements/outbox.ts';
import { inWords } from '../statements/returns.ts';
import { countBackOrdered, goingOut, readShipment, wakeBackOrders } from '../statements/shipments.ts';
import { lockStock, restock } from '../statements/stock.ts';
import { endExceptionTasks } from '../statements/tracking.ts';

export interface SendAgainInput {
  orderId: string;
  shipmentId: string;
  /** What is back on the shelf; all other units are lost. */
  restocked: { lineNumber: number; quantity: number }[];
  reason: string;
  actor: Actor;
  at: string;
}

/**
 * Ends a shipment under D-terms that will not arrive (S3, I1). Its goods were ours: what is back is on the shelf at its cost, what is
 * not is shrinkage, and nothing was billed. Its units are owed again with the credit that was held for them, and the order's workflow
 * releases them anew; who does not want them any more cancels or amends the order. Refuses `shipment-state` (409) and
 * `invalid-resolution` (422). The caller has locked the order and seen that the parcel will not arrive.
 */
export async function sendAgain(tx: Transaction, input: SendAgainInput): Promise<void> {
  const { orderId, shipmentId, restocked, reason, actor, at } = input;
  const order = await lockOrder(tx, orderId);
  const { customerId, currency } = order;
  const { shipment, lines } = await readShipment(tx, shipmentId);
  if (!mayShipment(shipment.status, 'send-again')) {
    throw new Refusal(409, 'shipment-state', `Shipment ${shipmentId} is ${shipment.status}: send-again is not possible.`);
  }
  const sent = lines.map((line) => ({ ...line, quantity: goingOut(line) })).filter(({ quantity }) => quantity > 0);
  const back = restocked.map(({ lineNumber, quantity }) => ({
    quantity,
    sku: sent.find((line) => line.lineNumber === lineNumber)?.sku ?? '',
  }));
  const faults = restocked.flatMap(({ lineNumber, quantity }, index): Fault[] => {
    const left = sent.find((line) => line.lineNumber === lineNumber)?.quantity ?? 0;
    const path = `/restocked/${index}/quantity`;
    return quantity <= left
      ? []
      : [{ path, code: 'more-than-shipped', detail: `${left} units of line ${lineNumber} were sent.` }];
  });
  if (faults.length > 0) throw new Refusal(422, 'invalid-resolution', 'More is back than was sent.', { faults });

  const account = await lockAccount(tx, customerId);
  const skus = [...new Set(sent.map(({ sku }) => sku))];
  await lockStock(tx, skus, shipment.warehouseId);
  const [{ timeZone }, { rows: taken }] = await Promise.all([
    readCompany(tx),
    tx.query<{ sku: string; quantity: number; costMinor: number }>(
      `SELECT sku, quantity, value_minor AS "costMinor" FROM stock_movements WHERE event_id = $1 || ':goods-issue'`,
      [shipmentId],
    ),
  ]);
  const returned = sumDemand(back).map(({ sku, quantity }) => ({
    sku,
    quantity,
    costMinor: restockCost({ shipped: taken.find((goods) => goods.sku === sku)!, before: 0, now: quantity }),
  }));
  const eventId = `${shipmentId}:undelivered`;
  const { warehouseId, holdShareMinor } = shipment;
  await restock(tx, returned, { eventId, warehouseId, orderId, at });
  const costOf = (goods: { costMinor: number }[]) => goods.reduce((total, { costMinor }) => total + costMinor, 0);
  const restockedMinor = costOf(returned);
  const lostMinor = costOf(taken) - restockedMinor;
  await book(
    tx,
    { eventId, kind: 'goods-not-delivered', bookedOn: localDate(at, timeZone), currency, customerId, orderId, at },
    goodsNotDelivered({ restockedMinor, lostMinor }),
  );
  await reopenHold(tx, account, { orderId, eventId, amountMinor: holdShareMinor, at });
  await tx.query("UPDATE shipments SET status = 'undelivered', hold_share_minor = 0 WHERE id = $1", [shipmentId]);
  await tx.query(
    `UPDATE order_lines l SET shipped_quantity = shipped_quantity - s.quantity
     FROM unnest($2::int[], $3::int[]) AS s (line_number, quantity) WHERE l.order_id = $1 AND l.line_number = s.line_number`,
    [orderId, sent.map(({ lineNumber }) => lineNumber), sent.map(({ quantity }) => quantity)],
  );
  await countBackOrdered(tx, orderId);
  await moveOrderByQuantities(tx, order, at);
  await record(tx, {
    at,
    actor,
    action: 'shipment-undelivered',
    summary: `${shipmentId} will not arrive: ${inWords(sent)} are owed again`,
    reason,
    customerId,
    orderId,
    shipmentId,
    before: { status: 'shipped' },
    after: { status: 'undelivered', restocked: returned, restockedMinor, lostMinor },
  });
  const outcome = { decision: 'send-again', note: reason };
  await endExceptionTasks(tx, shipmentId, ['exception', 'lost', 'returned', 'damaged'], {
    status: 'completed',
    actor,
    outcome,
    at,
  });
  await tell(tx, {
    key: eventId,
    kind: 'sent-again',
    customerId,
    orderId,
    facts: { orderId, shipmentId, goods: inWords(sent) },
    at,
  });
  await enqueue(tx, { kind: 'signal', workflowId: orderId, hint: { signal: 'shipmentChanged', shipmentId }, cause: eventId });
  // Its workflow may be waiting for goods that other units of it are owed.
  await enqueue(tx, { kind: 'signal', workflowId: orderId, hint: { signal: 'stockArrived' }, cause: eventId });
  if (returned.length > 0) await wakeBackOrders(tx, skus, eventId);
}
