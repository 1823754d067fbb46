import { createHash } from 'node:crypto';
import {
  simulatedDispute,
  simulatedDisputeFeeMinor,
  simulatedRefund,
  simulatedRefundId,
} from '../../domain/simulated-gateway.ts';
import { fromMillis, type IsoInstant, plusSeconds } from '../../domain/time.ts';
import type { AuthorisationAnswer, PaymentGatewayPort } from '../payment-gateway.ts';

export interface PaymentGatewaySimulatorOptions {
  /** Called for every request that reaches the gateway, so that tests can count them by key. */
  onRequest?: (kind: 'authorise' | 'capture' | 'cancel' | 'refund', key: string) => void;
  /** Called once for each amount that is really taken. */
  onTaken?: (gatewayId: string, amountMinor: number) => void;
  /** Called once for each amount that really goes back. */
  onRefunded?: (gatewayId: string, amountMinor: number) => void;
  /** The time by which disputes open and refunds fail; absent: the wall's. */
  now?: () => Promise<IsoInstant>;
}

/**
 * A gateway that behaves like one: it answers a repeated key with the first answer. What it does follows from the card's token alone, so
 * that a test or a demonstration can ask for it: 'declined', 'insufficient-funds', 'authenticate' and 'expires' in the token; 'outage'
 * fails once before anything is done, and 'timeout' once after it: the money is held or taken, and nobody has heard. 'only-once' is
 * good for one authorisation and declined afterwards. Like a real one it takes no more than it holds, and once, and sends no more back
 * than it took. 'refund-fails' refuses every refund, and 'refund-returns' lets it go and come back after a day. The words that make a
 * payment disputed stand in domain/simulated-gateway.ts.
 */
export function createPaymentGatewaySimulator(options: PaymentGatewaySimulatorOptions = {}): PaymentGatewayPort {
  const authorisations = new Map<string, { answer: AuthorisationAnswer; paymentMethod: string; amountMinor: number }>();
  const captured = new Map<string, number>();
  const refunded = new Map<string, { gatewayId: string; amountMinor: number; refundId: string }>();
  const now = options.now ?? (async () => fromMillis(Date.now()));
  const cancelled = new Set<string>();
  const failed = new Set<string>();
  const failOnce = (when: string, key: string, paymentMethod: string) => {
    const failure = `${when}:${key}`;
    if (!paymentMethod.includes(when) || failed.has(failure)) return;
    failed.add(failure);
    throw new Error('the payment gateway did not answer');
  };
  return {
    async authorise({ key, paymentMethod, amountMinor }) {
      options.onRequest?.('authorise', key);
      failOnce('outage', key, paymentMethod);
      const gatewayId = `sim_${createHash('sha256').update(key).digest('hex').slice(0, 24)}`;
      const used = [...authorisations].some(([id, held]) => id !== gatewayId && held.paymentMethod === paymentMethod);
      const known = authorisations.get(gatewayId)?.answer;
      const answer = known ?? (used && paymentMethod.includes('only-once') ? noMore : answerTo(paymentMethod, gatewayId));
      authorisations.set(gatewayId, { answer, paymentMethod, amountMinor });
      failOnce('timeout', key, paymentMethod);
      return answer;
    },
    async capture({ key, gatewayId, amountMinor }) {
      options.onRequest?.('capture', key);
      // A simulator that was restarted has forgotten the card; its id is still good.
      const { paymentMethod, amountMinor: heldMinor } = authorisations.get(gatewayId) ?? { paymentMethod: '', amountMinor };
      if (amountMinor > heldMinor) throw new Error(`${gatewayId} holds ${heldMinor}, and ${amountMinor} was asked for`);
      if (cancelled.has(gatewayId) || paymentMethod.includes('expires')) return { outcome: 'expired' };
      if (!captured.has(gatewayId)) {
        captured.set(gatewayId, amountMinor);
        options.onTaken?.(gatewayId, amountMinor);
      }
      failOnce('timeout', key, paymentMethod);
      return { outcome: 'captured' };
    },
    async cancel(gatewayId) {
      options.onRequest?.('cancel', gatewayId);
      if (captured.has(gatewayId)) throw new Error(`${gatewayId} has been taken`);
      cancelled.add(gatewayId);
    },
    async refund({ key, gatewayId, amountMinor }) {
      options.onRequest?.('refund', key);
      const paymentMethod = authorisations.get(gatewayId)?.paymentMethod ?? '';
      failOnce('outage', key, paymentMethod);
      if (paymentMethod.includes('refund-fails')) return { outcome: 'failed', code: 'expired_or_canceled_card' };
      const returns = paymentMethod.includes('refund-returns');
      const first = refunded.get(key);
      if (!first) {
        const before = [...refunded.values()].filter((each) => each.gatewayId === gatewayId);
        const goneMinor = before.reduce((sum, each) => sum + each.amountMinor, amountMinor);
        if (goneMinor > (captured.get(gatewayId) ?? goneMinor)) return { outcome: 'failed', code: 'charge_already_refunded' };
        const failsAt = returns ? plusSeconds(await now(), 86_400) : undefined;
        const refundId = simulatedRefundId({ key, gatewayId, amountMinor, failsAt });
        refunded.set(key, { gatewayId, amountMinor, refundId });
        options.onRefunded?.(gatewayId, amountMinor);
      }
      failOnce('timeout', key, paymentMethod);
      return { outcome: returns ? 'pending' : 'sent', refundId: refunded.get(key)!.refundId };
    },
    async readRefund(refundId) {
      const known = simulatedRefund(refundId, await now());
      if (!known) return undefined;
      const { key, gatewayId, amountMinor, failsAt, hasFailed } = known;
      const outcome = hasFailed ? 'failed' : failsAt ? 'pending' : 'sent';
      return { refundId, key, gatewayId, amountMinor, outcome, ...(hasFailed ? { code: 'expired_or_canceled_card' } : {}) };
    },
    async readDispute(disputeId) {
      const known = simulatedDispute(disputeId, await now());
      if (!known) return undefined;
      const { gatewayId, amountMinor, currency, status, evidenceDueAt } = known;
      return {
        disputeId,
        gatewayId,
        amountMinor,
        currency,
        status,
        reason: 'fraudulent',
        evidenceDueAt,
        feeMinor: status === 'inquiry' || status === 'withdrawn' ? 0 : simulatedDisputeFeeMinor,
      };
    },
    async isGone(gatewayId) {
      return cancelled.has(gatewayId);
    },
  };
}

const noMore: AuthorisationAnswer = { outcome: 'declined', code: 'insufficient_funds' };

function answerTo(paymentMethod: string, gatewayId: string): AuthorisationAnswer {
  if (paymentMethod.includes('declined')) return { outcome: 'declined', code: 'generic_decline' };
  if (paymentMethod.includes('insufficient-funds')) return { outcome: 'declined', code: 'insufficient_funds' };
  if (paymentMethod.includes('authenticate')) return { outcome: 'requires-action', gatewayId };
  return { outcome: 'authorised', gatewayId };
}
