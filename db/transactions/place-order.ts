import type { DeliveryTerms } from '../../domain/delivery-terms.ts';
import { type Fault, Refusal } from '../../domain/failures.ts';
import { invoiceTotals, type PaymentTerms, taxRounding } from '../../domain/invoice.ts';
import type { Invoicing } from '../../domain/invoice-run.ts';
import { formatMoney, type Rounding } from '../../domain/money.ts';
import { cardTerms } from '../../domain/order-card.ts';
import { isPrepaid, prepaymentTerms } from '../../domain/prepayment.ts';
import { type ChosenPrice, choosePrice, type ListPrice } from '../../domain/prices.ts';
import { sumDemand } from '../../domain/stock.ts';
import { compareDates, fromMillis, type IsoDate, localDate } from '../../domain/time.ts';
import type { Queryable } from '../client.ts';
import { judgeHold, type OverdueItem } from '../statements/credit.ts';
import { missingRate } from '../statements/exchange-rates.ts';
import { lineColumns } from '../statements/invoices.ts';
import type { Address } from '../statements/orders.ts';

export interface OrderRequest {
  customerId: string;
  channel: 'api' | 'portal' | 'email' | 'edi' | 'phone' | 'in-person';
  externalReference?: string | undefined;
  currency: string;
  requestedOn?: string | undefined;
  /** True: paid in advance, whatever the customer's terms are. */
  prepayment?: boolean | undefined;
  /** Paid by card, whatever the customer's terms are: the gateway's token of it. */
  payment?: { method: 'card'; token: string } | undefined;
  /** Absent: the customer's own. */
  deliveryTerms?: DeliveryTerms | undefined;
  /** Which dunning policy its invoices are collected by; absent: the customer's. Read from the document when they are issued. */
  dunningPolicy?: string | undefined;
  shipTo?: Address | undefined;
  lines: { sku: string; quantity: number; expectedUnitPriceMinor?: number | undefined }[];
}

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

interface Facts {
  orderNumber: number;
  replay: { fingerprint: string; body: PlacedOrder } | null;
  twin: { id: string; fingerprint: string } | null;
  customer: {
    currency: string;
    terms: PaymentTerms;
    deliveryTerms: DeliveryTerms | null;
    invoicing: Invoicing;
    backOrderAllowed: boolean;
    billingAddress: Address;
    shipToAddresses: Address[];
  } | null;
  timeZone: string | null;
  offsetMs: number;
  advancing: boolean;
  products: {
    sku: string;
    name: string;
    taxCategory: string;
    taxRate: string;
    unitPriceMinor: number | null;
    /** Less what stands in line for it before the order: those who were promised theirs for the same day or an earlier one, where none is today (F3). */
    available: number;
    makeToOrder: boolean;
  }[];
  /** Those of the lists that are meant for the customer, less the ones that have long ended. */
  listPrices: (ListPrice & { sku: string })[];
  /** Open debit items, oldest due date first; more than 1,000 are not needed to say what is owed. */
  openItems: OverdueItem[];
  /** The currency of the books, and the first day on which the order's has a rate in it. */
  functionalCurrency: string | null;
  ratedFrom: IsoDate | null;
  /** The last day on which orders pass the hold; null: on none. */
  holdLiftedThroughOn: IsoDate | null;
  /** False when the request names a dunning policy that does not exist. */
  dunningPolicyKnown: boolean;
  /** Null: there is no invoicing policy. */
  taxRounding: Rounding | null;
}

