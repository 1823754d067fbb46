import { describe, expect, it } from 'vitest';
import {
  finalOrderStatuses,
  isFinal,
  mayOrder,
  mayShipment,
  openQuantity,
  orderStatuses,
  orderTransitions,
  stageOf,
} from './order.ts';

describe('order states', () => {
  it('O4: an order can be cancelled at every stage before shipment and never after', () => {
    const cancellable = orderStatuses.filter((status) => mayOrder(status, 'cancel'));
    expect(cancellable).toEqual([
      'received',
      'credit-review',
      'over-limit',
      'waiting-for-payment',
      'awaiting-prepayment',
      'awaiting-card',
      'approved',
      'back-ordered',
      'awaiting-choice',
      'in-fulfilment',
    ]);
  });

  it('O4: closed, declined and cancelled are final, and nothing else is', () => {
    expect(finalOrderStatuses).toEqual(['closed', 'declined', 'cancelled']);
    expect(isFinal('invoiced')).toBe(false);
  });

  it('every status but the first can be reached', () => {
    const reached = new Set<string>(Object.values(orderTransitions).map((transition) => transition.to));
    expect(orderStatuses.filter((status) => !reached.has(status))).toEqual(['received']);
  });

  it('C6: an accepted order that finds its customer on hold waits for payment before the warehouse sees it', () => {
    expect(mayOrder('approved', 'find-on-hold')).toBe(true);
    // Its shipments were taken back, and it is released anew.
    expect(mayOrder('in-fulfilment', 'find-on-hold')).toBe(true);
    expect(mayOrder('shipped', 'find-on-hold')).toBe(false);
  });

  it('S3: a shipment is picked, packed, shipped and delivered in that order only', () => {
    expect(mayShipment('picking', 'pack')).toBe(false);
    expect(mayShipment('packed', 'ship')).toBe(true);
    expect(mayShipment('shipped', 'cancel')).toBe(false);
  });

  it('O6: an unpaid overdue order stands in collections', () => {
    expect(stageOf('invoiced')).toBe('receivables');
    expect(stageOf('invoiced', true)).toBe('collections');
  });

  it('F3: each unit is shipped, cancelled or open', () => {
    expect(openQuantity({ quantity: 10, shippedQuantity: 6, cancelledQuantity: 4 })).toBe(0);
  });
});
