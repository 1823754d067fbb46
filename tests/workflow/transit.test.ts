import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readClock } from '../../db/statements/company.ts';
import { recordTracking } from '../../db/transactions/record-tracking.ts';
import { resolveShipment } from '../../db/transactions/resolve-shipment.ts';
import { plusSeconds } from '../../domain/time.ts';
import type { TrackingKind } from '../../domain/tracking.ts';
import { type Api, startApi } from '../api/client.ts';
import {
  addCustomer,
  addProduct,
  addStock,
  becomes,
  exposure,
  instant,
  invoiced,
  invoicesOf,
  order,
  pickAndPack,
  setUpCompany,
  shipmentsInWork,
  trialBalance,
} from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { eventually, type Suite, startSuite, tester } from '../suite.ts';

/*
 * Parcels that are lost, damaged or sent back, in the real engine and through the API. Every test has a product of its own, at
 * 100.00 and 20 % tax, that cost 40.00.
 */
let suite: Suite;
let api: Api;
beforeAll(async () => {
  suite = await startSuite();
  await suite.setClock(instant('2027-03-01', '08:00:00'));
  await setUpCompany(suite.database);
  await addCustomer(suite.database, 'BUYER', { limitMinor: 100_000_000 });
  api = await startApi(suite);
});
afterEach(() => checkInvariants(suite.database));
afterAll(async () => {
  await api?.stop();
  await suite?.stop();
});

let products = 0;

/** An order of so many units that has left with the carrier. */
async function underWay(quantity: number, deliveryTerms?: 'DAP') {
  products += 1;
  const sku = `GOODS-${products}`;
  await addProduct(suite.database, sku, 10_000);
  await addStock(suite, sku, quantity + 5, 4_000);
  const orderId = await order(suite, 'BUYER', [{ sku, quantity }], { deliveryTerms });
  const [shipmentId] = await shipmentsInWork(suite, orderId);
  await pickAndPack(suite, orderId, shipmentId!);
  if (deliveryTerms) await becomes(suite, orderId, 'shipped');
  const [invoice] = await invoiced(suite, orderId, deliveryTerms ? 0 : 1);
  const shipment = (await api.get(`/v1/shipments/${shipmentId}`, 'shipping')).body;
  const { at } = await readClock(suite.database);
  let told = 0;
  return {
    sku,
    orderId,
    shipmentId: shipmentId!,
    invoice: invoice!,
    before: await trialBalance(suite.database),
    async report(kind: TrackingKind) {
      told += 1;
      const { carrier, trackingNumber } = shipment;
      const event = { eventId: `${trackingNumber}-${told}`, trackingNumber, kind, occurredAt: plusSeconds(at, told) };
      const clock = await readClock(suite.database);
      return suite.database.transaction((tx) => recordTracking(tx, { carrier, events: [event], at: clock.at }));
    },
  };
}

const resolve = (shipmentId: string, decision: string, rest: object = {}) =>
  api.post(`/v1/shipments/${shipmentId}/resolution`, 'shipping', { decision, reason: 'agreed by phone', ...rest });

async function booked(since: Record<string, number>): Promise<Record<string, number>> {
  const now = await trialBalance(suite.database);
  const changes = [...new Set([...Object.keys(since), ...Object.keys(now)])].map(
    (account) => [account, (now[account] ?? 0) - (since[account] ?? 0)] as const,
  );
  return Object.fromEntries(changes.filter(([, minor]) => minor !== 0));
}

const tasksOf = async (orderId: string): Promise<string[]> =>
  (await api.get(`/v1/tasks?orderId=${orderId}&kind=shipment-exception`, 'shipping')).body.items.map(
    (task: { status: string; details: { trouble: string } }) => `${task.details.trouble}: ${task.status}`,
  );

const returnsOf = async (orderId: string) => (await api.get(`/v1/returns?orderId=${orderId}`, 'sales')).body.items;

async function onHand(sku: string): Promise<number> {
  const { rows } = await suite.database.query<{ onHand: number }>('SELECT on_hand AS "onHand" FROM stock WHERE sku = $1', [sku]);
  return rows[0]!.onHand;
}

