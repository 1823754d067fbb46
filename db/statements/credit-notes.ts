import {
  type ChargedLine,
  type CreditedLine,
  type CreditLine,
  discountTaken,
  type LineLeft,
  spreadDiscount,
  taxesLeft,
  whatIsLeft,
  withoutGoods,
} from '../../domain/correction.ts';
import { Refusal } from '../../domain/failures.ts';
import type { InvoiceTax, InvoiceTotals } from '../../domain/invoice.ts';
import { creditNoteIssued } from '../../domain/ledger.ts';
import { formatMoney, type Rounding, sumMinor } from '../../domain/money.ts';
import type { PolicyRate } from '../../domain/policy-amount.ts';
import { creditTotals, type ReturnCause } from '../../domain/return.ts';
import { only, type Transaction } from '../client.ts';
import { record } from './audit.ts';
import { type CreditToApply, payItems, type Receivables } from './cash-application.ts';
import { type InvoiceKind, type LineOrigin, lineColumns, lockWrittenOffItems, nextNumber, type Parties } from './invoices.ts';
import { book } from './ledger.ts';
import { tell } from './notices.ts';
import { reinstate } from './write-offs.ts';

/* What returns, corrections and disputes have in common: what is left of an invoice, and the credit note that takes it off. */

export interface BilledInvoice {
  id: string;
  kind: Exclude<InvoiceKind, 'returned-refund'>;
  customerId: string;
  /** Of one shipment's invoice. A consolidated one bills several of both, and an opening item or a note bills no goods. */
  orderId?: string | undefined;
  shipmentId?: string | undefined;
  /** All orders that it bills; none where it bills no goods. */
  orderIds: string[];
  currency: string;
  openMinor: number;
  disputedMinor: number;
  dueOn: string;
  /** Of its orders; without one there is no tax to round. */
  taxRounding: Rounding;
  taxes: InvoiceTax[];
  creditedTaxes: InvoiceTax[];
  /** What is left of the early-payment discount that it was paid with, or one that it revises; by tax. */
  discount: { paymentId: string; taxes: InvoiceTax[] } | null;
  lines: LineLeft[];
  /** Of a consolidated invoice: where its lines come from. */
  origins: (LineOrigin & { lineNumber: number })[];
  /** Units that returns have announced or brought back and that no credit note has taken yet. */
  comingBack: { lineNumber: number; units: number }[];
}

/** Whose item it is, for the locks that come before it: neither ever changes. */
export async function subjectsOfInvoice(
  tx: Transaction,
  invoiceId: string,
  customerId?: string,
): Promise<{ customerId: string; orderIds: string[] }> {
  const { rows } = await tx.query<{ customerId: string; orderIds: string[] }>(
    `SELECT customer_id AS "customerId", ARRAY(SELECT DISTINCT order_id FROM billings b WHERE b.invoice_id = i.id) AS "orderIds"
     FROM invoices i WHERE id = $1 AND ($2::text IS NULL OR customer_id = $2)`,
    [invoiceId, customerId],
  );
  if (!rows[0]) throw new Refusal(404, 'unknown-invoice', `There is no invoice ${invoiceId}.`);
  return rows[0];
}

