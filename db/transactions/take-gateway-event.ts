import { subjectOfGatewayEvent } from '../../domain/card-dispute.ts';
import type { Transaction } from '../client.ts';
import { enqueue } from '../statements/outbox.ts';

export interface ReportedGatewayEvent {
  eventId: string;
  type: string;
  /** What it is about. */
  objectId: string;
  occurredAt: string;
}

/**
 * Takes a message of the card gateway's in, once by its id (P1, X4). It says only what to ask the gateway about, which a workflow does as
 * soon as this has committed: so they may come in any order. What nothing follows from is kept and left alone.
 */
export async function takeGatewayEvent(
  tx: Transaction,
  { eventId, type, objectId, occurredAt, at }: ReportedGatewayEvent & { at: string },
): Promise<{ eventId: string; outcome: 'received' | 'known' | 'ignored' }> {
  const status = subjectOfGatewayEvent(type) === undefined ? 'ignored' : 'received';
  const { rowCount } = await tx.query(
    `INSERT INTO gateway_events (event_id, type, object_id, occurred_at, status, at) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (event_id) DO NOTHING`,
    [eventId, type, objectId, occurredAt, status, at],
  );
  if (rowCount === 0) return { eventId, outcome: 'known' };
  if (status === 'received') await enqueue(tx, { kind: 'card-work', work: 'event', id: eventId });
  return { eventId, outcome: status };
}
