import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  dueDate,
  invoiceNumber,
  invoiceTotals,
  isPaymentReference,
  orderShareGross,
  type PricedLine,
  paymentReference,
} from './invoice.ts';
import { addDays, compareDates, endOfMonth } from './time.ts';

const line = (change: Partial<PricedLine>): PricedLine => ({
  lineNumber: 1,
  sku: 'A',
  description: 'Widget',
  quantity: 1,
  unitPriceMinor: 100,
  taxCategory: 'S',
  taxRate: '0.20',
  ...change,
});

describe('I2: line, sum, tax per category, gross', () => {
  test('golden run: 10 × 500.00 + 20 % is 6,000.00, and 6 of them are 3,600.00', () => {
    const totals = (quantity: number) => invoiceTotals([line({ quantity, unitPriceMinor: 50_000 })], 'half-even');
    expect(totals(10)).toMatchObject({ netMinor: 500_000, taxMinor: 100_000, grossMinor: 600_000 });
    expect(totals(6)).toMatchObject({ netMinor: 300_000, taxMinor: 60_000, grossMinor: 360_000 });
  });

  test('regression: a two-line invoice total compounds', () => {
    const totals = invoiceTotals(
      [line({ quantity: 2, unitPriceMinor: 1_000 }), line({ lineNumber: 2, sku: 'B', quantity: 3, unitPriceMinor: 500 })],
      'half-even',
    );
    expect(totals.lines.map(({ netMinor }) => netMinor)).toEqual([2_000, 1_500]);
    expect(totals).toMatchObject({ netMinor: 3_500, taxMinor: 700, grossMinor: 4_200 });
  });

  test("tax is rounded once on the category's base, not per line", () => {
    const lines = [1, 2, 3].map((lineNumber) => line({ lineNumber, unitPriceMinor: 2, taxRate: '0.10' }));
    expect(invoiceTotals(lines, 'half-even').taxes).toEqual([{ category: 'S', rate: '0.10', baseMinor: 6, taxMinor: 1 }]);
  });

  test('each category and rate has its own base; 0.2 and 0.20 are one rate', () => {
    const totals = invoiceTotals(
      [
        line({ unitPriceMinor: 1_000, taxRate: '0.20' }),
        line({ lineNumber: 2, unitPriceMinor: 500, taxRate: '0.2' }),
        line({ lineNumber: 3, unitPriceMinor: 100, taxRate: '0.05' }),
        line({ lineNumber: 4, unitPriceMinor: 300, taxCategory: 'Z', taxRate: '0' }),
      ],
      'half-even',
    );
    expect(totals.taxes).toEqual([
      { category: 'S', rate: '0.20', baseMinor: 1_500, taxMinor: 300 },
      { category: 'S', rate: '0.05', baseMinor: 100, taxMinor: 5 },
      { category: 'Z', rate: '0', baseMinor: 300, taxMinor: 0 },
    ]);
    expect(totals.grossMinor).toBe(2_205);
  });

  test('the rounding policy decides a tie', () => {
    const tie = [line({ unitPriceMinor: 25, taxRate: '0.10' })];
    expect(invoiceTotals(tie, 'half-even').taxMinor).toBe(2);
    expect(invoiceTotals(tie, 'half-up').taxMinor).toBe(3);
  });

  test('any invoice: bases add up to net, net and tax to gross', () => {
    const anyLine = fc.record({
      quantity: fc.integer({ min: 1, max: 1_000 }),
      unitPriceMinor: fc.nat({ max: 10_000_000 }),
      taxRate: fc.constantFrom('0', '0.055', '0.07', '0.19'),
    });
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1, maxLength: 8 }), (parts) => {
        const totals = invoiceTotals(parts.map(line), 'half-even');
        const expected = parts.reduce((sum, part) => sum + part.quantity * part.unitPriceMinor, 0);
        expect(totals.netMinor).toBe(expected);
        expect(totals.taxes.reduce((sum, tax) => sum + tax.baseMinor, 0)).toBe(expected);
        expect(totals.grossMinor).toBe(expected + totals.taxes.reduce((sum, tax) => sum + tax.taxMinor, 0));
      }),
    );
  });

  test('an amount beyond safe integers is refused', () => {
    expect(() => invoiceTotals([line({ unitPriceMinor: 2 ** 52, quantity: 3 })], 'half-even')).toThrow(RangeError);
  });
});

