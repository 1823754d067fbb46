import { describe, expect, it } from 'vitest';
import { epcQrText } from './epc-qr.ts';

const transfer = {
  name: 'Throughline Supplies GmbH',
  iban: 'DE89370400440532013000',
  bic: 'COBADEFFXXX',
  amountMinor: 29_750,
  currency: 'EUR',
  reference: 'RF18INV2026000001',
};

describe('the QR code of a SEPA credit transfer', () => {
  it('I3: holds whom, where, how much and what for, line by line', () => {
    expect(epcQrText(transfer)!.split('\n')).toEqual([
      'BCD',
      '002',
      '1',
      'SCT',
      'COBADEFFXXX',
      'Throughline Supplies GmbH',
      'DE89370400440532013000',
      'EUR297.50',
      '',
      'RF18INV2026000001',
    ]);
    expect(epcQrText({ ...transfer, name: 'x'.repeat(80) })!.split('\n')[5]).toHaveLength(70);
  });

  it('I3: there is none for another currency, for nothing, and beyond what SEPA takes', () => {
    expect(epcQrText({ ...transfer, currency: 'JPY' })).toBeUndefined();
    expect(epcQrText({ ...transfer, amountMinor: 0 })).toBeUndefined();
    expect(epcQrText({ ...transfer, amountMinor: 100_000_000_000 })).toBeUndefined();
  });
});
