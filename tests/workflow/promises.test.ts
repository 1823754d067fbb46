import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { customerFacts } from '../../db/queries/risk.ts';
import { readClock } from '../../db/statements/company.ts';
import { endDunningPauses } from '../../db/transactions/end-dunning-pauses.ts';
import { receivePayment } from '../../db/transactions/receive-payment.ts';
import { reversePayment } from '../../db/transactions/reverse-payment.ts';
import { runDueJobs } from '../../db/transactions/run-job.ts';
import { addDays } from '../../domain/time.ts';
import { type Api, startApi } from '../api/client.ts';
import {
  addCustomer,
  addProduct,
  addStock,
  becomes,
  instant,
  openingItem,
  order,
  orderStatus,
  pay,
  setUpCompany,
} from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { eventually, type Suite, startSuite, tester } from '../suite.ts';

/*
 * Promises to pay in the real engine, on one company clock. Every customer owes 100.00 since Sunday, 21 March 2027; it is Monday, 7
 * o'clock in Berlin, two hours before its first letter. A promise has three days of grace.
 */
let suite: Suite;
let api: Api;
const invoices: Record<string, string> = {};
const keys: Record<string, string> = {};
beforeAll(async () => {
  suite = await startSuite();
  await suite.setClock(instant('2027-03-22', '06:00:00'));
  await setUpCompany(suite.database);
  api = await startApi(suite);
  for (const id of ['CAREFUL', 'KEPT', 'BROKEN', 'PART', 'CASH', 'CHANGED', 'DEEP', 'HELD', 'FREED']) {
    await addCustomer(suite.database, id, { limitMinor: 1_000_000 });
    const dueOn = id === 'DEEP' ? '2027-02-05' : '2027-03-21';
    invoices[id] = await openingItem(suite, id, 10_000, '2027-01-05', dueOn);
    keys[id] = (await api.post('/v1/api-keys', 'admin', { name: id, roles: ['customer'], customerId: id })).body.key;
  }
  await eventually(async () => {
    const { rows } = await suite.database.query('SELECT 1 FROM invoices WHERE overdue_since IS NULL');
    return rows.length === 0;
  });
});
afterEach(() => checkInvariants(suite.database));
afterAll(async () => {
  await api?.stop();
  await suite?.stop();
});

const promise = (customerId: string, promisedOn: string, rest: object = {}, as = 'receivables', headers = {}) =>
  api.post(`/v1/customers/${customerId}/promises`, as, { amountMinor: 10_000, currency: 'EUR', promisedOn, ...rest }, headers);
const given = async (...how: Parameters<typeof promise>): Promise<string> => {
  const answered = await promise(...how);
  expect(answered.status, JSON.stringify(answered.body)).toBe(201);
  return answered.body.id;
};
const statusOf = async (id: string) => (await api.get(`/v1/promises/${id}`, 'receivables')).body.status;
const onHold = async (customerId: string) => (await api.get(`/v1/customers/${customerId}/account`, 'credit')).body.onHold;
const collectionsOf = async (customerId: string) =>
  (await api.get(`/v1/invoices/${invoices[customerId]}`, 'receivables')).body.collectionsSince;
const tasks = async (customerId: string) =>
  (await api.get('/v1/tasks?kind=broken-promise&limit=200', 'finance')).body.items.filter(
    (task: { customerId: string }) => task.customerId === customerId,
  );
const mails = (id: string) => suite.mails.filter(({ subject }) => subject.includes(id)).map(({ subject }) => subject);

async function letters(customerId: string) {
  const { rows } = await suite.database.query<{ on: string; level: number; openMinor: number }>(
    `SELECT (at AT TIME ZONE 'Europe/Berlin')::date AS on, (facts -> 'level')::int AS level,
       (facts -> 'items' -> 0 -> 'openMinor')::bigint AS "openMinor"
     FROM notices WHERE customer_id = $1 AND kind = 'dunning' AND status <> 'suppressed' ORDER BY at`,
    [customerId],
  );
  return rows;
}

