import { finalOrderStatuses } from '../../domain/order.ts';
import type { IsoInstant } from '../../domain/time.ts';
import { only, type Queryable } from '../client.ts';
import { mayBeHeld } from '../statements/order-cards.ts';
import { isStarting, type OutboxMessage } from '../statements/outbox.ts';
import { filter, type Page } from './page.ts';

/**
 * Every workflow that lives by the company clock, and must be running: of open orders, of those that have ended and not let go of what
 * their card held for them, and of open items that have no order.
 */
export async function openWorkflows(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `SELECT id FROM orders WHERE status <> ALL ($1)
     UNION SELECT order_id FROM card_authorisations WHERE ${mayBeHeld}
     UNION SELECT holder_workflow_id FROM invoices WHERE open_minor > 0`,
    [finalOrderStatuses],
  );
  return rows.map((row) => row.id);
}

/** Those of the workflows whose start is still under way to Temporal, or parked. */
export async function notStartedYet(db: Queryable, workflowIds: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(`SELECT w.id FROM unnest($1::text[]) AS w (id) WHERE ${isStarting('w.id')}`, [
    workflowIds,
  ]);
  return rows.map((row) => row.id);
}

/**
 * Those of the workflows that collect an item that is open, in whichever round: a payment that bounces while another instalment is open
 * gives the item a second holder, and the first rightly runs on.
 */
export async function ofOpenItems(db: Queryable, workflowIds: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `SELECT w.id FROM unnest($1::text[]) AS w (id) JOIN invoices i ON i.id = split_part(w.id, ':', 2)
     WHERE w.id LIKE 'receivable:%' AND i.open_minor > 0`,
    [workflowIds],
  );
  return rows.map((row) => row.id);
}

/** Those of the workflows that are about an order, or an item, that is not here: it was forgotten by a restore. */
export async function withoutRecord(db: Queryable, workflowIds: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `SELECT id FROM unnest($1::text[]) AS w (id) WHERE NOT EXISTS (SELECT FROM orders o WHERE o.id = w.id)
       AND NOT EXISTS (SELECT FROM invoices i WHERE w.id LIKE 'receivable:%' AND i.id = split_part(w.id, ':', 2)) ORDER BY id`,
    [workflowIds],
  );
  return rows.map((row) => row.id);
}

export const messageStates = ['waiting', 'failing', 'held-back', 'parked'] as const;
export type MessageState = (typeof messageStates)[number];

/** A message that is not delivered: what it carries stays inside. */
export interface WaitingMessage {
  id: string;
  key: string;
  kind: OutboxMessage['kind'];
  subject: string;
  state: MessageState;
  attempts: number;
  problem: string | null;
  /** By the clock on the wall, as is the next. */
  recordedAt: IsoInstant;
  nextAttemptAt: IsoInstant | null;
}

const stateOf = `CASE WHEN parked_reason IS NOT NULL THEN 'parked'
  WHEN EXISTS (SELECT FROM outbox_pauses p WHERE p.kind = outbox.kind AND p.paused) THEN 'held-back'
  WHEN last_problem IS NOT NULL THEN 'failing' ELSE 'waiting' END`;

/** The messages that are not delivered, in the order in which they were written. */
export async function listWaitingMessages(
  db: Queryable,
  wanted: { state?: MessageState | undefined; kind?: string | undefined },
  page: Page,
): Promise<WaitingMessage[]> {
  const { where, limit, values } = filter(
    { 'state = ?': wanted.state, 'kind = ?': wanted.kind, 'id > ?': page.after },
    page.limit,
  );
  const { rows } = await db.query<WaitingMessage>(
    `SELECT id::text, key, kind, subject, state, attempts, problem, "recordedAt", "nextAttemptAt" FROM (
       SELECT id, key, kind, subject, ${stateOf} AS state, attempts, coalesce(parked_reason, last_problem) AS problem,
         recorded_at AS "recordedAt", CASE WHEN parked_reason IS NULL THEN claimed_until END AS "nextAttemptAt"
       FROM outbox WHERE delivered_at IS NULL) AS undelivered
     ${where} ORDER BY undelivered.id ${limit}`,
    values,
  );
  return rows;
}

/** How many messages wait, by state, and since when the oldest does that nothing keeps back. */
export async function countWaitingMessages(
  db: Queryable,
): Promise<Record<MessageState, number> & { oldestAt: IsoInstant | null }> {
  return only(
    await db.query<Record<MessageState, number> & { oldestAt: IsoInstant | null }>(
      `SELECT ${messageStates.map((state) => `(count(*) FILTER (WHERE state = '${state}'))::int AS "${state}"`).join(', ')},
         min(recorded_at) FILTER (WHERE state IN ('waiting', 'failing')) AS "oldestAt"
       FROM (SELECT ${stateOf} AS state, recorded_at FROM outbox WHERE delivered_at IS NULL) AS undelivered`,
      [],
    ),
  );
}

export interface MessagePause {
  kind: OutboxMessage['kind'];
  reason: string;
  by: string;
  at: IsoInstant;
}

/** The kinds of message that a person holds back. */
export async function listMessagePauses(db: Queryable): Promise<MessagePause[]> {
  const { rows } = await db.query<MessagePause>('SELECT kind, reason, by, at FROM outbox_pauses WHERE paused ORDER BY kind', []);
  return rows;
}
