import type { DeliveryTerms } from '../../domain/delivery-terms.ts';
import { Refusal } from '../../domain/failures.ts';
import type { PaymentTerms } from '../../domain/invoice.ts';
import type { Invoicing } from '../../domain/invoice-run.ts';
import type { Rounding } from '../../domain/money.ts';
import {
  isFinal,
  mayOrder,
  type OrderCommand,
  type OrderStatus,
  openQuantity,
  orderTransitions,
  stageOf,
} from '../../domain/order.ts';
import type { Transaction } from '../client.ts';

export interface Address {
  name: string;
  street: string;
  city: string;
  postalCode: string;
  country: string;
}

export interface OrderRow {
  id: string;
  customerId: string;
  channel: string;
  status: OrderStatus;
  currency: string;
  grossMinor: number;
  terms: PaymentTerms;
  shipTo: Address;
  backOrderAllowed: boolean;
  /** Null: control passes at goods issue. */
  deliveryTerms: DeliveryTerms | null;
  /** Its customer's when it was placed; `isConsolidated` says whether it waits for a run. */
  invoicing: Invoicing;
  /** By the invoicing policy of the day it was placed, so that its invoices add up to it. */
  taxRounding: Rounding;
  clockOffsetMs: number;
  placedAt: string;
  revision: number;
  choiceDueAt: string | null;
  /** Chosen after a shortage: nothing goes out before all of it is there, and it may take its time. */
  waitsForAll: boolean;
  /** Its money is held on a card when it is accepted, and taken with its invoices. */
  paysByCard: boolean;
  /** A person has given this order room under the limit, so that it need not stand in line for it. */
  roomDecided: boolean;
  /** The company's, in which an instant has its day. */
  timeZone: string;
}

export interface OrderLineRow {
  lineNumber: number;
  sku: string;
  description: string;
  quantity: number;
  unitPriceMinor: number;
  /** The quantity break of its price list that its price is for; null: the product's own. */
  minimumQuantity: number | null;
  taxCategory: string;
  taxRate: string;
  netMinor: number;
  shippedQuantity: number;
  invoicedQuantity: number;
  cancelledQuantity: number;
}

const orderColumns = `id, customer_id AS "customerId", channel, status, currency, gross_minor AS "grossMinor", terms,
  ship_to AS "shipTo", back_order_allowed AS "backOrderAllowed", clock_offset_ms AS "clockOffsetMs", placed_at AS "placedAt", revision,
  choice_due_at AS "choiceDueAt", waits_for_all AS "waitsForAll", room_decided AS "roomDecided",
  pays_by_card AS "paysByCard", invoicing, delivery_terms AS "deliveryTerms", tax_rounding AS "taxRounding",
  (SELECT time_zone FROM company) AS "timeZone"`;

/** Locks the order's row: the first lock that every command on an order takes. */
export async function lockOrder(tx: Transaction, orderId: string): Promise<OrderRow> {
  const found = await tx.query<OrderRow>(`SELECT ${orderColumns} FROM orders WHERE id = $1 FOR UPDATE`, [orderId]);
  if (!found.rows[0]) throw new Refusal(404, 'unknown-order', `There is no order ${orderId}.`);
  return found.rows[0];
}

/** Locks several orders, by id. */
export async function lockOrders(tx: Transaction, orderIds: string[]): Promise<OrderRow[]> {
  const found = await tx.query<OrderRow>(`SELECT ${orderColumns} FROM orders WHERE id = ANY ($1) ORDER BY id FOR UPDATE`, [
    orderIds,
  ]);
  return found.rows;
}

/** Locks the orders that an invoice bills: one, or all of a consolidated one's. */
export async function lockOrdersOf(tx: Transaction, invoiceId: string): Promise<void> {
  await tx.query(
    'SELECT 1 FROM orders WHERE id = ANY (ARRAY(SELECT order_id FROM billings WHERE invoice_id = $1)) ORDER BY id FOR UPDATE',
    [invoiceId],
  );
}

export async function orderLines(tx: Transaction, orderId: string): Promise<OrderLineRow[]> {
  const found = await tx.query<OrderLineRow>(
    `SELECT line_number AS "lineNumber", sku, description, quantity, unit_price_minor AS "unitPriceMinor",
            price_minimum_quantity AS "minimumQuantity", tax_category AS "taxCategory", tax_rate AS "taxRate", net_minor AS "netMinor",
            shipped_quantity AS "shippedQuantity", invoiced_quantity AS "invoicedQuantity",
            cancelled_quantity AS "cancelledQuantity"
     FROM order_lines WHERE order_id = $1 ORDER BY line_number`,
    [orderId],
  );
  return found.rows;
}

