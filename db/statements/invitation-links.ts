import type { Queryable } from '../client.ts';
import { linkTokenHash, newLinkToken } from './link-tokens.ts';

/** Long enough for a week away, and no longer than a mail should open anything. */
const daysOfAnInvitation = 7;

/**
 * Makes the token of a link for the mail of an invitation and keeps its hash. Each attempt to send gets one of its own, because which of
 * two mails arrives is not known. Undefined once the invitation was used, ended or followed by another: that mail is not to be sent.
 */
export async function createInvitationLink(db: Queryable, { noticeKey }: { noticeKey: string }): Promise<string | undefined> {
  const { token, hash } = newLinkToken();
  const { rowCount } = await db.query(
    `INSERT INTO invitation_links (token_hash, user_id, notice_key, expires_at)
     SELECT $1::bytea, id, $2, clock_timestamp() + make_interval(days => $3) FROM users
     WHERE invitation_key = $2 AND disabled_at IS NULL`,
    [hash, noticeKey, daysOfAnInvitation],
  );
  return rowCount === 1 ? token : undefined;
}

/** Whom the token lets choose a password; undefined for a wrong, expired, used or ended one. */
export async function invitedBy(db: Queryable, token: string): Promise<string | undefined> {
  const hash = linkTokenHash(token);
  if (!hash) return undefined;
  const { rows } = await db.query<{ id: string }>(
    `SELECT u.id FROM invitation_links l JOIN users u ON u.id = l.user_id AND u.invitation_key = l.notice_key
     WHERE l.token_hash = $1 AND l.expires_at > clock_timestamp() AND u.disabled_at IS NULL`,
    [hash],
  );
  return rows[0]?.id;
}
