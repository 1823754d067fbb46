import { creditUnits } from '../../domain/correction.ts';
import { Refusal } from '../../domain/failures.ts';
import { goodsRestocked } from '../../domain/ledger.ts';
import { inspectionFaults, restockCost } from '../../domain/return.ts';
import { sumDemand } from '../../domain/stock.ts';
import { localDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import { finishApplication, lockOwingOrders } from '../statements/cash-application.ts';
import { lockAccount } from '../statements/credit.ts';
import { type IssuedCreditNote, issueCreditNote, readBilled } from '../statements/credit-notes.ts';
import { lockOpenItems, partiesOf } from '../statements/invoices.ts';
import { book } from '../statements/ledger.ts';
import { moveReturn, type ReturnRow, readReturnForChange, subjectsOfReturn } from '../statements/returns.ts';
import { wakeBackOrders } from '../statements/shipments.ts';
import { lockStock, type RestockedGoods, restock } from '../statements/stock.ts';

export interface InspectReturnInput {
  returnId: string;
  /** What becomes of every unit that was received. */
  lines: { lineNumber: number; restockedQuantity: number; scrappedQuantity: number }[];
  actor: Actor;
  at: string;
  offsetMs: number;
}

export interface CreditedReturn extends IssuedCreditNote {
  returnId: string;
  status: 'credited';
  /** Back-orders that were told of the restocked goods. */
  wokenOrders: number;
  onHold: boolean;
}

/**
 * The inspection ends a return, in one transaction (O4, I4): restocked units are on the shelf at the cost at which they left,
 * and every unit that came back is credited, scrapped or not. The credit note takes off its invoice what is still open of it;
 * what is beyond is the customer's credit balance. Orders that wait for credit, and back-orders, get hints.
 */
export async function inspectReturn(tx: Transaction, input: InspectReturnInput): Promise<CreditedReturn> {
  const { returnId, actor, at } = input;
  const { customerId, orderId } = await subjectsOfReturn(tx, returnId);
  await lockOwingOrders(tx, customerId, orderId);
  const goods = await readReturnForChange(tx, returnId);
  const before = goods.status;
  await moveReturn(tx, goods, 'inspect', at);
  const received = goods.lines.map((line) => ({ ...line, receivedQuantity: line.receivedQuantity ?? 0 }));
  const faults = inspectionFaults(input.lines, received);
  if (faults.length > 0) throw new Refusal(422, 'invalid-inspection', 'The inspection does not fit what came back.', { faults });

  const inspected = received.map((line) => {
    const found = input.lines.find((candidate) => candidate.lineNumber === line.lineNumber);
    return {
      ...line,
      restockedQuantity: found?.restockedQuantity ?? 0,
      scrappedQuantity: found?.scrappedQuantity ?? 0,
    };
  });
  await tx.query(
    `UPDATE return_lines l SET restocked_quantity = i.restocked, scrapped_quantity = i.scrapped
     FROM unnest($2::int[], $3::int[], $4::int[]) AS i (line_number, restocked, scrapped)
     WHERE l.return_id = $1 AND l.line_number = i.line_number`,
    [
      returnId,
      inspected.map((line) => line.lineNumber),
      inspected.map((line) => line.restockedQuantity),
      inspected.map((line) => line.scrappedQuantity),
    ],
  );

  const demand = sumDemand(inspected.map(({ sku, restockedQuantity }) => ({ sku, quantity: restockedQuantity })));
  const onShelf = demand.filter(({ quantity }) => quantity > 0);
  const skus = onShelf.map(({ sku }) => sku);
  const account = await lockAccount(tx, customerId);
  await lockStock(tx, skus, goods.warehouseId);
  const items = await lockOpenItems(tx, customerId);
  const restocked = await costsOf(tx, goods, onShelf);
  const { shipmentId, invoiceId } = goods;
  const [billed, parties] = await Promise.all([readBilled(tx, invoiceId), partiesOf(tx, customerId)]);
  const today = localDate(at, parties.seller.timeZone);
  const { currency } = billed;

  const restockEventId = `${returnId}:restock`;
  await restock(tx, restocked, { eventId: restockEventId, warehouseId: goods.warehouseId, orderId, at });
  const costMinor = restocked.reduce((total, line) => total + line.costMinor, 0);
  const entry = { bookedOn: today, currency, customerId, orderId, invoiceId, at };
  await book(tx, { eventId: restockEventId, kind: 'goods-returned', ...entry }, goodsRestocked({ costMinor }));
  await record(tx, {
    at,
    actor,
    action: 'return-inspected',
    summary: `${returnId}: ${inspected.map((line) => `${line.restockedQuantity} × ${line.sku} restocked, ${line.scrappedQuantity} scrapped`).join('; ')}`,
    customerId,
    orderId,
    shipmentId,
    invoiceId,
    before: { status: before },
    after: { returnId, status: goods.status, lines: inspected, costMinor },
  });
  const lines = billed.lines.flatMap((line) => {
    const units = received.find(({ lineNumber }) => lineNumber === line.lineNumber)?.receivedQuantity ?? 0;
    return units > 0 ? [creditUnits(line, units)] : [];
  });
  const { credit, ...issued } = await issueCreditNote(
    tx,
    { account, items },
    { billed, lines, reason: 'return', returnId, parties },
    { actor, at, today, offsetMs: input.offsetMs },
  );
  const { onHold } = await finishApplication(tx, account, credit);
  const wokenOrders = skus.length > 0 ? await wakeBackOrders(tx, skus, restockEventId) : 0;
  return { returnId, status: 'credited', ...issued, wokenOrders, onHold };
}

/** What the restocked units cost when they left with their shipment; the stock rows are locked. */
async function costsOf(
  tx: Transaction,
  goods: ReturnRow,
  onShelf: { sku: string; quantity: number }[],
): Promise<RestockedGoods[]> {
  const { rows } = await tx.query<{ sku: string; quantity: number; costMinor: number; before: number }>(
    `SELECT m.sku, m.quantity, m.value_minor AS "costMinor",
       (SELECT coalesce(sum(b.quantity), 0)::int FROM returns r
          JOIN stock_movements b ON b.event_id = r.id || ':restock' AND b.sku = m.sku WHERE r.shipment_id = $1) AS before
     FROM stock_movements m WHERE m.event_id = $1 || ':goods-issue' AND m.sku = ANY ($2)`,
    [goods.shipmentId, onShelf.map(({ sku }) => sku)],
  );
  return onShelf.map(({ sku, quantity }) => {
    const shipped = rows.find((row) => row.sku === sku);
    if (!shipped) throw new Error(`${goods.shipmentId} took no ${sku} out of stock`);
    return { sku, quantity, costMinor: restockCost({ shipped, before: shipped.before, now: quantity }) };
  });
}
