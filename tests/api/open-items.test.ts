import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../db/client.ts';
import { previewLetter } from '../../db/queries/letters.ts';
import { readClock } from '../../db/statements/company.ts';
import { importBankLines } from '../../db/transactions/import-bank-lines.ts';
import { matchBankLine } from '../../db/transactions/match-bank-line.ts';
import { receivePayment } from '../../db/transactions/receive-payment.ts';
import { reversePayment } from '../../db/transactions/reverse-payment.ts';
import { addCustomer, openingItem, pay, setUpCompany, trialBalance } from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { createSuiteDatabase, type Suite, tester } from '../suite.ts';
import { type Api, startApi } from './client.ts';

/* Open invoices and credits that come over by file. Nothing here needs a workflow to move: what they would hear waits in the outbox. */
let database: Database;
let drop: () => Promise<void>;
let api: Api;
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
  for (const id of ['ADA', 'BOB']) await addCustomer(database, id, { limitMinor: 100_000_000 });
});
afterAll(async () => {
  await api?.stop();
  await database?.close();
  await drop?.();
});

const header = 'kind,customerId,reference,issuedOn,dueOn,currency,grossMinor,openMinor';
const send = (lines: string[], query = '', as = 'finance') =>
  api.ask('POST', `/v1/imports/open-items${query}`, {
    as,
    raw: [header, ...lines].join('\n'),
    headers: { 'Content-Type': 'text/csv' },
  });
const good = [
  'invoice,ADA,R-1,2027-01-10,2027-02-10,EUR,50000,20000',
  'invoice,BOB,R-1,2027-02-20,2027-03-20,EUR,30000,30000',
  'credit,ADA,G-7,2027-02-25,,EUR,4000,4000',
];

