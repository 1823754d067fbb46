import type { Schema } from '../api/client.ts';
import { choicesOf } from '../form/choices.ts';

/** The stages of an order, in their order. */
export const orderStages = choicesOf<Schema<'OrderSummary'>['stage']>({
  order: true,
  credit: true,
  fulfilment: true,
  invoicing: true,
  receivables: true,
  collections: true,
  done: true,
});
