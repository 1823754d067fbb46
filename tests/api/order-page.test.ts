import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../api/routes/index.ts';
import { type OrderAction, rolesByAction } from '../../domain/order-standing.ts';
import {
  addCustomer,
  addProduct,
  addStock,
  becomes,
  invoiced,
  order,
  pay,
  pickAndPack,
  setUpCompany,
  shipmentsInWork,
} from '../company.ts';
import { type Suite, startSuite } from '../suite.ts';
import { type Api, startApi } from './client.ts';

let suite: Suite;
let api: Api;
let ours: string;
let theirs: string;
beforeAll(async () => {
  suite = await startSuite();
  api = await startApi(suite);
  await setUpCompany(suite.database);
  await addCustomer(suite.database, 'HAFENKANTE', { limitMinor: 100_000 });
  await addCustomer(suite.database, 'NORDLICHT', { limitMinor: 1_000_000 });
  await addProduct(suite.database, 'DESK', 10_000);
  await addStock(suite, 'DESK', 100, 4_000);
  const made = await api.post('/v1/api-keys', 'admin', { name: 'buyer', roles: ['customer'], customerId: 'NORDLICHT' });
  api.keys.buyer = made.body.key;
  ours = await order(suite, 'NORDLICHT', [{ sku: 'DESK', quantity: 1 }], { externalReference: 'PO 4711' });
  theirs = await order(suite, 'HAFENKANTE', [{ sku: 'DESK', quantity: 20 }]);
  await becomes(suite, ours, 'in-fulfilment');
  await becomes(suite, theirs, 'over-limit');
});
afterAll(async () => {
  await api?.stop();
  await suite?.stop();
});

const standing = async (id: string, as: string) => (await api.get(`/v1/orders/${id}/standing`, as)).body;
const kinds = async (q: string, as = 'sales'): Promise<string[]> =>
  (await api.get(`/v1/search?q=${encodeURIComponent(q)}`, as)).body.items.map(
    ({ kind, id }: { kind: string; id: string }) => `${kind} ${id}`,
  );

