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

/** Times that are no order's. */
export const cycleIds = ['sales-cycle', 'onboarding', 'dispute-resolution', 'return-resolution'] as const;
export type CycleId = (typeof cycleIds)[number];
export const loyaltyIds = ['returning-customers', 'lost-customers'] as const;
export type LoyaltyId = (typeof loyaltyIds)[number];

/** What each is called, and how it comes about. */
export const cycles: Record<CycleId | LoyaltyId, { name: string; formula: string }> = {
  'sales-cycle': {
    name: 'Sales cycle',
    formula: 'time from sending a quote to its acceptance, over quotes accepted in the period',
  },
  onboarding: {
    name: 'Onboarding',
    formula:
      'time from a customer’s first credit application to its first order, over customers whose first order is of the period',
  },
  'dispute-resolution': {
    name: 'Dispute resolution',
    formula: 'time from a dispute’s opening to its end, over disputes resolved in the period',
  },
  'return-resolution': {
    name: 'Return resolution',
    formula: 'time from a return’s request to its credit, refusal or end, over returns that ended in the period',
  },
  'returning-customers': {
    name: 'Customers that came back',
    formula: 'customers with an order in the period and one before it ÷ customers with an order in the period × 100',
  },
  'lost-customers': {
    name: 'Customers lost',
    formula:
      'customers with an order in the period before and none in this one ÷ customers with an order in the period before × 100',
  },
};

/** What a slow stage does to later ones, in words. */
export const effectFormula =
  'over orders closed in the period: the correlation of the time in a stage with the time in all later ones, and the median later time of orders above the stage’s median less that of the others';
