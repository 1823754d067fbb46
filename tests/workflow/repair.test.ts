import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { checkWorkflowsWhenDue } from '../../activities/workflow-check.ts';
import { type Database, openDatabase } from '../../db/client.ts';
import { releaseOrder } from '../../db/transactions/release-order.ts';
import { takeOverOrder } from '../../db/transactions/take-over-order.ts';
import { addDays } from '../../domain/time.ts';
import { checkWorkflows } from '../../outbox/check-workflows.ts';
import { confirmPick, creditDecision, liveOrder } from '../../workflows/messages.ts';
import { type Api, startApi } from '../api/client.ts';
import {
  addCustomer,
  addProduct,
  address,
  addStock,
  announced,
  ask,
  becomes,
  instant,
  invoiced,
  openingItem,
  openShipments,
  order,
  orderStatus,
  pay,
  pickAndPack,
  setUpCompany,
  shipmentsInWork,
  timeline,
} from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { eventually, type Suite, startSuite } from '../suite.ts';

/* What an operator repairs: a workflow that is gone, that cannot go on, or that is of another time than the database; and messages. */
let suite: Suite;
let api: Api;
let owner: Database;
beforeAll(async () => {
  suite = await startSuite();
  await suite.setClock(instant('2027-03-01', '08:00:00'));
  api = await startApi(suite);
  owner = openDatabase({ url: suite.databaseUrl, maxConnections: 2 });
  await setUpCompany(suite.database);
  await addCustomer(suite.database, 'MENDED', { limitMinor: 100_000_000, backOrderAllowed: true });
  await addProduct(suite.database, 'LAMP', 10_000);
  await addProduct(suite.database, 'RARE', 10_000);
  await addStock(suite, 'LAMP', 500, 4_000);
});
afterEach(() => checkInvariants(suite.database));
afterAll(async () => {
  await owner?.close();
  await api?.stop();
  await suite?.stop();
});

const place = (lines = [{ sku: 'LAMP', quantity: 2 }]) => order(suite, 'MENDED', lines);
const lose = (workflowId: string) => suite.client.workflow.getHandle(workflowId).terminate('lost with its database');
const check = async () => (await api.get('/v1/operations/workflows', 'admin')).body;
const restart = (body: object) => api.post('/v1/operations/workflows/restart', 'admin', { reason: 'a test lost them', ...body });

/** Checks as the schedule does; what became of the job, and how many tasks tell of it. */
async function nightly() {
  await checkWorkflowsWhenDue(suite.database, () => checkWorkflows(suite.database, suite.client), await suite.now());
  const { rows } = await suite.database.query(
    `SELECT outcome, problem, (SELECT count(*)::int FROM tasks WHERE kind = 'job-failed' AND status = 'open') AS unfinished
     FROM jobs WHERE name = 'workflow-check'`,
  );
  return rows[0];
}

/** Each turn of the order's life, how often it is told. */
async function told(orderId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { action } of await timeline(suite.database, orderId)) counts[action] = (counts[action] ?? 0) + 1;
  return counts;
}

