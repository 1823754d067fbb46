import { type IsoInstant, plusSeconds } from '../../domain/time.ts';
import type { Queryable, Transaction } from '../client.ts';
import { linkTokenHash, newLinkToken } from './link-tokens.ts';

/** How long a link opens its invoice: longer than most terms and the letters after them. */
const daysOfALink = 180;

/**
 * Makes a link's token for the mail of a notice and keeps its hash. Each attempt to send gets a token of its own: which of two
 * mails arrives is not known, so each of them has to be good. Unless the invoice's links were ended after the mail was owed: a mail that
 * is tried again then brings none of them back, and its link opens nothing like the others.
 */
export async function createInvoiceLink(
  db: Queryable,
  { noticeKey, invoiceId, at }: { noticeKey: string; invoiceId: string; at: IsoInstant },
): Promise<string> {
  const { token, hash } = newLinkToken();
  await db.query(
    `INSERT INTO invoice_links (token_hash, invoice_id, notice_key, expires_at, at, revoked_at)
     SELECT $1::bytea, $2, n.key, $4::timestamptz, $5::timestamptz, (SELECT max(l.revoked_at) FROM invoice_links l WHERE l.invoice_id = $2 AND l.revoked_at >= n.at)
     FROM notices n WHERE n.key = $3`,
    [hash, invoiceId, noticeKey, plusSeconds(at, daysOfALink * 86_400), at],
  );
  return token;
}

/** The invoice that the token opens at this time; undefined for a wrong, expired or revoked one. */
export async function openLink(
  tx: Transaction,
  { token, at }: { token: string; at: IsoInstant },
): Promise<{ invoiceId: string; isFirstView: boolean } | undefined> {
  const hash = linkTokenHash(token);
  if (!hash) return undefined;
  const { rows } = await tx.query<{ invoiceId: string; isFirstView: boolean }>(
    `SELECT invoice_id AS "invoiceId", first_viewed_at IS NULL AS "isFirstView" FROM invoice_links
     WHERE token_hash = $1 AND expires_at > $2 AND revoked_at IS NULL`,
    [hash, at],
  );
  const link = rows[0];
  if (!link?.isFirstView) return link;
  const viewed = await tx.query(
    'UPDATE invoice_links SET first_viewed_at = $2 WHERE token_hash = $1 AND first_viewed_at IS NULL RETURNING 1',
    [hash, at],
  );
  return { ...link, isFirstView: viewed.rows.length > 0 };
}

/** Ends every link of the invoice; gives how many there were. */
export async function endLinks(tx: Transaction, invoiceId: string, at: IsoInstant): Promise<number> {
  const { rows } = await tx.query(
    'UPDATE invoice_links SET revoked_at = $2 WHERE invoice_id = $1 AND revoked_at IS NULL AND expires_at > $2 RETURNING 1',
    [invoiceId, at],
  );
  return rows.length;
}
