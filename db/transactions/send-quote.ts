import { Refusal } from '../../domain/failures.ts';
import { formatMoney } from '../../domain/money.ts';
import { compareDates, localDate } from '../../domain/time.ts';
import { only, type Transaction } from '../client.ts';
import { priceOrder } from '../queries/order-prices.ts';
import { type Quote, quoteColumns } from '../queries/quotes.ts';
import { type Actor, record } from '../statements/audit.ts';
import { readCompany } from '../statements/company.ts';
import { lockDraft } from '../statements/drafts.ts';
import { tell } from '../statements/notices.ts';
import { openQuote } from '../statements/quotes.ts';

/**
 * Offers a draft to its customer at the prices of now, which hold through the draft's last day (O1). One that is open already
 * is the answer, and no second mail. Stock is not promised: it is looked at when the quote is accepted.
 */
export async function sendQuote(tx: Transaction, input: { draftId: string; actor: Actor; at: string }): Promise<Quote> {
  const { draftId, actor, at } = input;
  const draft = await lockDraft(tx, draftId);
  if (draft.orderId) throw new Refusal(409, 'draft-placed', `${draftId} is ${draft.orderId} already.`);
  const { timeZone } = await readCompany(tx);
  const today = localDate(at, timeZone);
  const open = await openQuote(tx, draftId, today);
  if (open) return open;
  const { customerId, validUntil } = draft;
  if (compareDates(today, validUntil) > 0) {
    throw new Refusal(409, 'draft-expired', `${draftId} was valid until ${validUntil}; look it through and give it another day.`);
  }
  const { currency } = draft.order;
  const { netMinor, taxMinor, grossMinor, lines } = await priceOrder(tx, draft.order, today, '/order');
  await tx.query("UPDATE quotes SET status = 'expired' WHERE draft_id = $1 AND status = 'sent'", [draftId]);
  const quote = only(
    await tx.query<Quote>(
      `INSERT INTO quotes (draft_id, customer_id, currency, net_minor, tax_minor, gross_minor, lines, valid_until, sent_by, sent_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING ${quoteColumns}`,
      [draftId, customerId, currency, netMinor, taxMinor, grossMinor, JSON.stringify(lines), validUntil, actor.name, at],
    ),
  );
  await record(tx, {
    at,
    actor,
    action: 'quote-sent',
    summary: `${quote.id}: ${formatMoney({ currency, amountMinor: grossMinor })} until ${validUntil}`,
    customerId,
    after: { draftId, netMinor, taxMinor, grossMinor, lines },
  });
  await tell(tx, {
    key: `${quote.id}:sent`,
    kind: 'quote',
    customerId,
    facts: { quoteId: quote.id, validUntil, currency, netMinor, taxMinor, grossMinor, lines },
    at,
  });
  return quote;
}