describe('workflows that are gone', () => {
  it('X8: orders at every stage whose workflows were lost are found, start again where they stand, and come to their end once', async () => {
    // In the warehouse, picked and not packed, on its way with an open invoice, on back-order, paid meanwhile; and an item without an order.
    const picking = await place();
    const packing = await place();
    const open = await place();
    const paid = await place();
    const backOrdered = await place([{ sku: 'RARE', quantity: 1 }]);
    const item = await openingItem(suite, 'MENDED', 9_000, '2027-02-01', '2027-03-20');
    await shipmentsInWork(suite, picking);
    const [packed] = await shipmentsInWork(suite, packing);
    await ask(suite, packing, confirmPick, {
      shipmentId: packed!,
      short: [],
      packed: false,
      actor: { name: 'warehouse', verified: true },
    });
    for (const orderId of [open, paid]) await pickAndPack(suite, orderId, (await shipmentsInWork(suite, orderId))[0]!);
    const [openInvoice] = await invoiced(suite, open);
    const [paidInvoice] = await invoiced(suite, paid);
    await becomes(suite, backOrdered, 'back-ordered');
    await suite.advanceTo(instant(addDays(openInvoice!.dueOn, 2)));
    const letters = await announced(suite.database, 'MENDED');
    expect((await check()).missingCount).toBe(0);

    const lost = [picking, packing, open, paid, backOrdered, `receivable:${item}`].sort();
    for (const workflowId of lost) await lose(workflowId);
    // What happens meanwhile is told to nobody.
    await pay(suite, 'MENDED', paidInvoice!.openMinor, paidInvoice!.paymentReference);
    await addStock(suite, 'RARE', 5, 4_000);
    await eventually(async () => (await check()).missingCount === lost.length);
    expect((await check()).missing.map(({ workflowId }: { workflowId: string }) => workflowId)).toEqual(lost);

    expect(await nightly()).toMatchObject({ outcome: 'failed', unfinished: 1 });
    const answer = await restart({});
    expect(answer.body).toMatchObject({ restarted: lost, left: 0 });
    await becomes(suite, paid, 'closed');
    await eventually(async () => (await suite.client.workflow.getHandle(open).query(liveOrder)).stage === 'collections');
    // Overdue invoices keep the rest back until they are paid, as they would have without the loss.
    for (const id of [openInvoice!.id, item]) {
      const { rows } = await suite.database.query<{ openMinor: number }>(
        'SELECT open_minor AS "openMinor" FROM invoices WHERE id = $1',
        [id],
      );
      await pay(suite, 'MENDED', rows[0]!.openMinor, id);
    }
    await becomes(suite, open, 'closed');
    await pickAndPack(suite, picking, (await openShipments(suite.database, picking))[0]!);
    expect((await api.post(`/v1/shipments/${packed}/pack`, 'warehouse', {})).status).toBe(200);
    await pickAndPack(suite, backOrdered, (await shipmentsInWork(suite, backOrdered))[0]!);
    for (const orderId of [picking, packing, backOrdered]) {
      const [invoice] = await invoiced(suite, orderId);
      await pay(suite, 'MENDED', invoice!.openMinor, invoice!.paymentReference);
      await becomes(suite, orderId, 'closed');
    }
    for (const orderId of [picking, packing, open, paid, backOrdered]) {
      expect(await told(orderId)).toMatchObject({ 'goods-issued': 1, invoiced: 1, closed: 1, 'workflow-restarted': 1 });
      expect(await suite.client.workflow.getHandle(orderId).result()).toEqual({ orderStatus: 'closed' });
    }
    const booked = suite.carrierRequests.filter(({ kind }) => kind === 'book').map(({ key }) => key);
    expect(new Set(booked).size).toBe(booked.length);
    // Letters from before went out once.
    expect((await announced(suite.database, 'MENDED')).filter((key) => letters.includes(key))).toEqual(letters);
    await eventually(async () => (await check()).missingCount === 0);
    expect(await nightly()).toMatchObject({ outcome: 'done', unfinished: 0 });
    expect((await restart({})).body).toEqual({ restarted: [], messages: 0, left: 0 });
  });

  it('X8: an order that is started again while it runs keeps its run, unless that is to be replaced', async () => {
    const orderId = await place();
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    const runId = async () => (await suite.client.workflow.getHandle(orderId).describe()).runId;
    const first = await runId();
    expect((await restart({ workflowIds: [orderId] })).body.restarted).toEqual([]);
    expect(await told(orderId)).not.toHaveProperty('workflow-restarted');
    expect(await runId()).toBe(first);
    expect((await restart({ workflowIds: [orderId], replaceRunning: true })).body.restarted).toEqual([orderId]);
    await eventually(async () => (await runId()) !== first);
    await pickAndPack(suite, orderId, shipmentId!);
    await invoiced(suite, orderId);
    expect(await told(orderId)).toMatchObject({ 'goods-issued': 1, invoiced: 1, 'workflow-restarted': 1 });
    // What has ended is left alone, and so is what was never there.
    expect((await restart({ workflowIds: ['ORD-999999'] })).body.restarted).toEqual([]);
    expect((await restart({ replaceRunning: true })).body.errors).toMatchObject([{ path: '/workflowIds' }]);
    expect((await api.post('/v1/operations/workflows/restart', 'finance', { reason: 'curious' })).status).toBe(403);
  });

  it('X8: a workflow that is reset to its first step walks its way again, and every effect stays single', async () => {
    const orderId = await place();
    await pickAndPack(suite, orderId, (await shipmentsInWork(suite, orderId))[0]!);
    const [invoice] = await invoiced(suite, orderId);
    const { firstTask, runId } = await firstWorkflowTask(orderId);
    await suite.client.workflowService.resetWorkflowExecution({
      namespace: suite.client.options.namespace,
      workflowExecution: { workflowId: orderId, runId },
      reason: 'a repair',
      workflowTaskFinishEventId: firstTask as never,
      requestId: 'repair',
    });
    await pay(suite, 'MENDED', invoice!.openMinor, invoice!.paymentReference);
    await becomes(suite, orderId, 'closed');
    expect(await told(orderId)).toMatchObject({ 'goods-issued': 1, invoiced: 1, closed: 1 });
  });

  it('X8, S1: a carrier that refused an earlier run is asked under the next number, and each of its refusals is one task', async () => {
    const shipTo = (street: string) => ({ ...address, street });
    const orderId = await order(suite, 'MENDED', [{ sku: 'LAMP', quantity: 1 }], { shipTo: shipTo('1 sim-bad-address Road') });
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, shipmentId!);
    const keys = () => suite.carrierRequests.map(({ key }) => key).filter((key) => key.startsWith(shipmentId!));
    const refusals = async () => {
      const { rows } = await suite.database.query<{ tasks: number; stands: boolean }>(
        `SELECT (SELECT count(*)::int FROM tasks WHERE order_id = $1 AND kind = 'carrier-refused') AS tasks,
           carrier_refusal IS NOT NULL AS stands FROM shipments WHERE id = $2`,
        [orderId, shipmentId],
      );
      return rows[0]!;
    };
    const askAgain = (street: string) =>
      api.post(`/v1/shipments/${shipmentId}/ask-carrier-again`, 'shipping', { shipTo: shipTo(street), reason: 'a typo' });
    await eventually(async () => (await refusals()).stands);
    // While the refusal stands, the same request has the same answer, and no second task.
    await lose(orderId);
    await restart({ workflowIds: [orderId] });
    await eventually(async () => keys().length === 2);
    await lose(orderId);
    expect((await askAgain('2 sim-bad-address Road')).status).toBe(200);
    await restart({ workflowIds: [orderId] });
    await eventually(async () => (await refusals()).stands);
    expect(await refusals()).toEqual({ tasks: 2, stands: true });
    expect((await askAgain('3 Dock Road')).status).toBe(200);
    const [invoice] = await invoiced(suite, orderId);
    expect(keys()).toEqual([shipmentId, shipmentId, `${shipmentId}:2`, `${shipmentId}:3`]);
    await pay(suite, 'MENDED', invoice!.openMinor, invoice!.paymentReference);
    await becomes(suite, orderId, 'closed');
  });

  it('X8, C2: a decision that is sent by hand to a run that took over does not get the answer of an earlier one', async () => {
    await addCustomer(suite.database, 'REVIEWED');
    const orderId = await order(suite, 'REVIEWED', [{ sku: 'LAMP', quantity: 1 }]);
    await becomes(suite, orderId, 'credit-review');
    const decide = (limitMinor: number) =>
      suite.client.workflow.getHandle(orderId).signal(creditDecision, { decision: 'approve', limitMinor, by: 'anna' });
    await decide(600_000_000);
    await eventually(async () => (await told(orderId))['credit-decision-ignored'] === 1);
    await lose(orderId);
    await restart({ workflowIds: [orderId] });
    await eventually(async () => (await undelivered(orderId)) === 0);
    await decide(600_000_000);
    await eventually(async () => (await told(orderId))['credit-decision-ignored'] === 2);
    await decide(500_000);
    await becomes(suite, orderId, 'in-fulfilment');
  });

  it('X8: what a lost run still asks to release is not released, and the run that takes over asks under names of its own', async () => {
    await addProduct(suite.database, 'LATE', 10_000);
    const orderId = await place([{ sku: 'LATE', quantity: 1 }]);
    await becomes(suite, orderId, 'back-ordered');
    await lose(orderId);
    await addStock(suite, 'LATE', 1, 4_000);
    const at = await suite.now();
    const takeOver = () => suite.database.transaction((tx) => takeOverOrder(tx, { orderId, at }));
    const { round } = await takeOver();
    expect(round).toBe(1);
    const lost = await suite.database.transaction((tx) => releaseOrder(tx, { orderId, attempt: '1.2', at }));
    expect(lost).toEqual({ outcome: 'nothing-open' });
    expect((await takeOver()).round).toBe(2);
    await restart({ workflowIds: [orderId] });
    expect(await shipmentsInWork(suite, orderId)).toHaveLength(1);
    const { rows } = await suite.database.query(
      "SELECT step FROM steps WHERE subject = $1 AND step LIKE 'release:%' ORDER BY step",
      [orderId],
    );
    expect(rows.map(({ step }) => step)).toEqual(['release:1.0', 'release:1.2', 'release:2.0', 'release:3.0', 'release:4.1']);
  });

  it('X8: an order that PostgreSQL has forgotten is told of as a stray', async () => {
    const { workflowId } = await suite.client.workflow.start('receivableWorkflow', {
      taskQueue: 'nobody-works-here',
      workflowId: 'receivable:INV-2031-000001',
      args: [],
    });
    await eventually(async () => (await check()).strays.length > 0);
    expect((await check()).strays).toEqual([{ workflowId, isKnown: false }]);
    await suite.client.workflow.getHandle(workflowId).terminate();
  });

  it('X8, P2: the first holder of an item that a bounced payment gave a second one is no stray while the item is open', async () => {
    const item = await openingItem(suite, 'MENDED', 5_000, '2027-02-01', '2027-12-01');
    const holder = await suite.client.workflow.start('receivableWorkflow', {
      taskQueue: 'nobody-works-here',
      workflowId: `receivable:${item}:2`,
      args: [],
    });
    const strays = async () => (await check()).strays.map(({ workflowId }: { workflowId: string }) => workflowId);
    const listed = async () => {
      for await (const { workflowId } of suite.client.workflow.list({ query: "ExecutionStatus = 'Running'" }))
        if (workflowId === holder.workflowId) return true;
      return false;
    };
    await eventually(listed);
    expect(await strays()).not.toContain(holder.workflowId);
    await pay(suite, 'MENDED', 5_000, item);
    expect(await strays()).toContain(holder.workflowId);
    await holder.terminate();
  });
});

