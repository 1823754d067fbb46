import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forwardWorkflow } from '../../clock/forward.ts';
import { publicHolidays } from '../../db/statements/public-holidays.ts';
import { closeManifests } from '../../db/transactions/close-manifests.ts';
import { nextPickup } from '../../domain/pickups.ts';
import { type SimulatedEvent, simulateTracking } from '../../domain/simulated-tracking.ts';
import { gs1CheckDigit } from '../../domain/sscc.ts';
import { addDays, localDate, plusSeconds } from '../../domain/time.ts';
import { createCarrierSimulator } from '../../ports/adapters/carrier-simulator.ts';
import { cancelOrder } from '../../workflows/messages.ts';
import {
  addCustomer,
  addProduct,
  address,
  addStock,
  ask,
  becomes,
  invoiced,
  order,
  pickAndPack,
  setUpCompany,
  shipmentsInWork,
  timeline,
} from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { eventually, type Suite, startSuite, tester } from '../suite.ts';
import { type Api, startApi } from './client.ts';

/* The way of a shipment from the packing table to the customer, through the API and the real engine. */
let suite: Suite;
let api: Api;
beforeAll(async () => {
  suite = await startSuite();
  api = await startApi(suite);
  await setUpCompany(suite.database);
  await addCustomer(suite.database, 'BUYER', { limitMinor: 100_000_000 });
  await addProduct(suite.database, 'DESK', 10_000);
  await addStock(suite, 'DESK', 1_000, 4_000);
});
afterAll(async () => {
  await api?.stop();
  await suite?.stop();
});

/** An order of one desk to such a street, in the warehouse. */
async function released(street: string, rest: { requestedOn?: string } = {}): Promise<{ orderId: string; shipmentId: string }> {
  const orderId = await order(suite, 'BUYER', [{ sku: 'DESK', quantity: 2 }], { shipTo: { ...address, street }, ...rest });
  const [shipmentId] = await shipmentsInWork(suite, orderId);
  return { orderId, shipmentId: shipmentId! };
}

/** Tells the warehouse's part as a client does: on a busy machine an order may answer late, and is asked again under the same key. */
async function tell(path: string, body: object) {
  const key = { 'Idempotency-Key': randomUUID() };
  return eventually(async () => {
    const answered = await api.post(path, 'warehouse', body, key);
    return answered.status !== 503 && answered;
  }, 30);
}

const booked = (shipmentId: string) =>
  suite.carrierRequests.filter(({ kind, key }) => kind === 'book' && key.startsWith(shipmentId)).map(({ key }) => key);

const tasksOf = async (orderId: string, kind: string) =>
  (await api.get(`/v1/tasks?orderId=${orderId}&kind=${kind}`, 'shipping')).body.items;

const actionsOf = async (orderId: string) => (await timeline(suite.database, orderId)).map(({ action }) => action);

/** An order whose carrier has refused it for good. */
async function refused(street: string) {
  const { orderId, shipmentId } = await released(street);
  await pickAndPack(suite, orderId, shipmentId);
  await eventually(async () => (await tasksOf(orderId, 'carrier-refused')).length > 0);
  return { orderId, shipmentId };
}

/** What a carrier sends of an event. */
const bare = (event: SimulatedEvent) => {
  const { reportedAt: _, ...sent } = event;
  return sent;
};

const beginning = (pdf: Buffer): string => pdf.subarray(0, 5).toString();

