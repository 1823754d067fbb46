import { Refusal } from '../../domain/failures.ts';
import type { Transaction } from '../client.ts';
import type { Actor } from '../statements/audit.ts';
import { lockAccount } from '../statements/credit.ts';
import { blockingClocks, endClocks } from '../statements/documentation.ts';
import { dunAfterClock } from './take-receivable-step.ts';

interface EndClockInput {
  clockId: string;
  actor: Actor;
  at: string;
}

/** A person says which payment it was that a clock waited for (P1); of what it did not pay, the letters that waited go out. */
export async function linkPayment(
  tx: Transaction,
  { paymentId, ...input }: EndClockInput & { paymentId: string },
): Promise<void> {
  const { clockId, actor, at } = input;
  const { customerId } = await openClock(tx, input);
  const { rows } = await tx.query<{ customerId: string }>('SELECT customer_id AS "customerId" FROM payments WHERE id = $1', [
    paymentId,
  ]);
  if (!rows[0] || (customerId !== null && rows[0].customerId !== customerId)) {
    const detail = `${customerId ?? 'Nobody'} has no payment ${paymentId}.`;
    throw new Refusal(422, 'unknown-payment', detail, { faults: [{ path: '/paymentId', code: 'unknown-payment', detail }] });
  }
  const blocking = customerId === null ? [] : await blockingClocks(tx, customerId, [clockId]);
  await endClocks(tx, { ids: [clockId], paymentId, actor, at });
  if (customerId === null || blocking.length === 0) return;
  await dunAfterClock(tx, { account: await lockAccount(tx, customerId), clockId, at });
}

/** A person has looked and found no such money: the letters that waited for it go out. */
export async function rejectClock(tx: Transaction, { reason, ...input }: EndClockInput & { reason: string }): Promise<void> {
  const { clockId, actor, at } = input;
  const { customerId } = await openClock(tx, input);
  await endClocks(tx, { ids: [clockId], reason, actor, at });
  if (customerId !== null) await dunAfterClock(tx, { account: await lockAccount(tx, customerId), clockId, at });
}

async function openClock(tx: Transaction, { clockId }: EndClockInput): Promise<{ customerId: string | null }> {
  const unlocked = await tx.query<{ customerId: string | null }>(
    'SELECT customer_id AS "customerId" FROM documentation_clocks WHERE id = $1',
    [clockId],
  );
  const clock = unlocked.rows[0];
  if (!clock) throw new Refusal(404, 'unknown-clock', `There is no documentation clock ${clockId}.`);
  if (clock.customerId !== null) await lockAccount(tx, clock.customerId);
  const { rows } = await tx.query<{ status: string }>('SELECT status FROM documentation_clocks WHERE id = $1 FOR UPDATE', [
    clockId,
  ]);
  const { status } = rows[0]!;
  if (status !== 'running' && status !== 'lapsed') throw new Refusal(409, 'clock-state', `${clockId} is ${status} already.`);
  return clock;
}
