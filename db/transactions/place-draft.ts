import { createHash } from 'node:crypto';
import { Refusal } from '../../domain/failures.ts';
import type { ChosenPrice } from '../../domain/prices.ts';
import { compareDates, localDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import type { Draft } from '../queries/drafts.ts';
import { type Actor, record } from '../statements/audit.ts';
import { readCompany } from '../statements/company.ts';
import { lockDraft } from '../statements/drafts.ts';
import { openQuote } from '../statements/quotes.ts';
import { type PlacedOrder, placeOrder } from './place-order.ts';

/**
 * Turns a draft into an order, by the same intake as every order and under the draft's id as its key: it becomes one order,
 * however often it is placed. Intake's refusals leave the draft as it was. A draft that has been quoted waits for the answer.
 */
export async function placeDraft(tx: Transaction, input: { id: string; actor: Actor; at: string }): Promise<PlacedOrder> {
  const { id, actor, at } = input;
  const draft = await lockDraft(tx, id);
  const { timeZone } = await readCompany(tx);
  const today = localDate(at, timeZone);
  if (draft.orderId === null) {
    const quote = await openQuote(tx, id, today);
    if (quote) {
      throw new Refusal(
        409,
        'draft-quoted',
        `${id} is offered as ${quote.id}: accept it for the customer, or decline it first.`,
        {
          extra: { quoteId: quote.id },
        },
      );
    }
    if (compareDates(today, draft.validUntil) > 0) {
      throw new Refusal(
        409,
        'draft-expired',
        `${id} was valid until ${draft.validUntil}; look it through and give it another day.`,
      );
    }
  }
  return (await orderDraft(tx, { draft, actor, at })).order;
}

/** Places the order of a draft that the caller has locked, at the prices that were quoted or at those of now. */
export async function orderDraft(
  tx: Transaction,
  { draft, quotedPrices, actor, at }: { draft: Draft; quotedPrices?: readonly ChosenPrice[]; actor: Actor; at: string },
): Promise<{ order: PlacedOrder; replayed: boolean }> {
  const { id } = draft;
  const { order, replayed } = await placeOrder(tx, {
    request: draft.order,
    actor: actor.name,
    principal: 'draft',
    idempotencyKey: id,
    fingerprint: createHash('sha256').update(JSON.stringify(draft.order)).digest('base64url'),
    quotedPrices,
  });
  if (replayed) return { order, replayed };
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
  return { order, replayed };
}
