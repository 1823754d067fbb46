import type { DeliveryTerms } from '../../domain/delivery-terms.ts';
import type { PaymentTerms } from '../../domain/invoice.ts';
import type { Invoicing } from '../../domain/invoice-run.ts';
import type { OrderStatus, Stage } from '../../domain/order.ts';
import { declineInWords } from '../../domain/order-card.ts';
import { waitingForCustomer } from '../../domain/order-standing.ts';
import type { Queryable } from '../client.ts';
import { type OrderCard, readOrderCard } from '../statements/order-cards.ts';
import type { Address, OrderLineRow } from '../statements/orders.ts';
import { type PrepaymentRow, readPrepayment } from '../statements/prepayments.ts';
import type { OrderWorkflowInput } from '../transactions/place-order.ts';
import { type InvoiceSummary, invoicesOfOrder } from './invoices.ts';
import { filter, type Page, type SortColumns, sortBy } from './page.ts';
import { type ShipmentSummary, shipmentsOfOrder } from './shipments.ts';

export interface OrderSummary {
  id: string;
  customerId: string;
  customerName: string;
  channel: string;
  externalReference: string | null;
  currency: string;
  netMinor: number;
  taxMinor: number;
  grossMinor: number;
  status: OrderStatus;
  stage: Stage;
  statusReason: string | null;
  requestedOn: string | null;
  revision: number;
  placedBy: string;
  placedAt: string;
  changedAt: string;
}

/** A line with where its price came from: a list and the quantity break that was reached, or, null, the product's own price. */
type PricedLine = OrderLineRow & { priceListId: string | null; priceMinimumQuantity: number | null };

export interface Order extends OrderSummary {
  shipTo: Address;
  backOrderAllowed: boolean;
  lines: PricedLine[];
  shipments: ShipmentSummary[];
  invoices: InvoiceSummary[];
  terms: PaymentTerms;
  deliveryTerms: DeliveryTerms | null;
  invoicing: Invoicing;
  prepayment: Omit<PrepaymentRow, 'orderId'> | null;
  card: { status: OrderCard['status']; declinedBecause: string | null; dueAt: string | null } | null;
}

const columns = `id, customer_id AS "customerId", (SELECT name FROM customers c WHERE c.id = o.customer_id) AS "customerName", channel, external_reference AS "externalReference", currency,
  net_minor AS "netMinor", tax_minor AS "taxMinor", gross_minor AS "grossMinor", status, stage,
  status_reason AS "statusReason", revision, requested_on AS "requestedOn", placed_by AS "placedBy", placed_at AS "placedAt",
  changed_at AS "changedAt"`;

export interface OrderFilter {
  status?: string | undefined;
  stage?: string | undefined;
  customerId?: string | undefined;
  waitsFor?: 'customer' | undefined;
}

export const orderSorts = { grossMinor: { column: 'gross_minor', type: 'bigint' } } as const satisfies SortColumns<string>;
export type OrderSort = keyof typeof orderSorts | `-${keyof typeof orderSorts}`;

/** Newest first, unless another order is asked for. */
export async function listOrders(db: Queryable, wanted: OrderFilter, page: Page, sort?: OrderSort): Promise<OrderSummary[]> {
  const { orderBy, after } = sortBy(orderSorts, sort, page.after);
  const { where, limit, values } = filter(
    {
      'customer_id = ?': wanted.customerId,
      'status = ?': wanted.status,
      'stage = ?': wanted.stage,
      'status = ANY (?)': wanted.waitsFor && waitingForCustomer,
      [after]: page.after,
    },
    page.limit,
  );
  return (await db.query<OrderSummary>(`SELECT ${columns} FROM orders o ${where} ORDER BY ${orderBy} ${limit}`, values)).rows;
}

/** The order with its lines, shipments and invoices; undefined when there is none, or it is another customer's. */
export async function readOrder(db: Queryable, id: string, customerId?: string): Promise<Order | undefined> {
  const { rows } = await db.query<
    Omit<Order, 'lines' | 'shipments' | 'invoices' | 'prepayment' | 'card'> & { lines: PricedLine[] }
  >(
    `SELECT ${columns}, ship_to AS "shipTo", back_order_allowed AS "backOrderAllowed", terms, delivery_terms AS "deliveryTerms", invoicing,
       (SELECT jsonb_agg(jsonb_build_object('lineNumber', line_number, 'sku', sku, 'description', description, 'quantity', quantity,
          'unitPriceMinor', unit_price_minor, 'priceListId', price_list_id, 'priceMinimumQuantity', price_minimum_quantity, 'taxCategory', tax_category, 'taxRate', tax_rate, 'netMinor', net_minor,
          'shippedQuantity', shipped_quantity, 'invoicedQuantity', invoiced_quantity, 'cancelledQuantity', cancelled_quantity)
          ORDER BY line_number) FROM order_lines WHERE order_id = o.id) AS lines
     FROM orders o WHERE id = $1 AND ($2::text IS NULL OR customer_id = $2)`,
    [id, customerId],
  );
  const order = rows[0];
  if (!order) return undefined;
  const [shipments, invoices, asked, card] = await Promise.all([
    shipmentsOfOrder(db, id),
    invoicesOfOrder(db, id),
    readPrepayment(db, id),
    readOrderCard(db, id),
  ]);
  const { orderId: _, ...prepayment } = asked ?? { orderId: id };
  return {
    ...order,
    shipments,
    invoices,
    prepayment: asked ? (prepayment as Omit<PrepaymentRow, 'orderId'>) : null,
    card: card
      ? { status: card.status, declinedBecause: card.code === null ? null : declineInWords(card.code), dueAt: card.dueAt }
      : null,
  };
}

/** What a message to the order's workflow needs: where the order stands, and what to start the workflow with. */
export async function readOrderStart(
  db: Queryable,
  id: string,
  customerId?: string,
): Promise<{ status: OrderStatus; start: OrderWorkflowInput } | undefined> {
  const { rows } = await db.query<Omit<OrderWorkflowInput, 'paysByCard'> & { status: OrderStatus; paysByCard: boolean }>(
    `SELECT id AS "orderId", customer_id AS "customerId", channel, currency, gross_minor AS "grossMinor",
            clock_offset_ms AS "clockOffsetMs", pays_by_card AS "paysByCard", status
     FROM orders WHERE id = $1 AND ($2::text IS NULL OR customer_id = $2)`,
    [id, customerId],
  );
  if (!rows[0]) return undefined;
  const { status, paysByCard, ...start } = rows[0];
  return { status, start: { ...start, ...(paysByCard ? { paysByCard } : {}) } };
}

/** How a step of the order's life ended, if it has been taken. */
export async function readStep<Outcome extends object>(
  db: Queryable,
  orderId: string,
  step: string,
): Promise<Outcome | undefined> {
  const { rows } = await db.query<{ outcome: Outcome }>('SELECT outcome FROM steps WHERE subject = $1 AND step = $2', [
    orderId,
    step,
  ]);
  return rows[0]?.outcome;
}
