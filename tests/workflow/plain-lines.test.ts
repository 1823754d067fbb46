import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { matchLines } from '../../activities/bank-statements.ts';
import { type Database, openDatabase, type Transaction } from '../../db/client.ts';
import { suspenseOf } from '../../db/statements/bank-lines.ts';
import { lockAccount, saveBuckets } from '../../db/statements/credit.ts';
import { issueNote } from '../../db/statements/debit-notes.ts';
import { lockOpenItems } from '../../db/statements/invoices.ts';
import { openTask } from '../../db/statements/tasks.ts';
import { announcePayment } from '../../db/transactions/announce-payment.ts';
import { assignPayer } from '../../db/transactions/decide-bank-line.ts';
import { importBankLines } from '../../db/transactions/import-bank-lines.ts';
import { matchBankLine } from '../../db/transactions/match-bank-line.ts';
import { takeOverOpenItem } from '../../db/transactions/open-item.ts';
import { postPlainLines } from '../../db/transactions/post-plain-lines.ts';
import { receivePayment } from '../../db/transactions/receive-payment.ts';
import { runJob } from '../../db/transactions/run-job.ts';
import { decideWriteOff, proposeWriteOff } from '../../db/transactions/write-off.ts';
import { paymentReference } from '../../domain/invoice.ts';
import { addCustomer, address, instant, setUpCompany, trialBalance } from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { createSuiteDatabase, tester } from '../suite.ts';

/*
 * Lines that are posted in sets, and the same lines one by one. Both happen in transactions that are taken back, so that each file
 * finds the same company; the day is 1 March 2027.
 */
let database: Database;
let drop: () => Promise<void>;
const at = instant('2027-03-01', '08:00:00');
const today = '2027-03-01';
const customers = ['PLAIN', 'WAITING', 'WORDY', 'HELD', 'ABROAD'] as const;
const currencyOf = (customer: number) => (customers[customer] === 'ABROAD' ? 'USD' : 'EUR');
const ibanOf = (customer: number) => `DE0000000000000000000${customer}`;

beforeAll(async () => {
  const suite = await createSuiteDatabase();
  drop = suite.drop;
  database = openDatabase({ url: suite.url, role: 'throughline_api', maxConnections: 4 });
  await database.query('UPDATE company_clock SET offset_ms = $1', [Date.parse(at) - Date.now()]);
  await setUpCompany(database);
  for (const [index, id] of customers.entries()) {
    await addCustomer(database, id, { limitMinor: 100_000_000, currency: currencyOf(index) });
    await database.query("INSERT INTO payer_accounts (iban, customer_ids, changed_by, at) VALUES ($1, $2, 'tester', $3)", [
      ibanOf(index),
      [id],
      at,
    ]);
  }
  await database.query(
    "INSERT INTO bank_accounts (id, name, iban, currency, at) VALUES ('MAIN', 'Main', 'DE89370400440532013000', 'EUR', $1)",
    [at],
  );
  await database.query(
    `INSERT INTO exchange_rates (currency, valid_on, rate, source, actor, at)
     VALUES ('USD', '2027-02-01', '0.93', 'ECB', 'tester', $1), ('USD', '2027-03-01', '0.81', 'ECB', 'tester', $1)`,
    [at],
  );
  await database.query("UPDATE credit_accounts SET on_hold_since = $1 WHERE customer_id = 'HELD'", [at]);
  await database.query(
    `INSERT INTO orders (customer_id, channel, content_fingerprint, original_document, currency, net_minor, tax_minor, gross_minor, terms,
       ship_to, back_order_allowed, clock_offset_ms, placed_by, placed_at, changed_at, status, stage, promised_on)
     VALUES ('WAITING', 'api', 'x', '{}', 'EUR', 1, 0, 1, '{"kind": "net", "days": 30}', $1, false, 0, 'tester', $2, $2, 'over-limit', 'credit', '2027-03-01')`,
    [JSON.stringify(address), at],
  );
  await database.transaction((tx) =>
    announcePayment(tx, {
      customerId: 'WORDY',
      source: 'payment-claim',
      amountMinor: 10_000,
      currency: 'EUR',
      paidOn: today,
      invoiceIds: [],
      actor: tester,
      at,
    }),
  );
});
afterAll(async () => {
  await database?.close();
  await drop?.();
});