/** Moves the order along the transition table; nothing else writes `orders.status`. Refuses what the table does not list. */
export async function moveOrder(
  tx: Transaction,
  order: OrderRow,
  command: OrderCommand,
  at: string,
  reason?: string,
): Promise<void> {
  if (!mayOrder(order.status, command)) {
    throw new Refusal(409, 'order-state', `Order ${order.id} is ${order.status}: ${command} is not possible any more.`);
  }
  order.status = orderTransitions[command].to;
  const stage = stageOf(order.status);
  const stageWhenOverdue = stageOf(order.status, true);
  const isByInvoices = stageWhenOverdue !== stage;
  await tx.query(
    `UPDATE orders SET status = $2, stage = ${isByInvoices ? stageInSql('$3', '$8') : '$3'}, status_reason = $4, changed_at = $5,
       accepted_at = CASE WHEN $6 IN ('approve-credit', 'accept-prepayment', 'accept-card') THEN coalesce(accepted_at, $5) ELSE accepted_at END,
       invoiced_at = CASE WHEN $6 = 'invoice-everything' THEN $5 ELSE invoiced_at END,
       closed_at = CASE WHEN $7 THEN $5 ELSE closed_at END
     WHERE id = $1`,
    [order.id, order.status, stage, reason, at, command, isFinal(order.status), ...(isByInvoices ? [stageWhenOverdue] : [])],
  );
}

/** Of two stages the second while an invoice of the order is overdue: which one holds is known in the database only. */
const stageInSql = (stage: string, stageWhenOverdue: string): string =>
  `CASE WHEN EXISTS (SELECT 1 FROM billings b JOIN invoices i ON i.id = b.invoice_id WHERE b.order_id = orders.id AND i.open_minor > 0 AND i.overdue_since IS NOT NULL)
     THEN ${stageWhenOverdue} ELSE ${stage} END`;

/** Moves the orders of an invoice between receivables and collections when it went overdue or was settled. They are locked already. */
export async function refreshStage(tx: Transaction, invoiceId: string, at: string): Promise<void> {
  await tx.query(
    `UPDATE orders SET stage = ${stageInSql('$2', '$3')}, changed_at = $4
     WHERE status = 'invoiced' AND id = ANY (ARRAY(SELECT order_id FROM billings WHERE invoice_id = $1))`,
    [invoiceId, stageOf('invoiced'), stageOf('invoiced', true), at],
  );
}

/**
 * After units were shipped, invoiced or cancelled: moves the order to where its quantities and shipments say it stands. Lines that the
 * caller has kept in step with what it wrote are not read again.
 */
export async function moveOrderByQuantities(
  tx: Transaction,
  order: OrderRow,
  at: string,
  linesInStep?: readonly OrderLineRow[],
): Promise<void> {
  const [lines, live] = await Promise.all([
    linesInStep ?? orderLines(tx, order.id),
    tx.query("SELECT 1 FROM shipments WHERE order_id = $1 AND status IN ('picking', 'packing', 'packed') LIMIT 1", [order.id]),
  ]);
  if (live.rows.length > 0) return;
  if (lines.some((line) => openQuantity(line) > 0)) {
    if (mayOrder(order.status, 'back-order') && order.status !== 'back-ordered') await moveOrder(tx, order, 'back-order', at);
    return;
  }
  if (lines.every((line) => line.shippedQuantity === 0)) {
    await moveOrder(tx, order, 'cancel', at);
    return;
  }
  if (mayOrder(order.status, 'ship-everything')) await moveOrder(tx, order, 'ship-everything', at);
  if (mayOrder(order.status, 'invoice-everything') && lines.every((line) => line.invoicedQuantity === line.shippedQuantity)) {
    await moveOrder(tx, order, 'invoice-everything', at);
  }
}

export async function readOrderStatus(tx: Transaction, orderId: string): Promise<OrderStatus> {
  const { rows } = await tx.query<{ status: OrderStatus }>('SELECT status FROM orders WHERE id = $1', [orderId]);
  return rows[0]!.status;
}
