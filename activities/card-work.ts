import type { Database } from '../db/client.ts';
import { readClock } from '../db/statements/company.ts';
import { endGatewayEvent, ownerOfGatewayPayment, parkGatewayEvent, readGatewayEvent } from '../db/statements/gateway-events.ts';
import { noteCardDispute } from '../db/transactions/dispute-card-payment.ts';
import { noteLostAuthorisation } from '../db/transactions/pay-order-by-card.ts';
import { findRefundToCard, noteRefundToCard } from '../db/transactions/refund-payment.ts';
import { subjectOfGatewayEvent } from '../domain/card-dispute.ts';
import type { PaymentGatewayPort } from '../ports/payment-gateway.ts';
import { whileAlive } from './alive.ts';

/**
 * What follows from the gateway's messages, and refunds. A message only says what to ask about: state and amounts are what the gateway
 * answers now, so that messages may come twice and in any order.
 */
export function createCardWorkActivities({ database, cards }: { database: Database; cards?: PaymentGatewayPort | undefined }) {
  const gateway = (): PaymentGatewayPort => {
    // What a gateway has begun waits until there is one again.
    if (!cards) throw new Error('no gateway is configured');
    return cards;
  };

  async function ask(eventId: string): Promise<void> {
    const event = await readGatewayEvent(database, eventId);
    if (event.status !== 'received') return;
    const { at, offsetMs } = await readClock(database);
    const { objectId } = event;
    const park = (note: string) => database.transaction((tx) => parkGatewayEvent(tx, event, { note, at }));
    switch (subjectOfGatewayEvent(event.type)) {
      case 'dispute': {
        const said = await gateway().readDispute(objectId);
        if (!said) return park('it knows no such dispute');
        return database.transaction((tx) => noteCardDispute(tx, { event, said, at, offsetMs }));
      }
      case 'refund': {
        const said = await gateway().readRefund(objectId);
        if (!said) return park('it knows no such refund');
        const { refundId: gatewayRefundId, key, outcome, code = 'failed' } = said;
        const ours = await findRefundToCard(database, { refundId: key, gatewayRefundId });
        if (!ours) {
          const owner = await ownerOfGatewayPayment(database, said.gatewayId);
          return park(
            owner
              ? `a refund to ${owner.customerId} that nobody here has asked for: book it, or ask who made it`
              : 'a refund of a payment that is not ours',
          );
        }
        return database.transaction(async (tx) => {
          const failureCode = outcome === 'failed' ? code : undefined;
          await noteRefundToCard(tx, { refundId: ours.refundId, gatewayRefundId, failureCode, at });
          await endGatewayEvent(tx, { eventId, note: outcome, at });
        });
      }
      case 'authorisation': {
        const isGone = await gateway().isGone(objectId);
        return database.transaction((tx) =>
          isGone ? noteLostAuthorisation(tx, { event, gatewayId: objectId, at }) : endGatewayEvent(tx, { eventId, at }),
        );
      }
      default:
        throw new Error(`nothing follows from ${event.type}`);
    }
  }

  return {
    askAboutGatewayEvent: ({ eventId }: { eventId: string }): Promise<void> => whileAlive(() => ask(eventId)),

    /** Sends an approved refund back to its card. Its id is the key: sent once, however often this runs. */
    refundToCard: ({ refundId }: { refundId: string }): Promise<void> =>
      whileAlive(async () => {
        const refund = await findRefundToCard(database, { refundId });
        if (refund?.status !== 'approved' || refund.gatewayRefundId !== null) return;
        const { gatewayId, amountMinor, currency } = refund;
        const answer = await gateway().refund({ key: refundId, gatewayId, amountMinor, currency });
        const { at } = await readClock(database);
        await database.transaction((tx) =>
          noteRefundToCard(tx, {
            refundId,
            gatewayRefundId: answer.refundId,
            failureCode: answer.outcome === 'failed' ? answer.code : undefined,
            at,
          }),
        );
      }),
  };
}
