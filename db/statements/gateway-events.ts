import { Refusal } from '../../domain/failures.ts';
import { only, type Queryable, type Transaction } from '../client.ts';
import { openTask } from './tasks.ts';

/* What the card gateway has told us, and whose money its ids stand for. */

export interface GatewayEvent {
  eventId: string;
  type: string;
  objectId: string;
  status: 'received' | 'handled' | 'ignored' | 'parked';
}

export async function readGatewayEvent(db: Queryable, eventId: string): Promise<GatewayEvent> {
  return only(
    await db.query<GatewayEvent>(
      'SELECT event_id AS "eventId", type, object_id AS "objectId", status FROM gateway_events WHERE event_id = $1',
      [eventId],
    ),
  );
}

/** What was to follow from a message of the gateway's has been done. */
export async function endGatewayEvent(
  tx: Transaction,
  { eventId, note, at }: { eventId: string; note?: string | undefined; at: string },
): Promise<void> {
  await tx.query(
    "UPDATE gateway_events SET status = 'handled', note = $2, handled_at = $3 WHERE event_id = $1 AND status = 'received'",
    [eventId, note?.slice(0, 500), at],
  );
}

/** The message is about nothing of ours: it waits for a person, one task for all that are about the same. */
export async function parkGatewayEvent(
  tx: Transaction,
  event: Pick<GatewayEvent, 'eventId' | 'type' | 'objectId'>,
  { note, at }: { note: string; at: string },
): Promise<void> {
  const { eventId, type, objectId } = event;
  await tx.query(
    "UPDATE gateway_events SET status = 'parked', note = $2, handled_at = $3 WHERE event_id = $1 AND status = 'received'",
    [eventId, note.slice(0, 500), at],
  );
  await openTask(tx, {
    key: `gateway-event:${objectId}`,
    kind: 'gateway-event',
    role: 'finance',
    title: `The card gateway reports ${type}: ${note}`.slice(0, 300),
    details: { eventId, type, objectId },
    at,
  });
}

export interface GatewayPayment {
  customerId: string;
  currency: string;
  /** Absent: it is being taken, and not noted yet. */
  isReceived: boolean;
}

/** Whose money the gateway's payment is; undefined: none of ours. */
export async function ownerOfGatewayPayment(db: Queryable, gatewayId: string | undefined): Promise<GatewayPayment | undefined> {
  const { rows } = await db.query<GatewayPayment>(
    `SELECT o.customer_id AS "customerId", o.currency, a.payment_id IS NOT NULL AS "isReceived"
     FROM card_authorisations a JOIN orders o ON o.id = a.order_id WHERE a.gateway_id = $1
     UNION ALL SELECT customer_id, currency, payment_id IS NOT NULL FROM card_payments WHERE gateway_id = $1`,
    [gatewayId],
  );
  return rows[0];
}

/** The card that a receipt came from, as the gateway's payment. */
export async function gatewayPaymentOf(db: Queryable, paymentId: string): Promise<string> {
  const { rows } = await db.query<{ gatewayId: string }>(
    'SELECT gateway_id AS "gatewayId" FROM card_receipts WHERE payment_id = $1',
    [paymentId],
  );
  if (rows[0]) return rows[0].gatewayId;
  const detail = `${paymentId} did not come from a card: name the IBAN that its money goes back to.`;
  throw new Refusal(422, 'not-by-card', detail, { faults: [{ path: '/iban', code: 'required', detail }] });
}
