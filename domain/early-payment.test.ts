import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { askedToday, discountOffers, earlyPaymentDiscount } from './early-payment.ts';
import type { PaymentTerms } from './invoice.ts';

const terms: PaymentTerms = {
  kind: 'net',
  days: 30,
  discounts: [
    { rate: '0.01', days: 20 },
    { rate: '0.02', days: 10 },
  ],
};
const offers = discountOffers(terms, '2026-03-01', '2026-03-31', 12_700);
// 100.00 at 20 % and 7.00 at none: 127.00.
const taxes = [
  { category: 'S', rate: '0.20', baseMinor: 10_000, taxMinor: 2_000 },
  { category: 'Z', rate: '0', baseMinor: 700, taxMinor: 0 },
];
const whole = { offers, taxes, openMinor: 12_700, paidOn: null };

describe('I2: early-payment discounts', () => {
  test('I2: 2 % within 10 days, 1 % within 20, each until its day and none beyond the due date', () => {
    expect(offers).toEqual([
      { rate: '0.02', payBy: '2026-03-11', discountMinor: 254 },
      { rate: '0.01', payBy: '2026-03-21', discountMinor: 127 },
    ]);
    expect(discountOffers(terms, '2026-03-01', '2026-03-15', 12_700)).toHaveLength(1);
    expect(discountOffers({ ...terms, kind: 'due-on-receipt' }, '2026-03-01', '2026-03-01', 12_700)).toEqual([]);
    expect(discountOffers(terms, '2026-03-01', '2026-03-31', 10)).toEqual([]);
  });

  test('I2: revenue and tax are taken back as they were billed, and add up', () => {
    expect(earlyPaymentDiscount({ ...whole, valueOn: '2026-03-11' })).toEqual({
      rate: '0.02',
      payBy: '2026-03-11',
      discountMinor: 254,
      netMinor: 214,
      taxMinor: 40,
      taxes: [
        { category: 'S', rate: '0.20', baseMinor: 200, taxMinor: 40 },
        { category: 'Z', rate: '0', baseMinor: 14, taxMinor: 0 },
      ],
    });
  });

  test('I2: the value date decides, and that of an earlier part payment too', () => {
    const on = (valueOn: string, paidOn: string | null = null) =>
      earlyPaymentDiscount({ ...whole, paidOn, valueOn })?.discountMinor;
    expect(on('2026-03-12')).toBe(127);
    expect(on('2026-03-21')).toBe(127);
    expect(on('2026-03-22')).toBeUndefined();
    expect(on('2026-03-11', '2026-03-12')).toBe(127);
    expect(on('2026-03-11', '2026-03-10')).toBe(254);
  });

  test('I2: a part payment loses nothing, a credit note lessens the base, and a discount alone settles nothing', () => {
    expect(earlyPaymentDiscount({ ...whole, openMinor: 2_700, valueOn: '2026-03-11' })?.discountMinor).toBe(254);
    const credited = [taxes[0]!, { ...taxes[1]!, baseMinor: 0 }];
    expect(earlyPaymentDiscount({ ...whole, taxes: credited, openMinor: 12_000, valueOn: '2026-03-11' })?.discountMinor).toBe(
      240,
    );
    expect(earlyPaymentDiscount({ ...whole, openMinor: 254, valueOn: '2026-03-11' })).toBeUndefined();
  });

  test('P1, I2, A5: an item asks for what is not disputed, less the discount of who pays all of it', () => {
    const discount = earlyPaymentDiscount({ ...whole, valueOn: '2026-03-12' });
    const item = (disputedMinor: number) => ({ openMinor: 12_700, disputedMinor });
    expect(askedToday(item(0), discount)).toEqual({
      askedMinor: 12_573,
      discount: { rate: '0.01', payBy: '2026-03-21', discountMinor: 127 },
    });
    expect(askedToday(item(0), undefined)).toEqual({ askedMinor: 12_700, discount: null });
    expect(askedToday(item(2_700), discount)).toEqual({ askedMinor: 10_000, discount: null });
    expect(askedToday(item(20_000), discount)).toEqual({ askedMinor: 0, discount: null });
  });

  test('I2: whatever was billed, net and tax of a discount add up to it, and neither exceeds what was billed', () => {
    const tax = fc.record({
      category: fc.constant('S'),
      rate: fc.constant('0.2'),
      baseMinor: fc.integer({ min: 0, max: 1_000_000_000 }),
      taxMinor: fc.integer({ min: 0, max: 1_000_000_000 }),
    });
    fc.assert(
      fc.property(fc.array(tax, { minLength: 1, maxLength: 5 }), (billed) => {
        const openMinor = billed.reduce((sum, { baseMinor, taxMinor }) => sum + baseMinor + taxMinor, 0);
        const discount = earlyPaymentDiscount({ offers, taxes: billed, openMinor, paidOn: null, valueOn: '2026-03-11' });
        if (!discount) return;
        expect(discount.netMinor + discount.taxMinor).toBe(discount.discountMinor);
        for (const [index, part] of discount.taxes.entries()) {
          expect(part.baseMinor).toBeGreaterThanOrEqual(0);
          expect(part.baseMinor).toBeLessThanOrEqual(billed[index]!.baseMinor);
          expect(part.taxMinor).toBeLessThanOrEqual(billed[index]!.taxMinor);
        }
      }),
    );
  });
});
