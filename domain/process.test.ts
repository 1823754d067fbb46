import { describe, expect, it } from 'vitest';
import { finalOrderStatuses, orderStatuses } from './order.ts';
import { findBottleneck, waitIn } from './process.ts';

describe('where the time goes', () => {
  it('R2: a stay that has not ended is work, a queue, or waits for the customer', () => {
    expect(orderStatuses.filter((status) => waitIn[status] === 'queue')).toEqual(['credit-review', 'over-limit', 'back-ordered']);
    expect(orderStatuses.filter((status) => waitIn[status] === 'customer')).toEqual([
      'waiting-for-payment',
      'awaiting-prepayment',
      'awaiting-card',
      'awaiting-choice',
      'invoiced',
    ]);
    for (const status of finalOrderStatuses) expect(waitIn[status]).toBe('work');
  });

  it('R2: the bottleneck is the stage with the longest mean time in our own hands', () => {
    const credit = { stage: 'credit' as const, orders: 2, workHours: 0, queueHours: 10, customerHours: 0 };
    const fulfilment = { stage: 'fulfilment' as const, orders: 10, workHours: 30, queueHours: 10, customerHours: 5 };
    const receivables = { stage: 'receivables' as const, orders: 10, workHours: 0, queueHours: 0, customerHours: 9_000 };
    expect(findBottleneck([receivables, fulfilment, credit])).toBe('credit');
    expect(findBottleneck([receivables, fulfilment])).toBe('fulfilment');
    expect(findBottleneck([receivables])).toBeNull();
    expect(findBottleneck([])).toBeNull();
  });
});
