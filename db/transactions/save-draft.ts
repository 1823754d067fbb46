import { Refusal } from '../../domain/failures.ts';
import { compareDates, type IsoDate, localDate } from '../../domain/time.ts';
import { only, type Transaction } from '../client.ts';
import { customerExists } from '../queries/customers.ts';
import { type Actor, record } from '../statements/audit.ts';
import { readCompany } from '../statements/company.ts';
import { lockDraft } from '../statements/drafts.ts';
import type { OrderRequest } from '../statements/order-intake.ts';
import { openQuote } from '../statements/quotes.ts';

export interface SaveDraftInput {
  /** Absent: a new one. */
  id?: string;
  order: OrderRequest;
  note?: string | undefined;
  validUntil: IsoDate;
  actor: Actor;
  at: string;
}

/** Keeps an order that is not placed yet. It promises nothing: price, credit and stock are looked at when it is placed. */
export async function saveDraft(tx: Transaction, input: SaveDraftInput): Promise<{ id: string }> {
  const { order, note, validUntil, actor, at } = input;
  const before = input.id === undefined ? undefined : await lockDraft(tx, input.id);
  if (before?.orderId) throw new Refusal(409, 'draft-placed', `${before.id} is ${before.orderId} already.`);
  const { timeZone } = await readCompany(tx);
  const today = localDate(at, timeZone);
  const quote = before && (await openQuote(tx, before.id, today));
  if (quote) {
    throw new Refusal(
      409,
      'draft-quoted',
      `${before.id} is offered as ${quote.id} until ${quote.validUntil}: what it says stands.`,
      {
        extra: { quoteId: quote.id },
      },
    );
  }
  const faults = [];
  if (!(await customerExists(tx, order.customerId))) {
    const detail = `There is no customer ${order.customerId}.`;
    faults.push({ path: '/order/customerId', code: 'unknown-customer', detail });
  }
  if (compareDates(validUntil, today) < 0) {
    faults.push({ path: '/validUntil', code: 'past-date', detail: `${validUntil} is before today.` });
  }
  if (faults.length > 0) throw new Refusal(422, 'invalid-draft', 'The draft cannot be kept.', { faults });

  const values = [order.customerId, JSON.stringify(order), note, validUntil, actor.name, at];
  const { id } = only(
    before
      ? await tx.query<{ id: string }>(
          `UPDATE drafts SET customer_id = $1, request = $2, note = $3, valid_until = $4, changed_by = $5, at = $6,
             version = version + 1 WHERE id = $7 RETURNING id`,
          [...values, before.id],
        )
      : await tx.query<{ id: string }>(
          `INSERT INTO drafts (customer_id, request, note, valid_until, changed_by, at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
          values,
        ),
  );
  await record(tx, {
    at,
    actor,
    action: before ? 'draft-changed' : 'draft-created',
    summary: `${id} was ${before ? 'changed' : 'prepared'}, valid until ${validUntil}`,
    customerId: order.customerId,
    before: before && { order: before.order, note: before.note, validUntil: before.validUntil },
    after: { order, note, validUntil },
  });
  return { id };
}