describe('I2: due date', () => {
  test.each([
    [{ kind: 'net', days: 30 }, '2026-03-01', '2026-03-31'],
    [{ kind: 'net', days: 0 }, '2026-03-01', '2026-03-01'],
    [{ kind: 'due-on-receipt', days: 0 }, '2026-03-01', '2026-03-01'],
    [{ kind: 'net', days: 0, months: 1 }, '2026-01-31', '2026-02-28'],
    [{ kind: 'net', days: 10, months: 1 }, '2026-01-31', '2026-03-10'],
    [{ kind: 'net', days: 30, endOfMonth: true }, '2026-01-15', '2026-02-28'],
    [{ kind: 'net', days: 0, endOfMonth: true, daysAfterEndOfMonth: 10 }, '2026-01-15', '2026-02-10'],
    [{ kind: 'net', days: 30, endOfMonth: false }, '2026-04-30', '2026-05-30'],
  ] as const)('%j from %s is %s', (terms, base, expected) => {
    expect(dueDate(terms, base)).toBe(expected);
  });

  test('never before the invoice; at the month end when the terms say so', () => {
    const base = fc.nat({ max: 40_000 }).map((days) => addDays('1970-01-01', days));
    fc.assert(
      fc.property(base, fc.nat({ max: 120 }), fc.nat({ max: 12 }), fc.boolean(), (from, days, months, atMonthEnd) => {
        const due = dueDate({ kind: 'net', days, months, endOfMonth: atMonthEnd }, from);
        expect(compareDates(due, from)).toBeGreaterThanOrEqual(0);
        if (atMonthEnd) expect(due).toBe(endOfMonth(due));
      }),
    );
  });
});

describe("C3: each shipment moves only its share of the order's hold", () => {
  test('the last takes the rounding remainder, so the hold closes at zero', () => {
    expect(orderShareGross({ orderGrossRemainingMinor: 600_000, shippedGrossMinor: 360_000, last: false })).toBe(360_000);
    expect(orderShareGross({ orderGrossRemainingMinor: 240_001, shippedGrossMinor: 240_000, last: true })).toBe(240_001);
  });

  test('never more than remains', () => {
    expect(orderShareGross({ orderGrossRemainingMinor: 100, shippedGrossMinor: 101, last: false })).toBe(100);
  });
});

describe('I1: invoice numbers', () => {
  test('series, year and six digits', () => {
    expect(invoiceNumber('INV', 2026, 1)).toBe('INV-2026-000001');
    expect(invoiceNumber('INV', 2026, 1_234_567)).toBe('INV-2026-1234567');
    expect(() => invoiceNumber('INV', 2026, 0)).toThrow(RangeError);
    expect(() => invoiceNumber('INV', 2026, 1.5)).toThrow(RangeError);
  });
});

describe('P2: ISO 11649 payment references', () => {
  test.each(['RF18539007547034', 'RF18 5390 0754 7034', 'RF45G72UUR', 'RF6518K5'])('%s is valid', (text) => {
    expect(isPaymentReference(text)).toBe(true);
  });

  test.each(['RF19539007547034', 'RF18', 'RF18539007547035', 'FR18539007547034', 'RF185390075470341234567890', ''])(
    '%j is not',
    (text) => expect(isPaymentReference(text)).toBe(false),
  );

  test('made from an invoice number', () => {
    expect(paymentReference('539007547034')).toBe('RF18539007547034');
    expect(paymentReference('INV-2026-000001')).toMatch(/^RF\d\dINV2026000001$/);
    expect(() => paymentReference('---')).toThrow(RangeError);
    expect(() => paymentReference('1234567890123456789012')).toThrow(RangeError);
  });

  test('every one made is valid, and one wrong digit is noticed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999_999 }),
        fc.nat({ max: 100 }),
        fc.integer({ min: 1, max: 9 }),
        (sequence, at, by) => {
          const reference = paymentReference(invoiceNumber('INV', 2026, sequence));
          expect(isPaymentReference(reference)).toBe(true);
          const digits = [...reference.matchAll(/\d/g)].map(({ index }) => index);
          const position = digits[at % digits.length]!;
          const wrong = (Number(reference[position]) + by) % 10;
          expect(isPaymentReference(reference.slice(0, position) + wrong + reference.slice(position + 1))).toBe(false);
        },
      ),
    );
  });
});
