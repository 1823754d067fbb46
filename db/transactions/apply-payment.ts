import { applyReceipt } from '../../domain/cash-application.ts';
import { type Fault, Refusal } from '../../domain/failures.ts';
import { unappliedApplied } from '../../domain/ledger.ts';
import { formatMoney } from '../../domain/money.ts';
import { compareDates, localDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import { finishApplication, lockReceivables, payItems } from '../statements/cash-application.ts';
import { readCompany } from '../statements/company.ts';
import { book } from '../statements/ledger.ts';
import type { ReceivedPayment } from './receive-payment.ts';

export interface ApplyPaymentInput {
  paymentId: string;
  /** Invoices to pay, the oldest due date first, until nothing is left. */
  invoiceIds: string[];
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
    // Two people who apply the same money go one by one; nothing else locks a payment, so its row may come first.
    tx.query<{ customerId: string; currency: string; unappliedMinor: number; valueOn: string }>(
      `SELECT customer_id AS "customerId", currency, unapplied_minor AS "unappliedMinor", value_on AS "valueOn"
       FROM payments WHERE id = $1 FOR UPDATE`,
      [paymentId],
    ),
  ]);
  const payment = found.rows[0];
  if (!payment) throw new Refusal(404, 'unknown-payment', `There is no payment ${paymentId}.`);
  const { customerId, currency } = payment;
  if (payment.unappliedMinor === 0) throw new Refusal(409, 'nothing-unapplied', `${paymentId} is applied in full already.`);

  const receivables = await lockReceivables(tx, customerId);
  const { account, items } = receivables;
  await mustBeOpen(tx, { customerId, invoiceIds, openIds: new Set(items.map((item) => item.id)) });
  const { applications, unappliedMinor } = applyReceipt({
    amountMinor: payment.unappliedMinor,
    items: items.map((item) => ({ ...item, invoiceId: item.id, number: item.id })),
    invoiceIds,
  });
  const dated = applications.map((application) => {
    const { issuedOn } = items.find((item) => item.id === application.invoiceId)!;
    // Nothing is paid before it is issued, or the books of the days between would show a receivable below zero. For interest
    // it is the same: no due date is before its issue.
    return { ...application, valueOn: compareDates(payment.valueOn, issuedOn) > 0 ? payment.valueOn : issuedOn };
  });
  // Each item is an application of its own, numbered within the payment.
  const { rows } = await tx.query<{ count: number }>(
    "SELECT count(*) FROM journal_entries WHERE customer_id = $1 AND payment_id = $2 AND kind = 'application'",
    [customerId, paymentId],
  );
  const eventIds = applications.map((_, index) => `${paymentId}:application-${rows[0]!.count + index + 1}`);
  const today = localDate(at, timeZone);
  const money = { paymentId, currency, how: 'applied', cause: eventIds[0]!, actor, at, today, offsetMs: input.offsetMs } as const;

  const paid = await payItems(tx, receivables, money, dated);
  account.unappliedCashMinor += unappliedMinor - payment.unappliedMinor;
  await tx.query('UPDATE payments SET unapplied_minor = $2 WHERE id = $1', [paymentId, unappliedMinor]);
  for (const [index, { amountMinor, valueOn }] of dated.entries()) {
    await book(
      tx,
      // Without the invoice: the ageing counts what was paid by the applications, not by the journal.
      { eventId: eventIds[index]!, kind: 'application', bookedOn: valueOn, currency, customerId, paymentId, at },
      unappliedApplied({ amountMinor }),
    );
  }
  const format = (amountMinor: number) => formatMoney({ currency, amountMinor });
  await record(tx, {
    at,
    actor,
    action: 'payment-applied',
    summary: `${paymentId}: ${format(payment.unappliedMinor - unappliedMinor)} applied to ${applications.map(({ invoiceId }) => invoiceId).join(', ')}, ${format(unappliedMinor)} still unapplied`,
    customerId,
    before: { unappliedMinor: payment.unappliedMinor },
    after: { paymentId, ...paid, unappliedMinor },
  });
  const { onHold } = await finishApplication(tx, account, money);
  return { paymentId, ...paid, unappliedMinor, onHold };
}

/** Refuses invoices that this money cannot pay, all of them at once. */
async function mustBeOpen(
  tx: Transaction,
  { customerId, invoiceIds, openIds }: { customerId: string; invoiceIds: string[]; openIds: Set<string> },
): Promise<void> {
  const { rows } = await tx.query<{ id: string }>('SELECT id FROM invoices WHERE id = ANY ($1) AND customer_id = $2', [
    invoiceIds,
    customerId,
  ]);
  const faults = invoiceIds.flatMap((invoiceId, index): Fault[] => {
    if (openIds.has(invoiceId)) return [];
    const path = `/invoiceIds/${index}`;
    return rows.some((row) => row.id === invoiceId)
      ? [{ path, code: 'settled-invoice', detail: `${invoiceId} is settled already.` }]
      : // A stranger's invoice is answered like one that does not exist.
        [{ path, code: 'unknown-invoice', detail: `${customerId} has no invoice ${invoiceId}.` }];
  });
  if (faults.length > 0) throw new Refusal(422, 'invalid-application', 'The payment cannot be applied to these.', { faults });
}
