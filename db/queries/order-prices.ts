import { type Fault, Refusal } from '../../domain/failures.ts';
import { orderFaults, orderTotals, priceLines } from '../../domain/order-intake.ts';
import type { ChosenPrice } from '../../domain/prices.ts';
import type { Queryable } from '../client.ts';
import { type OrderRequest, readIntakeFacts } from '../statements/order-intake.ts';

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
  const facts = await readIntakeFacts(db, request, { principal: '', idempotencyKey: '', wallMs: Date.now() });
  const refuse = (faults: Fault[]) => new Refusal(422, 'invalid-order', 'The order cannot be priced.', { faults });
  if (!facts.customer) {
    const detail = `There is no customer ${request.customerId}.`;
    throw refuse([{ path: `${under}/customerId`, code: 'unknown-customer', detail }]);
  }
  const prices = priceLines(request, facts, today);
  const faults = orderFaults(request, { ...facts, customer: facts.customer }, prices, today).filter(
    ({ code }) => code !== 'out-of-stock',
  );
  if (faults.length > 0) throw refuse(faults.map((fault) => ({ ...fault, path: under + fault.path })));
  const { netMinor, taxMinor, grossMinor, lines } = orderTotals(request, facts, prices);
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
  const facts = await readIntakeFacts(db, request, { principal: '', idempotencyKey: '', wallMs: Date.now() });
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