/** Reads what is left of an invoice line by line; its orders are locked by the caller. */
export async function readBilled(tx: Transaction, invoiceId: string): Promise<BilledInvoice> {
  const { kind, credited, discountMinor, discountPaymentId, grossMinor, reference, orderId, shipmentId, ...invoice } = only(
    await tx.query<
      Omit<BilledInvoice, 'kind' | 'lines' | 'discount' | 'orderId' | 'shipmentId'> & {
        kind: InvoiceKind;
        orderId: string | null;
        shipmentId: string | null;
        lines: ChargedLine[];
        grossMinor: number;
        reference: string | null;
        credited: CreditedLine[];
        discountMinor: number;
        discountPaymentId: string | null;
      }
    >(
      `WITH RECURSIVE revised AS (
         SELECT id, corrects_invoice_id FROM invoices WHERE id = $1 AND kind = 'invoice'
         UNION SELECT w.id, w.corrects_invoice_id FROM revised r JOIN invoices w ON w.id = r.corrects_invoice_id),
       discounts AS (
         SELECT d.payment_id, d.amount_minor FROM early_payment_discounts d JOIN revised r ON r.id = d.invoice_id
         WHERE NOT EXISTS (SELECT FROM lost_discounts b WHERE b.payment_id = d.payment_id AND b.invoice_id = d.invoice_id))
       SELECT id, kind, gross_minor AS "grossMinor", facts ->> 'reference' AS reference, customer_id AS "customerId", order_id AS "orderId", shipment_id AS "shipmentId", currency,
         open_minor AS "openMinor", disputed_minor AS "disputedMinor", due_on AS "dueOn", taxes,
         coalesce((SELECT o.tax_rounding FROM billings b JOIN orders o ON o.id = b.order_id WHERE b.invoice_id = i.id LIMIT 1), 'half-up')
           AS "taxRounding",
         ARRAY(SELECT DISTINCT order_id FROM billings b WHERE b.invoice_id = i.id ORDER BY 1) AS "orderIds",
         (SELECT coalesce(jsonb_agg(jsonb_build_object('lineNumber', line_number, 'shipmentId', shipment_id,
            'orderLineNumber', order_line_number) ORDER BY line_number), '[]')
            FROM invoice_lines WHERE invoice_id = i.id AND shipment_id IS NOT NULL) AS origins,
         (SELECT coalesce(jsonb_agg(tax), '[]') FROM credited_taxes n WHERE n.invoice_id = i.id) AS "creditedTaxes",
         ((SELECT coalesce(sum(amount_minor), 0) FROM discounts)
           - (SELECT coalesce(sum((t ->> 'baseMinor')::bigint + (t ->> 'taxMinor')::bigint), 0)
              FROM revised r JOIN credit_notes n ON n.invoice_id = r.id, jsonb_array_elements(n.discount_taxes) t
              WHERE n.discount_payment_id IN (SELECT payment_id FROM discounts)))::bigint AS "discountMinor",
         (SELECT max(payment_id) FROM discounts) AS "discountPaymentId",
         (SELECT coalesce(jsonb_agg(jsonb_build_object('lineNumber', line_number, 'sku', sku, 'description', description,
            'quantity', quantity, 'unitPriceMinor', unit_price_minor, 'taxCategory', tax_category, 'taxRate', tax_rate,
            'netMinor', net_minor) ORDER BY line_number), '[]') FROM invoice_lines WHERE invoice_id = i.id) AS lines,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('lineNumber', l.line_number, 'units', l.credited_units, 'netMinor', l.net_minor)), '[]')
            FROM credited_lines l WHERE l.invoice_id = i.id) AS credited,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('lineNumber', l.line_number, 'units', coalesce(l.received_quantity, l.quantity))), '[]')
            FROM returns r JOIN return_lines l ON l.return_id = r.id
            WHERE r.invoice_id = i.id AND r.status IN ('requested', 'approved', 'received')) AS "comingBack"
       FROM invoices i WHERE id = $1`,
      [invoiceId],
    ),
  );
  if (kind === 'returned-refund') {
    const detail = `${invoiceId} asks for money that went back twice: it is paid or written off, and no document of it was wrong.`;
    throw new Refusal(409, 'not-correctable', detail);
  }
  const { lines, taxes } =
    kind === 'invoice'
      ? invoice
      : withoutGoods({ description: `Open item ${reference ?? invoice.id}`, lines: invoice.lines, grossMinor });
  const left = spreadDiscount(whatIsLeft(lines, credited), taxesLeft(taxes, invoice.creditedTaxes), discountMinor);
  const discount =
    discountPaymentId !== null && left.taxes.length > 0 ? { paymentId: discountPaymentId, taxes: left.taxes } : null;
  return {
    ...invoice,
    kind,
    orderId: orderId ?? undefined,
    shipmentId: shipmentId ?? undefined,
    taxes,
    lines: left.lines,
    discount,
  };
}

/** As it is credited to be billed anew: the discount that it was paid with goes on to the revised invoice. */
export const withoutDiscount = (billed: BilledInvoice): BilledInvoice => ({
  ...billed,
  discount: null,
  lines: billed.lines.map((line) => ({ ...line, discountLeftMinor: 0 })),
});

export const creditNoteTotals = (billed: BilledInvoice, lines: readonly CreditLine[]): InvoiceTotals =>
  creditTotals(lines, billed.taxes, [...billed.creditedTaxes, ...(billed.discount?.taxes ?? [])], billed.taxRounding);

export interface NewCreditNote {
  billed: BilledInvoice;
  lines: CreditLine[];
  reason: string;
  note?: string | undefined;
  returnId?: string | undefined;
  /** Of the return: who has caused it. */
  cause?: ReturnCause | undefined;
  parties: Parties;
  /** Its number, where the caller has taken it already. */
  id?: string | undefined;
  /** By which it was weighed that one person is enough. */
  policyRate?: PolicyRate | undefined;
}

export interface IssuedCreditNote {
  creditNoteId: string;
  currency: string;
  grossMinor: number;
  /** What it took off its own invoice. */
  appliedMinor: number;
  /** What the customer has to its credit from it. */
  unappliedMinor: number;
}

export const nextCreditNoteNumber = (tx: Transaction, today: string): Promise<string> =>
  nextNumber(tx, 'CN', Number(today.slice(0, 4)));

/**
 * Issues a credit note (I4): what is still open of its invoice is owed no more, and what is beyond is the customer's credit
 * balance. Order, account and open items are locked; the caller finishes the application, which saves the account.
 */
