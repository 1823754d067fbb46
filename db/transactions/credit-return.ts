import { creditUnits } from '../../domain/correction.ts';
import { Refusal } from '../../domain/failures.ts';
import { goodsLostInTransit, goodsRestocked } from '../../domain/ledger.ts';
import { formatMoney } from '../../domain/money.ts';
import { inspectionFaults, restockCost } from '../../domain/return.ts';
import { sumDemand } from '../../domain/stock.ts';
import { localDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import { finishApplication, lockOwingOrders } from '../statements/cash-application.ts';
import { weighCorrection } from '../statements/corrections.ts';
import { lockAccount } from '../statements/credit.ts';
import { type IssuedCreditNote, issueCreditNote, readBilled } from '../statements/credit-notes.ts';
import { lockOpenItems, partiesOf } from '../statements/invoices.ts';
import { book } from '../statements/ledger.ts';
import { inWords, moveReturn, type ReturnRow, readReturnForChange, subjectsOfReturn } from '../statements/returns.ts';
import { wakeBackOrders } from '../statements/shipments.ts';
import { lockStock, type RestockedGoods, restock } from '../statements/stock.ts';
import { endExceptionTasks } from '../statements/tracking.ts';

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
  const credited = await creditGoods(
    tx,
    goods,
    inspected.map((line) => ({ ...line, lostQuantity: 0 })),
    input,
    {
      action: 'return-inspected',
      summary: `${returnId}: ${inspected.map((line) => `${line.restockedQuantity} × ${line.sku} restocked, ${line.scrappedQuantity} scrapped`).join('; ')}`,
      before: { status: before },
    },
  );
  const outcome = { returnId, creditNoteId: credited.creditNoteId };
  await endExceptionTasks(tx, goods.shipmentId, troublesOf[goods.cause], { status: 'completed', actor, outcome, at });
  return credited;
}

/** Which tasks about a shipment are done when a return of this cause is credited. */
const troublesOf = { customer: [], 'returned-to-sender': ['returned'], lost: ['lost'], damaged: ['damaged'] } as const;

/**
 * Credits goods that never come back (S3): lost, or spoilt on their way. Their cost was no sale and goes to shrinkage; stock stays
 * as it is, for they left it when they were shipped. The caller has locked the customer's owing orders and this one.
 */
export async function writeOffReturn(
  tx: Transaction,
  { returnId, reason, ...input }: { returnId: string; reason: string; actor: Actor; at: string; offsetMs: number },
): Promise<CreditedReturn> {
  const { actor, at } = input;
  const goods = await readReturnForChange(tx, returnId);
  const before = goods.status;
  await moveReturn(tx, goods, 'write-off', at, reason);
  const units = goods.lines.map((line) => ({
    ...line,
    receivedQuantity: 0,
    restockedQuantity: 0,
    scrappedQuantity: 0,
    lostQuantity: line.quantity,
  }));
  const credited = await creditGoods(tx, goods, units, input, {
    action: 'return-written-off',
    summary: `${returnId}: ${inWords(goods.lines)} credited as ${goods.cause}`,
    reason,
    before: { status: before },
  });
  const outcome = { returnId, creditNoteId: credited.creditNoteId, note: reason };
  await endExceptionTasks(tx, goods.shipmentId, troublesOf[goods.cause], { status: 'completed', actor, outcome, at });
  return credited;
}

/** What became of every unit of a line; all of them are credited. */
interface CreditedLine {
  lineNumber: number;
  sku: string;
  receivedQuantity: number;
  restockedQuantity: number;
  scrappedQuantity: number;
  lostQuantity: number;
}

