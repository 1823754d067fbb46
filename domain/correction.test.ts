import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ChargedLine,
  type CreditedLine,
  creditLines,
  creditUnits,
  fullCorrection,
  type LineCorrection,
  revisedLines,
  whatIsLeft,
} from './correction.ts';
import { type InvoiceTax, invoiceTotals, taxRounding } from './invoice.ts';
import { creditTotals } from './return.ts';

const line = (lineNumber: number, quantity: number, unitPriceMinor: number, taxRate = '0.20'): ChargedLine => ({
  lineNumber,
  sku: `SKU-${lineNumber}`,
  description: 'A product',
  quantity,
  unitPriceMinor,
  taxCategory: 'S',
  taxRate,
  netMinor: quantity * unitPriceMinor,
});
const left = (credited: CreditedLine[] = [], lines = [line(1, 10, 1_000), line(2, 2, 333)]) => whatIsLeft(lines, credited);
const shipped = [line(1, 10, 1_000), line(2, 2, 333), line(3, 4, 50)].map((goods) => ({
  ...goods,
  kept: goods.quantity,
}));
const codes = ({ faults }: { faults: { path: string; code: string }[] }) => faults.map(({ path, code }) => `${path} ${code}`);

describe('a credit note without goods', () => {
  it('I4: takes back units, a price or an amount, each from its own line', () => {
    const { lines, faults } = creditLines(
      left(),
      [
        { lineNumber: 1, unitPriceMinor: 900 },
        { lineNumber: 2, quantity: 1 },
      ],
      [],
    );
    expect(faults).toEqual([]);
    expect(lines).toMatchObject([
      { lineNumber: 1, quantity: 10, unitPriceMinor: 100, netMinor: 1_000, units: 0 },
      { lineNumber: 2, quantity: 1, unitPriceMinor: 333, netMinor: 333, units: 1 },
    ]);
    expect(creditLines(left(), [{ lineNumber: 1, amountMinor: 77 }], []).lines).toMatchObject([
      { quantity: 1, unitPriceMinor: 77, netMinor: 77, units: 0 },
    ]);
  });

  it('I4: a price that was credited before lowers what a unit brings later, and the last unit takes what is left', () => {
    const [one] = left([{ lineNumber: 1, units: 0, netMinor: 1_005 }]);
    expect(creditUnits(one!, 10).netMinor).toBe(8_995);
    expect(creditUnits(one!, 1)).toMatchObject({ netMinor: 900, unitPriceMinor: 900, units: 1 });
    expect(() => creditUnits(one!, 11)).toThrow(RangeError);
  });

  it('I4: says everything that is wrong with a correction, with its path', () => {
    const corrections: LineCorrection[] = [
      { lineNumber: 9, quantity: 1 },
      { lineNumber: 1, quantity: 9 },
      { lineNumber: 1, amountMinor: 1 },
      { lineNumber: 2, unitPriceMinor: 333 },
    ];
    expect(codes(creditLines(left(), corrections, [{ lineNumber: 1, units: 2 }]))).toEqual([
      '/lines/0/lineNumber unknown-line',
      '/lines/1/quantity more-than-invoiced',
      '/lines/2/lineNumber line-twice',
      '/lines/3/unitPriceMinor not-lower',
    ]);
    expect(codes(creditLines(left(), [{ lineNumber: 2, amountMinor: 667 }], []))).toEqual([
      '/lines/0/amountMinor more-than-invoiced',
    ]);
    expect(codes(creditLines(left(), [], []))).toEqual(['/lines nothing-left']);
  });

  it('I4: whatever corrections come in whatever order, no line is credited beyond its net, and the rest of all is the invoice to the cent', () => {
    const anyCorrection = fc.record({
      lineNumber: fc.integer({ min: 1, max: 3 }),
      kind: fc.constantFrom('quantity', 'unitPriceMinor', 'amountMinor'),
      amount: fc.integer({ min: 1, max: 3_000 }),
    });
    const anyLine = fc.tuple(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 999 }),
      fc.constantFrom('0', '0.07', '0.2'),
    );
    fc.assert(
      fc.property(
        fc.array(anyLine, { minLength: 3, maxLength: 3 }),
        fc.array(anyCorrection, { maxLength: 20 }),
        (goods, wanted) => {
          const lines = goods.map(([quantity, price, rate], index) => line(index + 1, quantity, price, rate));
          const invoice = invoiceTotals(lines, taxRounding);
          const credited: CreditedLine[] = [];
          const taxes: InvoiceTax[] = [];
          let grossMinor = 0;
          const issue = (corrections: LineCorrection[]) => {
            const note = creditLines(whatIsLeft(lines, credited), corrections, []);
            if (note.faults.length > 0) return;
            const totals = creditTotals(note.lines, invoice.taxes, taxes);
            expect(Math.min(totals.netMinor, ...totals.taxes.map(({ taxMinor }) => taxMinor))).toBeGreaterThanOrEqual(0);
            grossMinor += totals.grossMinor;
            taxes.push(...totals.taxes);
            credited.push(...note.lines);
            const rest = whatIsLeft(lines, credited);
            expect(Math.min(...rest.map(({ netLeftMinor }) => netLeftMinor))).toBeGreaterThanOrEqual(0);
            expect(Math.min(...rest.map(({ unitsLeft }) => unitsLeft))).toBeGreaterThanOrEqual(0);
          };
          for (const { lineNumber, kind, amount } of wanted) {
            issue([{ lineNumber, [kind]: kind === 'quantity' ? (amount % 4) + 1 : amount }]);
          }
          issue(fullCorrection(whatIsLeft(lines, credited), []));
          expect(grossMinor).toBe(invoice.grossMinor);
        },
      ),
    );
  });
});

describe('a revised invoice', () => {
  it('I4: charges what is still charged, with its revisions, and what was shipped and never billed', () => {
    const { lines, faults } = revisedLines(left([{ lineNumber: 1, units: 4, netMinor: 4_000 }]), shipped, [
      { lineNumber: 1, unitPriceMinor: 900, taxRate: '0.07' },
      { lineNumber: 3, quantity: 4 },
    ]);
    expect(faults).toEqual([]);
    expect(lines).toMatchObject([
      { lineNumber: 1, quantity: 6, unitPriceMinor: 900, taxRate: '0.07' },
      { lineNumber: 2, quantity: 2, unitPriceMinor: 333, taxRate: '0.20' },
      { lineNumber: 3, quantity: 4, unitPriceMinor: 50 },
    ]);
  });

  it('I4: never more than was shipped, no price that nobody named, and not nothing', () => {
    expect(codes(revisedLines(left(), shipped, [{ lineNumber: 1, quantity: 11 }]))).toEqual([
      '/lines/0/quantity more-than-shipped',
    ]);
    expect(codes(revisedLines(left([{ lineNumber: 1, units: 0, netMinor: 1 }]), shipped, []))).toEqual(['/lines price-needed']);
    expect(codes(revisedLines(left(), shipped, [{ lineNumber: 7 }, { lineNumber: 2 }, { lineNumber: 2 }]))).toEqual([
      '/lines/0/lineNumber unknown-line',
      '/lines/2/lineNumber line-twice',
    ]);
    const nothing = [1, 2, 3].map((lineNumber) => ({ lineNumber, quantity: 0 }));
    expect(codes(revisedLines(left(), shipped, nothing))).toEqual(['/lines nothing-left']);
  });
});