// ARRAY(SELECT …) hides from the planner how many goods there are and which lists are meant. It then keeps one plan, where planning every order anew took
// three times as long as running it. No time zone is two days from UTC: which lists are valid today is for the rule to say, and
// those that ended years ago need not travel. OFFSET 0 keeps the planner to the few lists of the customer first and their prices by
// index then; left to itself it read all the prices of all customers.
const readFacts = `
  SELECT nextval('order_ids') AS "orderNumber",
    (SELECT jsonb_build_object('fingerprint', fingerprint, 'body', response_body)
       FROM idempotency_keys WHERE principal = $1 AND key = $2) AS replay,
    (SELECT jsonb_build_object('id', id, 'fingerprint', content_fingerprint)
       FROM orders WHERE customer_id = $3 AND channel = $4 AND external_reference = $5) AS twin,
    (SELECT jsonb_build_object('currency', currency, 'terms', terms, 'deliveryTerms', delivery_terms, 'invoicing', invoicing, 'backOrderAllowed', back_order_allowed,
              'billingAddress', billing_address, 'shipToAddresses', ship_to_addresses)
       FROM customers WHERE id = $3) AS customer,
    (SELECT time_zone FROM company) AS "timeZone",
    (SELECT offset_ms FROM company_clock) AS "offsetMs",
    (SELECT advancing_to IS NOT NULL FROM company_clock) AS advancing,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('sku', p.sku, 'name', p.name, 'taxCategory', p.tax_category, 'taxRate', p.tax_rate,
              'unitPriceMinor', pr.unit_price_minor, 'makeToOrder', p.make_to_order,
              'available', greatest(0, (SELECT coalesce(sum(on_hand - reserved), 0) FROM stock s WHERE s.sku = p.sku)
                - (SELECT coalesce(sum(quantity), 0) FROM back_orders b
                   WHERE b.sku = p.sku AND b.promised_on <= coalesce($10::date, (
                     SELECT (to_timestamp(($8::bigint + k.offset_ms) / 1000.0) AT TIME ZONE c.time_zone)::date FROM company c, company_clock k)))))), '[]')
       FROM products p LEFT JOIN prices pr ON pr.sku = p.sku AND pr.currency = $6 WHERE p.sku = ANY (ARRAY(SELECT unnest($7::text[])))) AS products,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('sku', lp.sku, 'priceListId', l.id, 'audience', split_part(l.audience, ':', 1),
              'validFrom', l.valid_from, 'validUntil', l.valid_until, 'minimumQuantity', lp.minimum_quantity,
              'unitPriceMinor', lp.unit_price_minor)), '[]')
       FROM (SELECT id, audience, valid_from, valid_until FROM price_lists
             WHERE audience = ANY (ARRAY(SELECT 'everyone' UNION ALL SELECT 'customer:' || $3::text
                                         UNION ALL SELECT 'segment:' || segment FROM customers WHERE id = $3))
               AND currency = (SELECT $6::text) AND coalesce(valid_until, 'infinity') >= (
                 SELECT to_timestamp(($8::bigint + offset_ms) / 1000.0) AT TIME ZONE 'UTC' - interval '2 days' FROM company_clock)
             OFFSET 0) l,
         LATERAL (SELECT sku, minimum_quantity, unit_price_minor FROM list_prices
             WHERE price_list_id = l.id AND sku = ANY (ARRAY(SELECT unnest($7::text[]))) AND unit_price_minor IS NOT NULL
             OFFSET 0) lp
    ) AS "listPrices",
    (SELECT coalesce(jsonb_agg(jsonb_build_object('invoiceId', i.invoice_id, 'dueOn', i.due_on, 'openMinor', i.undisputed_minor)), '[]')
       FROM (SELECT invoice_id, due_on, undisputed_minor FROM open_instalments
             WHERE customer_id = $3 AND undisputed_minor > 0 ORDER BY due_on, invoice_id LIMIT 1000) i
    ) AS "openItems",
    ($9::text IS NULL OR EXISTS (SELECT FROM policies WHERE name = 'dunning:' || $9)) AS "dunningPolicyKnown",
    (SELECT max(through_on) FROM hold_overrides WHERE customer_id = $3 AND status = 'approved') AS "holdLiftedThroughOn",
    (SELECT body ->> 'taxRounding' FROM policies WHERE name = 'invoicing' ORDER BY version DESC LIMIT 1) AS "taxRounding",
    (SELECT currency FROM company) AS "functionalCurrency",
    (SELECT min(valid_on) FROM exchange_rates WHERE currency = $6) AS "ratedFrom"`;

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
  const facts = await factsOf(db, request, { principal: input.principal, idempotencyKey: input.idempotencyKey, wallMs });
  if (facts.replay) {
    if (facts.replay.fingerprint !== input.fingerprint) {
      throw new Refusal(422, 'idempotency-key-reused', 'This Idempotency-Key was used for a different request.');
    }
    return { order: facts.replay.body, replayed: true };
  }
  if (facts.twin) {
    throw new Refusal(
      409,
      'order-already-exists',
      facts.twin.fingerprint === input.fingerprint
        ? `${request.externalReference} is ${facts.twin.id} already, with the same content.`
        : `${request.externalReference} is ${facts.twin.id} already, with other content.`,
      { extra: { orderId: facts.twin.id, order: `/v1/orders/${facts.twin.id}` } },
    );
  }
  if (facts.advancing) throw new Refusal(503, 'clock-is-moving', 'The company clock is being moved; try again in a moment.');
  if (facts.timeZone === null) throw new Refusal(409, 'company-not-set-up', 'Set the company up first: PUT /v1/company.');
  if (!facts.customer) {
    throw new Refusal(422, 'invalid-order', 'The order cannot be accepted.', {
      faults: [{ path: '/customerId', code: 'unknown-customer', detail: `There is no customer ${request.customerId}.` }],
    });
  }
  const { customer } = facts;
  const at = fromMillis(wallMs + facts.offsetMs);
  const today = localDate(at, facts.timeZone);

  const prices = input.quotedPrices ?? priceLines(request, facts, today);
  const faults = [
    ...(input.isCustomersOwn ? notTheirsToSay(request, customer) : []),
    ...findFaults(request, facts, prices, today),
  ];
  if (faults.length > 0) throw new Refusal(422, 'invalid-order', 'The order cannot be accepted.', { faults });

  const terms = request.payment ? cardTerms : request.prepayment ? prepaymentTerms : customer.terms;
  const overdue = facts.openItems.filter((item) => compareDates(item.dueOn, today) < 0);
  const overdueMinor = overdue.reduce((total, item) => total + item.openMinor, 0);
  const lifted = facts.holdLiftedThroughOn !== null && compareDates(facts.holdLiftedThroughOn, today) >= 0;
  // What is paid in advance or by card passes: a customer on hold may go on buying for money (C6).
  const mayBeOnHold = overdueMinor > 0 && !lifted && !isPrepaid(terms) && !request.payment;
  if (mayBeOnHold && (await judgeHold(db, customer.currency, overdue, today)).isAboveMinimum) {
    const amount = formatMoney({ currency: customer.currency, amountMinor: overdueMinor });
    throw new Refusal(422, 'customer-on-hold', `${request.customerId} is on hold: ${amount} is overdue and must be paid first.`, {
      extra: { currency: customer.currency, amountDueMinor: overdueMinor, invoices: overdue },
    });
  }

  const totals = totalsOf(request, facts, prices);
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

