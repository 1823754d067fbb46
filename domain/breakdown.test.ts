import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Chain, findBreakdown, suggestCorrection } from './breakdown.ts';
import { instalmentsOf } from './instalments.ts';
import { invoiceTotals, type PaymentTerms, taxRounding } from './invoice.ts';

interface Goods {
  quantity: number;
  unitPriceMinor: number;
  taxRate: string;
  /** Of the ordered units: those that went out with this shipment. */
  planned: number;
  picked: number;
}

/** A chain in which every hop has done what the one before it said. */
function cleanChain(goods: Goods[], days = 30): Chain {
  const lines = goods.map(({ quantity, unitPriceMinor, taxRate }, index) => ({
    lineNumber: index + 1,
    // Two lines may be of one SKU.
    sku: `SKU-${index % 3}`,
    description: 'A product',
    quantity,
    unitPriceMinor,
    taxCategory: 'S',
    taxRate,
  }));
  const out = lines.map((line, index) => ({ ...line, quantity: goods[index]!.picked })).filter(({ quantity }) => quantity > 0);
  const terms = { kind: 'net', days } as const;
  const totals = invoiceTotals(out, taxRounding);
  const shipTo = { name: 'Goods In', city: 'Hamburg' };
  return {
    document: lines.map(({ sku, quantity }) => ({ sku, quantity })),
    order: { lines, terms, deliveryTerms: null, taxRounding, placedOn: '2027-02-20' },
    shipment: {
      lines: lines.map(({ lineNumber, sku }, index) => ({ lineNumber, sku, ...goods[index]! })),
      shippedOn: '2027-03-01',
      shipTo,
    },
    moved: [...new Set(out.map(({ sku }) => sku))].map((sku) => ({
      sku,
      quantity: out.filter((line) => line.sku === sku).reduce((total, { quantity }) => total + quantity, 0),
    })),
    invoice: {
      ...totals,
      issuedOn: '2027-03-01',
      instalments: instalmentsOf(terms, '2027-03-01', totals.grossMinor),
      terms: { days, kind: 'net' },
      deliveryTerms: null,
      orderedOn: '2027-02-20',
      shippedOn: '2027-03-01',
      shipTo: { city: 'Hamburg', name: 'Goods In' },
    },
    taken: {
      order: { actor: 'sales', at: '2027-02-20T10:00:00Z' },
      pick: { actor: 'picker', at: '2027-03-01T08:00:00Z' },
      ship: { actor: 'system', at: '2027-03-01T10:00:00Z' },
      invoice: { actor: 'system', at: '2027-03-01T10:00:01Z' },
    },
  };
}

