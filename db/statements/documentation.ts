import {
  type ClockSource,
  type ClockTimes,
  type DocumentationPolicy,
  type ExpectedMoney,
  isTheMoney,
  isWord,
  type RecordedMoney,
  startClock,
} from '../../domain/documentation.ts';
import { Refusal } from '../../domain/failures.ts';
import { addDays, type IsoDate, localDate } from '../../domain/time.ts';
import { only, type Queryable, type Transaction } from '../client.ts';
import { type Actor, record, system } from './audit.ts';
import { readCompany, readPolicy } from './company.ts';
import { lockAccount } from './credit.ts';
import { publicHolidays } from './public-holidays.ts';
import { finishTasks } from './tasks.ts';

/*
 * Documentation clocks (P1). One of a customer changes under the lock of its credit account, where its letters are decided too: a
 * letter and a clock that come at the same moment go one by one.
 */

export interface NewClock extends ExpectedMoney {
  source: ClockSource;
  /** The bank line's or the cheque's own id: its clock starts once. */
  sourceId?: string;
  /** Null: nobody knows yet whose money it is. */
  customerId: string | null;
  /** What it starts with: an instant, or a day such as a bank line's value date. */
  start: { at: string } | { on: IsoDate };
  note?: string | undefined;
  documentName?: string;
  actor: Actor;
  at: string;
}

/** Far more than a customer has money under way. */
const undocumentedMaximum = 50;

/**
 * Starts the clock of money that was announced or seen, and gives its id. For what has a source of its own, such as a bank line, it
 * starts once. Money that is recorded already ends it at once. Who brings bank lines in calls it for each line that has become no
 * payment yet, with the line's value date.
 */
export async function startDocumentationClock(tx: Transaction, clock: NewClock): Promise<string> {
  const { customerId, source, sourceId, actor, at } = clock;
  if (customerId !== null) await lockAccount(tx, customerId);
  if (sourceId !== undefined) {
    const earlier = await tx.query<{ id: string }>('SELECT id FROM documentation_clocks WHERE source = $1 AND source_id = $2', [
      source,
      sourceId,
    ]);
    if (earlier.rows[0]) return earlier.rows[0].id;
  }
  const policy = await readPolicy(tx, 'documentation');
  const times = await timesOf(tx, policy, clock.start, {
    earlierWords: isWord(source) && customerId !== null ? await earlierWords(tx, customerId, { at, ...policy }) : [],
  });
  const { id } = only(
    await tx.query<{ id: string }>(
      `INSERT INTO documentation_clocks (source, source_id, customer_id, currency, amount_minor, paid_on, reference, invoice_ids, note,
         document_name, policy_version, started_at, due_at, blocks_until, actor, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) RETURNING id`,
      [
        source,
        sourceId,
        customerId,
        clock.currency,
        clock.amountMinor,
        clock.paidOn,
        clock.reference,
        clock.invoiceIds,
        clock.note,
        clock.documentName,
        policy.version,
        times.startedAt,
        times.dueAt,
        times.blocksUntil,
        actor.name,
        at,
      ],
    ),
  );
  await record(tx, {
    at,
    actor,
    action: 'documentation-clock-started',
    summary: `${id} (${source}): to be documented by ${times.dueAt}; letters wait until ${times.blocksUntil}`,
    policyVersion: `documentation v${policy.version}`,
    customerId: customerId ?? undefined,
    after: { clockId: id, source, sourceId, ...times },
  });
  const paymentId = isWord(source) && customerId !== null ? await recordedAlready(tx, customerId, clock) : undefined;
  if (paymentId) await endClocks(tx, { ids: [id], paymentId, actor: system, at });
  return id;
}

/** Until when the customer's words of late block that were not borne out; a flood of them is refused. */
async function earlierWords(
  tx: Transaction,
  customerId: string,
  { at, wordAgainAfterDays }: { at: string; wordAgainAfterDays: number },
): Promise<string[]> {
  const { rows } = await tx.query<{ source: ClockSource; blocksUntil: string }>(
    `SELECT source, blocks_until AS "blocksUntil" FROM documentation_clocks
     WHERE customer_id = $1 AND status <> 'documented'
       AND (status = 'running' OR started_at > $2::timestamptz - make_interval(days => $3))`,
    [customerId, at, wordAgainAfterDays],
  );
  const words = rows.filter(({ source }) => isWord(source));
  if (words.length >= undocumentedMaximum) {
    throw new Refusal(409, 'too-many-clocks', `${undocumentedMaximum} payments of ${customerId} wait to be found already.`);
  }
  return words.map(({ blocksUntil }) => blocksUntil);
}