export interface PricedOrder {
  netMinor: number;
  taxMinor: number;
  grossMinor: number;
  lines: (ChosenPrice & { lineNumber: number; sku: string; description: string; quantity: number; netMinor: number })[];
}

/**
 * What an order would come to now, without placing it, or every fault in it but stock, at its path below `under`: stock is looked at
 * when it is placed. The number that it takes from the orders' sequence is left out.
 */
export async function priceOrder(db: Queryable, request: OrderRequest, today: string, under = ''): Promise<PricedOrder> {
  const facts = await factsOf(db, request, { principal: '', idempotencyKey: '', wallMs: Date.now() });
  const refuse = (faults: Fault[]) => new Refusal(422, 'invalid-order', 'The order cannot be priced.', { faults });
  if (!facts.customer) {
    const detail = `There is no customer ${request.customerId}.`;
    throw refuse([{ path: `${under}/customerId`, code: 'unknown-customer', detail }]);
  }
  const prices = priceLines(request, facts, today);
  const faults = findFaults(request, facts, prices, today).filter(({ code }) => code !== 'out-of-stock');
  if (faults.length > 0) throw refuse(faults.map((fault) => ({ ...fault, path: under + fault.path })));
  const { netMinor, taxMinor, grossMinor, lines } = totalsOf(request, facts, prices);
  return {
    netMinor,
    taxMinor,
    grossMinor,
    lines: lines.map(({ lineNumber, sku, description, quantity, netMinor: lineMinor }, index) => ({
      lineNumber,
      sku,
      description,
      quantity,
      netMinor: lineMinor,
      ...prices[index]!,
    })),
  };
}

