import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyReceipt, type OpenItem } from './cash-application.ts';
import { invoiceNumber, paymentReference } from './invoice.ts';

const item = (sequence: number, openMinor: number, dueOn: string): OpenItem => {
  const number = invoiceNumber('INV', 2026, sequence);
  return { invoiceId: `i${sequence}`, number, paymentReference: paymentReference(number), openMinor, dueOn };
};
const items = [item(1, 360_000, '2026-03-31'), item(12, 100_000, '2026-02-28'), item(3, 50_000, '2026-02-28')];
const spaced = (reference: string) => reference.replace(/(.{4})/g, '$1 ').toLowerCase();

describe('P1: a receipt pays what it names', () => {
  test('golden run: two receipts quote the RF reference, in full print', () => {
    const references = [spaced(items[0]!.paymentReference)];
    expect(applyReceipt({ amountMinor: 300_000, items, references })).toEqual({
      applications: [{ invoiceId: 'i1', amountMinor: 300_000 }],
      unappliedMinor: 0,
    });
    const rest = [item(1, 60_000, '2026-03-31')];
    expect(applyReceipt({ amountMinor: 60_000, items: rest, references }).applications).toEqual([
      { invoiceId: 'i1', amountMinor: 60_000 },
    ]);
  });

  test('P1: several named items are paid in order of due date, then number', () => {
    expect(applyReceipt({ amountMinor: 200_000, items, invoiceIds: ['i1', 'i12', 'i3'] })).toEqual({
      applications: [
        { invoiceId: 'i3', amountMinor: 50_000 },
        { invoiceId: 'i12', amountMinor: 100_000 },
        { invoiceId: 'i1', amountMinor: 50_000 },
      ],
      unappliedMinor: 0,
    });
  });

  test('P1, A5: what is asked for comes first, instalment by instalment, and what is disputed last', () => {
    const [one, two] = [item(1, 90_000, '2026-01-31'), item(2, 70_000, '2026-02-28')];
    const inParts = [
      { ...one, askedFor: [30_000, 30_000].map((openMinor, month) => ({ dueOn: `2026-0${2 * month + 1}-31`, openMinor })) },
      { ...two, askedFor: [{ dueOn: two.dueOn, openMinor: two.openMinor }] },
    ];
    const paid = (amountMinor: number) =>
      applyReceipt({ amountMinor, items: inParts, invoiceIds: ['i1', 'i2'] }).applications.map((to) => to.amountMinor);
    expect(paid(30_000)).toEqual([30_000]);
    expect(paid(100_000)).toEqual([30_000, 70_000]);
    expect(paid(130_000)).toEqual([60_000, 70_000]);
    expect(paid(150_000)).toEqual([80_000, 70_000]);
    expect(applyReceipt({ amountMinor: 170_000, items: inParts, invoiceIds: ['i1', 'i2'] }).unappliedMinor).toBe(10_000);
  });

  test('P1: regression: overpayment refused: the surplus stays unapplied', () => {
    expect(applyReceipt({ amountMinor: 60_000, items, invoiceIds: ['i3'] })).toEqual({
      applications: [{ invoiceId: 'i3', amountMinor: 50_000 }],
      unappliedMinor: 10_000,
    });
  });

  test.each(['payment of INV-2026-000003, thanks', 'inv 2026 000003', 'INV2026000003', 'Rechnung INV/2026/000003.'])(
    'P1: free text %j names the invoice',
    (text) => {
      expect(applyReceipt({ amountMinor: 1, items, references: [text] }).applications).toEqual([
        { invoiceId: 'i3', amountMinor: 1 },
      ]);
    },
  );

  test.each(['INV-2026-0000031', 'XINV-2026-000003', 'INV-2026', 'order 000003', ''])('P1: %j names none', (text) => {
    expect(applyReceipt({ amountMinor: 1, items, references: [text] })).toEqual({ applications: [], unappliedMinor: 1 });
  });

  test('P1: an item named twice is paid once; a settled or foreign one takes nothing', () => {
    const references = [items[2]!.number, items[2]!.paymentReference];
    const twice = applyReceipt({ amountMinor: 50_000, items, invoiceIds: ['i3', 'i3'], references });
    expect(twice.applications).toEqual([{ invoiceId: 'i3', amountMinor: 50_000 }]);
    expect(applyReceipt({ amountMinor: 5, items: [item(3, 0, '2026-02-28')], invoiceIds: ['i3', 'foreign'] })).toEqual({
      applications: [],
      unappliedMinor: 5,
    });
  });

  test('P1: unnamed money pays nothing by itself', () => {
    expect(applyReceipt({ amountMinor: 360_000, items })).toEqual({ applications: [], unappliedMinor: 360_000 });
  });

  test.each([0, -1, 0.5])('P1: %d is no receipt', (amountMinor) => {
    expect(() => applyReceipt({ amountMinor, items })).toThrow(RangeError);
  });

  test('X2: applied and unapplied add up to the receipt, no item takes more than is open', () => {
    const open = fc.array(fc.nat({ max: 1_000 }), { maxLength: 6 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000 }), open, (amountMinor, amounts) => {
        const all = amounts.map((openMinor, index) => item(index + 1, openMinor, '2026-03-31'));
        const { applications, unappliedMinor } = applyReceipt({
          amountMinor,
          items: all,
          invoiceIds: all.map((one) => one.invoiceId),
        });
        expect(applications.reduce((sum, part) => sum + part.amountMinor, unappliedMinor)).toBe(amountMinor);
        for (const part of applications) {
          const openMinor = all.find(({ invoiceId }) => invoiceId === part.invoiceId)!.openMinor;
          expect(part.amountMinor).toBeGreaterThan(0);
          expect(part.amountMinor).toBeLessThanOrEqual(openMinor);
        }
        if (unappliedMinor > 0) expect(applications).toHaveLength(amounts.filter((openMinor) => openMinor > 0).length);
      }),
    );
  });
});
