import { createHash } from 'node:crypto';
import { Refusal } from '../../domain/failures.ts';
import { compareDates, localDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import { readCompany } from '../statements/company.ts';
import { lockDraft } from '../statements/drafts.ts';
import { type PlacedOrder, placeOrder } from './place-order.ts';

/**
 * Turns a draft into an order, by the same intake as every order and under the draft's id as its key: it becomes one order,
 * however often it is placed. Intake's refusals leave the draft as it was.
 */
export async function placeDraft(tx: Transaction, input: { id: string; actor: Actor; at: string }): Promise<PlacedOrder> {
  const { id, actor, at } = input;
  const draft = await lockDraft(tx, id);
  const { timeZone } = await readCompany(tx);
  if (draft.orderId === null && compareDates(localDate(at, timeZone), draft.validUntil) > 0) {
    throw new Refusal(
      409,
      'draft-expired',
      `${id} was valid until ${draft.validUntil}; look it through and give it another day.`,
    );
  }
  const { order, replayed } = await placeOrder(tx, {
    request: draft.order,
    actor: actor.name,
    principal: 'draft',
    idempotencyKey: id,
    fingerprint: createHash('sha256').update(JSON.stringify(draft.order)).digest('base64url'),
  });
  if (replayed) return order;
  await tx.query('UPDATE drafts SET order_id = $2, version = version + 1, changed_by = $3, at = $4 WHERE id = $1', [
    id,
    order.id,
    actor.name,
    at,
  ]);
  await record(tx, {
    at,
    actor,
    action: 'draft-placed',
    summary: `${id} became ${order.id}`,
    customerId: draft.customerId,
    orderId: order.id,
  });
  return order;
}
