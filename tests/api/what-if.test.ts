import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { holdCredit } from '../../db/transactions/hold-credit.ts';
import { savePolicy } from '../../db/transactions/save-policy.ts';
import { decideWriteOff, proposeWriteOff } from '../../db/transactions/write-off.ts';
import { type CreditApplicationFacts, type CreditPolicy, decideApplication, defaultCreditPolicy } from '../../domain/credit.ts';
import { defaultDunningPolicy } from '../../domain/dunning.ts';
import { addCustomer, addProduct, addStock, openingItem, pay } from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { tester } from '../suite.ts';
import { atOnce, place, startWorld, type World } from '../world.ts';
import { type Answered, type Api, startApi } from './client.ts';

/*
 * What other policies would have decided. Customers of every kind have ordered without a limit, under two versions of the credit policy:
 * the first until 1 March 2027, the second from then on. A UNIT costs 2,000.00 without tax.
 */
let world: World;
let api: Api;
const customers = 48;
const { name: _name, version: _version, ...asFirst } = defaultCreditPolicy;
const asSecond = {
  ...asFirst,
  approveFromScore: 50,
  hardRules: { ...asFirst.hardRules, denyAboveDaysOverdue: 30 },
  limitFromScore: [...asFirst.limitFromScore, { fromScore: 50, limitMinor: 1_200_000 }],
};
const second: CreditPolicy = { name: 'credit', version: 2, ...asSecond };
const days = { first: '2027-02-26', second: '2027-03-02' };

const setClock = (at: string) => world.database.query('UPDATE company_clock SET offset_ms = $1', [Date.parse(at) - Date.now()]);
const pick = <Value>(values: readonly Value[], number: number): Value => values[number % values.length]!;
const profileOf = (number: number) => ({
  ...(number % 5 === 0 ? {} : { yearsTrading: pick([0, 2, 4, 8, 12], number) }),
  annualTurnoverMinor: pick([1_000_000, 30_000_000, 200_000_000, 900_000_000], number),
  tradeReferences: pick([0, 1, 3], number),
  ...(number % 4 === 0 ? {} : { externalRating: pick(['A', 'B', 'C', 'D'], number) }),
});

async function decideOn(day: string, prefix: string) {
  await setClock(`${day}T09:00:00Z`);
  const ids = Array.from({ length: customers }, (_, number) => `${prefix}-${number}`);
  for (const [number, id] of ids.entries()) {
    await addCustomer(world.database, id, { creditProfile: profileOf(number) });
    await world.database.query("INSERT INTO credit_accounts (customer_id, currency) VALUES ($1, 'EUR')", [id]);
    if (number % 6 === 1) await openingItem(world, id, 10_000, '2026-12-01', number % 12 === 1 ? '2027-01-10' : '2027-02-20');
  }
  const orders = await place(world, customers, (number) => ({
    customerId: ids[number]!,
    lines: [{ sku: 'UNIT', quantity: 1 + (number % 7) }],
  }));
  await atOnce(
    orders.map(
      (orderId) => () => world.database.transaction((tx) => holdCredit(tx, { orderId, attempt: 1, at: `${day}T09:00:00Z` })),
    ),
  );
}

beforeAll(async () => {
  world = await startWorld();
  await setClock('2027-02-26T09:00:00Z');
  // Whoever is on hold cannot order, and what is overdue is to be assessed here.
  const patient = { ...defaultDunningPolicy, holdMinimumMinor: 1_000_000 };
  await world.database.transaction((tx) => savePolicy(tx, { policy: patient, actor: tester, at: '2027-02-26T09:00:00Z' }));
  await addProduct(world.database, 'UNIT', 200_000, '0');
  await addStock(world, 'UNIT', 10_000, 100_000);
  api = await startApi({ ...world, client: undefined });
  await decideOn(days.first, 'FEB');
  await world.database.transaction((tx) => savePolicy(tx, { policy: second, actor: tester, at: '2027-03-01T09:00:00Z' }));
  await decideOn(days.second, 'MAR');
});
afterAll(async () => {
  await api?.stop();
  await world?.drop();
});

const path = '/v1/policies/credit/what-if';
const february = `from=${days.first}&to=${days.first}`;
const march = `from=${days.second}&to=${days.second}`;
const both = `from=${days.first}&to=${days.second}`;
const ask = async (query: string, body: object, as = 'finance'): Promise<Answered> => api.post(`${path}?${query}`, as, body);

/** What is kept of a day, decided by the rule alone. */
async function byRule(policy: CreditPolicy, day: string) {
  const { rows } = await world.database.query<{
    id: string;
    facts: CreditApplicationFacts;
    outcome: string;
    limitMinor: number | null;
  }>(
    `SELECT event_id AS id, facts, outcome, CASE WHEN outcome = 'approve' THEN limit_minor END AS "limitMinor"
     FROM credit_decisions d WHERE kind = 'application' AND at::date = $1 ORDER BY d.id DESC`,
    [day],
  );
  return rows.flatMap(({ id, facts, outcome, limitMinor }) => {
    const again = decideApplication(policy, facts);
    const grants = again.outcome === 'approve' ? again.limitMinor : null;
    return again.outcome === outcome && grants === limitMinor ? [] : [{ id, before: outcome, after: again.outcome }];
  });
}

