import {
  amountOnlyFaults,
  type CorrectionPolicy,
  type CorrectionReason,
  type CreditLine,
  creditLines,
  fullCorrection,
  type LineCorrection,
  type LineRevision,
  reasonFaults,
  revisedLines,
  type ShippedLine,
} from '../../domain/correction.ts';
import { policyLabel } from '../../domain/dunning.ts';
import { type Fault, Refusal } from '../../domain/failures.ts';
import { takesTwo } from '../../domain/four-eyes.ts';
import { receivableWorkflowId } from '../../domain/ids.ts';
import { type InvoiceTotals, invoiceTotals, type PaymentTerms } from '../../domain/invoice.ts';
import { creditApplied, revisedInvoiceIssued } from '../../domain/ledger.ts';
import { formatMoney, sumMinor } from '../../domain/money.ts';
import { paymentSchedule } from '../../domain/payment-schedule.ts';
import { type PolicyRate, policyRateInWords } from '../../domain/policy-amount.ts';
import { endOfBusinessDay, type IsoDate, localDate } from '../../domain/time.ts';
import { only, type Transaction } from '../client.ts';
import { type Actor, record } from './audit.ts';
import { finishApplication, lockOwingOrders, payItems, type Receivables } from './cash-application.ts';
import { readCompany, readPolicy } from './company.ts';
import { lockAccount } from './credit.ts';
import {
  type BilledInvoice,
  creditNoteTotals,
  issueCreditNote,
  nextCreditNoteNumber,
  readBilled,
  subjectsOfInvoice,
  withoutDiscount,
} from './credit-notes.ts';
import { assignedPolicy } from './dunning-policies.ts';
import { readPolicyRate } from './exchange-rates.ts';
import {
  deliveryFacts,
  insertInvoice,
  isInForce,
  lockOpenItems,
  lockWrittenOffItems,
  nextInvoiceNumber,
  type Parties,
  partiesOf,
} from './invoices.ts';
import { book } from './ledger.ts';
import { tell } from './notices.ts';
import { lockOrder, orderLines } from './orders.ts';
import { enqueue } from './outbox.ts';
import { goingOut, readShipment } from './shipments.ts';
import { openTask } from './tasks.ts';

/* A correction of an invoice, step by step, for whoever asks for one: by itself, approved by a second person, or by a dispute. */

/** What is to be corrected. A credit without lines is of all that is left; a revised invoice takes what is charged, as revised. */
export type CorrectionRequest =
  | { kind: 'credit'; reason: CorrectionReason; note?: string | undefined; lines?: LineCorrection[] | undefined }
  | { kind: 'credit-and-reissue'; reason: CorrectionReason; note?: string | undefined; lines?: LineRevision[] | undefined };

export interface LockedInvoice {
  billed: BilledInvoice;
  receivables: Receivables;
}

/** Locks what a correction of the invoice changes: its customer's orders, account and open items. */
export async function lockBilled(tx: Transaction, invoiceId: string, customerId?: string): Promise<LockedInvoice> {
  const subjects = await subjectsOfInvoice(tx, invoiceId, customerId);
  await lockOwingOrders(tx, subjects.customerId, ...subjects.orderIds);
  const account = await lockAccount(tx, subjects.customerId);
  const items = await lockOpenItems(tx, subjects.customerId);
  return { billed: await readBilled(tx, invoiceId), receivables: { account, items } };
}

interface WorkedOut {
  credit: CreditLine[];
  creditedMinor: number;
  revised: InvoiceTotals | undefined;
}