export interface OfferedProduct {
  sku: string;
  name: string;
  available: number;
  makeToOrder: boolean;
  /** What a unit costs on a line of at least so many, the smallest line first; empty: it has no price in the currency. */
  prices: { minimumQuantity: number; unitPriceMinor: number }[];
}

/** What these products cost a customer today and how many there are to have, in the order in which they are named (O1). */
export async function offerProducts(
  db: Queryable,
  { customerId, currency, skus, today }: { customerId: string; currency: string; skus: readonly string[]; today: string },
): Promise<OfferedProduct[]> {
  const lines = skus.map((sku) => ({ sku, quantity: 1 }));
  const request: OrderRequest = { customerId, channel: 'portal', currency, lines };
  const facts = await factsOf(db, request, { principal: '', idempotencyKey: '', wallMs: Date.now() });
  return skus.flatMap((sku) => {
    const product = facts.products.find((candidate) => candidate.sku === sku);
    if (!product) return [];
    const breaks = facts.listPrices.filter((price) => price.sku === sku).map(({ minimumQuantity }) => minimumQuantity);
    const quantities = [...new Set([1, ...breaks])].sort((a, b) => a - b);
    const atEach = priceLines({ ...request, lines: quantities.map((quantity) => ({ sku, quantity })) }, facts, today);
    const prices = quantities.flatMap((minimumQuantity, index) => {
      const price = atEach[index]?.unitPriceMinor;
      // A break at the price of the one before it is none.
      return price === undefined || price === atEach[index - 1]?.unitPriceMinor
        ? []
        : [{ minimumQuantity, unitPriceMinor: price }];
    });
    const { name, available, makeToOrder } = product;
    return [{ sku, name, available, makeToOrder, prices }];
  });
}

async function factsOf(
  db: Queryable,
  request: OrderRequest,
  { principal, idempotencyKey, wallMs }: { principal: string; idempotencyKey: string; wallMs: number },
): Promise<Facts> {
  const { rows } = await db.query<Facts>(readFacts, [
    principal,
    idempotencyKey,
    request.customerId,
    request.channel,
    request.externalReference,
    request.currency,
    [...new Set(request.lines.map((line) => line.sku))],
    wallMs,
    request.dunningPolicy,
    request.requestedOn,
  ]);
  return rows[0]!;
}

/** Every line has its product and price by now. */
function totalsOf(request: OrderRequest, facts: Facts, prices: readonly (ChosenPrice | undefined)[]) {
  return invoiceTotals(
    request.lines.map((line, index) => {
      const product = facts.products.find((candidate) => candidate.sku === line.sku)!;
      return {
        lineNumber: index + 1,
        sku: line.sku,
        description: product.name,
        quantity: line.quantity,
        unitPriceMinor: prices[index]!.unitPriceMinor,
        taxCategory: product.taxCategory,
        taxRate: product.taxRate,
      };
    }),
    facts.taxRounding ?? taxRounding,
  );
}

/** The price of every line as of today, where there is one. */
function priceLines(request: OrderRequest, facts: Facts, today: string): (ChosenPrice | undefined)[] {
  const basePrices = new Map(facts.products.map((product) => [product.sku, product.unitPriceMinor]));
  const listPrices = new Map<string, ListPrice[]>();
  for (const price of facts.listPrices) {
    const known = listPrices.get(price.sku);
    if (known) known.push(price);
    else listPrices.set(price.sku, [price]);
  }
  return request.lines.map(({ sku, quantity }) =>
    choosePrice({ quantity, on: today, basePriceMinor: basePrices.get(sku) ?? null, listPrices: listPrices.get(sku) ?? [] }),
  );
}

/**
 * What a customer may not say of its own order: other terms of delivery than were agreed with sales, how we ask for our money, and that
 * we took it down ourselves, which the timeline would tell as ours.
 */
