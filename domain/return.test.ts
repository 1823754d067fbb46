import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type InvoiceTax, invoiceTotals, type PricedLine, taxRounding } from './invoice.ts';
import {
  countFaults,
  creditTotals,
  inspectionFaults,
  mayReturn,
  type ReturnCommand,
  type ReturnedLine,
  restockCost,
  returnedUnits,
  returnFaults,
  returnStatuses,
  returnTransitions,
} from './return.ts';

const line = (lineNumber: number, quantity: number, unitPriceMinor: number, taxRate = '0.07'): PricedLine => ({
  lineNumber,
  sku: `SKU-${lineNumber}`,
  description: 'A product',
  quantity,
  unitPriceMinor,
  taxCategory: 'S',
  taxRate,
});
const returned = (status: ReturnedLine['status'], quantity: number, receivedQuantity: number | null = null): ReturnedLine => ({
  lineNumber: 1,
  quantity,
  receivedQuantity,
  status,
});

describe('the life of a return', () => {
  it('O4: it goes on from where it stands and from nowhere else', () => {
    const ways = (Object.keys(returnTransitions) as ReturnCommand[]).flatMap((command) =>
      returnStatuses
        .filter((status) => mayReturn(status, command))
        .map((status) => `${status} ${command} ${returnTransitions[command].to}`),
    );
    expect(ways).toEqual([
      'requested approve approved',
      'requested refuse refused',
      'approved receive received',
      'received inspect credited',
      'approved write-off credited',
      'requested cancel cancelled',
      'approved cancel cancelled',
    ]);
  });
});

describe('how much may come back', () => {
  it('O4: refused and cancelled returns give their units back, counted ones take what was counted', () => {
    const all = [returned('refused', 9), returned('cancelled', 9), returned('approved', 2), returned('credited', 5, 3)];
    expect(returnedUnits(1, all)).toBe(5);
    expect(returnedUnits(2, all)).toBe(0);
  });

  it('O4: every line that asks for too much, or is none, is named with its path; what is left is not', () => {
    const invoiced = [
      { lineNumber: 1, shipmentLineNumber: 1, quantity: 10 },
      { lineNumber: 2, shipmentLineNumber: 2, quantity: 4 },
    ];
    const wanted = [
      { lineNumber: 1, quantity: 9 },
      { lineNumber: 2, quantity: 4 },
      { lineNumber: 3, quantity: 1 },
    ];
    expect(returnFaults(wanted, invoiced, [returned('approved', 2)])).toMatchObject([
      { path: '/lines/0/quantity', code: 'more-than-shipped', detail: '10 were shipped, and 8 of them can still be returned.' },
      { path: '/lines/2/lineNumber', code: 'unknown-line' },
    ]);
  });

  it('O4: goods that are billed with others are asked for by their line of the shipment, and counted by that of the invoice', () => {
    const invoiced = [
      { lineNumber: 1, shipmentLineNumber: 2, quantity: 10 },
      { lineNumber: 2, shipmentLineNumber: 3, quantity: 4 },
    ];
    const wanted = [
      { lineNumber: 2, quantity: 9 },
      { lineNumber: 1, quantity: 1 },
    ];
    expect(returnFaults(wanted, invoiced, [returned('approved', 2)])).toMatchObject([
      { path: '/lines/0/quantity', detail: '10 were shipped, and 8 of them can still be returned.' },
      { path: '/lines/1/lineNumber', code: 'unknown-line' },
    ]);
  });

  it('O4: a count stays within what was approved, and is of something', () => {
    const announced = [{ lineNumber: 1, quantity: 3 }];
    expect(countFaults([{ lineNumber: 1, quantity: 3 }], announced)).toEqual([]);
    expect(countFaults([{ lineNumber: 1, quantity: 4 }], announced)).toMatchObject([{ code: 'more-than-approved' }]);
    expect(countFaults([{ lineNumber: 2, quantity: 1 }], announced)).toMatchObject([{ code: 'unknown-line' }]);
    expect(countFaults([{ lineNumber: 1, quantity: 0 }], announced)).toMatchObject([{ code: 'nothing-received' }]);
  });

  it('O4: an inspection says of every unit what becomes of it', () => {
    const received = [
      { lineNumber: 1, receivedQuantity: 3 },
      { lineNumber: 2, receivedQuantity: 1 },
      { lineNumber: 3, receivedQuantity: 0 },
    ];
    const inspect = (lineNumber: number, restockedQuantity: number, scrappedQuantity: number) => ({
      lineNumber,
      restockedQuantity,
      scrappedQuantity,
    });
    expect(inspectionFaults([inspect(1, 2, 1), inspect(2, 0, 1)], received)).toEqual([]);
    expect(inspectionFaults([inspect(1, 2, 2), inspect(4, 1, 0)], received).map(({ path, code }) => `${path} ${code}`)).toEqual([
      '/lines/0 units',
      '/lines/1/lineNumber unknown-line',
      '/lines missing-line',
    ]);
  });
});

