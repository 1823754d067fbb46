import Stripe from 'stripe';
import type { CardDisputeStatus } from '../../domain/card-dispute.ts';
import { currencyExponent, type Money } from '../../domain/money.ts';
import { fromMillis } from '../../domain/time.ts';
import type { AuthorisationAnswer, GatewayDispute, GatewayRefund, PaymentGatewayPort } from '../payment-gateway.ts';

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
  async function cancel(gatewayId: string): Promise<void> {
    try {
      await stripe.paymentIntents.cancel(gatewayId);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (error.code === 'resource_missing') return;
      if ((await stripe.paymentIntents.retrieve(gatewayId)).status !== 'canceled') throw error;
    }
  }
  return {
    async authorise({ key, amountMinor, currency, paymentMethod, description }) {
      const amount = amountForStripe({ currency, amountMinor });
      if (amount === undefined) return { outcome: 'declined', code: notPossible };
      try {
        const { customer } = await stripe.paymentMethods.retrieve(paymentMethod);
        const intent = await stripe.paymentIntents.create(
          {
            amount,
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
    async capture({ key, gatewayId, amountMinor, currency }) {
      const amount = amountForStripe({ currency, amountMinor });
      if (amount === undefined) {
        // A part of what is held: it is let go, and asked for in another way.
        await cancel(gatewayId);
        return { outcome: 'expired' };
      }
      try {
        await stripe.paymentIntents.capture(gatewayId, { amount_to_capture: amount }, { idempotencyKey: key });
        return { outcome: 'captured' };
      } catch (error) {
        if (!isRefusal(error)) throw error;
        const intent = await stripe.paymentIntents.retrieve(gatewayId);
        if (intent.status === 'succeeded' && intent.amount_received === amount) return { outcome: 'captured' };
        if (intent.status === 'canceled' || error.code === 'charge_expired_for_capture') return { outcome: 'expired' };
        throw error;
      }
    },
    cancel,
    async refund({ key, gatewayId, amountMinor, currency }) {
      const amount = amountForStripe({ currency, amountMinor });
      if (amount === undefined) return { outcome: 'failed', code: notPossible };
      try {
        const made = await stripe.refunds.create(
          { payment_intent: gatewayId, amount, metadata: { key } },
          { idempotencyKey: key },
        );
        const { refundId, outcome, code = 'failed' } = refundOf(made);
        return outcome === 'failed' ? { outcome, refundId, code } : { outcome, refundId };
      } catch (error) {
        if (isRefusal(error)) return { outcome: 'failed', code: declineCode(error) };
        throw error;
      }
    },
    async readRefund(refundId) {
      const found = await unlessMissing(stripe.refunds.retrieve(refundId));
      return found && refundOf(found);
    },
    async readDispute(disputeId) {
      const found = await unlessMissing(stripe.disputes.retrieve(disputeId));
      return found && disputeOf(found);
    },
    async isGone(gatewayId) {
      return (await stripe.paymentIntents.retrieve(gatewayId)).status === 'canceled';
    },
  };
}

/*
 * Stripe's amounts have decimals of its own (https://docs.stripe.com/currencies#minor-units): none for these; three for dinars and the
 * rial, the last of which must be 0; two for all others, also for the króna and the Ugandan shilling, which have none by ISO 4217.
 */
const withoutDecimals = 'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' ');
const withThreeDecimals = 'BHD JOD KWD OMR TND'.split(' ');
const notPossible = 'amount-not-possible';

/** By what Stripe's amounts of a currency are larger than ours. */
const factorOf = (currency: string): number => {
  const decimals = withoutDecimals.includes(currency) ? 0 : withThreeDecimals.includes(currency) ? 3 : 2;
  return 10 ** (decimals - currencyExponent(currency));
};

/** Undefined: Stripe takes no such amount: a fraction of an ariary, or single fils. */
function amountForStripe({ currency, amountMinor }: Money): number | undefined {
  const factor = factorOf(currency);
  const amount = factor < 1 ? amountMinor / Math.round(1 / factor) : amountMinor * factor;
  const isPossible = Number.isSafeInteger(amount) && (!withThreeDecimals.includes(currency) || amount % 10 === 0);
  return isPossible ? amount : undefined;
}

/** The currency in Stripe's small letters. What is no whole minor unit of ours, as a fee may be, is rounded. */
function minorFromStripe(amount: number, currency: string): number {
  const factor = factorOf(currency.toUpperCase());
  return Math.round(factor < 1 ? amount * Math.round(1 / factor) : amount / factor);
}

function answerOf({ id, status, last_payment_error }: Stripe.PaymentIntent): AuthorisationAnswer {
  if (status === 'requires_capture') return { outcome: 'authorised', gatewayId: id };
  if (status === 'requires_action' || status === 'requires_confirmation') return { outcome: 'requires-action', gatewayId: id };
  if (status === 'requires_payment_method' || status === 'canceled') {
    return { outcome: 'declined', code: declineCode(last_payment_error ?? {}) };
  }
  throw new Error(`Stripe does not know yet what becomes of ${id}: it is ${status}`);
}

function refundOf({ id, status, payment_intent, amount, currency, metadata, failure_reason }: Stripe.Refund): GatewayRefund {
  const known: Record<string, GatewayRefund['outcome']> = { succeeded: 'sent', failed: 'failed', canceled: 'failed' };
  const outcome = known[status ?? ''] ?? 'pending';
  return {
    refundId: id,
    key: metadata?.key,
    gatewayId: idOf(payment_intent),
    amountMinor: minorFromStripe(amount, currency),
    outcome,
    ...(outcome === 'failed' ? { code: failure_reason ?? status ?? 'failed' } : {}),
  };
}

const disputeStatuses: Record<string, CardDisputeStatus> = {
  warning_needs_response: 'inquiry',
  warning_under_review: 'inquiry',
  warning_closed: 'withdrawn',
  prevented: 'withdrawn',
  needs_response: 'open',
  under_review: 'open',
  // The money stays away until the appeal is decided.
  appeal_needs_response: 'open',
  appeal_under_review: 'open',
  won: 'won',
  lost: 'lost',
};

function disputeOf(dispute: Stripe.Dispute): GatewayDispute {
  const { id, payment_intent, amount, reason, evidence_details, balance_transactions } = dispute;
  const currency = dispute.currency.toUpperCase();
  const status = disputeStatuses[dispute.status];
  if (!status) throw new Error(`nobody has taught us what it means that ${id} is ${dispute.status}`);
  const dueBy = evidence_details?.due_by;
  const fees = balance_transactions.filter((each) => each.currency.toUpperCase() === currency);
  return {
    disputeId: id,
    gatewayId: idOf(payment_intent),
    amountMinor: minorFromStripe(amount, currency),
    currency,
    status,
    reason,
    ...(dueBy ? { evidenceDueAt: fromMillis(dueBy * 1000) } : {}),
    // A fee that was given back is below zero, and lessens it.
    feeMinor: Math.max(
      0,
      minorFromStripe(
        fees.reduce((sum, { fee }) => sum + fee, 0),
        currency,
      ),
    ),
  };
}

const idOf = (expandable: string | { id: string } | null | undefined): string | undefined =>
  (typeof expandable === 'string' ? expandable : expandable?.id) || undefined;

async function unlessMissing<Found>(asked: Promise<Found>): Promise<Found | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isRefusal(error) && error.code === 'resource_missing') return undefined;
    throw error;
  }
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
