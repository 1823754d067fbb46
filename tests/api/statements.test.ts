import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openByDueDate } from '../../db/queries/ledger.ts';
import { readClock } from '../../db/statements/company.ts';
import { createApiKey } from '../../db/transactions/create-api-key.ts';
import { runDueJobs } from '../../db/transactions/run-job.ts';
import {
  addCustomer,
  addProduct,
  addStock,
  instant,
  invoiced,
  openingItem,
  order,
  pay,
  pickAndPack,
  setUpCompany,
  shipmentsInWork,
} from '../company.ts';
import { eventually, type Suite, startSuite, tester } from '../suite.ts';
import { type Api, startApi } from './client.ts';

/* Statements of account of a customer with items, payments, a credit note and money that pays nothing yet. */
let suite: Suite;
let api: Api;
let invoiceId: string;
let opening: string;
let creditNoteId: string;

interface Told {
  kind: string;
  documentId: string;
  invoiceId: string;
  amountMinor: number;
}

beforeAll(async () => {
  suite = await startSuite();
  await suite.setClock(instant('2027-03-10'));
  await setUpCompany(suite.database);
  api = await startApi(suite);
  for (const id of ['ALMA', 'BODO']) await addCustomer(suite.database, id, { limitMinor: 10_000_000 });
  await addProduct(suite.database, 'CHAIR', 10_000);
  await addStock(suite, 'CHAIR', 10, 4_000);
  opening = await openingItem(suite, 'ALMA', 50_000, '2027-03-01', '2027-03-31');
  await openingItem(suite, 'BODO', 77_000, '2027-01-05', '2027-12-04');
  await pay(suite, 'ALMA', 20_000, opening, '2027-03-10');
  const orderId = await order(suite, 'ALMA', [{ sku: 'CHAIR', quantity: 2 }]);
  const [shipmentId] = await shipmentsInWork(suite, orderId);
  await pickAndPack(suite, orderId, shipmentId!);
  invoiceId = (await invoiced(suite, orderId))[0]!.id;
  const line = { lineNumber: 1, quantity: 1 };
  const asked = await api.post('/v1/returns', 'sales', { shipmentId, lines: [{ ...line, reason: 'damaged' }] });
  const path = `/v1/returns/${asked.body.returnId}`;
  await api.post(`${path}/approve`, 'sales', {});
  await api.post(`${path}/receive`, 'warehouse', { lines: [line] });
  const inspected = { lineNumber: 1, restockedQuantity: 1, scrappedQuantity: 0 };
  creditNoteId = (await api.post(`${path}/inspect`, 'warehouse', { lines: [inspected] })).body.creditNoteId;
  await pay(suite, 'ALMA', 45_000, `${opening} ${invoiceId}`, '2027-03-10');
});
afterAll(async () => {
  await api?.stop();
  await suite?.stop();
});