const two: Goods[] = [
  { quantity: 10, unitPriceMinor: 1_000, taxRate: '0.20', planned: 10, picked: 8 },
  { quantity: 3, unitPriceMinor: 333, taxRate: '0.07', planned: 3, picked: 3 },
];
const halves: PaymentTerms = {
  kind: 'net',
  days: 30,
  instalments: [
    { share: '0.5', days: 30 },
    { share: '0.5', days: 60 },
  ],
};
type Fault = [what: string, plant: (chain: Chain) => void, first: string];
const faults: Fault[] = [
  ['another quantity was taken down', (chain) => (chain.order.lines[0]!.quantity = 12), 'order /lines/1/quantity'],
  ['another product was taken down', (chain) => (chain.order.lines[1]!.sku = 'OTHER'), 'order /lines/2/sku'],
  ['a line was lost as it was taken down', (chain) => chain.order.lines.pop(), 'order /lines/2/sku'],
  ['another product was picked', (chain) => (chain.shipment.lines[1]!.sku = 'OTHER'), 'pick /lines/2/sku'],
  ['more was planned than ordered', (chain) => (chain.shipment.lines[0]!.planned = 11), 'pick /lines/1/quantity'],
  ['more was picked than planned', (chain) => (chain.shipment.lines[1]!.picked = 4), 'pick /lines/2/quantity'],
  ['less left stock than was picked', (chain) => (chain.moved[0]!.quantity = 7), 'ship /lines/1/quantity'],
  ['nothing of it left stock', (chain) => chain.moved.pop(), 'ship /lines/2/quantity'],
  ['goods left that nobody picked', (chain) => chain.moved.push({ sku: 'STRAY', quantity: 1 }), 'ship /goods/STRAY'],
  ['another quantity was billed', (chain) => (chain.invoice.lines[0]!.quantity = 9), 'invoice /lines/1/quantity'],
  ['another product was billed', (chain) => (chain.invoice.lines[0]!.sku = 'OTHER'), 'invoice /lines/1/sku'],
  ['another price was billed', (chain) => (chain.invoice.lines[0]!.unitPriceMinor = 999), 'invoice /lines/1/unitPriceMinor'],
  ['another tax category was billed', (chain) => (chain.invoice.lines[0]!.taxCategory = 'Z'), 'invoice /lines/1/taxCategory'],
  ['another tax rate was billed', (chain) => (chain.invoice.lines[1]!.taxRate = '0.19'), 'invoice /lines/2/taxRate'],
  ['a line does not multiply', (chain) => (chain.invoice.lines[1]!.netMinor += 1), 'invoice /lines/2/netMinor'],
  ['a line was not billed', (chain) => chain.invoice.lines.pop(), 'invoice /lines/2/quantity'],
  ['a line was billed that was not shipped', (chain) => (chain.shipment.lines[1]!.picked = 0), 'ship /lines/2/quantity'],
  ['the tax does not add up', (chain) => (chain.invoice.taxMinor += 1), 'invoice /taxMinor'],
  ['the tax of a rate is wrong', (chain) => (chain.invoice.taxes[0]!.taxMinor -= 1), 'invoice /taxes'],
  ['the net does not add up', (chain) => (chain.invoice.netMinor += 1), 'invoice /netMinor'],
  ['the total does not add up', (chain) => (chain.invoice.grossMinor += 1), 'invoice /grossMinor'],
  ['other terms were billed', (chain) => (chain.invoice.terms = { kind: 'net', days: 14 }), 'invoice /terms'],
  ['it falls due on another day', (chain) => (chain.invoice.instalments[0]!.dueOn = '2027-03-15'), 'invoice /dueOn'],
  [
    'it is due at once and not in instalments',
    (chain) => (chain.order.terms = chain.invoice.terms = halves),
    'invoice /instalments',
  ],
  ['other terms of delivery', (chain) => (chain.order.deliveryTerms = 'DAP'), 'invoice /deliveryTerms'],
  ['another order date', (chain) => (chain.invoice.orderedOn = '2027-02-21'), 'invoice /orderedOn'],
  ['another ship date', (chain) => (chain.invoice.shippedOn = null), 'invoice /shippedOn'],
  ['another address', (chain) => (chain.invoice.shipTo = { name: 'Elsewhere' }), 'invoice /shipTo'],
];

describe('A2: the first hop that diverges', () => {
  it.each(faults)('A2: %s', (_what, plant, first) => {
    const chain = cleanChain(two);
    plant(chain);
    const [finding] = findBreakdown(chain);
    expect(`${finding?.hop} ${finding?.field}`).toBe(first);
    expect(finding?.expected).not.toEqual(finding?.found);
    expect(finding).toMatchObject(chain.taken[finding!.hop]!);
  });

  it('A2: no alarm on 1,000 orders that went right: part picks, lines that stayed behind, amendments, two lines of one SKU', () => {
    const anyLine = fc
      .record({
        quantity: fc.integer({ min: 1, max: 500 }),
        unitPriceMinor: fc.integer({ min: 0, max: 99_999 }),
        taxRate: fc.constantFrom('0', '0.07', '0.19', '0.190', '0.2'),
        plannedShare: fc.nat(100),
        pickedShare: fc.nat(100),
      })
      .map(({ plannedShare, pickedShare, ...line }) => {
        const planned = Math.max(1, Math.ceil((line.quantity * plannedShare) / 100));
        return { ...line, planned, picked: Math.floor((planned * pickedShare) / 100) };
      });
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1, maxLength: 8 }), fc.nat(90), fc.boolean(), (goods, days, amended) => {
        const chain = cleanChain(goods, days);
        expect(findBreakdown(amended ? { ...chain, document: null } : chain)).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('A2: suggests the re-issue that puts the invoice right, and none where only people can know', () => {
    const chain = cleanChain(two);
    expect(suggestCorrection(findBreakdown(chain))).toBeUndefined();
    Object.assign(chain.invoice.lines[0]!, { quantity: 9, unitPriceMinor: 1_100 });
    expect(suggestCorrection(findBreakdown(chain))).toEqual({
      reason: 'quantity-error',
      lines: [{ lineNumber: 1, quantity: 8, unitPriceMinor: 1_000 }],
    });
    const picked = cleanChain(two);
    picked.shipment.lines[1]!.sku = 'OTHER';
    picked.invoice.lines[1]!.sku = 'OTHER';
    picked.moved[1]!.sku = 'OTHER';
    expect(suggestCorrection(findBreakdown(picked))).toBeUndefined();
  });
});
