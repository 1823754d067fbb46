import { type AmendedLines, amendLines, type LineChange } from '../../domain/amendment.ts';
import { routeCredit } from '../../domain/credit.ts';
import { type Fault, type Refused, refuse } from '../../domain/failures.ts';
import type { InvoiceTotals } from '../../domain/invoice.ts';
import { formatMoney } from '../../domain/money.ts';
import { mayAmend, mayKeepGoods, type OrderStatus, openQuantity } from '../../domain/order.ts';
import { isPrepaid } from '../../domain/prepayment.ts';
import { choosePrice, type ListPrice } from '../../domain/prices.ts';
import { isNotMade, type MadeToOrder } from '../../domain/production.ts';
import { planReservation, type ReservationPlan, sumDemand, type WarehouseStock } from '../../domain/stock.ts';
import { compareDates, localDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { type AmendedLine, changeLines, linesAfter, totalsOf } from '../statements/amended-lines.ts';
import { type Actor, record } from '../statements/audit.ts';
import {
  exposureOf,
  heldFor,
  holdOn,
  isFrozen,
  lockAccount,
  olderInLine,
  refuseFrozen,
  refuseOnHold,
  wakeWaitingOrders,
} from '../statements/credit.ts';
import { tell } from '../statements/notices.ts';
import {
  type Address,
  lockOrder,
  moveOrderByQuantities,
  type OrderLineRow,
  type OrderRow,
  orderLines,
} from '../statements/orders.ts';
import { endPrepayment, readPrepayment } from '../statements/prepayments.ts';
import { lockFreeStock, readMadeToOrder, requestProduction } from '../statements/production.ts';
import { cancelShipments, countBackOrdered, inWarehouse, releaseShipments, wakeBackOrders } from '../statements/shipments.ts';
import { once } from '../statements/steps.ts';
import { lockStock, warehouseOrder } from '../statements/stock.ts';
import { finishTasks } from '../statements/tasks.ts';
import { replaceProForma } from './prepay-order.ts';

export interface AmendOrderInput {
  orderId: string;
  eventId: string;
  /** The revision that the change was made from. */
  revision: number;
  lines?: LineChange[] | undefined;
  shipTo?: Address | undefined;
  requestedOn?: string | undefined;
  reason: string;
  actor: Actor;
  at: string;
}

export type AmendOrderOutcome =
  | {
      orderStatus: OrderStatus;
      revision: number;
      netMinor: number;
      taxMinor: number;
      grossMinor: number;
      /** Shipments that the warehouse must not work on any more, and those that take their place. */
      cancelledShipments: string[];
      newShipments: string[];
    }
  | Refused;

/**
 * Changes what was ordered, where it goes or when it is wanted (O4), as far as it has not been picked: price, credit by the
 * difference and stock are checked again, under the same locks as at first. All of it happens, or none: a refused amendment leaves
 * the order, its credit and its stock as they were.
 */
export async function amendOrder(tx: Transaction, input: AmendOrderInput): Promise<AmendOrderOutcome> {
  const { orderId, at } = input;
  const order = await lockOrder(tx, orderId);
  return once(tx, orderId, `amend:${input.eventId}`, at, async (): Promise<AmendOrderOutcome> => {
    if (!mayAmend(order.status)) return refuse(409, 'order-state', `Order ${orderId} is ${order.status} and cannot be amended.`);
    if (order.revision !== input.revision) {
      return refuse(409, 'order-changed', `Order ${orderId} is at revision ${order.revision} by now: read it again.`);
    }
    const [account, before, picking, picked, remainingMinor, asked] = await Promise.all([
      lockAccount(tx, order.customerId),
      orderLines(tx, orderId),
      inWarehouse(tx, orderId, ['picking']),
      inWarehouse(tx, orderId, ['packing', 'packed']),
      heldFor(tx, orderId),
      readPrepayment(tx, orderId),
    ]);
    const { timeZone } = order;
    const today = localDate(at, timeZone);
    const pickedOf = await quantitiesIn(tx, picked);
    const amended = await amend(tx, order, input, before, pickedOf, today);
    const faults = [...amended.faults, ...faultsOfDelivery(input, today, picked)];
    const after = linesAfter(before, amended);
    if (faults.length === 0 && after.every((line) => line.shippedQuantity + openQuantity(line) === 0)) {
      faults.push({ path: '/lines', code: 'nothing-left', detail: 'Nothing would be left of the order: cancel it instead.' });
    }
    const totals = totalsOf(after, order.taxRounding);
    if (totals === undefined) {
      faults.push({ path: '/lines', code: 'amount', detail: 'The amount is beyond what can be counted exactly.' });
    }
    if (totals === undefined || faults.length > 0)
      return refuse(422, 'invalid-amendment', 'The order cannot be amended.', faults);
    const differenceMinor = totals.grossMinor - (totalsOf(before, order.taxRounding)?.grossMinor ?? 0);

    if (order.paysByCard && differenceMinor > 0 && order.status !== 'awaiting-card') {
      const money = formatMoney({ currency: order.currency, amountMinor: differenceMinor });
      return refuse(
        409,
        'paid-by-card',
        `${orderId} would cost ${money} more than its card was asked for: order the rest besides.`,
      );
    }
    const isPaidFor = isPrepaid(order.terms) && (remainingMinor !== undefined || asked?.status === 'received');
    const { currency } = order;
    if (isPaidFor && differenceMinor > 0) {
      const money = formatMoney({ currency, amountMinor: differenceMinor });
      return refuse(409, 'prepaid', `${orderId} has been paid in advance, and would cost ${money} more: order the rest besides.`);
    }
    const awaited = !isPaidFor && asked?.status === 'awaited' && totals.grossMinor !== asked.amountMinor ? asked : undefined;
    if (awaited && totals.grossMinor <= awaited.receivedMinor) {
      const money = formatMoney({ currency, amountMinor: awaited.receivedMinor });
      return refuse(
        409,
        'prepaid',
        `${money} of ${orderId} has come in advance, and no less may be left to pay: cancel it instead.`,
      );
    }

    const hold = amended.raised.length > 0 ? await holdOn(tx, order, today) : undefined;
    if (hold) return refuseOnHold(order, hold);
    if (amended.raised.length > 0 && remainingMinor !== undefined && isFrozen(account, order))
      return refuseFrozen(order.customerId);
    if (remainingMinor !== undefined && differenceMinor > 0) {
      const { route, why } = routeCredit({
        ...account,
        exposureMinor: exposureOf(account),
        orderGrossMinor: differenceMinor,
        overdueMinor: 0,
        holdMinimumMinor: 0,
        at,
        releaseMinor: 0,
        // Whoever was there before it and waits for the same room comes first, as before a new order (C4).
        olderGrossMinor: await olderInLine(tx, order),
      });
      if (route !== 'approved') {
        const money = formatMoney({ currency: order.currency, amountMinor: differenceMinor });
        return refuse(409, 'over-limit', `The amendment needs ${money} more credit, and has none: ${why}.`);
      }
    }

    const goodsMove = amended.changed.length > 0 || amended.added.length > 0;
    const rerelease = picking.length > 0 && (goodsMove || input.shipTo !== undefined);
    // Nothing of it is to be picked any more, so its workflow asks for stock only after what is picked has left: too late.
    const releaseBeside = picked.length > 0 && amended.raised.length > 0;
    // What it wants no more of needs no stock that it has not got.
    const stock =
      rerelease || amended.raised.length > 0
        ? await planStock(tx, order, input, after, rerelease ? picking : [], pickedOf)
        : undefined;
    if (stock && stock.faults.length > 0)
      return refuse(409, 'out-of-stock', 'There is not enough stock for the amendment.', stock.faults);

    // From here on nothing refuses. Another date is another place in the line for stock, and fewer units are less to wait for.
    const lineMoves = goodsMove || input.requestedOn !== undefined;
    const keepsGoods = mayKeepGoods(order.status);
    const skus = [...new Set(after.map(({ sku }) => sku))];
    if (!stock && lineMoves && keepsGoods) await lockStock(tx, skus);
    order.shipTo = input.shipTo ?? order.shipTo;
    const change = { amended, before, after, totals, differenceMinor, remainingMinor, requestedOn: input.requestedOn };
    await changeLines(tx, order, account, change, at);
    const cancelledShipments: string[] = [];
    let newShipments: string[] = [];
    if (rerelease) {
      for (const shipmentId of picking) cancelledShipments.push(...(await cancelShipments(tx, orderId, at, shipmentId)));
    }
    if (stock && (rerelease || releaseBeside)) newShipments = await releaseShipments(tx, order, stock.plan.reservations, at);
    // One that has not asked for stock yet stands in no line, and a held one is counted when it asks again.
    if (keepsGoods && order.status !== 'approved' && order.status !== 'waiting-for-payment') await countBackOrdered(tx, orderId);
    if (stock && (order.status === 'in-fulfilment' || order.status === 'back-ordered')) {
      await requestProduction(tx, order, stock.plan.shortages, stock.madeToOrder, { timeZone, at });
    }
    if ((order.status === 'credit-review' || order.status === 'over-limit') && differenceMinor !== 0) {
      // Their task judged another order: the workflow asks for credit again, and opens a new one where a person must decide.
      await finishTasks(
        tx,
        { orderId, kinds: ['credit-review', 'over-limit'] },
        { status: 'cancelled', by: input.actor.name, outcome: { amended: `to revision ${order.revision}` }, at },
      );
    } else if (after.every((line) => openQuantity(line) === 0) || (rerelease && newShipments.length === 0)) {
      await moveOrderByQuantities(tx, order, at);
    }
    if (awaited) await replaceProForma(tx, order, awaited, at);
    // No invoice will take the rest of what was paid in advance.
    if (order.status === 'invoiced') await endPrepayment(tx, order, account, { actor: input.actor, today, at });
    await tellEverybody(tx, order, input, { before, after, totals, cancelledShipments, newShipments });
    // What was given back may be what others wait for.
    if (differenceMinor < 0) await wakeWaitingOrders(tx, order.customerId, `${orderId}:amend:${order.revision}`, orderId);
    if (lineMoves && keepsGoods) await wakeBackOrders(tx, skus, `${orderId}:amend:${order.revision}`);
    const { netMinor, taxMinor, grossMinor } = totals;
    return {
      orderStatus: order.status,
      revision: order.revision,
      netMinor,
      taxMinor,
      grossMinor,
      cancelledShipments,
      newShipments,
    };
  });
}

/** How many units of each line of the order these shipments hold, as they were picked. */
async function quantitiesIn(tx: Transaction, shipmentIds: string[]): Promise<Map<number, number>> {
  const { rows } = await tx.query<{ lineNumber: number; quantity: number }>(
    `SELECT line_number AS "lineNumber", sum(coalesce(picked_quantity, quantity))::int AS quantity
     FROM shipment_lines WHERE shipment_id = ANY ($1) GROUP BY line_number`,
    [shipmentIds],
  );
  return new Map(rows.map(({ lineNumber, quantity }) => [lineNumber, quantity]));
}

async function amend(
  tx: Transaction,
  order: OrderRow,
  input: AmendOrderInput,
  lines: OrderLineRow[],
  pickedOf: Map<number, number>,
  today: string,
): Promise<AmendedLines> {
  const changes = input.lines ?? [];
  const skus = [...new Set([...lines.map(({ sku }) => sku), ...changes.flatMap(({ sku }) => sku ?? [])])];
  const [goods, listPrices] = await Promise.all([
    tx.query<{ sku: string; name: string; taxCategory: string; taxRate: string; basePriceMinor: number | null }>(
      `SELECT p.sku, p.name, p.tax_category AS "taxCategory", p.tax_rate AS "taxRate", pr.unit_price_minor AS "basePriceMinor"
       FROM products p LEFT JOIN prices pr ON pr.sku = p.sku AND pr.currency = $2 WHERE p.sku = ANY ($1)`,
      [skus, order.currency],
    ),
    tx.query<ListPrice & { sku: string }>(
      `SELECT lp.sku, l.id AS "priceListId", split_part(l.audience, ':', 1) AS audience, l.valid_from AS "validFrom",
              l.valid_until AS "validUntil", lp.minimum_quantity AS "minimumQuantity", lp.unit_price_minor AS "unitPriceMinor"
       FROM price_lists l JOIN list_prices lp ON lp.price_list_id = l.id
       WHERE l.audience = ANY (ARRAY['everyone', 'customer:' || $1, 'segment:' || (SELECT segment FROM customers WHERE id = $1)])
         AND l.currency = $2 AND lp.sku = ANY ($3) AND lp.unit_price_minor IS NOT NULL AND coalesce(l.valid_until, 'infinity') >= $4`,
      [order.customerId, order.currency, skus, today],
    ),
  ]);
  return amendLines(
    lines.map((line) => ({ ...line, pickedQuantity: pickedOf.get(line.lineNumber) ?? 0 })),
    changes,
    (sku, quantity) => {
      const product = goods.rows.find((candidate) => candidate.sku === sku);
      const lists = listPrices.rows.filter((price) => price.sku === sku);
      return product && { ...product, price: choosePrice({ ...product, quantity, on: today, listPrices: lists }) };
    },
    order.currency,
  );
}

function faultsOfDelivery({ requestedOn, shipTo }: AmendOrderInput, today: string, picked: string[]): Fault[] {
  const faults: Fault[] = [];
  if (requestedOn !== undefined && compareDates(requestedOn, today) < 0) {
    faults.push({ path: '/requestedOn', code: 'past-date', detail: `${requestedOn} is before today, ${today}.` });
  }
  if (shipTo !== undefined && picked.length > 0) {
    faults.push({ path: '/shipTo', code: 'already-picked', detail: `${picked.join(', ')} is picked for the present address.` });
  }
  return faults;
}

/**
 * What the stock says to the amended order. Reservations of shipments that give way count as free; units that are picked need none.
 * Without back-orders every unit must be there.
 */
async function planStock(
  tx: Transaction,
  order: OrderRow,
  { shipTo = order.shipTo, requestedOn }: AmendOrderInput,
  after: AmendedLine[],
  givingWay: string[],
  pickedOf: Map<number, number>,
): Promise<{ plan: ReservationPlan; faults: Fault[]; madeToOrder: Map<string, MadeToOrder> }> {
  const skus = [...new Set(after.map(({ sku }) => sku))].sort();
  const stock = await lockFreeStock(tx, order.id, skus, requestedOn);
  const [madeToOrder, freed] = await Promise.all([
    readMadeToOrder(tx, order.id, skus),
    tx.query<WarehouseStock>(
      `SELECT sku, warehouse_id AS "warehouseId", sum(quantity)::int AS quantity FROM reservations
       WHERE shipment_id = ANY ($1) AND status = 'reserved' GROUP BY sku, warehouse_id`,
      [givingWay],
    ),
  ]);
  const lines = after
    .map((line) => ({ ...line, quantity: openQuantity(line) - (pickedOf.get(line.lineNumber) ?? 0) }))
    .filter(({ quantity }) => quantity > 0);
  const available = stock.map(({ sku, warehouseId, onHand, reserved }) => {
    const free = freed.rows.find((row) => row.sku === sku && row.warehouseId === warehouseId)?.quantity ?? 0;
    return { sku, warehouseId, quantity: onHand - reserved + free };
  });
  const plan = planReservation({
    lines,
    available,
    backOrderAllowed: order.backOrderAllowed,
    warehouseOrder: await warehouseOrder(tx, shipTo),
  });
  const faults = order.backOrderAllowed
    ? []
    : sumDemand(
        plan.shortages
          .filter(({ sku, missing }) => isNotMade(madeToOrder.get(sku), missing))
          .map(({ sku, missing }) => ({ sku, quantity: missing })),
      ).map(({ sku, quantity }) => ({
        path: '/lines',
        code: 'out-of-stock',
        detail: `${quantity} × ${sku} more than there is.`,
      }));
  return { plan, faults, madeToOrder };
}

async function tellEverybody(
  tx: Transaction,
  order: OrderRow,
  input: AmendOrderInput,
  change: {
    before: OrderLineRow[];
    after: AmendedLine[];
    totals: InvoiceTotals;
    cancelledShipments: string[];
    newShipments: string[];
  },
): Promise<void> {
  const { before, after, totals, cancelledShipments, newShipments } = change;
  const wanted = (lines: AmendedLine[]) =>
    lines.map(({ lineNumber, sku, quantity, cancelledQuantity }) => ({
      lineNumber,
      sku,
      quantity: quantity - cancelledQuantity,
    }));
  await record(tx, {
    at: input.at,
    actor: input.actor,
    action: 'amended',
    summary: `Amended to revision ${order.revision}: ${formatMoney({ currency: order.currency, amountMinor: totals.grossMinor })}`,
    reason: input.reason,
    customerId: order.customerId,
    orderId: order.id,
    before: { lines: wanted(before) },
    after: {
      revision: order.revision,
      lines: wanted(after),
      shipTo: input.shipTo,
      requestedOn: input.requestedOn,
      grossMinor: totals.grossMinor,
      cancelledShipments,
      newShipments,
    },
  });
  await tell(tx, {
    key: `${order.id}:amended:${order.revision}`,
    kind: 'order-amended',
    customerId: order.customerId,
    orderId: order.id,
    facts: { orderId: order.id, grossMinor: totals.grossMinor, currency: order.currency },
    at: input.at,
  });
}