/** Sets a running clock anew, because the money is on its way: a cheque that was given to the bank. */
export async function prolongClock(
  tx: Transaction,
  {
    sourceId,
    start,
    businessDays,
    actor,
    at,
  }: { sourceId: string; start: NewClock['start']; businessDays: number; actor: Actor; at: string },
): Promise<void> {
  const { rows } = await tx.query<{ id: string; dueAt: string }>(
    "SELECT id, due_at AS \"dueAt\" FROM documentation_clocks WHERE source = 'cheque' AND source_id = $1 AND status IN ('running', 'lapsed')",
    [sourceId],
  );
  const clock = rows[0];
  if (!clock) return;
  const { dueAt, blocksUntil } = await timesOf(tx, await readPolicy(tx, 'documentation'), start, { businessDays });
  await tx.query(
    `UPDATE documentation_clocks SET due_at = $2, blocks_until = greatest(blocks_until, $3), status = 'running', escalated_at = NULL
     WHERE id = $1`,
    [clock.id, dueAt, blocksUntil],
  );
  await finishTasks(
    tx,
    { keys: [clockTaskKey(clock)] },
    { status: 'completed', by: actor.name, outcome: { reason: `on its way until ${dueAt}` }, at },
  );
}

/** A clock that was set anew may be escalated anew. */
export const clockTaskKey = ({ id, dueAt }: { id: string; dueAt: string }): string => `${id}:undocumented:${dueAt}`;

async function timesOf(
  tx: Transaction,
  policy: DocumentationPolicy,
  start: NewClock['start'],
  changed: { businessDays?: number; earlierWords?: string[] } = {},
): Promise<ClockTimes> {
  const [{ letterTime }, { timeZone, address }] = await Promise.all([readPolicy(tx, 'dunning'), readCompany(tx)]);
  const startDate = 'at' in start ? localDate(start.at, timeZone) : start.on;
  return startClock({
    policy: { ...policy, businessDays: changed.businessDays ?? policy.businessDays },
    start,
    letterTime,
    timeZone,
    closedOn: publicHolidays(address.country, policy.holidayRegion, startDate),
    earlierWords: changed.earlierWords ?? [],
  });
}

/** Until when letters to the customer wait for money that may be on its way; undefined: they do not. */
export async function lettersWaitUntil(db: Queryable, customerId: string, at: string): Promise<string | undefined> {
  const { rows } = await db.query<{ until: string | null }>(
    `SELECT max(blocks_until) AS until FROM documentation_clocks
     WHERE customer_id = $1 AND status = 'running' AND blocks_until > $2`,
    [customerId, at],
  );
  return rows[0]?.until ?? undefined;
}

/**
 * Ends the clocks that a payment documents: its own source's, and those of the payer that it answers. The account is locked. Gives
 * those that kept the payer's letters back: what they waited for may be less than what is owed, and nothing else writes them.
 */
export async function documentPayment(
  tx: Transaction,
  payment: RecordedMoney & {
    id: string;
    customerId: string;
    source?: { source: ClockSource; sourceId: string } | undefined;
    actor: Actor;
    at: string;
  },
): Promise<string[]> {
  const { rows } = await tx.query<ExpectedMoney & { id: string; source: ClockSource; sourceId: string | null }>(
    `SELECT id, source, source_id AS "sourceId", currency, amount_minor AS "amountMinor", paid_on AS "paidOn", reference,
       invoice_ids AS "invoiceIds"
     FROM documentation_clocks WHERE status IN ('running', 'lapsed') AND (customer_id = $1 OR source = $2 AND source_id = $3)`,
    [payment.customerId, payment.source?.source, payment.source?.sourceId],
  );
  const own = (clock: (typeof rows)[number]) =>
    payment.source !== undefined && clock.source === payment.source.source && clock.sourceId === payment.source.sourceId;
  // What was seen is documented by its own receipt alone; what was said, by whatever fits it.
  const ids = rows.filter((clock) => own(clock) || (isWord(clock.source) && isTheMoney(clock, payment))).map(({ id }) => id);
  if (ids.length === 0) return [];
  const blocking = await blockingClocks(tx, payment.customerId, ids);
  await endClocks(tx, { ids, paymentId: payment.id, actor: payment.actor, at: payment.at });
  return blocking;
}

