import type { Financials, TradeReference } from '../../domain/credit-application.ts';
import { type Fault, Refusal } from '../../domain/failures.ts';
import { formatMoney } from '../../domain/money.ts';
import { localDate } from '../../domain/time.ts';
import { only, type Transaction } from '../client.ts';
import { applicationColumns, type CreditApplication } from '../queries/credit-applications.ts';
import { type Actor, record } from '../statements/audit.ts';
import { readCompany } from '../statements/company.ts';
import { lockApplicant, lockApplication, withdrawIn } from '../statements/credit-applications.ts';

export interface SaveApplicationInput {
  customerId: string;
  /** Absent: a new one, which takes the place of an earlier draft. */
  applicationId?: string;
  requestedLimitMinor: number;
  currency: string;
  references: TradeReference[];
  financials?: Financials | undefined;
  note?: string | undefined;
  actor: Actor;
  at: string;
}

/** Writes an application down as a draft, or changes the draft: it counts for nothing until it is submitted (C2). */
export async function saveApplication(tx: Transaction, input: SaveApplicationInput): Promise<CreditApplication> {
  const { customerId, applicationId, requestedLimitMinor, currency, references, financials, note, actor, at } = input;
  const account =
    applicationId === undefined
      ? await lockApplicant(tx, customerId)
      : (await lockApplication(tx, { customerId, applicationId }, ['draft'])).account;
  const { timeZone } = await readCompany(tx);
  const faults: Fault[] = [];
  if (currency !== account.currency) {
    faults.push({ path: '/currency', code: 'currency', detail: `${customerId} has its credit in ${account.currency}.` });
  }
  const thisYear = Number(localDate(at, timeZone).slice(0, 4));
  if (financials && financials.year > thisYear) {
    faults.push({ path: '/financials/year', code: 'future-year', detail: `${financials.year} has not begun.` });
  }
  if (faults.length > 0) throw new Refusal(422, 'invalid-application', 'The application cannot be kept.', { faults });

  const content = [requestedLimitMinor, JSON.stringify(references), financials ? JSON.stringify(financials) : null, note, at];
  let replaced: string | undefined;
  if (applicationId === undefined) {
    replaced = await withdrawIn(tx, { customerId, status: 'draft', reason: 'a newer one was begun', by: actor, at });
  }
  const application = only(
    applicationId === undefined
      ? await tx.query<CreditApplication>(
          `INSERT INTO credit_applications (requested_limit_minor, trade_references, financials, note, changed_at, created_at,
             customer_id, currency, created_by, edited_by) VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8, ARRAY[$8]) RETURNING ${applicationColumns}`,
          [...content, customerId, currency, actor.name],
        )
      : await tx.query<CreditApplication>(
          `UPDATE credit_applications SET requested_limit_minor = $1, trade_references = $2, financials = $3, note = $4,
             changed_at = $5, version = version + 1, edited_by = array_append(array_remove(edited_by, $7), $7)
           WHERE id = $6 RETURNING ${applicationColumns}`,
          [...content, applicationId, actor.name],
        ),
  );
  await record(tx, {
    at,
    actor,
    action: applicationId === undefined ? 'credit-application-begun' : 'credit-application-changed',
    summary: `${application.id} asks for a limit of ${formatMoney({ currency, amountMinor: requestedLimitMinor })}`,
    customerId,
    after: { requestedLimitMinor, references, financials, note, replaced },
  });
  return application;
}
