import { planTakenOver } from '../../domain/dunning.ts';
import { receivableWorkflowId } from '../../domain/ids.ts';
import { openingReceivable } from '../../domain/ledger.ts';
import { daysBetween, type IsoDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import type { AssignedPolicy } from './dunning-policies.ts';
import { insertInvoice, type Parties } from './invoices.ts';
import { book } from './ledger.ts';
import type { OutboxMessage } from './outbox.ts';

export interface OpeningItem {
  id: string;
  customerId: string;
  currency: string;
  amountMinor: number;
  /** What it came to before a part of it was paid there, where that is known. */
  grossMinor?: number | undefined;
  issuedOn: IsoDate;
  dueOn: IsoDate;
  /** The number it had in the system it comes from. */
  reference: string;
}

export interface TakeOver extends AssignedPolicy {
  timeZone: string;
  /** The company's date, on which all of it is booked. */
  today: IsoDate;
  at: string;
  offsetMs: number;
}

/**
 * Writes and books a debit item that is taken over, and gives the message that starts its workflow, which the caller enqueues. The
 * account is locked, and its buckets are saved, by the caller.
 */
export async function insertOpeningItem(
  tx: Transaction,
  item: OpeningItem,
  parties: Parties,
  { policy, assignedBy, timeZone, today, at, offsetMs }: TakeOver,
): Promise<OutboxMessage> {
  const { id, customerId, currency, amountMinor, grossMinor, issuedOn, dueOn, reference } = item;
  const terms = { policy, assignedBy, invoiceId: id, issuedOn, dueOn, termsDays: daysBetween(issuedOn, dueOn), timeZone };
  const plan = planTakenOver(terms, at);
  await insertInvoice(tx, {
    id,
    kind: 'opening-item',
    customerId,
    currency,
    totals: { netMinor: amountMinor, taxMinor: 0, grossMinor: amountMinor, taxes: [], lines: [] },
    issuedOn,
    dueOn,
    plan,
    holderWorkflowId: receivableWorkflowId(id),
    facts: { reference, ...(grossMinor === undefined ? {} : { originalGrossMinor: grossMinor }), ...parties },
    at,
  });
  await book(
    tx,
    { eventId: `${id}:opening`, kind: 'opening-item', bookedOn: today, currency, customerId, invoiceId: id, at },
    openingReceivable({ amountMinor }),
  );
  return {
    kind: 'start-receivable',
    invoiceId: id,
    input: { invoice: { invoiceId: id, customerId, grossMinor: amountMinor, currency, dueOn, plan }, clockOffsetMs: offsetMs },
  };
}
