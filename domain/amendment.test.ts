import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AmendableLine, amendLines, type LineChange, type Offer } from './amendment.ts';

const taxed = { taxCategory: 'S', taxRate: '0.20' };
const line = (rest: Partial<AmendableLine> = {}): AmendableLine => ({
  lineNumber: 1,
  sku: 'CHAIR',
  quantity: 10,
  shippedQuantity: 0,
  cancelledQuantity: 0,
  pickedQuantity: 0,
  unitPriceMinor: 5_000,
  minimumQuantity: null,
  ...taxed,
  ...rest,
});
const listed: Record<string, number | undefined> = { CHAIR: 5_000, TABLE: 20_000, DREAM: undefined };
const priced = (unitPriceMinor: number) => ({ unitPriceMinor, priceListId: null, minimumQuantity: null });
const offers = (sku: string): Offer | undefined => {
  const unitPriceMinor = listed[sku];
  return sku in listed
    ? { name: sku, price: unitPriceMinor === undefined ? undefined : priced(unitPriceMinor), ...taxed }
    : undefined;
};
const nothing = { changed: [], added: [], raised: [], faults: [] };

describe('amending lines', () => {
  it('O4: units taken off are cancelled, and none of them twice', () => {
    const changed = [{ lineNumber: 1, quantity: 10, cancelledQuantity: 6 }];
    expect(amendLines([line({ cancelledQuantity: 2 })], [{ lineNumber: 1, quantity: 4 }], offers, 'EUR')).toEqual({
      ...nothing,
      changed,
    });
    expect(amendLines([line({ cancelledQuantity: 6 })], [{ lineNumber: 1, quantity: 4 }], offers, 'EUR')).toEqual(nothing);
  });

  it('O4: added units take today’s price: on the line where it is the same, on their own line where it is not', () => {
    const more = [{ lineNumber: 1, quantity: 13 }];
    const raised = [{ sku: 'CHAIR', quantity: 3 }];
    expect(amendLines([line()], more, offers, 'EUR')).toEqual({
      ...nothing,
      raised,
      changed: [{ lineNumber: 1, quantity: 13, cancelledQuantity: 0 }],
    });
    expect(amendLines([line({ unitPriceMinor: 4_500 })], more, offers, 'EUR')).toEqual({
      ...nothing,
      raised,
      added: [{ sku: 'CHAIR', description: 'CHAIR', quantity: 3, ...priced(5_000), ...taxed }],
    });
  });

  it('O4, O1: below the quantity break of its price a line is priced anew, and what has been shipped keeps its price', () => {
    const bulk = { unitPriceMinor: 4_000, minimumQuantity: 10 };
    const asked: [string, number][] = [];
    const anew = (sku: string, quantity: number) => {
      asked.push([sku, quantity]);
      return offers(sku);
    };
    expect(amendLines([line(bulk)], [{ lineNumber: 1, quantity: 9 }], anew, 'EUR')).toEqual({
      ...nothing,
      changed: [{ lineNumber: 1, quantity: 10, cancelledQuantity: 1, ...priced(5_000) }],
    });
    expect(asked).toEqual([['CHAIR', 9]]);
    const twenty = line({ ...bulk, quantity: 20 });
    expect(amendLines([twenty], [{ lineNumber: 1, quantity: 10 }], anew, 'EUR').changed).toEqual([
      { lineNumber: 1, quantity: 20, cancelledQuantity: 10 },
    ]);
    const shipped = line({ ...bulk, shippedQuantity: 3, pickedQuantity: 2 });
    expect(amendLines([shipped], [{ lineNumber: 1, quantity: 8 }], anew, 'EUR')).toEqual({
      ...nothing,
      changed: [{ lineNumber: 1, quantity: 10, cancelledQuantity: 5 }],
      added: [{ sku: 'CHAIR', description: 'CHAIR', quantity: 3, ...priced(5_000), ...taxed }],
    });
    expect(amendLines([shipped], [{ lineNumber: 1, quantity: 5 }], anew, 'EUR')).toEqual({
      ...nothing,
      changed: [{ lineNumber: 1, quantity: 10, cancelledQuantity: 5 }],
    });
    const believed = [{ lineNumber: 1, quantity: 9, expectedUnitPriceMinor: 4_000 }];
    expect(amendLines([line(bulk)], believed, anew, 'EUR').faults).toMatchObject([
      { path: '/lines/0/expectedUnitPriceMinor', code: 'price-changed', detail: 'Below 10 units, CHAIR costs 50.00 EUR.' },
    ]);
  });

  it('O4: what was picked or shipped stays, to the unit', () => {
    const under = line({ shippedQuantity: 3, pickedQuantity: 2 });
    expect(amendLines([under], [{ lineNumber: 1, quantity: 4 }], offers, 'EUR').faults).toMatchObject([
      { path: '/lines/0/quantity', code: 'already-picked' },
    ]);
    expect(amendLines([under], [{ lineNumber: 1, quantity: 5 }], offers, 'EUR').changed).toEqual([
      { lineNumber: 1, quantity: 10, cancelledQuantity: 5 },
    ]);
  });

  it('O4: every fault is named with its path', () => {
    const changes: LineChange[] = [
      { lineNumber: 7, quantity: 1 },
      { lineNumber: 1, quantity: 9 },
      { lineNumber: 1, quantity: 8 },
      { sku: 'NOTHING', quantity: 1 },
      { sku: 'DREAM', quantity: 1 },
      { sku: 'TABLE', quantity: 0 },
      { sku: 'TABLE', quantity: 1, expectedUnitPriceMinor: 1 },
    ];
    expect(amendLines([line()], changes, offers, 'EUR').faults.map(({ path, code }) => `${path} ${code}`)).toEqual([
      '/lines/0/lineNumber unknown-line',
      '/lines/2/lineNumber line-twice',
      '/lines/3/sku unknown-sku',
      '/lines/4/sku no-price',
      '/lines/5/quantity quantity',
      '/lines/6/expectedUnitPriceMinor price-changed',
    ]);
    const many = Array.from({ length: 500 }, () => ({ sku: 'TABLE', quantity: 1 }));
    expect(amendLines([line()], many, offers, 'EUR').faults).toMatchObject([{ path: '/lines', code: 'too-many-lines' }]);
  });

  it('O4: whatever is asked, each line ends with the wanted units and none that has gone out is lost', () => {
    const quantities = fc
      .record({ shipped: fc.nat(20), cancelled: fc.nat(20), open: fc.nat(20), picked: fc.nat(20) })
      .filter(({ shipped, cancelled, open, picked }) => picked <= open && shipped + cancelled + open > 0);
    fc.assert(
      fc.property(quantities, fc.nat(60), fc.constantFrom(5_000, 4_000), (given, wanted, unitPriceMinor) => {
        const before = line({
          quantity: given.shipped + given.cancelled + given.open,
          shippedQuantity: given.shipped,
          cancelledQuantity: given.cancelled,
          pickedQuantity: given.picked,
          unitPriceMinor,
        });
        const after = amendLines([before], [{ lineNumber: 1, quantity: wanted }], offers, 'EUR');
        if (after.faults.length > 0) {
          expect(wanted).toBeLessThan(given.shipped + given.picked);
          return;
        }
        const { quantity, cancelledQuantity } = after.changed[0] ?? before;
        const live = quantity - cancelledQuantity + (after.added[0]?.quantity ?? 0);
        expect(live).toBe(wanted);
        expect(quantity - cancelledQuantity).toBeGreaterThanOrEqual(given.shipped + given.picked);
        expect(quantity).toBeGreaterThanOrEqual(before.quantity);
      }),
    );
  });
});
