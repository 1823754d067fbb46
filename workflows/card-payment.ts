import { card } from './effects.ts';

/** Charges a card for invoices that are open, for as long as it takes to know what became of it. */
export async function cardPaymentWorkflow(input: { cardPaymentId: string }): Promise<void> {
  await card.chargeCard(input);
}
