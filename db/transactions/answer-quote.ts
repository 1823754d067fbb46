import { Refusal } from '../../domain/failures.ts';
import { formatMoney } from '../../domain/money.ts';
import { localDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import type { Quote } from '../queries/quotes.ts';
import { type Actor, record } from '../statements/audit.ts';
import { readCompany } from '../statements/company.ts';
import { lockQuote } from '../statements/quotes.ts';
import { orderDraft } from './place-draft.ts';
import type { PlacedOrder } from './place-order.ts';

export interface AnswerQuoteInput {
  quoteId: string;
  /** Whose quote it must be; undefined for staff. */
  customerId: string | undefined;
  actor: Actor;
  at: string;
}

/** Makes a quote an order at the prices that it holds: one order, however often and by whomever it is accepted (O1). */
export async function acceptQuote(tx: Transaction, input: AnswerQuoteInput): Promise<PlacedOrder> {
  const { quoteId, actor, at } = input;
  const { timeZone } = await readCompany(tx);
  const { draft, quote } = await lockQuote(tx, { ...input, today: localDate(at, timeZone) });
  if (quote.status !== 'accepted') mustBeOpen(quote);
  const { order, replayed } = await orderDraft(tx, { draft, quotedPrices: quote.lines, actor, at });
  if (replayed) return order;
  // The prices hold, but what was accepted is the amount: taxes and their rounding may have changed since.
  if (order.grossMinor !== quote.grossMinor) {
    const { currency, grossMinor: quotedMinor } = quote;
    const [offered, now] = [quotedMinor, order.grossMinor].map((amountMinor) => formatMoney({ currency, amountMinor }));
    throw new Refusal(409, 'quote-changed', `${quoteId} was over ${offered}, and would come to ${now} now: ask for a new one.`, {
      extra: { quotedGrossMinor: quotedMinor, grossMinor: order.grossMinor, currency },
    });
  }
  await tx.query(`UPDATE quotes SET status = 'accepted', accepted_by = $2, accepted_at = $3, order_id = $4 WHERE id = $1`, [
    quoteId,
    actor.name,
    at,
    order.id,
  ]);
  await record(tx, {
    at,
    actor,
    action: 'quote-accepted',
    summary: `${quoteId} was accepted and became ${order.id}`,
    customerId: quote.customerId,
    orderId: order.id,
  });
  return order;
}

/** Ends a quote; its draft may be changed again, and offered anew. */
export async function declineQuote(tx: Transaction, input: AnswerQuoteInput & { reason: string }): Promise<void> {
  const { quoteId, reason, actor, at } = input;
  const { timeZone } = await readCompany(tx);
  const { quote } = await lockQuote(tx, { ...input, today: localDate(at, timeZone) });
  if (quote.status === 'declined' && quote.statusReason === reason) return;
  mustBeOpen(quote);
  await tx.query("UPDATE quotes SET status = 'declined', status_reason = $2, declined_by = $3, declined_at = $4 WHERE id = $1", [
    quoteId,
    reason,
    actor.name,
    at,
  ]);
  await record(tx, {
    at,
    actor,
    reason,
    action: 'quote-declined',
    summary: `${quoteId} was declined`,
    customerId: quote.customerId,
  });
}

function mustBeOpen({ id, status, validUntil, orderId }: Quote): void {
  if (status === 'expired') throw new Refusal(409, 'quote-expired', `${id} was valid until ${validUntil}; ask for a new one.`);
  if (status === 'declined') throw new Refusal(409, 'quote-declined', `${id} was declined.`);
  if (status === 'accepted') throw new Refusal(409, 'quote-accepted', `${id} is ${orderId} already.`);
}
