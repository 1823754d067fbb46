/** Events for outgoing webhooks (X4): written by the transaction of the change that they tell of, for the endpoints that want them. */
import { Refusal } from '../../domain/failures.ts';
import { tellable, type WebhookEventType } from '../../domain/webhook.ts';
import type { Transaction } from '../client.ts';

export interface NewWebhookEvent {
  /** Once per key. */
  key: string;
  type: WebhookEventType;
  customerId: string;
  /** Holds the fields of the type, and whatever else it may: only the fields go out. */
  facts: Record<string, unknown>;
  at: string;
}

/** Owes the endpoints that want it an event; where none does, nothing is written. */
export async function announce(tx: Transaction, event: NewWebhookEvent): Promise<void> {
  await tx.query(`WITH ${insertWebhookEvents(1)} SELECT 1`, columnsOfWebhookEvents([event]));
}

/**
 * The same as parts of a larger statement, whose values from `$first` on are the columns of the events. Whoever writes about a record holds
 * its lock, so that its events are counted one after the other.
 */
export function insertWebhookEvents(first: number): string {
  const [keys, types, customers, records, data, times] = Array.from({ length: 6 }, (_, index) => `$${first + index}`);
  const wantedBy = (event: string) =>
    `w.status <> 'removed' AND ${event}.type = ANY (w.event_types) AND (w.customer_id IS NULL OR w.customer_id = ${event}.customer_id)`;
  return `announced AS (
      INSERT INTO webhook_events (key, type, customer_id, record_id, sequence, data, at)
      SELECT e.key, e.type, e.customer_id, e.record_id,
        1 + (SELECT count(*) FROM webhook_events earlier WHERE earlier.record_id = e.record_id), e.data, e.at
      FROM unnest(${keys}::text[], ${types}::text[], ${customers}::text[], ${records}::text[], ${data}::jsonb[], ${times}::timestamptz[])
        AS e (key, type, customer_id, record_id, data, at)
      WHERE EXISTS (SELECT 1 FROM webhook_endpoints w WHERE ${wantedBy('e')})
      ON CONFLICT (key) DO NOTHING RETURNING id, type, customer_id),
    owed AS (
      INSERT INTO webhook_deliveries (event_id, endpoint_id)
      SELECT a.id, w.id FROM announced a JOIN webhook_endpoints w ON ${wantedBy('a')})`;
}

export function columnsOfWebhookEvents(events: NewWebhookEvent[]): unknown[][] {
  const told = events.map(({ type, facts }) => tellable(type, facts));
  return [
    events.map(({ key }) => key),
    events.map(({ type }) => type),
    events.map(({ customerId }) => customerId),
    told.map(({ recordId }) => recordId),
    told.map(({ data }) => JSON.stringify(data)),
    events.map(({ at }) => at),
  ];
}

export const unknownEndpoint = (id: string): Refusal =>
  new Refusal(404, 'unknown-webhook-endpoint', `There is no webhook endpoint ${id}.`);
