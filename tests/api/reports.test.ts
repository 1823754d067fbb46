import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invariants } from '../../db/queries/invariants.ts';
import { readBooks } from '../../db/queries/periods.ts';
import { insertEntry } from '../../db/statements/ledger.ts';
import { openTask } from '../../db/statements/tasks.ts';
import { keepMonths } from '../../db/transactions/keep-months.ts';
import { type AgeingBucket, ageItems } from '../../domain/ageing.ts';
import {
  type Account,
  creditNoteIssued,
  depositApplied,
  invoiceIssued,
  type Posting,
  receiptApplied,
  writtenOff,
} from '../../domain/ledger.ts';
import {
  averageDaysDelinquent,
  bestPossibleDso,
  collectionEffectiveness,
  countbackDso,
  daysOf,
  daysSalesOutstanding,
  monthsBack,
  rounded,
} from '../../domain/metrics.ts';
import { addDays } from '../../domain/time.ts';
import {
  addCustomer,
  addProduct,
  addStock,
  becomes,
  instant,
  invoiced,
  openingItem,
  order,
  pay,
  pickAndPack,
  setUpCompany,
  shipmentsInWork,
} from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { type Suite, startSuite, tester } from '../suite.ts';
import { type Api, startApi } from './client.ts';

/* One order from placing to payment in the engine, then small companies at random. The clock begins on Monday, 1 March 2027. */
let suite: Suite;
let api: Api;
beforeAll(async () => {
  suite = await startSuite();
  await suite.setClock(instant('2027-03-01', '08:00:00'));
  api = await startApi(suite);
  await setUpCompany(suite.database);
  await addCustomer(suite.database, 'BUYER', { limitMinor: 60_000 });
  await addProduct(suite.database, 'DESK', 10_000);
  await addStock(suite, 'DESK', 100, 4_000);
});
afterAll(async () => {
  await api?.stop();
  await suite?.stop();
});

const get = async (path: string, as = 'finance') => (await api.get(`/v1/${path}`, as)).body;
const csv = async (path: string) => (await api.get(`/v1/${path}`, 'finance')).body.toString().split('\r\n');
const measuresOf = async (query: string, currency = 'EUR') => {
  const { currencies } = await get(`reports/measures?${query}`);
  const own = currencies.find((found: { currency: string }) => found.currency === currency);
  return Object.fromEntries(own.measures.map((one: { id: string }) => [one.id, one]));
};

