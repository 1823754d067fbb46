import { flaggedThrough } from '../../domain/credit.ts';
import { formatMoney } from '../../domain/money.ts';
import { localDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { record, system } from '../statements/audit.ts';
import { readCompany, readPolicy } from '../statements/company.ts';
import { openTask } from '../statements/tasks.ts';

/** In one transaction; what is left is flagged by the next run. */
const batchMaximum = 200;

/**
 * Flags the approvals that end within the policy's notice, or have ended, and opens one task for each (C4): a limit that is set
 * again is approved anew, and finishes the task. Run again it finds only what came due meanwhile.
 */
export async function renewApprovals(tx: Transaction, { at }: { at: string }): Promise<{ flagged: number; more: boolean }> {
  const [policy, { timeZone }] = await Promise.all([readPolicy(tx, 'credit'), readCompany(tx)]);
  const { rows } = await tx.query<{ customerId: string; currency: string; limitMinor: number | null; expiresAt: string }>(
    `WITH due AS (
       SELECT customer_id FROM credit_accounts
       WHERE standing = 'approved' AND expires_at <= $1 AND renewal_flagged_for IS DISTINCT FROM expires_at
       ORDER BY customer_id LIMIT $2 FOR UPDATE)
     UPDATE credit_accounts a SET renewal_flagged_for = expires_at FROM due WHERE a.customer_id = due.customer_id
     RETURNING a.customer_id AS "customerId", a.currency, a.limit_minor AS "limitMinor", a.expires_at AS "expiresAt"`,
    [flaggedThrough(at, policy, timeZone), batchMaximum],
  );
  for (const { customerId, currency, limitMinor, expiresAt } of rows) {
    const limit = formatMoney({ currency, amountMinor: limitMinor ?? 0 });
    const endsOn = localDate(expiresAt, timeZone);
    await openTask(tx, {
      key: `${customerId}:credit-renewal:${expiresAt}`,
      kind: 'credit-renewal',
      role: 'credit',
      title: `The credit of ${customerId}, ${limit}, ends on ${endsOn}: set its limit again, or let it end`,
      details: { limitMinor, currency, expiresAt },
      customerId,
      dueAt: expiresAt,
      at,
    });
    await record(tx, {
      at,
      actor: system,
      action: 'approval-ends-soon',
      summary: `The approval of ${limit} ends on ${endsOn}`,
      policyVersion: `credit v${policy.version}`,
      customerId,
      after: { limitMinor, expiresAt },
    });
  }
  return { flagged: rows.length, more: rows.length === batchMaximum };
}
