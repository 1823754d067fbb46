import type { CardDisputeStatus } from '../../domain/card-dispute.ts';
import type { Queryable } from '../client.ts';
import { filter, type Page } from './page.ts';

export interface CardDispute {
  /** The gateway's own. */
  id: string;
  gatewayId: string;
  customerId: string;
  currency: string;
  amountMinor: number;
  status: CardDisputeStatus;
  reason: string;
  evidenceDueAt: string | null;
  feeMinor: number;
  takenPaymentId: string | null;
  /** Which of its reversals that was. */
  takenNumber: number | null;
  keptPaymentId: string | null;
  wonPaymentId: string | null;
  problem: string | null;
  at: string;
  changedAt: string;
}

export const cardDisputeColumns = `id, gateway_id AS "gatewayId", customer_id AS "customerId", currency, amount_minor AS "amountMinor",
  status, reason, evidence_due_at AS "evidenceDueAt", fee_minor AS "feeMinor", taken_payment_id AS "takenPaymentId",
  taken_number AS "takenNumber", kept_payment_id AS "keptPaymentId", won_payment_id AS "wonPaymentId", problem, at, changed_at AS "changedAt"`;

/** By the gateway's ids. */
export async function listCardDisputes(
  db: Queryable,
  wanted: { customerId?: string | undefined; status?: string | undefined },
  page: Page,
): Promise<CardDispute[]> {
  const { where, limit, values } = filter(
    { 'customer_id = ?': wanted.customerId, 'status = ?': wanted.status, 'id > ?': page.after },
    page.limit,
  );
  return (await db.query<CardDispute>(`SELECT ${cardDisputeColumns} FROM card_disputes ${where} ORDER BY id ${limit}`, values))
    .rows;
}

export interface GatewayEventRow {
  sequence: number;
  eventId: string;
  type: string;
  objectId: string;
  occurredAt: string;
  status: 'received' | 'handled' | 'ignored' | 'parked';
  note: string | null;
  at: string;
  handledAt: string | null;
}

/** What the gateway has told us, newest first. */
export async function listGatewayEvents(
  db: Queryable,
  wanted: { objectId?: string | undefined; status?: string | undefined },
  page: Page,
): Promise<GatewayEventRow[]> {
  const { where, limit, values } = filter(
    { 'object_id = ?': wanted.objectId, 'status = ?': wanted.status, 'sequence < ?': page.after },
    page.limit,
  );
  const { rows } = await db.query<GatewayEventRow>(
    `SELECT sequence, event_id AS "eventId", type, object_id AS "objectId", occurred_at AS "occurredAt", status, note, at,
       handled_at AS "handledAt" FROM gateway_events ${where} ORDER BY sequence DESC ${limit}`,
    values,
  );
  return rows;
}