describe('what is credited', () => {
  it('I4: unit by unit, credit notes never exceed the invoice, and together they are it', () => {
    // 3 × 0.33 + 2 × 0.07 at 7 %, and 1 × 0.05 at 20 %: tax of each document alone rounds another way than their sum.
    const invoiced = [line(1, 3, 33), line(2, 2, 7), line(3, 1, 5, '0.20')];
    const invoice = invoiceTotals(invoiced, taxRounding);
    const credited: InvoiceTax[] = [];
    const notes = invoiced.flatMap((one) =>
      Array.from({ length: one.quantity }, () => {
        const note = creditTotals([{ ...one, quantity: 1 }], invoice.taxes, credited);
        credited.push(...note.taxes);
        return note;
      }),
    );
    const sum = (of: (note: (typeof notes)[number]) => number) => notes.reduce((total, note) => total + of(note), 0);
    expect(sum((note) => note.netMinor)).toBe(invoice.netMinor);
    expect(sum((note) => note.taxMinor)).toBe(invoice.taxMinor);
    expect(Math.min(...notes.map((note) => note.taxMinor))).toBeGreaterThanOrEqual(0);
    expect(notes.map((note) => note.taxMinor)).toEqual([2, 2, 2, 0, 2, 1]);
  });

  it('I4: for any invoice that comes back in any portions, no document is negative or more than is left, and the sum is exact', () => {
    const anyLine = fc.record({
      quantity: fc.integer({ min: 1, max: 9 }),
      unitPriceMinor: fc.integer({ min: 0, max: 9_999 }),
      taxRate: fc.constantFrom('0', '0.07', '0.19', '0.190', '0.2'),
    });
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1, maxLength: 5 }), fc.array(fc.nat(), { maxLength: 45 }), (lines, choices) => {
        const invoiced = lines.map((one, index) => line(index + 1, one.quantity, one.unitPriceMinor, one.taxRate));
        const invoice = invoiceTotals(invoiced, taxRounding);
        // Unit by unit in an order of chance, two lines a document where they differ.
        let units = invoiced.flatMap((one) => Array.from({ length: one.quantity }, () => ({ ...one, quantity: 1 })));
        const credited: InvoiceTax[] = [];
        let grossMinor = 0;
        for (let turn = 0; units.length > 0; turn += 1) {
          const first = units[(choices[turn] ?? 0) % units.length]!;
          const second = units.find((one) => one.lineNumber !== first.lineNumber);
          const document = second && turn % 2 === 0 ? [first, second] : [first];
          units = units.filter((one) => !document.includes(one));
          const note = creditTotals(document, invoice.taxes, credited);
          expect(Math.min(note.netMinor, ...note.taxes.map((tax) => tax.taxMinor))).toBeGreaterThanOrEqual(0);
          credited.push(...note.taxes);
          grossMinor += note.grossMinor;
          expect(grossMinor).toBeLessThanOrEqual(invoice.grossMinor);
        }
        expect(grossMinor).toBe(invoice.grossMinor);
      }),
    );
  });

  it('I4: the whole invoice at once is credited to the cent; more than is left of it is a bug, not a credit', () => {
    const invoice = invoiceTotals([line(1, 3, 3_333)], taxRounding);
    expect(creditTotals([line(1, 3, 3_333)], invoice.taxes, [])).toEqual(invoice);
    expect(() => creditTotals([line(1, 1, 3_333)], invoice.taxes, invoice.taxes)).toThrow(RangeError);
    expect(() => creditTotals([line(1, 1, 3_333, '0.20')], invoice.taxes, [])).toThrow(RangeError);
  });

  it('O4: units go back on the shelf at what they cost as they left, in however many returns', () => {
    const shipped = { quantity: 3, costMinor: 100 };
    const costs = [0, 1, 2].map((before) => restockCost({ shipped, before, now: 1 }));
    expect(costs).toEqual([33, 34, 33]);
    expect(restockCost({ shipped, before: 1, now: 2 })).toBe(67);
    expect(restockCost({ shipped, before: 3, now: 0 })).toBe(0);
    expect(() => restockCost({ shipped, before: 2, now: 2 })).toThrow(RangeError);
  });
});