describe('a statement of account', () => {
  it('A4: every item, payment and credit between two balances, and unapplied cash beside', async () => {
    const { body } = await api.get('/v1/customers/ALMA/statement', 'receivables');
    expect(body).toMatchObject({ from: '2027-03-01', to: '2027-03-10', currency: 'EUR', unappliedMinor: 3_000 });
    const told = body.lines.map(({ kind, documentId, invoiceId: item, amountMinor }: Told) => [
      kind,
      documentId,
      item,
      amountMinor,
    ]);
    expect(told).toHaveLength(6);
    expect(told).toEqual(
      expect.arrayContaining([
        ['opening-item', opening, opening, 50_000],
        ['invoice', invoiceId, invoiceId, 24_000],
        ['payment', expect.stringMatching(/^PAY-/), opening, -20_000],
        ['credit-note', creditNoteId, invoiceId, -12_000],
        ['payment', expect.stringMatching(/^PAY-/), opening, -30_000],
        ['payment', expect.stringMatching(/^PAY-/), invoiceId, -12_000],
      ]),
    );
    expect(body).toMatchObject({ openingMinor: 0, closingMinor: 0 });
    expect(body.lines.at(-1).balanceMinor).toBe(0);
  });

  it('A4: its closing balance is what the ageing says, on any day', async () => {
    for (const to of ['2027-03-09', '2027-03-10']) {
      const [alma, bodo] = await Promise.all(
        ['ALMA', 'BODO'].map(
          async (id) => (await api.get(`/v1/customers/${id}/statement?from=2027-01-01&to=${to}`, 'finance')).body,
        ),
      );
      const open = (await openByDueDate(suite.database, to)).reduce((sum, { openMinor }) => sum + openMinor, 0);
      expect(alma.closingMinor + bodo.closingMinor).toBe(open);
      const aged = Object.values<number>(alma.ageing).reduce((sum, amount) => sum + amount, 0);
      expect(aged).toBe(alma.closingMinor);
    }
  });

  it('A4, X3: on paper; a customer reads its own; a period is one to 366 days', async () => {
    const pdf = await api.get('/v1/customers/ALMA/statement/pdf?from=2027-01-01', 'receivables');
    expect(pdf.body.subarray(0, 5).toString()).toBe('%PDF-');
    const { at } = await readClock(suite.database);
    const { key } = await suite.database.transaction((tx) =>
      createApiKey(tx, { name: 'alma', roles: ['customer'], customerId: 'ALMA', actor: tester, at }),
    );
    expect((await api.get('/v1/customers/ALMA/statement', key)).status).toBe(200);
    expect((await api.get('/v1/customers/BODO/statement', key)).status).toBe(404);
    expect((await api.get('/v1/customers/BODO/statement/pdf', key)).status).toBe(404);
    expect((await api.get('/v1/customers/NOBODY/statement', 'finance')).status).toBe(404);
    for (const period of ['from=2027-03-11&to=2027-03-10', 'from=2025-01-01&to=2027-03-10']) {
      expect(await api.get(`/v1/customers/ALMA/statement?${period}`, 'finance')).toMatchObject({
        status: 400,
        body: { errors: [{ path: '/query/from' }] },
      });
    }
  });

  it('A4: goes out by mail on the first of the month, once, to who wants it and has something open or moved', async () => {
    await addCustomer(suite.database, 'IDLE');
    await suite.database.query("UPDATE customers SET monthly_statements = true WHERE id IN ('ALMA', 'IDLE')");
    const statements = () => suite.mails.filter(({ subject }) => subject.startsWith('Statement of account'));
    const at = instant('2027-04-01', '06:00:00');
    await suite.setClock(at);
    await Promise.all([1, 2, 3].map(() => runDueJobs(suite.database, { at })));
    await runDueJobs(suite.database, { at: instant('2027-04-20') });
    suite.delivery.deliverSoon();
    await eventually(async () => statements().length > 0);
    const { rows } = await suite.database.query("SELECT key FROM notices WHERE kind = 'statement'");
    expect(rows).toEqual([{ key: 'statement:ALMA:2027-03' }]);
    expect(statements()).toMatchObject([
      {
        to: 'alma@customer.example',
        subject: 'Statement of account, 2027-03-01 to 2027-03-31',
        attachments: [{ filename: 'statement-ALMA-2027-03-31.pdf' }],
      },
    ]);
    // In May there is nothing to tell of April.
    await runDueJobs(suite.database, { at: instant('2027-05-02') });
    expect((await suite.database.query("SELECT key FROM notices WHERE kind = 'statement'")).rows).toEqual(rows);
  });

  it('A4: a long history is one opening balance, and a period of too many movements is one task that holds up nobody', async () => {
    await suite.setClock(instant('2027-05-02'));
    for (const id of ['LONG', 'BUSY', 'WELL']) {
      await addCustomer(suite.database, id);
      const item = await openingItem(suite, id, 30_000, '2027-05-01', '2027-05-31');
      const on = { LONG: '2027-05-20', BUSY: '2027-06-10', WELL: undefined }[id];
      if (on) await moved(item, on, 20_002);
    }
    const long = await api.get('/v1/customers/LONG/statement?from=2027-06-01&to=2027-06-30', 'finance');
    expect(long).toMatchObject({ status: 200, body: { openingMinor: 30_000, lines: [], closingMinor: 30_000 } });
    const busy = await api.get('/v1/customers/BUSY/statement?from=2027-06-01&to=2027-06-30', 'finance');
    expect(busy).toMatchObject({ status: 422, body: { type: '/problems/statement-too-long' } });

    await suite.database.query("UPDATE customers SET monthly_statements = id IN ('LONG', 'BUSY', 'WELL')");
    const at = instant('2027-07-01', '06:00:00');
    await suite.setClock(at);
    for (const run of [1, 2]) {
      if (run === 2) await suite.database.query("UPDATE jobs SET ran_for = '2027-06-02T00:00:00Z' WHERE name = 'statements'");
      expect((await runDueJobs(suite.database, { at })).failed).toEqual([]);
      const { rows } = await suite.database.query("SELECT key FROM notices WHERE key LIKE 'statement:%:2027-06' ORDER BY key");
      expect(rows).toEqual([{ key: 'statement:LONG:2027-06' }, { key: 'statement:WELL:2027-06' }]);
      const { items } = (await api.get('/v1/tasks?kind=statement-not-sent', 'receivables')).body;
      // The job had missed a month, and makes up for each.
      expect(items).toMatchObject([
        { customerId: 'LONG', details: { from: '2027-05-01', to: '2027-05-31' } },
        { customerId: 'BUSY', details: { from: '2027-06-01', to: '2027-06-30' } },
      ]);
    }
  });
});

/** So many movements of an item on a day, which come to nothing together. */
const moved = (invoiceId: string, on: string, count: number) =>
  suite.database.query(
    `INSERT INTO receivable_movements (invoice_id, amount_minor, functional_minor, booked_on, recorded_at)
     SELECT $1, minor, minor, $2, $2::date
     FROM generate_series(1, $3::int) number, LATERAL (SELECT CASE number % 2 WHEN 0 THEN 1 ELSE -1 END AS minor) moved`,
    [invoiceId, on, count],
  );
