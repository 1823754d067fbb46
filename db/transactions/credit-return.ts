import { Refusal } from '../../domain/failures.ts';
import type { InvoiceTax, InvoiceTotals, PricedLine } from '../../domain/invoice.ts';
import { creditNoteIssued, goodsLostInTransit, goodsRestocked } from '../../domain/ledger.ts';
import { formatMoney, type Rounding } from '../../domain/money.ts';
import { creditTotals, inspectionFaults, restockCost } from '../../domain/return.ts';
import { sumDemand } from '../../domain/stock.ts';
import { localDate } from '../../domain/time.ts';
import { only, type Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import { type CreditToApply, finishApplication, lockOwingOrders, payItems } from '../statements/cash-application.ts';
import { lockAccount } from '../statements/credit.ts';
import { lineColumns, lockOpenItems, lockWrittenOffItems, nextNumber, partiesOf } from '../statements/invoices.ts';
import { book } from '../statements/ledger.ts';
import { tell } from '../statements/notices.ts';
import { inWords, moveReturn, type ReturnRow, readReturnForChange, subjectsOfReturn } from '../statements/returns.ts';
import { wakeBackOrders } from '../statements/shipments.ts';
import { lockStock, type RestockedGoods, restock } from '../statements/stock.ts';
import { endExceptionTasks } from '../statements/tracking.ts';
import { reinstate } from '../statements/write-offs.ts';

export interface InspectReturnInput {
  returnId: string;
  /** What becomes of every unit that was received. */
  lines: { lineNumber: number; restockedQuantity: number; scrappedQuantity: number }[];
  actor: Actor;
  at: string;
  offsetMs: number;
}

export interface CreditedReturn {
  returnId: string;
  status: 'credited';
  creditNoteId: string;
  currency: string;
  grossMinor: number;
  /** What it took off its own invoice. */
  appliedMinor: number;
  /** What the customer has to its credit from it. */
  unappliedMinor: number;
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
  const credited = await creditUnits(
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
  const credited = await creditUnits(tx, goods, units, input, {
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
async function creditUnits(
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
  const writtenOff = await lockWrittenOffItems(tx, customerId);
  const restocked = await costsOf(tx, goods, onShelf);
  const lost = await costsOf(
    tx,
    goods,
    demandOf((line) => line.lostQuantity),
  );
  const credited = lines.map(({ lineNumber, receivedQuantity, lostQuantity }) => ({
    lineNumber,
    quantity: receivedQuantity + lostQuantity,
  }));
  const { currency, totals } = await totalsOf(tx, goods, credited);
  const parties = await partiesOf(tx, customerId);
  const today = localDate(at, parties.seller.timeZone);
  const creditNoteId = await nextNumber(tx, 'CN', Number(today.slice(0, 4)));

  // What was written off of it has not been paid: it is no credit balance of the customer's.
  const openMinor = [...items, ...writtenOff].find((item) => item.id === goods.invoiceId)?.openMinor ?? 0;
  const appliedMinor = Math.min(openMinor, totals.grossMinor);
  const unappliedMinor = totals.grossMinor - appliedMinor;
  await insertCreditNote(tx, { id: creditNoteId, goods, currency, totals, unappliedMinor, issuedOn: today, facts: parties, at });
  const credit: CreditToApply = {
    creditNoteId,
    currency,
    how: 'credited',
    cause: creditNoteId,
    actor,
    at,
    today,
    offsetMs,
  };
  if (appliedMinor > 0) {
    const application = { invoiceId: goods.invoiceId, amountMinor: appliedMinor, valueOn: today };
    await reinstate(tx, { account, items }, writtenOff, credit, [application]);
    await payItems(tx, { account, items }, credit, [application]);
  }
  account.openCreditNotesMinor += unappliedMinor;

  const entry = { bookedOn: today, currency, customerId, orderId, invoiceId, at };
  await book(
    tx,
    { eventId: `${returnId}:credit-note`, kind: 'credit-note', ...entry },
    creditNoteIssued({ ...totals, appliedMinor }),
  );
  const restockEventId = `${returnId}:restock`;
  await restock(tx, restocked, { eventId: restockEventId, warehouseId: goods.warehouseId, orderId, at });
  const costOf = (units: RestockedGoods[]) => units.reduce((total, line) => total + line.costMinor, 0);
  const costMinor = costOf(restocked);
  const lostMinor = costOf(lost);
  await book(tx, { eventId: restockEventId, kind: 'goods-returned', ...entry }, goodsRestocked({ costMinor }));
  const lossEventId = `${returnId}:loss`;
  await book(tx, { eventId: lossEventId, kind: 'goods-lost-in-transit', ...entry }, goodsLostInTransit({ costMinor: lostMinor }));

  const format = (amountMinor: number) => formatMoney({ currency, amountMinor });
  const subjects = { customerId, orderId, shipmentId, invoiceId };
  await record(tx, {
    at,
    actor,
    ...told,
    ...subjects,
    after: { returnId, status: goods.status, lines, costMinor, ...(lostMinor > 0 ? { lostMinor } : {}) },
  });
  await record(tx, {
    at,
    actor,
    action: 'credit-note-issued',
    summary: `Credit note ${creditNoteId} over ${format(totals.grossMinor)}: ${format(appliedMinor)} off ${invoiceId}, ${format(unappliedMinor)} to the customer's credit`,
    reason: goods.cause === 'customer' ? 'return' : goods.cause,
    ...subjects,
    after: { creditNoteId, returnId, grossMinor: totals.grossMinor, appliedMinor, unappliedMinor },
  });
  await tell(tx, {
    key: `${returnId}:credit-note`,
    kind: 'credit-note',
    customerId,
    orderId,
    invoiceId,
    facts: {
      creditNoteId,
      returnId,
      shipmentId,
      cause: goods.cause,
      invoiceId,
      grossMinor: totals.grossMinor,
      appliedMinor,
      unappliedMinor,
      currency,
    },
    at,
  });
  const { onHold } = await finishApplication(tx, account, credit);
  const wokenOrders = skus.length > 0 ? await wakeBackOrders(tx, skus, restockEventId) : 0;
  const { grossMinor } = totals;
  return { returnId, status: 'credited', creditNoteId, currency, grossMinor, appliedMinor, unappliedMinor, wokenOrders, onHold };
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

/** What is credited for the units that came back, by the invoice's own lines and what earlier credit notes have left of it. */
async function totalsOf(
  tx: Transaction,
  goods: ReturnRow,
  units: { lineNumber: number; quantity: number }[],
): Promise<{ currency: string; totals: InvoiceTotals }> {
  const [invoice, lines, earlier] = await Promise.all([
    tx.query<{ currency: string; taxes: InvoiceTax[]; rounding: Rounding }>(
      `SELECT i.currency, i.taxes, o.tax_rounding AS rounding FROM invoices i JOIN orders o ON o.id = i.order_id WHERE i.id = $1`,
      [goods.invoiceId],
    ),
    tx.query<PricedLine>(
      `SELECT line_number AS "lineNumber", sku, description, unit_price_minor AS "unitPriceMinor", tax_category AS "taxCategory",
         tax_rate AS "taxRate" FROM invoice_lines WHERE invoice_id = $1 ORDER BY line_number`,
      [goods.invoiceId],
    ),
    tx.query<{ taxes: InvoiceTax[] }>('SELECT taxes FROM credit_notes WHERE invoice_id = $1', [goods.invoiceId]),
  ]);
  const { currency, taxes, rounding } = only(invoice);
  const credited = lines.rows.flatMap((line) => {
    const quantity = units.find(({ lineNumber }) => lineNumber === line.lineNumber)?.quantity ?? 0;
    return quantity > 0 ? [{ ...line, quantity }] : [];
  });
  const totals = creditTotals(
    credited,
    taxes,
    earlier.rows.flatMap((note) => note.taxes),
    rounding,
  );
  return { currency, totals };
}

/** Writes a credit note and its lines. Like an invoice it is never edited: only what is left of it goes down. */
async function insertCreditNote(
  tx: Transaction,
  note: {
    id: string;
    goods: ReturnRow;
    currency: string;
    totals: InvoiceTotals;
    unappliedMinor: number;
    issuedOn: string;
    facts: object;
    at: string;
  },
): Promise<void> {
  const { goods, totals } = note;
  await tx.query(
    `INSERT INTO credit_notes (id, return_id, invoice_id, customer_id, order_id, reason, currency, net_minor, tax_minor, gross_minor,
       taxes, unapplied_minor, issued_on, facts, at)
     VALUES ($1, $2, $3, $4, $5, 'return', $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      note.id,
      goods.id,
      goods.invoiceId,
      goods.customerId,
      goods.orderId,
      note.currency,
      totals.netMinor,
      totals.taxMinor,
      totals.grossMinor,
      JSON.stringify(totals.taxes),
      note.unappliedMinor,
      note.issuedOn,
      JSON.stringify(note.facts),
      note.at,
    ],
  );
  await tx.query(
    `INSERT INTO credit_note_lines (credit_note_id, line_number, sku, description, quantity, unit_price_minor, tax_category, tax_rate,
       net_minor)
     SELECT $1, * FROM unnest($2::int[], $3::text[], $4::text[], $5::int[], $6::bigint[], $7::text[], $8::text[], $9::bigint[])`,
    [note.id, ...lineColumns(totals.lines)],
  );
}