describe('what another credit policy would have decided', () => {
  it('X6: the version by which it was decided differs in nothing, saved or sent as a body', async () => {
    const same = { decisions: expect.any(Number), withoutFacts: 0, differing: 0, rescored: 0, changes: [] };
    for (const [query, version, policy] of [
      [february, 1, asFirst],
      [march, 2, asSecond],
    ] as const) {
      for (const asked of [{ version }, { policy }]) {
        const { status, body } = await ask(query, asked);
        expect(status).toBe(200);
        expect(body).toMatchObject({ summary: same, items: [], next: null });
        expect(body.summary.decisions).toBeGreaterThan(customers / 2);
      }
    }
    // Of both days the first version differs in decisions of the second alone.
    const { body } = await ask(`${both}&limit=200`, { version: 1 });
    expect(new Set(body.items.map((item: { policyVersion: number }) => item.policyVersion))).toEqual(new Set([2]));
    await checkInvariants(world.database);
  });

  it('X6: differences are those of the rule, with points per factor and reasons, page by page and as CSV, and nothing is changed', async () => {
    const rowsOf = async () => {
      const { rows } = await world.database.query<{ rows: number }>(
        'SELECT (SELECT count(*) FROM audit_log) + (SELECT count(*) FROM outbox) + (SELECT count(*) FROM idempotency_keys) + (SELECT count(*) FROM credit_decisions) AS rows',
        [],
      );
      return rows[0]!.rows;
    };
    const before = await rowsOf();
    const expected = await byRule(second, days.first);
    expect(expected.length).toBeGreaterThan(10);
    const found = [];
    let query = `${february}&limit=7`;
    for (let page = 0; ; page += 1) {
      const { body } = await ask(query, { version: 2 });
      expect(body.summary === null).toBe(page > 0);
      found.push(...body.items);
      if (!body.next) break;
      query = `${february}&limit=7&after=${body.next}`;
    }
    expect(found.map(({ id, before: was, after: is }) => ({ id, before: was.outcome, after: is.outcome }))).toEqual(expected);
    const approved = found.find(({ before: was, after: is }) => was.outcome === 'review' && is.outcome === 'approve')!;
    expect(approved).toMatchObject({ currency: 'EUR', policyVersion: 1, orderId: expect.stringMatching(/^ORD-/) });
    expect(approved.before.reasons[0]).toMatch(/^score [56]\d is below 70$/);
    expect(approved.after.reasons[0]).toMatch(/^score [56]\d reaches 50$/);
    expect(approved.after.points).toHaveLength(6);
    expect(approved.after.points).toContainEqual(
      expect.objectContaining({ factor: 'days overdue now', points: expect.any(Number) }),
    );

    const { summary } = (await ask(february, { version: 2 })).body;
    const counted = (was: string, is: string) => expected.filter((one) => one.before === was && one.after === is).length;
    expect(summary.differing).toBe(expected.length);
    for (const change of summary.changes) expect(change.decisions).toBe(counted(change.before, change.after));
    const csv = (await api.post(`${path}.csv?${february}`, 'finance', { version: 2 })).body.toString().split('\r\n');
    expect(csv).toHaveLength(1 + expected.length + 1);
    expect(csv[0]).toMatch(/^id,at,customerId,orderId,currency,amount minor,/);
    expect(await rowsOf()).toBe(before);
  });

  it('X6, R4: what was sold on those decisions since, and what was paid and lost of it, is what the report of decisions says', async () => {
    const found = (await ask(`${february}&limit=200`, { version: 2 })).body.items;
    const { customerId, id } = found[0];
    // An invoice of the day after the decision, in two parts: one is paid, one is given up.
    await setClock('2027-02-27T09:00:00Z');
    for (const amountMinor of [30_000, 20_000]) {
      const invoiceId = await openingItem(world, customerId, amountMinor, '2027-02-27', '2027-02-28');
      await world.database.query("UPDATE invoices SET kind = 'invoice' WHERE id = $1", [invoiceId]);
      await setClock('2027-03-03T09:00:00Z');
      if (amountMinor === 30_000) await pay(world, customerId, 30_000, invoiceId);
      else {
        const write = { reason: 'gone', at: '2027-03-03T09:00:00Z', offsetMs: 0 };
        const { id: writeOffId } = await world.database.transaction((tx) =>
          proposeWriteOff(tx, { ...write, invoiceId, actor: tester }),
        );
        const another = { name: 'another', verified: true };
        await world.database.transaction((tx) =>
          decideWriteOff(tx, { ...write, id: writeOffId, decision: 'approve', actor: another }),
        );
      }
      await setClock('2027-02-27T09:00:00Z');
    }
    await setClock('2027-03-03T09:00:00Z');
    const { body } = await ask(`${february}&limit=200`, { version: 2 });
    const since = { invoicedMinor: 50_000, paidMinor: 30_000, lostMinor: 20_000 };
    expect(body.items.find((item: { id: string }) => item.id === id).since).toEqual(since);
    const total = (part: 'invoicedMinor' | 'lostMinor') =>
      body.summary.changes.reduce((sum: number, change: { since: Record<string, number> }) => sum + change.since[part]!, 0);
    expect([total('invoicedMinor'), total('lostMinor')]).toEqual([50_000, 20_000]);
    const report = (await api.get(`/v1/reports/credit-decisions?${february}`, 'finance')).body.items;
    expect(report).toContainEqual(expect.objectContaining({ kind: 'application', invoicedMinor: 50_000, lostMinor: 20_000 }));
  });

  it('X6: a batch is no page: of thousands of decisions those that differ are found, each once', async () => {
    // The decisions of February twenty-five times over, in January.
    await world.database.query(
      `INSERT INTO credit_decisions (event_id, customer_id, kind, outcome, limit_minor, policy_version, facts, decision, actor, actor_verified, reason, at)
       SELECT event_id || ':' || n, customer_id, kind, outcome, limit_minor, policy_version, facts, decision, actor, actor_verified, reason,
         '2027-01-15T09:00:00Z' FROM credit_decisions, generate_series(1, 25) n WHERE kind = 'application' AND policy_version = 1`,
      [],
    );
    const january = 'from=2027-01-15&to=2027-01-15&limit=200';
    const once = (await ask(february, { version: 2 })).body.summary;
    const { body } = await ask(january, { version: 2 });
    expect(body.summary).toMatchObject({ decisions: once.decisions * 25, differing: once.differing * 25 });
    const ids = new Set<string>();
    let next: string | null = null;
    do {
      const page: Answered['body'] = (await ask(`${january}${next ? `&after=${next}` : ''}`, { version: 2 })).body;
      for (const { id } of page.items) ids.add(id);
      next = page.next;
    } while (next);
    expect(ids.size).toBe(once.differing * 25);
    expect((await ask(january, { version: 1 })).body.summary).toMatchObject({ differing: 0, rescored: 0 });
  });

  it('X6, X3: every fault comes back with its path, and only those who read the report of decisions are answered', async () => {
    const faultsOf = async (query: string, body: object, on = path) => {
      const answered = await api.post(`${on}?${query}`, 'finance', body);
      return [answered.status, (answered.body.errors ?? []).map((fault: { path: string }) => fault.path)];
    };
    expect(await faultsOf('', {})).toEqual([400, ['']]);
    expect(await faultsOf('', { version: 1, policy: asFirst })).toEqual([400, ['']]);
    expect(await faultsOf('', { version: 7 })).toEqual([422, ['/version']]);
    expect(await faultsOf('', { version: -1 })).toEqual([400, ['/version']]);
    const wrong = { ...asFirst, approveFromScore: 101, hardRules: { ...asFirst.hardRules, denyAboveDaysOverdue: 'never' } };
    expect(await faultsOf('', { policy: wrong })).toEqual([
      400,
      ['/policy/hardRules/denyAboveDaysOverdue', '/policy/approveFromScore'],
    ]);
    expect(await faultsOf('from=2027-03-03&to=2027-03-02', { version: 1 })).toEqual([400, ['/query/from']]);
    expect(await faultsOf('to=2099-01-01', { version: 1 })).toEqual([400, ['/query/to']]);
    expect((await faultsOf(`after=${Buffer.from('nothing').toString('base64url')}`, { version: 1 }))[0]).toBe(400);
    expect(await faultsOf('', { version: 3 }, '/v1/policies/dunning/NOBODY/what-if')).toEqual([422, ['/version']]);
    expect(await faultsOf('', { version: 0 }, '/v1/policies/cash/what-if')).toEqual([200, []]);

    const statuses = async (as: string) =>
      Promise.all(
        ['credit', 'cash', 'bad-debt', 'dunning'].map(
          async (name) => (await api.post(`/v1/policies/${name}/what-if`, as, { version: name === 'cash' ? 0 : 1 })).status,
        ),
      );
    expect(await statuses('finance')).toEqual([200, 200, 200, 200]);
    expect(await statuses('receivables')).toEqual([200, 200, 200, 200]);
    expect(await statuses('credit')).toEqual([200, 403, 403, 403]);
    expect(await statuses('warehouse')).toEqual([403, 403, 403, 403]);
    const buyer = (await api.post('/v1/api-keys', 'admin', { name: 'buyer', roles: ['customer'], customerId: 'FEB-1' })).body.key;
    expect(await statuses(buyer)).toEqual([403, 403, 403, 403]);
    expect((await api.ask('POST', path, { body: { version: 1 } })).status).toBe(401);
  });
});
