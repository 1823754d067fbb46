import { Refusal } from '../../domain/failures.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import type { Draft } from '../queries/drafts.ts';
import { asOf, type Quote, quoteColumns } from '../queries/quotes.ts';
import { lockDraft } from './drafts.ts';

/** The draft's quote that its customer may still accept on this day. The caller holds the draft's lock. */
export async function openQuote(tx: Transaction, draftId: string, today: IsoDate): Promise<Quote | undefined> {
  const { rows } = await tx.query<Quote>(
    `SELECT ${quoteColumns} FROM quotes WHERE draft_id = $1 AND status = 'sent' AND valid_until >= $2`,
    [draftId, today],
  );
  return rows[0];
}

/** The draft first, then its quote, as of a day; what is another customer's does not exist. */
export async function lockQuote(
  tx: Transaction,
  { quoteId, customerId, today }: { quoteId: string; customerId: string | undefined; today: IsoDate },
): Promise<{ draft: Draft; quote: Quote }> {
  const unknown = new Refusal(404, 'unknown-quote', `There is no quote ${quoteId}.`);
  const owned = await tx.query<{ draftId: string }>(
    'SELECT draft_id AS "draftId" FROM quotes WHERE id = $1 AND ($2::text IS NULL OR customer_id = $2)',
    [quoteId, customerId],
  );
  if (!owned.rows[0]) throw unknown;
  const draft = await lockDraft(tx, owned.rows[0].draftId);
  const { rows } = await tx.query<Quote>(`SELECT ${quoteColumns} FROM quotes WHERE id = $1 FOR UPDATE`, [quoteId]);
  const [quote] = rows.map(asOf(today));
  if (!quote) throw unknown;
  return { draft, quote };
}