/** The credit note with all that follows from it: stock, receivables, exposure, ledger, timeline and mail. */
async function creditGoods(
  tx: Transaction,
  goods: ReturnRow,
  lines: CreditedLine[],
  { actor, at, offsetMs }: { actor: Actor; at: string; offsetMs: number },
  told: { action: string; summary: string; reason?: string; before: unknown },
): Promise<CreditedReturn> {
  const { id: returnId, customerId, orderId, shipmentId, invoiceId } = goods;
  await tx.query(
    `UPDATE return_lines l SET received_quantity = i.restocked + i.scrapped, restocked_quantity = i.restocked,
       scrapped_quantity = i.scrapped, lost_quantity = i.lost
     FROM unnest($2::int[], $3::int[], $4::int[], $5::int[]) AS i (line_number, restocked, scrapped, lost)
     WHERE l.return_id = $1 AND l.line_number = i.line_number`,
    [
      returnId,
      lines.map((line) => line.lineNumber),
      lines.map((line) => line.restockedQuantity),
      lines.map((line) => line.scrappedQuantity),
      lines.map((line) => line.lostQuantity),
    ],
  );
  const demandOf = (units: (line: CreditedLine) => number) =>
    sumDemand(lines.map((line) => ({ sku: line.sku, quantity: units(line) }))).filter(({ quantity }) => quantity > 0);
  const onShelf = demandOf((line) => line.restockedQuantity);
  const skus = onShelf.map(({ sku }) => sku);
  const account = await lockAccount(tx, customerId);
  await lockStock(tx, skus, goods.warehouseId);
  const items = await lockOpenItems(tx, customerId);
  const restocked = await costsOf(tx, goods, onShelf);
  const lost = await costsOf(
    tx,
    goods,
    demandOf((line) => line.lostQuantity),
  );
  const [billed, parties] = await Promise.all([readBilled(tx, invoiceId), partiesOf(tx, customerId)]);
  const today = localDate(at, parties.seller.timeZone);
  const { currency } = billed;

  const entry = { bookedOn: today, currency, customerId, orderId, invoiceId, at };
  const restockEventId = `${returnId}:restock`;
  await restock(tx, restocked, { eventId: restockEventId, warehouseId: goods.warehouseId, orderId, at });
  const costOf = (units: RestockedGoods[]) => units.reduce((total, line) => total + line.costMinor, 0);
  const costMinor = costOf(restocked);
  const lostMinor = costOf(lost);
  await book(tx, { eventId: restockEventId, kind: 'goods-returned', ...entry }, goodsRestocked({ costMinor }));
  const lossEventId = `${returnId}:loss`;
  await book(tx, { eventId: lossEventId, kind: 'goods-lost-in-transit', ...entry }, goodsLostInTransit({ costMinor: lostMinor }));
  await record(tx, {
    at,
    actor,
    ...told,
    customerId,
    orderId,
    shipmentId,
    invoiceId,
    after: { returnId, status: goods.status, lines, costMinor, ...(lostMinor > 0 ? { lostMinor } : {}) },
  });
  const credited = billed.lines.flatMap((line) => {
    const { receivedQuantity = 0, lostQuantity = 0 } = lines.find(({ lineNumber }) => lineNumber === line.lineNumber) ?? {};
    const units = receivedQuantity + lostQuantity;
    return units > 0 ? [creditUnits(line, units)] : [];
  });
  const { credit, ...issued } = await issueCreditNote(
    tx,
    { account, items },
    // Of a consolidated invoice it is about one of its orders.
    { billed: { ...billed, orderId, shipmentId }, lines: credited, reason: 'return', cause: goods.cause, returnId, parties },
    { actor, at, today, offsetMs },
  );
  // Of goods that a carrier brought back, its report is the other word.
  const isCounted = goods.cause === 'returned-to-sender' && lostMinor === 0;
  if (!isCounted) await refuseAlone(tx, goods, { ...issued, currency, actor, today });
  const { onHold } = await finishApplication(tx, account, credit);
  const wokenOrders = skus.length > 0 ? await wakeBackOrders(tx, skus, restockEventId) : 0;
  return { returnId, status: 'credited', ...issued, wokenOrders, onHold };
}

/**
 * From the amount on from which a correction takes two people, so does this (X3): the other one let the customer send the goods back, or
 * asked the carrier to pay for what was lost or spoilt.
 */
async function refuseAlone(
  tx: Transaction,
  { id, cause, orderId, shipmentId }: ReturnRow,
  { grossMinor, currency, actor, today }: { grossMinor: number; currency: string; actor: Actor; today: string },
): Promise<void> {
  if (!(await weighCorrection(tx, { amountMinor: grossMinor, currency, on: today })).takesTwo) return;
  const { rows } = await tx.query(
    `SELECT FROM audit_log WHERE order_id = $1 AND action = 'return-approved' AND after ->> 'returnId' = $2 AND actor <> $4
     UNION ALL SELECT FROM carrier_claims WHERE shipment_id = $3 AND filed_by <> $4`,
    [orderId, id, shipmentId, actor.name],
  );
  if (rows.length > 0) return;
  const other = cause === 'customer' ? 'approves the return' : 'files the claim on the carrier';
  const detail = `A credit of ${formatMoney({ currency, amountMinor: grossMinor })} takes two people: another one ${other} first.`;
  throw new Refusal(409, 'four-eyes', detail);
}

/** What these units cost when they left with their shipment. */
async function costsOf(tx: Transaction, goods: ReturnRow, units: { sku: string; quantity: number }[]): Promise<RestockedGoods[]> {
  const { rows } = await tx.query<{ sku: string; quantity: number; costMinor: number; before: number }>(
    `SELECT m.sku, m.quantity, m.value_minor AS "costMinor",
       (SELECT coalesce(sum(l.restocked_quantity + l.lost_quantity), 0)::int FROM returns r
          JOIN return_lines l ON l.return_id = r.id WHERE r.shipment_id = $1 AND r.id <> $3 AND l.sku = m.sku) AS before
     FROM stock_movements m WHERE m.event_id = $1 || ':goods-issue' AND m.sku = ANY ($2)`,
    [goods.shipmentId, units.map(({ sku }) => sku), goods.id],
  );
  return units.map(({ sku, quantity }) => {
    const shipped = rows.find((row) => row.sku === sku);
    if (!shipped) throw new Error(`${goods.shipmentId} took no ${sku} out of stock`);
    return { sku, quantity, costMinor: restockCost({ shipped, before: shipped.before, now: quantity }) };
  });
}
