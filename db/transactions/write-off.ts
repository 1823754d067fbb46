import { Refusal } from '../../domain/failures.ts';
import { takesTwo } from '../../domain/four-eyes.ts';
import { writtenOff } from '../../domain/ledger.ts';
import { formatMoney, sumMinor } from '../../domain/money.ts';
import { policyRateInWords } from '../../domain/policy-amount.ts';
import { endOfBusinessDay, localDate } from '../../domain/time.ts';
import { only, type Transaction } from '../client.ts';
import { readWriteOff, type WriteOff } from '../queries/write-offs.ts';
import { type Actor, record } from '../statements/audit.ts';
import { finishApplication, lockReceivables, payItems, type Receivables } from '../statements/cash-application.ts';
import { readCompany, readPolicy } from '../statements/company.ts';
import { readPolicyRate } from '../statements/exchange-rates.ts';
import { mayDecide } from '../statements/four-eyes.ts';
import { book } from '../statements/ledger.ts';
import { finishTasks, openTask } from '../statements/tasks.ts';
import { changeFreeze } from './change-credit.ts';

interface Input {
  reason: string;
  actor: Actor;
  at: string;
  offsetMs: number;
}

/**
 * Proposes to give up what is open of an item, or a part of it (P6). From the policy's amount up a second person must approve it; below, it
 * is written off at once. Parts that nobody else agreed to count together, because a large amount cut into small ones is still large.
 */
export async function proposeWriteOff(
  tx: Transaction,
  input: Input & { invoiceId: string; amountMinor?: number | undefined },
): Promise<WriteOff> {
  const { invoiceId, reason, actor, at } = input;
  const { rows } = await tx.query<{ customerId: string }>('SELECT customer_id AS "customerId" FROM invoices WHERE id = $1', [
    invoiceId,
  ]);
  if (!rows[0]) throw new Refusal(404, 'unknown-invoice', `There is no invoice ${invoiceId}.`);
  const { customerId } = rows[0];
  const receivables = await lockReceivables(tx, customerId);
  const item = openItem(receivables, invoiceId);
  const proposed = await tx.query<{ id: string }>("SELECT id FROM write_offs WHERE invoice_id = $1 AND status = 'proposed'", [
    invoiceId,
  ]);
  if (proposed.rows[0]) throw new Refusal(409, 'proposed-already', `${proposed.rows[0].id} waits for a second person already.`);
  const policy = await readPolicy(tx, 'collections');
  const amountMinor = input.amountMinor ?? item.openMinor;
  if (amountMinor > item.openMinor) {
    const detail = `${item.openMinor} of ${invoiceId} is open.`;
    const faults = [{ path: '/amountMinor', code: 'more-than-open', detail }];
    throw new Refusal(422, 'invalid-write-off', 'More cannot be given up than is open.', { faults });
  }
  const { aloneMinor } = only(
    await tx.query<{ aloneMinor: number }>(
      `SELECT coalesce(sum(a.amount_minor), 0)::bigint AS "aloneMinor"
       FROM write_offs w JOIN write_off_applications a ON a.write_off_id = w.id WHERE w.invoice_id = $1 AND NOT w.four_eyes`,
      [invoiceId],
    ),
  );
  const { timeZone } = await readCompany(tx);
  const policyRate = await readPolicyRate(tx, item.currency, localDate(at, timeZone));
  const fourEyes = takesTwo(sumMinor([aloneMinor, amountMinor]), policy.writeOffFourEyesFromMinor, policyRate);
  const { id } = only(
    await tx.query<{ id: string }>(
      `INSERT INTO write_offs (customer_id, invoice_id, currency, proposed_minor, four_eyes, reason, proposed_by, proposed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`,
      [customerId, invoiceId, item.currency, amountMinor, fourEyes, reason, actor.name, at],
    ),
  );
  const money = formatMoney({ currency: item.currency, amountMinor });
  await record(tx, {
    at,
    actor,
    action: 'write-off-proposed',
    summary: `${id}: ${money} of ${invoiceId} to be written off${fourEyes ? '; a second person must agree' : ''}${policyRateInWords(policyRate)}`,
    reason,
    policyVersion: `collections v${policy.version}`,
    customerId,
    orderId: item.orderId ?? undefined,
    invoiceId,
    after: { id, amountMinor, openMinor: item.openMinor, policyRate },
  });
  if (!fourEyes) {
    await giveUp(tx, { ...input, id, customerId, invoiceId, proposedMinor: amountMinor }, receivables);
    return (await readWriteOff(tx, id))!;
  }
  await openTask(tx, {
    key: `${id}:decision`,
    kind: 'write-off',
    role: 'finance',
    title: `Decide whether ${money} of ${invoiceId}, ${customerId}, is written off`,
    details: { writeOffId: id, amountMinor, openMinor: item.openMinor, currency: item.currency, reason, proposedBy: actor.name },
    customerId,
    orderId: item.orderId ?? undefined,
    invoiceId,
    dueAt: endOfBusinessDay(at, timeZone),
    at,
  });
  return (await readWriteOff(tx, id))!;
}

