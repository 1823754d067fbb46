import type { AmendedLines } from '../../domain/amendment.ts';
import { type InvoiceTotals, invoiceTotals } from '../../domain/invoice.ts';
import type { Rounding } from '../../domain/money.ts';
import { openQuantity } from '../../domain/order.ts';
import type { Transaction } from '../client.ts';
import { type CreditAccountRow, moveExposure } from './credit.ts';
import type { OrderLineRow, OrderRow } from './orders.ts';
import { withdrawProduction } from './production.ts';

/** A line as an amendment leaves it. */
export type AmendedLine = Omit<OrderLineRow, 'netMinor'>;

export function linesAfter(before: OrderLineRow[], { changed, added }: AmendedLines): AmendedLine[] {
  const last = Math.max(0, ...before.map(({ lineNumber }) => lineNumber));
  return [
    ...before.map((line) => ({ ...line, ...changed.find(({ lineNumber }) => lineNumber === line.lineNumber) })),
    ...added.map((line, index) => ({
      ...line,
      lineNumber: last + 1 + index,
      shippedQuantity: 0,
      invoicedQuantity: 0,
      cancelledQuantity: 0,
    })),
  ];
}

/** Of the units that are not cancelled; undefined beyond the safe integers. */
export function totalsOf(lines: AmendedLine[], rounding: Rounding): InvoiceTotals | undefined {
  const live = lines
    .map((line) => ({ ...line, quantity: line.quantity - line.cancelledQuantity }))
    .filter(({ quantity }) => quantity > 0);
  try {
    return invoiceTotals(live, rounding);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

async function writeLines(tx: Transaction, orderId: string, { changed, added }: AmendedLines): Promise<void> {
  await tx.query(
    `UPDATE order_lines l SET quantity = c.quantity, cancelled_quantity = c.cancelled,
       net_minor = coalesce(c.price, l.unit_price_minor) * c.quantity, unit_price_minor = coalesce(c.price, l.unit_price_minor),
       price_list_id = CASE WHEN c.price IS NULL THEN l.price_list_id ELSE c.list END,
       price_minimum_quantity = CASE WHEN c.price IS NULL THEN l.price_minimum_quantity ELSE c.minimum END,
       back_ordered_quantity = least(l.back_ordered_quantity, c.quantity - l.shipped_quantity - c.cancelled)
     FROM unnest($2::int[], $3::int[], $4::int[], $5::bigint[], $6::text[], $7::int[])
       AS c (line_number, quantity, cancelled, price, list, minimum)
     WHERE l.order_id = $1 AND l.line_number = c.line_number`,
    [
      orderId,
      changed.map(({ lineNumber }) => lineNumber),
      changed.map(({ quantity }) => quantity),
      changed.map(({ cancelledQuantity }) => cancelledQuantity),
      changed.map(({ unitPriceMinor }) => unitPriceMinor ?? null),
      changed.map(({ priceListId }) => priceListId ?? null),
      changed.map(({ minimumQuantity }) => minimumQuantity ?? null),
    ],
  );
  await tx.query(
    `INSERT INTO order_lines (order_id, line_number, sku, description, quantity, unit_price_minor, tax_category, tax_rate, net_minor,
       price_list_id, price_minimum_quantity)
     SELECT $1, (SELECT max(line_number) FROM order_lines WHERE order_id = $1) + position, sku, description, quantity, price, category,
            rate, price * quantity, list, minimum
     FROM unnest($2::text[], $3::text[], $4::int[], $5::bigint[], $6::text[], $7::text[], $8::text[], $9::int[])
       WITH ORDINALITY AS a (sku, description, quantity, price, category, rate, list, minimum, position)`,
    [
      orderId,
      added.map(({ sku }) => sku),
      added.map(({ description }) => description),
      added.map(({ quantity }) => quantity),
      added.map(({ unitPriceMinor }) => unitPriceMinor),
      added.map(({ taxCategory }) => taxCategory),
      added.map(({ taxRate }) => taxRate),
      added.map(({ priceListId }) => priceListId),
      added.map(({ minimumQuantity }) => minimumQuantity),
    ],
  );
}

/**
 * Makes the order what its amended lines say: lines, what is still to be produced, amounts and credit, under its next revision. The
 * caller has checked that it may be so, and holds the locks of the order and of its customer's account.
 */
export async function changeLines(
  tx: Transaction,
  order: OrderRow,
  account: CreditAccountRow,
  change: {
    amended: AmendedLines;
    before: OrderLineRow[];
    after: AmendedLine[];
    totals: InvoiceTotals;
    differenceMinor: number;
    /** What remains of its credit; undefined while that is not held yet, and asked for later. */
    remainingMinor: number | undefined;
    requestedOn?: string | undefined;
  },
  at: string,
): Promise<void> {
  const { amended, before, after, totals, differenceMinor, remainingMinor, requestedOn } = change;
  // The room that a person has given was for what they saw: an order that wants more of it stands in line again (C4).
  const roomDecided = order.roomDecided && !(differenceMinor > 0 && remainingMinor === undefined);
  Object.assign(order, { revision: order.revision + 1, grossMinor: totals.grossMinor, roomDecided });
  await writeLines(tx, order.id, amended);
  const open = (lines: AmendedLine[], lineNumber: number) =>
    lines.filter((line) => line.lineNumber === lineNumber).reduce((units, line) => units + openQuantity(line), 0);
  await withdrawProduction(tx, order, (lineNumber) => open(before, lineNumber) - open(after, lineNumber), at);
  await tx.query(
    `UPDATE orders SET revision = $2, net_minor = $3, tax_minor = $4, gross_minor = $5, ship_to = $6,
       requested_on = coalesce($7, requested_on), promised_on = greatest(promised_on, $7::date), changed_at = $8, room_decided = $9 WHERE id = $1`,
    [
      order.id,
      order.revision,
      totals.netMinor,
      totals.taxMinor,
      totals.grossMinor,
      JSON.stringify(order.shipTo),
      requestedOn,
      at,
      roomDecided,
    ],
  );
  if (remainingMinor !== undefined) await moveHold(tx, account, order, { remainingMinor, differenceMinor, after }, at);
}

/** The credit of the difference: taken on, or let go; what nothing is left to ship for is let go to the cent. */
async function moveHold(
  tx: Transaction,
  account: CreditAccountRow,
  order: OrderRow,
  { remainingMinor, differenceMinor, after }: { remainingMinor: number; differenceMinor: number; after: AmendedLine[] },
  at: string,
): Promise<void> {
  const nothingOpen = after.every((line) => openQuantity(line) === 0);
  const movedMinor = nothingOpen ? -remainingMinor : Math.max(differenceMinor, -remainingMinor);
  if (movedMinor === 0) return;
  if (movedMinor > 0) {
    await tx.query(
      'UPDATE credit_holds SET approved_minor = approved_minor + $2, remaining_minor = remaining_minor + $2, closed_at = NULL WHERE order_id = $1',
      [order.id, movedMinor],
    );
  }
  await moveExposure(tx, account, {
    orderId: order.id,
    eventId: `amend:${order.revision}`,
    from: movedMinor < 0 ? 'approvedNotShippedMinor' : null,
    fromMinor: Math.max(0, -movedMinor),
    to: movedMinor > 0 ? 'approvedNotShippedMinor' : null,
    toMinor: Math.max(0, movedMinor),
    at,
  });
}