/** What the correction comes to, or a refusal with every fault of its lines. */
export async function workOut(
  tx: Transaction,
  found: BilledInvoice,
  request: CorrectionRequest,
  disputeId?: string | null,
): Promise<WorkedOut> {
  const billed = request.kind === 'credit-and-reissue' ? withoutDiscount(found) : found;
  const { rows } = await tx.query(`SELECT 1 FROM invoices i WHERE id = $1 AND ${isInForce}`, [billed.id]);
  if (rows.length === 0) throw new Refusal(409, 'revised-already', `${billed.id} has a revised invoice: correct that one.`);
  const reissue = request.kind === 'credit-and-reissue';
  if (reissue && billed.orderIds.length === 0) {
    const detail = `${billed.id} is an ${billed.kind}: it bills no goods that could be billed anew; credit what is wrong of it.`;
    throw new Refusal(409, 'not-an-invoice', detail);
  }
  if (reissue && billed.comingBack.length > 0) {
    throw new Refusal(409, 'return-under-way', `Goods of ${billed.id} are on their way back: finish or cancel the return first.`);
  }
  const disputes = await tx.query<{ id: string }>(
    "SELECT id FROM disputes WHERE invoice_id = $1 AND status = 'open' AND id IS DISTINCT FROM $2 LIMIT 1",
    [billed.id, disputeId],
  );
  if (reissue && disputes.rows[0]) {
    const detail = `${disputes.rows[0].id} disputes ${billed.id}: answer it first, or uphold it with a revised invoice.`;
    throw new Refusal(409, 'disputed', detail);
  }
  const wanted = (!reissue && request.lines) || fullCorrection(billed.lines, billed.comingBack);
  const { lines, faults } = creditLines(billed.lines, wanted, billed.comingBack);
  const revision = reissue ? revisedLines(billed.lines, await shippedLines(tx, billed), request.lines ?? []) : undefined;
  // A dispute has said its reason when it was raised.
  const ofReason = disputeId ? [] : reasonFaults(request.reason, billed.kind);
  const all = [...ofReason, ...itemFaults(billed, reissue ? undefined : request.lines), ...faults, ...(revision?.faults ?? [])];
  if (all.length > 0) throw new Refusal(422, 'invalid-correction', `${billed.id} cannot be corrected so.`, { faults: all });
  return {
    credit: lines,
    creditedMinor: creditNoteTotals(billed, lines).grossMinor,
    revised: revision && invoiceTotals(revision.lines, billed.taxRounding),
  };
}

/** What is wrong with the lines that somebody has named because of what the item is. */
export const itemFaults = ({ kind }: BilledInvoice, lines: readonly LineCorrection[] | undefined): Fault[] =>
  kind === 'opening-item' && lines ? amountOnlyFaults(lines) : [];

/** What the shipments took out, at their orders' terms, less what has come back of it, by the lines of the invoice. */
async function shippedLines(tx: Transaction, billed: BilledInvoice): Promise<ShippedLine[]> {
  const { shipmentId, origins } = billed;
  if (shipmentId !== undefined) return linesOfShipment(tx, shipmentId, (lineNumber) => lineNumber);
  const lines: ShippedLine[] = [];
  for (const id of new Set(origins.map((origin) => origin.shipmentId))) {
    const own = origins.filter((origin) => origin.shipmentId === id);
    lines.push(
      ...(await linesOfShipment(tx, id, (number) => own.find(({ orderLineNumber }) => orderLineNumber === number)?.lineNumber)),
    );
  }
  return lines;
}

/** `numberOf`: which line of the invoice bills a line of the order, if any. */
async function linesOfShipment(
  tx: Transaction,
  shipmentId: string,
  numberOf: (orderLineNumber: number) => number | undefined,
): Promise<ShippedLine[]> {
  const { shipment, lines } = await readShipment(tx, shipmentId);
  const [ordered, back] = await Promise.all([
    orderLines(tx, shipment.orderId),
    tx.query<{ lineNumber: number; units: number }>(
      `SELECT l.line_number AS "lineNumber", sum(l.received_quantity + l.lost_quantity)::int AS units FROM returns r JOIN return_lines l ON l.return_id = r.id
       WHERE r.shipment_id = $1 AND r.status = 'credited' GROUP BY l.line_number`,
      [shipmentId],
    ),
  ]);
  return lines.flatMap((line) => {
    const agreed = ordered.find(({ lineNumber }) => lineNumber === line.lineNumber);
    if (!agreed) return [];
    const { sku, description, unitPriceMinor, taxCategory, taxRate } = agreed;
    const lineNumber = numberOf(agreed.lineNumber);
    if (lineNumber === undefined) return [];
    const units = sumMinor(back.rows.filter((one) => one.lineNumber === lineNumber).map((one) => one.units));
    return [{ lineNumber, sku, description, unitPriceMinor, taxCategory, taxRate, kept: goingOut(line) - units }];
  });
}

export interface IssuedCorrection {
  correctionId: string;
  status: 'issued';
  creditNoteId: string;
  revisedInvoiceId: string | null;
  creditedMinor: number;
  revisedMinor: number | null;
  onHold: boolean;
}

export interface ProposedCorrection {
  correctionId: string;
  status: 'proposed';
  taskId: string;
  creditedMinor: number;
  revisedMinor: number | null;
}

interface Who {
  actor: Actor;
  at: string;
  offsetMs: number;
}

