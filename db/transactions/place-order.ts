import { Refusal } from '../../domain/failures.ts';
import { taxRounding } from '../../domain/invoice.ts';
import { formatMoney } from '../../domain/money.ts';
import { cardTerms } from '../../domain/order-card.ts';
import { notTheirsToSay, orderFaults, orderTotals, priceLines } from '../../domain/order-intake.ts';
import { isPrepaid, prepaymentTerms } from '../../domain/prepayment.ts';
import type { ChosenPrice } from '../../domain/prices.ts';
import { compareDates, fromMillis, type IsoDate, localDate } from '../../domain/time.ts';
import type { Queryable } from '../client.ts';
import { judgeHold } from '../statements/credit.ts';
import { lineColumns } from '../statements/invoices.ts';
import { type FoundFacts, type OrderRequest, readIntakeFacts } from '../statements/order-intake.ts';

export interface PlaceOrderInput {
  request: OrderRequest;
  actor: string;
  /** Who sent it and under which key: the same key with the same content gets the same answer again (O3). */
  principal: string;
  idempotencyKey: string;
  /** A hash of the request's content. */
  fingerprint: string;
  /** Of each line, as a quote holds them; absent: as of now. */
  quotedPrices?: readonly ChosenPrice[] | undefined;
  /** Sent with the customer's own key, which cannot choose when control passes and revenue is earned. */
  isCustomersOwn?: boolean | undefined;
}

export interface PlacedOrder {
  id: string;
  customerId: string;
  channel: string;
  externalReference: string | null;
  currency: string;
  netMinor: number;
  taxMinor: number;
  grossMinor: number;
  status: 'received';
  placedAt: string;
  lines: {
    lineNumber: number;
    sku: string;
    description: string;
    quantity: number;
    unitPriceMinor: number;
    /** Where the price came from; null: the product's own. */
    priceListId: string | null;
    netMinor: number;
  }[];
}

/** What the order's workflow starts with; everything else it asks PostgreSQL for. */
export interface OrderWorkflowInput {
  orderId: string;
  customerId: string;
  channel: string;
  currency: string;
  grossMinor: number;
  clockOffsetMs: number;
  /** Absent: on credit or in advance. */
  paysByCard?: true;
  /**
   * Set when an earlier run of its workflow is lost: it goes on where the order stands (X8). The so-manyeth restart, from 1; true in
   * runs from before it was told.
   */
  takesOver?: number | true;
}

const writeOrder = `
  WITH placed AS (
    INSERT INTO orders (id, customer_id, channel, external_reference, content_fingerprint, original_document, currency,
      net_minor, tax_minor, gross_minor, terms, ship_to, requested_on, back_order_allowed, clock_offset_ms, placed_by, placed_at, changed_at,
      delivery_terms, tax_rounding, pays_by_card, invoicing, promised_on)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $17, $33, $34, $35::text IS NOT NULL, $36, $37)),
  card AS (INSERT INTO order_cards (order_id, payment_method) SELECT $1, $35 WHERE $35 IS NOT NULL),
  lines AS (
    INSERT INTO order_lines (order_id, line_number, sku, description, quantity, unit_price_minor, tax_category, tax_rate, net_minor,
      price_list_id, price_minimum_quantity)
    SELECT $1, * FROM unnest($18::int[], $19::text[], $20::text[], $21::int[], $22::bigint[], $23::text[], $24::text[], $25::bigint[],
      $31::text[], $32::int[])),
  audited AS (
    INSERT INTO audit_log (at, actor, action, summary, customer_id, order_id) VALUES ($17, $16, 'order-received', $26, $2, $1)),
  owed AS (
    INSERT INTO outbox (key, kind, subject, payload) VALUES ('start:' || $1, 'start-order', $1, $27))
  INSERT INTO idempotency_keys (principal, key, fingerprint, response_status, response_body) VALUES ($28, $29, $5, 201, $30)`;

/**
 * Takes an order in: validated, priced and durable, or refused with every fault at once (O1, O2, O3). One statement, and so
 * one transaction, writes the order, its audit row, the message that starts its workflow, and the answer under its
 * idempotency key; the binding checks of credit and stock are the workflow's. A twin in flight waits on the unique index.
 * It needs no transaction around it, which would cost two more trips to the database for every order.
 */
