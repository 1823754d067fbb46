import { describe, expect, it } from 'vitest';
import { type AccountMovement, statementOf } from './statement.ts';

const moved = (on: string, invoiceId: string, amountMinor: number, dueOn: string): AccountMovement => ({
  on,
  kind: amountMinor > 0 ? 'invoice' : 'payment',
  documentId: amountMinor > 0 ? invoiceId : 'PAY-1',
  invoiceId,
  formerReference: null,
  dueOn,
  amountMinor,
});

describe('a statement of account', () => {
  const march = { from: '2026-03-01', to: '2026-03-31' };
  const movements = [moved('2026-03-01', 'INV-2', 5_000, '2026-03-31'), moved('2026-03-31', 'INV-1', -1_000, '2026-02-09')];

  it('A4: goes from the opening balance, movement by movement, to the closing balance, which is aged by item', () => {
    const open = [
      { dueOn: '2026-02-09', openMinor: 5_000 },
      { dueOn: '2026-03-31', openMinor: 5_000 },
    ];
    const statement = statementOf({ openingMinor: 6_000, movements, open, ...march });
    expect(statement).toMatchObject({ openingMinor: 6_000, closingMinor: 10_000 });
    expect(statement.lines.map(({ on, balanceMinor }) => [on, balanceMinor])).toEqual([
      ['2026-03-01', 11_000],
      ['2026-03-31', 10_000],
    ]);
    expect(statement.ageing).toEqual({ current: 5_000, '1-30': 0, '31-60': 5_000, '61-90': 0, '91+': 0 });
  });

  it('A4: nothing moved: the opening balance is the closing balance', () => {
    expect(statementOf({ openingMinor: 6_000, movements: [], open: [], ...march })).toMatchObject({
      openingMinor: 6_000,
      lines: [],
      closingMinor: 6_000,
    });
  });
});