/** Whether to credit that amount takes two people by the corrections policy (X3), and by what it was weighed. */
export async function weighCorrection(
  tx: Transaction,
  { amountMinor, currency, on }: { amountMinor: number; currency: string; on: IsoDate },
): Promise<{ takesTwo: boolean; policy: CorrectionPolicy; policyRate: PolicyRate | undefined }> {
  const policy = await readPolicy(tx, 'corrections');
  const policyRate = await readPolicyRate(tx, currency, on);
  return { takesTwo: takesTwo(amountMinor, policy.fourEyesFromMinor, policyRate), policy, policyRate };
}

/** Issues the correction, or where the policy wants a second person, proposes it and opens the task of approving it. */
export async function issueOrPropose(
  tx: Transaction,
  locked: LockedInvoice,
  request: CorrectionRequest,
  who: Who,
  disputeId?: string,
): Promise<IssuedCorrection | ProposedCorrection> {
  const { billed } = locked;
  const { id: invoiceId, customerId, orderId, shipmentId, currency } = billed;
  const { creditedMinor, revised, ...rest } = await workOut(tx, billed, request, disputeId);
  const revisedMinor = revised?.grossMinor ?? null;
  const aloneMinor = await creditedAlone(tx, invoiceId);
  const { timeZone } = await readCompany(tx);
  const amountMinor = sumMinor([Math.max(creditedMinor, revisedMinor ?? 0), aloneMinor]);
  const weighed = await weighCorrection(tx, { amountMinor, currency, on: localDate(who.at, timeZone) });
  const { policy, policyRate } = weighed;
  const waiting = await tx.query<{ id: string }>("SELECT id FROM corrections WHERE invoice_id = $1 AND status = 'proposed'", [
    invoiceId,
  ]);
  if (waiting.rows[0]) {
    throw new Refusal(
      409,
      'correction-proposed',
      `${waiting.rows[0].id} of ${invoiceId} waits for its approval: decide it first.`,
    );
  }
  const { rows } = await tx.query<{ id: string }>("SELECT 'COR-' || nextval('correction_ids') AS id");
  const correctionId = rows[0]!.id;
  const correction: CorrectionRow = {
    id: correctionId,
    invoiceId,
    customerId,
    request,
    disputeId: disputeId ?? null,
    status: 'proposed',
    proposedBy: who.actor.name,
  };
  if (!weighed.takesTwo)
    return issueCorrection(tx, locked, { ...correction, policyRate }, { creditedMinor, revised, ...rest }, who, policy);
  await insertCorrection(tx, correction, { currency, creditedMinor, revisedMinor, policyVersion: policy.version, at: who.at });
  const money = formatMoney({ currency, amountMinor: creditedMinor });
  const taskId = await openTask(tx, {
    key: `${correctionId}:approval`,
    kind: 'correction-approval',
    role: 'finance',
    title: `Approve ${correctionId}: credit ${money} of ${invoiceId}${revised ? ' and bill it anew' : ''}, ${request.reason}`,
    details: { correctionId, proposedBy: who.actor.name, creditedMinor, revisedMinor, currency, disputeId },
    customerId,
    orderId,
    invoiceId,
    dueAt: endOfBusinessDay(who.at, timeZone),
    at: who.at,
  });
  await record(tx, {
    at: who.at,
    actor: who.actor,
    action: 'correction-proposed',
    summary: `${correctionId}: a credit of ${money} proposed; a second person must agree${policyRateInWords(policyRate)}`,
    reason: request.note ? `${request.reason}: ${request.note}` : request.reason,
    policyVersion: `corrections v${policy.version}`,
    customerId,
    orderId,
    shipmentId,
    invoiceId,
    after: { correctionId, disputeId, request, creditedMinor, revisedMinor, policyRate },
  });
  return { correctionId, status: 'proposed', taskId, creditedMinor, revisedMinor };
}

/**
 * What corrections that no second person agreed to have given away so far of the invoice and of those it revises: many small ones need a
 * second person like the large one that they add up to. Of a correction with a revised invoice, what that one does not bill again.
 */
async function creditedAlone(tx: Transaction, invoiceId: string): Promise<number> {
  const { aloneMinor } = only(
    await tx.query<{ aloneMinor: number }>(
      `WITH RECURSIVE chain AS (
         SELECT id, corrects_invoice_id FROM invoices WHERE id = $1
         UNION SELECT i.id, i.corrects_invoice_id FROM invoices i JOIN chain ON i.id = chain.corrects_invoice_id)
       SELECT coalesce(sum(greatest(c.credited_minor - coalesce(c.revised_minor, 0), 0)), 0)::bigint AS "aloneMinor"
       FROM corrections c JOIN chain ON chain.id = c.invoice_id WHERE c.status = 'issued' AND c.decided_by = c.proposed_by`,
      [invoiceId],
    ),
  );
  return aloneMinor;
}

