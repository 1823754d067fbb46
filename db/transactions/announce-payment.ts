import type { ClockSource } from '../../domain/documentation.ts';
import { type Fault, Refusal } from '../../domain/failures.ts';
import { compareDates, type IsoDate, localDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import type { Actor } from '../statements/audit.ts';
import { readCompany } from '../statements/company.ts';
import { startDocumentationClock } from '../statements/documentation.ts';
import { faultsOfNamed } from '../statements/invoices.ts';

export interface AnnouncePaymentInput {
  customerId: string;
  source: Extract<ClockSource, 'remittance-advice' | 'payment-claim'>;
  /** Absent for a file that nobody has read yet. */
  amountMinor?: number | undefined;
  currency?: string | undefined;
  /** The day on which the customer says to have paid; absent: today. */
  paidOn?: IsoDate | undefined;
  invoiceIds?: readonly string[];
  reference?: string | undefined;
  note?: string | undefined;
  file?: { name: string; contentType: string; bytes: Buffer };
  actor: Actor;
  at: string;
}

/** Takes the customer's word that it has paid, and starts its clock (P1). What nobody can have paid is refused. */
export async function announcePayment(tx: Transaction, input: AnnouncePaymentInput): Promise<{ id: string }> {
  const { customerId, invoiceIds = [], file, actor, at } = input;
  const [{ timeZone }, { rows }] = await Promise.all([
    readCompany(tx),
    tx.query<{ currency: string }>('SELECT currency FROM customers WHERE id = $1', [customerId]),
  ]);
  const customer = rows[0];
  if (!customer) throw new Refusal(404, 'unknown-customer', `There is no customer ${customerId}.`);
  const today = localDate(at, timeZone);
  const paidOn = input.paidOn ?? today;
  const faults: Fault[] = await faultsOfNamed(tx, customerId, invoiceIds);
  if (input.currency !== undefined && input.currency !== customer.currency) {
    faults.push({ path: '/currency', code: 'currency', detail: `${customerId} is billed in ${customer.currency}.` });
  }
  if (compareDates(paidOn, today) > 0) {
    faults.push({ path: '/paidOn', code: 'future-date', detail: `${paidOn} is after today, ${today}.` });
  }
  if (faults.length > 0) throw new Refusal(422, 'invalid-announcement', 'This payment cannot be looked for.', { faults });
  const id = await startDocumentationClock(tx, {
    source: input.source,
    customerId,
    currency: customer.currency,
    amountMinor: input.amountMinor ?? null,
    paidOn,
    reference: input.reference ?? null,
    invoiceIds,
    note: input.note,
    start: { at },
    actor,
    at,
    ...(file && { documentName: file.name }),
  });
  if (file) {
    await tx.query('INSERT INTO documents (id, content_type, content) VALUES ($1, $2, $3)', [id, file.contentType, file.bytes]);
  }
  return { id };
}
