import { randomUUID } from 'node:crypto';
import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { simulatedDisputeEvents } from '../../domain/simulated-gateway.ts';
import { createPaymentGatewaySimulator } from '../../ports/adapters/payment-gateway-simulator.ts';
import {
  addCustomer,
  addProduct,
  addStock,
  becomes,
  instant,
  invoiced,
  openingItem,
  pay,
  pickAndPack,
  setUpCompany,
  shipmentsInWork,
  trialBalance,
} from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { eventually, type Suite, startSuite } from '../suite.ts';
import { type Api, startApi } from './client.ts';

/* What the card gateway says by itself: disputes, refunds that fail, amounts that it holds no more. Its simulator lives by the clock. */
let suite: Suite;
let api: Api;
const secrets = ['whsec_new', 'whsec_old'];
const requests: string[] = [];
const refunded: [string, number][] = [];
/** Once the money is taken. */
let afterCapture: (() => Promise<unknown>) | undefined;
const simulator = createPaymentGatewaySimulator({
  onRequest: (kind, key) => requests.push(`${kind} ${key}`),
  onRefunded: (gatewayId, amountMinor) => refunded.push([gatewayId, amountMinor]),
  now: () => suite.now(),
});
beforeAll(async () => {
  suite = await startSuite({
    dependencies: {
      cards: {
        ...simulator,
        async capture(request) {
          const answer = await simulator.capture(request);
          const once = afterCapture;
          afterCapture = undefined;
          await once?.();
          return answer;
        },
      },
    },
  });
  await suite.setClock(instant('2027-03-01'));
  await setUpCompany(suite.database);
  await suite.database.query('INSERT INTO gateway_simulations (since) VALUES ($1)', [await suite.now()]);
  api = await startApi(suite, { gatewaySecrets: secrets });
  await addProduct(suite.database, 'UNIT', 10_000, '0');
  await addStock(suite, 'UNIT', 1_000, 5_000);
});
afterAll(async () => {
  await api?.stop();
  await suite?.stop();
});

const reported = (type: string, objectId: string, rest: object = {}) => ({
  id: `evt_${randomUUID()}`,
  type,
  created: 1_800_000_000,
  data: { object: { id: objectId } },
  ...rest,
});
function send(event: object, { secret = secrets[0]!, ageSeconds = 0, change = (body: string) => body } = {}) {
  const payload = JSON.stringify(event);
  const timestamp = Math.floor(Date.now() / 1000) - ageSeconds;
  const header = Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });
  return api.ask('POST', '/v1/webhooks/gateway', { raw: change(payload), headers: { 'Stripe-Signature': header } });
}
const eventsOf = async (objectId: string) =>
  (await api.get(`/v1/gateway-events?objectId=${objectId}`, 'finance')).body.items.map(
    ({ status }: { status: string }) => status,
  );
const tasks = async (kind: string, customerId?: string) =>
  (await api.get(`/v1/tasks?kind=${kind}&limit=100`, 'finance')).body.items.filter(
    (task: { customerId: string }) => customerId === undefined || task.customerId === customerId,
  );
const invoice = async (id: string) => (await api.get(`/v1/invoices/${id}`, 'finance')).body;
const payments = async (customerId: string) => (await api.get(`/v1/payments?customerId=${customerId}`, 'finance')).body.items;
const disputeOf = async (customerId: string) =>
  (await api.get(`/v1/card-disputes?customerId=${customerId}`, 'finance')).body.items[0];

