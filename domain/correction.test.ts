import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ChargedLine,
  type CreditedLine,
  creditLines,
  creditUnits,
  discountTaken,
  fullCorrection,
  type LineCorrection,
  reasonFaults,
  revisedLines,
  spreadDiscount,
  taxesLeft,
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

describe('goods of an invoice that was paid with an early-payment discount', () => {
  const goods = [line(1, 2, 50_000)];
  const taxes: InvoiceTax[] = [{ category: 'S', rate: '0.20', baseMinor: 100_000, taxMinor: 20_000 }];
  const paidLess = spreadDiscount(whatIsLeft(goods, []), taxes, 2_400);

  it('I2: one unit of two takes half of the discount back with it, net and tax', () => {
    expect(paidLess.taxes).toEqual([{ category: 'S', rate: '0.20', baseMinor: 2_000, taxMinor: 400 }]);
    const one = creditUnits(paidLess.lines[0]!, 1);
    expect(one).toMatchObject({ quantity: 1, unitPriceMinor: 49_000, netMinor: 49_000, discountMinor: 1_000 });
    expect(discountTaken([one], paidLess.taxes)).toEqual([{ category: 'S', rate: '0.20', baseMinor: 1_000, taxMinor: 200 }]);
    expect(creditTotals([one], taxes, paidLess.taxes)).toMatchObject({ netMinor: 49_000, taxMinor: 9_800, grossMinor: 58_800 });
  });

  it('I2: a price or an amount that was too high was paid with its discount too', () => {
    const [price] = creditLines(paidLess.lines, [{ lineNumber: 1, unitPriceMinor: 45_000 }], []).lines;
    expect(price).toMatchObject({ quantity: 2, unitPriceMinor: 4_900, netMinor: 9_800, discountMinor: 200 });
    const [amount] = creditLines(paidLess.lines, [{ lineNumber: 1, amountMinor: 100_000 }], []).lines;
    expect(amount).toMatchObject({ netMinor: 98_000, discountMinor: 2_000 });
  });

  it('I2: a discount on rounding alone, or none, is left out without a fault', () => {
    expect(spreadDiscount(whatIsLeft(goods, []), taxes, 0)).toMatchObject({ taxes: [], lines: [{ discountLeftMinor: 0 }] });
    expect(spreadDiscount(whatIsLeft(goods, []), taxes, -5).taxes).toEqual([]);
    expect(spreadDiscount(whatIsLeft(goods, []), taxes, 1).taxes).toMatchObject([{ baseMinor: 1, taxMinor: 0 }]);
  });

  it('I2: in whatever steps the units come back, the customer gets what was paid, to the cent', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ price: fc.integer({ min: 1, max: 99_999 }), count: fc.integer({ min: 1, max: 9 }), reduced: fc.boolean() }),
          { minLength: 1, maxLength: 4 },
        ),
        fc.integer({ min: 0, max: 1_000 }),
        fc.array(fc.record({ line: fc.nat(3), units: fc.integer({ min: 1, max: 9 }) }), { maxLength: 12 }),
        (all, perMille, steps) => {
          const charged = all.map(({ price, count, reduced }, index) => line(index + 1, count, price, reduced ? '0.07' : '0.20'));
          const invoice = invoiceTotals(charged, taxRounding);
          const grantedMinor = Math.floor((invoice.grossMinor * perMille) / 1_000);
          const credited: CreditedLine[] = [];
          const creditedTaxes: InvoiceTax[] = [];
          let givenBackMinor = 0;
          let takenBackMinor = 0;
          const bring = (units: (left: number, lineNumber: number) => number) => {
            const leftOver = taxesLeft(invoice.taxes, creditedTaxes);
            const now = spreadDiscount(whatIsLeft(charged, credited), leftOver, grantedMinor - takenBackMinor);
            const lines = now.lines.flatMap((one) => {
              const count = units(one.unitsLeft, one.lineNumber);
              return count > 0 ? [creditUnits(one, count)] : [];
            });
            const totals = creditTotals(lines, invoice.taxes, [...creditedTaxes, ...now.taxes]);
            const taken = discountTaken(lines, now.taxes);
            for (const one of lines) {
              expect(one.netMinor).toBeGreaterThanOrEqual(0);
              credited.push({ lineNumber: one.lineNumber, units: one.units, netMinor: one.netMinor + one.discountMinor });
            }
            creditedTaxes.push(...totals.taxes, ...taken);
            givenBackMinor += totals.grossMinor;
            takenBackMinor += taken.reduce((sum, { baseMinor, taxMinor }) => sum + baseMinor + taxMinor, 0);
            expect(givenBackMinor).toBeLessThanOrEqual(invoice.grossMinor - grantedMinor);
          };
          for (const step of steps) bring((left, lineNumber) => (lineNumber === step.line + 1 ? Math.min(left, step.units) : 0));
          bring((left) => left);
          expect(givenBackMinor).toBe(invoice.grossMinor - grantedMinor);
          expect(takenBackMinor).toBe(grantedMinor);
        },
      ),
    );
  });
});

it('P5, I4, A5: interest is the reason of a correction of interest notes alone', () => {
  expect(reasonFaults('interest-error', 'interest-note')).toEqual([]);
  for (const kind of ['invoice', 'opening-item', 'fee-note']) {
    expect(reasonFaults('interest-error', kind)).toMatchObject([{ path: '/reason', code: 'not-an-interest-note' }]);
    expect(reasonFaults('price-error', kind)).toEqual([]);
  }
});
