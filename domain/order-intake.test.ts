import { describe, expect, it } from 'vitest';
import { type IntakeFacts, notTheirsToSay, orderFaults, orderTotals, priceLines, type RequestedOrder } from './order-intake.ts';

const today = '2026-03-02';
const product = { name: 'Bolt', taxCategory: 'S', taxRate: '0.20', unitPriceMinor: 1_00, available: 10, makeToOrder: false };
const facts: IntakeFacts = {
  customer: { currency: 'EUR', deliveryTerms: 'DAP', backOrderAllowed: false },
  products: [
    { ...product, sku: 'BOLT' },
    { ...product, sku: 'MADE', available: 0, makeToOrder: true },
    { ...product, sku: 'NEW', unitPriceMinor: null },
  ],
  listPrices: [],
  functionalCurrency: 'EUR',
  ratedFrom: null,
  dunningPolicyKnown: true,
  taxRounding: null,
};
const request: RequestedOrder = { customerId: 'BUYER', channel: 'api', currency: 'EUR', lines: [{ sku: 'BOLT', quantity: 10 }] };
const faultsOf = (change: Partial<RequestedOrder>, found: Partial<IntakeFacts> = {}) => {
  const [asked, known] = [
    { ...request, ...change },
    { ...facts, ...found },
  ];
  return orderFaults(asked, known, priceLines(asked, known, today), today).map(({ path, code }) => `${path} ${code}`);
};

describe('intake', () => {
  it('O1: an order in order has no fault, and comes to its lines with tax', () => {
    expect(faultsOf({})).toEqual([]);
    expect(orderTotals(request, facts, priceLines(request, facts, today))).toMatchObject({ netMinor: 10_00, grossMinor: 12_00 });
  });

  it('O2: everything wrong with it is said at once, each fault at its path', () => {
    const lines = [
      { sku: 'NONE', quantity: 1 },
      { sku: 'NEW', quantity: 1 },
      { sku: 'BOLT', quantity: 6, expectedUnitPriceMinor: 99 },
      { sku: 'BOLT', quantity: 5 },
      { sku: 'MADE', quantity: 7 },
    ];
    const payment = { method: 'card', token: 'tok' } as const;
    const change = { currency: 'USD', requestedOn: '2026-03-01', prepayment: true, payment, dunningPolicy: 'NONE', lines };
    expect(faultsOf(change, { dunningPolicyKnown: false })).toEqual([
      '/currency currency',
      '/requestedOn past-date',
      '/dunningPolicy unknown-dunning-policy',
      '/payment prepayment',
      '/lines/0/sku unknown-sku',
      '/lines/1/sku no-price',
      '/lines/2/expectedUnitPriceMinor price-changed',
      '/lines/2/quantity out-of-stock',
      '/lines/3/quantity out-of-stock',
    ]);
  });

  it('A3, O2: a currency needs its rate by the day of the order', () => {
    const dollars = { customer: { ...facts.customer, currency: 'USD' } };
    expect(faultsOf({ currency: 'USD' }, { ...dollars, ratedFrom: '2026-03-03' })).toEqual(['/currency no-exchange-rate']);
    expect(faultsOf({ currency: 'USD' }, { ...dollars, ratedFrom: today })).toEqual([]);
  });

  it('X3: a customer cannot say by whom it was taken down, how it is dunned, or when control passes', () => {
    const said = notTheirsToSay({ ...request, channel: 'phone', dunningPolicy: 'SOFT', deliveryTerms: 'EXW' }, facts.customer);
    expect(said.map(({ path }) => path)).toEqual(['/channel', '/dunningPolicy', '/deliveryTerms']);
    expect(notTheirsToSay({ ...request, deliveryTerms: 'DAP' }, facts.customer)).toEqual([]);
  });
});