describe('reports', () => {
  it('R1, R3, R4, O6, R2: an order leaves its time in every stage, and its figures in the measures, with the documents behind them', async () => {
    const limit = { limitMinor: 70_000, reason: 'known for years' };
    expect((await api.put('/v1/customers/BUYER/credit-limit', 'credit', limit)).status).toBe(200);
    const opening = await openingItem(suite, 'BUYER', 50_000, '2027-01-10', '2027-03-01');
    await openingItem(suite, 'BUYER', 7_000, '2027-02-10', '2027-04-10');
    const orderId = await order(suite, 'BUYER', [{ sku: 'DESK', quantity: 2 }], { requestedOn: '2027-03-05' });
    // There is no room for it until the first item is paid.
    await becomes(suite, orderId, 'over-limit');
    await suite.advanceTo(instant('2027-03-01', '20:00:00'));
    await pay(suite, 'BUYER', 50_000, opening);
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    await suite.advanceTo(instant('2027-03-02', '20:00:00'));
    expect(await get('process-map', 'warehouse')).toMatchObject({
      stages: [
        {},
        {},
        { stage: 'fulfilment', orders: 0, medianHours: null, standing: [{ currency: 'EUR', orders: 1, amountMinor: 24_000 }] },
        {},
        {},
        {},
      ],
    });
    expect((await get('process-map/fulfilment/orders?show=standing', 'sales')).items).toMatchObject([{ orderId }]);
    const [{ ordersMinor, ...forecast }] = (await get('reports/cash-forecast')).currencies;
    const ofOrders = [...forecast.weeks, forecast.later].map((row: { ordersMinor: number }) => row.ordersMinor);
    expect([ordersMinor, ofOrders.reduce((sum: number, minor: number) => sum + minor, 0)]).toEqual([24_000, 24_000]);
    await pickAndPack(suite, orderId, shipmentId!);
    const [invoice] = await invoiced(suite, orderId);
    // The job keeps one each Monday by itself; by hand it does on any day, once.
    for (const time of [1, 2]) expect((await api.post('/v1/jobs/cash-forecast/run', 'finance')).status, `${time}`).toBe(200);
    await suite.advanceTo(instant('2027-03-22', '20:00:00'));
    const call = { kind: 'call', outcome: 'will-pay', note: 'today' };
    expect((await api.post('/v1/customers/BUYER/contacts', 'receivables', call)).status).toBe(201);
    const promise = { invoiceIds: [invoice!.id], currency: 'EUR', amountMinor: 20_000, promisedOn: '2027-03-30' };
    expect((await api.post('/v1/customers/BUYER/promises', 'receivables', promise)).status).toBe(201);
    // Nobody has kept or broken one yet: a half is expected on its day, the rest as ever.
    const [promised] = (await get('reports/cash-forecast')).currencies;
    expect(promised).toMatchObject({ openMinor: 31_000, ordersMinor: 0 });
    const ofPromises = promised.weeks.map((week: { promisesMinor: number }) => week.promisesMinor);
    expect(ofPromises.slice(0, 3)).toEqual([0, 10_000, 0]);
    await pay(suite, 'BUYER', 24_000, invoice!.paymentReference);
    await becomes(suite, orderId, 'closed');

    // What was open when the invoice had gone out, and what came of it.
    const kept = async () =>
      (await get('reports/cash-forecasts?currency=EUR')).items.find(({ asOf }: { asOf: string }) => asOf === '2027-03-02');
    const before = await kept();
    expect(before).toMatchObject({ openMinor: 31_000, cashMinor: 0, cameInByNowMinor: 0 });
    expect(before.weeks[1]).toMatchObject({ from: '2027-03-09', to: '2027-03-15', ofForecastMinor: 0, receivedMinor: 0 });
    expect(before.weeks[2]).toMatchObject({ from: '2027-03-16', ofForecastMinor: null });
    await suite.advanceTo(instant('2027-03-29', '08:00:00'));
    const after = await kept();
    expect(after).toMatchObject({ cameInByNowMinor: 24_000 });
    expect(after.weeks[2]).toMatchObject({ to: '2027-03-22', ofForecastMinor: 24_000, receivedMinor: 24_000 });
    const [{ weeks, laterMinor, openMinor }] = (await get('reports/cash-forecast')).currencies;
    expect(openMinor).toBe(7_000);
    expect(weeks.reduce((sum: number, week: { expectedMinor: number }) => sum + week.expectedMinor, laterMinor)).toBe(7_000);
    const lines = await csv('reports/cash-forecast.csv');
    expect(lines).toHaveLength(1 + 13 + 1 + 1);
    expect(lines[0]).toBe(
      'asOf,currency,from,to,expected minor,items minor,promises minor,orders minor,p10 minor,p50 minor,p90 minor,came in for it minor,received minor',
    );

    const map = await get('process-map?from=2027-03-01&to=2027-03-22');
    expect(map.bottleneck).toBe('fulfilment');
    const stage = (name: string) => map.stages.find((one: { stage: string }) => one.stage === name);
    expect(stage('credit')).toMatchObject({ orders: 1, workHours: 0, customerHours: 0, slowest: [{ orderId }] });
    expect(stage('credit').queueHours).toBeGreaterThan(10);
    expect(stage('fulfilment').medianHours).toBeGreaterThan(23);
    expect(stage('receivables').customerHours).toBeGreaterThan(19 * 24);
    expect(stage('receivables')).toMatchObject({ standing: [], workHours: 0, queueHours: 0 });
    const left = await get('process-map/receivables/orders?from=2027-03-01&to=2027-03-22&limit=1');
    expect(left).toMatchObject({ items: [{ orderId, status: 'closed' }], next: null });
    expect(await csv('process-map/receivables/orders.csv')).toHaveLength(3);
    expect((await get('reports/stage-effects')).items.find((one: { stage: string }) => one.stage === 'fulfilment')).toMatchObject(
      {
        orders: 1,
        correlation: null,
      },
    );
    expect(await get('reports/cycles')).toMatchObject({ customers: { customers: 1, returning: 0, lost: 0 } });

    const measured = await measuresOf('from=2027-03-01&to=2027-03-22');
    // 7,000 is open and not overdue, against 24,000 sold in 22 days.
    expect(measured.dso).toMatchObject({ value: rounded((7_000 / 24_000) * 22), before: { value: null } });
    expect(measured['average-days-delinquent'].value).toBe(0);
    // Taken over in the period: owed from before it.
    expect(measured['collection-effectiveness'].parts[1]).toMatchObject({ name: 'taken over', value: 57_000 });
    expect(measured['collection-effectiveness'].value).toBe(100);
    expect(measured['on-time-payment']).toMatchObject({ value: 100, parts: [{ value: 2 }, { value: 2 }] });
    expect(measured['order-to-cash'].value).toBeCloseTo(21.5, 1);
    expect(measured['approval-time'].value).toBeGreaterThan(11);
    expect(measured['ship-to-invoice'].value).toBe(0);
    expect(measured['invoices-revised']).toMatchObject({ value: 0, parts: [{ value: 0 }, { value: 1 }] });
    // It was promised for 5 March, and nobody has confirmed its delivery.
    expect(measured['perfect-order']).toMatchObject({ value: 0, parts: [{ value: 0 }, { value: 1 }] });
    // On the 4th its day was still to come, and nothing was closed until the 22nd; what the month brought was known at its end.
    const known = async (day: string) => {
      const then = await measuresOf(`from=2027-03-01&to=2027-03-22&asKnownOn=${day}`);
      return ['perfect-order', 'order-to-cash', 'approval-time', 'ship-to-invoice', 'invoices-revised'].map(
        (id) => then[id].parts[1].value,
      );
    };
    expect(await known('2027-03-01')).toEqual([0, 0, 1, 0, 0]);
    expect(await known('2027-03-04')).toEqual([0, 0, 1, 1, 1]);
    expect(await known('2027-03-05')).toEqual([0, 0, 1, 1, 1]);
    expect(await known('2027-03-06')).toEqual([1, 0, 1, 1, 1]);
    expect(await known('2027-03-22')).toEqual([1, 1, 1, 1, 1]);
    // Where it stood at the end of a day that is past, and since when.
    const stood = async (day: string) => {
      const { stages } = await get(`process-map?from=${day}&to=${day}`);
      return stages.flatMap((one: { stage: string; standing: unknown[] }) => (one.standing.length > 0 ? [one.stage] : []));
    };
    expect([await stood('2027-03-01'), await stood('2027-03-02'), await stood('2027-03-22')]).toEqual([
      ['fulfilment'],
      ['receivables'],
      [],
    ]);
    const [standing] = (await get('process-map/receivables/orders?show=standing&from=2027-03-01&to=2027-03-10')).items;
    expect(standing).toMatchObject({ orderId, status: 'invoiced' });
    expect(standing.hours).toBeGreaterThan(8 * 24);
    expect((await get('process-map/receivables/orders?show=standing')).items).toEqual([]);
    const settled = await get('reports/documents/settled-items?currency=EUR&from=2027-03-01&to=2027-03-22');
    expect(settled.items).toMatchObject([
      { kind: 'invoice', id: invoice!.id, value: -10, met: true },
      { kind: 'invoice', id: opening, value: 0, met: true },
    ]);
    const sales = await get('reports/documents/sales?currency=EUR&from=2027-03-01&to=2027-03-22');
    expect(sales.items).toMatchObject([{ kind: 'journal-entry', invoiceId: invoice!.id, orderId, value: 24_000 }]);
    expect((await get('reports/collectors?to=2027-03-22')).items).toMatchObject([
      { actor: 'receivables', currency: 'EUR', contacts: 1, reached: 1, promised: 1, customers: 1, receivedMinor: 24_000 },
    ]);
    expect((await get('reports/credit-decisions', 'credit')).items).toMatchObject([
      { currency: 'EUR', kind: 'limit-change', decisions: 1, customers: 1, invoicedMinor: 24_000, lostMinor: 0, lossPercent: 0 },
    ]);
    // Only what is asked for, and each of them the same as among all.
    for (const ids of [...Object.keys(measured), 'dso,on-time-payment']) {
      const chosen = await measuresOf(`from=2027-03-01&to=2027-03-22&measures=${ids}`);
      expect(chosen).toEqual(Object.fromEntries(ids.split(',').map((id) => [id, measured[id]])));
    }
    const unknown = await api.get('/v1/reports/measures?measures=dso,luck', 'finance');
    expect([unknown.status, unknown.body.errors[0].path]).toEqual([400, '/query/measures/1']);
    const rows = await csv('reports/measures.csv?from=2027-03-01&to=2027-03-22');
    expect(rows[0]).toBe('from,to,currency,measure,name,unit,value,valueBefore,formula,parts');
    expect(rows).toHaveLength(1 + 11 + 1);
    await suite.advanceTo(instant('2027-04-01', '08:00:00'));
    const buckets = { current: 7_000, '1-30': 0, '31-60': 0, '61-90': 0, '91+': 0 };
    const march = { on: '2027-03-31', receivablesMinor: 7_000, buckets, salesMinor: 24_000, dso: 9.04, countbackDso: 9.04 };
    expect((await get('reports/month-ends?months=2')).currencies).toMatchObject([
      {
        currency: 'EUR',
        monthEnds: [{ on: '2027-02-28', receivablesMinor: 0, dso: null }, march],
        rollRates: [{ source: 'policy' }, {}, {}, {}],
      },
    ]);
    expect(await csv('reports/month-ends.csv?months=2')).toHaveLength(4);
    await checkInvariants(suite.database);
  });

  it('R2: whose time it was, which products it went into, and the cycles, each beside the period before, with what is counted', async () => {
    const march = 'from=2027-03-01&to=2027-03-22';
    const at = await suite.now();
    const taskId = await suite.database.transaction((tx) =>
      openTask(tx, {
        key: 'TST:looked-at',
        kind: 'collections',
        role: 'receivables',
        title: 'To be looked at',
        customerId: 'BUYER',
        at,
      }),
    );
    await suite.advanceTo(instant('2027-04-01', '09:00:00'));
    expect((await api.post(`/v1/tasks/${taskId}/claim`, 'receivables', {})).status).toBe(200);
    await suite.advanceTo(instant('2027-04-01', '12:00:00'));
    const mine = async (query: string) => {
      const { items } = await get(`reports/people?${query}`, 'admin');
      return items.filter(({ work }: { work: string }) => work === 'collections' || work === 'pick-and-pack');
    };
    // What is not finished is nobody's yet.
    expect(await mine('from=2027-04-01&to=2027-04-01')).toEqual([]);
    const completed = await api.post(`/v1/tasks/${taskId}/complete`, 'receivables', { note: 'seen' });
    expect([completed.status, completed.body.detail]).toEqual([200, undefined]);
    const [done] = await mine('from=2027-04-01&to=2027-04-01');
    expect(done).toMatchObject({ actor: 'receivables', stage: 'collections', done: 1, before: { done: 0, medianHours: null } });
    expect(done.medianHours).toBeCloseTo(4, 1);
    expect(done.inHandMedianHours).toBeCloseTo(3, 1);
    const [picked] = await mine(march);
    expect(picked).toMatchObject({ stage: 'fulfilment', actor: tester.name, done: 1, inHandMedianHours: null });
    expect((await mine('from=2027-03-23&to=2027-04-01'))[0]).toMatchObject({ work: 'collections' });
    const { items: finished } = await get(`reports/people/work?actor=${tester.name}&work=pick-and-pack&${march}`);
    const [{ orderId, hours }] = finished;
    expect([finished.length, hours]).toEqual([1, picked.medianHours]);
    expect(await csv(`reports/people.csv?${march}`)).toContain(`fulfilment,pick-and-pack,${tester.name},1,${hours},${hours},,0,`);
    // Nobody but who leads people sees it, and what programs finish is nobody's.
    expect((await api.get('/v1/reports/people', 'warehouse')).status).toBe(403);
    const everybody = await get('reports/people?from=2027-03-01');
    expect(everybody.items.filter(({ actor }: { actor: string }) => actor === 'system')).toEqual([]);

    const map = await get(`process-map?${march}`);
    const fulfilment = map.stages.find((one: { stage: string }) => one.stage === 'fulfilment');
    expect((await get(`reports/products?${march}`, 'warehouse')).items).toEqual([
      {
        sku: 'DESK',
        name: expect.any(String),
        orders: 1,
        medianHours: fulfilment.medianHours,
        p90Hours: fulfilment.p90Hours,
        workHours: fulfilment.workHours,
        queueHours: fulfilment.queueHours,
        customerHours: 0,
        before: { orders: 0, medianHours: null },
      },
    ]);
    const withProduct = async (sku: string) => (await get(`process-map/fulfilment/orders?${march}&sku=${sku}`)).items;
    expect(await withProduct('DESK')).toMatchObject([{ orderId }]);
    expect(await withProduct('LAMP')).toEqual([]);

    const later = 'from=2027-03-02&to=2027-04-01';
    const { cycles, customers } = await get(`reports/cycles?${later}`);
    expect(customers).toMatchObject({ lost: 1, lostPercent: 100, customersBefore: 1, before: { customers: 1, lost: 0 } });
    const records = async (cycle: string) => (await get(`reports/cycles/${cycle}/records?${later}`, 'sales')).items;
    expect(await records('lost-customers')).toMatchObject([{ id: 'BUYER', customerId: 'BUYER', orderId }]);
    expect(await records('returning-customers')).toEqual([]);
    for (const { id, count, formula } of cycles) {
      expect([(await records(id)).length, formula.length > 20], id).toEqual([count, true]);
    }
    const { formula, items: effects } = await get(`reports/stage-effects?${march}`);
    expect(formula).toContain('median');
    expect(effects[0]).toMatchObject({ orders: 1, before: { orders: 0, correlation: null, differenceHours: null } });
  });

  it('R1, O6, X3: who may not see them, and what cannot be asked for, is refused with its path', async () => {
    expect((await api.get('/v1/reports/measures', 'warehouse')).status).toBe(403);
    for (const [query, path] of [
      ['from=2027-03-10&to=2027-03-01', '/query/from'],
      ['from=2020-01-01', '/query/from'],
      ['to=2099-01-01', '/query/to'],
      ['from=yesterday', '/query/from'],
    ]) {
      for (const report of ['measures', 'measures.csv', 'cycles', 'stage-effects']) {
        const { status, body } = await api.get(`/v1/reports/${report}?${query}`, 'finance');
        expect([status, body.errors?.map((fault: { path: string }) => fault.path)], `${report} ${query}`).toEqual([400, [path]]);
      }
    }
    expect((await api.get('/v1/reports/documents/nothing?currency=EUR', 'finance')).status).toBe(400);
    expect((await api.get('/v1/process-map/nowhere/orders', 'finance')).status).toBe(400);
    const odd = Buffer.from('x y').toString('base64url');
    expect((await api.get(`/v1/process-map/credit/orders?after=${odd}`, 'finance')).status).toBe(200);
  });

  it('R4, O5: lists of orders and invoices are sorted by amount page by page, tell the customer’s name, and come as CSV', async () => {
    await addCustomer(suite.database, 'LISTER', { limitMinor: 1_000_000 });
    const amounts = [30_000, 10_000, 20_000, 10_000, 40_000];
    for (const [index, amount] of amounts.entries())
      await openingItem(suite, 'LISTER', amount, '2027-01-10', `2027-03-1${index}`);
    const all = async (query: string) => {
      const found: { id: string; grossMinor: number; dueOn: string }[] = [];
      for (let after = ''; ; ) {
        const page = await get(`invoices?customerId=LISTER&limit=2&${query}${after}`);
        found.push(...page.items);
        if (page.next === null) return found;
        after = `&after=${page.next}`;
      }
    };
    const newest = await all('');
    for (const [sort, value] of [
      ['grossMinor', (row: { grossMinor: number }) => row.grossMinor],
      ['dueOn', (row: { dueOn: string }) => Number(row.dueOn.slice(-2))],
    ] as const) {
      const rising = newest.toSorted(
        (left, right) => value(left as never) - value(right as never) || (left.id < right.id ? -1 : 1),
      );
      expect((await all(`sort=${sort}`)).map(({ id }) => id)).toEqual(rising.map(({ id }) => id));
      expect((await all(`sort=-${sort}`)).map(({ id }) => id)).toEqual(rising.toReversed().map(({ id }) => id));
    }
    const odd = Buffer.from('x y').toString('base64url');
    expect((await api.get(`/v1/invoices?sort=grossMinor&after=${odd}`, 'finance')).body.errors).toMatchObject([
      { path: '/query/after' },
    ]);
    expect((await api.get('/v1/orders?sort=colour', 'sales')).body.errors).toMatchObject([{ path: '/query/sort' }]);
    expect(await csv('invoices.csv?customerId=LISTER&sort=-grossMinor')).toHaveLength(1 + 5 + 1);
    const [{ id, customerName }] = (await get('orders?sort=-grossMinor&customerId=BUYER', 'sales')).items;
    const [head, row] = await csv('orders.csv?customerId=BUYER');
    expect([head, row]).toEqual([
      expect.stringContaining('id,customerId,customerName'),
      expect.stringContaining(`${id},BUYER,${customerName}`),
    ]);
  });

  it('O6, R2: every time on the map, and that of the period before, is what the stays of orders come to, for random stays', async () => {
    // Long before anything else happened: days of their own.
    const start = Date.parse('2026-01-01T00:00:00+01:00');
    const names = ['order', 'credit', 'fulfilment', 'invoicing', 'receivables'] as const;
    const statuses = ['received', 'over-limit', 'in-fulfilment', 'awaiting-choice', 'invoiced'] as const;
    const stay = fc.record({ hours: fc.integer({ min: 0, max: 300 }), next: fc.nat(4), status: fc.nat(4) });
    const lives = fc.sample(fc.record({ begins: fc.nat(600), stays: fc.array(stay, { minLength: 1, maxLength: 8 }) }), {
      seed: 7,
      numRuns: 25,
    });
    const stays: { orderId: string; stage: string; next: string; status: string; enteredAt: number; leftAt: number }[] = [];
    for (const [index, { begins, stays: own }] of lives.entries()) {
      const orderId = `TST-STAYS-${index}`;
      await suite.database.query(
        `INSERT INTO orders SELECT (jsonb_populate_record(o, jsonb_build_object('id', $1::text, 'customer_reference', $1::text))).*
         FROM orders o WHERE customer_id = 'BUYER' LIMIT 1`,
        [orderId],
      );
      let at = start + begins * 3_600_000;
      let stage = 0;
      const counts = new Map<string, number>();
      for (const { hours, next, status } of own) {
        const one = { orderId, stage: names[stage]!, next: names[next]!, status: statuses[status]!, enteredAt: at };
        at += hours * 3_600_000;
        stays.push({ ...one, leftAt: at });
        const number = (counts.get(one.stage) ?? 0) + 1;
        counts.set(one.stage, number);
        await suite.database.query(
          `INSERT INTO order_stays (order_id, status, stage, entered_at, left_at, next_stage, number) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
          [orderId, one.status, one.stage, new Date(one.enteredAt).toISOString(), new Date(at).toISOString(), one.next, number],
        );
        stage = next;
      }
    }
    const slowly = (name: string, from: string, to: string) => {
      const [fromAt, untilAt] = [Date.parse(`${from}T00:00:00+01:00`), Date.parse(`${addDays(to, 1)}T00:00:00+01:00`)];
      const orders = [...new Set(stays.map(({ orderId }) => orderId))].flatMap((orderId) => {
        const own = stays.filter((one) => one.orderId === orderId && one.stage === name && one.leftAt < untilAt);
        return own.some(({ next, leftAt }) => next !== name && leftAt >= fromAt) ? [own] : [];
      });
      const sum = (own: typeof stays, ...only: string[]) =>
        own
          .filter(({ status }) => only.length === 0 || only.includes(status))
          .reduce((hours, { enteredAt, leftAt }) => hours + (leftAt - enteredAt) / 3_600_000, 0);
      const sorted = orders.map((own) => sum(own)).sort((left, right) => left - right);
      const middle = (sorted.length - 1) / 2;
      const all = orders.flat();
      return {
        orders: orders.length,
        medianHours: sorted.length === 0 ? null : (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2,
        workHours: sum(all, 'received', 'in-fulfilment'),
        queueHours: sum(all, 'over-limit'),
        customerHours: sum(all, 'awaiting-choice', 'invoiced'),
      };
    };
    const { before, stages: found } = await get('process-map?from=2026-01-21&to=2026-02-09');
    expect(before).toEqual({ from: '2026-01-01', to: '2026-01-20' });
    for (const name of names) {
      const own = found.find(({ stage }: { stage: string }) => stage === name);
      expect(own, name).toMatchObject(slowly(name, '2026-01-21', '2026-02-09'));
      expect(own.before, `${name} before`).toMatchObject(slowly(name, before.from, before.to));
    }
    expect(found.reduce((sum: number, own: { before: { orders: number } }) => sum + own.before.orders, 0)).toBeGreaterThan(10);
    const lines = await csv('process-map.csv?from=2026-01-21&to=2026-02-09');
    expect(lines[0]).toContain('medianHoursBefore');
  });

  it('R3, R4: the forecast of a past day is the one that was made at its end, week by week what its parts come to, beside what then came in', async () => {
    await addCustomer(suite.database, 'FORESEEN', { limitMinor: 500_000 });
    const days = ['2027-04-02', '2027-04-03', '2027-04-04', '2027-04-05', '2027-04-06'];
    const made = new Map<string, object>();
    const withoutActual = ({ currencies, ...rest }: { currencies: { weeks: object[] }[] }) => ({
      ...rest,
      currencies: currencies.map((one) => ({
        ...one,
        weeks: one.weeks.map((week) => ({ ...week, ofForecastMinor: null, receivedMinor: null })),
      })),
    });
    const endOf = async (day: string) => {
      made.set(day, withoutActual(await get('reports/cash-forecast')));
      await suite.advanceTo(instant(addDays(day, 1), '08:00:00'));
    };
    await suite.advanceTo(instant(days[0]!, '08:00:00'));
    // Before anything of its is overdue, for then it would be on hold.
    const orderId = await order(suite, 'FORESEEN', [{ sku: 'DESK', quantity: 3 }], { requestedOn: '2027-04-20' });
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    const first = await openingItem(suite, 'FORESEEN', 30_000, '2027-03-10', '2027-04-10');
    const second = await openingItem(suite, 'FORESEEN', 20_000, '2027-01-20', '2027-03-01');
    await endOf(days[0]!);
    await pay(suite, 'FORESEEN', 12_000, first);
    await pay(suite, 'FORESEEN', 5_000, 'on account');
    const promise = { invoiceIds: [second], currency: 'EUR', amountMinor: 20_000, promisedOn: '2027-04-14' };
    const promised = await api.post('/v1/customers/FORESEEN/promises', 'receivables', promise);
    expect([promised.status, promised.body.detail]).toEqual([201, undefined]);
    await endOf(days[1]!);
    await pickAndPack(suite, orderId, shipmentId!);
    const [invoice] = await invoiced(suite, orderId);
    const claim = { reason: 'not-delivered', note: 'one is missing', lines: [{ lineNumber: 1, quantity: 2 }] };
    const disputed = await api.post(`/v1/invoices/${invoice!.id}/disputes`, 'receivables', claim);
    expect([disputed.status, disputed.body.detail, disputed.body.errors]).toEqual([201, undefined, undefined]);
    await endOf(days[2]!);
    await pay(suite, 'FORESEEN', 20_000, second);
    await endOf(days[3]!);
    await endOf(days[4]!);
    for (const day of days) {
      const then = await get(`reports/cash-forecast?asOf=${day}`);
      expect(withoutActual(then), day).toEqual(made.get(day));
      for (const { currency, weeks, later } of day === days[1] ? then.currencies : []) {
        // Each request makes the whole forecast: the nearest weeks, and all that is after the last.
        for (const index of [0, 1, 2, weeks.length]) {
          const one = weeks[index] ?? later;
          const { items } = await get(`reports/cash-forecast/parts?currency=${currency}&asOf=${day}&week=${index + 1}&limit=200`);
          const sum = (layer: string) =>
            items
              .filter((part: { layer: string }) => part.layer === layer)
              .reduce((total: number, part: { expectedMinor: number }) => total + part.expectedMinor, 0);
          expect([sum('items'), sum('promises'), sum('orders')], `${day} ${currency} ${index}`).toEqual([
            one.itemsMinor,
            one.promisesMinor,
            one.ordersMinor,
          ]);
        }
      }
    }
    // Page by page it is the same list.
    const parts = `reports/cash-forecast/parts?currency=EUR&asOf=${days[1]}&week=2`;
    const whole = (await get(`${parts}&limit=200`)).items;
    const paged: object[] = [];
    for (let after = ''; ; ) {
      const page = await get(`${parts}&limit=1${after}`);
      paged.push(...page.items);
      if (page.next === null) break;
      after = `&after=${page.next}`;
    }
    expect([paged.length > 1, paged]).toEqual([true, whole]);
    const [layersThen] = made.values() as Iterable<{ currencies: { ordersMinor: number }[] }>;
    expect(layersThen?.currencies[0]?.ordersMinor).toBe(36_000);
    // A week later the first week is over: of all that came in, the money on account and 2,000 of what was sold since are not for it.
    await suite.advanceTo(instant('2027-04-10', '08:00:00'));
    const [week] = (await get('reports/cash-forecast?asOf=2027-04-02')).currencies[0].weeks;
    expect(week).toMatchObject({ to: '2027-04-08', ofForecastMinor: 32_000, receivedMinor: 37_000 });
    const receipts = await get('reports/documents/receipts?currency=EUR&from=2027-04-02&to=2027-04-08');
    expect(receipts.items.map(({ kind, value }: { kind: string; value: number }) => [kind, value]).sort()).toEqual([
      ['payment', 12_000],
      ['payment', 20_000],
      ['payment', 5_000],
    ]);
    expect((await csv('reports/cash-forecast/parts.csv?currency=EUR&week=1&asOf=2027-04-02')).length).toBeGreaterThan(2);
    const refused = await api.get('/v1/reports/cash-forecast?asOf=2099-01-01', 'finance');
    expect([refused.status, refused.body.errors[0].path]).toEqual([400, '/query/asOf']);
  });

  it('R4: ageing by customer, and each month end, lead to the items that they come to, as of a day that is past', async () => {
    const sumOf = async (query: string) => {
      const { items } = await get(`reports/documents/receivables?${query}&limit=200`);
      return items.reduce((sum: number, one: { value: number }) => sum + one.value, 0);
    };
    const asOf = '2027-04-04';
    const { items } = await get(`receivables/ageing?asOf=${asOf}`);
    expect(items.length).toBeGreaterThan(1);
    for (const { customerId, currency, buckets, totalMinor } of items) {
      expect(await sumOf(`currency=${currency}&to=${asOf}&customerId=${customerId}`), customerId).toBe(totalMinor);
      for (const [bucket, minor] of Object.entries(buckets)) {
        expect(await sumOf(`currency=${currency}&to=${asOf}&customerId=${customerId}&bucket=${encodeURIComponent(bucket)}`)).toBe(
          minor,
        );
      }
    }
    for (const { currency, monthEnds } of (await get('reports/month-ends?months=3')).currencies) {
      for (const { on, buckets, salesMinor } of monthEnds) {
        for (const [bucket, minor] of Object.entries(buckets))
          expect(await sumOf(`currency=${currency}&to=${on}&bucket=${encodeURIComponent(bucket)}`), `${on} ${bucket}`).toBe(
            minor,
          );
        const sales = await get(`reports/documents/sales?currency=${currency}&from=${on.slice(0, 8)}01&to=${on}&limit=200`);
        expect(sales.items.reduce((sum: number, one: { value: number }) => sum + one.value, 0)).toBe(salesMinor);
      }
    }
    const lines = await csv(`receivables/ageing.csv?asOf=${asOf}`);
    expect(lines).toHaveLength(1 + items.length + 1);
    const refused = await api.get('/v1/reports/documents/sales?currency=EUR&bucket=current', 'finance');
    expect([refused.status, refused.body.errors[0].path]).toEqual([400, '/query/bucket']);
  });

  it('R4: what followed contacts is what the receipts come to one by one, beside the period before and as it was known', async () => {
    const contacts = fc.sample(
      fc.record({
        actor: fc.constantFrom('cora', 'carl'),
        customerId: fc.constantFrom('BUYER', 'LISTER'),
        on: fc.nat(59),
        outcome: fc.constantFrom('will-pay', 'not-reached', 'no-promise'),
      }),
      { seed: 3, numRuns: 25 },
    );
    const receipts = fc.sample(
      fc.record({
        customerId: fc.constantFrom('BUYER', 'LISTER'),
        on: fc.nat(75),
        minor: fc.integer({ min: 1, max: 90_000 }),
        returnedAfter: fc.option(fc.nat(20), { freq: 3 }),
      }),
      { seed: 4, numRuns: 30 },
    );
    const dayOf = (number: number) => addDays('2025-01-01', number);
    const noon = (number: number) => `${dayOf(number)}T12:00:00Z`;
    const made: { id: string; number: number }[] = [];
    for (const [index, { actor, customerId, on, outcome }] of contacts.entries()) {
      const { rows } = await suite.database.query<{ id: string }>(
        `INSERT INTO collection_contacts (customer_id, invoice_ids, kind, outcome, contact_on, note, actor, at)
         VALUES ($1, '{}', 'call', $2, $3, 'a call', $4, $5) RETURNING id`,
        [customerId, outcome, dayOf(on), actor, noon(on)],
      );
      made.push({ id: rows[0]!.id, number: index });
    }
    for (const { customerId, on, minor, returnedAfter } of receipts) {
      const { rows } = await suite.database.query<{ id: string }>(
        `INSERT INTO payments (customer_id, method, currency, amount_minor, unapplied_minor, reversed_minor, value_on, actor, at)
         VALUES ($1, 'bank-transfer', 'EUR', $2, 0, $3, $4, 'test', $5) RETURNING id`,
        [customerId, minor, returnedAfter === null ? 0 : minor, dayOf(on), noon(on)],
      );
      if (returnedAfter === null) continue;
      await suite.database.query(
        `INSERT INTO payment_reversals (payment_id, number, kind, reason, value_on, unapplied_minor, fee_minor, amount_minor, actor, at)
         VALUES ($1, 1, 'bounce', 'no funds', $2, 0, 0, $3, 'test', $4)`,
        [rows[0]!.id, dayOf(on + returnedAfter), minor, noon(on + returnedAfter)],
      );
    }
    const slowly = (from: number, to: number, known: number) => {
      const counted = contacts.map((one, index) => ({ ...one, id: made[index]!.id })).filter(({ on }) => on <= known);
      const brought = new Map<string, number>();
      for (const { customerId, on, minor, returnedAfter } of receipts.filter((one) => one.on <= known)) {
        const last = counted
          .filter((one) => one.customerId === customerId && one.on <= on && one.on >= on - 14)
          .sort((left, right) => right.on - left.on || (left.id < right.id ? 1 : -1))[0];
        const left = returnedAfter !== null && on + returnedAfter <= known ? 0 : minor;
        if (last) brought.set(last.id, (brought.get(last.id) ?? 0) + left);
      }
      return (actor: string) => {
        const own = counted.filter((one) => one.actor === actor && one.on >= from && one.on <= to);
        return {
          contacts: own.length,
          reached: own.filter(({ outcome }) => outcome !== 'not-reached').length,
          promised: own.filter(({ outcome }) => outcome === 'will-pay').length,
          customers: new Set(own.map(({ customerId }) => customerId)).size,
          receivedMinor: own.reduce((sum, { id }) => sum + (brought.get(id) ?? 0), 0),
        };
      };
    };
    for (const [known, asked] of [
      [1_000, ''],
      [50, `&asKnownOn=${dayOf(50)}`],
    ] as const) {
      const period = `from=${dayOf(30)}&to=${dayOf(59)}${asked}`;
      const report = await get(`reports/collectors?${period}`);
      expect(report.before).toEqual({ from: dayOf(0), to: dayOf(29) });
      for (const actor of ['cora', 'carl']) {
        const own = report.items.find((one: { actor: string }) => one.actor === actor);
        const expected = slowly(30, 59, known)(actor);
        expect(own, `${actor} ${asked}`).toEqual({ actor, currency: 'EUR', ...expected, before: slowly(0, 29, known)(actor) });
        const records = (await get(`reports/collectors/contacts?actor=${actor}&currency=EUR&${period}`)).items;
        expect(records.length).toBe(expected.contacts);
        expect(records.reduce((sum: number, one: { receivedMinor: number }) => sum + one.receivedMinor, 0)).toBe(
          expected.receivedMinor,
        );
      }
    }
  });

  it('R4: what was lost on credit decisions is what the journal wrote off of the invoices after them, beside the period before and as known', async () => {
    const { rows: kept } = await suite.database.query<{ id: number }>('SELECT max(id) AS id FROM credit_decisions', []);
    const days = ['2027-04-11', '2027-04-12', '2027-04-13', '2027-04-14'];
    const items = (seed: number): RandomItem[] =>
      fc
        .sample(fc.record({ net: fc.integer({ min: 100, max: 50_000 }), share: fc.integer({ min: 0, max: 100 }) }), {
          seed,
          numRuns: 4,
        })
        .map(({ net, share }) => ({
          issued: 160,
          net,
          tax: 7,
          terms: 10,
          instalments: false,
          events: [{ kind: 'write-off', after: 0, share }],
        }));
    for (const [index, day] of days.entries()) {
      await suite.advanceTo(instant(day, '08:00:00'));
      await suite.database.query(
        `INSERT INTO credit_decisions (event_id, customer_id, kind, outcome, policy_version, facts, decision, actor, actor_verified, at)
         VALUES ($1, 'BUYER', 'review', $2, 1, '{}', '{}', 'test', true, $3)`,
        [randomUUID(), index % 2 === 0 ? 'keep' : 'raise', await suite.now()],
      );
      await bookCompany('EUR', items(index));
    }
    await suite.advanceTo(instant('2027-04-15', '08:00:00'));
    const { rows: decisions } = await suite.database.query<{ id: number; outcome: string; at: string }>(
      'SELECT id, outcome, at FROM credit_decisions WHERE id > $1 ORDER BY id',
      [kept[0]!.id],
    );
    const { rows: sold } = await suite.database.query<{ at: string; grossMinor: number; lostMinor: number; lostAt: string }>(
      `SELECT i.at, i.gross_minor AS "grossMinor", p.amount_minor AS "lostMinor", e.recorded_at AS "lostAt"
       FROM invoices i LEFT JOIN (journal_entries e JOIN postings p ON p.entry_id = e.id AND p.side = 'debit') ON e.invoice_id = i.id AND e.kind = 'write-off'
       WHERE i.customer_id = 'BUYER' AND i.kind = 'invoice' AND i.at > $1`,
      [decisions[0]!.at],
    );
    const slowly = (from: string, to: string, outcome: string, knownUntil = '9999') => {
      const own = decisions.filter((one) => one.at.slice(0, 10) >= from && one.at.slice(0, 10) <= to && one.outcome === outcome);
      const after = own.flatMap(({ id, at }) => {
        const next = decisions.find((one) => one.id > id)?.at ?? '9999';
        return sold.filter((one) => one.at >= at && one.at < next && one.at < knownUntil);
      });
      return {
        decisions: own.filter(({ at }) => at < knownUntil).length,
        invoicedMinor: after.reduce((sum, one) => sum + one.grossMinor, 0),
        lostMinor: after.reduce((sum, one) => sum + (one.lostAt !== null && one.lostAt < knownUntil ? one.lostMinor : 0), 0),
      };
    };
    const of = async (query: string, outcome: string) =>
      (await get(`reports/credit-decisions?${query}`, 'credit')).items.find(
        (one: { kind: string; outcome: string }) => one.kind === 'review' && one.outcome === outcome,
      );
    const period = 'from=2027-04-13&to=2027-04-14';
    for (const outcome of ['keep', 'raise']) {
      const now = await of(period, outcome);
      expect(now).toMatchObject(slowly('2027-04-13', '2027-04-14', outcome));
      expect(now.before).toMatchObject(slowly('2027-04-11', '2027-04-12', outcome));
      expect(now.lostMinor).toBeGreaterThan(0);
      const known = await of(`${period}&asKnownOn=2027-04-13`, outcome);
      expect(known).toMatchObject(slowly('2027-04-13', '2027-04-14', outcome, '2027-04-13T22'));
      expect(known.before).toMatchObject(slowly('2027-04-11', '2027-04-12', outcome, '2027-04-13T22'));
      const records = (
        await get(`reports/credit-decisions/records?currency=EUR&kind=review&outcome=${outcome}&${period}`, 'credit')
      ).items;
      expect(records).toMatchObject([{ customerId: 'BUYER', invoicedMinor: now.invoicedMinor, lostMinor: now.lostMinor }]);
    }
  });

  it('R4: what was known on a day ends with that day in the company’s time zone', async () => {
    const { asKnownAt } = await get('reports/measures?asKnownOn=2027-03-27');
    expect(new Date(asKnownAt).getTime()).toBe(new Date('2027-03-27T22:59:59.999Z').getTime());
    // Summer time began on the 28th.
    expect((await get('ledger/trial-balance?asKnownOn=2027-03-28')).asKnownAt).toContain('2027-03-28T21:59:59.999');
  });

  it('R1, R4: every figure is the one that is computed the slow way from the postings, for random small companies', async () => {
    const currencies = ['USD', 'GBP', 'CHF', 'SEK', 'NOK', 'DKK', 'PLN', 'CZK', 'HUF', 'RON'];
    const day = fc.integer({ min: 0, max: 100 });
    const share = fc.integer({ min: 0, max: 100 });
    const item = fc.record({
      issued: day,
      net: fc.integer({ min: 1, max: 100_000 }),
      tax: fc.integer({ min: 0, max: 20_000 }),
      terms: fc.integer({ min: 0, max: 60 }),
      instalments: fc.boolean(),
      events: fc.array(
        fc.record({
          kind: fc.constantFrom('receipt', 'credit-note', 'write-off', 'deposit-application'),
          after: fc.integer({ min: 0, max: 80 }),
          share,
        }),
        { maxLength: 3 },
      ),
    });
    const companyOf = (items: typeof item) => fc.array(items, { minLength: 1, maxLength: 8 });
    const closing = fc.constantFrom(null, '2026-11-30', '2027-01-31', '2027-02-28');
    // Up to which day months are kept, before and after what is booked late; with so few late movements a month is kept anew.
    const keeping = fc.record({ first: day, second: fc.integer({ min: 0, max: 200 }), lateMaximum: fc.constantFrom(2, 1_000) });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        companyOf(item),
        companyOf(item),
        day,
        share,
        closing,
        keeping,
        async (items, later, from, length, closed, kept) => {
          const currency = currencies[run % currencies.length]!;
          run += 1;
          const period = { from: onDay(from), to: onDay(Math.min(110, from + length)) };
          await suite.database.query('DELETE FROM kept_months', []);
          await suite.database.query('UPDATE books SET closed_through = NULL', []);
          const due = await bookCompany(currency, items);
          const before = await computeSlowly(currency, due, period);
          // What belongs to kept months and becomes known later is booked on its own day; to closed ones, on the first open day.
          await keep(kept.first, kept.lateMaximum);
          await suite.database.query('UPDATE books SET closed_through = $1', [closed]);
          const knownAt = await suite.now();
          const known = await measuresOf(`from=${period.from}&to=${period.to}`, currency).catch(() => undefined);
          for (const [id, value] of Object.entries(known ? before.measures : {})) {
            expect(known?.[id].value, `${id}, kept ${JSON.stringify(kept)}`).toBe(value === null ? null : rounded(value));
          }
          const half = Math.ceil(later.length / 2);
          for (const [id, schedule] of await bookCompany(currency, later.slice(0, half))) due.set(id, schedule);
          await keep(kept.second, kept.lateMaximum);
          for (const [id, schedule] of await bookCompany(currency, later.slice(half))) due.set(id, schedule);
          const asKnown = await measuresOf(`from=${period.from}&to=${period.to}&asKnownAt=${knownAt}`, currency).catch(
            () => undefined,
          );
          // What nobody knew anything of then may have documents by now, which are as they are known now.
          for (const id of known ? Object.keys(before.measures) : [])
            expect(asKnown?.[id].value, `${id} as known`).toBe(known?.[id].value);
          expect(await wrongOfKeptMonths()).toEqual([]);
          const slow = await computeSlowly(currency, due, period);
          const measured = await measuresOf(`from=${period.from}&to=${period.to}`, currency).catch(() => undefined);
          // An invoice of the period whose booking belongs to a later day is a document of it, too.
          if (slow.any) expect(measured).toBeDefined();
          if (!measured) return;
          for (const [id, value] of Object.entries(slow.measures)) {
            expect(measured[id].value, id).toBe(value === null ? null : rounded(value));
          }
          // Each part is the sum of its documents.
          for (const { parts } of Object.values(measured) as { parts: { documents?: string; unit: string; value: number }[] }[]) {
            for (const part of parts.filter(({ unit, documents }) => unit === 'minor' && documents)) {
              const query = `currency=${currency}&from=${period.from}&to=${period.to}&limit=200`;
              const { items: found } = await get(`reports/documents/${part.documents}?${query}`);
              expect(
                found.reduce((sum: number, one: { value: number }) => sum + one.value, 0),
                part.documents,
              ).toBe(part.value);
            }
          }
          const { currencies: aged } = await get(`receivables/ageing?asOf=${period.to}`);
          expect(aged.find((one: { currency: string }) => one.currency === currency)?.buckets ?? slow.nothing).toEqual(slow.ages);
        },
      ),
      // Each company has a currency of its own: a failing one is not made shorter.
      { numRuns: currencies.length, endOnFailure: true },
    );
  });

  it('R1, X1: a month is kept with all that was being booked meanwhile, once it is committed', async () => {
    await suite.database.query('DELETE FROM kept_months', []);
    const book = (work: () => Promise<void>) =>
      suite.database.transaction(async (tx) => {
        const entry = {
          eventId: randomUUID(),
          kind: 'reinstatement',
          bookedOn: onDay(3),
          currency: 'EUR',
          at: await suite.now(),
        };
        const { rows } = await tx.query<{ id: string }>("SELECT min(id) AS id FROM invoices WHERE customer_id = 'BUYER'", []);
        const moved = [{ invoiceId: rows[0]!.id, amountMinor: 1, functionalMinor: 1 }];
        const postings = [
          { account: 'accounts-receivable', side: 'debit', amountMinor: 1, functionalMinor: 1 },
          { account: 'impairment', side: 'credit', amountMinor: 1, functionalMinor: 1 },
        ] as const;
        await insertEntry(tx, { ...entry, invoiceId: rows[0]!.id }, postings, moved);
        await work();
      });
    await suite.database.query('UPDATE books SET closed_through = NULL', []);
    let keeping: Promise<number> | undefined;
    // A later entry is committed before an earlier one, while the month is being kept.
    await book(async () => {
      await book(async () => {});
      keeping = keep(40);
      // It waits for this entry: did it not, it would be done by then, and have missed it.
      await Promise.race([keeping, setTimeout(500)]);
    });
    expect(await keeping).toBe(1);
    expect(await wrongOfKeptMonths()).toEqual([]);
  });
});

interface RandomItem {
  issued: number;
  net: number;
  tax: number;
  terms: number;
  instalments: boolean;
  events: { kind: string; after: number; share: number }[];
}
type Schedule = { dueOn: string; amountMinor: number }[];

const netOf = (postings: Posting[], account: Account) =>
  postings
    .filter((posting) => posting.account === account)
    .reduce((sum, { side, amountMinor }) => sum + (side === 'debit' ? amountMinor : -amountMinor), 0);
const onDay = (number: number) => addDays('2026-11-01', number);

/** Keeps all months that are over on a day; gives how many were kept by then or given up to be kept anew. */
async function keep(on: number, lateMaximum = 1_000): Promise<number> {
  for (let runs = 0; ; runs += 1) {
    const { more } = await suite.database.transaction((tx) => keepMonths(tx, { today: onDay(on), lateMaximum }));
    if (!more) return runs;
  }
}
/** Whether what was kept of months is what the movements come to. */
async function wrongOfKeptMonths() {
  const own = invariants.filter(({ id }) => id.startsWith('kept-'));
  expect(own).toHaveLength(3);
  return (await Promise.all(own.map(({ sql }) => suite.database.query(sql)))).flatMap(({ rows }) => rows);
}

/** Books the items and what became of them, as the transactions book them; gives when each is due. */
async function bookCompany(currency: string, items: RandomItem[]): Promise<Map<string, Schedule>> {
  const due = new Map<string, Schedule>();
  const at = await suite.now();
  await suite.database.transaction(async (tx) => {
    const { closedThrough } = await readBooks(tx);
    const firstOpen = closedThrough === null ? onDay(0) : addDays(closedThrough, 1);
    for (const { issued, net, tax, terms, instalments, events } of items) {
      const id = `TST-${randomUUID()}`;
      const gross = net + tax;
      const first = Math.floor(gross / 2);
      const dueOn = onDay(issued + terms);
      const later = { dueOn: addDays(dueOn, 20), amountMinor: gross - first };
      const schedule = instalments && first > 0 ? [{ dueOn, amountMinor: first }, later] : [{ dueOn, amountMinor: gross }];
      due.set(id, schedule);
      await tx.query(
        `INSERT INTO invoices (id, kind, customer_id, payment_reference, currency, net_minor, tax_minor, gross_minor, open_minor, issued_on,
           due_on, dunning_policy_version, plan, holder_workflow_id, at)
         VALUES ($1, 'invoice', 'BUYER', $1, $2, $3, $4, $5, $5, $6, $7, 1, '[]', $1, $8)`,
        [id, currency, net, tax, gross, onDay(issued), dueOn, at],
      );
      if (schedule.length > 1) {
        for (const [index, part] of schedule.entries()) {
          await tx.query('INSERT INTO invoice_instalments (invoice_id, number, due_on, amount_minor) VALUES ($1, $2, $3, $4)', [
            id,
            index + 1,
            part.dueOn,
            part.amountMinor,
          ]);
        }
      }
      // As it stands in the books, without rates: what is reported is in the currency of the documents.
      const entry = async (kind: string, on: number, postings: Posting[]) => {
        if (postings.length === 0) return;
        const amountMinor = netOf(postings, 'accounts-receivable');
        await insertEntry(
          tx,
          {
            eventId: randomUUID(),
            kind,
            bookedOn: [onDay(on), firstOpen].sort()[1]!,
            currency,
            customerId: 'BUYER',
            invoiceId: id,
            at,
          },
          postings.map((posting) => ({ ...posting, functionalMinor: posting.amountMinor })),
          amountMinor === 0 ? [] : [{ invoiceId: id, amountMinor, functionalMinor: amountMinor }],
        );
      };
      await entry('invoice', issued, invoiceIssued({ netMinor: net, taxMinor: tax }));
      let open = gross;
      let on = issued;
      for (const { kind, after, share } of events) {
        on += after;
        const amountMinor = Math.floor((open * share) / 100);
        open -= kind === 'credit-note' ? 0 : amountMinor;
        if (kind === 'receipt') await entry(kind, on, receiptApplied({ amountMinor }));
        if (kind === 'write-off') await entry(kind, on, writtenOff({ amountMinor }));
        if (kind === 'deposit-application') await entry(kind, on, depositApplied({ amountMinor }));
        if (kind === 'credit-note') {
          const applied = Math.min(open, amountMinor + 3);
          await entry(
            kind,
            on,
            creditNoteIssued({ of: 'invoice', netMinor: amountMinor + 3, taxMinor: 0, appliedMinor: applied }),
          );
          open -= applied;
        }
      }
    }
  });
  return due;
}

/** The measures from nothing but the journal and the due dates. */
async function computeSlowly(currency: string, due: Map<string, Schedule>, period: { from: string; to: string }) {
  const { rows: entries } = await suite.database.query<{ kind: string; on: string; invoiceId: string; postings: Posting[] }>(
    `SELECT e.kind, e.booked_on AS on, e.invoice_id AS "invoiceId",
       jsonb_agg(jsonb_build_object('account', p.account, 'side', p.side, 'amountMinor', p.amount_minor)) AS postings
     FROM journal_entries e JOIN postings p ON p.entry_id = e.id WHERE e.currency = $1 AND e.invoice_id = ANY ($2) GROUP BY e.id`,
    [currency, [...due.keys()]],
  );
  const net = (all: typeof entries, account: Account) =>
    netOf(
      all.flatMap(({ postings }) => postings),
      account,
    );
  const debits = (all: typeof entries) =>
    all.flatMap(({ postings }) => postings.filter(({ side }) => side === 'debit')).reduce((sum, one) => sum + one.amountMinor, 0);
  const upTo = (day: string) => entries.filter(({ on }) => on <= day);
  const within = ({ from, to }: { from: string; to: string }, kind: string) =>
    entries.filter((one) => one.kind === kind && one.on >= from && one.on <= to);
  const agesOf = (day: string): Record<AgeingBucket, number> =>
    ageItems(
      [...due].flatMap(([id, schedule]) => {
        let open = net(
          upTo(day).filter(({ invoiceId }) => invoiceId === id),
          'accounts-receivable',
        );
        return schedule.toReversed().map(({ dueOn, amountMinor }) => {
          const openMinor = Math.min(open, amountMinor);
          open -= openMinor;
          return { dueOn, openMinor };
        });
      }),
      day,
    );
  const salesOf = (days: { from: string; to: string }) =>
    net([...within(days, 'invoice'), ...within(days, 'deposit-application')], 'accounts-receivable') -
    debits(within(days, 'credit-note'));
  const receivablesMinor = net(upTo(period.to), 'accounts-receivable');
  const ages = agesOf(period.to);
  const part = { receivablesMinor, currentMinor: ages.current, salesMinor: salesOf(period), days: daysOf(period) };
  const settled = [...due].flatMap(([id, schedule]) => {
    const own = upTo(period.to).filter(({ invoiceId }) => invoiceId === id);
    const down = own.filter((one) => net([one], 'accounts-receivable') < 0);
    const last = down.map(({ on }) => on).sort((left, right) => (left < right ? 1 : -1))[0];
    const paid = down.some(({ kind }) => kind === 'receipt' || kind === 'write-off');
    if (own.length === 0 || net(own, 'accounts-receivable') !== 0 || !paid || last! < period.from) return [];
    return [!down.some(({ kind }) => kind === 'write-off') && last! <= schedule.at(-1)!.dueOn];
  });
  const dso = daysSalesOutstanding(part);
  const best = bestPossibleDso(part);
  return {
    any: upTo(period.to).length > 0,
    ages,
    nothing: { current: 0, '1-30': 0, '31-60': 0, '61-90': 0, '91+': 0 },
    measures: {
      dso,
      'best-possible-dso': best,
      'average-days-delinquent': averageDaysDelinquent(dso, best),
      'countback-dso': countbackDso(
        receivablesMinor,
        monthsBack(period.to, 13).map((month) => ({ salesMinor: salesOf(month), days: daysOf(month) })),
      ),
      'collection-effectiveness': collectionEffectiveness({
        openingMinor: net(upTo(addDays(period.from, -1)), 'accounts-receivable'),
        salesMinor: part.salesMinor,
        closingMinor: receivablesMinor,
        closingCurrentMinor: ages.current,
        writtenOffMinor: -net(within(period, 'write-off'), 'accounts-receivable'),
      }),
      'on-time-payment': settled.length === 0 ? null : (settled.filter(Boolean).length / settled.length) * 100,
    },
  };
}
