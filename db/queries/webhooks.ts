import type { IsoInstant } from '../../domain/time.ts';
import type { Queryable } from '../client.ts';
import { instantInJson } from './instants.ts';
import { filter, type Page } from './page.ts';

export interface WebhookEndpoint {
  id: string;
  url: string;
  description: string | null;
  eventTypes: string[];
  customerId: string | null;
  status: 'enabled' | 'disabled';
  statusReason: string | null;
  /** While the secret before still signs too. */
  previousSecretUntil: IsoInstant | null;
  failingSince: IsoInstant | null;
  waiting: number;
  createdAt: IsoInstant;
}

/** The endpoints, or one of them, without their secrets, in the order in which they were made; `waiting` is what they are still owed. */
export async function listWebhookEndpoints(db: Queryable, id?: string): Promise<WebhookEndpoint[]> {
  const { rows } = await db.query<WebhookEndpoint>(
    `SELECT id, url, description, event_types AS "eventTypes", customer_id AS "customerId", status, status_reason AS "statusReason",
       CASE WHEN previous_until > clock_timestamp() THEN previous_until END AS "previousSecretUntil",
       failing_since AS "failingSince", at AS "createdAt",
       (SELECT count(*) FROM webhook_deliveries d WHERE d.endpoint_id = w.id AND d.status = 'pending') AS waiting
     FROM webhook_endpoints w WHERE status <> 'removed' AND ($1::text IS NULL OR id = $1) ORDER BY id`,
    [id],
  );
  return rows;
}

export interface WebhookDeliveryRow {
  id: string;
  endpointId: string;
  eventId: string;
  type: string;
  customerId: string | null;
  recordId: string;
  sequence: number;
  data: unknown;
  at: IsoInstant;
  status: 'pending' | 'delivered' | 'given-up';
  nextAttemptAt: IsoInstant | null;
  deliveredAt: IsoInstant | null;
  attemptCount: number;
  attempts: {
    number: number;
    at: IsoInstant;
    durationMs: number;
    statusCode: number | null;
    problem: string | null;
    answer: string | null;
  }[];
}

export interface WantedDeliveries {
  id?: string | undefined;
  endpointId?: string | undefined;
  status?: string | undefined;
  type?: string | undefined;
  recordId?: string | undefined;
}

// Of one that was sent again time after time the last ones tell enough.
const attemptsShown = 20;

/** Deliveries with their last attempts, the newest first. */
export async function listWebhookDeliveries(db: Queryable, wanted: WantedDeliveries, page: Page): Promise<WebhookDeliveryRow[]> {
  const { where, limit, values } = filter(
    {
      'd.id = ?': wanted.id,
      'd.endpoint_id = ?': wanted.endpointId,
      'd.status = ?': wanted.status,
      'e.type = ?': wanted.type,
      'e.record_id = ?': wanted.recordId,
      'd.id < ?': page.after,
    },
    page.limit,
  );
  const { rows } = await db.query<WebhookDeliveryRow>(
    `SELECT d.id, d.endpoint_id AS "endpointId", d.event_id AS "eventId", e.type, e.customer_id AS "customerId",
       e.record_id AS "recordId", e.sequence, e.data, e.at, d.status, d.delivered_at AS "deliveredAt", d.attempts AS "attemptCount",
       CASE WHEN d.status = 'pending' THEN greatest(d.due_at, d.recorded_at) END AS "nextAttemptAt",
       coalesce((SELECT jsonb_agg(to_jsonb(a) ORDER BY a.number) FROM (
         SELECT number, ${instantInJson('at')} AS at, duration_ms AS "durationMs",
           status_code AS "statusCode", problem, answer
         FROM webhook_attempts WHERE delivery_id = d.id ORDER BY number DESC LIMIT ${attemptsShown}) a), '[]') AS attempts
     FROM webhook_deliveries d JOIN webhook_events e ON e.id = d.event_id ${where} ORDER BY d.id DESC ${limit}`,
    values,
  );
  return rows;
}
