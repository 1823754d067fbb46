import { Refusal } from '../../domain/failures.ts';
import type { Transaction } from '../client.ts';
import { applicationColumns, type CreditApplication } from '../queries/credit-applications.ts';
import { customerExists } from '../queries/customers.ts';
import type { Actor } from './audit.ts';
import { type CreditAccountRow, lockAccount } from './credit.ts';
import { finishTasks } from './tasks.ts';

/** Locks the customer's account, and with it everything that happens to its applications. */
export async function lockApplicant(tx: Transaction, customerId: string): Promise<CreditAccountRow> {
  if (!(await customerExists(tx, customerId))) throw new Refusal(404, 'unknown-customer', `There is no customer ${customerId}.`);
  return lockAccount(tx, customerId);
}

/** The account first, then the application, which must be in one of these states. */
export async function lockApplication(
  tx: Transaction,
  { customerId, applicationId }: { customerId: string; applicationId: string },
  statuses: readonly CreditApplication['status'][],
): Promise<{ account: CreditAccountRow; application: CreditApplication }> {
  const account = await lockApplicant(tx, customerId);
  const { rows } = await tx.query<CreditApplication>(
    `SELECT ${applicationColumns} FROM credit_applications WHERE customer_id = $1 AND id = $2 FOR UPDATE`,
    [customerId, applicationId],
  );
  const application = rows[0];
  if (!application) throw new Refusal(404, 'unknown-application', `There is no application ${applicationId}.`);
  if (!statuses.includes(application.status)) {
    throw new Refusal(409, 'application-state', `${applicationId} is ${application.status}, not ${statuses.join(' or ')}.`);
  }
  return { account, application };
}

/** Ends the customer's application in this state, if there is one, with the task that waits for a decision about it. */
export async function withdrawIn(
  tx: Transaction,
  {
    customerId,
    status,
    reason,
    by,
    at,
  }: { customerId: string; status: 'draft' | 'submitted'; reason: string; by: Actor; at: string },
): Promise<string | undefined> {
  const { rows } = await tx.query<{ id: string }>(
    `UPDATE credit_applications SET status = 'withdrawn', status_reason = $3, changed_at = $4, version = version + 1
     WHERE customer_id = $1 AND status = $2 RETURNING id`,
    [customerId, status, reason, at],
  );
  if (rows[0] && status === 'submitted') {
    await finishTasks(
      tx,
      { customerId, kinds: ['credit-application'] },
      { status: 'cancelled', by: by.name, outcome: { found: reason }, at },
    );
  }
  return rows[0]?.id;
}
