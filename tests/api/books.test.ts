import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../db/client.ts';
import { readClock } from '../../db/statements/company.ts';
import { applyPayment } from '../../db/transactions/apply-payment.ts';
import { addDays, localDate } from '../../domain/time.ts';
import { addCustomer, addProduct, addStock, openingItem, pay, setUpCompany } from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { createSuiteDatabase, type Suite, tester } from '../suite.ts';
import { type Api, startApi } from './client.ts';

/* The books by month and by day. Nothing here needs a workflow to move; the clock begins on 10 March 2027. */
let database: Database;
let owner: Database;
let drop: () => Promise<void>;
let api: Api;
let books: Pick<Suite, 'database' | 'databaseUrl' | 'delivery'>;
beforeAll(async () => {
  const created = await createSuiteDatabase();
  drop = created.drop;
  database = openDatabase({ url: created.url, role: 'throughline_api', maxConnections: 12 });
  owner = openDatabase({ url: created.url, maxConnections: 2 });
  books = {
    database,
    databaseUrl: created.url,
    delivery: { deliverSoon() {}, deliverPending: async () => 0, stop: async () => {} },
  };
  await setClock('2027-03-10T09:00:00Z');
  await setUpCompany(database);
  api = await startApi({ ...books, client: undefined });
  for (const id of ['ADA', 'BOB', 'EVE']) await addCustomer(database, id, { limitMinor: 100_000_000 });
  await addProduct(database, 'DESK', 10_000);
});
afterAll(async () => {
  await api?.stop();
  await owner?.close();
  await database?.close();
  await drop?.();
});

const setClock = (at: string) => database.query('UPDATE company_clock SET offset_ms = $1', [Date.parse(at) - Date.now()]);
const now = async () => (await readClock(database)).at;
const period = (month: string, action: string, as = 'finance', body: object = { reason: 'month end' }) =>
  api.post(`/v1/ledger/periods/${month}/${action}`, as, body);
const statusOf = async (month: string) =>
  (await api.get('/v1/ledger/periods', 'finance')).body.items.find((found: { month: string }) => found.month === month)?.status;
const trialBalance = async (query: string) => (await api.get(`/v1/ledger/trial-balance?${query}`, 'finance')).body.currencies;
const ageing = async (query: string) => (await api.get(`/v1/receivables/ageing?${query}`, 'finance')).body;
const entriesOf = async (query: string) => (await api.get(`/v1/ledger/entries?${query}`, 'finance')).body.items;

const bankFee = (bookedOn: string) => ({
  bookedOn,
  currency: 'EUR',
  reason: 'bank fees',
  postings: [
    { account: 'small-differences', side: 'debit', amountMinor: 700 },
    { account: 'bank', side: 'credit', amountMinor: 700 },
  ],
});