describe('taking over open items', () => {
  it('X9: every item is a receivable with a workflow of its own, every credit is unapplied cash, and the books agree', async () => {
    expect((await send(good, '', 'sales')).status).toBe(403);
    expect((await send(good, '?dryRun=true')).body).toMatchObject({ id: null, createdCount: 3, faultCount: 0 });
    expect(await trialBalance(database)).toEqual({});
    expect((await send(good)).body).toMatchObject({ kind: 'open-items', lineCount: 3, createdCount: 3, rejectedCount: 0 });
    expect(await trialBalance(database)).toEqual({
      'accounts-receivable': 50_000,
      'unapplied-cash': -4_000,
      'opening-balance': -46_000,
    });
    const { rows } = await database.query(
      `SELECT i.id, i.open_minor AS "openMinor", i.due_on AS "dueOn", i.facts ->> 'reference' AS reference,
         i.facts -> 'originalGrossMinor' AS "originalGrossMinor", o.key
       FROM invoices i JOIN outbox o ON o.key = 'start:' || i.id AND o.kind = 'start-receivable' ORDER BY i.id`,
    );
    expect(rows).toEqual([
      {
        id: 'OPN-2027-000001',
        openMinor: 20_000,
        dueOn: '2027-02-10',
        reference: 'R-1',
        originalGrossMinor: 50_000,
        key: 'start:OPN-2027-000001',
      },
      {
        id: 'OPN-2027-000002',
        openMinor: 30_000,
        dueOn: '2027-03-20',
        reference: 'R-1',
        originalGrossMinor: 30_000,
        key: 'start:OPN-2027-000002',
      },
    ]);
    const aged = (await api.get('/v1/receivables/ageing', 'finance')).body.items;
    expect(aged).toMatchObject([
      { customerId: 'ADA', totalMinor: 20_000, buckets: { '1-30': 20_000 }, unappliedMinor: 4_000 },
      { customerId: 'BOB', totalMinor: 30_000, buckets: { current: 30_000 }, unappliedMinor: 0 },
    ]);
    await checkInvariants(database);
  });

  it('X9, O3: the same file again changes nothing, even when part of it was paid meanwhile or taken over by hand', async () => {
    await pay(books, 'BOB', 10_000, 'OPN-2027-000002');
    await openingItem(books, 'BOB', 1_500, '2027-02-01', '2027-03-01');
    const before = await trialBalance(database);
    const again = await send([...good, 'invoice,BOB,OLD,2027-02-01,2027-03-01,EUR,1500,1500']);
    expect(again.body).toMatchObject({ createdCount: 0, unchangedCount: 4, rejectedCount: 0 });
    expect(await trialBalance(database)).toEqual(before);
    // The next number follows the last one.
    expect((await send(['invoice,ADA,R-2,2027-02-01,2027-03-01,EUR,100,100'])).body.createdCount).toBe(1);
    await checkInvariants(database);
  });

  it('X9: every fault is told by line and field, and the good lines are taken', async () => {
    const { body } = await send([
      'invoice,ADA,R-1,2027-01-10,2027-02-10,EUR,50000,20001',
      'invoice,NOBODY,R-9,2027-01-10,2027-02-10,EUR,1,1',
      'invoice,ADA,R-10,2027-03-10,2027-03-09,USD,1,2',
      'invoice,ADA,R-11,2027-01-10,,EUR,1,1',
      'credit,ADA,G-8,2027-01-10,,EUR,0,0',
      'invoice,ADA,R-12,2027-02-01,2027-03-01,EUR,500,500',
      'invoice,ADA,R-12,2027-02-01,2027-03-01,EUR,500,500',
    ]);
    expect(body).toMatchObject({ createdCount: 1, rejectedCount: 6 });
    const faults = body.faults.map(
      ({ line, field, code }: { line: number; field: string; code: string }) => `${line} ${field} ${code}`,
    );
    expect(faults).toEqual([
      '2 reference already-taken-over',
      '3 customerId unknown-customer',
      '4 currency currency',
      '4 issuedOn future-date',
      '4 dueOn date-order',
      '4 openMinor amount',
      '5 dueOn required',
      '6 grossMinor too-small',
      '6 openMinor too-small',
      '8 reference repeated',
    ]);
    await checkInvariants(database);
  });

  it('A3, A4, P1, P5: money that came before its item was taken over waits unapplied until that day, in both currencies', async () => {
    const on = '2027-03-02';
    await database.query(
      `INSERT INTO exchange_rates (currency, valid_on, rate, source, actor, at)
       VALUES ('USD', '2027-01-01', '0.80', 'ECB', 'tester', now()), ('USD', '2027-03-02', '0.90', 'ECB', 'tester', now())`,
      [],
    );
    const { at, offsetMs } = await readClock(database);
    const days = ['2027-01-20', '2027-02-20', '2027-02-28', '2027-03-01', on];
    const asOf = async (day: string, currency: string) => {
      const { rows } = await database.query<{ account: string; minor: number }>(
        `SELECT account, sum(CASE side WHEN 'debit' THEN amount_minor ELSE -amount_minor END)::bigint AS minor
         FROM postings p JOIN journal_entries e ON e.id = p.entry_id WHERE booked_on <= $1 AND e.currency = $2 GROUP BY 1`,
        [day, currency],
      );
      return Object.fromEntries(rows.map(({ account, minor }) => [account, minor]));
    };
    let customers = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('EUR', 'USD'),
        fc.array(fc.record({ on: fc.constantFrom(...days), minor: fc.integer({ min: 1, max: 40_000 }) }), { maxLength: 5 }),
        fc.nat(5),
        async (currency, receipts, bounces) => {
          const customerId = `EARLY-${++customers}`;
          await addCustomer(database, customerId, { currency });
          const before = await Promise.all(days.map((day) => asOf(day, currency)));
          const item = await openingItem(books, customerId, 30_000, '2027-01-10', '2027-02-10', currency);
          let leftMinor = 30_000;
          const waiting = new Map<string, number>();
          for (const { on: valueOn, minor: amountMinor } of receipts) {
            const paid = await database.transaction((tx) =>
              receivePayment(tx, {
                customerId,
                method: 'bank-transfer',
                currency,
                amountMinor,
                valueOn,
                invoiceIds: [item],
                actor: tester,
                at,
                offsetMs,
              }),
            );
            const appliedMinor = Math.min(leftMinor, amountMinor);
            leftMinor -= appliedMinor;
            expect(paid.unappliedMinor).toBe(amountMinor - appliedMinor);
            for (const day of days) {
              const counts = day < valueOn ? 0 : day < on ? amountMinor : amountMinor - appliedMinor;
              waiting.set(day, (waiting.get(day) ?? 0) + counts);
            }
            // Whoever paid in time owes no interest for the day on which the item came over.
            if (leftMinor === 0 && appliedMinor > 0 && receipts.every((receipt) => receipt.on < '2027-02-10')) {
              expect(paid.interestNotes).toEqual([]);
            }
          }
          for (const [index, day] of days.entries()) {
            const now = await asOf(day, currency);
            const moved = (account: string) => (now[account] ?? 0) - (before[index]![account] ?? 0);
            expect([day, moved('unapplied-cash')]).toEqual([day, -(waiting.get(day) ?? 0) + 0]);
            if (day < on) expect([day, moved('accounts-receivable')]).toEqual([day, 0]);
          }
          await checkInvariants(database);
          const { rows } = await database.query<{ id: string }>('SELECT id FROM payments WHERE customer_id = $1 ORDER BY id', [
            customerId,
          ]);
          const paymentId = rows[bounces]?.id;
          if (paymentId === undefined) return;
          const kind = bounces % 2 === 0 ? 'bounce' : 'undo';
          await database.transaction((tx) =>
            reversePayment(tx, { paymentId, kind, reason: 'no funds', actor: tester, at, offsetMs }),
          );
          await checkInvariants(database);
        },
      ),
      { numRuns: 8 },
    );
  });

  it('P1, P2, P4, A4: an item is paid by the number that its customer knows, and called by it in letters and statements', async () => {
    await addCustomer(database, 'KNOWN', { limitMinor: 100_000_000 });
    const taken = ['0880', '0881'].map((number) => `invoice,KNOWN,RE-2025-${number},2027-01-10,2027-02-10,EUR,51237,51237`);
    expect((await send(taken)).body).toMatchObject({ createdCount: 2 });
    const { rows } = await database.query<{ id: string }>("SELECT id FROM invoices WHERE customer_id = 'KNOWN' ORDER BY id", []);
    const [paid, owed] = rows.map(({ id }) => id);
    expect((await pay(books, 'KNOWN', 51_237, 'Rechnung RE 2025/0880')).applications).toMatchObject([{ invoiceId: paid }]);
    await database.query(
      "INSERT INTO bank_accounts (id, name, iban, currency, at) VALUES ('MAIN', 'Main', 'DE89370400440532013000', 'EUR', now())",
      [],
    );
    await database.query(
      "INSERT INTO payer_accounts (iban, customer_ids, changed_by, at) VALUES ('FR1', '{KNOWN}', 'x', now())",
      [],
    );
    const { at, offsetMs } = await readClock(database);
    const { rows: statements } = await database.query<{ id: string }>(
      `INSERT INTO bank_statements (bank_account_id, format, reference, currency, line_count, actor, at)
       VALUES ('MAIN', 'camt.053', 'S', 'EUR', 3, 'x', now()) RETURNING id`,
      [],
    );
    const line = (number: number, remittanceText: string, amountMinor: number, valueOn: string) => ({
      number,
      line: {
        direction: 'credit' as const,
        kind: 'receipt' as const,
        currency: 'EUR',
        amountMinor,
        bookedOn: '2027-03-02',
        valueOn,
        bankReference: `B-${number}`,
        endToEndId: null,
        structuredReference: null,
        remittanceText,
        payerName: null,
        payerIban: number === 3 ? null : 'FR1',
      },
    });
    const lines = [
      // Long after the first, which it is not: it pays the same again.
      line(1, 'RE-2025-0880', 51_237, '2027-02-15'),
      line(2, 'RE-2025-0881', 30_000, '2027-03-02'),
      line(3, 're20250881', 21_237, '2027-03-02'),
    ];
    await database.transaction((tx) => importBankLines(tx, { statementId: statements[0]!.id, from: 0, lines, at }));
    const preview = await database.transaction((tx) => previewLetter(tx, { customerId: 'KNOWN', at }));
    expect(preview?.letter?.text).toContain(`${owed} (RE-2025-0881)`);
    const { rows: known } = await database.query<{ id: string }>('SELECT id FROM bank_lines ORDER BY line_number', []);
    for (const { id } of known) await database.transaction((tx) => matchBankLine(tx, { lineId: id, at, offsetMs }));
    const became = await database.query('SELECT status, status_reason AS reason FROM bank_lines ORDER BY line_number', []);
    expect(became.rows).toMatchObject([
      { status: 'suggested' },
      { status: 'matched', reason: expect.stringContaining(`names ${owed} (RE-2025-0881)`) },
      { status: 'matched' },
    ]);
    const statement = (await api.get('/v1/customers/KNOWN/statement', 'finance')).body;
    expect(statement.lines).toContainEqual(expect.objectContaining({ invoiceId: paid, formerReference: 'RE-2025-0880' }));
    expect((await api.get(`/v1/invoices/${owed}`, 'finance')).body).toMatchObject({
      formerReference: 'RE-2025-0881',
      openMinor: 0,
    });
    await checkInvariants(database);
  });

  it('X9: a file of more than one chunk is taken over as a whole, and again changes nothing', async () => {
    for (let n = 0; n < 50; n += 1) await addCustomer(database, `MANY-${n}`, {});
    const lines = Array.from(
      { length: 2_500 },
      (_, n) => `${n % 10 === 0 ? 'credit' : 'invoice'},MANY-${n % 50},M-${n},2027-01-10,2027-04-10,EUR,1000,${100 + (n % 900)}`,
    );
    expect((await send(lines)).body).toMatchObject({ createdCount: 2_500, rejectedCount: 0 });
    expect((await send(lines)).body).toMatchObject({ createdCount: 0, unchangedCount: 2_500 });
    await checkInvariants(database);
  });
});
