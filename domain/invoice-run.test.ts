import { describe, expect, it } from 'vitest';
import {
  groupShipments,
  type Invoicing,
  invoicedOn,
  isConsolidated,
  lastPeriodEnd,
  linesPerInvoiceMaximum,
  type ShipmentToBill,
  shipmentsPerInvoiceMaximum,
} from './invoice-run.ts';

const mondays: Invoicing = { kind: 'consolidated', every: 'week', weekday: 1 };
const firsts: Invoicing = { kind: 'consolidated', every: 'month', day: 1 };
const net = { kind: 'net', days: 30 } as const;

describe('the period of a run', () => {
  it.each([
    [mondays, '2027-03-01', '2027-02-28'], // a Monday: the week before
    [mondays, '2027-03-07', '2027-02-28'], // the Sunday after: still the week before
    [mondays, '2027-03-08', '2027-03-07'],
    [firsts, '2027-03-01', '2027-02-28'],
    [firsts, '2027-03-31', '2027-02-28'],
    [{ kind: 'consolidated', every: 'month', day: 28 }, '2027-03-27', '2027-02-27'],
    [{ kind: 'consolidated', every: 'month', day: 15 }, '2027-01-02', '2026-12-14'],
  ] as const)('I1: ends the day before it comes: %j on %s', (invoicing, today, end) => {
    expect(lastPeriodEnd(invoicing, today)).toBe(end);
  });

  it('I1: there is none where each shipment has its own invoice', () => {
    expect(lastPeriodEnd({ kind: 'per-shipment' }, '2027-03-01')).toBeUndefined();
  });

  it('R3: what comes under control on a day is invoiced by the next run after it', () => {
    expect(invoicedOn({ kind: 'per-shipment' }, '2027-03-01')).toBe('2027-03-01');
    // A run takes what came before its day: Monday's is for the run a week later.
    expect(invoicedOn({ kind: 'consolidated', every: 'week', weekday: 1 }, '2027-03-01')).toBe('2027-03-08');
    expect(invoicedOn({ kind: 'consolidated', every: 'month', day: 1 }, '2027-02-28')).toBe('2027-03-01');
  });
});

describe('who waits for a run', () => {
  it('I1: orders on credit of a customer with such invoicing; what is paid in advance or by card never does', () => {
    const order = { invoicing: mondays, terms: net, paysByCard: false };
    expect(isConsolidated(order)).toBe(true);
    expect(isConsolidated({ ...order, invoicing: { kind: 'per-shipment' } })).toBe(false);
    expect(isConsolidated({ ...order, paysByCard: true })).toBe(false);
    expect(isConsolidated({ ...order, terms: { kind: 'prepayment', days: 0 } })).toBe(false);
  });
});

describe('what goes on one invoice', () => {
  const shipment = (shipmentId: string, rest: Partial<ShipmentToBill> = {}): ShipmentToBill => ({
    shipmentId,
    orderId: 'ORD-1',
    currency: 'EUR',
    terms: net,
    taxRounding: 'half-up',
    deliveryTerms: null,
    dunningPolicy: null,
    shipTo: { country: 'DE' },
    lineCount: 1,
    ...rest,
  });
  const ids = (shipments: ShipmentToBill[]) => groupShipments(shipments).map((group) => group.map((one) => one.shipmentId));

  it('I2: shipments of several orders with the same terms, in their order', () => {
    const again = { days: 30, kind: 'net', months: undefined } as const;
    expect(ids([shipment('A'), shipment('B', { orderId: 'ORD-2' }), shipment('C', { terms: again })])).toEqual([['A', 'B', 'C']]);
  });

  it.each([
    ['currency', { currency: 'USD' }],
    ['terms', { terms: { kind: 'net', days: 14 } }],
    ['discounts', { terms: { ...net, discounts: [{ rate: '0.02', days: 10 }] } }],
    ['rounding of taxes', { taxRounding: 'half-even' }],
    ['country', { shipTo: { country: 'FR' } }],
    ['terms of delivery', { deliveryTerms: 'DAP' }],
    ['dunning policy', { dunningPolicy: 'gentle' }],
  ] as const)('I2: another %s is another invoice', (_, rest) => {
    expect(ids([shipment('A'), shipment('B', rest as Partial<ShipmentToBill>), shipment('C')])).toEqual([['A', 'C'], ['B']]);
  });

  it('I2: an invoice has a limit, and a shipment is never split', () => {
    const many = Array.from({ length: shipmentsPerInvoiceMaximum + 1 }, (_, index) => shipment(String(index)));
    expect(ids(many).map(({ length }) => length)).toEqual([shipmentsPerInvoiceMaximum, 1]);
    const large = linesPerInvoiceMaximum - 1;
    expect(ids([shipment('A', { lineCount: large }), shipment('B', { lineCount: 2 })])).toEqual([['A'], ['B']]);
    expect(ids([shipment('A', { lineCount: large }), shipment('B')])).toEqual([['A', 'B']]);
  });
});
