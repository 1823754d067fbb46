import Stripe from 'stripe';
import type { AuthorisationAnswer, PaymentGatewayPort } from '../payment-gateway.ts';

export interface StripeSettings {
  secretKey: string;
  /** Absent: Stripe itself. */
  url?: string | undefined;
}

/** A newer version may answer in other words: it changes here, with its tests, and not by itself. */
const apiVersion = '2026-10-28.endive';
const timeoutMilliseconds = 20_000;

/**
 * Stripe (P1). Every request has our key as its Idempotency-Key, so that one that is made again is answered with the first answer. A card
 * can be authorised a second time only where its payment method is saved for a customer at Stripe, which is then named.
 */
export function createStripe({ secretKey, url }: StripeSettings): PaymentGatewayPort {
  const { protocol, hostname, port } = new URL(url ?? 'https://api.stripe.com');
  const stripe = new Stripe(secretKey, {
    apiVersion,
    host: hostname,
    ...(port ? { port: Number(port) } : {}),
    protocol: protocol === 'http:' ? 'http' : 'https',
    timeout: timeoutMilliseconds,
    // Whoever calls asks again, for as long as it takes.
    maxNetworkRetries: 0,
    telemetry: false,
  });
  return {
    async authorise({ key, amountMinor, currency, paymentMethod, description }) {
      try {
        const { customer } = await stripe.paymentMethods.retrieve(paymentMethod);
        const intent = await stripe.paymentIntents.create(
          {
            amount: amountMinor,
            currency: currency.toLowerCase(),
            payment_method: paymentMethod,
            allowed_payment_method_types: ['card'],
            ...(customer ? { customer: typeof customer === 'string' ? customer : customer.id } : {}),
            capture_method: 'manual',
            confirm: true,
            off_session: true,
            description,
            metadata: { key },
          },
          { idempotencyKey: key },
        );
        return answerOf(intent);
      } catch (error) {
        // The bank, or Stripe itself, says no for good. Wrong credentials, limits and outages are thrown.
        if (isRefusal(error)) return { outcome: 'declined', code: declineCode(error) };
        throw error;
      }
    },
    async capture({ key, gatewayId, amountMinor }) {
      try {
        await stripe.paymentIntents.capture(gatewayId, { amount_to_capture: amountMinor }, { idempotencyKey: key });
        return { outcome: 'captured' };
      } catch (error) {
        if (!isRefusal(error)) throw error;
        const intent = await stripe.paymentIntents.retrieve(gatewayId);
        if (intent.status === 'succeeded' && intent.amount_received === amountMinor) return { outcome: 'captured' };
        if (intent.status === 'canceled' || error.code === 'charge_expired_for_capture') return { outcome: 'expired' };
        throw error;
      }
    },
    async cancel(gatewayId) {
      try {
        await stripe.paymentIntents.cancel(gatewayId);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        if (error.code === 'resource_missing') return;
        if ((await stripe.paymentIntents.retrieve(gatewayId)).status !== 'canceled') throw error;
      }
    },
  };
}

function answerOf({ id, status, last_payment_error }: Stripe.PaymentIntent): AuthorisationAnswer {
  if (status === 'requires_capture') return { outcome: 'authorised', gatewayId: id };
  if (status === 'requires_action' || status === 'requires_confirmation') return { outcome: 'requires-action', gatewayId: id };
  if (status === 'requires_payment_method' || status === 'canceled') {
    return { outcome: 'declined', code: declineCode(last_payment_error ?? {}) };
  }
  throw new Error(`Stripe does not know yet what becomes of ${id}: it is ${status}`);
}

/** A no that stays one. Two requests under one key at once, and whatever else passes, is no refusal. */
function isRefusal(error: unknown): error is InstanceType<typeof Stripe.errors.StripeError> {
  return (
    error instanceof Stripe.errors.StripeError &&
    [400, 402, 404].includes(error.statusCode ?? 0) &&
    error.type !== 'StripeIdempotencyError' &&
    !['idempotency_key_in_use', 'lock_timeout', 'rate_limit'].includes(error.code ?? '')
  );
}

/** Stripe's word, or ours where we have one of our own for it. The library gives an empty word for none. */
function declineCode(error: { decline_code?: string | null | undefined; code?: string | null | undefined }): string {
  const code = error.decline_code || error.code || 'declined';
  return code === 'authentication_required' ? 'authentication-required' : code;
}
