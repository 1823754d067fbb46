import { createHash } from 'node:crypto';
import type { AuthorisationAnswer, PaymentGatewayPort } from '../payment-gateway.ts';

export interface PaymentGatewaySimulatorOptions {
  /** Called for every request that reaches the gateway, so that tests can count them by key. */
  onRequest?: (kind: 'authorise' | 'capture' | 'cancel', key: string) => void;
  /** Called once for each amount that is really taken. */
  onTaken?: (gatewayId: string, amountMinor: number) => void;
}

/**
 * A gateway that behaves like one: it answers a repeated key with the first answer. What it does follows from the card's token alone, so
 * that a test or a demonstration can ask for it: 'declined', 'insufficient-funds', 'authenticate' and 'expires' in the token; 'outage'
 * fails once before anything is done, and 'timeout' once after it: the money is held or taken, and nobody has heard. 'only-once' is
 * good for one authorisation and declined afterwards. Like a real one it takes no more than it holds, and once.
 */
export function createPaymentGatewaySimulator(options: PaymentGatewaySimulatorOptions = {}): PaymentGatewayPort {
  const authorisations = new Map<string, { answer: AuthorisationAnswer; paymentMethod: string; amountMinor: number }>();
  const captured = new Set<string>();
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
        captured.add(gatewayId);
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
  };
}

const noMore: AuthorisationAnswer = { outcome: 'declined', code: 'insufficient_funds' };

function answerTo(paymentMethod: string, gatewayId: string): AuthorisationAnswer {
  if (paymentMethod.includes('declined')) return { outcome: 'declined', code: 'generic_decline' };
  if (paymentMethod.includes('insufficient-funds')) return { outcome: 'declined', code: 'insufficient_funds' };
  if (paymentMethod.includes('authenticate')) return { outcome: 'requires-action', gatewayId };
  return { outcome: 'authorised', gatewayId };
}
