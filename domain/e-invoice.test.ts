import { describe, expect, it } from 'vitest';
import { buyer, seller, shape, shapes } from '../tests/e-invoice-shapes.ts';
import { eInvoiceFaults, isElectronicAddress, paymentTermsInWords } from './e-invoice.ts';

const paths = (...given: Parameters<typeof shape>) => eInvoiceFaults(shape(...given)).map(({ path }) => path);

describe('what an e-invoice needs', () => {
  it.each(Object.entries(shapes))('I3: %s lacks nothing', (_, invoice) => {
    expect(eInvoiceFaults(invoice)).toEqual([]);
  });

  it('I3: everything that is missing is named at once, by its path', () => {
    const nobody = { taxId: null, electronicAddress: null };
    const bare = { ...seller, ...nobody, contactName: null, contactPhone: null };
    expect(paths([{}], { seller: bare, buyer: { ...buyer, ...nobody } })).toEqual([
      '/seller/electronicAddress',
      '/buyer/electronicAddress',
      '/seller/taxId',
      '/seller/contactName',
      '/seller/contactPhone',
    ]);
  });

  it('I3: a tax id must be a VAT id, and reverse charge and intra-community supplies need the buyer’s', () => {
    expect(paths([{}], { buyer: { ...buyer, taxId: '12/345/67890' } })).toEqual(['/buyer/taxId']);
    const noVatId = { buyer: { ...buyer, taxId: null } };
    expect(paths([{}], noVatId)).toEqual([]);
    expect(paths([{ taxCategory: 'AE', taxRate: '0' }], noVatId)).toEqual(['/buyer/taxId']);
    const nowhere = { ...noVatId, shipTo: undefined, shippedOn: undefined };
    expect(paths([{ taxCategory: 'K', taxRate: '0' }], nowhere)).toEqual(['/buyer/taxId', '/shippedOn', '/shipTo']);
  });

  it('I3: categories and rates that contradict each other, mixed outside VAT, and currencies with three decimals', () => {
    expect(paths([{ taxRate: '0' }, { taxCategory: 'E', taxRate: '0.07' }])).toEqual(['/lines/0/taxRate', '/lines/1/taxRate']);
    expect(paths([{}, { taxCategory: 'O', taxRate: '0' }])).toEqual(['/lines/1/taxCategory']);
    expect(paths([{ taxCategory: 'X', taxRate: '0.1' }])).toEqual(['/lines/0/taxCategory']);
    expect(paths([{}], { currency: 'KWD' })).toEqual(['/currency']);
  });

  it('I3: a GLN has its check digit', () => {
    expect(isElectronicAddress({ scheme: '0088', id: '4012345000009' })).toBe(true);
    expect(isElectronicAddress({ scheme: '0088', id: '4012345000008' })).toBe(false);
    expect(isElectronicAddress({ scheme: '9930', id: 'DE123456789' })).toBe(true);
  });

  it('I3, I2: terms, instalments and discounts in words', () => {
    expect(paymentTermsInWords({ currency: 'EUR' })).toBeUndefined();
    expect(paymentTermsInWords(shapes['end-of-month terms']!)).toBe('Net 1 month, end of month and 10 days');
    expect(paymentTermsInWords(shapes.instalments!)).toBe(
      'Net 30 days. Instalment 1 of 2: 119.00 EUR by 2026-03-31. Instalment 2 of 2: 119.00 EUR by 2026-04-30',
    );
    const inShares = { kind: 'net' as const, days: 0, instalments: [{ share: '1', days: 30 }] };
    expect(paymentTermsInWords({ ...shapes.instalments!, terms: inShares })).toMatch(/^Instalment 1 of 2/);
    expect(paymentTermsInWords(shapes['early-payment discount']!)).toMatch(/2 % discount for payment by 2026-03-11\. 1 %/);
  });
});