/**
 * Writes a proposed item off, for as much of the proposal as is open of it by now, or turns the proposal down. Approving takes another
 * person.
 */
export async function decideWriteOff(
  tx: Transaction,
  input: Input & { id: string; decision: 'approve' | 'reject' },
): Promise<WriteOff> {
  const { id, decision, reason, actor, at } = input;
  const found = await readWriteOff(tx, id);
  if (!found) throw new Refusal(404, 'unknown-write-off', `There is no write-off ${id}.`);
  const { customerId, invoiceId } = found;
  const receivables = await lockReceivables(tx, customerId);
  // What stands in it changes under the account's lock.
  const proposal = (await readWriteOff(tx, id))!;
  mayDecide(proposal, decision, actor);
  if (decision === 'approve') await giveUp(tx, { ...proposal, ...input }, receivables);
  else {
    await setDecision(tx, id, 'rejected', input);
    await record(tx, {
      at,
      actor,
      action: 'write-off-rejected',
      summary: `${id}, proposed by ${proposal.proposedBy}, is rejected`,
      reason,
      customerId,
      invoiceId,
      after: { id },
    });
  }
  await finishTasks(tx, { keys: [`${id}:decision`] }, { status: 'completed', by: actor.name, outcome: { decision }, at });
  return (await readWriteOff(tx, id))!;
}

/**
 * Settles the item, or a part of it, without money: the allowance pays for it. Of a whole one dunning and its tasks end, its workflow hears
 * of it and closes the order; the rest of one that is given up in part is collected on. No interest is asked for what is given up. The policy says whether the customer's credit is frozen with it.
 */
async function giveUp(
  tx: Transaction,
  {
    id,
    customerId,
    invoiceId,
    proposedMinor,
    reason,
    actor,
    at,
    offsetMs,
  }: Input & Pick<WriteOff, 'id' | 'customerId' | 'invoiceId' | 'proposedMinor'>,
  receivables: Receivables,
): Promise<void> {
  const { openMinor, currency, orderId } = openItem(receivables, invoiceId);
  const amountMinor = Math.min(proposedMinor, openMinor);
  const [policy, { timeZone }] = await Promise.all([readPolicy(tx, 'collections'), readCompany(tx)]);
  const today = localDate(at, timeZone);
  await setDecision(tx, id, 'approved', { reason, actor, at });
  const money = { writeOffId: id, currency, how: 'written off', cause: id, actor, at, today, offsetMs } as const;
  await payItems(tx, receivables, money, [{ invoiceId, amountMinor, valueOn: today }]);
  const entry = { eventId: `${id}:write-off`, kind: 'write-off', bookedOn: today, currency, customerId, invoiceId, at };
  await book(tx, { ...entry, orderId: orderId ?? undefined }, writtenOff({ amountMinor }));
  await finishApplication(tx, receivables.account, money);
  if (policy.freezeOnWriteOff && receivables.account.standing !== 'frozen') {
    await changeFreeze(tx, {
      customerId,
      frozen: true,
      reason: `${id}: ${formatMoney({ currency, amountMinor })} written off, by collections v${policy.version}`,
      actor,
      at,
    });
  }
}

/** The item, or the refusal of one that is not owed any more, or that somebody still looks into. */
function openItem({ items }: Receivables, invoiceId: string) {
  const item = items.find(({ id }) => id === invoiceId);
  if (!item) throw new Refusal(409, 'nothing-open', `Nothing of ${invoiceId} is open any more.`);
  if (item.disputedMinor > 0) throw new Refusal(409, 'disputed', `${invoiceId} is disputed: resolve that first.`);
  return item;
}

async function setDecision(
  tx: Transaction,
  id: string,
  status: 'approved' | 'rejected',
  { actor, at, reason }: Pick<Input, 'actor' | 'at' | 'reason'>,
): Promise<void> {
  await tx.query('UPDATE write_offs SET status = $2, decided_by = $3, decided_at = $4, decision_reason = $5 WHERE id = $1', [
    id,
    status,
    actor.name,
    at,
    reason,
  ]);
}
