import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { audiences, choosePrice, type ListPrice } from './prices.ts';

const price = (rest: Partial<ListPrice> = {}): ListPrice => ({
  priceListId: 'GENERAL',
  audience: 'everyone',
  validFrom: null,
  validUntil: null,
  minimumQuantity: 1,
  unitPriceMinor: 900,
  ...rest,
});
const choose = (listPrices: ListPrice[], quantity = 10, on = '2026-03-31', basePriceMinor: number | null = 1_000) =>
  choosePrice({ quantity, on, basePriceMinor, listPrices });

describe('which price applies', () => {
  it('O1: the customer’s list goes before its segment’s, that before everyone’s, and any before the product’s own price', () => {
    const general = price();
    const segment = price({ priceListId: 'TRADE', audience: 'segment', unitPriceMinor: 950 });
    const own = price({ priceListId: 'ADA', audience: 'customer', unitPriceMinor: 990 });
    expect(choose([general, segment, own])).toEqual({ unitPriceMinor: 990, priceListId: 'ADA', minimumQuantity: 1 });
    expect(choose([general, segment])?.priceListId).toBe('TRADE');
    expect(choose([general])?.priceListId).toBe('GENERAL');
    expect(choose([])).toEqual({ unitPriceMinor: 1_000, priceListId: null, minimumQuantity: null });
    expect(choose([], 1, '2026-03-31', null)).toBeUndefined();
  });

  it('O1: a break applies from exactly its quantity on', () => {
    const breaks = [
      price(),
      price({ minimumQuantity: 10, unitPriceMinor: 800 }),
      price({ minimumQuantity: 50, unitPriceMinor: 700 }),
    ];
    expect([1, 9, 10, 49, 50, 1_000].map((quantity) => choose(breaks, quantity)?.unitPriceMinor)).toEqual([
      900, 900, 800, 800, 700, 700,
    ]);
  });

  it('O1: a list is valid on its first and its last day and on no other side of them', () => {
    const march = [price({ validFrom: '2026-03-01', validUntil: '2026-03-31' })];
    const days = ['2026-02-28', '2026-03-01', '2026-03-31', '2026-04-01'];
    expect(days.map((on) => choose(march, 1, on)?.priceListId)).toEqual([null, 'GENERAL', 'GENERAL', null]);
  });

  it('O1: a list whose breaks the line does not reach is passed over, even the customer’s own', () => {
    const own = price({ priceListId: 'ADA', audience: 'customer', minimumQuantity: 100, unitPriceMinor: 500 });
    expect(choose([own, price()], 99)?.priceListId).toBe('GENERAL');
  });

  it('O1: of two lists for the same audience the one that began later goes first, then the lower id', () => {
    const old = price({ priceListId: 'A', minimumQuantity: 10, unitPriceMinor: 1 });
    const spring = price({ priceListId: 'B', validFrom: '2026-03-01' });
    const twin = price({ priceListId: 'C', validFrom: '2026-03-01' });
    expect(choose([old, twin, spring])?.priceListId).toBe('B');
  });
});

const day = fc.integer({ min: 1, max: 28 }).map((number) => `2026-03-${String(number).padStart(2, '0')}`);
const listPrices = fc
  .uniqueArray(
    fc.record({
      list: fc.integer({ min: 0, max: 5 }),
      minimumQuantity: fc.integer({ min: 1, max: 6 }),
      unitPriceMinor: fc.integer({ min: 0, max: 1_000_000 }),
    }),
    { maxLength: 12, selector: ({ list, minimumQuantity }) => `${list} ${minimumQuantity}` },
  )
  .chain((rows) =>
    fc
      .array(
        fc.record({
          audience: fc.constantFrom(...audiences),
          validFrom: fc.option(day),
          validUntil: fc.option(day),
        }),
        { minLength: 6, maxLength: 6 },
      )
      .map((lists) => rows.map(({ list, ...row }): ListPrice => ({ ...row, priceListId: `LIST-${list}`, ...lists[list]! }))),
  );
const situation = fc.record({
  listPrices,
  quantity: fc.integer({ min: 1, max: 8 }),
  on: day,
  basePriceMinor: fc.option(fc.integer({ min: 0, max: 1_000_000 })),
});

describe('which price applies, whatever the lists', () => {
  it('O1: the order in which prices are read never matters', () => {
    fc.assert(
      fc.property(
        situation.chain((given) =>
          fc.tuple(fc.constant(given), fc.shuffledSubarray(given.listPrices, { minLength: given.listPrices.length })),
        ),
        ([given, shuffled]) => {
          expect(choosePrice({ ...given, listPrices: shuffled })).toEqual(choosePrice(given));
        },
      ),
    );
  });

  it('O1: it is a price that was given, valid and reached, and none that goes before it was passed over', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const usable = given.listPrices.filter(
          (row) =>
            row.minimumQuantity <= given.quantity && (row.validFrom ?? '0') <= given.on && given.on <= (row.validUntil ?? '9'),
        );
        const chosen = choosePrice(given);
        if (usable.length === 0) {
          const base = given.basePriceMinor;
          expect(chosen?.unitPriceMinor ?? null).toBe(base);
          expect(chosen?.priceListId ?? null).toBeNull();
          return;
        }
        const source = usable.find(
          (row) => row.priceListId === chosen?.priceListId && row.minimumQuantity === chosen.minimumQuantity,
        )!;
        expect(source.unitPriceMinor).toBe(chosen?.unitPriceMinor);
        for (const other of usable) {
          expect(audiences.indexOf(source.audience)).toBeLessThanOrEqual(audiences.indexOf(other.audience));
          if (other.priceListId === source.priceListId) expect(other.minimumQuantity).toBeLessThanOrEqual(source.minimumQuantity);
        }
      }),
    );
  });

  it('O1: ordering more never loses a list price that a smaller line has', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const smaller = choosePrice(given);
        const larger = choosePrice({ ...given, quantity: given.quantity + 1 });
        if (smaller?.priceListId) expect(larger?.priceListId).not.toBeNull();
      }),
    );
  });
});
