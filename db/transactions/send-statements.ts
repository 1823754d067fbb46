import type { IsoDate, IsoInstant } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { readStatement } from '../queries/statements.ts';
import { tell } from '../statements/notices.ts';

/** In one transaction; the rest is told by `more`. */
const customersMaximum = 100;

/**
 * Owes each customer that wants one its statement of the period, once per customer and month (A4). Customers with nothing open and
 * nothing moved get none: they are passed over, and looked at again only if the job is run again for the same month.
 */
export async function sendStatements(
  tx: Transaction,
  { from, to, at }: { from: IsoDate; to: IsoDate; at: IsoInstant },
): Promise<{ sent: number; more: boolean }> {
  const month = to.slice(0, 7);
  const { rows } = await tx.query<{ id: string }>(
    `SELECT c.id FROM customers c
     WHERE c.monthly_statements
       AND NOT EXISTS (SELECT FROM notices n WHERE n.key = 'statement:' || c.id || ':' || $3)
       AND (EXISTS (SELECT FROM journal_entries e JOIN postings p ON p.entry_id = e.id
                    WHERE e.customer_id = c.id AND e.booked_on BETWEEN $1 AND $2 AND p.account = 'accounts-receivable')
            OR 0 <> (SELECT coalesce(sum(CASE p.side WHEN 'debit' THEN p.amount_minor ELSE -p.amount_minor END), 0)
                     FROM journal_entries e JOIN postings p ON p.entry_id = e.id
                     WHERE e.customer_id = c.id AND e.booked_on <= $2 AND p.account = 'accounts-receivable'))
     ORDER BY c.id LIMIT $4`,
    [from, to, month, customersMaximum],
  );
  for (const { id } of rows) {
    const { currency, closingMinor } = (await readStatement(tx, id, { from, to }))!;
    const facts = { from, to, currency, closingMinor };
    await tell(tx, { key: `statement:${id}:${month}`, kind: 'statement', customerId: id, facts, at });
  }
  return { sent: rows.length, more: rows.length === customersMaximum };
}
