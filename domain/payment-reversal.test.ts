import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partsTaken } from './payment-reversal.ts';

const places = {
  unappliedMinor: 100,
  deposits: [{ orderId: 'ORD-1', heldMinor: 200 }],
  applications: [
    { invoiceId: 'INV-2', amountMinor: 300 },
    { invoiceId: 'INV-1', amountMinor: 400 },
  ],
  refundedMinor: 50,
};

describe('what a returned payment takes back', () => {
  it('P2: what waits first, then what is held, then the newest application, and last what was refunded', () => {
    expect(partsTaken(60, places)).toEqual({ unappliedMinor: 60, deposits: [], applications: [], refundedMinor: 0 });
    expect(partsTaken(650, places)).toEqual({
      unappliedMinor: 100,
      deposits: [{ orderId: 'ORD-1', amountMinor: 200 }],
      applications: [
        { invoiceId: 'INV-2', amountMinor: 300 },
        { invoiceId: 'INV-1', amountMinor: 50 },
      ],
      refundedMinor: 0,
    });
    expect(partsTaken(1_050, places).refundedMinor).toBe(50);
  });

  it('P2: the items that are named come before newer ones', () => {
    expect(partsTaken(500, places, ['INV-1']).applications).toEqual([{ invoiceId: 'INV-1', amountMinor: 200 }]);
  });

  it('P2: no more than there is, and never nothing', () => {
    expect(() => partsTaken(1_051, places)).toThrow(RangeError);
    expect(() => partsTaken(0, places)).toThrow(RangeError);
  });

  it('A3: the parts come to the amount, and none is more than was there', () => {
    const minor = fc.nat(1_000);
    fc.assert(
      fc.property(minor, minor, fc.array(minor, { maxLength: 5 }), minor, fc.nat(), (waits, held, applied, refunded, any) => {
        const applications = applied.map((amountMinor, index) => ({ invoiceId: `INV-${index}`, amountMinor }));
        const deposits = [{ orderId: 'ORD-1', heldMinor: held }];
        const there = waits + held + refunded + applied.reduce((sum, one) => sum + one, 0);
        fc.pre(there > 0);
        const amountMinor = 1 + (any % there);
        const taken = partsTaken(amountMinor, { unappliedMinor: waits, deposits, applications, refundedMinor: refunded }, [
          'INV-3',
        ]);
        const parts = [...taken.deposits, ...taken.applications].map((part) => part.amountMinor);
        expect(taken.unappliedMinor + taken.refundedMinor + parts.reduce((sum, part) => sum + part, 0)).toBe(amountMinor);
        for (const part of taken.applications) {
          expect(part.amountMinor).toBeLessThanOrEqual(
            applications.find(({ invoiceId }) => invoiceId === part.invoiceId)!.amountMinor,
          );
        }
      }),
    );
  });
});