const withMore = ['a fee', 'noted interest', 'late', 'overdue', 'asked for by people'] as const;
const notPlain = ['in instalments', 'disputed', 'part-paid', 'proposed to be given up', 'given up in part'] as const;
interface Item {
  customer: number;
  amountMinor: number;
  is: 'plain' | 'discounted' | (typeof withMore)[number] | (typeof notPlain)[number];
}
interface Line {
  item: number;
  says: 'reference' | 'number' | 'reference and number' | 'two numbers' | 'half a number' | 'nothing';
  brings: 'all' | 'all but a discount' | 'nearly all' | 'less' | 'more';
  from: 'its account' | 'another account' | 'its name' | 'nobody';
  valueOn: string;
  recordedByHand: false | 'with its reference' | 'without';
}
const item: fc.Arbitrary<Item> = fc.record({
  customer: fc.constantFrom(0, 0, 1, 2, 3, 3, 3, 4),
  amountMinor: fc.constantFrom(10_000, 20_000, 25_000),
  is: fc.oneof(
    { weight: 3, arbitrary: fc.constant('plain' as const) },
    { weight: 2, arbitrary: fc.constantFrom('discounted', ...withMore, ...withMore, ...notPlain) },
  ),
});
const often = <Value>(value: Value, ...others: Value[]) =>
  fc.oneof({ weight: 7, arbitrary: fc.constant(value) }, { weight: 3, arbitrary: fc.constantFrom(...others) });
const line: fc.Arbitrary<Line> = fc.record({
  item: fc.nat(5),
  says: often<Line['says']>(
    'reference',
    'two numbers',
    'number',
    'reference and number',
    'two numbers',
    'half a number',
    'nothing',
  ),
  brings: often<Line['brings']>('all', 'all but a discount', 'nearly all', 'less', 'more'),
  from: often<Line['from']>('its account', 'another account', 'its name', 'nobody'),
  valueOn: often(today, '2027-02-26', '2027-03-02'),
  recordedByHand: often<Line['recordedByHand']>(false, 'with its reference', 'without', false, false),
});
const file = fc.record({
  items: fc.array(item, { minLength: 1, maxLength: 5 }),
  lines: fc.array(line, { minLength: 1, maxLength: 7 }),
});
type File = { items: Item[]; lines: Line[] };

/** A note of the same amount as its principal, which stays open beside it. */
async function noteOn(tx: Transaction, principalId: string, { customer, amountMinor, is }: Item): Promise<string> {
  const account = await lockAccount(tx, customers[customer]!);
  const items = await lockOpenItems(tx, customers[customer]!);
  const item = items.find(({ id }) => id === principalId)!;
  const [kind, facts] = is === 'a fee' ? (['fee-note', { chargeKey: principalId }] as const) : (['interest-note', {}] as const);
  const lines = [{ text: is, minor: amountMinor }];
  const id = await issueNote(tx, account, { kind, item, lines, facts, today, offsetMs: 0, at });
  await saveBuckets(tx, account);
  return id;
}