describe('the page of an order', () => {
  it('O5: says where it stands, why it waits, until when, who can move it and what the asker can do', async () => {
    const seen = await standing(theirs, 'credit');
    expect(seen.lane.find(({ state }: { state: string }) => state === 'now').stage).toBe('credit');
    expect(seen.reason).not.toBeNull();
    expect(seen.until).toMatch(/^\d{4}-.*Z$/);
    expect(seen.movedBy).toMatchObject([{ role: 'credit', taskId: expect.stringMatching(/^TSK-/) }]);
    expect(seen.actions).toEqual(['decide-credit', 'prepay']);
    expect((await standing(theirs, 'warehouse')).actions).toEqual([]);
  });

  it('O5: a customer sees its own order without our reasons, tasks and people', async () => {
    expect(await standing(ours, 'buyer')).toMatchObject({ reason: null, until: null, movedBy: [], actions: ['amend', 'cancel'] });
    for (const part of ['standing', 'events']) expect((await api.get(`/v1/orders/${theirs}/${part}`, 'buyer')).status).toBe(404);
  });

  it('O5: a customer who has to choose is told until when, and everybody that it is the customer’s move', async () => {
    await addProduct(suite.database, 'LAMP', 1_000);
    await addStock(suite, 'LAMP', 3, 400);
    const short = await order(suite, 'NORDLICHT', [{ sku: 'LAMP', quantity: 3 }]);
    const [shipmentId] = await shipmentsInWork(suite, short);
    await pickAndPack(suite, short, shipmentId!, [{ lineNumber: 1, pickedQuantity: 1 }]);
    await becomes(suite, short, 'awaiting-choice');
    const { rows } = await suite.database.query('SELECT choice_due_at AS "dueAt" FROM orders WHERE id = $1', [short]);
    const customer = { role: 'customer', person: null, taskId: null };
    expect(await standing(short, 'buyer')).toMatchObject({ until: rows[0].dueAt, movedBy: [customer] });
    const staff = await standing(short, 'sales');
    expect(staff.until).toBe(rows[0].dueAt);
    expect(staff.movedBy[0]).toEqual(customer);
  });

  it('R4, O5: says how it stood at any moment since it was placed, from what was written down then', async () => {
    const sold = await order(suite, 'NORDLICHT', [{ sku: 'DESK', quantity: 2 }]);
    await pickAndPack(suite, sold, (await shipmentsInWork(suite, sold))[0]!);
    const [invoice] = await invoiced(suite, sold, 1);
    await pay(suite, 'NORDLICHT', 5_000, invoice!.id);
    const asOf = (at: string, as = 'sales') => api.get(`/v1/orders/${sold}/as-of?at=${at}`, as);
    const told: { at: string; action: string }[] = (await api.get(`/v1/orders/${sold}/timeline`, 'sales')).body.items;
    const momentOf = (action: string) => told.find((entry) => entry.action === action)!.at;
    const asReleased = (await asOf(momentOf('released-to-warehouse'), 'buyer')).body;
    expect(asReleased).toMatchObject({
      status: 'in-fulfilment',
      units: { released: 2, shipped: 0, delivered: 0 },
      invoices: [],
      heldMinor: 24_000,
    });
    expect(asReleased.lane).toContainEqual({ stage: 'fulfilment', state: 'now' });
    const asInvoiced = (await asOf(momentOf('invoiced'))).body;
    expect(asInvoiced).toMatchObject({
      units: { released: 2, shipped: 2, delivered: 0 },
      invoices: [{ id: invoice!.id, grossMinor: invoice!.grossMinor, openMinor: invoice!.grossMinor, overdue: false }],
      heldMinor: 0,
    });
    const now = (await asOf(await suite.now())).body;
    expect(now.invoices).toMatchObject([{ openMinor: invoice!.grossMinor - 5_000 }]);
    expect(now.status).toBe('invoiced');
    expect(now.lane).toEqual((await standing(sold, 'sales')).lane);
    // What was overdue stays so in the past, though it is paid now.
    const late = new Date(Date.parse(await suite.now()) + 45 * 86_400_000).toISOString();
    await suite.advanceTo(late);
    await pay(suite, 'NORDLICHT', invoice!.grossMinor - 5_000, invoice!.id);
    const wasLate = (await asOf(late)).body;
    expect(wasLate.invoices).toMatchObject([{ openMinor: invoice!.grossMinor - 5_000, overdue: true }]);
    expect(wasLate.lane).toContainEqual({ stage: 'collections', state: 'now' });
    expect((await asOf(await suite.now())).body.invoices).toMatchObject([{ openMinor: 0, overdue: false }]);
    expect(await asOf('2020-01-01T00:00:00Z')).toMatchObject({ status: 422, body: { type: '/problems/before-the-order' } });
    expect((await asOf('yesterday')).status).toBe(400);
    expect((await api.get(`/v1/orders/${theirs}/as-of?at=${await suite.now()}`, 'buyer')).status).toBe(404);
  });

  it('X3: an action is offered to exactly the roles of its route', () => {
    const paths: Record<OrderAction, string> = {
      amend: 'amend',
      cancel: 'cancel',
      'decide-credit': 'credit-decision',
      prepay: 'prepay',
      'give-card': 'card',
      'choose-shortage': 'shortage-choice',
    };
    for (const [action, path] of Object.entries(paths)) {
      const route = routes.find((each) => each.method === 'post' && each.path === `/v1/orders/{id}/${path}`);
      expect([...(route?.roles ?? [])].sort(), action).toEqual([...rolesByAction[action as OrderAction]].sort());
    }
  });

  it('O5: whoever follows an order is told when something happens to it, a customer only what it may read', async () => {
    const follow = async (as: string) => {
      const gone = new AbortController();
      const response = await fetch(`${api.url}/v1/orders/${ours}/events`, {
        headers: { Authorization: `Bearer ${api.keys[as]}` },
        signal: gone.signal,
      });
      const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
      return { next: async () => (await reader.read()).value ?? '', end: () => gone.abort() };
    };
    const note = (action: string) =>
      suite.database.query(
        "INSERT INTO audit_log (at, actor, actor_verified, action, summary, order_id) VALUES (now(), 'tester', true, $2, 'x', $1)",
        [ours, action],
      );
    const [staff, buyer] = await Promise.all([follow('sales'), follow('buyer')]);
    for (const stream of [staff, buyer]) expect(await stream.next()).toContain('event:snapshot');
    await note('contact-logged');
    const told = await staff.next();
    expect(told).toContain('event:change');
    expect(JSON.parse(/^data: ?(.*)$/m.exec(told)![1]!)).toEqual({ orderId: ours, status: 'in-fulfilment', stage: 'fulfilment' });
    // Its first word after the beginning is of what came later.
    const first = buyer.next();
    expect(await Promise.race([first, new Promise((resolve) => setTimeout(() => resolve('silence'), 200))])).toBe('silence');
    await note('tracking-delivered');
    expect(await first).toContain('event:change');
    staff.end();
    buyer.end();
  });
});

describe('search', () => {
  it('O5: finds records by number, short number, reference, name, beginning and amount', async () => {
    expect(await kinds(ours.toLowerCase())).toEqual([`order ${ours}`]);
    expect(await kinds(ours.slice(4))).toContain(`order ${ours}`);
    expect(await kinds('PO 4711')).toEqual([`order ${ours}`]);
    expect(await kinds('customer nordl')).toEqual(['customer NORDLICHT']);
    expect(await kinds('HAFEN')).toEqual(['customer HAFENKANTE']);
    expect(await kinds('desk prod')).toEqual(['product DESK']);
    expect(await kinds('120.00')).toEqual([`order ${ours}`]);
    expect(await kinds('120.000')).toEqual([]);
  });

  it('X3: a customer finds its own records alone, and nobody else’s name', async () => {
    for (const q of [theirs, 'HAFEN', 'hafenkante', '2400.00']) expect(await kinds(q, 'buyer')).toEqual([]);
    expect(await kinds(ours, 'buyer')).toEqual([`order ${ours}`]);
  });

  it('O5: what means something to PostgreSQL or to nobody finds nothing and breaks nothing', async () => {
    for (const q of ["' | & ! :*", '%', '_', '\\', '((', '🦆', '9'.repeat(100)]) {
      expect(await api.get(`/v1/search?q=${encodeURIComponent(q)}`, 'sales')).toMatchObject({ status: 200, body: { items: [] } });
    }
    expect((await api.get('/v1/search?q=', 'sales')).status).toBe(400);
  });
});
