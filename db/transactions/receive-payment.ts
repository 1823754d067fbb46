import { applyReceipt } from '../../domain/cash-application.ts';
import type { ClockSource } from '../../domain/documentation.ts';
import { type Fault, Refusal } from '../../domain/failures.ts';
import { askedFor, openInstalments } from '../../domain/instalments.ts';
import { depositReceived, receiptApplied, receiptUnapplied } from '../../domain/ledger.ts';
import { formatMoney, sumMinor } from '../../domain/money.ts';
import { compareDates, localDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import {
  bookApplications,
  datedApplications,
  discountsOf,
  finishApplication,
  lockReceivables,
  type PaidItems,
  payItems,
} from '../statements/cash-application.ts';
import { readCompany } from '../statements/company.ts';
import { documentPayment } from '../statements/documentation.ts';
import { rateFaults } from '../statements/exchange-rates.ts';
import { faultsOfNamed, lockWrittenOffItems, payableItems } from '../statements/invoices.ts';
import { book } from '../statements/ledger.ts';
import { type NewNotice, tell } from '../statements/notices.ts';
import { awaitedPrepayments, splitApplications, type TakenDeposit, takeDeposits } from '../statements/prepayments.ts';
import { reinstate } from '../statements/write-offs.ts';
import { dunAfterClock } from './take-receivable-step.ts';

export interface ReceivePaymentInput {
  customerId: string;
  method: 'bank-transfer' | 'cheque' | 'card' | 'direct-entry';
  currency: string;
  amountMinor: number;
  valueOn: string;
  /** Invoices that the payer named. */
  invoiceIds: string[];
  /** Remittance text: RF references and invoice numbers are found in it. */
  remittanceText?: string | undefined;
  /** The bank's or the cheque's own reference: the same one is taken once. */
  externalReference?: string | undefined;
  /** What was seen of it before it was money: its clock is documented by this payment. */
  source?: { source: ClockSource; sourceId: string } | undefined;
  /** Of money that comes again: the day on which it first came, which earned its discounts. Absent: the value date. */
  discountsOn?: string | undefined;
  actor: Actor;
  at: string;
  offsetMs: number;
}

export interface ReceivedPayment extends PaidItems {
  paymentId: string;
  /** What is kept for orders that are paid in advance. */
  deposits: TakenDeposit[];
  unappliedMinor: number;
  onHold: boolean;
}

/**
 * Records money that has arrived: applies it to the invoices it names, keeps the rest as unapplied cash (an overpayment
 * is never refused), notes interest on what was settled late, lifts the hold when nothing is overdue any more, and books
 * it all, in one transaction under the customer's row lock (P1, P3, P5, A3). An item that was written off and is named is owed again for
 * as much as comes for it (P6). Workflows get hints afterwards.
 */
export async function receivePayment(tx: Transaction, input: ReceivePaymentInput): Promise<ReceivedPayment> {
  const { customerId, currency, amountMinor, valueOn, at, actor } = input;
  const [company, customer] = await Promise.all([
    readCompany(tx),
    tx.query<{ currency: string }>('SELECT currency FROM customers WHERE id = $1', [customerId]),
  ]);
  const today = localDate(at, company.timeZone);
  if (!customer.rows[0]) throw new Refusal(422, 'unknown-customer', `There is no customer ${customerId}.`);
  const receivables = await lockReceivables(tx, customerId);
  const { account, items } = receivables;
  const faults: Fault[] = [];
  if (customer.rows[0].currency !== currency) {
    faults.push({ path: '/currency', code: 'currency', detail: `${customerId} is billed in ${customer.rows[0].currency}.` });
  } else faults.push(...(await rateFaults(tx, { currency, on: valueOn, path: '/valueOn' })));
  if (compareDates(valueOn, today) > 0) {
    faults.push({ path: '/valueOn', code: 'future-date', detail: `The value date ${valueOn} is after today, ${today}.` });
  }
  faults.push(...(await faultsOfNamed(tx, customerId, input.invoiceIds)));
  if (input.externalReference) {
    const seen = await tx.query<{ id: string }>('SELECT id FROM payments WHERE method = $1 AND external_reference = $2', [
      input.method,
      input.externalReference,
    ]);
    if (seen.rows[0]) {
      throw new Refusal(
        409,
        'payment-already-recorded',
        `${input.externalReference} is recorded already as ${seen.rows[0].id}.`,
        {
          extra: { paymentId: seen.rows[0].id },
        },
      );
    }
  }
  if (faults.length > 0) throw new Refusal(422, 'invalid-payment', 'The payment cannot be recorded.', { faults });

  const awaited = await awaitedPrepayments(tx, customerId);
  const discounts = await discountsOf(tx, items, input.discountsOn ?? valueOn);
  const writtenOff = await lockWrittenOffItems(tx, customerId);
  const payable = payableItems(items, writtenOff);
  const { applications, unappliedMinor } = applyReceipt({
    amountMinor,
    items: [
      ...payable.map((item) => ({
        invoiceId: item.id,
        number: item.id,
        paymentReference: item.paymentReference,
        formerReferences: item.formerReference === null ? [] : [item.formerReference],
        openMinor: item.openMinor,
        discountMinor: discounts.get(item.id)?.discountMinor,
        dueOn: item.dueOn,
        // A card is charged what is asked for, of several invoices too: no disputed part takes the money of what is overdue.
        ...(input.method === 'card' && { askedFor: openInstalments(askedFor(item)) }),
      })),
      ...awaited,
    ],
    invoiceIds: input.invoiceIds,
    references: input.remittanceText ? [input.remittanceText] : [],
  });
  const { toInvoices, toPrepayments, depositedMinor } = splitApplications(applications, awaited);
  const inserted = await tx.query<{ id: string }>(
    `INSERT INTO payments (customer_id, method, currency, amount_minor, unapplied_minor, value_on, external_reference,
       remittance_text, actor, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id`,
    [
      customerId,
      input.method,
      currency,
      amountMinor,
      unappliedMinor,
      valueOn,
      input.externalReference,
      input.remittanceText,
      actor.name,
      at,
    ],
  );
  const paymentId = inserted.rows[0]!.id;
  const money = { paymentId, currency, how: 'received', cause: paymentId, actor, at, today, offsetMs: input.offsetMs } as const;
  const dated = (await datedApplications(tx, toInvoices, { items: payable, valueOn })).map(
    ({ discountMinor, ...application }) => ({
      ...application,
      discount: discountMinor ? discounts.get(application.invoiceId) : undefined,
    }),
  );
  await reinstate(tx, receivables, writtenOff, money, dated);
  const paid = await payItems(tx, receivables, money, dated);
  const deposits = await takeDeposits(tx, customerId, toPrepayments, money);
  const received: ReceivedPayment = { paymentId, ...paid, deposits, unappliedMinor, onHold: false };

  account.unappliedCashMinor += unappliedMinor;
  const receipt = { eventId: `${paymentId}:receipt`, kind: 'receipt', bookedOn: valueOn, currency, customerId, paymentId, at };
  // What is in the books only after the value date is paid there by money that has waited until then.
  const later = dated.filter(({ bookedOn }) => compareDates(bookedOn, valueOn) > 0);
  const laterMinor = sumMinor(later.map((application) => application.amountMinor));
  await book(tx, { ...receipt, paid: dated.filter((application) => !later.includes(application)) }, [
    ...receiptApplied({ amountMinor: amountMinor - depositedMinor - unappliedMinor - laterMinor }),
    ...depositReceived({ amountMinor: depositedMinor }),
    ...receiptUnapplied({ amountMinor: unappliedMinor + laterMinor }),
  ]);
  await bookApplications(tx, { customerId, paymentId, currency, at }, later, 0);
  await record(tx, { at, actor, ...receiptStory(input, received) });
  const documented = await documentPayment(tx, {
    id: paymentId,
    customerId,
    currency,
    amountMinor,
    valueOn,
    externalReference: input.externalReference ?? null,
    invoiceIds: applications.map(({ invoiceId }) => invoiceId),
    source: input.source,
    actor,
    at,
  });
  received.onHold = (await finishApplication(tx, account, money)).onHold;
  // A part payment ends the wait for the money, not the debt.
  for (const clockId of documented) await dunAfterClock(tx, { account, clockId, at });
  await tell(tx, receiptNotice(input, received));
  return received;
}

type Receipt = Pick<ReceivePaymentInput, 'customerId' | 'method' | 'currency' | 'amountMinor' | 'valueOn' | 'at'>;

/** What the customer's timeline says of a receipt. */
export function receiptStory({ customerId, method, currency, amountMinor }: Receipt, received: ReceivedPayment) {
  const { paymentId, unappliedMinor } = received;
  return {
    action: 'payment-received',
    summary: `${paymentId}: ${format(currency, amountMinor)} by ${method}${unappliedMinor > 0 ? `, ${format(currency, unappliedMinor)} unapplied` : ''}`,
    customerId,
    after: received,
  };
}

/** What its customer is told of a receipt. */
export function receiptNotice({ customerId, amountMinor, currency, valueOn, at }: Receipt, received: ReceivedPayment): NewNotice {
  const { paymentId, applications, unappliedMinor } = received;
  return {
    key: `${paymentId}:received`,
    kind: 'payment-received',
    customerId,
    facts: { paymentId, amountMinor, currency, valueOn, applications, unappliedMinor },
    at,
  };
}

const format = (currency: string, amountMinor: number): string => formatMoney({ currency, amountMinor });