/** An item that its customer has paid by card. */
async function paidByCard(customerId: string, paymentMethod: string, amountMinor = 10_000, dueOn = '2027-03-20') {
  await addCustomer(suite.database, customerId, { limitMinor: 1_000_000 });
  const invoiceId = await openingItem(suite, customerId, amountMinor, '2027-02-20', dueOn);
  return { invoiceId, ...(await charged(customerId, invoiceId, paymentMethod)) };
}
async function charged(customerId: string, invoiceId: string, paymentMethod: string) {
  const { body } = await api.post(`/v1/invoices/${invoiceId}/card-payments`, 'receivables', { paymentMethod });
  const { paymentId } = await eventually(async () => {
    const found = (await api.get(`/v1/card-payments/${body.id}`, 'finance')).body;
    return found.status === 'captured' && found;
  });
  const { externalReference: gatewayId } = (await payments(customerId)).find(({ id }: { id: string }) => id === paymentId);
  return { paymentId, gatewayId };
}
/** Card money that waits unapplied, because other money came while it was taken. */
async function unappliedByCard(customerId: string, paymentMethod: string) {
  await addCustomer(suite.database, customerId, { limitMinor: 1_000_000 });
  const invoiceId = await openingItem(suite, customerId, 10_000, '2027-02-20', '2027-03-20');
  afterCapture = () => pay(suite, customerId, 10_000, invoiceId);
  return charged(customerId, invoiceId, paymentMethod);
}

/** An order whose amount is held on its card. */
const placed = async (customerId: string, token: string): Promise<string> => {
  await addCustomer(suite.database, customerId, {});
  const body = { customerId, currency: 'EUR', lines: [{ sku: 'UNIT', quantity: 3 }], payment: { method: 'card', token } };
  const { id } = (await api.post('/v1/orders', 'sales', body)).body;
  await becomes(suite, id, 'in-fulfilment');
  return id;
};

describe('messages of the card gateway', () => {
  it('X4: only what is signed now, with one of the two secrets, is taken; once by its id, whatever else its body says', async () => {
    const event = reported('payout.paid', 'po_1');
    for (const answered of [
      await send(event, { secret: 'whsec_other' }),
      await send(event, { ageSeconds: 301 }),
      await send(event, { change: (body) => body.replace('payout.paid', 'refund.failed') }),
      await api.ask('POST', '/v1/webhooks/gateway', { body: event }),
    ]) {
      expect(answered).toMatchObject({ status: 401, body: { type: '/problems/unauthenticated' } });
    }
    expect(await eventsOf('po_1')).toEqual([]);
    expect(await send(event)).toMatchObject({ status: 200, body: { eventId: event.id, outcome: 'ignored' } });
    const again = { ...event, pending_webhooks: 0 };
    expect(await send(again, { secret: secrets[1]! })).toMatchObject({ status: 200, body: { outcome: 'known' } });
    expect(await eventsOf('po_1')).toEqual(['ignored']);
    expect(await send({ id: 'evt_1', type: 'payout.paid' })).toMatchObject({ status: 400, body: { errors: expect.any(Array) } });
    expect((await send(reported('x', 'y'.repeat(1_001)))).status).toBe(400);
  });

  it('P1: what is about nothing of ours waits for a person, in one task', async () => {
    const objectId = simulatedDisputeEvents({
      gatewayId: 'sim_nobody',
      paymentMethod: 'disputed',
      amountMinor: 900,
      currency: 'EUR',
      takenAt: await suite.now(),
    })[0]!.objectId;
    for (const type of ['charge.dispute.created', 'charge.dispute.updated']) {
      expect(await send(reported(type, objectId))).toMatchObject({ body: { outcome: 'received' } });
    }
    await send(reported('refund.created', 're_by_hand'));
    await eventually(async () => (await eventsOf(objectId)).join() === 'parked,parked');
    await eventually(async () => (await eventsOf('re_by_hand')).join() === 'parked');
    const open = await tasks('gateway-event');
    expect(open.map(({ details }: { details: { objectId: string } }) => details.objectId).sort()).toEqual(
      [objectId, 're_by_hand'].sort(),
    );
    expect(open[0]).toMatchObject({ role: 'finance' });
  });
});

