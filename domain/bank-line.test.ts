import { describe, expect, it } from 'vitest';
import { balanceDifferenceMinor, lineIdentity, readDate, readDecimal } from './bank-line.ts';

describe('lines of bank statements', () => {
  it.each([
    ['1234.50', 'EUR', '.', 123_450],
    ['-1.234,5', 'EUR', ',', -123_450],
    ["1'234'567.00", 'CHF', '.', 123_456_700],
    ['1 234,00', 'EUR', ',', 123_400],
    ['+12.34500', 'KWD', '.', 12_345],
    ['100', 'JPY', '.', 100],
    ['100.000', 'EUR', ',', 10_000_000],
  ] as const)('P2: %s %s with %s is exactly %i', (text, currency, mark, minor) => {
    expect(readDecimal(text, currency, mark)).toBe(minor);
  });

  it.each(['12.345', '1.5.0', '', '1e3', '--1', '12,34', '99999999999999999'])('P2: %j is no amount in euros', (text) => {
    expect(readDecimal(text, 'EUR', '.')).toBeUndefined();
  });

  it('P2: dates are read in the order that the account says, and must exist', () => {
    expect(readDate('03/04/2026', 'DD/MM/YYYY')).toBe('2026-04-03');
    expect(readDate('03/04/2026', 'MM/DD/YYYY')).toBe('2026-03-04');
    expect(readDate('03.04.26', 'DD.MM.YY')).toBe('2026-04-03');
    expect(readDate('20260403', 'YYYYMMDD')).toBe('2026-04-03');
    expect(readDate('30.02.2026', 'DD.MM.YYYY')).toBeUndefined();
    expect(readDate('2026-04-03', 'DD.MM.YYYY')).toBeUndefined();
  });

  it('P2: a line that comes again is known by its reference, else by its place, value date and amount', () => {
    const line = { bankReference: null, valueOn: '2026-04-03', amountMinor: 100, direction: 'credit' } as const;
    expect(lineIdentity({ ...line, bankReference: 'A1' }, 'S1', 3)).toBe(lineIdentity({ ...line, bankReference: 'A1' }, 'S2', 7));
    const identities = [
      lineIdentity(line, 'S1', 3),
      lineIdentity(line, 'S1', 4),
      lineIdentity(line, 'S2', 3),
      lineIdentity({ ...line, direction: 'debit' }, 'S1', 3),
      lineIdentity({ ...line, valueOn: '2026-04-04' }, 'S1', 3),
    ];
    expect(new Set(identities).size).toBe(identities.length);
  });

  it('P2: a statement adds up when its lines lead from the opening to the closing balance', () => {
    expect(balanceDifferenceMinor({ openingMinor: 100, closingMinor: 350 }, 250)).toBe(0);
    expect(balanceDifferenceMinor({ openingMinor: 100, closingMinor: 350 }, 251)).toBe(-1);
  });
});