async function firstWorkflowTask(workflowId: string) {
  const handle = suite.client.workflow.getHandle(workflowId);
  const { runId } = await handle.describe();
  const { events } = await handle.fetchHistory();
  const completed = 7;
  return { runId, firstTask: events!.find(({ eventType }) => eventType === completed)!.eventId };
}

async function undelivered(subject: string): Promise<number> {
  const { rows } = await suite.database.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM outbox WHERE subject = $1 AND delivered_at IS NULL',
    [subject],
  );
  return rows[0]!.count;
}

describe('messages', () => {
  const messages = async (query: string) => (await api.get(`/v1/operations/messages?${query}`, 'admin')).body.items;

  it('X8: mails are held back while a provider is down, and go out when they are let go', async () => {
    const hold = (paused: boolean) =>
      api.put('/v1/operations/held-back/notice', 'admin', { paused, reason: 'the provider is down' });
    expect((await hold(true)).body).toEqual({ kind: 'notice', paused: true });
    const orderId = await place();
    await shipmentsInWork(suite, orderId);
    const [waiting] = await messages('kind=notice');
    expect(waiting).toMatchObject({ kind: 'notice', state: 'held-back', attempts: 0 });
    const health = (await api.get('/v1/operations', 'admin')).body;
    expect(health).toMatchObject({
      temporal: { reachable: true },
      heldBack: [{ kind: 'notice', reason: 'the provider is down' }],
    });
    expect(health.temporal.workers.length).toBeGreaterThan(0);
    expect(health.messages['held-back']).toBeGreaterThan(0);
    // Nobody is to be warned of what a person holds back.
    await owner.query("UPDATE outbox SET recorded_at = recorded_at - interval '1 hour' WHERE delivered_at IS NULL");
    await checkInvariants(suite.database);
    const sent = suite.mails.length;
    await hold(false);
    await hold(false);
    await eventually(async () => suite.mails.length > sent);
    const { rows } = await suite.database.query("SELECT action FROM audit_log WHERE action LIKE 'messages-%' ORDER BY sequence");
    expect(rows).toEqual([{ action: 'messages-held-back' }, { action: 'messages-released' }]);
    expect((await api.put('/v1/operations/held-back/notice', 'finance', { paused: true, reason: 'no' })).status).toBe(403);
    expect((await api.put('/v1/operations/held-back/nothing', 'admin', { paused: true, reason: 'no' })).status).toBe(400);
  });

  it('X8: a parked message goes out again when a person has removed its cause, and its task ends', async () => {
    const orderId = await place();
    await shipmentsInWork(suite, orderId);
    await eventually(async () => (await undelivered(orderId)) === 0);
    const { rows } = await owner.query<{ id: string }>(
      `INSERT INTO outbox (key, kind, subject, payload, attempts, parked_reason)
       VALUES ('signal:mended', 'signal', $1, $2, 1, 'a search attribute is missing') RETURNING id::text`,
      [orderId, JSON.stringify({ kind: 'signal', workflowId: orderId, hint: { signal: 'stockArrived' }, cause: 'mended' })],
    );
    const { id } = rows[0]!;
    await owner.query(
      `INSERT INTO tasks (key, kind, role, title, details, at) VALUES ('outbox:' || $1, 'parked-message', 'admin', 'parked', '{}', now())`,
      [id],
    );
    expect(await messages('state=parked')).toMatchObject([{ id, state: 'parked', problem: 'a search attribute is missing' }]);
    expect((await api.post(`/v1/operations/messages/${id}/retry`, 'receivables')).status).toBe(403);
    expect((await api.post(`/v1/operations/messages/${id}/retry`, 'admin')).body).toEqual({ id, key: 'signal:mended' });
    await eventually(async () => (await undelivered(orderId)) === 0);
    const task = await suite.database.query("SELECT status FROM tasks WHERE key = 'outbox:' || $1", [id]);
    expect(task.rows).toEqual([{ status: 'completed' }]);
    expect((await api.post(`/v1/operations/messages/${id}/retry`, 'admin')).body.type).toContain('message-delivered');
    expect((await api.post('/v1/operations/messages/999999/retry', 'admin')).status).toBe(404);
    expect(await orderStatus(suite.database, orderId)).toBe('in-fulfilment');
  });
});