describe('refunds to the card', () => {
  const ask = (paymentId: string, amountMinor: number, rest: object = {}) =>
    api.post('/v1/refunds', 'receivables', { paymentId, amountMinor, reason: 'paid twice', ...rest });
  const refundOf = async (customerId: string) => (await api.get(`/v1/refunds?customerId=${customerId}`, 'finance')).body.items[0];

  it('P1: money goes back to its card, in parts and never more than came, once whatever the gateway answers, by two people', async () => {
    const { paymentId, gatewayId } = await unappliedByCard('BACK', 'pm_timeout');
    refunded.length = 0;
    const asked = await ask(paymentId, 4_000);
    expect(asked).toMatchObject({ status: 201, body: { iban: null, status: 'requested' } });
    expect((await api.post(`/v1/refunds/${asked.body.id}/approve`, 'receivables')).status).toBe(403);
    expect((await api.post(`/v1/refunds/${asked.body.id}/approve`, 'finance')).body).toMatchObject({ status: 'approved' });
    await eventually(async () => requests.filter((each) => each === `refund ${asked.body.id}`).length > 1);
    await eventually(async () => {
      const { rows } = await suite.database.query('SELECT 1 FROM refunds WHERE id = $1 AND gateway_refund_id IS NOT NULL', [
        asked.body.id,
      ]);
      return rows.length === 1;
    });
    expect(refunded).toEqual([[gatewayId, 4_000]]);
    expect((await ask(paymentId, 6_001)).status).toBe(409);
    const other = await ask(paymentId, 6_000);
    expect((await api.post(`/v1/refunds/${other.body.id}/approve`, 'finance')).status).toBe(200);
    await eventually(async () => refunded.length === 2);
    expect((await payments('BACK')).find(({ id }: { id: string }) => id === paymentId)).toMatchObject({ unappliedMinor: 0 });
    await checkInvariants(suite.database);
  });

  it('P1, I4: a credit balance goes back to the card that paid its invoice, or to an IBAN, and comes back when that fails', async () => {
    const credited = async (customerId: string, token: string) => {
      const orderId = await placed(customerId, token);
      const [shipmentId] = await shipmentsInWork(suite, orderId);
      await pickAndPack(suite, orderId, shipmentId!);
      await becomes(suite, orderId, 'closed');
      const [sold] = await invoiced(suite, orderId);
      const lines = [{ lineNumber: 1, unitPriceMinor: 8_000 }];
      const { body } = await api.post(`/v1/invoices/${sold!.id}/credit`, 'receivables', { reason: 'price-error', lines });
      return body.creditNoteId;
    };
    const creditOf = async (id: string) => (await api.get(`/v1/credit-notes/${id}`, 'finance')).body.unappliedMinor;
    const give = async (creditNoteId: string, amountMinor: number, rest: object = {}) => {
      const asked = await api.post('/v1/refunds', 'receivables', { creditNoteId, amountMinor, reason: 'cheaper', ...rest });
      if (asked.status === 201) await api.post(`/v1/refunds/${asked.body.id}/approve`, 'finance');
      return asked;
    };
    refunded.length = 0;
    const creditNoteId = await credited('CHEAPER', 'pm_card');
    expect(await creditOf(creditNoteId)).toBe(6_000);
    expect(await give(creditNoteId, 6_001)).toMatchObject({ status: 409, body: { type: '/problems/not-unapplied' } });
    expect(await give(creditNoteId, 5_000)).toMatchObject({ status: 201, body: { creditNoteId, paymentId: null, iban: null } });
    await eventually(async () => refunded.length === 1 && refunded[0]![1] === 5_000);
    expect((await give(creditNoteId, 1_000, { iban: 'DE89370400440532013000' })).status).toBe(201);
    expect(await creditOf(creditNoteId)).toBe(0);
    expect(refunded).toHaveLength(1);

    const failing = await credited('CLOSED', 'pm_refund-fails');
    await give(failing, 6_000);
    await eventually(async () => (await refundOf('CLOSED')).status === 'failed');
    expect(await creditOf(failing)).toBe(6_000);
    for (const body of [{ creditNoteId, paymentId: 'PAY-1' }, {}]) {
      const asked = await api.post('/v1/refunds', 'receivables', { amountMinor: 1, reason: 'x', ...body });
      expect(asked).toMatchObject({ status: 400, body: { errors: [{ path: '/paymentId' }] } });
    }
    await checkInvariants(suite.database);
  });

  it('P1: what came by transfer needs an IBAN, and what a card gave is not taken back by hand', async () => {
    await addCustomer(suite.database, 'WIRE', { limitMinor: 1_000_000 });
    const { paymentId } = await pay(suite, 'WIRE', 500, '');
    expect(await ask(paymentId, 500)).toMatchObject({ status: 422, body: { errors: [{ path: '/iban' }] } });
    const card = await paidByCard('STAYS', 'pm_card');
    const bounce = await api.post(`/v1/payments/${card.paymentId}/bounce`, 'receivables', { reason: 'it says so' });
    expect(bounce).toMatchObject({ status: 409, body: { type: '/problems/paid-by-card' } });
  });

  it('P1: a refund that fails, at once or days later, waits unapplied again and becomes a task', async () => {
    const atOnce = await unappliedByCard('NEVER', 'pm_refund-fails');
    const later = await unappliedByCard('RETURNS', 'pm_refund-returns');
    for (const { paymentId } of [atOnce, later]) {
      const { body } = await ask(paymentId, 10_000);
      await api.post(`/v1/refunds/${body.id}/approve`, 'finance');
    }
    await eventually(async () => (await refundOf('NEVER')).status === 'failed');
    expect(await refundOf('NEVER')).toMatchObject({ failureCode: 'expired_or_canceled_card' });
    await eventually(async () => {
      const { rows } = await suite.database.query(
        "SELECT 1 FROM refunds WHERE customer_id = 'RETURNS' AND gateway_refund_id IS NOT NULL",
      );
      return rows.length === 1;
    });
    expect(await refundOf('RETURNS')).toMatchObject({ status: 'approved' });
    await suite.advanceTo(instant('2027-03-03'));
    await eventually(async () => (await refundOf('RETURNS')).status === 'failed');
    for (const customerId of ['NEVER', 'RETURNS']) {
      expect((await payments(customerId)).find(({ method }: { method: string }) => method === 'card')).toMatchObject({
        unappliedMinor: 10_000,
      });
      expect(await tasks('card-refund', customerId)).toHaveLength(1);
    }
    // Said again, nothing changes; another refund may be tried.
    const { rows } = await suite.database.query<{ id: string }>(
      "SELECT gateway_refund_id AS id FROM refunds WHERE customer_id = 'RETURNS'",
    );
    await send(reported('charge.refund.updated', rows[0]!.id));
    await eventually(async () => (await eventsOf(rows[0]!.id)).join() === 'handled,handled');
    expect((await ask(later.paymentId, 10_000)).status).toBe(201);
    await checkInvariants(suite.database);
  });
});

