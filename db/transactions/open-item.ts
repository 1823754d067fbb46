import { type Fault, Refusal } from '../../domain/failures.ts';
import { formatMoney } from '../../domain/money.ts';
import { compareDates, localDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import { readCompany } from '../statements/company.ts';
import { lockAccount, saveBuckets } from '../statements/credit.ts';
import { assignedPolicy } from '../statements/dunning-policies.ts';
import { rateFaults } from '../statements/exchange-rates.ts';
import { nextInvoiceNumber, partiesOf } from '../statements/invoices.ts';
import { insertOpeningItem } from '../statements/open-items.ts';
import { enqueue } from '../statements/outbox.ts';

export interface OpenItemInput {
  customerId: string;
  currency: string;
  amountMinor: number;
  issuedOn: string;
  dueOn: string;
  /** The number it had in the system it comes from. */
  reference: string;
  actor: Actor;
  at: string;
  offsetMs: number;
}

/**
 * Takes over an unpaid item from the system before this one: a receivable without an order, held by a workflow of its
 * own. When it is overdue already, it is overdue here at once, and its letters are caught up from today on.
 */
export async function takeOverOpenItem(tx: Transaction, input: OpenItemInput): Promise<{ invoiceId: string }> {
  const { customerId, amountMinor, currency, issuedOn, dueOn, at, actor } = input;
  const customer = await tx.query<{ currency: string }>('SELECT currency FROM customers WHERE id = $1', [customerId]);
  const faults: Fault[] = [];
  if (!customer.rows[0])
    faults.push({ path: '/customerId', code: 'unknown-customer', detail: `There is no customer ${customerId}.` });
  else if (customer.rows[0].currency !== currency) {
    faults.push({ path: '/currency', code: 'currency', detail: `${customerId} is billed in ${customer.rows[0].currency}.` });
  }
  const { timeZone } = await readCompany(tx);
  const today = localDate(at, timeZone);
  if (customer.rows[0]?.currency === currency) faults.push(...(await rateFaults(tx, { currency, on: today, path: '/currency' })));
  if (compareDates(issuedOn, today) > 0)
    faults.push({ path: '/issuedOn', code: 'future-date', detail: `${issuedOn} is after today, ${today}.` });
  if (compareDates(dueOn, issuedOn) < 0)
    faults.push({ path: '/dueOn', code: 'date-order', detail: 'The due date is before the issue date.' });
  if (faults.length > 0) throw new Refusal(422, 'invalid-opening-item', 'The opening item cannot be taken over.', { faults });

  const account = await lockAccount(tx, customerId);
  const assigned = await assignedPolicy(tx, customerId);
  const id = await nextInvoiceNumber(tx, 'opening-item', Number(today.slice(0, 4)));
  const start = await insertOpeningItem(tx, { ...input, id }, await partiesOf(tx, customerId), {
    ...assigned,
    timeZone,
    today,
    at,
    offsetMs: input.offsetMs,
  });
  account.openReceivablesMinor += amountMinor;
  await saveBuckets(tx, account);
  await record(tx, {
    at,
    actor,
    action: 'opening-item',
    summary: `Opening item ${id} (${input.reference}): ${formatMoney({ currency, amountMinor })}, due ${dueOn}`,
    customerId,
    invoiceId: id,
  });
  await enqueue(tx, start);
  return { invoiceId: id };
}
