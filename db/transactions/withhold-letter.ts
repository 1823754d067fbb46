import type { Transaction } from '../client.ts';
import { record, system } from '../statements/audit.ts';
import { lockAccount } from '../statements/credit.ts';
import { lettersWaitUntil } from '../statements/documentation.ts';

interface WrittenLetter {
  key: string;
  kind: 'reminder' | 'dunning';
  customerId: string;
  invoiceId: string | null;
  facts: { items?: { invoiceId: string; level: number; lastNoticeOn?: string | null }[] };
}

/**
 * Keeps a letter back that is written and not sent yet, when the customer has said meanwhile that it has paid (P1). The items that it
 * would have raised are where they were before, so that a later letter begins there. Gives whether the letter was kept back.
 */
export async function withholdLetter(tx: Transaction, { key, at }: { key: string; at: string }): Promise<{ withheld: boolean }> {
  const found = await tx.query<WrittenLetter>(
    `SELECT key, kind, customer_id AS "customerId", invoice_id AS "invoiceId", facts FROM notices WHERE key = $1 AND status = 'queued'`,
    [key],
  );
  const letter = found.rows[0];
  if (!letter) return { withheld: false };
  const { customerId } = letter;
  await lockAccount(tx, customerId);
  const until = await lettersWaitUntil(tx, customerId, at);
  if (until === undefined) return { withheld: false };
  const suppressed = await tx.query(
    `UPDATE notices SET status = 'suppressed', status_reason = 'candidate-payment' WHERE key = $1 AND status = 'queued' RETURNING 1`,
    [key],
  );
  if (suppressed.rows.length === 0) return { withheld: true };
  const items = letter.facts.items ?? [];
  for (const { invoiceId, level, lastNoticeOn = null } of items) {
    await tx.query('UPDATE invoices SET dunning_level = $2 - 1, last_notice_on = $3 WHERE id = $1 AND dunning_level = $2', [
      invoiceId,
      level,
      lastNoticeOn,
    ]);
  }
  await record(tx, {
    at,
    actor: system,
    action: 'letter-withheld',
    summary: `A ${letter.kind === 'reminder' ? 'reminder' : 'letter'} was not sent: money of the customer may be on its way, until ${until}`,
    customerId,
    invoiceId: letter.invoiceId ?? undefined,
    after: { noticeKey: key, invoiceIds: items.map(({ invoiceId }) => invoiceId) },
  });
  return { withheld: true };
}
