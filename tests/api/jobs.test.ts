import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../db/client.ts';
import { keepMonths } from '../../db/transactions/keep-months.ts';
import { runDueJobs } from '../../db/transactions/run-job.ts';
import { nextPickup } from '../../domain/pickups.ts';
import { plusSeconds } from '../../domain/time.ts';
import { scheduleJobs } from '../../workers/jobs-schedule.ts';
import { addCustomer, addProduct, addStock, instant, openingItem, order, setUpCompany, shipmentsInWork } from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { eventually, type Suite, startSuite } from '../suite.ts';
import { type Api, startApi } from './client.ts';

/* Work that comes round by the company clock, in the real engine. The clock begins on Monday, 1 March 2027, at 09:00 in Berlin. */
let suite: Suite;
let api: Api;
beforeAll(async () => {
  suite = await startSuite();
  await suite.setClock(instant('2027-03-01', '08:00:00'));
  api = await startApi(suite);
  await setUpCompany(suite.database);
  await addCustomer(suite.database, 'BUYER', { limitMinor: 100_000_000 });
  await addProduct(suite.database, 'DESK', 10_000);
  await addStock(suite, 'DESK', 100, 4_000);
});
afterAll(async () => {
  await api?.stop();
  await suite?.stop();
});

const jobs = async () => (await api.get('/v1/jobs', 'finance')).body.items;
const job = async (name: string) => (await jobs()).find((found: { name: string }) => found.name === name);
const audits = async () => (await api.get('/v1/shipping/audits', 'shipping')).body.items;
const failures = async (status: string) => (await api.get(`/v1/tasks?kind=job-failed&status=${status}`, 'admin')).body.items;

