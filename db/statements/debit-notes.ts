import { planDunning, policyLabel } from '../../domain/dunning.ts';
import { receivableWorkflowId } from '../../domain/ids.ts';
import { interestNoted } from '../../domain/ledger.ts';
import { formatMoney, sumMinor } from '../../domain/money.ts';
import { addDays, type IsoDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { record, system } from './audit.ts';
import type { CreditAccountRow } from './credit.ts';
import { policyOf } from './dunning-policies.ts';
import { insertInvoice, nextInvoiceNumber, type OpenItemRow, partiesOf } from './invoices.ts';
import { book } from './ledger.ts';
import { tell } from './notices.ts';
import { enqueue } from './outbox.ts';

export interface NewNote {
  kind: 'interest-note' | 'fee-note';
  /** The item that was not paid in time. */
  item: Pick<OpenItemRow, 'id' | 'customerId' | 'orderId' | 'currency' | 'plan'>;
  lines: { text: string; minor: number }[];
  /** What the note is for, beyond its principal; a fee note has a `chargeKey`, once. */
  facts: Record<string, unknown>;
  today: IsoDate;
  offsetMs: number;
  at: string;
}

/**
 * Interest or a fee becomes a debit item of its own, with its own due date and plan (P5): paying the principal never erases it. By the
 * policy of the item that it concerns. The account is locked, and its buckets are saved, by the caller.
 */
export async function issueNote(tx: Transaction, account: CreditAccountRow, note: NewNote): Promise<string> {
  const { kind, item, lines, facts, today: issuedOn, at } = note;
  const { customerId, currency } = item;
  const amountMinor = sumMinor(lines.map(({ minor }) => minor));
  const [parties, policy] = await Promise.all([partiesOf(tx, customerId), policyOf(tx, item.plan)]);
  const { timeZone } = parties.seller;
  const termsDays = policy.interestNoteTermsDays;
  const dueOn = addDays(issuedOn, termsDays);
  const id = await nextInvoiceNumber(tx, kind, Number(issuedOn.slice(0, 4)));
  const { assignedBy } = item.plan;
  const plan = planDunning({ policy, assignedBy, invoiceId: id, issuedOn, dueOn, termsDays, timeZone });
  await insertInvoice(tx, {
    id,
    kind,
    customerId,
    correctsInvoiceId: item.id,
    currency,
    totals: {
      netMinor: amountMinor,
      taxMinor: 0,
      grossMinor: amountMinor,
      taxes: [],
      lines: lines.map(({ text, minor }, index) => ({
        lineNumber: index + 1,
        sku: '',
        description: text,
        quantity: 1,
        unitPriceMinor: minor,
        taxCategory: 'O',
        taxRate: '0',
        netMinor: minor,
      })),
    },
    issuedOn,
    dueOn,
    plan,
    holderWorkflowId: receivableWorkflowId(id),
    facts: { principalInvoiceId: item.id, ...facts, ...parties },
    at,
  });
  account.openReceivablesMinor += amountMinor;
  await book(
    tx,
    { eventId: `${id}:issue`, kind, bookedOn: issuedOn, currency, customerId, invoiceId: id, at },
    interestNoted({ amountMinor }),
  );
  const amount = formatMoney({ currency, amountMinor });
  await record(tx, {
    at,
    actor: system,
    action: kind === 'interest-note' ? 'interest-noted' : 'fee-charged',
    summary:
      kind === 'interest-note'
        ? `${id}: ${amount} late interest on ${item.id}, due ${dueOn}`
        : `${id}: ${amount} charged for ${item.id}, due ${dueOn}: ${lines.map(({ text }) => text).join(', ')}`,
    policyVersion: policyLabel(item.plan),
    customerId,
    orderId: item.orderId ?? undefined,
    invoiceId: id,
    after: facts,
  });
  await tell(tx, {
    key: `${id}:${kind}`,
    kind,
    customerId,
    invoiceId: id,
    facts: { invoiceId: id, principalInvoiceId: item.id, grossMinor: amountMinor, currency, dueOn, ...facts },
    at,
  });
  await enqueue(tx, {
    kind: 'start-receivable',
    invoiceId: id,
    input: {
      invoice: { invoiceId: id, customerId, grossMinor: amountMinor, currency, dueOn, plan },
      clockOffsetMs: note.offsetMs,
    },
  });
  return id;
}
