import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countStock, planReservation, stockCost, sumDemand, type Withdrawable, withdrawLatest } from './stock.ts';

const sku = fc.constantFrom('A', 'B', 'C');
const anyLines = fc
  .array(fc.record({ sku, quantity: fc.integer({ min: 1, max: 20 }) }), { minLength: 1, maxLength: 6 })
  .map((lines) => lines.map((line, index) => ({ ...line, lineNumber: index + 1 })));
const anyStock = fc.uniqueArray(
  fc.record({ sku, warehouseId: fc.constantFrom('W1', 'W2', 'W3'), quantity: fc.integer({ min: -3, max: 30 }) }),
  { selector: (stock) => `${stock.sku} ${stock.warehouseId}` },
);
const units = (parts: readonly { quantity: number }[]) => parts.reduce((sum, { quantity }) => sum + quantity, 0);

describe('F1: a reservation never oversells', () => {
  test('lines of one SKU are one demand, sorted', () => {
    expect(
      sumDemand([
        { sku: 'B', quantity: 1 },
        { sku: 'A', quantity: 2 },
        { sku: 'B', quantity: 3 },
      ]),
    ).toEqual([
      { sku: 'A', quantity: 2 },
      { sku: 'B', quantity: 4 },
    ]);
  });

  test('regression: two lines of one SKU pass separately', () => {
    const lines = [
      { lineNumber: 1, sku: 'A', quantity: 6 },
      { lineNumber: 2, sku: 'A', quantity: 6 },
    ];
    const available = [{ sku: 'A', warehouseId: 'W1', quantity: 10 }];
    expect(planReservation({ lines, available, backOrderAllowed: false })).toEqual({
      outcome: 'short',
      reservations: [],
      shortages: [{ lineNumber: 2, sku: 'A', missing: 2 }],
    });
    expect(planReservation({ lines, available, backOrderAllowed: true })).toMatchObject({
      outcome: 'partial',
      reservations: [{ quantity: 6 }, { quantity: 4 }],
    });
  });

  test('any order, any stock: never more than available or ordered, and nothing lost', () => {
    fc.assert(
      fc.property(anyLines, anyStock, fc.boolean(), (lines, available, backOrderAllowed) => {
        const { outcome, reservations, shortages } = planReservation({ lines, available, backOrderAllowed });
        for (const stock of available) {
          const taken = reservations.filter((part) => part.sku === stock.sku && part.warehouseId === stock.warehouseId);
          expect(units(taken)).toBeLessThanOrEqual(Math.max(0, stock.quantity));
        }
        const demand = units(lines);
        const coverable = sumDemand(lines).reduce((sum, { sku, quantity }) => {
          const free = available.filter((stock) => stock.sku === sku && stock.quantity > 0);
          return sum + Math.min(quantity, units(free));
        }, 0);
        for (const line of lines) {
          const reserved = units(reservations.filter(({ lineNumber }) => lineNumber === line.lineNumber));
          const missing = shortages.find(({ lineNumber }) => lineNumber === line.lineNumber)?.missing ?? 0;
          if (outcome !== 'short') expect(reserved + missing).toBe(line.quantity);
        }
        expect(shortages.reduce((sum, { missing }) => sum + missing, 0)).toBe(demand - coverable);
        expect(reservations.every(({ quantity }) => quantity > 0)).toBe(true);
        const expected = coverable === demand ? 'reserved' : backOrderAllowed && coverable > 0 ? 'partial' : 'short';
        expect(outcome).toBe(expected);
        expect(units(reservations)).toBe(outcome === 'short' ? 0 : coverable);
      }),
    );
  });

  test('F3: the fewest shipments are the fewest that there are, not those that biggest first comes to', () => {
    const lines = [
      { lineNumber: 1, sku: 'X', quantity: 4 },
      { lineNumber: 2, sku: 'Y', quantity: 4 },
    ];
    const available = [
      { sku: 'X', warehouseId: 'W1', quantity: 2 },
      { sku: 'Y', warehouseId: 'W1', quantity: 3 },
      { sku: 'X', warehouseId: 'W2', quantity: 4 },
      { sku: 'Y', warehouseId: 'W3', quantity: 4 },
    ];
    expect(planReservation({ lines, available, backOrderAllowed: false })).toEqual({
      outcome: 'reserved',
      reservations: [
        { lineNumber: 1, sku: 'X', warehouseId: 'W2', quantity: 4 },
        { lineNumber: 2, sku: 'Y', warehouseId: 'W3', quantity: 4 },
      ],
      shortages: [],
    });
  });

  test('F3: held against every set of warehouses, none that gives as much is smaller', () => {
    const warehouses = ['W1', 'W2', 'W3', 'W4', 'W5'];
    const scarce = fc.uniqueArray(
      fc.record({ sku, warehouseId: fc.constantFrom(...warehouses), quantity: fc.integer({ min: -1, max: 8 }) }),
      { selector: (stock) => `${stock.sku} ${stock.warehouseId}`, minLength: 4, maxLength: 15 },
    );
    fc.assert(
      fc.property(anyLines, scarce, (lines, available) => {
        const { reservations } = planReservation({ lines, available, backOrderAllowed: true });
        const places = new Set(reservations.map(({ warehouseId }) => warehouseId)).size;
        for (let chosen = 0; chosen < 2 ** warehouses.length; chosen += 1) {
          const set = warehouses.filter((_, index) => chosen & (2 ** index));
          const given = sumDemand(lines).reduce((sum, wanted) => {
            const free = available.filter((one) => one.sku === wanted.sku && one.quantity > 0 && set.includes(one.warehouseId));
            return sum + Math.min(wanted.quantity, units(free));
          }, 0);
          if (given === units(reservations)) expect(places).toBeLessThanOrEqual(set.length);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('the order of lines and stock rows changes nothing', () => {
    fc.assert(
      fc.property(anyLines, anyStock, (lines, available) => {
        const plan = planReservation({ lines, available, backOrderAllowed: true });
        const reversed = { lines: [...lines].reverse(), available: [...available].reverse(), backOrderAllowed: true };
        expect(planReservation(reversed)).toEqual(plan);
      }),
    );
  });
});

describe('F3: the fewest warehouses, then back-order by policy', () => {
  const lines = [
    { lineNumber: 1, sku: 'A', quantity: 5 },
    { lineNumber: 2, sku: 'B', quantity: 5 },
  ];

  test('one warehouse that covers all beats one that is first by name', () => {
    const available = [
      { sku: 'A', warehouseId: 'W1', quantity: 9 },
      { sku: 'A', warehouseId: 'W2', quantity: 5 },
      { sku: 'B', warehouseId: 'W2', quantity: 5 },
    ];
    const plan = planReservation({ lines, available, backOrderAllowed: false });
    expect(plan.outcome).toBe('reserved');
    expect(plan.reservations.map(({ warehouseId }) => warehouseId)).toEqual(['W2', 'W2']);
  });

  test('F1: reservations come in the order in which stock rows are locked: SKU, warehouse, line', () => {
    const available = [
      { sku: 'B', warehouseId: 'W2', quantity: 5 },
      { sku: 'A', warehouseId: 'W2', quantity: 2 },
      { sku: 'A', warehouseId: 'W1', quantity: 3 },
    ];
    const plan = planReservation({ lines: [...lines].reverse(), available, backOrderAllowed: false });
    expect(plan.reservations).toEqual([
      { lineNumber: 1, sku: 'A', warehouseId: 'W1', quantity: 3 },
      { lineNumber: 1, sku: 'A', warehouseId: 'W2', quantity: 2 },
      { lineNumber: 2, sku: 'B', warehouseId: 'W2', quantity: 5 },
    ]);
  });

  test('of equal warehouses the first by id serves', () => {
    const available = ['W2', 'W1'].map((warehouseId) => ({ sku: 'A', warehouseId, quantity: 5 }));
    const plan = planReservation({ lines: lines.slice(0, 1), available, backOrderAllowed: false });
    expect(plan.reservations).toEqual([{ lineNumber: 1, sku: 'A', warehouseId: 'W1', quantity: 5 }]);
  });

  test('golden run: 6 of 10 units are there; with back-order 6 are reserved, without it none', () => {
    const input = {
      lines: [{ lineNumber: 1, sku: 'A', quantity: 10 }],
      available: [{ sku: 'A', warehouseId: 'W1', quantity: 6 }],
    };
    const shortages = [{ lineNumber: 1, sku: 'A', missing: 4 }];
    expect(planReservation({ ...input, backOrderAllowed: true })).toEqual({
      outcome: 'partial',
      reservations: [{ lineNumber: 1, sku: 'A', warehouseId: 'W1', quantity: 6 }],
      shortages,
    });
    expect(planReservation({ ...input, backOrderAllowed: false })).toEqual({ outcome: 'short', reservations: [], shortages });
  });

  test('nothing at all is short, back-order or not', () => {
    const plan = planReservation({ lines, available: [], backOrderAllowed: true });
    expect(plan.outcome).toBe('short');
    expect(plan.shortages.map(({ missing }) => missing)).toEqual([5, 5]);
  });
});

describe('A3: goods leave at moving-average cost', () => {
  test('golden run: 6 units received at 300.00 leave at 1,800.00', () => {
    expect(stockCost({ onHand: 6, valueMinor: 180_000, quantity: 6 })).toBe(180_000);
    expect(stockCost({ onHand: 6, valueMinor: 180_000, quantity: 2 })).toBe(60_000);
  });

  test('unit by unit, the last takes the rest: an empty shelf is worth nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.nat({ max: 1_000_000 }), (received, valueMinor) => {
        let [onHand, left] = [received, valueMinor];
        for (; onHand > 0; onHand -= 1) left -= stockCost({ onHand, valueMinor: left, quantity: 1 });
        expect(left).toBe(0);
      }),
    );
  });

  test('no more than there is', () => {
    expect(() => stockCost({ onHand: 1, valueMinor: 100, quantity: 2 })).toThrow(RangeError);
    expect(() => stockCost({ onHand: 1, valueMinor: 100, quantity: -1 })).toThrow(RangeError);
    expect(stockCost({ onHand: 0, valueMinor: 0, quantity: 0 })).toBe(0);
  });
});

describe('a count against the books', () => {
  const books = { onHand: 10, valueMinor: 1_001, unitCostMinor: undefined };

  test('F1: what is missing leaves at its average cost, and an empty shelf is worth nothing', () => {
    expect(countStock({ ...books, counted: 7 })).toEqual({ kind: 'lost', quantity: 3, valueMinor: 300 });
    expect(countStock({ ...books, counted: 0 })).toEqual({ kind: 'lost', quantity: 10, valueMinor: 1_001 });
  });

  test('F1: what is found is worth the average of what was there; on an empty shelf it needs a cost', () => {
    expect(countStock({ ...books, counted: 10 })).toEqual({ kind: 'found', quantity: 0, valueMinor: 0 });
    expect(countStock({ ...books, counted: 15 })).toEqual({ kind: 'found', quantity: 5, valueMinor: 500 });
    const empty = { onHand: 0, valueMinor: 0, counted: 4 };
    expect(countStock({ ...empty, unitCostMinor: 25 })).toEqual({ kind: 'found', quantity: 4, valueMinor: 100 });
    expect(countStock({ ...empty, unitCostMinor: undefined })).toBeUndefined();
  });
});

describe('F1: what the stock cannot keep is taken back', () => {
  const promise = (orderId: string, quantity: number, promisedOn: string, placedAt = '2027-03-01T09:00:00.000Z') => ({
    orderId,
    quantity,
    promisedOn,
    placedAt,
  });
  const candidates = [
    promise('ORD-1', 4, '2027-03-05'),
    promise('ORD-2', 2, '2027-03-31'),
    promise('ORD-3', 3, '2027-03-09'),
    promise('ORD-4', 1, '2027-03-09', '2027-03-02T09:00:00.000Z'),
  ];
  const taken = (units: number) => withdrawLatest<Withdrawable>(candidates, units).map(({ orderId }) => orderId);

  test('latest promise first, and no more than needed', () => {
    expect([0, 1, 2, 3, 4, 7].map(taken)).toEqual([
      [],
      ['ORD-2'],
      ['ORD-2'],
      ['ORD-2', 'ORD-4'],
      ['ORD-2', 'ORD-4', 'ORD-3'],
      ['ORD-2', 'ORD-4', 'ORD-3', 'ORD-1'],
    ]);
    expect(taken(99)).toHaveLength(4);
  });
});
