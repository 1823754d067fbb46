import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../db/client.ts';
import { addDays } from '../../domain/time.ts';
import { addCustomer, openingItem, pay, setUpCompany } from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { createSuiteDatabase, type Suite } from '../suite.ts';
import { type Api, startApi } from './client.ts';

/* The risk score over real books: four customers, each with its own way of paying. Nothing here needs a workflow to move. */
let database: Database;
let drop: () => Promise<void>;
let api: Api;
/** Books alone: what the workflows would hear waits in the outbox. */
let books: Pick<Suite, 'database' | 'databaseUrl' | 'delivery'>;
beforeAll(async () => {
  const created = await createSuiteDatabase();
  drop = created.drop;
  database = openDatabase({ url: created.url, role: 'throughline_api', maxConnections: 12 });
  books = {
    database,
    databaseUrl: created.url,
    delivery: { deliverSoon() {}, deliverPending: async () => 0, stop: async () => {} },
  };
  await database.query('UPDATE company_clock SET offset_ms = $1', [Date.parse('2027-03-02T09:00:00Z') - Date.now()]);
  await setUpCompany(database);
  api = await startApi({ ...books, client: undefined });
  for (const id of ['PROMPT', 'MIXED', 'SLOW', 'WORSE', 'NEW']) await addCustomer(database, id, { limitMinor: 100_000_000 });
});
afterAll(async () => {
  await api?.stop();
  await database?.close();
  await drop?.();
});

/** Days after the due date on which the n-th invoice was paid; below 0 is before. */
const waysToPay: Record<string, (n: number) => number> = {
  PROMPT: (n) => (n % 9 === 4 ? 3 : -2),
  MIXED: (n) => (n % 2 === 0 ? 6 : 0),
  SLOW: (n) => (n % 7 === 3 ? 0 : 12),
  WORSE: (n) => (n < 8 ? -1 : n),
};

async function live(): Promise<void> {
  for (let n = 0; n < 20; n += 1) {
    for (const [customerId, late] of Object.entries(waysToPay)) {
      const issuedOn = addDays('2026-01-05', n * 18);
      const dueOn = addDays(issuedOn, 30);
      const id = await openingItem(books, customerId, 10_000 + n, issuedOn, dueOn);
      const paidOn = addDays(dueOn, late(n));
      if (paidOn <= '2027-03-01') await pay(books, customerId, 10_000 + n, id, paidOn);
    }
  }
}

const riskOf = async (customerId: string) => (await api.get(`/v1/customers/${customerId}/risk`, 'credit')).body;
const learn = (as = 'finance') => api.post('/v1/risk/models', as);