describe('labels and work orders', () => {
  it('F4: the work order is there as JSON and, with barcodes, as PDF, before and after the pick', async () => {
    const { shipmentId } = await released('1 Dock Road');
    const path = `/v1/shipments/${shipmentId}/work-order`;
    expect((await api.get(path, 'warehouse')).body).toMatchObject({
      id: shipmentId,
      lines: [{ sku: 'DESK', quantity: 2 }],
      cartons: [],
    });
    const printed = await api.get(`${path}.pdf`, 'warehouse');
    expect([printed.status, printed.headers.get('content-type'), beginning(printed.body)]).toEqual([
      200,
      'application/pdf',
      '%PDF-',
    ]);
    expect((await api.get('/v1/shipments/SHP-1/work-order.pdf', 'warehouse')).status).toBe(404);
  });

  it('F4, S1: what can be done to a shipment follows from its state and the asker’s role', async () => {
    const { shipmentId } = await released('1 Dock Road');
    const actions = async (id: string, as: string) => (await api.get(`/v1/shipments/${id}/standing`, as)).body.actions;
    expect(await actions(shipmentId, 'warehouse')).toEqual(['pick']);
    expect(await actions(shipmentId, 'sales')).toEqual([]);
    expect((await tell(`/v1/shipments/${shipmentId}/pick`, {})).body.status).toBe('packing');
    expect(await actions(shipmentId, 'warehouse')).toEqual(['pack']);
    const bad = await refused('2 sim-bad-address Road');
    expect(await actions(bad.shipmentId, 'shipping')).toEqual(['ask-carrier-again']);
    const waiting = (await api.get('/v1/shipments?attention=carrier-refused', 'shipping')).body.items;
    expect(waiting.map(({ id }: { id: string }) => id)).toEqual([bad.shipmentId]);
    expect((await api.get('/v1/shipments?attention=exception', 'shipping')).body.items).toEqual([]);
    await ask(suite, bad.orderId, cancelOrder, { reason: 'nobody lives there', actor: tester });
    expect((await api.get('/v1/shipments?attention=carrier-refused', 'shipping')).body.items).toEqual([]);
  });

  it('S2: cartons get their SSCC when they are packed, and labels with the booking', async () => {
    const { orderId, shipmentId } = await released('1 ^XZ_Straße 北');
    const label = `/v1/shipments/${shipmentId}/label`;
    expect(await api.get(`${label}.pdf`, 'shipping')).toMatchObject({ status: 409, body: { type: '/problems/no-label-yet' } });
    const cartons = [{ weightGrams: 700 }, { weightGrams: 400 }];
    expect((await tell(`/v1/shipments/${shipmentId}/pick`, { cartons })).status).toBe(400);
    expect((await tell(`/v1/shipments/${shipmentId}/pick`, {})).body.status).toBe('packing');
    expect(await tell(`/v1/shipments/${shipmentId}/pack`, { cartons: [{ weightGrams: 0 }] })).toMatchObject({
      status: 400,
      body: { errors: [{ path: '/cartons/0/weightGrams' }] },
    });
    expect((await tell(`/v1/shipments/${shipmentId}/pack`, { cartons })).body.status).toBe('packed');
    await invoiced(suite, orderId);
    const work = (await api.get(`/v1/shipments/${shipmentId}/work-order`, 'warehouse')).body;
    expect(work.cartons).toMatchObject([
      { number: 1, weightGrams: 700 },
      { number: 2, weightGrams: 400 },
    ]);
    const ssccs: string[] = work.cartons.map(({ sscc }: { sscc: string }) => sscc);
    for (const sscc of ssccs) {
      expect(sscc).toMatch(/^09521234\d{10}$/);
      expect(gs1CheckDigit(sscc.slice(0, 17))).toBe(sscc[17]);
    }
    expect(ssccs[0]).not.toBe(ssccs[1]);

    const [pdf, copy, zpl] = await Promise.all(['.pdf', '.pdf', '.zpl'].map((kind) => api.get(label + kind, 'shipping')));
    expect([pdf!.status, pdf!.headers.get('content-type'), beginning(pdf!.body)]).toEqual([200, 'application/pdf', '%PDF-']);
    expect(pdf!.body.equals(copy!.body)).toBe(true);
    expect(zpl!.status).toBe(200);
    const text = zpl!.body.toString('utf8');
    expect(text.match(/\^XA/g)).toHaveLength(2);
    // What stands in an address is no command to the printer.
    expect(text.match(/\^XZ/g)).toHaveLength(2);
    expect(text).toContain('^FD1 _5eXZ_5fStraße 北^FS');
    for (const sscc of ssccs) expect(text).toContain(`>;>800${sscc}^FS`);
    expect(text).toContain(work.trackingNumber);
  });

  it('S2: SSCCs begin with the company’s own prefix', async () => {
    const company = (await api.get('/v1/company', 'admin')).body;
    expect(company.gs1CompanyPrefix).toBe('9521234');
    expect(await api.put('/v1/company', 'admin', { ...company, gs1CompanyPrefix: '12' })).toMatchObject({
      status: 400,
      body: { errors: [{ path: '/gs1CompanyPrefix' }] },
    });
    expect((await api.put('/v1/company', 'admin', { ...company, gs1CompanyPrefix: '4012345' })).status).toBe(200);
    const { orderId, shipmentId } = await released('1 Dock Road');
    await pickAndPack(suite, orderId, shipmentId);
    const { cartons } = (await api.get(`/v1/shipments/${shipmentId}`, 'warehouse')).body;
    expect(cartons).toMatchObject([{ number: 1, weightGrams: 1_000, sscc: expect.stringMatching(/^04012345/) }]);
    await api.put('/v1/company', 'admin', company);
  });
});

const calendarPath = '/v1/warehouses/WH-SOUTH/pickup-calendars/Parcel%20Simulator';
const daily = { weekdays: [1, 2, 3, 4, 5, 6, 7], cutOff: '15:30', timeZone: 'Europe/Berlin', transitDays: 0 };

/** An order of one lamp, which lies in the south only. */
async function lamp(requestedOn?: string) {
  const orderId = await order(suite, 'BUYER', [{ sku: 'LAMP', quantity: 1 }], requestedOn ? { requestedOn } : {});
  const [shipmentId] = await shipmentsInWork(suite, orderId);
  return { orderId, shipmentId: shipmentId! };
}
const planned = async (shipmentId: string) => (await api.get(`/v1/shipments/${shipmentId}`, 'shipping')).body.pickup;