describe('disputes of card payments', () => {
  it('P1, P3, P5, X1: opened, won, lost, in part, asked about only; twice and in disorder', async () => {
    const { 'bank-charges': chargesBefore = 0 } = await trialBalance(suite.database);
    const open = await paidByCard('DISPUTES', 'pm_disputed', 10_000, '2027-03-02');
    const won = await paidByCard('WINS', 'pm_disputed-won-twice', 10_000, '2027-03-04');
    const lost = await paidByCard('LOSES', 'pm_disputed-lost-twice');
    const shuffled = await paidByCard('SHUFFLED', 'pm_disputed-lost-shuffled');
    const part = await paidByCard('PART', 'pm_disputed-part-lost');
    const inquiry = await paidByCard('ASKED', 'pm_inquiry');

    await suite.advanceTo(instant('2027-03-05', '12:00:00'));
    await eventually(async () => (await disputeOf('DISPUTES'))?.status === 'open');
    const dispute = await disputeOf('DISPUTES');
    expect(dispute).toMatchObject({ amountMinor: 10_000, takenPaymentId: open.paymentId, reason: 'fraudulent' });
    expect(await invoice(open.invoiceId)).toMatchObject({ openMinor: 10_000, dueOn: '2027-03-02', status: 'open' });
    expect((await payments('DISPUTES'))[0].reversals).toMatchObject([{ kind: 'chargeback', amountMinor: 10_000 }]);
    // Overdue by its own date: on hold at once.
    expect((await api.get('/v1/customers/DISPUTES/credit', 'finance')).body.onHoldSince).not.toBeNull();
    const [task] = await tasks('card-dispute', 'DISPUTES');
    expect(task).toMatchObject({ role: 'receivables', status: 'open', dueAt: dispute.evidenceDueAt });
    for (const { invoiceId } of [won, lost]) expect(await invoice(invoiceId)).toMatchObject({ openMinor: 10_000 });
    // What the dispute leaves of the receipt pays as it did.
    expect(await invoice(part.invoiceId)).toMatchObject({ openMinor: 5_000 });
    expect(await disputeOf('ASKED')).toMatchObject({ status: 'inquiry', takenPaymentId: null });
    expect(await invoice(inquiry.invoiceId)).toMatchObject({ openMinor: 0 });
    await checkInvariants(suite.database);

    await suite.advanceTo(instant('2027-03-10', '12:00:00'));
    await eventually(async () => (await disputeOf('SHUFFLED'))?.status === 'lost');
    await eventually(async () => (await disputeOf('WINS')).status === 'won');
    expect(await invoice(won.invoiceId)).toMatchObject({ openMinor: 0, status: 'settled' });
    // It was paid in time, and the bank held what was ours: no day of it bears interest.
    const { rows: notes } = await suite.database.query('SELECT id FROM invoices WHERE corrects_invoice_id = $1', [won.invoiceId]);
    expect(notes).toEqual([]);
    expect((await payments('WINS')).map(({ amountMinor }: { amountMinor: number }) => amountMinor)).toEqual([10_000, 10_000]);
    for (const [customerId, { invoiceId }] of [
      ['LOSES', lost],
      ['SHUFFLED', shuffled],
    ] as const) {
      expect(await disputeOf(customerId)).toMatchObject({ status: 'lost', feeMinor: 1_500, wonPaymentId: null });
      expect(await invoice(invoiceId)).toMatchObject({ openMinor: 10_000 });
    }
    expect(await disputeOf('PART')).toMatchObject({
      status: 'lost',
      takenPaymentId: part.paymentId,
      takenNumber: 1,
      keptPaymentId: null,
    });
    expect(await payments('PART')).toMatchObject([{ id: part.paymentId, reversals: [{ amountMinor: 5_000 }] }]);
    expect(await disputeOf('ASKED')).toMatchObject({ status: 'withdrawn', takenPaymentId: null });
    expect((await tasks('card-dispute', 'LOSES'))[0]).toMatchObject({ status: 'completed' });
    expect((await tasks('card-dispute', 'DISPUTES'))[0]).toMatchObject({ status: 'open' });
    // Three were lost.
    expect((await trialBalance(suite.database))['bank-charges']).toBe(chargesBefore + 3 * 1_500);
    const [late] = simulatedDisputeEvents({
      gatewayId: won.gatewayId,
      paymentMethod: 'pm_disputed-won',
      amountMinor: 10_000,
      currency: 'EUR',
      takenAt: (await payments('WINS')).at(-1).at,
    });
    await send(reported('charge.dispute.updated', late!.objectId));
    await eventually(async () => !(await eventsOf(late!.objectId)).includes('received'));
    expect(await payments('WINS')).toHaveLength(2);
    await checkInvariants(suite.database);
  });

  it('P1: what was refunded before is not taken back again, unless the dispute is for that too: then it is owed', async () => {
    const { paymentId } = await unappliedByCard('BOTH', 'pm_disputed-part-lost');
    const asked = await api.post('/v1/refunds', 'receivables', { paymentId, amountMinor: 4_000, reason: 'paid twice' });
    await api.post(`/v1/refunds/${asked.body.id}/approve`, 'finance');
    const over = await unappliedByCard('OVER', 'pm_disputed');
    const all = await api.post('/v1/refunds', 'receivables', { paymentId: over.paymentId, amountMinor: 4_000, reason: 'twice' });
    await api.post(`/v1/refunds/${all.body.id}/approve`, 'finance');
    await suite.advanceTo(instant('2027-03-15', '12:00:00'));
    await eventually(async () => (await disputeOf('BOTH'))?.status === 'lost');
    const dispute = await disputeOf('BOTH');
    expect(dispute).toMatchObject({ amountMinor: 5_000, takenPaymentId: paymentId, problem: null });
    expect((await payments('BOTH')).find(({ id }: { id: string }) => id === paymentId)).toMatchObject({
      unappliedMinor: 1_000,
      reversals: [{ amountMinor: 5_000 }],
    });
    await eventually(async () => (await disputeOf('OVER'))?.takenPaymentId === over.paymentId);
    expect(await disputeOf('OVER')).toMatchObject({ amountMinor: 10_000, problem: null });
    const owed = (await api.get('/v1/invoices?customerId=OVER&status=open', 'finance')).body.items;
    expect(owed).toMatchObject([{ kind: 'returned-refund', openMinor: 4_000 }]);
    expect((await tasks('card-dispute', 'OVER')).map(({ role }: { role: string }) => role)).toEqual(['receivables']);
    await checkInvariants(suite.database);
  });
});

