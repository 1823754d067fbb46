import { owedAfterCash } from '../../domain/dunning.ts';
import { askedFor } from '../../domain/instalments.ts';
import type { LetterItem, NoticeFacts, Told } from '../../domain/notices.ts';
import { localDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { record, system } from '../statements/audit.ts';
import { suspenseOf } from '../statements/bank-lines.ts';
import { readCompany } from '../statements/company.ts';
import { lockAccount, saveBuckets } from '../statements/credit.ts';
import { lettersWaitUntil } from '../statements/documentation.ts';
import { pausedItems } from '../statements/dunning.ts';
import { lockOpenItems, type OpenItemRow } from '../statements/invoices.ts';
import {
  chargeCompensation,
  chargeFee,
  type LetterTerms,
  policiesOf,
  writeLetter,
  writeReminder,
} from '../statements/letters.ts';

type QueuedLetter = Told<'reminder' | 'dunning'> & { customerId: string; invoiceId: string | null; at: string };

/** A letter as it goes out: its words, and the facts that are kept of it. */
export interface ReadyLetter {
  subject: string;
  text: string;
  facts: Record<string, unknown>;
}

type Silence = 'paid' | 'below-minimum' | 'candidate-payment' | 'dispute' | 'promise' | 'hold-off';

/**
 * Reads a letter again at the moment of sending (P4, A5, P6): the amounts as they are now, without items that were settled, disputed,
 * promised or held off since it was written, of which too little is left to be worth a letter, or for which money waits. Those stand where they stood before, and the step that had
 * raised them counts as skipped where something will end that catches it up. Undefined: nothing is left, and it is suppressed.
 */
export async function readyLetter(tx: Transaction, { key, at }: { key: string; at: string }): Promise<ReadyLetter | undefined> {
  const written = await readQueued(tx, key);
  if (!written) return undefined;
  const { customerId } = written;
  const account = await lockAccount(tx, customerId);
  const open = await lockOpenItems(tx, customerId);
  // Again, now that nobody else can be changing it.
  const letter = await readQueued(tx, key);
  if (!letter) return undefined;
  const { timeZone } = await readCompany(tx);
  const letterOn = localDate(letter.at, timeZone);
  const isReminder = letter.kind === 'reminder';
  const asked = letter.kind === 'dunning' ? letter.facts.items : [];
  const invoiceIds = isReminder ? [letter.invoiceId!] : asked.map(({ invoiceId }) => invoiceId);

  const owedMinor = await owedParts(tx, customerId, account.unappliedCashMinor + account.openCreditNotesMinor);
  const isAsked = (dueOn: string) => (letter.kind === 'reminder' ? dueOn <= letter.facts.dueOn : dueOn < letterOn);
  const until = await lettersWaitUntil(tx, customerId, at);
  const paused = isReminder ? new Map<string, 'promise' | 'hold-off'>() : await pausedItems(tx, invoiceIds);
  const policies = await policiesOf(
    tx,
    open.filter(({ id }) => invoiceIds.includes(id)),
    letterOn,
  );
  const silences = new Map<string, Silence>();
  const openOf = new Map<string, number>();
  for (const invoiceId of invoiceIds) {
    const item = open.find(({ id }) => id === invoiceId);
    const openMinor = owedMinor(invoiceId, isAsked);
    openOf.set(invoiceId, openMinor);
    const minimumMinor = isReminder || !item ? 0 : policies(item).minimumMinor;
    const silence = silenceOf(item, { owedMinor: openMinor, minimumMinor }, paused.get(invoiceId), until !== undefined);
    if (silence) silences.set(invoiceId, silence);
  }
  for (const [invoiceId, silence] of silences) {
    await standBack(tx, { invoiceId, item: open.find(({ id }) => id === invoiceId) }, { letter, silence, letterOn });
  }
  const speaking = invoiceIds.filter((invoiceId) => !silences.has(invoiceId));
  if ([...silences.values()].some((silence) => silence !== 'paid'))
    await recordSilence(tx, letter, { key, silences, until, left: speaking.length, at });
  if (speaking.length === 0) {
    await tx.query("UPDATE notices SET status = 'suppressed', status_reason = $2 WHERE key = $1 AND status = 'queued'", [
      key,
      reasonOf([...silences.values()]),
    ]);
    return undefined;
  }
  const ready =
    letter.kind === 'reminder'
      ? await reminderOf(tx, letter.facts, open.find(({ id }) => id === letter.invoiceId)!, openOf.get(letter.invoiceId!)!)
      : await dunningOf(
          tx,
          letter,
          asked
            .filter(({ invoiceId }) => !silences.has(invoiceId))
            .map((one) => ({ ...one, openMinor: openOf.get(one.invoiceId)! })),
          { open, on: letterOn },
        );
  // What is no part of it any more is not restored a second time when the letter is tried again.
  await tx.query("UPDATE notices SET facts = $2 WHERE key = $1 AND status = 'queued'", [key, JSON.stringify(ready.facts)]);
  return ready;
}

async function readQueued(tx: Transaction, key: string): Promise<QueuedLetter | undefined> {
  const { rows } = await tx.query<QueuedLetter>(
    `SELECT kind, customer_id AS "customerId", invoice_id AS "invoiceId", facts, at FROM notices WHERE key = $1 AND status = 'queued'`,
    [key],
  );
  return rows[0];
}

/** What is asked for of each item, by instalment, less what waits for it: unapplied cash, and money in suspense. */
async function owedParts(tx: Transaction, customerId: string, unappliedMinor: number) {
  const { rows } = await tx.query<{ invoiceId: string; dueOn: string; openMinor: number }>(
    `SELECT invoice_id AS "invoiceId", due_on AS "dueOn", undisputed_minor AS "openMinor" FROM open_instalments
     WHERE customer_id = $1 AND undisputed_minor > 0 ORDER BY due_on, invoice_id`,
    [customerId],
  );
  const owed = owedAfterCash(rows, unappliedMinor + (await suspenseOf(tx, customerId)));
  return (invoiceId: string, isAsked: (dueOn: string) => boolean): number =>
    owed.reduce((sum, part) => sum + (part.invoiceId === invoiceId && isAsked(part.dueOn) ? part.openMinor : 0), 0);
}

function silenceOf(
  item: OpenItemRow | undefined,
  { owedMinor, minimumMinor }: { owedMinor: number; minimumMinor: number },
  paused: 'promise' | 'hold-off' | undefined,
  mayBePaid: boolean,
): Silence | undefined {
  if (!item) return 'paid';
  if (mayBePaid) return 'candidate-payment';
  if (askedFor(item).openMinor === 0) return 'dispute';
  if (paused) return paused;
  // What is open of it is due later, or cash that waits unapplied stands for it.
  if (owedMinor === 0) return 'paid';
  return owedMinor < minimumMinor ? 'below-minimum' : undefined;
}

/**
 * The item is where it was before the letter, and what will end its silence catches its step up. So is one that was paid meanwhile, in full
 * or as far as it was overdue: its money may be taken back.
 */
async function standBack(
  tx: Transaction,
  { invoiceId, item }: { invoiceId: string; item: OpenItemRow | undefined },
  { letter, silence, letterOn }: { letter: QueuedLetter; silence: Silence; letterOn: string },
): Promise<void> {
  const asked = letter.kind === 'dunning' ? letter.facts.items.find((one) => one.invoiceId === invoiceId) : undefined;
  if (asked) {
    await tx.query(
      `WITH paid AS (UPDATE paid_dunning_levels SET level = $2 - 1
         WHERE invoice_id = $1 AND level = $2 AND due_on = $4 AND (SELECT dunning_level FROM invoices WHERE id = $1) = 0 RETURNING 1)
       UPDATE invoices SET dunning_level = greatest(0, least(dunning_level, $2 - 1)), last_notice_on = $3
       WHERE id = $1 AND (dunning_level = $2 OR EXISTS (SELECT FROM paid))`,
      [invoiceId, asked.level, asked.lastNoticeOn ?? null, asked.dueOn],
    );
  }
  const outcome = {
    dispute: 'disputed',
    promise: 'paused',
    'hold-off': 'paused',
    paid: undefined,
    'below-minimum': undefined,
    'candidate-payment': undefined,
  };
  if (outcome[silence] === undefined || !item) return;
  const raising = item.plan.steps.filter(({ kind, level, on }) =>
    letter.kind === 'reminder' ? kind === 'reminder' : kind === 'dunning' && (level === asked?.level || on === letterOn),
  );
  const { rows } = await tx.query<{ step: string }>(
    "SELECT step FROM steps WHERE subject = $1 AND step = ANY ($2) AND outcome ->> 'outcome' = 'taken'",
    [item.id, raising.map(({ step }) => step)],
  );
  const last = raising.findLast(({ step }) => rows.some((one) => one.step === step));
  if (!last) return;
  await tx.query("UPDATE steps SET outcome = jsonb_build_object('outcome', $3::text) WHERE subject = $1 AND step = $2", [
    item.id,
    last.step,
    outcome[silence],
  ]);
}

const reasonOf = (silences: readonly Silence[]): string =>
  silences.find((silence) => silence !== 'paid') ?? 'the money has been received';

const words: Record<Silence, string> = {
  paid: 'the money is there',
  'below-minimum': 'what is left of it is not worth a letter',
  'candidate-payment': 'money of the customer may be on its way',
  dispute: 'what is open of it is disputed',
  promise: 'its payment is promised',
  'hold-off': 'it is held off',
};

async function recordSilence(
  tx: Transaction,
  { kind, customerId, invoiceId }: QueuedLetter,
  {
    key,
    silences,
    until,
    left,
    at,
  }: { key: string; silences: Map<string, Silence>; until: string | undefined; left: number; at: string },
): Promise<void> {
  const whole = kind === 'reminder' ? 'A reminder' : 'A letter';
  const reasons = [...new Set(silences.values())].map((silence) => words[silence]).join(', ');
  await record(tx, {
    at,
    actor: system,
    action: 'letter-withheld',
    summary:
      left === 0
        ? `${whole} was not sent: ${reasons}${until === undefined ? '' : `, until ${until}`}`
        : `${whole} went out without ${[...silences.keys()].join(', ')}: ${reasons}`,
    customerId,
    invoiceId: invoiceId ?? undefined,
    after: { noticeKey: key, invoiceIds: [...silences.keys()] },
  });
}

async function reminderOf(
  tx: Transaction,
  facts: NoticeFacts['reminder'],
  item: OpenItemRow,
  openMinor: number,
): Promise<ReadyLetter> {
  const { subject, text, language } = await writeReminder(tx, item, { openMinor, dueOn: facts.dueOn });
  return { subject, text, facts: { ...facts, openMinor, language } };
}

async function dunningOf(
  tx: Transaction,
  { customerId, facts }: Told<'dunning'> & { customerId: string },
  asked: LetterItem[],
  { open, on }: { open: OpenItemRow[]; on: string },
): Promise<ReadyLetter> {
  const { subject, text, ...letter } = await writeLetter(tx, customerId, asked, open, on);
  return { subject, text, facts: { ...facts, ...letter } };
}

/**
 * Notes that a letter has gone out, and charges what it says that it charges: so that nothing is charged for a letter that was suppressed or
 * came back, and nothing twice for one that was sent again (P5). `sentAt` is wall time, like that of every mail.
 */
export async function letterSent(
  tx: Transaction,
  { key, sentAt, offsetMs, at }: { key: string; sentAt: string; offsetMs: number; at: string },
): Promise<{ noteIds: string[] }> {
  const { rows } = await tx.query<{ customerId: string }>('SELECT customer_id AS "customerId" FROM notices WHERE key = $1', [
    key,
  ]);
  const { customerId } = rows[0]!;
  const account = await lockAccount(tx, customerId);
  const sent = await tx.query<{ facts: Partial<LetterTerms> }>(
    "UPDATE notices SET status = 'sent', sent_at = $2 WHERE key = $1 AND status = 'queued' RETURNING facts",
    [key, sentAt],
  );
  const { fee = null, compensations = [] } = sent.rows[0]?.facts ?? {};
  if (!fee && compensations.length === 0) return { noteIds: [] };
  const named = [...compensations.map(({ invoiceId }) => invoiceId), ...(fee ? [fee.invoiceId] : [])];
  const items = await lockOpenItems(tx, customerId, named);
  const itemOf = (invoiceId: string) => items.find(({ id }) => id === invoiceId)!;
  const { timeZone } = await readCompany(tx);
  const when = { today: localDate(at, timeZone), offsetMs, at };
  const noteIds: string[] = [];
  if (fee) noteIds.push(await chargeFee(tx, account, itemOf(fee.invoiceId), { noticeKey: key, ...fee }, when));
  for (const { invoiceId, amountMinor } of compensations) {
    const note = await chargeCompensation(tx, account, itemOf(invoiceId), amountMinor, when);
    if (note) noteIds.push(note);
  }
  await saveBuckets(tx, account);
  return { noteIds };
}