describe('a lost parcel', () => {
  it('S3, I1: under D-terms it is still ours: nothing was invoiced that could be credited, and the refusal says so', async () => {
    const { orderId, shipmentId, report } = await underWay(2, 'DAP');
    await report('lost');
    const refused = await resolve(shipmentId, 'credit');
    expect(refused).toMatchObject({ status: 409, body: { type: '/problems/control-not-passed', deliveryTerms: 'DAP' } });
    expect(refused.body.detail).toContain('Control has not passed');
    expect(await returnsOf(orderId)).toEqual([]);
  });

  it('S3, I1: under D-terms it is sent again: its cost is shrinkage, nothing was billed, and the second parcel is', async () => {
    const { sku, orderId, shipmentId, before, report } = await underWay(2, 'DAP');
    const owed = await exposure(suite.database, 'BUYER');
    expect(await resolve(shipmentId, 'send-again')).toMatchObject({ status: 409, body: { type: '/problems/shipment-state' } });
    await report('lost');
    expect(await resolve(shipmentId, 'send-again', { lines: [{ lineNumber: 1, quantity: 1 }] })).toMatchObject({ status: 400 });
    const [resolved, again] = await Promise.all([resolve(shipmentId, 'send-again'), resolve(shipmentId, 'send-again')]);
    expect(new Set([resolved.status, again.status])).toEqual(new Set([200, 409]));
    expect(await booked(before)).toEqual({ shrinkage: 8_000, 'goods-in-transit': -8_000 });
    expect(await exposure(suite.database, 'BUYER')).toBe(owed);
    expect((await api.get(`/v1/shipments/${shipmentId}`, 'shipping')).body.status).toBe('undelivered');
    expect(await tasksOf(orderId)).toEqual(['lost: completed']);
    await eventually(async () =>
      suite.mails.some(({ subject, text }) => subject.includes(orderId) && text.includes('will not arrive')),
    );

    const [second] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, second!);
    await becomes(suite, orderId, 'shipped');
    expect((await api.post(`/v1/shipments/${second}/delivery`, 'shipping', {})).status).toBe(200);
    const [invoice] = await invoiced(suite, orderId);
    expect(invoice).toMatchObject({ openMinor: 24_000 });
    expect(await exposure(suite.database, 'BUYER')).toBe(owed);
    expect(await onHand(sku)).toBe(3);
    expect(await booked(before)).toEqual({
      shrinkage: 8_000,
      'cost-of-goods-sold': 8_000,
      'goods-in-transit': -8_000,
      inventory: -8_000,
      'accounts-receivable': 24_000,
      revenue: -20_000,
      'tax-payable': -4_000,
    });
    // The first parcel turns up: it is a person's to see to, and not a second delivery.
    await report('delivered');
    expect((await tasksOf(orderId)).sort()).toEqual(['found: open', 'lost: completed']);
  });

  it('S3, I1: what comes back undelivered under D-terms is on the shelf again; who wants it no more cancels', async () => {
    const { sku, orderId, shipmentId, before, report } = await underWay(3, 'DAP');
    await report('returned');
    expect(await returnsOf(orderId)).toEqual([]);
    const more = await resolve(shipmentId, 'send-again', { restocked: [{ lineNumber: 1, quantity: 4 }] });
    expect(more).toMatchObject({ status: 422, body: { errors: [{ path: '/restocked/0/quantity' }] } });
    expect((await resolve(shipmentId, 'send-again', { restocked: [{ lineNumber: 1, quantity: 2 }] })).status).toBe(200);
    expect(await booked(before)).toEqual({ shrinkage: 4_000, inventory: 8_000, 'goods-in-transit': -12_000 });
    expect(await onHand(sku)).toBe(7);
    await shipmentsInWork(suite, orderId);
    expect((await api.post(`/v1/orders/${orderId}/cancel`, 'sales', { reason: 'found another' })).status).toBe(200);
    await becomes(suite, orderId, 'cancelled');
    expect(await invoicesOf(suite.database, orderId)).toEqual([]);
  });

  it('S3, F3: lost while the rest of its order waits for stock, it is owed together with the rest, and nothing is shipped twice', async () => {
    await addCustomer(suite.database, 'PATIENT', { limitMinor: 100_000_000, backOrderAllowed: true });
    await addProduct(suite.database, 'SCARCE', 10_000);
    await addStock(suite, 'SCARCE', 2, 4_000);
    const orderId = await order(suite, 'PATIENT', [{ sku: 'SCARCE', quantity: 3 }], { deliveryTerms: 'DAP' });
    const [first] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, first!);
    await becomes(suite, orderId, 'back-ordered');
    const { carrier, trackingNumber } = (await api.get(`/v1/shipments/${first}`, 'shipping')).body;
    const { at } = await readClock(suite.database);
    const lost = { eventId: `${trackingNumber}-lost`, trackingNumber, kind: 'lost', occurredAt: at } as const;
    await suite.database.transaction((tx) => recordTracking(tx, { carrier, events: [lost], at }));
    expect((await resolve(first!, 'send-again')).status).toBe(200);
    await addStock(suite, 'SCARCE', 10, 4_000);
    const [second, ...others] = await shipmentsInWork(suite, orderId);
    expect(others).toEqual([]);
    await pickAndPack(suite, orderId, second!);
    await becomes(suite, orderId, 'shipped');
    expect((await api.post(`/v1/shipments/${second}/delivery`, 'shipping', {})).status).toBe(200);
    expect(await invoiced(suite, orderId)).toMatchObject([{ openMinor: 36_000 }]);
    expect(await onHand('SCARCE')).toBe(7);
  });

  it('S3, O4: what was cancelled before a parcel was lost does not keep its goods from being sent again, and they are cancelled once more', async () => {
    const sku = 'TWICE';
    await addProduct(suite.database, sku, 10_000);
    await addStock(suite, sku, 6, 4_000);
    await addCustomer(suite.database, 'WAVERING', { limitMinor: 100_000_000, backOrderAllowed: true });
    const orderId = await order(suite, 'WAVERING', [{ sku, quantity: 10 }], { deliveryTerms: 'DAP' });
    const cancel = async () => (await api.post(`/v1/orders/${orderId}/cancel`, 'sales', { reason: 'found another' })).status;
    const loses = async (shipmentId: string) => {
      const { carrier, trackingNumber } = (await api.get(`/v1/shipments/${shipmentId}`, 'shipping')).body;
      const { at } = await readClock(suite.database);
      const lost = { eventId: `${trackingNumber}-lost`, trackingNumber, kind: 'lost', occurredAt: at } as const;
      await suite.database.transaction((tx) => recordTracking(tx, { carrier, events: [lost], at }));
      expect((await resolve(shipmentId, 'send-again')).status).toBe(200);
    };
    const [first] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, first!);
    await becomes(suite, orderId, 'back-ordered');
    expect(await cancel()).toBe(200);
    await becomes(suite, orderId, 'shipped');
    await addStock(suite, sku, 6, 4_000);
    await loses(first!);
    const [second] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, second!);
    await becomes(suite, orderId, 'shipped');
    await loses(second!);
    await becomes(suite, orderId, 'back-ordered');
    expect(await cancel()).toBe(200);
    await becomes(suite, orderId, 'cancelled');
    expect(await exposure(suite.database, 'WAVERING')).toBe(0);
    const told = () => suite.mails.filter(({ subject }) => subject.includes(orderId) && subject.includes('cancelled'));
    await eventually(async () => told().length === 2);
  });

  it('S3: goods that were the customer’s when they left are credited, not sent again', async () => {
    const { shipmentId, report } = await underWay(1);
    await report('lost');
    expect(await resolve(shipmentId, 'send-again')).toMatchObject({ status: 409, body: { type: '/problems/control-passed' } });
  });

  it('S3: is credited without goods: the order closes, the cost is shrinkage, and the carrier pays what it accepts', async () => {
    const { sku, orderId, shipmentId, before, report } = await underWay(3);
    expect(await resolve(shipmentId, 'credit')).toMatchObject({ status: 409, body: { type: '/problems/shipment-state' } });
    expect(await api.post('/v1/carrier-claims', 'shipping', { shipmentId, amountMinor: 1 })).toMatchObject({
      status: 409,
      body: { type: '/problems/nothing-to-claim' },
    });
    await report('lost');
    const owed = await exposure(suite.database, 'BUYER');
    expect(await tasksOf(orderId)).toEqual(['lost: open']);
    expect((await api.post(`/v1/shipments/${shipmentId}/resolution`, 'warehouse', {})).status).toBe(403);
    expect(await resolve(shipmentId, 'take-back')).toMatchObject({ status: 409 });

    const key = { 'Idempotency-Key': `lost-${shipmentId}` };
    const ask = () =>
      api.post(`/v1/shipments/${shipmentId}/resolution`, 'shipping', { decision: 'credit', reason: 'searched for' }, key);
    const resolved = await ask();
    expect(resolved).toMatchObject({
      status: 200,
      body: { shipmentId, credited: { grossMinor: 36_000, appliedMinor: 36_000, unappliedMinor: 0 } },
    });
    expect((await ask()).body).toEqual(resolved.body);
    expect(await resolve(shipmentId, 'credit')).toMatchObject({ status: 409, body: { type: '/problems/nothing-to-resolve' } });
    await becomes(suite, orderId, 'closed');
    expect(await booked(before)).toEqual({
      returns: 30_000,
      'tax-payable': 6_000,
      'accounts-receivable': -36_000,
      shrinkage: 12_000,
      'cost-of-goods-sold': -12_000,
    });
    expect(await exposure(suite.database, 'BUYER')).toBe(owed - 36_000);
    expect(await onHand(sku)).toBe(5);
    expect(await tasksOf(orderId)).toEqual(['lost: completed']);
    expect(await returnsOf(orderId)).toMatchObject([
      { cause: 'lost', status: 'credited', lines: [{ quantity: 3, receivedQuantity: 0, lostQuantity: 3, reason: 'lost' }] },
    ]);
    await eventually(async () => suite.mails.some(({ text }) => text.includes(`${shipmentId} that were lost on their way`)));

    const claimed = await api.post('/v1/carrier-claims', 'shipping', { shipmentId, amountMinor: 12_000, reference: 'C-7' });
    expect(claimed).toMatchObject({ status: 201, body: { status: 'filed' } });
    const { claimId } = claimed.body;
    expect(await api.post('/v1/carrier-claims', 'shipping', { shipmentId, amountMinor: 1 })).toMatchObject({
      status: 409,
      body: { type: '/problems/claim-exists', claimId },
    });
    const path = `/v1/carrier-claims/${claimId}`;
    expect((await api.post(`${path}/payment`, 'finance')).status).toBe(409);
    const answer = { decision: 'accept', reason: 'their letter' };
    expect(await api.post(`${path}/decision`, 'shipping', { ...answer, amountMinor: 12_001 })).toMatchObject({
      status: 422,
      body: { errors: [{ path: '/amountMinor' }] },
    });
    expect((await api.post(`${path}/decision`, 'shipping', { ...answer, decision: 'reject', amountMinor: 1 })).status).toBe(400);
    expect((await api.post(`${path}/decision`, 'shipping', { ...answer, amountMinor: 9_000 })).body.status).toBe('accepted');
    expect((await api.post(`${path}/decision`, 'shipping', answer)).status).toBe(409);
    await checkInvariants(suite.database);
    expect((await api.post(`${path}/payment`, 'shipping')).status).toBe(403);
    expect((await api.post(`${path}/payment`, 'finance', {})).body.status).toBe('paid');
    expect(await booked(before)).toMatchObject({ bank: 9_000, 'other-income': -9_000, shrinkage: 12_000 });
    expect((await api.get(`/v1/carrier-claims?shipmentId=${shipmentId}`, 'finance')).body.items).toMatchObject([
      { id: claimId, reference: 'C-7', claimedMinor: 12_000, acceptedMinor: 9_000, status: 'paid' },
    ]);
    expect((await api.post('/v1/carrier-claims/CLM-NONE/payment', 'finance')).status).toBe(404);
  });

  it('S3: that is found before anybody has decided is not credited; found afterwards, it is one task', async () => {
    const early = await underWay(1);
    await early.report('lost');
    await early.report('delivered');
    expect(await resolve(early.shipmentId, 'credit')).toMatchObject({ status: 409 });
    expect(await tasksOf(early.orderId)).toEqual(['lost: cancelled']);

    const late = await underWay(1);
    await late.report('lost');
    expect((await resolve(late.shipmentId, 'credit')).status).toBe(200);
    await late.report('in-transit');
    await late.report('delivered');
    expect((await api.get(`/v1/shipments/${late.shipmentId}`, 'shipping')).body.status).toBe('delivered');
    expect((await tasksOf(late.orderId)).sort()).toEqual(['found: open', 'lost: completed']);
  });

  it('S3: the decision and the delivery at the same instant: one of them comes first, and the books hold', async () => {
    const { orderId, shipmentId, report } = await underWay(2);
    await report('lost');
    const [resolved] = await Promise.all([
      resolve(shipmentId, 'credit'),
      report('delivered'),
      resolve(shipmentId, 'credit'),
      resolve(shipmentId, 'credit'),
    ]);
    const credited = (await returnsOf(orderId)).filter(({ cause }: { cause: string }) => cause === 'lost');
    expect(credited.length).toBeLessThanOrEqual(1);
    expect([200, 409]).toContain(resolved.status);
    expect(await tasksOf(orderId)).toContain(credited.length === 1 ? 'found: open' : 'lost: cancelled');
  });

  it('X3, S3: a credit that would take two people as a correction takes two here: one files the claim, another credits', async () => {
    const corrections = (fourEyesFromMinor: number) =>
      api.post('/v1/policies/corrections', 'finance', { fourEyesFromMinor, disputeBusinessDays: 5 });
    await corrections(1);
    const { shipmentId, report } = await underWay(1);
    await report('lost');
    expect((await resolve(shipmentId, 'credit')).body.type).toBe('/problems/four-eyes');
    const claim = await api.post('/v1/carrier-claims', 'finance', { shipmentId, amountMinor: 1_000 });
    expect(claim.status).toBe(201);
    expect((await resolve(shipmentId, 'credit')).status).toBe(200);

    const { shipmentId: sent, report: tell } = await underWay(1);
    await tell('delivered');
    const lines = [{ lineNumber: 1, quantity: 1, reason: 'wrong-item' }];
    const asked = await api.post('/v1/returns', 'admin', { shipmentId: sent, lines });
    expect(asked.status, JSON.stringify(asked.body)).toBe(201);
    const move = (step: string, as: string, body: object = {}) =>
      api.post(`/v1/returns/${asked.body.returnId}/${step}`, as, body);
    await move('approve', 'admin');
    await move('receive', 'warehouse', { lines: [{ lineNumber: 1, quantity: 1 }] });
    const inspected = { lines: [{ lineNumber: 1, restockedQuantity: 1, scrappedQuantity: 0 }] };
    expect((await move('inspect', 'admin', inspected)).body.type).toBe('/problems/four-eyes');
    expect((await move('inspect', 'warehouse', inspected)).status).toBe(200);
    const loose = await corrections(1_000_000);
    await api.post(`/v1/policies/proposals/${loose.body.proposalId}/approve`, 'finance-2', { reason: 'as it was' });
  });

  it('S3: a decision that fails at its end leaves nothing behind', async () => {
    const { orderId, shipmentId, before, report } = await underWay(1);
    await report('lost');
    const { at, offsetMs } = await readClock(suite.database);
    const failing = suite.database.transaction(async (tx) => {
      await resolveShipment(tx, { shipmentId, decision: 'credit', reason: 'x', actor: tester, at, offsetMs });
      throw new Error('the connection broke');
    });
    await expect(failing).rejects.toThrow('the connection broke');
    expect(await booked(before)).toEqual({});
    expect(await returnsOf(orderId)).toEqual([]);
    expect(await tasksOf(orderId)).toEqual(['lost: open']);
  });
});