describe('pickups', () => {
  it('S1: calendars are data, and wrong ones are refused with every fault', async () => {
    await addProduct(suite.database, 'LAMP', 5_000);
    await addStock(suite, 'LAMP', 100, 2_000, 'WH-SOUTH');
    expect(await api.put(calendarPath, 'warehouse', daily)).toMatchObject({ status: 403 });
    const wrong = {
      ...daily,
      weekdays: [1, 1],
      cutOff: '25:00',
      timeZone: '+01:00',
      exceptions: [{ on: '2026-02-30', cutOff: null }],
    };
    const refusedCalendar = await api.put(calendarPath, 'shipping', wrong);
    expect(refusedCalendar.status).toBe(400);
    expect(refusedCalendar.body.errors.map(({ path }: { path: string }) => path).sort()).toEqual([
      '/cutOff',
      '/exceptions/0/on',
      '/timeZone',
      '/weekdays',
    ]);
    expect(await api.put(calendarPath, 'shipping', { ...daily, holidayCountry: 'DE', holidayRegion: 'QQ' })).toMatchObject({
      status: 422,
      body: { errors: [{ path: '/holidayRegion' }] },
    });
    expect(await api.put('/v1/warehouses/WH-NONE/pickup-calendars/X', 'shipping', daily)).toMatchObject({ status: 404 });
    const unplanned = await lampIsUnplanned();
    expect((await api.put(calendarPath, 'shipping', daily)).status).toBe(201);
    expect((await api.put(calendarPath, 'shipping', { ...daily, holidayCountry: 'DE', holidayRegion: 'HH' })).status).toBe(200);
    expect((await api.get('/v1/shipping/pickup-calendars?warehouseId=WH-SOUTH', 'sales')).body.items).toMatchObject([
      { carrier: 'Parcel Simulator', holidayRegion: 'HH', exceptions: [] },
    ]);
    expect((await api.put(calendarPath, 'shipping', daily)).status).toBe(200);
    // What was released before there was a calendar was planned with it.
    expect(await planned(unplanned)).toMatchObject({ carrier: 'Parcel Simulator' });
    expect((await api.post('/v1/shipping/plan', 'shipping')).body.planned).toEqual([]);
  });

  /** A shipment that was released while no carrier had a calendar. */
  async function lampIsUnplanned() {
    const { shipmentId } = await lamp();
    expect(await planned(shipmentId)).toBeNull();
    const { pickups } = (await api.get('/v1/shipping/plan?warehouseId=WH-SOUTH', 'shipping')).body;
    const among = pickups.find(({ shipments }: { shipments: { id: string }[] }) => shipments.some(({ id }) => id === shipmentId));
    expect(among.carrier).toBeNull();
    return shipmentId;
  }

  it('S1: public holidays are those of the country and region', () => {
    const hamburg = publicHolidays('DE', 'HH', '2026-03-01');
    const berlin = publicHolidays('DE', 'BE', '2026-03-01');
    for (const day of ['2026-04-06', '2026-10-03', '2026-12-25', '2027-01-01']) expect(hamburg).toContain(day);
    // Women's Day and Reformation Day.
    expect([berlin.has('2026-03-08'), hamburg.has('2026-03-08')]).toEqual([true, false]);
    expect([berlin.has('2026-10-31'), hamburg.has('2026-10-31')]).toEqual([false, true]);
    expect(publicHolidays(null, null, '2026-03-01').size).toBe(0);
  });

  it('S1: a missed cut-off moves a shipment to the next pickup; the answer, the plan and the timeline say so', async () => {
    const closedOn = new Set<string>();
    const calendar = { ...daily, carrier: 'Parcel Simulator', warehouseId: 'WH-SOUTH', exceptions: [] };
    const first = nextPickup(calendar, await suite.now(), closedOn)!;
    const { orderId, shipmentId } = await lamp(first.on);
    const other = await lamp();
    const inTime = await lamp(first.on);
    expect(await planned(shipmentId)).toMatchObject({ ...first, carrier: 'Parcel Simulator', missedPickups: 0 });
    const before = (await api.get('/v1/shipping/plan?warehouseId=WH-SOUTH', 'shipping')).body;
    expect(before.pickups).toMatchObject([{ carrier: 'Parcel Simulator', pickupOn: first.on, cutOffMissed: false }]);
    expect(before.missingPromise).toEqual([]);
    const packedInTime = await tell(`/v1/shipments/${inTime.shipmentId}/pick`, { packed: true });
    expect(packedInTime.body.pickup).toMatchObject({ on: first.on, missesPromise: false });
    expect(packedInTime.body.pickup.instead).toBeUndefined();
    await invoiced(suite, inTime.orderId);

    // The minute after, before the job has looked (tests/api/jobs.test.ts).
    const missedAt = plusSeconds(first.cutOffAt, 60);
    await Promise.all([orderId, other.orderId].map((id) => forwardWorkflow(suite.client, id, missedAt)));
    await suite.setClock(missedAt);
    const second = nextPickup(calendar, await suite.now(), closedOn)!;
    expect(second.on).not.toBe(first.on);
    const atRisk = (await api.get('/v1/shipping/plan?warehouseId=WH-SOUTH', 'shipping')).body;
    expect(atRisk.pickups[0]).toMatchObject({ pickupOn: first.on, cutOffMissed: true });

    const packed = await tell(`/v1/shipments/${shipmentId}/pick`, { packed: true });
    expect(packed.body.pickup).toMatchObject({ ...second, promisedOn: first.on, missesPromise: true, instead: { on: first.on } });
    await invoiced(suite, orderId);
    expect((await timeline(suite.database, orderId)).filter(({ action }) => action.startsWith('pickup'))).toMatchObject([
      { action: 'pickup-planned', actor: 'system' },
      { action: 'pickup-missed', actor: 'warehouse', summary: expect.stringContaining(`misses the promise of ${first.on}`) },
    ]);
    expect(await planned(shipmentId)).toMatchObject({ on: second.on, missedPickups: 1 });

    const replanned = (await api.post('/v1/shipping/plan', 'shipping')).body;
    expect(replanned.missed).toContain(other.shipmentId);
    expect(replanned.missed).not.toContain(shipmentId);
    expect((await api.post('/v1/shipping/plan', 'shipping')).body).toEqual({ missed: [], planned: [] });
    const after = (await api.get('/v1/shipping/plan?warehouseId=WH-SOUTH', 'shipping')).body;
    expect(after.pickups).toMatchObject([{ pickupOn: second.on, cutOffMissed: false }]);
    expect(after.missingPromise).toEqual([shipmentId]);
  });
});