function notTheirsToSay(
  { channel, deliveryTerms, dunningPolicy, customerId }: OrderRequest,
  customer: NonNullable<Facts['customer']>,
): Fault[] {
  const faults: Fault[] = [];
  if (channel !== 'api' && channel !== 'portal') {
    faults.push({ path: '/channel', code: 'forbidden', detail: 'What a customer orders itself comes by api or portal.' });
  }
  if (dunningPolicy !== undefined) {
    faults.push({ path: '/dunningPolicy', code: 'forbidden', detail: 'How we ask for our money is for us to say.' });
  }
  if (deliveryTerms !== undefined && deliveryTerms !== customer.deliveryTerms) {
    const agreed = customer.deliveryTerms ?? 'no terms of delivery';
    const detail = `${agreed} was agreed with ${customerId}: ask sales for other terms.`;
    faults.push({ path: '/deliveryTerms', code: 'delivery-terms', detail });
  }
  return faults;
}

/** Everything wrong with the order, each fault with its path: nothing is half-created and nobody has to ask twice (O2). */
function findFaults(request: OrderRequest, facts: Facts, prices: readonly (ChosenPrice | undefined)[], today: string): Fault[] {
  const faults: Fault[] = [];
  const customer = facts.customer!;
  if (customer.currency !== request.currency) {
    faults.push({ path: '/currency', code: 'currency', detail: `${request.customerId} orders in ${customer.currency}.` });
  } else if (request.currency !== facts.functionalCurrency && !(facts.ratedFrom && compareDates(facts.ratedFrom, today) <= 0)) {
    faults.push({ path: '/currency', code: 'no-exchange-rate', detail: missingRate(request.currency, today) });
  }
  if (request.requestedOn && compareDates(request.requestedOn, today) < 0) {
    faults.push({ path: '/requestedOn', code: 'past-date', detail: `${request.requestedOn} is before today, ${today}.` });
  }
  if (!facts.dunningPolicyKnown) {
    const detail = `There is no dunning policy ${request.dunningPolicy}.`;
    faults.push({ path: '/dunningPolicy', code: 'unknown-dunning-policy', detail });
  }
  if (request.payment && request.prepayment) {
    faults.push({ path: '/payment', code: 'prepayment', detail: 'An order is paid in advance or by card, not both.' });
  }
  const demand = new Map(sumDemand(request.lines).map(({ sku, quantity }) => [sku, quantity]));
  let netMinor = 0;
  for (const [index, line] of request.lines.entries()) {
    const product = facts.products.find((candidate) => candidate.sku === line.sku);
    if (!product) {
      faults.push({ path: `/lines/${index}/sku`, code: 'unknown-sku', detail: `There is no product ${line.sku}.` });
      continue;
    }
    const price = prices[index];
    if (!price) {
      faults.push({ path: `/lines/${index}/sku`, code: 'no-price', detail: `${line.sku} has no price in ${request.currency}.` });
      continue;
    }
    if (line.expectedUnitPriceMinor !== undefined && line.expectedUnitPriceMinor !== price.unitPriceMinor) {
      faults.push({
        path: `/lines/${index}/expectedUnitPriceMinor`,
        code: 'price-changed',
        detail: `${line.sku} costs ${formatMoney({ currency: request.currency, amountMinor: price.unitPriceMinor })}.`,
      });
    }
    const lineMinor = line.quantity * price.unitPriceMinor;
    netMinor += lineMinor;
    // Twice the net leaves room for any tax below 100 %.
    if (!Number.isSafeInteger(lineMinor) || !Number.isSafeInteger(netMinor * 2)) {
      faults.push({
        path: `/lines/${index}/quantity`,
        code: 'amount',
        detail: 'The amount is beyond what can be counted exactly.',
      });
    }
    const wanted = demand.get(line.sku)!;
    if (!customer.backOrderAllowed && !product.makeToOrder && wanted > product.available) {
      faults.push({
        path: `/lines/${index}/quantity`,
        code: 'out-of-stock',
        detail: `${wanted} × ${line.sku} wanted, ${product.available} available.`,
      });
    }
  }
  return faults;
}
