import type { Database } from '../db/client.ts';
import { readClock } from '../db/statements/company.ts';
import { readAuthorisation } from '../db/statements/order-cards.ts';
import {
  acceptByCard,
  type GatewayRequest,
  holdRestOnCard,
  noteAuthorisation,
  noteCapture,
  noteRelease,
  renewHoldOnCard,
  takeByCard,
} from '../db/transactions/pay-order-by-card.ts';
import type { PaymentGatewayPort } from '../ports/payment-gateway.ts';
import { whileAlive } from './alive.ts';

/**
 * An order and its card. Each activity asks PostgreSQL for the next step until there is none, and every request to the gateway is
 * written down, with its key, before it is made: a run that died anywhere is run again, and holds and takes the money once. It says that it
 * is alive while it waits for PostgreSQL too: on a busy machine it was taken for dead, and another run asked the gateway beside it.
 */
export function createOrderCardActivities({ database, cards }: { database: Database; cards?: PaymentGatewayPort | undefined }) {
  async function make({ ask, key }: GatewayRequest, at: string): Promise<void> {
    const { orderId, amountMinor, currency, paymentMethod, gatewayId, capturedMinor } = await readAuthorisation(database, key);
    const note = (answer: { gatewayId: string } | { code: string }) =>
      database.transaction((tx) => noteAuthorisation(tx, { key, ...answer, at }));
    if (ask === 'authorise') {
      if (!cards) return note({ code: 'no-gateway' });
      const answer = await cards.authorise({ key, amountMinor, currency, paymentMethod, description: orderId });
      if (answer.outcome === 'declined') return note({ code: answer.code });
      if (answer.outcome === 'authorised') return note({ gatewayId: answer.gatewayId });
      await cards.cancel(answer.gatewayId);
      return note({ code: 'authentication-required' });
    }
    // What was held by a gateway waits until there is one again.
    if (!cards || gatewayId === null) throw new Error(`no gateway is configured, and ${key} is held by one`);
    if (ask === 'release') {
      await cards.cancel(gatewayId);
      await database.transaction((tx) => noteRelease(tx, { key }));
      return;
    }
    const { outcome } = await cards.capture({
      key: `${key}:capture`,
      gatewayId,
      amountMinor: capturedMinor ?? amountMinor,
      currency,
    });
    await database.transaction((tx) => noteCapture(tx, { key, outcome, at }));
  }

  /** Holds what is still to be invoiced anew, and lets go of what nothing needs any more. */
  async function holdRest(of: { orderId: string; at: string }): Promise<void> {
    for (;;) {
      const request = await database.transaction((tx) => holdRestOnCard(tx, of));
      if (!request) return;
      await make(request, of.at);
    }
  }

  return {
    holdRestOnCard: (of: { orderId: string; at: string }) => whileAlive(() => holdRest(of)),
    /** Has what a gateway holds too long for an order held anew, before its goods leave. */
    renewCardHold: ({ key }: { key: string }): Promise<void> =>
      whileAlive(async () => {
        for (;;) {
          const { at } = await readClock(database);
          const request = await database.transaction((tx) => renewHoldOnCard(tx, { key, at }));
          if (!request) return;
          await make(request, at);
        }
      }),
    /** Has the order's gross held on its card; 'wait' for another one. */
    authoriseCard: (of: { orderId: string; at: string }) =>
      whileAlive(async () => {
        for (;;) {
          const answer = await database.transaction((tx) => acceptByCard(tx, of));
          if (!('ask' in answer)) return answer;
          await make(answer, of.at);
        }
      }),
    /** Has an invoice paid from what is held. What cannot be taken leaves the invoice open. */
    takeFromCard: (of: { orderId: string; invoiceId: string; at: string }): Promise<void> =>
      whileAlive(async () => {
        for (;;) {
          const request = await database.transaction((tx) => takeByCard(tx, of));
          if (!request) break;
          await make(request, of.at);
        }
        await holdRest(of);
      }),
  };
}
