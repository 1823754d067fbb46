import type { ContactKind, ContactOutcome } from '../../domain/collections.ts';
import { type Fault, Refusal } from '../../domain/failures.ts';
import { compareDates, type IsoDate, localDate } from '../../domain/time.ts';
import { only, type Transaction } from '../client.ts';
import { customerExists } from '../queries/customers.ts';
import { type Actor, record } from '../statements/audit.ts';
import { readCompany } from '../statements/company.ts';
import { finishTasks } from '../statements/tasks.ts';

export interface LogContactInput {
  customerId: string;
  /** What it was about; empty: all that is overdue. */
  invoiceIds: string[];
  kind: ContactKind;
  outcome: ContactOutcome;
  person?: string | undefined;
  note: string;
  nextStepOn?: IsoDate | undefined;
  nextStep?: string | undefined;
  actor: Actor;
  at: string;
}

/**
 * Keeps what came of a call, mail or visit to a customer that owes, and finishes the contact tasks that it was about with that
 * outcome (P3, P6). Whoever was not reached still has to be.
 */
export async function logContact(
  tx: Transaction,
  input: LogContactInput,
): Promise<{ contactId: string; finishedTasks: string[] }> {
  const { customerId, invoiceIds, kind, outcome, person, note, nextStepOn, nextStep, actor, at } = input;
  if (!(await customerExists(tx, customerId))) {
    throw new Refusal(404, 'unknown-customer', `There is no customer ${customerId}.`);
  }
  const { timeZone } = await readCompany(tx);
  const today = localDate(at, timeZone);
  const known = await tx.query<{ id: string }>('SELECT id FROM invoices WHERE customer_id = $1 AND id = ANY ($2)', [
    customerId,
    invoiceIds,
  ]);
  const faults = invoiceIds.flatMap((invoiceId, index): Fault[] =>
    known.rows.some(({ id }) => id === invoiceId)
      ? []
      : [{ path: `/invoiceIds/${index}`, code: 'unknown-invoice', detail: `${customerId} has no invoice ${invoiceId}.` }],
  );
  if (nextStepOn && compareDates(nextStepOn, today) < 0) {
    faults.push({ path: '/nextStepOn', code: 'past-date', detail: `${nextStepOn} is before today, ${today}.` });
  }
  if (nextStep && !nextStepOn) faults.push({ path: '/nextStepOn', code: 'required', detail: 'Say when the next step is due.' });
  if (faults.length > 0) throw new Refusal(422, 'invalid-contact', 'The contact cannot be kept.', { faults });
  const { id } = only(
    await tx.query<{ id: string }>(
      `INSERT INTO collection_contacts (customer_id, invoice_ids, kind, outcome, contact_on, person, note, next_step_on, next_step, actor, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id`,
      [customerId, invoiceIds, kind, outcome, today, person, note, nextStepOn, nextStep, actor.name, at],
    ),
  );
  const finishedTasks =
    outcome === 'not-reached'
      ? []
      : await finishTasks(
          tx,
          { customerId, kinds: ['overdue-contact'], ...(invoiceIds.length > 0 ? { invoiceIds } : {}) },
          { status: 'completed', by: actor.name, outcome: { contactId: id, result: outcome, note }, at },
        );
  await record(tx, {
    at,
    actor,
    action: 'contacted',
    summary: `${id}: ${kind}, ${outcome}${nextStepOn ? `; next step on ${nextStepOn}${nextStep ? `: ${nextStep}` : ''}` : ''}`,
    reason: note,
    customerId,
    invoiceId: invoiceIds.length === 1 ? invoiceIds[0] : undefined,
    after: { id, kind, outcome, invoiceIds, nextStepOn, finishedTasks },
  });
  return { contactId: id, finishedTasks };
}
