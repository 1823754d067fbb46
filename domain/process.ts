/** Where the time of orders goes: whose it is in each status, which stage is the bottleneck. Requirements O6 and R2. */
import type { OrderStatus, Stage } from './order.ts';

/** Somebody or something works on it; it waits for us; it waits for the customer. */
export const waits = ['work', 'queue', 'customer'] as const;
export type Wait = (typeof waits)[number];

/** Whose time an order's stay in a status is. Goods on their way are work: somebody carries them. */
export const waitIn: Record<OrderStatus, Wait> = {
  received: 'work',
  'credit-review': 'queue',
  'over-limit': 'queue',
  'waiting-for-payment': 'customer',
  'awaiting-prepayment': 'customer',
  'awaiting-card': 'customer',
  approved: 'work',
  'back-ordered': 'queue',
  'awaiting-choice': 'customer',
  'in-fulfilment': 'work',
  shipped: 'work',
  invoiced: 'customer',
  closed: 'work',
  declined: 'work',
  cancelled: 'work',
};

/** The time of all orders that left a stage, by whose it was. */
export interface StageTime {
  stage: Stage;
  orders: number;
  workHours: number;
  queueHours: number;
  customerHours: number;
}

/**
 * The stage that keeps an order longest in our own hands, work and queue together, on average over the orders that left it. What waits
 * for the customer is no bottleneck of ours. Null while nothing has taken any time.
 */
export function findBottleneck(stages: readonly StageTime[]): Stage | null {
  const own = ({ orders, workHours, queueHours }: StageTime) => (orders === 0 ? 0 : (workHours + queueHours) / orders);
  const slowest = stages.toSorted((left, right) => own(right) - own(left))[0];
  return slowest && own(slowest) > 0 ? slowest.stage : null;
}

/** Of how many orders the slowest are shown: 5 %, at least one of any. */
export const slowestShare = 0.05;