/** Takes the items and the lines of a file in, and gives the lines' ids in their order. */
async function takeIn(tx: Transaction, { items, lines }: File): Promise<string[]> {
  const ids: string[] = [];
  for (const item of items) {
    const { customer, amountMinor, is } = item;
    const { invoiceId } = await takeOverOpenItem(tx, {
      customerId: customers[customer]!,
      currency: currencyOf(customer),
      amountMinor,
      issuedOn: '2027-01-15',
      dueOn: is === 'late' || is === 'overdue' || is === 'asked for by people' ? '2027-02-20' : '2027-03-20',
      reference: 'OLD',
      actor: tester,
      at,
      offsetMs: 0,
    });
    ids.push(is === 'a fee' || is === 'noted interest' ? await noteOn(tx, invoiceId, item) : invoiceId);
    const change = (statement: string) => tx.query(`UPDATE invoices SET ${statement} WHERE id = $1`, [invoiceId]);
    if (is === 'overdue' || is === 'asked for by people') await change(`overdue_since = '2027-02-21Z', dunning_level = 1`);
    if (is === 'asked for by people') {
      const task = { kind: 'overdue-contact', role: 'receivables', title: 'Call them', details: {} } as const;
      await openTask(tx, { ...task, key: `${invoiceId}:call`, customerId: customers[customer]!, invoiceId, dueAt: at, at });
    }
    if (is === 'disputed') await change('disputed_minor = 1000');
    if (is === 'discounted') {
      const tax = `[{"category": "Z", "rate": "0", "baseMinor": ${amountMinor}, "taxMinor": 0}]`;
      await change(`taxes = '${tax}', facts = facts || '{"discounts": [{"rate": "0.02", "payBy": "2027-03-10"}]}'`);
    }
    if (is === 'part-paid') {
      await receivePayment(tx, {
        customerId: customers[customer]!,
        method: 'direct-entry',
        currency: currencyOf(customer),
        amountMinor: 1_000,
        valueOn: today,
        invoiceIds: [invoiceId],
        actor: tester,
        at,
        offsetMs: 0,
      });
    }
    if (is === 'proposed to be given up' || is === 'given up in part') {
      const how = { reason: 'small', at, offsetMs: 0 };
      const { id } = await proposeWriteOff(tx, { ...how, invoiceId, amountMinor: 1_000, actor: tester });
      const other = { ...tester, name: 'somebody else' };
      if (is === 'given up in part') await decideWriteOff(tx, { ...how, id, decision: 'approve', actor: other });
    }
    if (is === 'in instalments') {
      await tx.query("INSERT INTO invoice_instalments VALUES ($1, 1, '2027-03-20', $2), ($1, 2, '2027-04-20', $3)", [
        invoiceId,
        amountMinor - 5_000,
        5_000,
      ]);
    }
  }
  const { rows } = await tx.query<{ id: string }>(
    `INSERT INTO bank_statements (bank_account_id, format, reference, currency, line_count, actor, at)
     VALUES ('MAIN', 'camt.053', 'S', 'EUR', $1, 'tester', $2) RETURNING id`,
    [lines.length, at],
  );
  const read = lines.map(({ item: place, says, brings, from, valueOn, recordedByHand }, index) => {
    const number = place % items.length;
    const { customer, amountMinor } = items[number]!;
    const id = ids[number]!;
    const reference = says === 'reference' || says === 'reference and number' ? paymentReference(id) : null;
    const texts = {
      reference: null,
      number: `Payment of ${id}, thank you`,
      'reference and number': id.replaceAll('-', ' '),
      'two numbers': `${id} ${ids[(number + 1) % ids.length]}`,
      'half a number': id.slice(0, -3),
      nothing: null,
    };
    const another = (customer + 1) % customers.length;
    return {
      number: index + 1,
      line: {
        direction: 'credit' as const,
        kind: 'receipt' as const,
        currency: currencyOf(customer),
        amountMinor:
          amountMinor +
          (says === 'two numbers' && items.length > 1 ? items[(number + 1) % items.length]!.amountMinor : 0) +
          { all: 0, 'all but a discount': -amountMinor / 50, 'nearly all': -10, less: -3_000, more: 500 }[brings],
        bookedOn: today,
        valueOn,
        bankReference: `B${index}`,
        endToEndId: null,
        structuredReference: reference,
        remittanceText: texts[says],
        payerName: from === 'its name' ? `Customer ${customers[customer]}` : null,
        payerIban: from === 'its account' ? ibanOf(customer) : from === 'another account' ? ibanOf(another) : null,
        recordedByHand,
        customerId: customers[customer]!,
      },
    };
  });
  for (const { line: one } of read.filter(({ line: { recordedByHand } }) => recordedByHand)) {
    await receivePayment(tx, {
      customerId: one.customerId,
      method: 'bank-transfer',
      currency: one.currency,
      amountMinor: one.amountMinor,
      valueOn: today,
      invoiceIds: [],
      externalReference: one.recordedByHand === 'without' ? undefined : one.bankReference,
      actor: tester,
      at,
      offsetMs: 0,
    });
  }
  await importBankLines(tx, { statementId: rows[0]!.id, from: 0, lines: read, at });
  const taken = await tx.query<{ id: string }>('SELECT id FROM bank_lines WHERE statement_id = $1 ORDER BY line_number', [
    rows[0]!.id,
  ]);
  return taken.rows.map(({ id }) => id);
}