describe('the risk score', () => {
  it('C5: without history everybody is scored by points, and a fit is refused with what is missing', async () => {
    expect(await riskOf('NEW')).toMatchObject({
      modelVersion: null,
      score: { by: 'points', lateChance: 0.25, features: { invoices: 0 } },
    });
    const refused = await learn();
    expect(refused).toMatchObject({ status: 422, body: { type: '/problems/too-little-history' } });
    expect(refused.body.detail).toContain('50 closed invoices');
    expect((await api.get('/v1/risk/models', 'finance')).body).toEqual({ items: [] });
    expect((await api.get('/v1/customers/NOBODY/risk', 'credit')).status).toBe(404);
    expect((await api.get('/v1/customers/NEW/risk', 'sales')).status).toBe(403);
  });

  it('C5: the facts tell who pays late, in words and numbers, the riskiest first', async () => {
    await live();
    const [prompt, slow] = [await riskOf('PROMPT'), await riskOf('SLOW')];
    expect(slow.score.lateChance).toBeGreaterThan(prompt.score.lateChance);
    expect(slow.score.words).toMatch(/^\d+ % chance that the next invoice is paid late: /);
    expect(prompt.score.words).toContain('% of 20 invoices paid on time (lowers it)');
    expect((await api.post('/v1/risk/recompute', 'credit')).body).toEqual({ customers: 4, modelVersion: null });
    const { items } = (await api.get('/v1/risk/scores', 'credit')).body;
    expect(items.map(({ customerId }: { customerId: string }) => customerId).at(-1)).toBe('PROMPT');
    expect(items.at(-1)).toMatchObject({ asOf: '2027-03-02', modelVersion: null, score: prompt.score });
    const first = (await api.get('/v1/risk/scores?limit=3', 'credit')).body;
    const rest = (await api.get(`/v1/risk/scores?limit=3&after=${first.next}`, 'credit')).body;
    expect([...first.items, ...rest.items]).toEqual(items);
    // Late interest and its notes come from these payments; the score does not count them twice.
    await checkInvariants(database);
  });

  it('C5: a fit runs in shadow with its measures beside the current ones, and scores nobody until a person adopts it', async () => {
    const before = await riskOf('SLOW');
    const { status, body } = await learn();
    expect(status).toBe(201);
    expect(body).toMatchObject({ version: 1, quality: { examples: 21 }, currentQuality: { examples: 21 } });
    expect(body.quality.auc).toBeGreaterThan(0.5);
    expect(await riskOf('SLOW')).toEqual(before);
    expect((await api.get('/v1/risk/models', 'credit')).body.items).toMatchObject([
      { version: 1, status: 'shadow', adoptedBy: null },
    ]);

    expect((await learn('credit')).status).toBe(403);
    const adopt = (version: number, as = 'finance') =>
      api.post(`/v1/risk/models/${version}/adopt`, as, { reason: 'it foretells better' });
    expect((await adopt(1, 'credit')).status).toBe(403);
    expect((await adopt(7)).status).toBe(404);
    expect((await adopt(1)).body).toEqual({ version: 1, customers: 4 });
    expect((await adopt(1)).status).toBe(409);
    const after = await riskOf('SLOW');
    expect(after).toMatchObject({ modelVersion: 1, score: { by: 'model' } });
    expect(after.score.lateChance).toBeGreaterThan((await riskOf('PROMPT')).score.lateChance);
    const { items } = (await api.get('/v1/risk/scores', 'credit')).body;
    expect(items.every(({ modelVersion }: { modelVersion: number }) => modelVersion === 1)).toBe(true);

    // The same facts give the same model, and the one in force stays until somebody says so.
    const again = (await learn()).body;
    expect(again).toMatchObject({ version: 2, model: body.model, currentQuality: body.quality });
    expect(await riskOf('SLOW')).toEqual(after);
    await adopt(2);
    await adopt(1);
    const models = (await api.get('/v1/risk/models', 'credit')).body.items;
    expect(models).toMatchObject([
      { version: 2, status: 'retired' },
      { version: 1, status: 'adopted' },
    ]);
  });

  it('C5: every customer is scored, however many newer invoices the others have', async () => {
    // 60 customers with 200 invoices each, all newer than those of the four: more than one look at the books takes.
    await database.query(
      `INSERT INTO customers (id, name, email, billing_address, currency, terms, at)
       SELECT 'MANY-' || n, 'Many', 'many@customer.example', billing_address, currency, terms, at
       FROM customers, generate_series(10, 69) n WHERE id = 'NEW'`,
    );
    await database.query(
      `INSERT INTO invoices (id, kind, customer_id, payment_reference, currency, net_minor, tax_minor, gross_minor, open_minor, issued_on,
         due_on, dunning_policy_version, plan, holder_workflow_id, at)
       SELECT 'OLD-' || n || '-' || i, 'opening-item', 'MANY-' || n, 'OLD-' || n || '-' || i, 'EUR', 100, 0, 100, 100, '2027-03-01',
         '2027-03-31', 1, '[]', 'none', now()
       FROM generate_series(10, 69) n, generate_series(1, 200) i`,
    );
    await database.query("UPDATE risk_scores SET as_of = '2020-01-01'");
    expect((await api.post('/v1/risk/recompute', 'credit')).body).toEqual({ customers: 64, modelVersion: 1 });
    const { items } = (await api.get('/v1/risk/scores?limit=200', 'credit')).body;
    expect(items).toHaveLength(64);
    expect(items.every(({ asOf }: { asOf: string }) => asOf === '2027-03-02')).toBe(true);
    expect(items).toContainEqual(expect.objectContaining({ customerId: 'SLOW', score: (await riskOf('SLOW')).score }));
  });
});
