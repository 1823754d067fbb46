import type { CardAuthorisation } from '../../domain/order-card.ts';
import { only, type Queryable, type Transaction } from '../client.ts';

/* The card of an order and what was asked of the gateway for it. Rows here change under the lock of the order. */

export interface OrderCard {
  /** The gateway's token. */
  paymentMethod: string;
  status: 'requested' | 'declined' | 'authorised';
  code: string | null;
  dueAt: string | null;
}

export async function readOrderCard(db: Queryable, orderId: string): Promise<OrderCard | undefined> {
  const { rows } = await db.query<OrderCard>(
    'SELECT payment_method AS "paymentMethod", status, code, due_at AS "dueAt" FROM order_cards WHERE order_id = $1',
    [orderId],
  );
  return rows[0];
}

export interface AuthorisationRow extends CardAuthorisation {
  orderId: string;
  currency: string;
  paymentMethod: string;
  gatewayId: string | null;
  capturedMinor: number | null;
}

const columns = `key, order_id AS "orderId", (SELECT o.currency FROM orders o WHERE o.id = order_id) AS currency, invoice_id AS "invoiceId", payment_method AS "paymentMethod", amount_minor AS "amountMinor",
  status, gateway_id AS "gatewayId", code, held_at AS "heldAt", captured_minor AS "capturedMinor"`;

/** SQL on an authorisation: the gateway may hold its amount, and no invoice is taken from it. */
export const mayBeHeld = "invoice_id IS NULL AND status IN ('requested', 'held', 'releasing')";

export async function authorisationsOf(db: Queryable, orderId: string): Promise<AuthorisationRow[]> {
  const { rows } = await db.query<AuthorisationRow>(
    `SELECT ${columns} FROM card_authorisations WHERE order_id = $1 ORDER BY number`,
    [orderId],
  );
  return rows;
}

export async function readAuthorisation(db: Queryable, key: string): Promise<AuthorisationRow> {
  return only(await db.query<AuthorisationRow>(`SELECT ${columns} FROM card_authorisations WHERE key = $1`, [key]));
}

/** Writes down that an amount is to be held on the order's card, and gives the key to ask with. */
export async function requestAuthorisation(
  tx: Transaction,
  wanted: { orderId: string; invoiceId?: string | undefined; amountMinor: number; at: string },
): Promise<string> {
  const { orderId, invoiceId, amountMinor, at } = wanted;
  const { rows } = await tx.query<{ key: string }>(
    `INSERT INTO card_authorisations (key, order_id, number, invoice_id, payment_method, amount_minor, at)
     SELECT $1 || ':card:' || number, $1, number, $2, payment_method, $3, $4
     FROM order_cards, LATERAL (SELECT 1 + count(*) AS number FROM card_authorisations WHERE order_id = $1) n WHERE order_id = $1
     RETURNING key`,
    [orderId, invoiceId, amountMinor, at],
  );
  return rows[0]!.key;
}
