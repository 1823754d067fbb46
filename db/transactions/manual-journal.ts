import { type Fault, Refusal } from '../../domain/failures.ts';
import type { Posting } from '../../domain/ledger.ts';
import { manualJournalFaults, reversalOf } from '../../domain/manual-journal.ts';
import { monthOf, periodStatus } from '../../domain/period.ts';
import { compareDates, type IsoDate, localDate } from '../../domain/time.ts';
import { only, type Transaction } from '../client.ts';
import { readJournalEntry } from '../queries/ledger.ts';
import { type ManualJournal, readManualJournal } from '../queries/manual-journals.ts';
import { readBooks } from '../queries/periods.ts';
import { type Actor, record } from '../statements/audit.ts';
import { readCompany } from '../statements/company.ts';
import { book, reverseEntry } from '../statements/ledger.ts';

interface Proposal {
  bookedOn: IsoDate;
  reason: string;
  actor: Actor;
  at: string;
}

/** Proposes an entry by hand; nothing is booked until a second person approves it (A3). */
export async function proposeManualJournal(
  tx: Transaction,
  input: Proposal & { currency: string; postings: Posting[] },
): Promise<ManualJournal> {
  const { currency, postings, bookedOn, at } = input;
  const company = await readCompany(tx);
  const faults: Fault[] = manualJournalFaults(postings);
  if (currency !== company.currency) {
    faults.push({ path: '/currency', code: 'currency', detail: `The books are kept in ${company.currency}.` });
  }
  faults.push(...dayFaults(bookedOn, localDate(at, company.timeZone)));
  if (faults.length > 0) throw new Refusal(422, 'invalid-journal', 'The entry cannot be booked.', { faults });
  await mustBeOpen(tx, bookedOn);
  return propose(tx, input, null);
}

/** Proposes to take an entry back by another one, which is linked to it; the entry itself is never edited (A3). */
export async function proposeReversal(tx: Transaction, input: Proposal & { entryId: number }): Promise<ManualJournal> {
  const { entryId, bookedOn, at } = input;
  const entry = await readJournalEntry(tx, entryId);
  if (!entry) throw new Refusal(404, 'unknown-entry', `There is no journal entry ${entryId}.`);
  const { timeZone } = await readCompany(tx);
  const faults = dayFaults(bookedOn, localDate(at, timeZone));
  if (compareDates(bookedOn, entry.bookedOn) < 0) {
    faults.push({ path: '/bookedOn', code: 'date-order', detail: `The entry itself is booked on ${entry.bookedOn}.` });
  }
  if (faults.length > 0) throw new Refusal(422, 'invalid-journal', 'The entry cannot be taken back on that day.', { faults });
  const postings = reversalOf(entry.postings.map(({ account, side, amountMinor }) => ({ account, side, amountMinor })));
  if ('refused' in postings) throw new Refusal(409, 'kept-account', postings.refused);
  const { rows } = await tx.query<{ id: string; status: string }>(
    "SELECT id, status FROM manual_journals WHERE reverses_entry_id = $1 AND status <> 'rejected'",
    [entryId],
  );
  if (rows[0]) throw new Refusal(409, 'reversed-already', `${rows[0].id}, which takes it back, is ${rows[0].status} already.`);
  await mustBeOpen(tx, bookedOn);
  return propose(tx, { ...input, currency: entry.currency, postings }, entryId);
}

async function propose(
  tx: Transaction,
  { bookedOn, currency, postings, reason, actor, at }: Proposal & { currency: string; postings: Posting[] },
  reversesEntryId: number | null,
): Promise<ManualJournal> {
  const { id } = only(
    await tx.query<{ id: string }>(
      `INSERT INTO manual_journals (booked_on, currency, postings, reason, reverses_entry_id, proposed_by, proposed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
      [bookedOn, currency, JSON.stringify(postings), reason, reversesEntryId, actor.name, at],
    ),
  );
  await record(tx, {
    at,
    actor,
    action: 'journal-proposed',
    summary: `${id}: ${reversesEntryId === null ? 'an entry by hand' : `taking back entry ${reversesEntryId}`} is proposed`,
    reason,
    after: { id, bookedOn, currency, postings, reversesEntryId },
  });
  return (await readManualJournal(tx, id))!;
}

/** Books a proposed entry, or turns it down. Approving takes another person than the one who proposed it. */
export async function decideManualJournal(
  tx: Transaction,
  {
    id,
    decision,
    reason,
    actor,
    at,
  }: { id: string; decision: 'approve' | 'reject'; reason?: string | undefined; actor: Actor; at: string },
): Promise<ManualJournal> {
  const journal = await readManualJournal(tx, id, 'FOR UPDATE');
  if (!journal) throw new Refusal(404, 'unknown-journal', `There is no manual journal ${id}.`);
  if (journal.status !== 'proposed') throw new Refusal(409, 'journal-state', `${id} is ${journal.status} already.`);
  const { bookedOn, currency, postings, reversesEntryId, proposedBy } = journal;
  let entryId: number | undefined;
  if (decision === 'approve') {
    if (proposedBy === actor.name || !actor.verified) {
      throw new Refusal(409, 'four-eyes', `${proposedBy} has proposed it: a second, different person must agree.`);
    }
    await mustBeOpen(tx, bookedOn);
    const kind = reversesEntryId === null ? 'manual' : 'reversal';
    const entry = { eventId: `${id}:${kind}`, kind, bookedOn, at, reason: journal.reason };
    entryId =
      reversesEntryId === null
        ? await book(tx, { ...entry, currency }, postings)
        : await reverseEntry(tx, { ...entry, entryId: reversesEntryId });
  }
  const status = decision === 'approve' ? 'approved' : 'rejected';
  await tx.query(
    'UPDATE manual_journals SET status = $2, entry_id = $3, decided_by = $4, decided_at = $5, decision_reason = $6 WHERE id = $1',
    [id, status, entryId, actor.name, at, reason],
  );
  await record(tx, {
    at,
    actor,
    action: `journal-${status}`,
    summary: `${id}, proposed by ${proposedBy}, is ${status}`,
    reason,
    after: { id, entryId },
  });
  return (await readManualJournal(tx, id))!;
}

const dayFaults = (bookedOn: IsoDate, today: IsoDate): Fault[] =>
  compareDates(bookedOn, today) > 0
    ? [{ path: '/bookedOn', code: 'future-date', detail: `${bookedOn} is after today, ${today}.` }]
    : [];

/** An entry by hand goes where its author says or nowhere; only what happens by itself moves on to the first open day. */
async function mustBeOpen(tx: Transaction, bookedOn: IsoDate): Promise<void> {
  // Holds the books open until the end of this transaction.
  await tx.query('SELECT first_open_day($1)', [bookedOn]);
  const status = periodStatus(monthOf(bookedOn), await readBooks(tx));
  if (status !== 'open') {
    const way =
      status === 'closed'
        ? 'Finance may open it again, with a reason; or book it in an open month.'
        : 'Book it in an open month.';
    throw new Refusal(409, 'period-closed', `${monthOf(bookedOn)} is ${status}. ${way}`);
  }
}
