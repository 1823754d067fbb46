import { type DunningPlan, type DunningPolicy, type PolicyAssignment, planDunning, policyLabel } from '../../domain/dunning.ts';
import { receivableWorkflowId } from '../../domain/ids.ts';
import { interestNoted } from '../../domain/ledger.ts';
import { formatMoney, sumMinor } from '../../domain/money.ts';
import { addDays, type IsoDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { record, system } from './audit.ts';
import type { CreditAccountRow } from './credit.ts';
import { assignedPolicy, policyOf } from './dunning-policies.ts';
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
  const policy = await policyOf(tx, item.plan);
  const termsDays = policy.interestNoteTermsDays;
  const dueOn = addDays(issuedOn, termsDays);
  const { id, amountMinor } = await openItemOf(tx, account, {
    ...note,
    customerId,
    currency,
    correctsInvoiceId: item.id,
    policy,
    assignedBy: item.plan.assignedBy,
    termsDays,
    dueOn,
    facts: { principalInvoiceId: item.id, ...facts },
  });
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
  return id;
}

interface ReturnedRefund {
  customerId: string;
  currency: string;
  paymentId: string;
  amountMinor: number;
  today: IsoDate;
  offsetMs: number;
  at: string;
}

/**
 * A payment is returned by its bank after money of it had gone back as a refund: its customer has had that twice and owes it, due
 * today (P2): the bank may tell of its day weeks later, and nobody is handed to collections for what nobody has asked for yet. The entry that
 * takes the payment back books it. The account is locked, and its buckets are saved, by the caller.
 */
export async function billReturnedRefund(tx: Transaction, account: CreditAccountRow, refund: ReturnedRefund): Promise<string> {
  const { customerId, currency, paymentId, amountMinor, today: dueOn, at } = refund;
  const { policy, assignedBy } = await assignedPolicy(tx, customerId);
  const { id, plan } = await openItemOf(tx, account, {
    ...refund,
    kind: 'returned-refund',
    lines: [{ text: `Refund of ${paymentId}, which its bank took back afterwards`, minor: amountMinor }],
    policy,
    assignedBy,
    termsDays: 0,
    dueOn,
    facts: { paymentId },
  });
  await record(tx, {
    at,
    actor: system,
    action: 'refund-owed-again',
    summary: `${id}: ${formatMoney({ currency, amountMinor })} of ${paymentId} was refunded and then returned by its bank, due ${dueOn}`,
    policyVersion: policyLabel(plan),
    customerId,
    invoiceId: id,
    after: { paymentId },
  });
  return id;
}

interface NewItem {
  policy: DunningPolicy;
  assignedBy: PolicyAssignment | undefined;
  kind: NewNote['kind'] | 'returned-refund';
  customerId: string;
  currency: string;
  correctsInvoiceId?: string;
  lines: NewNote['lines'];
  facts: Record<string, unknown>;
  termsDays: number;
  dueOn: IsoDate;
  today: IsoDate;
  offsetMs: number;
  at: string;
}

/** Writes a debit item that bills no goods, and has it collected by a workflow of its own; what it comes to is for the caller to book. */
async function openItemOf(
  tx: Transaction,
  account: CreditAccountRow,
  item: NewItem,
): Promise<{ id: string; amountMinor: number; plan: DunningPlan }> {
  const { kind, customerId, currency, lines, facts, policy, assignedBy, termsDays, dueOn, today: issuedOn, at } = item;
  const amountMinor = sumMinor(lines.map(({ minor }) => minor));
  const parties = await partiesOf(tx, customerId);
  const { timeZone } = parties.seller;
  const id = await nextInvoiceNumber(tx, kind, Number(issuedOn.slice(0, 4)));
  const plan = planDunning({ policy, assignedBy, invoiceId: id, issuedOn, dueOn, termsDays, timeZone });
  await insertInvoice(tx, {
    id,
    kind,
    customerId,
    correctsInvoiceId: item.correctsInvoiceId,
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
    facts: { ...facts, ...parties },
    at,
  });
  account.openReceivablesMinor += amountMinor;
  await enqueue(tx, {
    kind: 'start-receivable',
    invoiceId: id,
    input: {
      invoice: { invoiceId: id, customerId, grossMinor: amountMinor, currency, dueOn, plan },
      clockOffsetMs: item.offsetMs,
    },
  });
  return { id, amountMinor, plan };
}
