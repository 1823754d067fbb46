import { condition, defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';
import type { NaiveActivities, NaiveOrder } from './activities.ts';

export const packed = defineSignal('packed');
export const paid = defineSignal('paid');

const { holdCredit, reserveStock, ship, invoice, settle } = proxyActivities<NaiveActivities>({ startToCloseTimeout: '30s' });

/** The same story as anybody would write it first: one normal activity per step, a signal for each message from outside. */
export async function naiveOrder(order: NaiveOrder): Promise<void> {
  let isPacked = false;
  let isPaid = false;
  setHandler(packed, () => {
    isPacked = true;
  });
  setHandler(paid, () => {
    isPaid = true;
  });
  await holdCredit(order);
  await reserveStock(order);
  await condition(() => isPacked);
  await ship(order);
  await invoice(order);
  await condition(() => isPaid, '30 days');
  await settle(order);
}
