import type { Transaction } from '../client.ts';
import { record } from '../statements/audit.ts';
import { lockOrder } from '../statements/orders.ts';
import { once } from '../statements/steps.ts';

/** A message that changed nothing still stands on the timeline, with what it was and why it was ignored. */
export async function noteIgnoredMessage(
  tx: Transaction,
  input: { orderId: string; eventId: string; message: string; why: string; at: string },
): Promise<object> {
  const order = await lockOrder(tx, input.orderId);
  return once(tx, input.orderId, `ignored:${input.eventId}`, input.at, async () => {
    await record(tx, {
      at: input.at,
      actor: { name: 'temporal', verified: false },
      action: 'message-ignored',
      summary: `A ${input.message} message changed nothing: ${input.why}`,
      customerId: order.customerId,
      orderId: input.orderId,
    });
    return {};
  });
}