describe('manifests and audits', () => {
  it('S2: the manifest of a pickup lists what was handed over, with cartons and weights', async () => {
    const { shipments, pickupOn, carrier } = (await api.get('/v1/shipping/plan?warehouseId=WH-SOUTH', 'shipping')).body
      .pickups[0];
    const query = `?carrier=${encodeURIComponent(carrier)}&warehouseId=WH-SOUTH&pickupOn=${pickupOn}`;
    const manifest = await api.get(`/v1/shipping/manifest${query}`, 'shipping');
    const left = shipments.filter(({ status }: { status: string }) => status === 'shipped').map(({ id }: { id: string }) => id);
    expect(left.length).toBeGreaterThan(0);
    expect(left.length).toBeLessThan(shipments.length);
    expect(manifest.body).toMatchObject({
      carrier,
      pickupOn,
      cartons: left.length,
      weightGrams: 500 * left.length,
      truncated: false,
    });
    expect(manifest.body.shipments.map(({ id }: { id: string }) => id)).toEqual(left);
    const printed = await api.get(`/v1/shipping/manifest.pdf${query}`, 'shipping');
    expect([printed.status, beginning(printed.body)]).toEqual([200, '%PDF-']);
    expect((await api.get('/v1/shipping/manifest?carrier=X', 'shipping')).status).toBe(400);
    expect((await api.get(`/v1/shipping/manifest${query.replace(pickupOn, '2020-01-01')}`, 'shipping')).body.shipments).toEqual(
      [],
    );
  });

  it('S4: an audit holds carriers against the targets in force; a breach is one task, results stay', async () => {
    const today = localDate(await suite.now(), 'Europe/Berlin');
    const period = { from: addDays(today, -7), to: today };
    expect((await api.post('/v1/shipping/audits', 'warehouse', period)).status).toBe(403);
    expect(await api.post('/v1/shipping/audits', 'shipping', { from: today, to: addDays(today, -1) })).toMatchObject({
      status: 400,
      body: { errors: [{ path: '/to' }] },
    });
    const first = await api.post('/v1/shipping/audits', 'shipping', period);
    expect(first.body).toMatchObject({ targetsVersion: 0 });
    expect(first.body.lanes.every(({ breaches }: { breaches: string[] }) => breaches.length === 0)).toBe(true);

    const strict = {
      onTimeDispatchShareMinimum: 1,
      onTimeDeliveryShareMinimum: 0,
      missedPickupsPerShipmentMaximum: 0,
      transitDaysMaximum: 365,
      damageAndLossShareMaximum: 1,
      shipmentsMinimum: 1,
    };
    expect((await api.post('/v1/policies/carrier-targets', 'sales', strict)).status).toBe(403);
    expect((await api.post('/v1/policies/carrier-targets', 'shipping', { ...strict, transitDaysMaximum: -1 })).status).toBe(400);
    expect((await api.post('/v1/policies/carrier-targets', 'shipping', strict)).body).toEqual({
      name: 'carrier-targets',
      version: 1,
    });
    const key = { 'Idempotency-Key': 'audit-1' };
    const second = await api.post('/v1/shipping/audits', 'shipping', period, key);
    expect((await api.post('/v1/shipping/audits', 'shipping', period, key)).body).toEqual(second.body);
    const south = second.body.lanes.find(({ warehouseId }: { warehouseId: string }) => warehouseId === 'WH-SOUTH');
    // Two lamps left: one in time, one after its first cut-off.
    expect(south).toMatchObject({
      carrier: 'Parcel Simulator',
      country: 'DE',
      shipments: 2,
      onTimeDispatch: { share: 0.5, of: 2 },
      missedPickups: 1,
      breaches: ['on-time dispatch 50.0 %, target at least 100.0 %', 'cut-offs missed 50.0 %, target at most 0.0 %'],
    });
    expect((await api.post('/v1/shipping/audits', 'shipping', period)).body.id).not.toBe(second.body.id);
    const tasks = (await api.get('/v1/tasks?kind=carrier-performance', 'shipping')).body.items;
    expect(tasks).toMatchObject([
      { role: 'shipping', status: 'open', details: { auditId: second.body.id, warehouseId: 'WH-SOUTH' } },
    ]);
    const kept = (await api.get('/v1/shipping/audits', 'shipping')).body.items;
    expect(kept.slice(0, 2)).toEqual([first.body, second.body]);
    expect((await api.get('/v1/policies', 'shipping')).body.items.map(({ name }: { name: string }) => name)).toContain(
      'carrier-targets',
    );
  });

  it('S2: once the cut-off has passed the manifest is kept, once; what leaves with the same pickup after all is named as that', async () => {
    const plan = (await api.get('/v1/shipping/plan?warehouseId=WH-SOUTH', 'shipping')).body.pickups[0];
    const { shipments, pickupOn, carrier } = plan;
    const query = `?carrier=${encodeURIComponent(carrier)}&warehouseId=WH-SOUTH&pickupOn=${pickupOn}`;
    const manifest = await api.get(`/v1/shipping/manifest${query}`, 'shipping');
    const left = manifest.body.shipments;
    const close = (at: string) => suite.database.transaction((tx) => closeManifests(tx, { at }));
    expect(manifest.body).toMatchObject({ closedAt: null, addedLater: [] });
    await close(plan.cutOffAt);
    expect((await api.get(`/v1/shipping/manifest${query}`, 'shipping')).body).toEqual(manifest.body);
    const closedAt = plusSeconds(plan.cutOffAt, 60);
    const closings = await Promise.all([close(closedAt), close(closedAt)]);
    expect(closings.some(({ closed }) => closed > 0)).toBe(true);
    const late = shipments.find(({ status }: { status: string }) => status !== 'shipped');
    await pickAndPack(suite, late.orderId, late.id);
    await invoiced(suite, late.orderId);
    await close(plusSeconds(closedAt, 60));
    const kept = (await api.get(`/v1/shipping/manifest${query}`, 'shipping')).body;
    expect({ ...kept, addedLater: [] }).toEqual({ ...manifest.body, closedAt });
    expect(kept.addedLater.map(({ id }: { id: string }) => id)).toEqual([late.id]);
    const ofSouth = (await api.get('/v1/shipping/manifests?warehouseId=WH-SOUTH', 'shipping')).body.items;
    expect(ofSouth.filter((one: { pickupOn: string }) => one.pickupOn === pickupOn)).toEqual([
      {
        number: expect.any(Number),
        carrier,
        warehouseId: 'WH-SOUTH',
        pickupOn,
        closedAt,
        shipments: left.length,
        cartons: left.length,
        addedLater: 1,
      },
    ]);
    const audited = await suite.database.query(
      "SELECT 1 FROM audit_log WHERE action = 'manifest-closed' AND after ->> 'pickupOn' = $1",
      [pickupOn],
    );
    expect(audited.rows).toHaveLength(1);
    expect(beginning((await api.get(`/v1/shipping/manifest.pdf${query}`, 'shipping')).body)).toBe('%PDF-');
    await expect(suite.database.query("UPDATE manifests SET shipments = '[]'")).rejects.toThrow(/append-only|permission/);
  });
});

