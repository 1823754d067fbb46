import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createStripe } from '../../ports/adapters/stripe.ts';
import { type Instead, type StripeRequest, startStripeMock, whyNoStripeMock } from '../stripe-mock.ts';

const why = await whyNoStripeMock();
if (why) console.warn(`Stripe's adapter is not tested: ${why}`);

describe.skipIf(why !== undefined)('Stripe', () => {
  let mock: Awaited<ReturnType<typeof startStripeMock>>;
  let stripe: ReturnType<typeof createStripe>;
  beforeAll(async () => {
    mock = await startStripeMock();
    stripe = createStripe({ secretKey: 'sk_test_123', url: mock.url });
  });
  afterAll(() => mock?.stop());
  beforeEach(() => {
    mock.requests.length = 0;
    mock.instead = () => undefined;
  });
  const on = (method: string, path: RegExp, answer: Instead) => {
    const others = mock.instead;
    mock.instead = (request: StripeRequest) => (request.method === method && path.test(request.path) ? answer : others(request));
  };
  const refuse = (status: number, error: object): Instead => ({ status, body: { error } });
  const intents = /^\/v1\/payment_intents$/;
  const authorise = (currency = 'EUR', amountMinor = 30_000) =>
    stripe.authorise({
      key: 'ORD-1:card:1',
      amountMinor,
      currency,
      paymentMethod: 'pm_card_visa',
      description: 'ORD-1',
    });

  it('P1: holds the amount on the card under our key and a pinned version, for the customer that the card is saved for', async () => {
    on('GET', /payment_methods/, { fields: { customer: 'cus_1' } });
    on('POST', intents, { fields: { id: 'pi_1', status: 'requires_capture' } });
    expect(await authorise()).toEqual({ outcome: 'authorised', gatewayId: 'pi_1' });
    const request = mock.requests.find(({ path }) => intents.test(path))!;
    expect(request).toMatchObject({ idempotencyKey: 'ORD-1:card:1', version: '2026-10-28.endive' });
    expect(request.form).toMatchObject({
      amount: '30000',
      currency: 'eur',
      capture_method: 'manual',
      confirm: 'true',
      customer: 'cus_1',
      payment_method: 'pm_card_visa',
      'metadata[key]': 'ORD-1:card:1',
    });
  });

  it('P1: a no of the bank or of Stripe is a value, with the reason; what nobody knows is thrown, to be asked again', async () => {
    on('POST', intents, refuse(402, { type: 'card_error', code: 'card_declined', decline_code: 'insufficient_funds' }));
    expect(await authorise()).toEqual({ outcome: 'declined', code: 'insufficient_funds' });
    on('POST', intents, refuse(402, { type: 'card_error', code: 'authentication_required' }));
    expect(await authorise()).toEqual({ outcome: 'declined', code: 'authentication-required' });
    on('POST', intents, refuse(400, { type: 'invalid_request_error', code: 'amount_too_small' }));
    expect(await authorise()).toEqual({ outcome: 'declined', code: 'amount_too_small' });
    on('POST', intents, { fields: { id: 'pi_2', status: 'requires_action' } });
    expect(await authorise()).toEqual({ outcome: 'requires-action', gatewayId: 'pi_2' });
    on('POST', intents, { fields: { id: 'pi_3', status: 'processing' } });
    await expect(authorise()).rejects.toThrow('does not know yet');
    on('POST', intents, refuse(500, { type: 'api_error' }));
    await expect(authorise()).rejects.toThrow();
    on('POST', intents, refuse(401, { type: 'invalid_request_error' }));
    await expect(authorise()).rejects.toThrow();
    on('POST', intents, refuse(409, { type: 'invalid_request_error', code: 'idempotency_key_in_use' }));
    await expect(authorise()).rejects.toThrow();
  });

  it('P1: takes a part of what is held under our key; what has been taken already is taken, and what has lapsed is not', async () => {
    const capture = () =>
      stripe.capture({ key: 'ORD-1:card:1:capture', gatewayId: 'pi_1', amountMinor: 10_000, currency: 'EUR' });
    expect(await capture()).toEqual({ outcome: 'captured' });
    expect(mock.requests[0]).toMatchObject({
      path: '/v1/payment_intents/pi_1/capture',
      idempotencyKey: 'ORD-1:card:1:capture',
      form: { amount_to_capture: '10000' },
    });
    on('POST', /capture$/, refuse(400, { type: 'invalid_request_error', code: 'payment_intent_unexpected_state' }));
    on('GET', /payment_intents/, { fields: { status: 'succeeded', amount_received: 10_000 } });
    expect(await capture()).toEqual({ outcome: 'captured' });
    on('GET', /payment_intents/, { fields: { status: 'succeeded', amount_received: 9_999 } });
    await expect(capture()).rejects.toThrow();
    on('GET', /payment_intents/, { fields: { status: 'canceled', amount_received: 0 } });
    expect(await capture()).toEqual({ outcome: 'expired' });
  });

  it('P1: lets an amount go; one that is gone is fine, one that was taken is not', async () => {
    await stripe.cancel('pi_1');
    expect(mock.requests[0]?.path).toBe('/v1/payment_intents/pi_1/cancel');
    on('POST', /cancel$/, refuse(400, { type: 'invalid_request_error', code: 'payment_intent_unexpected_state' }));
    on('GET', /payment_intents/, { fields: { status: 'canceled' } });
    await stripe.cancel('pi_1');
    on('GET', /payment_intents/, { fields: { status: 'succeeded' } });
    await expect(stripe.cancel('pi_1')).rejects.toThrow();
  });

  it('P1: sends money back under our key; what Stripe refuses for good has failed, and what it does not know yet is under way', async () => {
    const refund = () => stripe.refund({ key: 'RFD-1', gatewayId: 'pi_1', amountMinor: 4_000, currency: 'EUR' });
    const refunds = /^\/v1\/refunds$/;
    on('POST', refunds, { fields: { id: 're_1', status: 'succeeded' } });
    expect(await refund()).toEqual({ outcome: 'sent', refundId: 're_1' });
    expect(mock.requests[0]).toMatchObject({
      idempotencyKey: 'RFD-1',
      form: { payment_intent: 'pi_1', amount: '4000', 'metadata[key]': 'RFD-1' },
    });
    on('POST', refunds, { fields: { id: 're_1', status: 'pending' } });
    expect(await refund()).toEqual({ outcome: 'pending', refundId: 're_1' });
    on('POST', refunds, { fields: { id: 're_1', status: 'failed', failure_reason: 'expired_or_canceled_card' } });
    expect(await refund()).toEqual({ outcome: 'failed', refundId: 're_1', code: 'expired_or_canceled_card' });
    on('POST', refunds, refuse(400, { type: 'invalid_request_error', code: 'charge_already_refunded' }));
    expect(await refund()).toEqual({ outcome: 'failed', code: 'charge_already_refunded' });
    on('POST', refunds, refuse(500, { type: 'api_error' }));
    await expect(refund()).rejects.toThrow();
  });

  it('P1: reads a refund as it is now, with the key that it was asked for with, if it was ours', async () => {
    const fields = { id: 're_1', payment_intent: 'pi_1', amount: 4_000, currency: 'eur', metadata: { key: 'RFD-1' } };
    on('GET', /refunds/, { fields: { ...fields, status: 'canceled', failure_reason: null } });
    const known = { refundId: 're_1', gatewayId: 'pi_1', amountMinor: 4_000, key: 'RFD-1' };
    expect(await stripe.readRefund('re_1')).toEqual({ ...known, outcome: 'failed', code: 'canceled' });
    on('GET', /refunds/, { fields: { ...fields, metadata: {}, status: 'requires_action' } });
    expect(await stripe.readRefund('re_1')).toEqual({ ...known, key: undefined, outcome: 'pending' });
    on('GET', /refunds/, refuse(404, { type: 'invalid_request_error', code: 'resource_missing' }));
    expect(await stripe.readRefund('re_1')).toBeUndefined();
    on('GET', /refunds/, refuse(500, { type: 'api_error' }));
    await expect(stripe.readRefund('re_1')).rejects.toThrow();
  });

  it('P1: reads a dispute as it is now: who has the money, until when evidence is taken, and what it costs', async () => {
    const fields = {
      id: 'dp_1',
      payment_intent: 'pi_1',
      amount: 4_000,
      currency: 'eur',
      reason: 'fraudulent',
      evidence_details: { due_by: 1_803_000_000, has_evidence: false, past_due: false, submission_count: 0 },
      balance_transactions: [
        { currency: 'eur', fee: 1_500 },
        { currency: 'usd', fee: 9_999 },
      ],
    };
    const said = async (status: string, rest: object = {}) => {
      on('GET', /disputes/, { fields: { ...fields, status, ...rest } });
      return stripe.readDispute('dp_1');
    };
    expect(await said('needs_response')).toEqual({
      disputeId: 'dp_1',
      gatewayId: 'pi_1',
      amountMinor: 4_000,
      currency: 'EUR',
      status: 'open',
      reason: 'fraudulent',
      evidenceDueAt: '2027-02-19T01:20:00.000Z',
      feeMinor: 1_500,
    });
    for (const [theirs, ours] of [
      ['warning_needs_response', 'inquiry'],
      ['warning_closed', 'withdrawn'],
      ['under_review', 'open'],
      ['appeal_under_review', 'open'],
      ['won', 'won'],
      ['lost', 'lost'],
    ]) {
      expect(await said(theirs!)).toMatchObject({ status: ours });
    }
    expect(
      await said('won', {
        balance_transactions: [
          { currency: 'eur', fee: 1_500 },
          { currency: 'eur', fee: -1_500 },
        ],
      }),
    ).toMatchObject({
      feeMinor: 0,
    });
    await expect(said('something_new')).rejects.toThrow('nobody has taught us');
    on('GET', /disputes/, refuse(404, { type: 'invalid_request_error', code: 'resource_missing' }));
    expect(await stripe.readDispute('dp_1')).toBeUndefined();
  });

  it('P1: amounts have Stripe’s own decimals, there and back, and what it cannot take is refused before it is asked', async () => {
    on('POST', intents, { fields: { id: 'pi_1', status: 'requires_capture' } });
    const sent: Record<string, [minor: number, amount: string]> = {
      EUR: [30_000, '30000'],
      JPY: [30_000, '30000'],
      // None by ISO 4217, two at Stripe.
      ISK: [500, '50000'],
      UGX: [500, '50000'],
      // Two by ISO 4217, none at Stripe.
      MGA: [50_000, '500'],
      KWD: [30_120, '30120'],
    };
    for (const [currency, [amountMinor, amount]] of Object.entries(sent)) {
      mock.requests.length = 0;
      expect(await authorise(currency, amountMinor)).toMatchObject({ outcome: 'authorised' });
      await stripe.capture({ key: 'c', gatewayId: 'pi_1', amountMinor, currency });
      await stripe.refund({ key: 'r', gatewayId: 'pi_1', amountMinor, currency });
      const forms = mock.requests
        .filter(({ method }) => method === 'POST')
        .map(({ form }) => form.amount ?? form.amount_to_capture);
      expect(forms, currency).toEqual([amount, amount, amount]);
      const fields = { id: 're_1', payment_intent: 'pi_1', amount: Number(amount), currency: currency.toLowerCase() };
      on('GET', /refunds/, { fields: { ...fields, status: 'succeeded' } });
      expect(await stripe.readRefund('re_1')).toMatchObject({ amountMinor });
      const balances = [{ currency: currency.toLowerCase(), fee: Number(amount) }];
      on('GET', /disputes/, { fields: { ...fields, id: 'dp_1', status: 'lost', balance_transactions: balances } });
      expect(await stripe.readDispute('dp_1')).toMatchObject({ amountMinor, feeMinor: amountMinor });
    }
    mock.requests.length = 0;
    for (const [currency, amountMinor] of [
      ['KWD', 30_125],
      ['MGA', 50_050],
    ] as const) {
      expect(await authorise(currency, amountMinor)).toEqual({ outcome: 'declined', code: 'amount-not-possible' });
      const refund = await stripe.refund({ key: 'r', gatewayId: 'pi_1', amountMinor, currency });
      expect(refund).toEqual({ outcome: 'failed', code: 'amount-not-possible' });
    }
    expect(mock.requests).toEqual([]);
    // Of a part of what is held nothing is taken, and nothing is held any more.
    expect(await stripe.capture({ key: 'c', gatewayId: 'pi_1', amountMinor: 30_125, currency: 'KWD' })).toEqual({
      outcome: 'expired',
    });
    expect(mock.requests.map(({ path }) => path)).toEqual(['/v1/payment_intents/pi_1/cancel']);
  });

  it('P1: an amount is gone when Stripe says that it is cancelled', async () => {
    on('GET', /payment_intents/, { fields: { status: 'requires_capture' } });
    expect(await stripe.isGone('pi_1')).toBe(false);
    on('GET', /payment_intents/, { fields: { status: 'canceled' } });
    expect(await stripe.isGone('pi_1')).toBe(true);
  });
});