/** Every row of every table: without what a sequence or the wall clock gives, and each named by the line that it came with. */
async function allRows(tx: Transaction): Promise<Record<string, string[]>> {
  const tables = await tx.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1",
  );
  const named = await tx.query<{ id: string; name: string }>(
    `SELECT id, 'line ' || line_number AS name FROM bank_lines
     UNION ALL SELECT p.id, 'payment of line ' || l.line_number FROM payments p JOIN bank_lines l ON l.payment_id = p.id
     UNION ALL SELECT id, 'statement' FROM bank_statements
     UNION ALL SELECT c.id, 'clock of line ' || l.line_number FROM documentation_clocks c JOIN bank_lines l ON l.id = c.source_id
     UNION ALL SELECT id, 'write-off of ' || invoice_id FROM write_offs
     UNION ALL SELECT id, kind || ' of ' || invoice_id FROM tasks
     UNION ALL SELECT id, 'event ' || key FROM webhook_events
     UNION ALL SELECT d.id, 'delivery of ' || e.key FROM webhook_deliveries d JOIN webhook_events e ON e.id = d.event_id
     UNION ALL SELECT id::text, event_id FROM journal_entries`,
  );
  const names = new Map(named.rows.map(({ id, name }) => [String(id), name]));
  const told = (text: string): string =>
    text.replaceAll(/(?:PAY|BKL|BST|CLK|WRO|TSK|EVT|WHD)-\d+/g, (id) => told(names.get(id) ?? 'by hand'));
  const found: Record<string, string[]> = {};
  for (const { name } of tables.rows) {
    if (name === 'api_keys' || name === 'schema_migrations') continue;
    const { rows } = await tx.query<{ row: Record<string, unknown> }>(`SELECT to_jsonb(t) AS row FROM ${name} t`);
    found[name] = rows
      .map(({ row }) => {
        for (const name of ['recorded_at', 'sequence']) delete row[name];
        if (name === 'webhook_deliveries') delete row.due_at;
        // What a line decides alone needs no look at the rest that its payer owes.
        if (name === 'bank_line_matchings') delete row.facts;
        if ('entry_id' in row) row.entry_id = names.get(String(row.entry_id));
        if (typeof row.id === 'number') delete row.id;
        return told(JSON.stringify(row));
      })
      .sort();
  }
  return found;
}

class TakenBack extends Error {
  constructor(readonly found: unknown) {
    super('taken back');
  }
}

/** What the work finds in a transaction that holds to every constraint and then is taken back. */
async function taking<Found>(work: (tx: Transaction) => Promise<Found>): Promise<Found> {
  try {
    return await database.transaction<never>(async (tx) => {
      const found = await work(tx);
      await tx.query('SET CONSTRAINTS ALL IMMEDIATE');
      throw new TakenBack(found);
    });
  } catch (error) {
    if (error instanceof TakenBack) return error.found as Found;
    throw error;
  }
}

const inSets = (given: File) =>
  taking(async (tx) => {
    const lineIds = await takeIn(tx, given);
    const posted = await postPlainLines(tx, { lineIds, at, offsetMs: 0 });
    for (const lineId of lineIds) if (!posted.includes(lineId)) await matchBankLine(tx, { lineId, at, offsetMs: 0 });
    return { rows: await allRows(tx), posted: posted.map((id) => lineIds.indexOf(id)) };
  });
