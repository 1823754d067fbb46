import { Refusal } from '../../domain/failures.ts';
import type { IsoDate, IsoInstant } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { readStatement, statementTooLong } from '../queries/statements.ts';
import { tell } from '../statements/notices.ts';
import { openTask } from '../statements/tasks.ts';

/** In one transaction; the rest is told by `more`. */
const customersMaximum = 100;

/**
 * Owes each customer that wants one its statement of the period, once per customer and month (A4). Customers with nothing open and
 * nothing moved get none: they are passed over, and looked at again only if the job is run again for the same month.
 * A customer whose statement cannot be made is a task, once for the month, and keeps nobody else's from going out.
 */
export async function sendStatements(
  tx: Transaction,
  { from, to, at }: { from: IsoDate; to: IsoDate; at: IsoInstant },
): Promise<{ sent: number; skipped: number; more: boolean }> {
  const month = to.slice(0, 7);
  const { rows } = await tx.query<{ id: string }>(
    `SELECT c.id FROM customers c
     WHERE c.monthly_statements
       AND NOT EXISTS (SELECT FROM notices n WHERE n.key = 'statement:' || c.id || ':' || $3)
       AND NOT EXISTS (SELECT FROM tasks t WHERE t.key = 'statement:' || c.id || ':' || $3)
       AND (EXISTS (SELECT FROM journal_entries e JOIN postings p ON p.entry_id = e.id
                    WHERE e.customer_id = c.id AND e.booked_on BETWEEN $1 AND $2 AND p.account = 'accounts-receivable')
            OR 0 <> (SELECT coalesce(sum(CASE p.side WHEN 'debit' THEN p.amount_minor ELSE -p.amount_minor END), 0)
                     FROM journal_entries e JOIN postings p ON p.entry_id = e.id
                     WHERE e.customer_id = c.id AND e.booked_on <= $2 AND p.account = 'accounts-receivable'))
     ORDER BY c.id LIMIT $4`,
    [from, to, month, customersMaximum],
  );
  let skipped = 0;
  for (const { id } of rows) {
    const key = `statement:${id}:${month}`;
    try {
      const { currency, closingMinor } = (await readStatement(tx, id, { from, to }))!;
      await tell(tx, { key, kind: 'statement', customerId: id, facts: { from, to, currency, closingMinor }, at });
    } catch (error) {
      if (!(error instanceof Refusal && error.type === statementTooLong)) throw error;
      skipped += 1;
      await openTask(tx, {
        key,
        kind: 'statement-not-sent',
        role: 'receivables',
        title: `Send ${id} its statement of ${month} in shorter periods`,
        details: { from, to, problem: error.message, statementPath: `/v1/customers/${id}/statement/pdf` },
        customerId: id,
        at,
      });
    }
  }
  return { sent: rows.length - skipped, skipped, more: rows.length === customersMaximum };
}
