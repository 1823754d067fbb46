import type { Schema } from '../api/client.ts';
import { choicesOf } from '../form/choices.ts';

/** How a return may stand, as a customer and the warehouse filter by it. */
export const returnStatuses = choicesOf<Schema<'Return'>['status']>({
  requested: true,
  approved: true,
  refused: true,
  received: true,
  credited: true,
  cancelled: true,
});