const oneByOne = (given: File, first: number[]) =>
  taking(async (tx) => {
    const lineIds = await takeIn(tx, given);
    const order = [...first, ...lineIds.keys()];
    for (const index of order) await matchBankLine(tx, { lineId: lineIds[index]!, at, offsetMs: 0 });
    return allRows(tx);
  });

describe('lines that are posted in sets', () => {
  it('P2: any file leaves the same rows in every table, whether its plain lines are posted in sets or one by one', async () => {
    let plain = 0;
    await fc.assert(
      fc.asyncProperty(file, async (given) => {
        const { rows, posted } = await inSets(given);
        plain += posted.length;
        expect(rows).toEqual(await oneByOne(given, posted));
      }),
      { numRuns: 25 },
    );
    expect(plain).toBeGreaterThan(0);
  }, 240_000);

  it('P2: what is disputed, in instalments, given up, abroad, short, or of a customer whose word runs is left to the way line by line', async () => {
    const right: Line = { item: 0, says: 'reference', brings: 'all', from: 'its account', valueOn: today, recordedByHand: false };
    const plain: Item = { customer: 0, amountMinor: 10_000, is: 'plain' };
    const posted = async (what: Partial<Item>, how: Partial<Line> = {}) =>
      (await inSets({ items: [{ ...plain, ...what }], lines: [{ ...right, ...how }] })).posted.length;
    expect(await posted({})).toBe(1);
    expect(await posted({ customer: 1 }, { says: 'number', from: 'its name' })).toBe(1);
    for (const is of withMore) expect([is, await posted({ is })]).toEqual([is, 1]);
    expect(await posted({ is: 'discounted' }, { brings: 'all but a discount' })).toBe(1);
    expect(await posted({ is: 'discounted' })).toBe(0);
    expect(await posted({ customer: 3, is: 'overdue' })).toBe(1);
    expect(await posted({}, { from: 'another account' })).toBe(1);
    for (const is of notPlain) {
      expect([is, await posted({ is })]).toEqual([is, 0]);
    }
    for (const customer of [2, 4]) expect(await posted({ customer })).toBe(0);
    for (const brings of ['nearly all', 'less', 'more'] as const) expect(await posted({}, { brings })).toBe(0);
    for (const says of ['half a number', 'nothing'] as const) expect(await posted({}, { says })).toBe(0);
    expect(await posted({}, { valueOn: '2027-03-02' })).toBe(0);
    for (const recordedByHand of ['with its reference', 'without'] as const) expect(await posted({}, { recordedByHand })).toBe(0);
  });

  it('P2: a line that names several items of one customer pays all of them in a set, and none of two customers', async () => {
    const right: Line = {
      item: 0,
      says: 'two numbers',
      brings: 'all',
      from: 'its account',
      valueOn: today,
      recordedByHand: false,
    };
    const overdue: Item = { customer: 3, amountMinor: 10_000, is: 'overdue' };
    const held: File = {
      items: [overdue, { ...overdue, amountMinor: 20_000 }, { ...overdue, is: 'late' }],
      lines: [right, { ...right, item: 2, says: 'reference' }],
    };
    const { rows, posted } = await inSets(held);
    expect(posted).toEqual([0, 1]);
    expect(rows).toEqual(await oneByOne(held, posted));
    const another: File = { items: [overdue, { ...overdue, customer: 0 }], lines: [right] };
    expect((await inSets(another)).posted).toEqual([]);
  });

  const whole: Line = { item: 0, says: 'reference', brings: 'all', from: 'its account', valueOn: today, recordedByHand: false };
  const owed: Item = { customer: 0, amountMinor: 10_000, is: 'plain' };
  const linesOf = async (tx: Transaction, lineIds: string[]) =>
    (
      await tx.query<{ status: string; customer: string | null; paid: boolean; suspense: number }>(
        `SELECT status, customer_id AS customer, payment_id IS NOT NULL AS paid, suspense_minor AS suspense
         FROM bank_lines WHERE id = ANY ($1) ORDER BY line_number`,
        [lineIds],
      )
    ).rows;

  it('P2, P4: a line whose value date is still to come keeps its payer’s letters back, and is matched by itself on that day', async () => {
    const tomorrow = '2027-03-02';
    const unknown = { says: 'nothing', brings: 'more', from: 'nobody', valueOn: tomorrow } as const;
    await taking(async (tx) => {
      const lineIds = await takeIn(tx, {
        items: [owed],
        lines: [
          { ...whole, valueOn: tomorrow },
          { ...whole, ...unknown },
        ],
      });
      for (const lineId of lineIds) await matchBankLine(tx, { lineId, at, offsetMs: 0 });
      expect(await linesOf(tx, lineIds)).toEqual([
        { status: 'unmatched', customer: 'PLAIN', paid: false, suspense: 10_000 },
        { status: 'unmatched', customer: null, paid: false, suspense: 10_500 },
      ]);
      await assignPayer(tx, { lineId: lineIds[1]!, customerId: 'HELD', actor: tester, at, offsetMs: 0 });
      expect([await suspenseOf(tx, 'PLAIN'), await suspenseOf(tx, 'HELD')]).toEqual([10_000, 10_500]);
      const looks = async (on: string) => {
        for (let times = 0; times < 3; times += 1) {
          await runJob(tx, { name: 'documentation-clocks', at: instant(on, '08:00:00') });
        }
      };
      await looks(today);
      expect((await linesOf(tx, lineIds)).filter(({ paid }) => paid)).toEqual([]);
      await looks(tomorrow);
      expect(await linesOf(tx, lineIds)).toEqual([
        { status: 'matched', customer: 'PLAIN', paid: true, suspense: 0 },
        { status: 'unmatched', customer: 'HELD', paid: true, suspense: 0 },
      ]);
    });
  });

  it('P4: of a line that several customers may have paid each one’s letters wait', async () => {
    await taking(async (tx) => {
      await tx.query('UPDATE payer_accounts SET customer_ids = $2 WHERE iban = $1', [ibanOf(0), ['PLAIN', 'HELD']]);
      const [lineId] = await takeIn(tx, { items: [owed, { ...owed, customer: 3 }], lines: [{ ...whole, says: 'nothing' }] });
      await matchBankLine(tx, { lineId: lineId!, at, offsetMs: 0 });
      expect(await linesOf(tx, [lineId!])).toMatchObject([{ status: 'suggested', suspense: 10_000 }]);
      for (const customer of ['PLAIN', 'HELD']) expect(await suspenseOf(tx, customer)).toBe(10_000);
      expect(await suspenseOf(tx, 'WAITING')).toBe(0);
    });
  });

  it('P2: of two lines that name one item the first pays it, and a file that comes to be matched twice at once is posted once', async () => {
    const right: Line = { item: 0, says: 'reference', brings: 'all', from: 'its account', valueOn: today, recordedByHand: false };
    const items: Item[] = Array.from({ length: 20 }, (_, index) => ({ customer: index % 2, amountMinor: 10_000, is: 'plain' }));
    const lines = [...items.keys(), 0].map((number) => ({ ...right, item: number }));
    const lineIds = await database.transaction((tx) => takeIn(tx, { items, lines }));
    const { rows } = await database.query<{ id: string }>('SELECT statement_id AS id FROM bank_lines WHERE id = $1', [
      lineIds[0],
    ]);
    const statementId = rows[0]!.id;
    const both = await Promise.all([1, 2].map(() => matchLines(database, { statementId, at, offsetMs: 0 })));
    expect(both.reduce((sum, { inSets: count }) => sum + count, 0)).toBe(20);
    const statuses = await database.query('SELECT status, count(*)::int FROM bank_lines GROUP BY 1 ORDER BY 1');
    expect(statuses.rows).toEqual([
      { status: 'matched', count: 20 },
      { status: 'unmatched', count: 1 },
    ]);
    expect(await trialBalance(database)).toEqual({ bank: 210_000, 'opening-balance': -200_000, 'unapplied-cash': -10_000 });
    await checkInvariants(database);
  });
});
