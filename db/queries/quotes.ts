import { type QuoteStatus, quoteStatusOn } from '../../domain/quote.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Queryable } from '../client.ts';
import type { PricedOrder } from './order-prices.ts';
import { filter, type Page } from './page.ts';

export interface Quote extends PricedOrder {
  id: string;
  draftId: string;
  customerId: string;
  currency: string;
  validUntil: IsoDate;
  status: QuoteStatus;
  statusReason: string | null;
  sentBy: string;
  sentAt: string;
  acceptedBy: string | null;
  acceptedAt: string | null;
  declinedBy: string | null;
  declinedAt: string | null;
  /** The order that it became. */
  orderId: string | null;
}

export const quoteColumns = `id, draft_id AS "draftId", customer_id AS "customerId", currency,
  net_minor AS "netMinor", tax_minor AS "taxMinor", gross_minor AS "grossMinor", lines, valid_until AS "validUntil",
  status, status_reason AS "statusReason", sent_by AS "sentBy", sent_at AS "sentAt", accepted_by AS "acceptedBy",
  accepted_at AS "acceptedAt", declined_by AS "declinedBy", declined_at AS "declinedAt", order_id AS "orderId"`;

export const asOf =
  (today: IsoDate) =>
  (quote: Quote): Quote => ({ ...quote, status: quoteStatusOn(quote, today) });

/** As of a day; undefined for one that is not there, or not this customer's. */
export async function readQuote(
  db: Queryable,
  id: string,
  { today, customerId }: { today: IsoDate; customerId?: string | undefined },
): Promise<Quote | undefined> {
  const { rows } = await db.query<Quote>(
    `SELECT ${quoteColumns} FROM quotes WHERE id = $1 AND ($2::text IS NULL OR customer_id = $2)`,
    [id, customerId],
  );
  return rows.map(asOf(today))[0];
}

/** Newest first, as of a day. */
export async function listQuotes(
  db: Queryable,
  wanted: { customerId?: string | undefined; draftId?: string | undefined; status?: QuoteStatus | undefined },
  today: IsoDate,
  page: Page,
): Promise<Quote[]> {
  const { status } = wanted;
  const { where, limit, values } = filter(
    {
      'customer_id = ?': wanted.customerId,
      'draft_id = ?': wanted.draftId,
      'status = ?': status === 'accepted' || status === 'declined' ? status : undefined,
      "status = 'sent' AND valid_until >= ?": status === 'sent' ? today : undefined,
      "(status = 'expired' OR status = 'sent' AND valid_until < ?)": status === 'expired' ? today : undefined,
      'id < ?': page.after,
    },
    page.limit,
  );
  const { rows } = await db.query<Quote>(`SELECT ${quoteColumns} FROM quotes ${where} ORDER BY id DESC ${limit}`, values);
  return rows.map(asOf(today));
}

/** As it is written down, whatever the day; undefined when there is no such quote. */
export async function keptQuoteStatus(db: Queryable, id: string): Promise<QuoteStatus | undefined> {
  return (await db.query<{ status: QuoteStatus }>('SELECT status FROM quotes WHERE id = $1', [id])).rows[0]?.status;
}