describe('amounts that the gateway holds no more', () => {
  const holds = async (orderId: string) =>
    (
      await suite.database.query<{ status: string; gatewayId: string }>(
        'SELECT status, gateway_id AS "gatewayId" FROM card_authorisations WHERE order_id = $1 ORDER BY number',
        [orderId],
      )
    ).rows;
  const statuses = async (orderId: string) => (await holds(orderId)).map(({ status }) => status).join();

  it('P1: what the gateway lets go is held anew before the goods leave, and a card that gives no more is a task in time', async () => {
    const good = await placed('DROPPED', 'pm_card');
    const bad = await placed('DRY', 'pm_only-once');
    for (const orderId of [good, bad]) {
      const { gatewayId } = (await holds(orderId))[0]!;
      // As long as it is held, the message is late or wrong.
      await send(reported('payment_intent.canceled', gatewayId));
      await eventually(async () => (await eventsOf(gatewayId)).join() === 'handled');
      expect(await statuses(orderId)).toBe('held');
      await simulator.cancel(gatewayId);
      await send(reported('payment_intent.canceled', gatewayId));
    }
    await eventually(async () => (await statuses(good)) === 'expired,held');
    await eventually(async () => (await tasks('card-hold', 'DRY')).length === 1);
    expect(await statuses(bad)).toBe('expired,declined');
    const [shipmentId] = await shipmentsInWork(suite, good);
    await pickAndPack(suite, good, shipmentId!);
    await becomes(suite, good, 'closed');
  });

  it('P1, X7: what is held for too long is held anew by the clock, and only then let go; the old one stays after a no', async () => {
    const good = await placed('PATIENT', 'pm_card');
    const bad = await placed('SPENT', 'pm_only-once-too');
    await suite.advanceTo(instant('2027-03-22'));
    await eventually(async () => (await statuses(good)) === 'released,held');
    await eventually(async () => (await tasks('card-hold', 'SPENT')).length === 1);
    expect(await statuses(bad)).toBe('held,declined');
    await checkInvariants(suite.database);
  });
});