/**
 * Ends the clock of what turns out to be a receipt that was in the books already, or no payment, such as a bank line that is set aside.
 * It keeps nobody's letters back.
 */
export async function endClockOf(
  tx: Transaction,
  { source, sourceId, ...how }: { source: ClockSource; sourceId: string } & HowItEnds,
): Promise<void> {
  const { rows } = await tx.query<{ id: string }>('SELECT id FROM documentation_clocks WHERE source = $1 AND source_id = $2', [
    source,
    sourceId,
  ]);
  await endClocks(tx, { ids: rows.map(({ id }) => id), ...how });
}

/** Those of the customers whose word of a payment is still to be borne out: what comes of theirs may be that money. */
export async function customersWhoseWordRuns(tx: Transaction, customerIds: string[]): Promise<Set<string>> {
  const { rows } = await tx.query<{ customerId: string; source: ClockSource }>(
    `SELECT customer_id AS "customerId", source FROM documentation_clocks
     WHERE customer_id = ANY ($1) AND status IN ('running', 'lapsed')`,
    [customerIds],
  );
  return new Set(rows.filter(({ source }) => isWord(source)).map(({ customerId }) => customerId));
}

/** Those of the clocks that keep the customer's letters back until they end. */
export async function blockingClocks(db: Queryable, customerId: string, ids: string[]): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `SELECT id FROM documentation_clocks
     WHERE id = ANY ($1) AND customer_id = $2 AND status = 'running' AND blocks_until > started_at ORDER BY id`,
    [ids, customerId],
  );
  return rows.map(({ id }) => id);
}

/** Documented by a payment, or rejected with a reason. */
type HowItEnds = { actor: Actor; at: string } & ({ paymentId: string } | { reason: string });

/** Ends clocks, with their tasks. */
export async function endClocks(tx: Transaction, how: { ids: string[] } & HowItEnds): Promise<void> {
  const { ids, actor, at } = how;
  const [status, paymentId, reason] =
    'paymentId' in how ? (['documented', how.paymentId, undefined] as const) : (['rejected', undefined, how.reason] as const);
  const { rows } = await tx.query<{ id: string; customerId: string | null; source: ClockSource; dueAt: string }>(
    `UPDATE documentation_clocks SET status = $2, payment_id = $3, status_reason = $4, ended_by = $5, ended_at = $6,
       blocks_until = CASE WHEN $2 = 'rejected' THEN greatest(started_at, least(blocks_until, $6)) ELSE blocks_until END
     WHERE id = ANY ($1) AND status IN ('running', 'lapsed') RETURNING id, customer_id AS "customerId", source,
       due_at AS "dueAt"`,
    [ids, status, paymentId, reason, actor.name, at],
  );
  for (const { id, customerId, source, dueAt } of rows) {
    await finishTasks(
      tx,
      { keys: [clockTaskKey({ id, dueAt })] },
      { status: 'completed', by: actor.name, outcome: { status, paymentId, reason }, at },
    );
    await record(tx, {
      at,
      actor,
      action: `documentation-clock-${status}`,
      summary: `${id} (${source}) ${paymentId ? `is documented by ${paymentId}` : 'is rejected: there is no such money'}`,
      reason,
      customerId: customerId ?? undefined,
      after: { clockId: id, paymentId },
    });
  }
}

/** The payment, if the customer tells us of what we have known. */
async function recordedAlready(tx: Transaction, customerId: string, clock: NewClock): Promise<string | undefined> {
  const { rows } = await tx.query<RecordedMoney & { id: string }>(
    `SELECT id, currency, amount_minor AS "amountMinor", value_on AS "valueOn", external_reference AS "externalReference",
       ARRAY(SELECT invoice_id FROM payment_applications WHERE payment_id = p.id) AS "invoiceIds"
     FROM payments p WHERE customer_id = $1 AND value_on >= $2 ORDER BY value_on DESC, id DESC LIMIT 100`,
    [customerId, addDays(clock.paidOn, -31)],
  );
  return rows.find((payment) => isTheMoney(clock, payment))?.id;
}