export interface CorrectionRow {
  id: string;
  invoiceId: string;
  customerId: string;
  request: CorrectionRequest;
  disputeId: string | null;
  status: 'proposed' | 'issued' | 'refused';
  proposedBy: string;
  /** By which it was weighed that one person is enough; absent where two were asked, and in the company's currency. */
  policyRate?: PolicyRate | undefined;
}

async function insertCorrection(
  tx: Transaction,
  correction: CorrectionRow,
  rest: {
    currency: string;
    creditedMinor: number;
    revisedMinor: number | null;
    policyVersion: number;
    at: string;
    issued?: { creditNoteId: string; revisedInvoiceId: string | null; by: string };
  },
): Promise<void> {
  const { request, issued } = { ...correction, ...rest };
  await tx.query(
    `INSERT INTO corrections (id, invoice_id, customer_id, kind, reason, note, request, currency, credited_minor, revised_minor, status,
       dispute_id, credit_note_id, revised_invoice_id, policy_version, proposed_by, decided_by, at, decided_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
     ON CONFLICT (id) DO UPDATE SET status = excluded.status, credited_minor = excluded.credited_minor,
       revised_minor = excluded.revised_minor, credit_note_id = excluded.credit_note_id,
       revised_invoice_id = excluded.revised_invoice_id, decided_by = excluded.decided_by, decided_at = excluded.decided_at`,
    [
      correction.id,
      correction.invoiceId,
      correction.customerId,
      request.kind,
      request.reason,
      request.note,
      JSON.stringify(request),
      rest.currency,
      rest.creditedMinor,
      rest.revisedMinor,
      issued ? 'issued' : 'proposed',
      correction.disputeId,
      issued?.creditNoteId,
      issued?.revisedInvoiceId,
      rest.policyVersion,
      correction.proposedBy,
      issued?.by,
      rest.at,
      issued ? rest.at : null,
    ],
  );
}

/**
 * Issues what was worked out: the credit note, and with it the revised invoice, in this one transaction (I4). What the customer
 * has paid of the invoice pays the revised one at once.
 */