describe('periods', () => {
  it('A3: a month closes when it is over; what belongs to it is booked on the first open day and keeps its own', async () => {
    const invoiceId = await openingItem(books, 'ADA', 50_000, '2027-01-10', '2027-02-10');
    await addStock(books, 'DESK', 5, 4_000);
    expect((await period('2027-03', 'close')).body).toMatchObject({ type: '/problems/period-state' });
    expect((await period('2027-02', 'close', 'sales')).status).toBe(403);
    expect((await period('2027-13', 'close')).body.errors).toMatchObject([{ path: '/path/month' }]);
    expect((await period('2027-02', 'close')).body).toEqual({ month: '2027-02', status: 'closed' });
    expect((await period('2027-02', 'close')).status).toBe(409);

    const before = await trialBalance('asOf=2027-02-28');
    const { paymentId } = await pay(books, 'ADA', 20_000, invoiceId, '2027-02-20');
    expect(await entriesOf(`customerId=ADA&kind=receipt`)).toMatchObject([
      { eventId: `${paymentId}:receipt`, bookedOn: '2027-03-01', effectiveOn: '2027-02-20' },
    ]);
    expect(await trialBalance('asOf=2027-02-28')).toEqual(before);
    // Interest is for the day on which the money came.
    const { rows } = await database.query('SELECT value_on AS "valueOn" FROM payment_applications WHERE payment_id = $1', [
      paymentId,
    ]);
    expect(rows).toEqual([{ valueOn: '2027-02-20' }]);
    await checkInvariants(database);
  });

  it('A3: the database itself refuses a posting into a closed month, whoever sends it', async () => {
    const into = (bookedOn: string) =>
      owner.query(
        `INSERT INTO journal_entries (event_id, kind, booked_on, currency, at) VALUES ($1, 'manual', $2, 'EUR', now())`,
        [randomUUID(), bookedOn],
      );
    await expect(into('2027-02-28')).rejects.toThrow('the books are closed on 2027-02-28');
    await expect(into('2026-01-01')).rejects.toThrow('the books are closed');
    await expect(owner.query("UPDATE books SET closed_through = '2027-02-27'")).rejects.toThrow('check');
  });

  it('A3: finance opens the newest closed month again, with a reason; a locked one never, not even for the owner', async () => {
    expect((await period('2027-02', 'reopen', 'finance', {})).body.errors).toMatchObject([{ path: '/reason' }]);
    expect((await period('2027-01', 'reopen')).body.detail).toContain('2027-02 is closed too');
    expect((await period('2027-02', 'reopen', 'finance', { reason: 'a late receipt' })).body.status).toBe('open');
    expect([await statusOf('2027-02'), await statusOf('2027-01')]).toEqual(['open', undefined]);
    const { rows } = await database.query(
      "SELECT actor, reason, summary FROM audit_log WHERE action = 'period-reopened' ORDER BY sequence",
    );
    expect(rows).toEqual([{ actor: 'finance', reason: 'a late receipt', summary: '2027-02 is open' }]);

    // It was closed together with February, and stays so.
    expect((await period('2027-01', 'close')).body.detail).toBe('2027-01 is closed already.');
    expect((await period('2027-02', 'lock')).body.type).toBe('/problems/period-state');
    expect((await period('2027-01', 'lock')).body.status).toBe('locked');
    expect((await period('2027-01', 'reopen')).body.detail).toBe('2027-01 is locked, for ever.');
    for (const through of ["'2026-12-31'", 'NULL']) {
      await expect(owner.query(`UPDATE books SET locked_through = ${through}`)).rejects.toThrow('a locked month stays locked');
    }
  });

  it('A3, X2: books that do not agree keep a month open, and the answer says what blocks it', async () => {
    await pay(books, 'ADA', 1_000, 'who knows', '2027-02-21');
    await owner.query(
      "UPDATE payments SET unapplied_minor = unapplied_minor - 1 WHERE customer_id = 'ADA' AND unapplied_minor > 0",
    );
    const proposed = await api.post('/v1/ledger/journals', 'finance', bankFee('2027-02-15'));
    const blocked = await period('2027-02', 'close');
    expect(blocked).toMatchObject({ status: 409, body: { type: '/problems/period-blocked' } });
    expect(blocked.body.blocks.map(({ check }: { check: string }) => check).sort()).toEqual([
      'exposure',
      'manual-journals',
      'payments-applied',
      'unapplied-cash-account',
    ]);
    await owner.query(
      "UPDATE payments SET unapplied_minor = unapplied_minor + 1 WHERE customer_id = 'ADA' AND unapplied_minor > 0",
    );
    expect(
      (await api.post(`/v1/ledger/journals/${proposed.body.id}/reject`, 'finance', { reason: 'mine, withdrawn' })).status,
    ).toBe(200);
    expect((await period('2027-02', 'close')).body.status).toBe('closed');
    const [current, ...rest] = (await api.get('/v1/ledger/periods', 'receivables')).body.items;
    expect(current).toMatchObject({ month: '2027-03', status: 'open', lastChange: null });
    expect(rest[0]).toMatchObject({ month: '2027-02', status: 'closed', lastChange: { action: 'close', actor: 'finance' } });
  });

  it('A3, X1: whoever is booking is waited for, and whoever books after the close finds it closed', async () => {
    await setClock('2027-04-05T09:00:00Z');
    let commit = () => {};
    const held = new Promise<void>((resolve) => {
      commit = resolve;
    });
    let holds = () => {};
    const holding = new Promise<void>((resolve) => {
      holds = resolve;
    });
    const booking = database.transaction(async (tx) => {
      await tx.query("SELECT first_open_day('2027-03-31')", []);
      holds();
      await held;
    });
    await holding;
    let closed = false;
    const closing = period('2027-03', 'close').then((answered) => {
      closed = true;
      return answered;
    });
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(closed).toBe(false);
    commit();
    await booking;
    expect((await closing).status).toBe(200);
    await pay(books, 'ADA', 500, 'after the close', '2027-03-31');
    expect((await entriesOf('customerId=ADA')).at(-1)).toMatchObject({ bookedOn: '2027-04-01', effectiveOn: '2027-03-31' });
  });
});