describe('a parcel that is sent back', () => {
  it('S3: opens a return by itself, which is counted, inspected and credited like any other', async () => {
    const { sku, orderId, shipmentId, before, report } = await underWay(4);
    await report('returned');
    await report('returned');
    const [goods, ...more] = await returnsOf(orderId);
    expect(more).toEqual([]);
    expect(goods).toMatchObject({ cause: 'returned-to-sender', status: 'approved', lines: [{ quantity: 4 }] });
    expect(await resolve(shipmentId, 'take-back')).toMatchObject({ status: 409, body: { type: '/problems/nothing-to-resolve' } });
    const lines = [{ lineNumber: 1, quantity: 3 }];
    expect((await api.post(`/v1/returns/${goods.id}/receive`, 'warehouse', { lines })).status).toBe(200);
    const inspected = [{ lineNumber: 1, restockedQuantity: 2, scrappedQuantity: 1 }];
    expect(await api.post(`/v1/returns/${goods.id}/inspect`, 'warehouse', { lines: inspected })).toMatchObject({
      status: 200,
      body: { grossMinor: 36_000 },
    });
    expect(await onHand(sku)).toBe(7);
    expect(await booked(before)).toMatchObject({ inventory: 8_000, 'cost-of-goods-sold': -8_000 });
    expect(await tasksOf(orderId)).toEqual(['returned: completed']);
    expect(await invoicesOf(suite.database, orderId)).toMatchObject([{ openMinor: 12_000 }]);
  });

  it('S3: and never comes is credited as it was announced, by a person’s decision, once', async () => {
    const { orderId, shipmentId, before, report } = await underWay(2);
    await report('returned');
    const credited = await resolve(shipmentId, 'credit');
    expect(credited).toMatchObject({ status: 200, body: { credited: { grossMinor: 24_000 } } });
    expect(await resolve(shipmentId, 'credit')).toMatchObject({ status: 409, body: { type: '/problems/shipment-state' } });
    const { returnId } = credited.body;
    expect(await returnsOf(orderId)).toMatchObject([{ id: returnId, status: 'credited', lines: [{ lostQuantity: 2 }] }]);
    expect(await booked(before)).toMatchObject({ shrinkage: 8_000, 'accounts-receivable': -24_000 });
    expect(await tasksOf(orderId)).toEqual(['returned: completed']);
  });

  it('S3: and reaches the customer after all is not waited for; its units may be returned another time', async () => {
    const { orderId, shipmentId, report } = await underWay(1);
    await report('returned');
    await report('delivered');
    expect(await returnsOf(orderId)).toMatchObject([{ status: 'cancelled' }]);
    expect(await tasksOf(orderId)).toEqual(['returned: cancelled']);
    const wanted = { shipmentId, lines: [{ lineNumber: 1, quantity: 1, reason: 'not-needed' }] };
    expect((await api.post('/v1/returns', 'sales', wanted)).status).toBe(201);
  });
});