export async function issueCreditNote(
  tx: Transaction,
  receivables: Receivables,
  note: NewCreditNote,
  how: Omit<CreditToApply, 'creditNoteId' | 'currency' | 'how' | 'cause'>,
): Promise<IssuedCreditNote & { credit: CreditToApply }> {
  const { billed, returnId, cause } = note;
  // The timeline names what the carrier has done to the goods; the document says that they are returned.
  const reason = cause && cause !== 'customer' ? cause : note.reason;
  const { id: invoiceId, kind, customerId, orderId, shipmentId, currency } = billed;
  const { at, actor, today } = how;
  const totals = creditNoteTotals(billed, note.lines);
  const { grossMinor } = totals;
  // What was written off of it has not been paid: it is no credit balance of the customer's.
  const writtenOff = await lockWrittenOffItems(tx, customerId);
  const { openMinor } = writtenOff.find(({ id }) => id === invoiceId) ?? billed;
  const appliedMinor = Math.min(openMinor, grossMinor);
  const unappliedMinor = grossMinor - appliedMinor;
  // The number last: invoices are locked before the series of numbers.
  const creditNoteId = note.id ?? (await nextCreditNoteNumber(tx, today));
  const discountTaxes = discountTaken(note.lines, billed.discount?.taxes ?? []);
  const discountMinor = sumMinor(discountTaxes.flatMap(({ baseMinor, taxMinor }) => [baseMinor, taxMinor]));
  await insertCreditNote(tx, { ...note, id: creditNoteId, totals, unappliedMinor, discountTaxes, issuedOn: today, at });
  const credit: CreditToApply = { ...how, creditNoteId, currency, how: 'credited', cause: creditNoteId };
  if (appliedMinor > 0) {
    const application = { invoiceId, amountMinor: appliedMinor, valueOn: today };
    await reinstate(tx, receivables, writtenOff, credit, [application]);
    await payItems(tx, receivables, credit, [application]);
  }
  receivables.account.openCreditNotesMinor += unappliedMinor;
  await book(
    tx,
    {
      eventId: `${returnId ?? creditNoteId}:credit-note`,
      kind: 'credit-note',
      bookedOn: today,
      currency,
      customerId,
      orderId,
      // The ageing reads in the journal what was credited of it.
      invoiceId,
      item: creditNoteId,
      rateOfInvoiceId: invoiceId,
      at,
    },
    creditNoteIssued({ of: kind, ...totals, appliedMinor }),
  );
  const format = (amountMinor: number) => formatMoney({ currency, amountMinor });
  await record(tx, {
    at,
    actor,
    action: 'credit-note-issued',
    summary: `Credit note ${creditNoteId} over ${format(grossMinor)}: ${format(appliedMinor)} off ${invoiceId}, ${format(unappliedMinor)} to the customer's credit${discountMinor > 0 ? `; ${format(discountMinor)} less, for the early-payment discount` : ''}`,
    reason: note.note ? `${reason}: ${note.note}` : reason,
    customerId,
    orderId,
    shipmentId,
    invoiceId,
    after: {
      creditNoteId,
      returnId,
      grossMinor,
      appliedMinor,
      unappliedMinor,
      ...(discountMinor > 0 ? { discountMinor } : {}),
      policyRate: note.policyRate,
    },
  });
  await tell(tx, {
    key: `${returnId ?? creditNoteId}:credit-note`,
    kind: 'credit-note',
    customerId,
    orderId,
    invoiceId,
    facts: { creditNoteId, returnId, shipmentId, cause, reason, invoiceId, grossMinor, appliedMinor, unappliedMinor, currency },
    at,
  });
  return { creditNoteId, currency, grossMinor, appliedMinor, unappliedMinor, credit };
}

/** Writes a credit note and its lines. Like an invoice it is never edited: only what is left of it goes down. */
async function insertCreditNote(
  tx: Transaction,
  note: NewCreditNote & {
    id: string;
    totals: InvoiceTotals;
    unappliedMinor: number;
    discountTaxes: InvoiceTax[];
    issuedOn: string;
    at: string;
  },
): Promise<void> {
  const { billed, totals } = note;
  await tx.query(
    `INSERT INTO credit_notes (id, return_id, invoice_id, customer_id, order_id, reason, note, currency, net_minor, tax_minor, gross_minor,
       taxes, unapplied_minor, issued_on, facts, at, discount_payment_id, discount_taxes)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    [
      note.id,
      note.returnId,
      billed.id,
      billed.customerId,
      billed.orderId,
      note.reason,
      note.note,
      billed.currency,
      totals.netMinor,
      totals.taxMinor,
      totals.grossMinor,
      JSON.stringify(totals.taxes),
      note.unappliedMinor,
      note.issuedOn,
      JSON.stringify(note.parties),
      note.at,
      note.discountTaxes.length > 0 ? billed.discount?.paymentId : null,
      JSON.stringify(note.discountTaxes),
    ],
  );
  await tx.query(
    `INSERT INTO credit_note_lines (credit_note_id, line_number, sku, description, quantity, unit_price_minor, tax_category, tax_rate,
       net_minor, credited_units, discount_minor)
     SELECT $1, * FROM unnest($2::int[], $3::text[], $4::text[], $5::int[], $6::bigint[], $7::text[], $8::text[], $9::bigint[], $10::int[],
       $11::bigint[])`,
    [
      note.id,
      ...lineColumns(totals.lines),
      note.lines.map(({ units }) => units),
      note.lines.map(({ discountMinor }) => discountMinor),
    ],
  );
}