describe('entries by hand', () => {
  const propose = (body: object, as = 'finance') => api.post('/v1/ledger/journals', as, body);
  const decide = (id: string, decision: string, as: string) =>
    api.post(`/v1/ledger/journals/${id}/${decision}`, as, { reason: 'looked at' });

  it('A3: one person proposes, another one approves, and only then it is booked', async () => {
    const before = await trialBalance('asOf=2027-04-30');
    const proposed = await propose(bankFee('2027-04-02'));
    expect(proposed).toMatchObject({ status: 201, body: { status: 'proposed', entryId: null, proposedBy: 'finance' } });
    const { id } = proposed.body;
    expect((await decide(id, 'approve', 'finance')).body.type).toBe('/problems/four-eyes');
    expect((await decide(id, 'approve', 'receivables')).status).toBe(403);
    expect(await trialBalance('asOf=2027-04-30')).toEqual(before);
    const answers = await Promise.all([decide(id, 'approve', 'finance-2'), decide(id, 'approve', 'finance-2')]);
    expect(answers.map(({ status }) => status).sort((one, other) => one - other)).toEqual([200, 409]);
    const [entry] = await entriesOf('kind=manual');
    expect(entry).toMatchObject({ eventId: `${id}:manual`, bookedOn: '2027-04-02', reason: 'bank fees' });
    expect((await api.get(`/v1/ledger/journals/${id}`, 'receivables')).body).toMatchObject({
      decidedBy: 'finance-2',
      entryId: entry.id,
    });

    const back = await api.post(`/v1/ledger/entries/${entry.id}/reverse`, 'finance', { bookedOn: '2027-04-03', reason: 'twice' });
    expect(back).toMatchObject({ status: 201, body: { reversesEntryId: entry.id } });
    const again = await api.post(`/v1/ledger/entries/${entry.id}/reverse`, 'finance', {
      bookedOn: '2027-04-03',
      reason: 'twice',
    });
    expect(again.body.type).toBe('/problems/reversed-already');
    expect((await decide(back.body.id, 'approve', 'finance-2')).status).toBe(200);
    expect(await entriesOf('kind=reversal')).toMatchObject([{ reversesEntryId: entry.id, reason: 'twice' }]);
    expect((await entriesOf('kind=manual'))[0].reversedByEntryId).toBeGreaterThan(entry.id);
    expect(await trialBalance('asOf=2027-04-30')).toEqual(before);
    await checkInvariants(database);
  });

  it('A3: what cannot be booked is refused with its path, and nothing is kept', async () => {
    const wrong = {
      ...bankFee('2027-04-30'),
      currency: 'USD',
      postings: [
        { account: 'accounts-receivable', side: 'debit', amountMinor: 700 },
        { account: 'bank', side: 'credit', amountMinor: 701 },
      ],
    };
    expect((await propose(wrong)).body.errors.map(({ path, code }: { path: string; code: string }) => [path, code])).toEqual([
      ['/postings/0/account', 'kept-account'],
      ['/postings', 'unbalanced'],
      ['/currency', 'currency'],
      ['/bookedOn', 'future-date'],
    ]);
    expect((await propose({ ...bankFee('2027-04-02'), postings: [] })).status).toBe(400);
    expect((await propose(bankFee('2027-03-02'))).body).toMatchObject({ status: 409, type: '/problems/period-closed' });
    expect((await propose(bankFee('2027-01-02'))).body.detail).toContain('2027-01 is locked');
    const [receipt] = await entriesOf('kind=receipt');
    const reverse = (id: string | number, bookedOn = '2027-04-02') =>
      api.post(`/v1/ledger/entries/${id}/reverse`, 'finance', { bookedOn, reason: 'wrong' });
    expect((await reverse(receipt.id)).body).toMatchObject({ status: 409, type: '/problems/kept-account' });
    expect((await reverse(999_999)).status).toBe(404);
    expect((await reverse('x')).status).toBe(400);
    expect((await api.get('/v1/ledger/journals?status=proposed', 'finance')).body.items).toEqual([]);
  });

  it('A3: the chart names what keeps an account; the journal is filtered by account and day, and so is its export', async () => {
    const { items } = (await api.get('/v1/ledger/accounts', 'receivables')).body;
    expect(items[0]).toEqual({ account: 'bank', code: '1000', name: 'Bank', kind: 'asset', keptBy: null });
    expect(items[1]).toMatchObject({ account: 'accounts-receivable', keptBy: 'the debit items' });
    const query = 'account=bank&bookedFrom=2027-04-01&bookedTo=2027-04-02';
    const listed = await entriesOf(query);
    expect(listed.map(({ kind }: { kind: string }) => kind)).toEqual(['receipt', 'manual']);
    const csv = (await api.get(`/v1/exports/journal.csv?${query}`, 'finance')).body.toString().trim().split('\r\n');
    expect(csv.length).toBe(1 + listed.flatMap(({ postings }: { postings: unknown[] }) => postings).length);
    expect((await api.get('/v1/exports/journal.csv?account=petty-cash', 'finance')).body.errors).toMatchObject([
      { path: '/query/account' },
    ]);
    expect((await api.get('/v1/exports/products.csv?account=bank', 'finance')).status).toBe(400);
  });
});

