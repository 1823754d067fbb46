import { applyReceipt } from '../../domain/cash-application.ts';
import { type Fault, Refusal } from '../../domain/failures.ts';
import { creditApplied } from '../../domain/ledger.ts';
import { formatMoney } from '../../domain/money.ts';
import { localDate } from '../../domain/time.ts';
import { only, type Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import {
  type CreditToApply,
  datedApplications,
  finishApplication,
  lockReceivables,
  type PaidItems,
  payItems,
} from '../statements/cash-application.ts';
import { readCompany } from '../statements/company.ts';
import { book } from '../statements/ledger.ts';

export interface ApplyCreditNoteInput {
  creditNoteId: string;
  /** Invoices to pay, the oldest due date first, until nothing is left. */
  invoiceIds: string[];
  actor: Actor;
  at: string;
  offsetMs: number;
}

export interface AppliedCreditNote extends PaidItems {
  creditNoteId: string;
  unappliedMinor: number;
  onHold: boolean;
}

/**
 * Pays open items with the credit balance that a credit note has left (I4). Exposure stays as it was: receivables and credit
 * balance shrink together. The credit note's date counts, so that nobody owes interest for our search.
 */
export async function applyCreditNote(tx: Transaction, input: ApplyCreditNoteInput): Promise<AppliedCreditNote> {
  const { creditNoteId, invoiceIds, actor, at } = input;
  const [{ timeZone }, found] = await Promise.all([
    readCompany(tx),
    tx.query<{ customerId: string }>('SELECT customer_id AS "customerId" FROM credit_notes WHERE id = $1', [creditNoteId]),
  ]);
  if (!found.rows[0]) throw new Refusal(404, 'unknown-credit-note', `There is no credit note ${creditNoteId}.`);
  const { customerId } = found.rows[0];
  const receivables = await lockReceivables(tx, customerId);
  const { account, items } = receivables;
  // What is left of a credit note changes under its customer's account.
  const note = only(
    await tx.query<{ currency: string; unappliedMinor: number; issuedOn: string; applications: number }>(
      `SELECT currency, unapplied_minor AS "unappliedMinor", issued_on AS "issuedOn",
         (SELECT count(*) FROM journal_entries WHERE starts_with(event_id, $1 || ':application-')) AS applications
       FROM credit_notes WHERE id = $1`,
      [creditNoteId],
    ),
  );
  if (note.unappliedMinor === 0) throw new Refusal(409, 'nothing-unapplied', `${creditNoteId} is applied in full already.`);
  const faults = invoiceIds.flatMap((invoiceId, index): Fault[] =>
    items.some((item) => item.id === invoiceId)
      ? []
      : [{ path: `/invoiceIds/${index}`, code: 'not-open', detail: `${customerId} has no open invoice ${invoiceId}.` }],
  );
  if (faults.length > 0) throw new Refusal(422, 'invalid-application', 'The credit cannot be applied to these.', { faults });
  const { applications, unappliedMinor } = applyReceipt({
    amountMinor: note.unappliedMinor,
    items: items.map((item) => ({ ...item, invoiceId: item.id, number: item.id })),
    invoiceIds,
  });
  const { currency } = note;
  const numbered = applications.map((application, index) => ({
    ...application,
    eventId: `${creditNoteId}:application-${note.applications + index + 1}`,
  }));
  const dated = await datedApplications(tx, numbered, { items, valueOn: note.issuedOn });
  const credit: CreditToApply = {
    creditNoteId,
    currency,
    how: 'applied',
    cause: dated[0]!.eventId,
    actor,
    at,
    today: localDate(at, timeZone),
    offsetMs: input.offsetMs,
  };
  const paid = await payItems(tx, receivables, credit, dated);
  account.openCreditNotesMinor += unappliedMinor - note.unappliedMinor;
  await tx.query('UPDATE credit_notes SET unapplied_minor = $2 WHERE id = $1', [creditNoteId, unappliedMinor]);
  for (const { eventId, amountMinor, bookedOn, invoiceId } of dated) {
    await book(
      tx,
      { eventId, kind: 'credit-application', bookedOn, currency, customerId, invoiceId, item: creditNoteId, at },
      creditApplied({ amountMinor }),
    );
  }
  const format = (amountMinor: number) => formatMoney({ currency, amountMinor });
  await record(tx, {
    at,
    actor,
    action: 'credit-note-applied',
    summary: `${creditNoteId}: ${format(note.unappliedMinor - unappliedMinor)} applied to ${applications.map(({ invoiceId }) => invoiceId).join(', ')}, ${format(unappliedMinor)} still left`,
    customerId,
    before: { unappliedMinor: note.unappliedMinor },
    after: { creditNoteId, ...paid, unappliedMinor },
  });
  const { onHold } = await finishApplication(tx, account, credit);
  return { creditNoteId, ...paid, unappliedMinor, onHold };
}