describe('jobs', () => {
  it('S4, C4, C5: what there is, and when it is due, is told to admin and finance', async () => {
    expect((await api.get('/v1/jobs', 'sales')).status).toBe(403);
    expect(await jobs()).toMatchObject([
      { name: 'missed-pickups', every: 'minute', outcome: null, nextDueAt: instant('2027-03-01', '08:00:00') },
      { name: 'credit-reviews', every: 'minute', outcome: null },
      { name: 'dispute-escalations', every: 'minute', outcome: null },
      { name: 'dunning-pauses', every: 'minute', outcome: null },
      { name: 'documentation-clocks', every: 'minute', outcome: null },
      { name: 'approval-renewals', every: 'day', ranFor: null, nextDueAt: instant('2027-03-01', '04:00:00') },
      { name: 'unbilled-shipments', every: 'minute' },
      { name: 'invoice-runs', every: 'day', nextDueAt: instant('2027-03-01', '01:00:00') },
      { name: 'risk-scores', every: 'day', nextDueAt: instant('2027-03-01', '03:00:00') },
      { name: 'carrier-audit', every: 'week', nextDueAt: instant('2027-03-01', '05:00:00') },
      { name: 'simulated-tracking', every: 'minute', outcome: null },
      { name: 'card-holds', every: 'day', nextDueAt: instant('2027-03-01', '01:00:00') },
      { name: 'simulated-gateway', every: 'minute', outcome: null },
      { name: 'integrity', every: 'day', nextDueAt: instant('2027-03-01', '02:00:00') },
      { name: 'audit-seals', every: 'minute', outcome: null },
      { name: 'statements', every: 'month', ranFor: null, nextDueAt: instant('2027-03-01', '06:00:00') },
      { name: 'overdue-review', every: 'month', ranFor: null, nextDueAt: instant('2027-03-01', '06:30:00') },
      { name: 'cash-forecast', every: 'week', ranFor: null, nextDueAt: instant('2027-03-01', '04:30:00') },
      { name: 'kept-months', every: 'day', ranFor: null, nextDueAt: instant('2027-03-01', '00:00:00') },
      { name: 'edi-acknowledgements', every: 'minute', outcome: null },
      { name: 'manifests', every: 'minute', outcome: null },
      { name: 'orders-mailbox', every: 'minute', outcome: null },
      { name: 'workflow-check', every: 'day', outcome: null },
    ]);
  });

  it('R1: a month is kept while goods are booked and nothing is owed yet', async () => {
    const { rows } = await suite.database.query('SELECT FROM receivable_movements');
    expect(rows).toEqual([]);
    const { result } = await suite.database.transaction((tx) => keepMonths(tx, { today: '2027-05-20' }));
    expect(result).toEqual({ kept: '2027-03-31' });
    await suite.database.query('DELETE FROM kept_months');
  });

  it('S1, S4, C4, C5: the company clock carries the jobs along', async () => {
    const calendar = {
      weekdays: [1, 2, 3, 4, 5],
      cutOff: '15:00',
      timeZone: 'Europe/Berlin',
      transitDays: 1,
      exceptions: [],
    };
    const path = `/v1/warehouses/WH-NORTH/pickup-calendars/${encodeURIComponent('Parcel Simulator')}`;
    expect((await api.put(path, 'shipping', calendar)).status).toBe(201);
    const orderId = await order(suite, 'BUYER', [{ sku: 'DESK', quantity: 2 }]);
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    await suite.database.query("UPDATE credit_accounts SET expires_at = '2027-03-20T12:00:00Z' WHERE customer_id = 'BUYER'");
    await openingItem(suite, 'BUYER', 5_000, '2027-02-01', '2027-03-08');

    // As the schedule does on the first day.
    await runDueJobs(suite.database, { at: await suite.now() });
    const to = instant('2027-03-17', '12:00:00');
    await suite.advanceTo(to);
    const plan = nextPickup({ ...calendar, carrier: 'Parcel Simulator', warehouseId: 'WH-NORTH' }, to, new Set())!;
    expect((await api.get(`/v1/shipments/${shipmentId}`, 'shipping')).body.pickup).toMatchObject({ on: plan.on });
    const moved = await suite.database.query<{ actor: string }>(
      "SELECT actor FROM audit_log WHERE order_id = $1 AND action = 'pickup-missed'",
      [orderId],
    );
    expect(moved.rows.length).toBeGreaterThan(0);
    expect(moved.rows.every(({ actor }) => actor === 'system')).toBe(true);
    expect(await audits()).toMatchObject([
      { from: '2027-02-22', to: '2027-02-28', actor: 'system' },
      { from: '2027-03-01', to: '2027-03-07' },
      { from: '2027-03-08', to: '2027-03-14' },
    ]);
    const renewals = (await api.get('/v1/tasks?kind=credit-renewal', 'credit')).body.items;
    expect(renewals).toMatchObject([{ customerId: 'BUYER', role: 'credit', status: 'open' }]);
    const { items } = (await api.get('/v1/risk/scores', 'credit')).body;
    expect(items).toMatchObject([{ customerId: 'BUYER', asOf: '2027-03-17' }]);
    expect(await jobs()).toMatchObject([
      { name: 'missed-pickups', outcome: 'done', ranFor: to, problem: null },
      { name: 'credit-reviews', outcome: 'done', ranFor: to, result: { escalated: 0 } },
      { name: 'dispute-escalations', outcome: 'done', result: { escalated: 0 } },
      { name: 'dunning-pauses', outcome: 'done', result: { kept: 0, broken: 0, heldOff: 0 } },
      { name: 'documentation-clocks', outcome: 'done', ranFor: to, result: { escalated: 0, lapsed: 0 } },
      { name: 'approval-renewals', outcome: 'done', nextDueAt: instant('2027-03-18', '04:00:00') },
      { name: 'unbilled-shipments', outcome: 'done', result: { flagged: 0 } },
      { name: 'invoice-runs', outcome: 'done', result: { invoiced: 0, failed: 0 } },
      { name: 'risk-scores', outcome: 'done', result: { customers: 1, modelVersion: null } },
      { name: 'carrier-audit', ranFor: instant('2027-03-15', '05:00:00'), nextDueAt: instant('2027-03-22', '05:00:00') },
      { name: 'simulated-tracking', outcome: 'done', ranFor: to, result: { planned: 0, reported: 0 } },
      { name: 'card-holds', outcome: 'done', result: { renewed: 0 } },
      { name: 'simulated-gateway', outcome: 'done', ranFor: to, result: { planned: 0, reported: 0 } },
      { name: 'integrity', outcome: 'done', result: { broken: [] } },
      { name: 'audit-seals', outcome: 'done' },
      { name: 'statements', ranFor: instant('2027-03-01', '06:00:00'), nextDueAt: instant('2027-04-01', '05:00:00') },
      {
        name: 'overdue-review',
        outcome: 'done',
        ranFor: instant('2027-03-01', '06:30:00'),
        result: { asOf: '2027-02-28', accounts: 0 },
      },
      { name: 'cash-forecast', outcome: 'done', ranFor: instant('2027-03-15', '04:30:00') },
      { name: 'kept-months', outcome: 'done', result: { kept: null } },
      { name: 'edi-acknowledgements', outcome: 'done', result: { missed: 0 } },
      { name: 'manifests', outcome: 'done', result: { closed: 0 } },
      { name: 'orders-mailbox', ranFor: null },
      { name: 'workflow-check', ranFor: null },
    ]);
    await checkInvariants(suite.database);
  });

  it('S4, X1: two workers at once, and again, run a job once for its time', async () => {
    const at = instant('2027-03-23', '12:00:00');
    await Promise.all(Array.from({ length: 6 }, () => runDueJobs(suite.database, { at })));
    expect(await runDueJobs(suite.database, { at })).toEqual({ ran: [], failed: [] });
    expect((await audits()).slice(3)).toMatchObject([{ from: '2027-03-15', to: '2027-03-21' }]);
  });

  it('S4: the targets say how often carriers are audited', async () => {
    const targets = {
      onTimeDispatchShareMinimum: 1,
      onTimeDeliveryShareMinimum: 1,
      missedPickupsPerShipmentMaximum: 0,
      transitDaysMaximum: 3,
      damageAndLossShareMaximum: 0,
      shipmentsMinimum: 1,
    };
    const save = (auditEvery: string) => api.post('/v1/policies/carrier-targets', 'shipping', { ...targets, auditEvery });
    expect((await save('month')).body.errors).toMatchObject([{ path: '/auditEvery' }]);
    expect((await save('day')).status).toBe(201);
    await runDueJobs(suite.database, { at: instant('2027-03-25', '12:00:00') });
    expect((await audits()).slice(4)).toMatchObject([
      { from: '2027-03-22', to: '2027-03-22' },
      { from: '2027-03-23', to: '2027-03-23' },
      { from: '2027-03-24', to: '2027-03-24' },
    ]);
  });

  it('S4, C5: a job that fails is told once, holds up no other, and is done when it can be', async () => {
    const owner = openDatabase({ url: suite.databaseUrl });
    try {
      await owner.query(
        `CREATE FUNCTION break_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken disk'; END $$`,
      );
      await owner.query('CREATE TRIGGER break_it BEFORE INSERT ON risk_scores EXECUTE FUNCTION break_it()');
      for (const minute of ['00', '01', '02']) {
        const { ran, failed } = await runDueJobs(suite.database, { at: instant('2027-03-26', `12:${minute}:00`) });
        expect([ran.includes('missed-pickups'), failed]).toEqual([true, ['risk-scores']]);
      }
      expect((await audits()).at(-1)).toMatchObject({ to: '2027-03-25' });
      expect(await job('risk-scores')).toMatchObject({
        outcome: 'failed',
        problem: 'broken disk',
        failingSince: instant('2027-03-26', '12:00:00'),
        nextDueAt: instant('2027-03-26', '03:00:00'),
      });
      expect(await failures('open')).toMatchObject([{ role: 'admin', title: 'The job risk-scores fails: broken disk' }]);
    } finally {
      await owner.query('DROP FUNCTION break_it CASCADE');
      await owner.close();
    }
    expect(await runDueJobs(suite.database, { at: instant('2027-03-26', '12:03:00') })).toMatchObject({ failed: [] });
    expect(await job('risk-scores')).toMatchObject({ outcome: 'done', problem: null, failingSince: null });
    expect(await failures('open')).toEqual([]);
    expect(await failures('completed')).toMatchObject([{ outcome: { reason: 'it ran again' } }]);
  });

  it('S4, X3: admin and finance run a job by hand, once per Idempotency-Key, with their name in the audit log', async () => {
    await suite.setClock(instant('2027-03-26', '14:00:00'));
    const key = { 'Idempotency-Key': randomUUID() };
    expect((await api.post('/v1/jobs/carrier-audit/run', 'shipping')).status).toBe(403);
    expect((await api.post('/v1/jobs/make-coffee/run', 'admin')).body).toMatchObject({ errors: [{ path: '/path/name' }] });
    const before = (await audits()).length;
    const ran = await api.post('/v1/jobs/carrier-audit/run', 'finance', undefined, key);
    expect(ran).toMatchObject({ status: 200, body: { result: { from: '2027-03-25', to: '2027-03-25' }, more: false } });
    expect((await api.post('/v1/jobs/carrier-audit/run', 'finance', undefined, key)).body).toEqual(ran.body);
    expect((await audits()).slice(before)).toMatchObject([{ id: ran.body.result.auditId, actor: 'finance' }]);
    const { rows } = await suite.database.query("SELECT actor, summary FROM audit_log WHERE action = 'job-run'");
    expect(rows).toEqual([{ actor: 'finance', summary: 'The job carrier-audit was run by hand' }]);
  });

  it('S1, C4: the schedule is there, once, and its looks run what is due', async () => {
    await suite.setClock(instant('2027-03-29', '12:00:00'));
    await scheduleJobs(suite.client);
    const handle = suite.client.schedule.getHandle('jobs');
    expect((await handle.describe()).spec.intervals).toMatchObject([{ every: 60_000 }]);
    // As a worker of another version finds it; every second, so that nobody waits for the minute.
    await handle.pause('repairs');
    await scheduleJobs(suite.client, { every: '1s' });
    const described = await handle.describe();
    expect(described).toMatchObject({
      state: { paused: true },
      policies: { overlap: 'SKIP', catchupWindow: 60_000 },
      action: { workflowType: 'jobsWorkflow' },
    });
    await handle.unpause();
    await eventually(async () => (await audits()).at(-1).to === '2027-03-28');
    expect((await job('approval-renewals')).ranFor).toBe(instant('2027-03-29', '03:00:00'));
    await eventually(async () => {
      const { info } = await handle.describe();
      return info.recentActions.length > 1;
    });
    await handle.delete();
    expect(await job('orders-mailbox')).toMatchObject({ outcome: 'done', result: { mailbox: 'off' } });
    expect(await job('workflow-check')).toMatchObject({ outcome: 'done' });
    // While the clock is moved, whoever moves it runs the jobs.
    const before = await job('missed-pickups');
    await suite.database.query("UPDATE company_clock SET advancing_to = '2027-04-01Z'");
    await suite.client.workflow.execute('jobsWorkflow', { workflowId: 'a-look', taskQueue: 'throughline' });
    expect((await job('missed-pickups')).ranAt).toBe(before.ranAt);
    await suite.database.query('UPDATE company_clock SET advancing_to = NULL');
    expect(plusSeconds(before.ranAt, 0) <= (await suite.now())).toBe(true);
  });
});