describe('as of a day, as known at an instant', () => {
  it('A4: on every day of a random story the ageing is the receivables account, by customer and in total, and no later fact changes what was known', async () => {
    const customers = ['ADA', 'BOB', 'EVE'] as const;
    const step = fc.record({
      customerId: fc.constantFrom(...customers),
      kind: fc.constantFrom('item', 'receipt', 'overpayment', 'apply', 'goods', 'close'),
      amountMinor: fc.integer({ min: 100, max: 90_000 }),
      back: fc.integer({ min: 0, max: 45 }),
      hours: fc.integer({ min: 3, max: 150 }),
    });
    // One story, long enough for every kind of step: each step costs real transactions.
    const [story] = fc.sample(fc.array(step, { minLength: 60, maxLength: 60 }), { numRuns: 1, seed: 20_270_405 });
    const items: string[] = [];
    const payments: string[] = [];
    const known: { at: string; day: string; report: unknown }[] = [];
    let clock = Date.parse('2027-04-06T09:00:00Z');
    for (const [index, { customerId, kind, amountMinor, back, hours }] of story!.entries()) {
      clock += hours * 3_600_000;
      await setClock(new Date(clock).toISOString());
      const today = localDate(await now(), 'Europe/Berlin');
      if (kind === 'item')
        items.push(await openingItem(books, customerId, amountMinor, addDays(today, -back), addDays(today, 20 - back)));
      else if (kind === 'receipt' || kind === 'overpayment') {
        const text = kind === 'receipt' ? (items[index % Math.max(items.length, 1)] ?? 'none') : 'no reference';
        payments.push((await pay(books, customerId, amountMinor, text, addDays(today, -back))).paymentId);
      } else if (kind === 'apply') {
        const open = await database.query<{ id: string; paymentId: string }>(
          `SELECT i.id, p.id AS "paymentId" FROM invoices i JOIN payments p USING (customer_id)
           WHERE i.open_minor > 0 AND p.unapplied_minor > 0 AND i.customer_id = $1 ORDER BY i.id, p.id LIMIT 1`,
          [customerId],
        );
        const { at, offsetMs } = await readClock(database);
        for (const { id, paymentId } of open.rows) {
          await database.transaction((tx) => applyPayment(tx, { paymentId, invoiceIds: [id], actor: tester, at, offsetMs }));
        }
      } else if (kind === 'goods') await addStock(books, 'DESK', 1 + (amountMinor % 7), amountMinor);
      else await period(addDays(`${today.slice(0, 7)}-01`, -1).slice(0, 7), 'close');
      if (index % 10 === 9) {
        const day = addDays(today, -(back % 20));
        const at = await now();
        const query = `asOf=${day}`;
        known.push({ at, day, report: [await trialBalance(query), (await ageing(query)).items, (await inventory(query)).items] });
      }
    }
    await checkInvariants(database);

    const last = localDate(await now(), 'Europe/Berlin');
    let days = 0;
    for (let day = '2027-02-27'; day <= last; day = addDays(day, 3)) {
      const [[euro], aged] = [await trialBalance(`asOf=${day}`), await ageing(`asOf=${day}`)];
      const net = (account: string) => {
        const row = euro?.accounts.find((found: { account: string }) => found.account === account);
        return row ? row.debitMinor - row.creditMinor : 0;
      };
      const total = (of: { totalMinor: number; unappliedMinor: number }[], key: 'totalMinor' | 'unappliedMinor') =>
        of.reduce((sum, row) => sum + row[key], 0);
      const stock = await inventory(`asOf=${day}`);
      expect({
        day,
        inTotal: total(aged.currencies, 'totalMinor'),
        byCustomer: total(aged.items, 'totalMinor'),
        unapplied: total(aged.items, 'unappliedMinor'),
        stock: stock.valueMinor,
        positions: stock.items.reduce((sum: number, row: { valueMinor: number }) => sum + row.valueMinor, 0),
      }).toEqual({
        day,
        inTotal: net('accounts-receivable'),
        byCustomer: net('accounts-receivable'),
        unapplied: -net('unapplied-cash'),
        stock: net('inventory'),
        positions: net('inventory'),
      });
      days += 1;
    }
    expect(days).toBeGreaterThan(20);
    // Facts that came later belong to earlier days, too: the reports of then are still there.
    let changed = 0;
    for (const { at, day, report } of known) {
      const query = `asOf=${day}&asKnownAt=${at}`;
      expect([await trialBalance(query), (await ageing(query)).items, (await inventory(query)).items]).toEqual(report);
      if (JSON.stringify((await ageing(`asOf=${day}`)).items) !== JSON.stringify((report as unknown[])[1])) changed += 1;
    }
    expect(changed).toBeGreaterThan(0);
    // The entries of an account come to what the trial balance says of it, known at the same instant.
    const { at, day } = known.find(({ report }) => (report as { length: number }[][])[0]!.length > 0)!;
    const [{ accounts }] = await trialBalance(`asOf=${day}&asKnownAt=${at}`);
    const then = accounts.find(({ account }: { account: string }) => account === 'accounts-receivable');
    const booked: { postings: { account: string; side: string; amountMinor: number }[] }[] = await entriesOf(
      `account=accounts-receivable&bookedTo=${day}&asKnownAt=${at}&limit=100`,
    );
    const comesTo = booked
      .flatMap(({ postings }) => postings.filter(({ account }) => account === 'accounts-receivable'))
      .reduce((sum, { side, amountMinor }) => sum + (side === 'debit' ? amountMinor : -amountMinor), 0);
    expect(comesTo).toBe(then.debitMinor - then.creditMinor);
    expect(payments.length).toBeGreaterThan(5);
  });

  it('A4: by customer, page by page, and only for who may read the books', async () => {
    const all = (await ageing('asOf=2027-12-31')).items;
    const first = await ageing('asOf=2027-12-31&limit=1');
    const second = await ageing(`asOf=2027-12-31&limit=1&after=${first.next}`);
    expect([...first.items, ...second.items]).toEqual(all.slice(0, 2));
    expect((await ageing('asOf=2027-12-31&customerId=BOB')).items).toEqual(
      all.filter((row: { customerId: string }) => row.customerId === 'BOB'),
    );
    expect((await api.get('/v1/receivables/ageing', 'sales')).status).toBe(403);
    expect((await api.get('/v1/receivables/ageing?asKnownAt=yesterday', 'finance')).body.errors).toMatchObject([
      { path: '/query/asKnownAt' },
    ]);
  });
});

const inventory = async (query: string) => (await api.get(`/v1/ledger/inventory?${query}`, 'finance')).body;
