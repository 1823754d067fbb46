import { describe, expect, it } from 'vitest';
import { type CarriedShipment, defaultCarrierTargets, findBreaches, measureCarrier } from './carrier-performance.ts';

const at = '2026-03-20T12:00:00Z';
const good: CarriedShipment = {
  shippedAt: '2026-03-02T10:00:00Z',
  deliveredAt: '2026-03-04T10:00:00Z',
  firstCutOffAt: '2026-03-02T14:30:00Z',
  dueOn: '2026-03-04',
  missedPickups: 0,
  damaged: false,
  lost: false,
};
const measure = (...shipments: Partial<CarriedShipment>[]) =>
  measureCarrier(
    shipments.map((rest) => ({ ...good, ...rest })),
    at,
    'Europe/Berlin',
  );

describe('carrier performance', () => {
  it('S4: measures each share over what can be judged', () => {
    const measured = measure(
      {},
      { shippedAt: '2026-03-02T14:30:00.001Z', missedPickups: 1, deliveredAt: '2026-03-05T10:00:00Z' },
      { firstCutOffAt: null, deliveredAt: null, dueOn: '2026-03-19', lost: true },
      { deliveredAt: null, dueOn: '2026-03-20' },
    );
    expect(measured).toEqual({
      shipments: 4,
      onTimeDispatch: { share: 2 / 3, of: 3 },
      // One in time, one late, one lost and due; the fourth has until tonight.
      onTimeDelivery: { share: 1 / 3, of: 3 },
      missedPickups: 1,
      averageTransitDays: 2.5,
      damageAndLoss: { share: 0.25, of: 4 },
    });
  });

  it('S4: delivery counts by the local date', () => {
    expect(measure({ deliveredAt: '2026-03-04T22:59:00Z' }).onTimeDelivery.share).toBe(1);
    expect(measure({ deliveredAt: '2026-03-04T23:01:00Z' }).onTimeDelivery.share).toBe(0);
  });

  it('S4: of nothing there is no share, and nothing to judge', () => {
    expect(measure()).toMatchObject({ shipments: 0, onTimeDispatch: { share: null, of: 0 }, averageTransitDays: null });
    expect(findBreaches(measure(), { ...defaultCarrierTargets, shipmentsMinimum: 0 })).toEqual([]);
  });

  it('S4: names each target that was missed; reaching it exactly is enough, and few shipments are not judged', () => {
    const targets = { ...defaultCarrierTargets, shipmentsMinimum: 2, onTimeDeliveryShareMinimum: 0.5 };
    const late = { deliveredAt: '2026-03-12T10:00:00Z', missedPickups: 1, damaged: true };
    expect(findBreaches(measure({}, late), targets)).toEqual([
      'cut-offs missed 50.0 %, target at most 5.0 %',
      '6 days in transit, target at most 5',
      'damage and loss 50.0 %, target at most 1.0 %',
    ]);
    expect(findBreaches(measure(late, late), targets)).toEqual([
      'on-time delivery 0.0 %, target at least 50.0 %',
      'cut-offs missed 100.0 %, target at most 5.0 %',
      '10 days in transit, target at most 5',
      'damage and loss 100.0 %, target at most 1.0 %',
    ]);
    expect(findBreaches(measure(late), targets)).toEqual([]);
  });
});
