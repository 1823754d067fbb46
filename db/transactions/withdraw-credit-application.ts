import type { Transaction } from '../client.ts';
import { record } from '../statements/audit.ts';
import { lockApplication, withdrawIn } from '../statements/credit-applications.ts';
import type { ApplicationInput } from './submit-credit-application.ts';

/** Takes back an application that is not decided; what it stated counts no more. */
export async function withdrawApplication(tx: Transaction, input: ApplicationInput & { reason: string }): Promise<void> {
  const { customerId, applicationId, reason, actor, at } = input;
  const { application } = await lockApplication(tx, input, ['draft', 'submitted']);
  const status = application.status === 'draft' ? 'draft' : 'submitted';
  await withdrawIn(tx, { customerId, status, reason, by: actor, at });
  await record(tx, {
    at,
    actor,
    reason,
    action: 'credit-application-withdrawn',
    summary: `${applicationId} was withdrawn`,
    customerId,
  });
}