export async function issueCorrection(
  tx: Transaction,
  { billed: found, receivables }: LockedInvoice,
  correction: CorrectionRow,
  { credit: lines, creditedMinor, revised }: WorkedOut,
  who: Who,
  policy: CorrectionPolicy,
): Promise<IssuedCorrection> {
  const { actor, at, offsetMs } = who;
  const billed = revised ? withoutDiscount(found) : found;
  const { id: invoiceId, customerId, orderId, shipmentId, currency } = billed;
  const { reason, note } = correction.request;
  const parties = await partiesOf(tx, customerId);
  const today = localDate(at, parties.seller.timeZone);
  // Invoices before numbers: the credit note asks for those that were written off.
  await lockWrittenOffItems(tx, customerId);
  // Numbers before interest: here as where an invoice is paid as it is issued.
  const creditNoteId = await nextCreditNoteNumber(tx, today);
  const revisedInvoiceId = revised ? await nextInvoiceNumber(tx, 'invoice', Number(today.slice(0, 4))) : null;
  const { credit, unappliedMinor } = await issueCreditNote(
    tx,
    receivables,
    { billed, lines, reason, note, parties, id: creditNoteId, policyRate: correction.policyRate },
    { actor, at, today, offsetMs },
  );
  const { account } = receivables;
  if (revised && revisedInvoiceId) {
    const paidMinor = Math.min(unappliedMinor, revised.grossMinor);
    const [{ terms, facts: delivered }, assigned] = await Promise.all([
      whatWasDelivered(tx, billed, parties),
      // An invoice bills orders that name the same dunning policy, or none: any of them says which.
      assignedPolicy(tx, customerId, billed.orderIds[0]),
    ]);
    const { timeZone } = parties.seller;
    const { grossMinor } = revised;
    const { instalments, dueOn, discounts, plan } = paymentSchedule(terms, {
      invoiceId: revisedInvoiceId,
      issuedOn: today,
      grossMinor,
      paidMinor,
      ...assigned,
      timeZone,
    });
    await insertInvoice(tx, {
      id: revisedInvoiceId,
      kind: 'invoice',
      customerId,
      orderId,
      shipmentId,
      correctsInvoiceId: invoiceId,
      currency,
      totals: revised,
      issuedOn: today,
      dueOn,
      ...(instalments.length > 1 ? { instalments } : {}),
      plan,
      holderWorkflowId: receivableWorkflowId(revisedInvoiceId),
      facts: {
        correctsInvoiceId: invoiceId,
        creditNoteId,
        correctionId: correction.id,
        ...(paidMinor > 0 ? { prepaidMinor: paidMinor } : {}),
        ...(discounts.length > 0 ? { discounts } : {}),
        ...delivered,
      },
      ...(billed.origins.length > 0
        ? { origins: revised.lines.map((line) => billed.origins.find((origin) => origin.lineNumber === line.lineNumber)!) }
        : {}),
      at,
    });
    // What it bills again, where that was several shipments.
    await tx.query(
      `INSERT INTO consolidated_shipments (invoice_id, shipment_id, order_id, revises)
       SELECT $1, shipment_id, order_id, true FROM consolidated_shipments WHERE invoice_id = $2`,
      [revisedInvoiceId, invoiceId],
    );
    account.openReceivablesMinor += revised.grossMinor;
    const entry = { bookedOn: today, currency, customerId, orderId, invoiceId: revisedInvoiceId, at };
    await book(tx, { eventId: `${revisedInvoiceId}:issue`, kind: 'invoice', ...entry }, revisedInvoiceIssued(revised));
    await record(tx, {
      at,
      actor,
      action: 'invoice-revised',
      summary: `Invoice ${revisedInvoiceId} over ${formatMoney({ currency, amountMinor: revised.grossMinor })} in place of ${invoiceId}, due ${dueOn}`,
      reason: note ? `${reason}: ${note}` : reason,
      policyVersion: policyLabel(plan),
      customerId,
      orderId,
      shipmentId,
      invoiceId: revisedInvoiceId,
      after: { correctsInvoiceId: invoiceId, creditNoteId, correctionId: correction.id, plan },
    });
    await tell(tx, {
      key: `${revisedInvoiceId}:invoice`,
      kind: 'invoice',
      customerId,
      orderId,
      invoiceId: revisedInvoiceId,
      facts: {
        invoiceId: revisedInvoiceId,
        correctsInvoiceId: invoiceId,
        grossMinor: revised.grossMinor,
        prepaidMinor: paidMinor,
        currency,
        dueOn,
        instalments,
        discounts,
      },
      at,
    });
    if (revised.grossMinor > 0) {
      const invoice = { invoiceId: revisedInvoiceId, customerId, grossMinor: revised.grossMinor, currency, dueOn, plan };
      await enqueue(tx, { kind: 'start-receivable', invoiceId: revisedInvoiceId, input: { invoice, clockOffsetMs: offsetMs } });
    }
    if (paidMinor > 0) {
      const items = await lockOpenItems(tx, customerId);
      const application = { invoiceId: revisedInvoiceId, amountMinor: paidMinor, valueOn: today };
      await payItems(tx, { account, items }, { ...credit, how: 'applied' }, [application]);
      account.openCreditNotesMinor -= paidMinor;
      await tx.query('UPDATE credit_notes SET unapplied_minor = unapplied_minor - $2 WHERE id = $1', [creditNoteId, paidMinor]);
      await book(
        tx,
        { eventId: `${creditNoteId}:application-1`, kind: 'credit-application', ...entry, item: creditNoteId },
        creditApplied({ amountMinor: paidMinor }),
      );
    }
  }
  await insertCorrection(tx, correction, {
    currency,
    creditedMinor,
    revisedMinor: revised?.grossMinor ?? null,
    policyVersion: policy.version,
    at,
    issued: { creditNoteId, revisedInvoiceId, by: actor.name },
  });
  const { onHold } = await finishApplication(tx, account, credit);
  return {
    correctionId: correction.id,
    status: 'issued',
    creditNoteId,
    revisedInvoiceId,
    creditedMinor,
    revisedMinor: revised?.grossMinor ?? null,
    onHold,
  };
}

/** What a revised invoice prints of orders and shipments, and under which terms it is to be paid: as the one whose place it takes. */
async function whatWasDelivered(
  tx: Transaction,
  { id, orderId, shipmentId }: BilledInvoice,
  parties: Parties,
): Promise<{ terms: PaymentTerms; facts: object }> {
  if (orderId !== undefined && shipmentId !== undefined) {
    const [order, { shipment }] = await Promise.all([lockOrder(tx, orderId), readShipment(tx, shipmentId)]);
    return { terms: order.terms, facts: deliveryFacts(order, shipment, parties) };
  }
  const { facts } = only(
    await tx.query<{ facts: Record<string, unknown> & { terms: PaymentTerms } }>('SELECT facts FROM invoices WHERE id = $1', [
      id,
    ]),
  );
  const { terms, deliveryTerms, period, shipments, shipTo } = facts;
  return { terms, facts: { terms, deliveryTerms, period, shipments, shipTo, ...parties } };
}
