import { applyParts, applyReceipt, type CashApplication } from '../../domain/cash-application.ts';
import { type Fault, Refusal } from '../../domain/failures.ts';
import { unappliedDeposited } from '../../domain/ledger.ts';
import { formatMoney } from '../../domain/money.ts';
import { localDate } from '../../domain/time.ts';
import { only, type Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import type { WriteOff } from '../statements/cash-application.ts';
import {
  applicationEventId,
  bookApplications,
  datedApplications,
  discountsOf,
  finishApplication,
  lockReceivables,
  payItems,
} from '../statements/cash-application.ts';
import { readCompany } from '../statements/company.ts';
import { lockWrittenOffItems, payableItems } from '../statements/invoices.ts';
import { book } from '../statements/ledger.ts';
import { awaitedPrepayments, splitApplications, takeDeposits } from '../statements/prepayments.ts';
import { reinstate } from '../statements/write-offs.ts';
import type { ReceivedPayment } from './receive-payment.ts';

export interface ApplyPaymentInput {
  paymentId: string;
  /** Invoices to pay, the oldest due date first, until nothing is left. */
  invoiceIds: string[];
  /** In place of the order of due dates: how much each of them gets, and what its shortage is written off as. */
  parts?: { invoiceId: string; amountMinor?: number | undefined; writeOff?: WriteOff | undefined }[];
  actor: Actor;
  at: string;
  offsetMs: number;
}

/**
 * Pays open items with what waits unapplied of a payment: an overpayment, or money whose reference nobody could read (P1).
 * The payment's value date counts, so that whoever paid in time owes no interest for our search. Exposure stays as it was:
 * receivables and unapplied cash shrink together.
 */
export async function applyPayment(tx: Transaction, input: ApplyPaymentInput): Promise<ReceivedPayment> {
  const { paymentId, invoiceIds, actor, at } = input;
  const [{ timeZone }, found] = await Promise.all([
    readCompany(tx),
    tx.query<{ customerId: string }>('SELECT customer_id AS "customerId" FROM payments WHERE id = $1', [paymentId]),
  ]);
  if (!found.rows[0]) throw new Refusal(404, 'unknown-payment', `There is no payment ${paymentId}.`);
  const { customerId } = found.rows[0];
  const receivables = await lockReceivables(tx, customerId);
  // What is unapplied of a payment changes under its customer's account, where two people who apply it go one by one too.
  const { currency, ...payment } = only(
    await tx.query<{ currency: string; unappliedMinor: number; valueOn: string }>(
      'SELECT currency, unapplied_minor AS "unappliedMinor", value_on AS "valueOn" FROM payments WHERE id = $1 FOR UPDATE',
      [paymentId],
    ),
  );
  if (payment.unappliedMinor === 0) throw new Refusal(409, 'nothing-unapplied', `${paymentId} is applied in full already.`);
  const { account, items } = receivables;
  const awaited = await awaitedPrepayments(tx, customerId);
  const writtenOff = await lockWrittenOffItems(tx, customerId);
  const payable = payableItems(items, writtenOff);
  const openIds = new Set([...payable.map((item) => item.id), ...awaited.map((prepayment) => prepayment.number)]);
  await mustBeOpen(tx, { customerId, invoiceIds, openIds });
  // Who paid in time keeps the discount, however long we searched for the invoice.
  const discounts = await discountsOf(tx, items, payment.valueOn);
  const open = [
    ...payable.map((item) => ({
      ...item,
      invoiceId: item.id,
      number: item.id,
      discountMinor: discounts.get(item.id)?.discountMinor,
    })),
    ...awaited,
  ];
  const { applications, unappliedMinor } = input.parts
    ? inParts(payment.unappliedMinor, open, input.parts)
    : applyReceipt({ amountMinor: payment.unappliedMinor, items: open, invoiceIds });
  const { toInvoices, toPrepayments, depositedMinor } = splitApplications(applications, awaited);
  const dated = (await datedApplications(tx, toInvoices, { items: payable, valueOn: payment.valueOn })).map((application) => ({
    ...application,
    discount: application.discountMinor ? discounts.get(application.invoiceId) : undefined,
    writeOff: input.parts?.find((part) => part.invoiceId === application.invoiceId)?.writeOff,
  }));
  const { rows } = await tx.query<{ count: number }>(
    "SELECT count(*) FROM journal_entries WHERE customer_id = $1 AND payment_id = $2 AND kind = 'application'",
    [customerId, paymentId],
  );
  const earlier = rows[0]!.count;
  const today = localDate(at, timeZone);
  const money = {
    paymentId,
    currency,
    how: 'applied',
    cause: applicationEventId(paymentId, earlier + 1),
    actor,
    at,
    today,
    offsetMs: input.offsetMs,
  } as const;

  await reinstate(tx, receivables, writtenOff, money, dated);
  const paid = await payItems(tx, receivables, money, dated);
  const deposits = await takeDeposits(tx, customerId, toPrepayments, money);
  account.unappliedCashMinor += unappliedMinor - payment.unappliedMinor;
  await tx.query('UPDATE payments SET unapplied_minor = $2 WHERE id = $1', [paymentId, unappliedMinor]);
  await bookApplications(tx, { customerId, paymentId, currency, at }, dated, earlier);
  // The last one is for what goes to orders in advance.
  const eventId = applicationEventId(paymentId, earlier + dated.length + 1);
  await book(
    tx,
    { eventId, kind: 'application', bookedOn: today, currency, customerId, paymentId, at },
    unappliedDeposited({ amountMinor: depositedMinor }),
  );
  const format = (amountMinor: number) => formatMoney({ currency, amountMinor });
  await record(tx, {
    at,
    actor,
    action: 'payment-applied',
    summary: `${paymentId}: ${format(payment.unappliedMinor - unappliedMinor)} applied to ${applications.map(({ invoiceId }) => invoiceId).join(', ')}, ${format(unappliedMinor)} still unapplied`,
    customerId,
    before: { unappliedMinor: payment.unappliedMinor },
    after: { paymentId, ...paid, deposits, unappliedMinor },
  });
  const { onHold } = await finishApplication(tx, account, money);
  return { paymentId, ...paid, deposits, unappliedMinor, onHold };
}

function inParts(
  amountMinor: number,
  items: Parameters<typeof applyParts>[1],
  parts: NonNullable<ApplyPaymentInput['parts']>,
): { applications: CashApplication['applications']; unappliedMinor: number } {
  const { applications, unappliedMinor, faults } = applyParts(
    amountMinor,
    items,
    parts.map(({ writeOff, ...part }) => ({ ...part, writeOffMinor: writeOff?.amountMinor ?? 0 })),
  );
  if (faults.length > 0) throw new Refusal(422, 'invalid-application', 'The payment cannot be applied like this.', { faults });
  return { applications, unappliedMinor };
}

/** Refuses invoices that this money cannot pay, all of them at once. */
async function mustBeOpen(
  tx: Transaction,
  { customerId, invoiceIds, openIds }: { customerId: string; invoiceIds: string[]; openIds: Set<string> },
): Promise<void> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT id FROM invoices WHERE id = ANY ($1) AND customer_id = $2
     UNION ALL SELECT number FROM prepayments WHERE number = ANY ($1) AND customer_id = $2
     UNION ALL SELECT number FROM superseded_pro_formas WHERE number = ANY ($1) AND customer_id = $2`,
    [invoiceIds, customerId],
  );
  const faults = invoiceIds.flatMap((invoiceId, index): Fault[] => {
    if (openIds.has(invoiceId)) return [];
    const path = `/invoiceIds/${index}`;
    return rows.some((row) => row.id === invoiceId)
      ? [{ path, code: 'settled-invoice', detail: `${invoiceId} asks for nothing any more.` }]
      : // A stranger's invoice is answered like one that does not exist.
        [{ path, code: 'unknown-invoice', detail: `${customerId} has no invoice ${invoiceId}.` }];
  });
  if (faults.length > 0) throw new Refusal(422, 'invalid-application', 'The payment cannot be applied to these.', { faults });
}
