/**
 * Intake: what an order that was asked for costs, and everything that is wrong with it, judged by the facts of the moment. Requirements
 * O1, O2.
 */
import type { DeliveryTerms } from './delivery-terms.ts';
import { missingRate } from './exchange.ts';
import type { Fault } from './failures.ts';
import { type InvoiceTotals, invoiceTotals, taxRounding } from './invoice.ts';
import { formatMoney, type Rounding } from './money.ts';
import { type ChosenPrice, choosePrice, type ListPrice } from './prices.ts';
import { sumDemand } from './stock.ts';
import { compareDates, type IsoDate } from './time.ts';

/** What of an order's request its rules look at. */
export interface RequestedOrder {
  customerId: string;
  channel: 'api' | 'portal' | 'email' | 'edi' | 'phone' | 'in-person';
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
  lines: { sku: string; quantity: number; expectedUnitPriceMinor?: number | undefined }[];
}

export interface IntakeFacts {
  customer: { currency: string; deliveryTerms: DeliveryTerms | null; backOrderAllowed: boolean };
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
  /** The currency of the books, and the first day on which the order's has a rate in it. */
  functionalCurrency: string | null;
  ratedFrom: IsoDate | null;
  /** False when the request names a dunning policy that does not exist. */
  dunningPolicyKnown: boolean;
  /** Null: there is no invoicing policy. */
  taxRounding: Rounding | null;
}

/** The price of every line as of today, where there is one. */
export function priceLines(
  request: Pick<RequestedOrder, 'lines'>,
  facts: Pick<IntakeFacts, 'products' | 'listPrices'>,
  today: IsoDate,
): (ChosenPrice | undefined)[] {
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

/** What the order comes to; every line has its product and price by now. */
export function orderTotals(
  request: Pick<RequestedOrder, 'lines'>,
  facts: Pick<IntakeFacts, 'products' | 'taxRounding'>,
  prices: readonly (ChosenPrice | undefined)[],
): InvoiceTotals {
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

/**
 * What a customer may not say of its own order: other terms of delivery than were agreed with sales, how we ask for our money, and that
 * we took it down ourselves, which the timeline would tell as ours.
 */
export function notTheirsToSay(
  { channel, deliveryTerms, dunningPolicy, customerId }: RequestedOrder,
  customer: Pick<IntakeFacts['customer'], 'deliveryTerms'>,
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
export function orderFaults(
  request: RequestedOrder,
  facts: IntakeFacts,
  prices: readonly (ChosenPrice | undefined)[],
  today: IsoDate,
): Fault[] {
  const faults: Fault[] = [];
  const { customer } = facts;
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
  return [...faults, ...lineFaults(request, facts, prices)];
}

/** What is wrong with its lines: the product, its price, the amount, and stock where the customer does not wait for it. */
function lineFaults(request: RequestedOrder, facts: IntakeFacts, prices: readonly (ChosenPrice | undefined)[]): Fault[] {
  const faults: Fault[] = [];
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
    if (!facts.customer.backOrderAllowed && !product.makeToOrder && wanted > product.available) {
      faults.push({
        path: `/lines/${index}/quantity`,
        code: 'out-of-stock',
        detail: `${wanted} × ${line.sku} wanted, ${product.available} available.`,
      });
    }
  }
  return faults;
}
