import type { Database } from '../db/client.ts';
import { readClock } from '../db/statements/company.ts';
import { beginCapture, endCardPayment, readCardCharge, settleCardPayment } from '../db/transactions/pay-by-card.ts';
import { toMillis } from '../domain/time.ts';
import type { PaymentGatewayPort } from '../ports/payment-gateway.ts';
import { whileAlive } from './alive.ts';

/**
 * Charges a card for open invoices. Every request to the gateway has a key of the card payment's, and that it is asked to take the money
 * is written down before: a run that died anywhere is run again, takes the money once, and never forgets what was taken.
 */
export function createCardPaymentActivities({ database, cards }: { database: Database; cards?: PaymentGatewayPort | undefined }) {
  async function charge(cardPaymentId: string): Promise<void> {
    const wanted = await readCardCharge(database, cardPaymentId);
    if (wanted.status !== 'requested') return;
    const { amountMinor, currency, invoiceIds, paymentMethod, companyName } = wanted;
    const clock = await readClock(database);
    // While the company clock is moved, the request is ahead of the company's now.
    const at = toMillis(clock.at) > toMillis(wanted.at) ? clock.at : wanted.at;
    const end = (status: 'declined' | 'cancelled', code: string) =>
      database.transaction((tx) => endCardPayment(tx, { cardPaymentId, status, code, at }));
    let { gatewayId } = wanted;
    if (!cards) {
      // What a gateway may have taken already is not declined by a worker that has none: it waits for one that does.
      if (gatewayId !== null) throw new Error(`${cardPaymentId} needs the gateway that has begun it`);
      return end('declined', 'no-gateway');
    }
    if (gatewayId === null) {
      const answer = await cards.authorise({
        key: `${cardPaymentId}:authorise`,
        amountMinor,
        currency,
        paymentMethod,
        description: `${companyName} ${invoiceIds[0]}`,
      });
      if (answer.outcome === 'declined') return end('declined', answer.code);
      const held = answer.gatewayId;
      if (answer.outcome === 'requires-action') {
        await cards.cancel(held);
        return end('declined', 'authentication-required');
      }
      const { owed } = await database.transaction((tx) => beginCapture(tx, { cardPaymentId, gatewayId: held, at }));
      if (!owed) {
        // Other money has come since it was asked for: what is not owed is not taken.
        await cards.cancel(held);
        return end('cancelled', 'paid-otherwise');
      }
      gatewayId = held;
    }
    const authorised = gatewayId;
    const { outcome } = await cards.capture({ key: `${cardPaymentId}:capture`, gatewayId: authorised, amountMinor, currency });
    if (outcome === 'expired') return end('declined', 'authorisation-expired');
    await database.transaction((tx) =>
      settleCardPayment(tx, { cardPaymentId, gatewayId: authorised, at, offsetMs: clock.offsetMs }),
    );
  }

  return {
    chargeCard: ({ cardPaymentId }: { cardPaymentId: string }): Promise<void> => whileAlive(() => charge(cardPaymentId)),
  };
}