describe('promises to pay and hold-offs', () => {
  it('P6: what is wrong with a promise is told with its path; a customer promises for itself alone, and all that is due', async () => {
    const faults = async (rest: object, as = 'receivables', on = '2027-04-05') => {
      const { status, body } = await promise('CAREFUL', on, rest, as);
      return [status, ...(body.errors ?? []).map(({ path, code }: { path: string; code: string }) => `${path} ${code}`)];
    };
    expect(await faults({}, keys.BROKEN)).toEqual([404]);
    expect(await faults({}, 'sales')).toEqual([403]);
    expect((await promise('NOBODY', '2027-04-05')).status).toBe(404);
    expect(await faults({ amountMinor: 0 })).toEqual([400, '/amountMinor too-small']);
    expect(await faults({ currency: 'USD' }, 'receivables', '2027-03-21')).toEqual([
      422,
      '/currency currency',
      '/promisedOn past-date',
    ]);
    expect(await faults({}, 'receivables', '2027-04-22')).toEqual([422, '/promisedOn too-late']);
    expect(await faults({ invoiceIds: [invoices.CAREFUL, invoices.BROKEN] })).toEqual([422, '/invoiceIds/1 unknown-invoice']);
    expect(await faults({ amountMinor: 10_001 })).toEqual([422, '/amountMinor more-than-open']);
    expect(await faults({ amountMinor: 9_999 }, keys.CAREFUL)).toEqual([422, '/amountMinor less-than-due']);

    const again = { 'Idempotency-Key': 'the-same-promise' };
    const id = await given('CAREFUL', '2027-04-05', {}, keys.CAREFUL, again);
    expect(await given('CAREFUL', '2027-04-05', {}, keys.CAREFUL, again)).toBe(id);
    expect(await faults({ invoiceIds: [invoices.CAREFUL] })).toEqual([422, '/invoiceIds/0 promised-already']);
    expect((await promise('CAREFUL', '2027-04-05')).body.type).toBe('/problems/nothing-open');
    expect((await api.get(`/v1/promises/${id}`, keys.CAREFUL!)).body).toMatchObject({
      status: 'open',
      invoiceIds: [invoices.CAREFUL],
      receiptsUntil: '2027-04-08',
    });
    expect((await api.get(`/v1/promises/${id}`, keys.BROKEN!)).status).toBe(404);
    expect((await api.get('/v1/promises', keys.BROKEN!)).body.items).toEqual([]);
    expect((await api.get(`/v1/promises?invoiceId=${invoices.CAREFUL}&status=open`, 'finance')).body.items).toHaveLength(1);
    const cancel = (as: string) => api.post(`/v1/promises/${id}/cancel`, as, { reason: 'paid by another way' });
    expect((await cancel(keys.CAREFUL!)).status).toBe(403);
    expect((await cancel('receivables')).body).toMatchObject({ status: 'cancelled', statusReason: 'paid by another way' });
    expect((await cancel('receivables')).status).toBe(409);
    const { items } = (await api.get(`/v1/invoices/${invoices.CAREFUL}/timeline`, keys.CAREFUL!)).body;
    expect(items.map(({ action }: { action: string }) => action)).toEqual(
      expect.arrayContaining(['promise-given', 'promise-cancelled']),
    );
  });

  it('P6, P4, P3, C5: letters and collections wait for a promise, the hold does not; kept, cancelled or broken, once, they go on', async () => {
    const kept = await given('KEPT', '2027-04-05', {}, keys.KEPT);
    const broken = await given('BROKEN', '2027-04-05', {}, keys.BROKEN);
    const part = await given('PART', '2027-04-05', { amountMinor: 4_000, invoiceIds: [invoices.PART] });
    const cash = await given('CASH', '2027-04-05');
    const changed = await given('CHANGED', '2027-04-05');
    const holdOff = (customerId: string, untilOn: string, as = 'receivables') =>
      api.post(`/v1/invoices/${invoices[customerId]}/hold-offs`, as, { untilOn, reason: 'its buyer is in hospital' });
    expect((await holdOff('HELD', '2027-03-22')).body.errors).toMatchObject([{ path: '/untilOn', code: 'out-of-range' }]);
    expect((await holdOff('HELD', '2027-04-07', keys.HELD)).status).toBe(403);
    const held = await holdOff('HELD', '2027-04-07');
    expect(held).toMatchObject({ status: 201, body: { invoiceId: invoices.HELD, untilOn: '2027-04-07', endedAt: null } });
    expect((await holdOff('HELD', '2027-04-08')).body.type).toBe('/problems/held-off-already');
    const freed = (await holdOff('FREED', '2027-04-07')).body.id;
    await suite.advanceTo(instant('2027-03-25'));
    expect(await letters('KEPT')).toEqual([]);
    expect(await onHold('KEPT')).toBe(true);
    // One that was cancelled before its letter was due is dunned as ever.
    expect(await letters('CAREFUL')).toEqual([{ on: '2027-03-22', level: 1, openMinor: 10_000 }]);
    expect(await letters('DEEP')).toHaveLength(1);

    await pay(suite, 'PART', 4_000, invoices.PART!);
    expect((await api.post(`/v1/promises/${changed}/cancel`, 'finance', { reason: 'will not pay' })).status).toBe(200);
    const free = () => api.post(`/v1/hold-offs/${freed}/end`, 'finance', { reason: 'its buyer is back' });
    expect((await free()).body).toMatchObject({ endReason: 'its buyer is back', endedAt: expect.any(String) });
    expect((await free()).status).toBe(409);
    await suite.advanceTo(instant('2027-04-04'));
    expect(await letters('FREED')).toMatchObject([{ on: '2027-03-26', level: 1 }]);
    expect(await letters('HELD')).toEqual([]);
    expect(await onHold('HELD')).toBe(true);
    await pay(suite, 'KEPT', 10_000, invoices.KEPT!);
    // Nobody knows yet what it pays: it counts all the same.
    await pay(suite, 'CASH', 10_000, 'no reference');
    expect(await statusOf(part)).toBe('kept');
    expect(await letters('PART')).toMatchObject([{ level: 1, openMinor: 6_000 }]);
    expect(await letters('CHANGED')).toEqual([{ on: '2027-03-26', level: 1, openMinor: 10_000 }]);

    await suite.advanceTo(instant('2027-04-08'));
    expect(await statusOf(broken)).toBe('open');
    expect(await letters('BROKEN')).toEqual([]);
    expect(await letters('HELD')).toEqual([{ on: '2027-04-07', level: 1, openMinor: 10_000 }]);
    expect((await api.get('/v1/hold-offs?customerId=HELD', 'finance')).body.items).toMatchObject([
      { id: held.body.id, endedBy: 'system', endReason: null },
    ]);
    const deep = await given('DEEP', '2027-04-15');

    await suite.advanceTo(instant('2027-04-09'));
    expect([await statusOf(kept), await statusOf(cash), await statusOf(broken)]).toEqual(['kept', 'kept', 'broken']);
    expect(await onHold('KEPT')).toBe(false);
    expect(await letters('BROKEN')).toEqual([{ on: '2027-04-09', level: 1, openMinor: 10_000 }]);
    expect(await tasks('BROKEN')).toMatchObject([{ role: 'receivables', invoiceId: invoices.BROKEN }]);
    expect(await tasks('KEPT')).toEqual([]);
    await eventually(async () => mails(broken).some((subject) => subject.includes('not received')));

    // The customer's own word is not taken again for what it has failed to pay; ours is, and the second time finance hears of it.
    expect((await promise('BROKEN', '2027-04-12', {}, keys.BROKEN)).body.errors).toMatchObject([{ code: 'broken-before' }]);
    const second = await given('BROKEN', '2027-04-12');
    await suite.advanceTo(instant('2027-04-17'));
    expect(await statusOf(second)).toBe('broken');
    expect((await tasks('BROKEN')).map(({ role }: { role: string }) => role)).toEqual(['receivables', 'finance']);
    expect(await letters('BROKEN')).toMatchObject([{ on: '2027-04-09' }, { on: '2027-04-16', level: 2 }]);
    // Its last letter was on 5 April, and collections would have had it on the twelfth.
    expect(await collectionsOf('DEEP')).toBeNull();
    await suite.advanceTo(instant('2027-04-19'));
    expect(await statusOf(deep)).toBe('broken');
    expect(await letters('DEEP')).toHaveLength(3);
    expect(await collectionsOf('DEEP')).toMatch(/^2027-04-19/);

    const at = await suite.now();
    await Promise.all([1, 2, 3].map(() => runDueJobs(suite.database, { at })));
    expect(await tasks('BROKEN')).toHaveLength(2);
    expect(mails(second)).toHaveLength(2);
    const { score } = (await api.get('/v1/customers/BROKEN/risk', 'credit')).body;
    expect(score).toMatchObject({ features: { brokenPromises: 2, unfoundedDisputes: 0 } });
    expect(score.words).toContain('2 broken promises to pay within a year (raises it)');
    await pay(suite, 'BROKEN', 10_000, invoices.BROKEN!);
    expect((await tasks('BROKEN')).map(({ status }: { status: string }) => status)).toEqual(['completed', 'completed']);
  });

  it('X5: what is forecast is what happens, at that time; and what would cancel it does', async () => {
    const { database } = suite;
    await suite.advanceTo(instant('2027-04-20', '06:00:00'));
    await addProduct(database, 'DESK', 10_000);
    await addStock(suite, 'DESK', 1, 4_000);
    await addCustomer(database, 'FORETOLD', { limitMinor: 1_000_000 });
    await database.query("UPDATE customers SET monthly_statements = true WHERE id = 'FORETOLD'");
    await database.query("UPDATE credit_accounts SET expires_at = '2027-06-14T22:00:00Z' WHERE customer_id = 'FORETOLD'");
    const invoiceId = await openingItem(suite, 'FORETOLD', 10_000, '2027-04-19', '2027-05-10');
    const key = (await api.post('/v1/api-keys', 'admin', { name: 'F', roles: ['customer'], customerId: 'FORETOLD' })).body.key;
    const orderId = await order(suite, 'FORETOLD', [{ sku: 'DESK', quantity: 1 }], { prepayment: true });
    await becomes(suite, orderId, 'awaiting-prepayment');
    const promised = await given('FORETOLD', '2027-05-12');
    interface Action {
      at: string;
      kind: string;
      what: string;
      record: string;
      invoiceIds: string[];
      by: { name: string; version: number; path: string } | null;
      cancelledBy: string[];
      told: string[];
    }
    const actions = async (path: string, as: string): Promise<Action[]> => {
      const { status, body } = await api.get(`/v1/${path}`, as);
      expect(status, JSON.stringify(body)).toBe(200);
      return body.items;
    };
    const ahead = () => actions('customers/FORETOLD/next-actions', 'sales');
    const forecast = await ahead();
    expect(forecast.map(({ kind, at }) => [kind, at.slice(0, 10)])).toEqual([
      ['prepayment-deadline', '2027-04-27'],
      ['reminder', '2027-04-29'],
      ['statement', '2027-05-01'],
      ['overdue', '2027-05-10'],
      ['promise-ends', '2027-05-15'],
      ['approval-renewal', '2027-05-16'],
      ['letter', '2027-05-16'],
      ['letter', '2027-05-25'],
      ['letter', '2027-06-09'],
      ['approval-ends', '2027-06-14'],
      ['collections', '2027-06-24'],
    ]);
    expect(forecast.find(({ kind }) => kind === 'letter')).toMatchObject({
      by: { name: 'dunning', version: 1, path: '/levels/0/daysOverdue' },
      told: ['customer'],
    });

    // The order has its own; its customer reads its own, in its words; nobody else reads either.
    const [deadline, ...rest] = await actions(`orders/${orderId}/next-actions`, 'sales');
    expect([deadline, rest]).toEqual([forecast[0], []]);
    const seen = await actions(`orders/${orderId}/next-actions`, key);
    expect(seen).toMatchObject([{ at: deadline?.at, by: null, what: expect.stringMatching(/^Pay .*120\.00 .*in advance/) }]);
    const own = await actions('customers/FORETOLD/next-actions', key);
    expect(own.map(({ kind }) => kind)).not.toContain('approval-renewal');
    expect((await api.get(`/v1/orders/${orderId}/next-actions`, keys.BROKEN!)).status).toBe(404);
    expect((await api.get('/v1/customers/FORETOLD/next-actions', keys.BROKEN!)).status).toBe(404);
    expect((await api.get('/v1/next-actions', key)).status).toBe(403);
    expect((await api.get('/v1/next-actions?through=2027-12-01', 'finance')).body.errors).toMatchObject([
      { path: '/query/through' },
    ]);

    // The company's list has them among the others', each page going on after the one before.
    const read: Action[] = [];
    let next: string | null = '';
    while (next !== null) {
      const { body } = await api.get(`/v1/next-actions?through=2027-05-17&limit=5${next && `&after=${next}`}`, 'finance');
      read.push(...body.items);
      next = body.next;
      const counted = body.days.reduce((sum: number, { count }: { count: number }) => sum + count, 0);
      if (next === null) expect(read).toHaveLength(counted);
    }
    const ofThem = read.filter(({ record }) => [orderId, invoiceId, promised, 'FORETOLD', deadline?.record].includes(record));
    expect(ofThem).toEqual(forecast.slice(0, 7));
    const letters = (await api.get('/v1/next-actions?through=2027-05-17&kind=letter&told=customer', 'finance')).body.items;
    expect(new Set(letters.map(({ kind }: Action) => kind))).toEqual(new Set(['letter']));

    const audited = async (action: string) =>
      (
        await database.query("SELECT at FROM audit_log WHERE customer_id = 'FORETOLD' AND action = $1 ORDER BY sequence", [
          action,
        ])
      ).rows;
    const noticed = async (kind: string) =>
      (await database.query("SELECT at FROM notices WHERE customer_id = 'FORETOLD' AND kind = $1 ORDER BY at", [kind])).rows;
    const happened: Record<string, () => Promise<{ at: string }[]>> = {
      'prepayment-deadline': () => audited('cancelled'),
      reminder: () => audited('reminded'),
      statement: () => noticed('statement'),
      overdue: () => audited('overdue'),
      'promise-ends': () => audited('promise-broken'),
      'approval-renewal': () => audited('approval-ends-soon'),
      letter: () => noticed('dunning'),
    };
    const week = forecast.slice(0, 7);
    // Timers fire at their instant however far the clock goes, jobs run where it stops; the morning before has had its own.
    const morning = instant('2027-05-15');
    for (const stop of [week[2]!.at, morning, ...week.slice(4).map(({ at }) => at)]) {
      await suite.advanceTo(stop);
      for (const { kind, at } of week) {
        const took = await eventually(async () => {
          const found = await happened[kind]!();
          return (at > stop || found.length > 0) && found;
        });
        if (at > stop) expect(took, `${kind} at ${stop}, before ${at}`).toEqual([]);
        else
          expect(Math.abs(Date.parse(took[0]!.at) - Date.parse(at)), `${kind} at ${took[0]!.at}, not ${at}`).toBeLessThan(60_000);
      }
    }
    expect(await orderStatus(database, orderId)).toBe('cancelled');
    const isNew = ({ kind }: Action) => kind === 'task-due' || kind === 'statement';
    expect((await ahead()).filter((action) => !isNew(action))).toEqual(forecast.slice(7));

    // Paid: no letter, no collections, neither foretold nor sent.
    await pay(suite, 'FORETOLD', 10_000, invoiceId);
    expect((await ahead()).filter(({ invoiceIds }) => invoiceIds.includes(invoiceId))).toEqual([]);
    await suite.advanceTo(instant('2027-05-26'));
    expect(await noticed('dunning')).toHaveLength(1);
  });

  it('P6, P2, C5: what money had kept that its bank takes back is open again before its day, and broken after it', async () => {
    const { database } = suite;
    const ids = ['BOUNCES', 'TOOLATE'];
    for (const id of ids) {
      await addCustomer(database, id, { limitMinor: 1_000_000 });
      invoices[id] = await openingItem(suite, id, 10_000, '2027-01-05', '2027-03-21');
    }
    const today = (await suite.now()).slice(0, 10);
    const promisedOn = addDays(today, 2);
    const [early, late] = [await given('BOUNCES', promisedOn), await given('TOOLATE', promisedOn)];
    const keep = async (customerId: string) => {
      const { paymentId } = await pay(suite, customerId, 10_000, invoices[customerId]!);
      const at = await suite.now();
      await database.transaction((tx) => endDunningPauses(tx, { at }));
      return paymentId;
    };
    const bounce = async (paymentId: string) => {
      const { at, offsetMs } = await readClock(database);
      await database.transaction((tx) =>
        reversePayment(tx, { paymentId, kind: 'bounce', reason: 'no funds', actor: tester, at, offsetMs }),
      );
    };
    const told = async (id: string) =>
      (
        await database.query<{ action: string }>(
          "SELECT action FROM audit_log WHERE action LIKE 'promise-%' AND after ->> 'promiseId' = $1 ORDER BY sequence",
          [id],
        )
      ).rows.map(({ action }) => action);
    const [first, other] = [await keep('BOUNCES'), await keep('TOOLATE')];
    expect([await statusOf(early), await statusOf(late)]).toEqual(['kept', 'kept']);
    await bounce(first);
    expect(await statusOf(early)).toBe('open');
    expect((await promise('BOUNCES', promisedOn)).body.type).toBe('/problems/nothing-open');
    // It comes again in time, and is kept by that.
    await keep('BOUNCES');
    expect(await told(early)).toEqual(['promise-given', 'promise-kept', 'promise-reopened', 'promise-kept']);

    await suite.advanceTo(instant(addDays(today, 6), '12:00:00'));
    await bounce(other);
    expect(await statusOf(late)).toBe('broken');
    expect(await told(late)).toEqual(['promise-given', 'promise-kept', 'promise-broken']);
    expect(await tasks('TOOLATE')).toMatchObject([{ kind: 'broken-promise', role: 'receivables' }]);
    const conduct = (id: string) => customerFacts(database, [id]).then((facts) => facts.get(id)!.conduct);
    expect(await conduct('TOOLATE')).toEqual([{ kind: 'broken-promise', on: addDays(today, 6) }]);
    expect(await conduct('BOUNCES')).toEqual([]);

    // The money had come in time after all: its bank line is matched once more, in two parts.
    const comes = async (valueOn: string) => {
      await pay(suite, 'TOOLATE', 5_000, invoices.TOOLATE!, valueOn);
      const at = await suite.now();
      await database.transaction((tx) => endDunningPauses(tx, { at }));
    };
    await comes(promisedOn);
    expect(await statusOf(late)).toBe('broken');
    await comes(addDays(promisedOn, 3));
    expect(await statusOf(late)).toBe('kept');
    expect(await told(late)).toEqual(['promise-given', 'promise-kept', 'promise-broken', 'promise-kept']);
    expect(await tasks('TOOLATE')).toMatchObject([{ status: 'completed' }]);
    expect(await conduct('TOOLATE')).toEqual([]);

    // Taken back once more it is broken once more, and its customer told again.
    const { rows } = await database.query<{ id: string }>(
      "SELECT id FROM payments WHERE customer_id = 'TOOLATE' ORDER BY id DESC LIMIT 1",
      [],
    );
    await suite.advanceTo(instant(addDays(today, 7), '12:00:00'));
    await bounce(rows[0]!.id);
    expect(await statusOf(late)).toBe('broken');
    const notices = await database.query(
      "SELECT 1 FROM notices WHERE customer_id = 'TOOLATE' AND kind = 'promise' AND facts ->> 'promiseStatus' = 'broken'",
      [],
    );
    expect(notices.rows).toHaveLength(2);
  });

  it('P6, P2: money that is matched after the look at a promise counts, whatever instant its statement began at', async () => {
    const { database } = suite;
    await addCustomer(database, 'MIDNIGHT', { limitMinor: 1_000_000 });
    invoices.MIDNIGHT = await openingItem(suite, 'MIDNIGHT', 10_000, '2027-01-05', '2027-03-21');
    const today = (await suite.now()).slice(0, 10);
    const id = await given('MIDNIGHT', today);
    const begun = await readClock(database);
    await suite.advanceTo(instant(addDays(today, 5), '12:00:00'));
    expect(await statusOf(id)).toBe('broken');
    await database.transaction((tx) =>
      receivePayment(tx, {
        customerId: 'MIDNIGHT',
        method: 'bank-transfer',
        currency: 'EUR',
        amountMinor: 10_000,
        valueOn: today,
        invoiceIds: [invoices.MIDNIGHT!],
        actor: tester,
        ...begun,
      }),
    );
    const at = await suite.now();
    await database.transaction((tx) => endDunningPauses(tx, { at }));
    expect(await statusOf(id)).toBe('kept');
  });

  it('P6: one sum that waits keeps one promise, also when the first is kept days before the second is due', async () => {
    const { database } = suite;
    await addCustomer(database, 'ONESUM', { limitMinor: 1_000_000 });
    const items = [
      await openingItem(suite, 'ONESUM', 10_000, '2027-01-05', '2027-03-21'),
      await openingItem(suite, 'ONESUM', 10_000, '2027-01-05', '2027-03-21'),
    ];
    const today = (await suite.now()).slice(0, 10);
    const [one, two] = [
      await given('ONESUM', today, { invoiceIds: [items[0]] }),
      await given('ONESUM', addDays(today, 2), { invoiceIds: [items[1]] }),
    ];
    await pay(suite, 'ONESUM', 10_000, 'no reference');
    const look = async () => {
      const at = await suite.now();
      await database.transaction((tx) => endDunningPauses(tx, { at }));
    };
    await look();
    expect([await statusOf(one), await statusOf(two)]).toEqual(['kept', 'open']);
    await suite.advanceTo(instant(addDays(today, 6), '12:00:00'));
    await look();
    expect([await statusOf(one), await statusOf(two)]).toEqual(['kept', 'broken']);
  });
});