export async function placeOrder(
  db: Queryable,
  input: PlaceOrderInput,
): Promise<{ order: PlacedOrder; replayed: boolean; start?: OrderWorkflowInput }> {
  const { request } = input;
  const wallMs = Date.now();
  const facts = await readIntakeFacts<PlacedOrder>(db, request, {
    principal: input.principal,
    idempotencyKey: input.idempotencyKey,
    wallMs,
  });
  if (facts.replay) return { order: earlierAnswer(facts.replay, input.fingerprint), replayed: true };
  const { customer, timeZone } = mayBeTakenIn(facts, input);
  const at = fromMillis(wallMs + facts.offsetMs);
  const today = localDate(at, timeZone);

  const prices = input.quotedPrices ?? priceLines(request, facts, today);
  const faults = [
    ...(input.isCustomersOwn ? notTheirsToSay(request, customer) : []),
    ...orderFaults(request, { ...facts, customer }, prices, today),
  ];
  if (faults.length > 0) throw new Refusal(422, 'invalid-order', 'The order cannot be accepted.', { faults });

  const terms = request.payment ? cardTerms : request.prepayment ? prepaymentTerms : customer.terms;
  // What is paid in advance or by card passes: a customer on hold may go on buying for money (C6).
  if (!isPrepaid(terms) && !request.payment)
    await refuseOnHold(db, facts, { ...customer, customerId: request.customerId }, today);

  const totals = orderTotals(request, facts, prices);
  const order: PlacedOrder = {
    id: `ORD-${facts.orderNumber}`,
    customerId: request.customerId,
    channel: request.channel,
    externalReference: request.externalReference ?? null,
    currency: request.currency,
    netMinor: totals.netMinor,
    taxMinor: totals.taxMinor,
    grossMinor: totals.grossMinor,
    status: 'received',
    placedAt: at,
    lines: totals.lines.map(({ lineNumber, sku, description, quantity, unitPriceMinor, netMinor }) => ({
      lineNumber,
      sku,
      description,
      quantity,
      unitPriceMinor,
      priceListId: prices[lineNumber - 1]!.priceListId,
      netMinor,
    })),
  };
  const start: OrderWorkflowInput = {
    orderId: order.id,
    customerId: order.customerId,
    channel: order.channel,
    currency: order.currency,
    grossMinor: order.grossMinor,
    clockOffsetMs: facts.offsetMs,
    ...(request.payment ? { paysByCard: true } : {}),
  };
  await db.query(writeOrder, [
    order.id,
    order.customerId,
    order.channel,
    order.externalReference,
    input.fingerprint,
    // The card's token is kept in one place.
    JSON.stringify(request.payment ? { ...request, payment: { method: request.payment.method } } : request),
    order.currency,
    order.netMinor,
    order.taxMinor,
    order.grossMinor,
    JSON.stringify(terms),
    JSON.stringify(request.shipTo ?? customer.shipToAddresses[0] ?? customer.billingAddress),
    request.requestedOn,
    customer.backOrderAllowed,
    facts.offsetMs,
    input.actor,
    at,
    ...lineColumns(totals.lines),
    `Order received by ${order.channel}: ${formatMoney({ currency: order.currency, amountMinor: order.grossMinor })}`,
    JSON.stringify({ kind: 'start-order', orderId: order.id, input: start }),
    input.principal,
    input.idempotencyKey,
    JSON.stringify(order),
    prices.map((price) => price!.priceListId),
    prices.map((price) => price!.minimumQuantity),
    request.deliveryTerms ?? customer.deliveryTerms,
    facts.taxRounding ?? taxRounding,
    request.payment?.token,
    JSON.stringify(customer.invoicing),
    request.requestedOn ?? today,
  ]);
  return { order, replayed: false, start };
}

/** The answer to the same request under the same key (O3). */
function earlierAnswer(earlier: { fingerprint: string; body: PlacedOrder }, fingerprint: string): PlacedOrder {
  if (earlier.fingerprint === fingerprint) return earlier.body;
  throw new Refusal(422, 'idempotency-key-reused', 'This Idempotency-Key was used for a different request.');
}

/** Refuses what was taken in under another key, or cannot be judged: without a company, its clock at rest, or the customer. */
function mayBeTakenIn(
  { twin, advancing, timeZone, customer }: FoundFacts,
  { request, fingerprint }: PlaceOrderInput,
): { timeZone: string; customer: NonNullable<FoundFacts['customer']> } {
  if (twin) {
    const content = twin.fingerprint === fingerprint ? 'the same' : 'other';
    throw new Refusal(
      409,
      'order-already-exists',
      `${request.externalReference} is ${twin.id} already, with ${content} content.`,
      {
        extra: { orderId: twin.id, order: `/v1/orders/${twin.id}` },
      },
    );
  }
  if (advancing) throw new Refusal(503, 'clock-is-moving', 'The company clock is being moved; try again in a moment.');
  if (timeZone === null) throw new Refusal(409, 'company-not-set-up', 'Set the company up first: PUT /v1/company.');
  if (!customer) {
    throw new Refusal(422, 'invalid-order', 'The order cannot be accepted.', {
      faults: [{ path: '/customerId', code: 'unknown-customer', detail: `There is no customer ${request.customerId}.` }],
    });
  }
  return { timeZone, customer };
}

/** Refuses an order on credit of a customer who owes too much that is overdue, unless its hold is lifted (C6). */
async function refuseOnHold(
  db: Queryable,
  { openItems, holdLiftedThroughOn }: FoundFacts,
  { customerId, currency }: { customerId: string; currency: string },
  today: IsoDate,
): Promise<void> {
  const overdue = openItems.filter((item) => compareDates(item.dueOn, today) < 0);
  const lifted = holdLiftedThroughOn !== null && compareDates(holdLiftedThroughOn, today) >= 0;
  if (overdue.length === 0 || lifted) return;
  const { overdueMinor, isAboveMinimum } = await judgeHold(db, currency, overdue, today);
  if (!isAboveMinimum) return;
  const amount = formatMoney({ currency, amountMinor: overdueMinor });
  throw new Refusal(422, 'customer-on-hold', `${customerId} is on hold: ${amount} is overdue and must be paid first.`, {
    extra: { currency, amountDueMinor: overdueMinor, invoices: overdue },
  });
}