describe('tracking', () => {
  const name = 'Parcel Simulator';
  const path = `/v1/webhooks/carriers/${encodeURIComponent(name)}`;
  let secret: string;
  beforeAll(async () => {
    secret = (await api.post(`/v1/shipping/carriers/${encodeURIComponent(name)}/webhook-secret`, 'admin')).body.secret;
  });

  /** Sends as the carrier does; what is wrong with it is in `wrong`. */
  async function report(events: object[], wrong: { secret?: string; id?: string; at?: Date; body?: string; path?: string } = {}) {
    const body = JSON.stringify({ events });
    const messageId = wrong.id ?? randomUUID();
    const at = wrong.at ?? new Date();
    return api.ask('POST', wrong.path ?? path, {
      raw: wrong.body ?? body,
      headers: {
        'webhook-id': messageId,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
        'webhook-signature': new Webhook(wrong.secret ?? secret).sign(messageId, at, body),
      },
    });
  }

  /** A shipment on its way to such a street, and what the carrier will report of it. */
  async function underWay(street: string) {
    const { orderId, shipmentId } = await released(street);
    await pickAndPack(suite, orderId, shipmentId);
    await invoiced(suite, orderId);
    const { trackingNumber, shippedAt } = (await api.get(`/v1/shipments/${shipmentId}`, 'shipping')).body;
    const events = simulateTracking({ trackingNumber, address: street, handedOverAt: shippedAt }).map(bare);
    return { orderId, shipmentId, trackingNumber, shippedAt, events };
  }
  const shipment = async (id: string) => (await api.get(`/v1/shipments/${id}`, 'shipping')).body;
  const event = (rest: object = {}) => ({
    eventId: 'E-1',
    trackingNumber: 'NOBODY',
    kind: 'lost',
    occurredAt: '2026-03-01T10:00:00Z',
    ...rest,
  });

  it('S3, X3: only what is signed with the secret, lately and unchanged, is heard', async () => {
    const other = `whsec_${Buffer.from('another secret of somebody').toString('base64')}`;
    const minute = 60_000;
    const wrongs = [
      { secret: other },
      { at: new Date(Date.now() - 6 * minute) },
      { at: new Date(Date.now() + 6 * minute) },
      { body: JSON.stringify({ events: [event({ kind: 'delivered' })] }) },
      { path: '/v1/webhooks/carriers/Unknown' },
    ];
    for (const wrong of wrongs) {
      expect(await report([event()], wrong)).toMatchObject({ status: 401, body: { type: '/problems/unauthenticated' } });
    }
    expect((await api.post(path, 'admin', { events: [event()] })).status).toBe(401);
    expect((await api.post(path, 'admin')).status).toBe(401);
    const stored = (await api.get('/v1/tracking-events?trackingNumber=NOBODY', 'shipping')).body;
    expect(stored.items).toEqual([]);
    expect(await report([event({ kind: 'eaten', occurredAt: 'yesterday', weight: 1 })])).toMatchObject({
      status: 400,
      body: { errors: [{ path: '/events/0/kind' }, { path: '/events/0/occurredAt' }, { path: '/events/0/weight' }] },
    });
    expect((await report(Array.from({ length: 101 }, (_, index) => event({ eventId: `E-${index}` })))).status).toBe(400);
  });

  it('S3: a message that is sent again is answered again; under its id nothing else is taken', async () => {
    const { shipmentId, events } = await underWay('1 Dock Road');
    const first = await report(events.slice(0, 1), { id: 'msg-1' });
    expect(first.body).toEqual({ received: 1, known: 0, parked: 0 });
    expect((await report(events.slice(0, 1), { id: 'msg-1' })).body).toEqual(first.body);
    expect((await report(events, { id: 'msg-1' })).status).toBe(422);
    expect((await report(events.slice(0, 1))).body).toEqual({ received: 0, known: 1, parked: 0 });
    expect((await shipment(shipmentId)).tracking.status).toBe('picked-up');
  });

  it('S3: the secret before the last is good for a day', async () => {
    const renewed = (await api.post(`/v1/shipping/carriers/${encodeURIComponent(name)}/webhook-secret`, 'admin')).body.secret;
    expect((await report([event({ eventId: 'OLD-1', trackingNumber: 'ROTATED' })])).status).toBe(200);
    await suite.database.query("UPDATE carrier_webhooks SET previous_until = now() - interval '1 s'");
    expect((await report([event({ eventId: 'OLD-2', trackingNumber: 'ROTATED' })])).status).toBe(401);
    secret = renewed;
    expect((await report([event({ eventId: 'OLD-2', trackingNumber: 'ROTATED' })])).status).toBe(200);
  });

  it.each(['sim-twice', 'sim-shuffled', 'sim-shuffled sim-twice'])('S3: %s: the delivery is confirmed once', async (how) => {
    const { orderId, shipmentId, shippedAt, events } = await underWay(`1 ${how} Road`);
    for (const one of events) await report([one]);
    const delivered = await shipment(shipmentId);
    expect(delivered).toMatchObject({ status: 'delivered', tracking: { status: 'delivered', damaged: false } });
    expect(Date.parse(delivered.deliveredAt)).toBeGreaterThanOrEqual(Date.parse(shippedAt));
    expect((await actionsOf(orderId)).filter((action) => action === 'delivered')).toHaveLength(1);
    expect(await tasksOf(orderId, 'shipment-exception')).toEqual([]);
  });

  it.each([
    ['sim-lost', 'shipped', 'lost', ['lost']],
    ['sim-returned sim-shuffled', 'shipped', 'returned', ['returned']],
    ['sim-damaged', 'delivered', 'delivered', ['damaged']],
  ])('S3: %s changes the shipment and is one task for shipping', async (how, status, tracking, troubles) => {
    const { orderId, shipmentId, events } = await underWay(`1 ${how} Road`);
    await report(events);
    await report(events);
    expect(await shipment(shipmentId)).toMatchObject({ status, tracking: { status: tracking, damaged: how === 'sim-damaged' } });
    const tasks = await tasksOf(orderId, 'shipment-exception');
    expect(tasks.map((task: { details: { trouble: string } }) => task.details.trouble)).toEqual(troubles);
    expect(tasks[0]).toMatchObject({ role: 'shipping', status: 'open', orderId });
    expect(await actionsOf(orderId)).toContain(`tracking-${tracking}`);
    await checkInvariants(suite.database);
  });

  it('S3: an exception that passes ends its task', async () => {
    const { orderId, shipmentId, events } = await underWay('1 sim-delayed Road');
    await report(events.slice(0, 3));
    expect(await tasksOf(orderId, 'shipment-exception')).toMatchObject([{ status: 'open' }]);
    await report(events.slice(3));
    expect(await tasksOf(orderId, 'shipment-exception')).toMatchObject([{ status: 'cancelled' }]);
    expect((await shipment(shipmentId)).status).toBe('delivered');
  });

  it('S3: what is reported before its number is known is parked, readable, and counts once the number is', async () => {
    const { orderId, shipmentId } = await released('1 Dock Road');
    const booking = await createCarrierSimulator().book({
      key: shipmentId,
      service: 'standard',
      shipFrom: address,
      shipTo: address,
      weightGrams: 1_000,
    });
    const trackingNumber = 'trackingNumber' in booking ? booking.trackingNumber : '';
    const events = simulateTracking({ trackingNumber, address: '', handedOverAt: '2026-01-01T00:00:00Z' }).map(bare);
    expect((await report(events)).body).toEqual({ received: 4, known: 0, parked: 4 });
    const parked = (await api.get(`/v1/tracking-events?parked=true&trackingNumber=${trackingNumber}`, 'shipping')).body.items;
    expect(parked).toHaveLength(4);
    expect(parked[0]).toMatchObject({ shipmentId: null, kind: 'picked-up' });
    await pickAndPack(suite, orderId, shipmentId);
    await invoiced(suite, orderId);
    const { status, deliveredAt, shippedAt } = await shipment(shipmentId);
    expect([status, deliveredAt]).toEqual(['delivered', shippedAt]);
    expect((await api.get(`/v1/tracking-events?shipmentId=${shipmentId}`, 'shipping')).body.items).toHaveLength(4);
    expect((await api.get(`/v1/tracking-events?parked=true&trackingNumber=${trackingNumber}`, 'shipping')).body.items).toEqual(
      [],
    );
  });

  it('S3: the same events at once, many times, count once', async () => {
    const { orderId, shipmentId, events } = await underWay('1 Dock Road');
    const answers = await Promise.all(Array.from({ length: 8 }, () => report(events)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
    expect(answers.reduce((total, { body }) => total + body.received, 0)).toBe(events.length);
    expect((await shipment(shipmentId)).status).toBe('delivered');
    expect((await actionsOf(orderId)).filter((action) => action === 'delivered')).toHaveLength(1);
  });
});

describe('a carrier that refuses', () => {
  it('S1: is not asked again until a person has corrected the address; then the order ships and bills', async () => {
    const { orderId, shipmentId } = await refused('1 sim-bad-address Road');
    expect(await tasksOf(orderId, 'carrier-refused')).toMatchObject([
      { role: 'shipping', status: 'open', title: `The carrier refuses ${shipmentId}: The address cannot be delivered to.` },
    ]);
    expect((await api.get(`/v1/shipments/${shipmentId}`, 'shipping')).body).toMatchObject({
      status: 'packed',
      carrierRefusal: { code: 'address' },
    });
    expect(booked(shipmentId)).toEqual([shipmentId]);

    const again = `/v1/shipments/${shipmentId}/ask-carrier-again`;
    expect((await api.post(again, 'warehouse', { reason: 'not mine' })).status).toBe(403);
    const shipTo = { ...address, street: '2 Dock Road' };
    expect(await api.post(again, 'shipping', { shipTo: { ...shipTo, country: 'Germany' }, reason: 'typo' })).toMatchObject({
      status: 400,
      body: { errors: [{ path: '/shipTo/country' }] },
    });
    const key = { 'Idempotency-Key': `correct-${shipmentId}` };
    const corrected = await api.post(again, 'shipping', { shipTo, reason: 'the street was wrong' }, key);
    expect(corrected).toMatchObject({ status: 200, body: { shipmentId, status: 'packed', shipTo } });
    expect((await api.post(again, 'shipping', { shipTo, reason: 'the street was wrong' }, key)).body).toEqual(corrected.body);

    await invoiced(suite, orderId);
    expect(booked(shipmentId)).toEqual([shipmentId, `${shipmentId}:2`]);
    expect(await tasksOf(orderId, 'carrier-refused')).toMatchObject([{ status: 'completed', completedBy: 'shipping' }]);
    expect((await actionsOf(orderId)).filter((action) => action.startsWith('carrier'))).toEqual([
      'carrier-refused',
      'carrier-asked-again',
    ]);
    expect((await api.post(again, 'shipping', { reason: 'once more' })).status).toBe(409);
  });

  it('S1: and refuses again is another task; cancelling ends the wait, and gives everything back', async () => {
    const { orderId, shipmentId } = await refused('1 sim-too-heavy Road');
    await api.post(`/v1/shipments/${shipmentId}/ask-carrier-again`, 'shipping', { reason: 'weighed again' });
    await eventually(async () => (await tasksOf(orderId, 'carrier-refused')).length === 2);
    expect(await tasksOf(orderId, 'carrier-refused')).toMatchObject([{ status: 'completed' }, { status: 'open' }]);
    await ask(suite, orderId, cancelOrder, { reason: 'cannot be sent', actor: tester });
    expect(await suite.client.workflow.getHandle(orderId).result()).toEqual({ orderStatus: 'cancelled' });
    expect(await tasksOf(orderId, 'carrier-refused')).toMatchObject([{ status: 'completed' }, { status: 'cancelled' }]);
    expect(booked(shipmentId)).toEqual([shipmentId, `${shipmentId}:2`]);
    await checkInvariants(suite.database);
  });

  it('S1: refuses two shipments of one order: each waits for itself, and the one that was seen to ships alone', async () => {
    await addProduct(suite.database, 'SHELF', 5_000);
    await addStock(suite, 'SHELF', 10, 2_000, 'WH-SOUTH');
    const lines = ['DESK', 'SHELF'].map((sku) => ({ sku, quantity: 1 }));
    const orderId = await order(suite, 'BUYER', lines, { shipTo: { ...address, street: '1 sim-bad-address Road' } });
    const [first, second] = (await shipmentsInWork(suite, orderId, 2)) as [string, string];
    for (const shipmentId of [first, second]) await pickAndPack(suite, orderId, shipmentId);
    await eventually(async () => (await tasksOf(orderId, 'carrier-refused')).length === 2);
    const correct = (shipmentId: string) =>
      api.post(`/v1/shipments/${shipmentId}/ask-carrier-again`, 'shipping', { shipTo: address, reason: 'typo' });
    expect((await correct(first)).status).toBe(200);
    await invoiced(suite, orderId);
    expect([booked(first), booked(second)]).toEqual([[first, `${first}:2`], [second]]);
    expect((await api.get(`/v1/shipments/${second}`, 'shipping')).body).toMatchObject({
      status: 'packed',
      carrierRefusal: { code: 'address' },
    });
    expect((await correct(second)).status).toBe(200);
    await becomes(suite, orderId, 'invoiced');
    expect(booked(second)).toEqual([second, `${second}:2`]);
  });

  it('S1: an outage is no refusal: it is tried again without anybody', async () => {
    const { orderId, shipmentId } = await released('1 sim-outage Road');
    await pickAndPack(suite, orderId, shipmentId);
    await becomes(suite, orderId, 'invoiced');
    expect(booked(shipmentId)).toEqual([shipmentId, shipmentId]);
    expect(await tasksOf(orderId, 'carrier-refused')).toEqual([]);
  });
});

describe('calendars that change', () => {
  it('S1: a pickup that the calendar has no more is nobody’s miss: what was planned for it is planned anew at once, and told', async () => {
    const { orderId, shipmentId } = await lamp();
    const { on, missedPickups } = await planned(shipmentId);
    const without = { ...daily, exceptions: [{ on, cutOff: null }] };
    expect((await api.put(calendarPath, 'shipping', without)).status).toBe(200);
    const moved = await planned(shipmentId);
    expect(moved.on > on).toBe(true);
    expect(moved.missedPickups).toBe(missedPickups);
    expect((await timeline(suite.database, orderId)).filter(({ action }) => action.startsWith('pickup'))).toMatchObject([
      { action: 'pickup-planned', actor: 'system' },
      { action: 'pickup-planned', actor: 'shipping', summary: expect.stringContaining(`does not come on ${on} as planned`) },
    ]);
    // An earlier cut-off on the same day is another pickup too; none of it counts against the carrier.
    const earlier = { ...without, exceptions: [...without.exceptions, { on: moved.on, cutOff: '00:01' }] };
    expect((await api.put(calendarPath, 'shipping', earlier)).status).toBe(200);
    expect(await planned(shipmentId)).toMatchObject({ missedPickups });
    const { rows } = await suite.database.query<{ same: boolean }>(
      'SELECT first_cut_off_at = pickup_cut_off_at AS same FROM shipments WHERE id = $1',
      [shipmentId],
    );
    expect(rows).toEqual([{ same: true }]);
    // It leaves as it would have: with the calendar that the tests after this one know.
    expect((await api.put(calendarPath, 'shipping', daily)).status).toBe(200);
    await ask(suite, orderId, cancelOrder, { reason: 'changed its mind', actor: tester });
  });

  it('S1: the carrier’s service is chosen from the day on which it collects, not from the day of the booking', async () => {
    const today = localDate(await suite.now(), daily.timeZone);
    const exceptions = [0, 1].map((days) => ({ on: addDays(today, days), cutOff: null }));
    expect((await api.put(calendarPath, 'shipping', { ...daily, exceptions })).status).toBe(200);
    // Three days from now, which standard would make, and one from the pickup.
    const hurried = await lamp(addDays(today, 3));
    expect((await planned(hurried.shipmentId)).on).toBe(addDays(today, 2));
    await tell(`/v1/shipments/${hurried.shipmentId}/pick`, { packed: true });
    await invoiced(suite, hurried.orderId);
    expect(suite.carrierRequests.filter(({ key }) => key === hurried.shipmentId)).toMatchObject([
      { kind: 'book', service: 'express' },
    ]);
    expect((await api.put(calendarPath, 'shipping', daily)).status).toBe(200);
  });
});
