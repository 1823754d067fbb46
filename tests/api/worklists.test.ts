import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTask } from '../../db/statements/tasks.ts';
import { addCustomer, instant, setUpCompany } from '../company.ts';
import { type Suite, startSuite } from '../suite.ts';
import { type Api, startApi } from './client.ts';

/* What pages list: tasks by what is due, customers by their credit, policies with why they were changed. */
let suite: Suite;
let api: Api;
beforeAll(async () => {
  suite = await startSuite();
  await suite.setClock(instant('2027-03-02', '09:00:00'));
  await setUpCompany(suite.database);
  await addCustomer(suite.database, 'ALPHA', { limitMinor: 100_000 });
  await addCustomer(suite.database, 'BETA');
  await suite.database.query("UPDATE customers SET name = 'Bright Bakery', segment = 'RETAIL' WHERE id = 'BETA'");
  await suite.database.query("UPDATE credit_accounts SET on_hold_since = '2027-03-01Z' WHERE customer_id = 'ALPHA'");
  const open = (key: string, role: 'credit' | 'receivables', dueAt?: string) =>
    suite.database.transaction((tx) =>
      openTask(tx, {
        key,
        kind: 'collections',
        role,
        title: key,
        customerId: 'ALPHA',
        ...(dueAt && { dueAt: instant(dueAt) }),
        at: instant('2027-03-01'),
      }),
    );
  await open('later', 'receivables', '2027-03-20');
  await open('whenever', 'receivables');
  await open('first', 'receivables', '2027-03-03');
  await open('others', 'credit', '2027-03-01');
  api = await startApi(suite);
});
afterAll(async () => {
  await api?.stop();
  await suite?.stop();
});

const titles = (body: { items: { title: string }[] }) => body.items.map(({ title }) => title);

describe('worklists', () => {
  it('O5: tasks come by what is due first, page by page, and say what the asker can do with them', async () => {
    const base = '/v1/tasks?unfinished=true&role=receivables&sort=due';
    const first = await api.get(`${base}&limit=2`, 'receivables');
    expect(titles(first.body)).toEqual(['first', 'later']);
    expect(titles((await api.get(`${base}&limit=2&after=${first.body.next}`, 'receivables')).body)).toEqual(['whenever']);
    expect(first.body.items[0].actions).toEqual(['claim', 'complete']);
    expect((await api.get('/v1/tasks?role=credit', 'receivables')).body.items[0].actions).toEqual([]);

    const { id } = first.body.items[0];
    await api.post(`/v1/tasks/${id}/claim`, 'receivables');
    expect((await api.get('/v1/tasks?owner=receivables&unfinished=true', 'receivables')).body.items).toMatchObject([
      { id, actions: ['release', 'complete'] },
    ]);
    // Claimed by somebody else, it can only change hands.
    expect((await api.get(`/v1/tasks/${id}`, 'admin')).body.actions).toEqual(['take-over', 'release']);
    expect((await api.get(`/v1/tasks/${id}`, 'credit')).body.actions).toEqual([]);
    expect(titles((await api.get('/v1/tasks?kind=dispute,collections&role=credit', 'admin')).body)).toEqual(['others']);
    expect((await api.get('/v1/tasks?kind=dispute,nonsense', 'admin')).status).toBe(400);
    // Of several roles in one list, so that it can be read on to its end.
    const ofBoth = '/v1/tasks?unfinished=true&role=credit,receivables&sort=due&limit=3';
    const both = (await api.get(ofBoth, 'admin')).body;
    expect(titles(both)).toEqual(['others', 'first', 'later']);
    expect(titles((await api.get(`${ofBoth}&after=${both.next}`, 'admin')).body)).toEqual(['whenever']);
    expect((await api.get('/v1/tasks?role=credit,nobody', 'admin')).status).toBe(400);
    expect((await api.get('/v1/tasks?customerId=BETA', 'admin')).body.items).toEqual([]);
    // The cursor of another list is a fault and no outage.
    const foreign = await api.get(`/v1/tasks?sort=due&after=${Buffer.from('TSK-1').toString('base64url')}`, 'admin');
    expect(foreign).toMatchObject({ status: 400, body: { errors: [{ path: '/query/after' }] } });
  });

  it('C4: customers are found by name, segment, standing and hold, with their exposure', async () => {
    const ids = async (query: string) =>
      (await api.get(`/v1/credit/accounts?${query}`, 'sales')).body.items.map((row: { customerId: string }) => row.customerId);
    expect(await ids('')).toEqual(['ALPHA', 'BETA']);
    expect(await ids('q=bak')).toEqual(['BETA']);
    expect(await ids('q=alp')).toEqual(['ALPHA']);
    expect(await ids('q=%25')).toEqual([]);
    expect(await ids('segment=RETAIL')).toEqual(['BETA']);
    expect(await ids('onHold=true')).toEqual(['ALPHA']);
    expect(await ids('standing=none')).toEqual(['BETA']);
  });

  it('X6: a policy version tells who saved it and why; the policy itself is as it was sent', async () => {
    const body = { choiceBusinessDays: 3, allocation: 'nearest' };
    expect((await api.post('/v1/policies/fulfilment?reason=fewer%20lorries', 'finance', body)).status).toBe(201);
    const { items } = (await api.get('/v1/policies', 'sales')).body;
    const versions = items.filter(({ name }: { name: string }) => name === 'fulfilment');
    expect(versions[0]).toMatchObject({ version: 2, actor: 'finance', reason: 'fewer lorries' });
    expect(versions[0].body).toEqual({ name: 'fulfilment', version: 2, ...body });
    expect(versions[1]).toMatchObject({ version: 1, reason: null });
  });
});