describe('a damaged parcel', () => {
  it('S3: some units are credited as they are, others are taken back, none of them twice', async () => {
    const { sku, orderId, shipmentId, report } = await underWay(5);
    await report('damaged');
    await report('delivered');
    const some = (quantity: number, lineNumber = 1) => ({ lines: [{ lineNumber, quantity }] });
    expect(await resolve(shipmentId, 'credit', some(6))).toMatchObject({
      status: 422,
      body: { errors: [{ path: '/lines/0/quantity', code: 'more-than-shipped' }] },
    });
    expect(await resolve(shipmentId, 'credit', some(1, 9))).toMatchObject({ status: 422 });
    expect((await resolve(shipmentId, 'credit', some(2))).body.credited).toMatchObject({ grossMinor: 24_000 });
    expect(await tasksOf(orderId)).toEqual(['damaged: completed']);
    const { returnId, credited } = (await resolve(shipmentId, 'take-back', some(2))).body;
    expect(credited).toBeUndefined();
    expect(await resolve(shipmentId, 'credit', some(2))).toMatchObject({ status: 422 });
    await api.post(`/v1/returns/${returnId}/receive`, 'warehouse', { lines: [{ lineNumber: 1, quantity: 2 }] });
    const inspected = [{ lineNumber: 1, restockedQuantity: 1, scrappedQuantity: 1 }];
    expect((await api.post(`/v1/returns/${returnId}/inspect`, 'warehouse', { lines: inspected })).status).toBe(200);
    expect(await onHand(sku)).toBe(6);
    expect(await invoicesOf(suite.database, orderId)).toMatchObject([{ openMinor: 12_000 }]);
  });
});
