import { extractText } from 'unpdf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addCustomer,
  addProduct,
  address,
  addStock,
  becomes,
  exposure,
  instant,
  invoiced,
  pickAndPack,
  setUpCompany,
  shipmentsInWork,
} from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { eventually, type Suite, startSuite } from '../suite.ts';
import { type Api, startApi } from './client.ts';

/* The books are in euros; KYOTO pays in yen, which have no decimals, and KUWAIT in dinars, which have three. */
let suite: Suite;
let api: Api;
beforeAll(async () => {
  suite = await startSuite();
  await suite.setClock(instant('2027-03-01', '08:00:00'));
  api = await startApi(suite);
  const { database } = suite;
  await setUpCompany(database);
  for (const [id, currency] of [
    ['KYOTO', 'JPY'],
    ['OSAKA', 'JPY'],
    ['KUWAIT', 'KWD'],
  ] as const) {
    await addCustomer(database, id, { limitMinor: 100_000_000, currency });
  }
  await addProduct(database, 'DESK', 10_000, '0.10');
  await database.query(
    "INSERT INTO prices (sku, currency, unit_price_minor) VALUES ('DESK', 'JPY', 10000), ('DESK', 'KWD', 30125)",
  );
  await addStock(suite, 'DESK', 100, 4_000);
});
afterAll(async () => {
  await api?.stop();
  await suite?.stop();
});

const rates = (validOn: string, rate: string, currency = 'JPY') => ({ source: 'ECB', rates: [{ currency, validOn, rate }] });
const save = async (...given: Parameters<typeof rates>) => {
  expect(await api.post('/v1/exchange-rates', 'finance', rates(...given))).toMatchObject({ status: 200 });
};
const ordering = (customerId: string, quantity = 10, currency = 'JPY') =>
  api.post('/v1/orders', 'sales', { customerId, currency, lines: [{ sku: 'DESK', quantity }] });
const paying = (customerId: string, amountMinor: number, valueOn: string, invoiceIds: string[] = []) =>
  api.post('/v1/payments', 'receivables', {
    customerId,
    method: 'bank-transfer',
    currency: 'JPY',
    amountMinor,
    valueOn,
    invoiceIds,
  });
const openItem = (customerId: string, amountMinor: number, reference: string) =>
  api.post('/v1/opening-items', 'finance', {
    customerId,
    currency: 'JPY',
    amountMinor,
    issuedOn: '2027-02-01',
    dueOn: '2027-06-01',
    reference,
  });

interface Account {
  account: string;
  debitMinor: number;
  creditMinor: number;
}
const net = (accounts: Account[]) =>
  Object.fromEntries(accounts.map(({ account, debitMinor, creditMinor }) => [account, debitMinor - creditMinor]));
async function trialBalance() {
  const { body } = await api.get('/v1/ledger/trial-balance', 'finance');
  const { functional, currencies } = body;
  expect(functional.debitMinor).toBe(functional.creditMinor);
  const yen = currencies.find(({ currency }: { currency: string }) => currency === 'JPY');
  return { currency: functional.currency, functional: net(functional.accounts), yen: net(yen?.accounts ?? []) };
}
const holds = async () => {
  expect((await api.get('/v1/integrity', 'finance')).body).toMatchObject({ holds: true, broken: [] });
  await checkInvariants(suite.database);
};
async function billed(customerId: string, orderId: string): Promise<string> {
  const [shipmentId] = await shipmentsInWork(suite, orderId);
  await pickAndPack(suite, orderId, shipmentId!);
  const [invoice] = await invoiced(suite, orderId);
  expect(invoice!.id).toBeDefined();
  expect((await api.get(`/v1/invoices/${invoice!.id}`, 'finance')).body).toMatchObject({ customerId });
  return invoice!.id;
}
async function printed(invoiceId: string): Promise<string> {
  const { body } = await api.get(`/v1/invoices/${invoiceId}/pdf`, 'finance');
  return (await extractText(new Uint8Array(body), { mergePages: true })).text;
}

describe('exchange rates', () => {
  it('A3: what has no rate is refused before anything is written, with currency, day and field', async () => {
    const lacking = (path: string) => ({
      status: 422,
      body: { errors: [{ path, code: 'no-exchange-rate', detail: expect.stringContaining('JPY on or before 2027-03-01') }] },
    });
    expect(await ordering('KYOTO')).toMatchObject(lacking('/currency'));
    expect(await paying('KYOTO', 1_000, '2027-03-01')).toMatchObject(lacking('/valueOn'));
    expect(await openItem('KYOTO', 1_000, 'OLD-1')).toMatchObject(lacking('/currency'));
    const line = 'invoice,KYOTO,OLD-1,2027-02-01,2027-06-01,JPY,1000,1000';
    const file = `kind,customerId,reference,issuedOn,dueOn,currency,grossMinor,openMinor\n${line}\n`;
    const { body } = await api.ask('POST', '/v1/imports/open-items', {
      as: 'finance',
      raw: file,
      headers: { 'Content-Type': 'text/csv' },
    });
    expect(body).toMatchObject({ createdCount: 0, faults: [{ line: 2, field: 'currency', code: 'no-exchange-rate' }] });
    const { rows } = await suite.database.query(
      `SELECT (SELECT count(*)::int FROM orders) AS orders, (SELECT count(*)::int FROM payments) AS payments,
         (SELECT count(*)::int FROM invoices) AS items`,
    );
    expect(rows).toEqual([{ orders: 0, payments: 0, items: 0 }]);
  });

  it('A3: finance saves many at once; the same again changes nothing, and of a day the last one counts', async () => {
    const wrong = {
      source: 'ECB',
      rates: [
        { currency: 'EUR', validOn: '2027-03-01', rate: '1' },
        { currency: 'JPY', validOn: '2027-03-02', rate: '0.006' },
      ],
    };
    expect(await api.post('/v1/exchange-rates', 'finance', wrong)).toMatchObject({
      status: 422,
      body: { errors: [{ path: '/rates/0/currency' }, { path: '/rates/1/validOn', code: 'future-date' }] },
    });
    for (const rate of ['0', '0.000', '-1', '1e3', '1234567', 0.5]) {
      const asked = await api.post('/v1/exchange-rates', 'finance', rates('2027-03-01', rate as string));
      expect(asked).toMatchObject({ status: 400, body: { errors: [{ path: '/rates/0/rate' }] } });
    }
    expect((await api.post('/v1/exchange-rates', 'sales', rates('2027-03-01', '0.006'))).status).toBe(403);
    const many = {
      source: 'ECB',
      rates: [
        { currency: 'JPY', validOn: '2027-02-26', rate: '0.0059' },
        { currency: 'KWD', validOn: '2027-02-26', rate: '3.015' },
      ],
    };
    expect((await api.post('/v1/exchange-rates', 'finance', many)).body).toEqual({ saved: 2, unchanged: 0 });
    expect((await api.post('/v1/exchange-rates', 'finance', many)).body).toEqual({ saved: 0, unchanged: 2 });
    await save('2027-02-26', '0.006');
    const list = (await api.get('/v1/exchange-rates?currency=JPY', 'sales')).body;
    expect(list.items.map(({ rate }: { rate: string }) => rate)).toEqual(['0.006', '0.0059']);
    const first = (await api.get('/v1/exchange-rates?limit=1&validTo=2027-02-26', 'finance')).body;
    expect(first.items).toHaveLength(1);
    expect((await api.get(`/v1/exchange-rates?limit=5&after=${first.next}`, 'finance')).body.items).toHaveLength(2);
    expect((await api.get('/v1/exchange-rates?after=bm9uc2Vuc2U', 'finance')).status).toBe(400);
  });
});

describe('a customer who pays in yen', () => {
  it('A3, I2, P2: from order to the last yen: no decimals on paper, balanced books in euros, the difference where it arose', async () => {
    const before = (await trialBalance()).functional;
    const { body: placed } = await ordering('KYOTO');
    const invoiceId = await billed('KYOTO', placed.id);
    const mail = await eventually(async () => suite.mails.find(({ text }) => text.includes(invoiceId)));
    expect(mail.text).toContain('110,000 JPY');
    expect(mail.text).not.toMatch(/\d\.\d+ JPY/);
    const text = await printed(invoiceId);
    for (const amount of ['10,000 JPY', '100,000 JPY', '110,000 JPY']) expect(text).toContain(amount);
    expect(text).not.toMatch(/\d\.\d+ JPY/);

    // The goods cost euros, and are an entry of their own.
    const entries = (await api.get(`/v1/ledger/entries?orderId=${placed.id}`, 'finance')).body.items;
    expect(entries.map(({ kind, currency }: { kind: string; currency: string }) => [kind, currency])).toEqual([
      ['goods-issue', 'EUR'],
      ['goods-issue', 'JPY'],
      ['invoice', 'JPY'],
    ]);
    expect(entries[2].postings).toEqual([
      { account: 'accounts-receivable', side: 'debit', amountMinor: 110_000, functionalMinor: 66_000 },
      { account: 'unbilled-receivables', side: 'credit', amountMinor: 100_000, functionalMinor: 60_000 },
      { account: 'tax-payable', side: 'credit', amountMinor: 10_000, functionalMinor: 6_000 },
    ]);
    await holds();

    await suite.advanceTo(instant('2027-03-12'));
    await save('2027-03-05', '0.0065');
    await save('2027-03-10', '0.0055');
    expect((await paying('KYOTO', 60_000, '2027-03-06', [invoiceId])).status).toBe(201);
    expect((await trialBalance()).functional).toMatchObject({ 'accounts-receivable': 30_000, 'exchange-gains': -3_000 });
    await holds();
    expect((await paying('KYOTO', 50_000, '2027-03-10', [invoiceId])).status).toBe(201);
    await becomes(suite, placed.id, 'closed');
    const after = await trialBalance();
    expect(after).toEqual({
      currency: 'EUR',
      functional: {
        ...before,
        bank: 39_000 + 27_500,
        inventory: before.inventory! - 40_000,
        'tax-payable': -6_000,
        revenue: -60_000,
        'cost-of-goods-sold': 40_000,
        'exchange-gains': -3_000,
        'exchange-losses': 2_500,
      },
      // In yen nothing is gained or lost, and nothing is owed.
      yen: { bank: 110_000, 'tax-payable': -10_000, revenue: -100_000 },
    });
    const exported = (await api.get(`/v1/exports/journal.csv?invoiceId=${invoiceId}&kind=receipt`, 'finance')).body.toString();
    const [columns, bank, , gain] = exported.split('\r\n').map((row: string) => row.split(','));
    const cell = (row: string[], name: string) => row[columns.indexOf(name)];
    expect([cell(bank, 'debitMinor'), cell(bank, 'functionalDebitMinor')]).toEqual(['60000', '39000']);
    expect([cell(gain, 'account'), cell(gain, 'creditMinor'), cell(gain, 'functionalCreditMinor')]).toEqual([
      'exchange-gains',
      '0',
      '3000',
    ]);
    await holds();
  });

  it('P2: unapplied yen keep the rate of their day until they pay; a payment that bounces takes its difference back, part by part', async () => {
    const before = (await trialBalance()).functional;
    const { body: item } = await openItem('OSAKA', 40_000, 'OLD-2');
    expect((await trialBalance()).functional['accounts-receivable']).toBe(22_000);
    const { body: paid } = await paying('OSAKA', 70_000, '2027-03-06', [item.invoiceId]);
    expect(paid).toMatchObject({ unappliedMinor: 30_000 });
    expect((await trialBalance()).functional).toMatchObject({ 'unapplied-cash': -19_500 });
    const { body: second } = await openItem('OSAKA', 45_000, 'OLD-3');
    await api.post(`/v1/payments/${paid.paymentId}/apply`, 'receivables', { invoiceIds: [second.invoiceId] });
    // 30,000 of 45,000 yen that stand with 247.50 euros, for money that stands with 195.00: 30.00 more than was owed.
    expect((await trialBalance()).functional).toMatchObject({
      'accounts-receivable': 8_250,
      'exchange-gains': before['exchange-gains']! - 4_000 - 3_000,
    });
    expect((await trialBalance()).functional['unapplied-cash']).toBeUndefined();
    await holds();

    // 25,000 of what it had paid last stand again with 137.50 of their 165.00, and 25.00 of the 30.00 were no gain.
    const gains = (await trialBalance()).functional['exchange-gains']!;
    const bounced = (more: object) =>
      api.post(`/v1/payments/${paid.paymentId}/bounce`, 'receivables', { reason: 'no funds', ...more });
    expect((await bounced({ amountMinor: 25_000 })).body).toMatchObject({
      number: 1,
      items: [{ invoiceId: second.invoiceId, amountMinor: 25_000, openMinor: 40_000 }],
    });
    expect((await trialBalance()).functional).toMatchObject({
      'accounts-receivable': 8_250 + 13_750,
      'exchange-gains': gains + 2_500,
    });
    await holds();
    expect((await bounced({})).body).toMatchObject({ number: 2, amountMinor: 45_000 });
    const after = await trialBalance();
    expect(after.functional).toEqual({ ...before, 'accounts-receivable': 22_000 + 24_750, 'opening-balance': -22_000 - 24_750 });
    expect(after.yen).toMatchObject({ 'accounts-receivable': 85_000 });
    await holds();
  });

  it('A3, I4: a credit note has the rate of its invoice, and the credit balance that it leaves pays another invoice with a difference', async () => {
    const first = await billed('KYOTO', (await ordering('KYOTO', 1)).body.id);
    const paid = await paying('KYOTO', 11_000, '2027-03-06', [first]);
    expect(paid.body).toMatchObject({ unappliedMinor: 0 });
    await save('2027-03-12', '0.0075');
    const before = (await trialBalance()).functional;
    const corrected = await api.post(`/v1/invoices/${first}/credit`, 'receivables', {
      reason: 'price-error',
      lines: [{ lineNumber: 1, unitPriceMinor: 8_000 }],
    });
    expect(corrected).toMatchObject({ status: 201, body: { creditedMinor: 2_200 } });
    const credited = (await trialBalance()).functional;
    // 2,200 yen at the 0.0055 of the invoice: no difference.
    expect(credited).toMatchObject({ 'customer-credits': -1_210, returns: 1_100, 'exchange-gains': before['exchange-gains'] });
    const second = await billed('KYOTO', (await ordering('KYOTO', 1)).body.id);
    const { creditNoteId } = corrected.body;
    const applied = await api.post(`/v1/credit-notes/${creditNoteId}/apply`, 'receivables', { invoiceIds: [second] });
    expect(applied.body).toMatchObject({ unappliedMinor: 0 });
    // What is owed stands at 0.0075, what it is paid with at 0.0055.
    const after = (await trialBalance()).functional;
    expect(after['exchange-losses']! - (credited['exchange-losses'] ?? 0)).toBe(1_650 - 1_210);
    expect(after['customer-credits']).toBeUndefined();
    await holds();
  });

  it('A3: deposits keep the rate of their day, goods that come back their cost in euros, and refunds end what is left', async () => {
    const { body: placed } = await api.post('/v1/orders', 'sales', {
      customerId: 'OSAKA',
      currency: 'JPY',
      lines: [{ sku: 'DESK', quantity: 2 }],
      prepayment: true,
    });
    await becomes(suite, placed.id, 'awaiting-prepayment');
    const { rows } = await suite.database.query<{ number: string }>('SELECT number FROM prepayments WHERE order_id = $1', [
      placed.id,
    ]);
    const before = (await trialBalance()).functional;
    const { body: paid } = await paying('OSAKA', 32_000, '2027-03-06', [rows[0]!.number]);
    expect(paid).toMatchObject({ unappliedMinor: 10_000, deposits: [{ amountMinor: 22_000 }] });
    expect((await trialBalance()).functional).toMatchObject({ 'customer-deposits': -14_300, 'unapplied-cash': -6_500 });

    // Billed at 0.0075 and paid at the 0.0065 of the deposit.
    const invoiceId = await billed('OSAKA', placed.id);
    await becomes(suite, placed.id, 'closed');
    const delivered = (await trialBalance()).functional;
    expect(delivered['customer-deposits']).toBeUndefined();
    expect(delivered['exchange-losses']! - (before['exchange-losses'] ?? 0)).toBe(16_500 - 14_300);
    await holds();

    const { rows: shipments } = await suite.database.query<{ id: string }>('SELECT id FROM shipments WHERE order_id = $1', [
      placed.id,
    ]);
    const line = { lineNumber: 1, quantity: 1 };
    const asked = await api.post('/v1/returns', 'sales', {
      shipmentId: shipments[0]!.id,
      lines: [{ ...line, reason: 'damaged' }],
    });
    const path = `/v1/returns/${asked.body.returnId}`;
    await api.post(`${path}/approve`, 'sales', {});
    await api.post(`${path}/receive`, 'warehouse', { lines: [line] });
    const inspected = { lines: [{ lineNumber: 1, restockedQuantity: 1, scrappedQuantity: 0 }] };
    expect((await api.post(`${path}/inspect`, 'warehouse', inspected)).status).toBe(200);
    const returned = (await trialBalance()).functional;
    expect(returned.inventory! - delivered.inventory!).toBe(4_000);
    // The credit note is at the rate of its invoice, whose money had another one.
    expect(returned['customer-credits']).toBe(-8_250);
    expect((await api.get(`/v1/invoices/${invoiceId}`, 'finance')).body).toMatchObject({ openMinor: 0 });

    const refund = { paymentId: paid.paymentId, amountMinor: 10_000, iban: 'NL91ABNA0417164300', reason: 'paid too much' };
    const { body: proposed } = await api.post('/v1/refunds', 'receivables', refund);
    expect((await api.post(`/v1/refunds/${proposed.id}/approve`, 'finance')).status).toBe(200);
    const after = (await trialBalance()).functional;
    expect(after['unapplied-cash']).toBeUndefined();
    expect(after['exchange-losses']! - (returned['exchange-losses'] ?? 0)).toBe(7_500 - 6_500);
    await holds();
  });

  it('C3: a customer has one currency, that of its limit: nothing in another one is ever added to its exposure', async () => {
    const details = (await api.get('/v1/customers/KYOTO', 'sales')).body;
    expect(details.currency).toBe('JPY');
    const { name, email, terms } = details;
    const changed = await api.put('/v1/customers/KYOTO', 'sales', {
      name,
      email,
      terms,
      billingAddress: address,
      currency: 'EUR',
    });
    expect(changed).toMatchObject({ status: 409, body: { type: '/problems/customer-currency' } });
    expect(await ordering('KYOTO', 1, 'EUR')).toMatchObject({ status: 422, body: { errors: [{ path: '/currency' }] } });
    const inEuros = { customerId: 'KYOTO', currency: 'EUR', amountMinor: 100 };
    const receipt = { ...inEuros, method: 'bank-transfer', valueOn: '2027-03-10' };
    expect(await api.post('/v1/payments', 'receivables', receipt)).toMatchObject({
      status: 422,
      body: { errors: [{ path: '/currency' }] },
    });
    const opening = { ...inEuros, issuedOn: '2027-02-01', dueOn: '2027-06-01', reference: 'OLD-4' };
    expect(await api.post('/v1/opening-items', 'finance', opening)).toMatchObject({
      status: 422,
      body: { errors: [{ path: '/currency' }] },
    });

    // An order over 1,000,000 yen is approved as yen under a limit in yen, at whatever rate.
    const used = await exposure(suite.database, 'OSAKA');
    const { body: placed } = await ordering('OSAKA', 10);
    await shipmentsInWork(suite, placed.id);
    expect(await exposure(suite.database, 'OSAKA')).toBe(used + 110_000);
    const { rows } = await suite.database.query(
      `SELECT c.id FROM customers c LEFT JOIN credit_accounts a ON a.customer_id = c.id LEFT JOIN orders o ON o.customer_id = c.id
         LEFT JOIN invoices i ON i.customer_id = c.id LEFT JOIN payments p ON p.customer_id = c.id
       WHERE NOT (coalesce(a.currency, c.currency) = c.currency AND coalesce(o.currency, c.currency) = c.currency
         AND coalesce(i.currency, c.currency) = c.currency AND coalesce(p.currency, c.currency) = c.currency)`,
    );
    expect(rows).toEqual([]);
  });
});

describe('amounts of policies', () => {
  const audited = async (action: string) => {
    const { rows } = await suite.database.query<{ summary: string; after: { policyRate?: unknown } | null }>(
      'SELECT summary, after FROM audit_log WHERE action = $1 ORDER BY sequence DESC LIMIT 1',
      [action],
    );
    return rows[0]!;
  };
  const newest = async (name: string) =>
    (await api.get('/v1/policies', 'finance')).body.items.find((policy: { name: string }) => policy.name === name).body;
  const bring = async (name: string, change: object) => {
    const { name: _, version: __, ...body } = await newest(name);
    const saved = await api.post(`/v1/policies/${name}`, 'finance', { ...body, ...change });
    if (saved.status === 201) return;
    // It is looser about four eyes: a second person agrees.
    const agreed = await api.post(`/v1/policies/proposals/${saved.body.proposalId}/approve`, 'finance-2', { reason: 'agreed' });
    expect(agreed.status, JSON.stringify(agreed.body)).toBe(200);
  };
  const at = '0.0075 EUR for a JPY';

  it('C2, P3, P6: are in the company’s currency: yen are held against them at the rate of the day, which is kept', async () => {
    const limit = (customerId: string, limitMinor: number) =>
      api.put(`/v1/customers/${customerId}/credit-limit`, 'credit', { limitMinor, reason: 'grows' });
    // Two people from 50,000.00 EUR, which are 6,666,666.67 yen.
    expect((await limit('KYOTO', 6_666_666)).body).toMatchObject({ standing: 'approved', limitMinor: 6_666_666 });
    expect((await limit('KYOTO', 6_666_667)).body).toEqual({ outcome: 'second-approval-needed', limitMinor: 6_666_667 });
    expect((await audited('limit-proposed')).summary).toContain(at);
    const { body: assessed } = await api.get('/v1/customers/KYOTO/credit/assessment', 'credit');
    expect(assessed).toMatchObject({ currency: 'JPY', fourEyesFromMinor: 6_666_667 });

    // A hold above 100.00 EUR, and a write-off by one person below: 13,333 yen are 99.9975 EUR.
    await bring('dunning', { holdMinimumMinor: 10_000 });
    await bring('collections', { writeOffFourEyesFromMinor: 10_000, freezeOnWriteOff: false });
    const overdue = async (amountMinor: number, reference: string) => {
      const item = { customerId: 'NARA', currency: 'JPY', amountMinor, issuedOn: '2027-01-01', dueOn: '2027-02-01', reference };
      const { status, body } = await api.post('/v1/opening-items', 'finance', item);
      expect(status).toBe(201);
      return body.invoiceId as string;
    };
    const onHold = async () => (await api.get('/v1/customers/NARA/account', 'credit')).body.onHold;
    await addCustomer(suite.database, 'NARA', { limitMinor: 1_000_000, currency: 'JPY' });
    const first = await overdue(13_333, 'NARA-1');
    expect(await onHold()).toBe(false);
    expect((await ordering('NARA', 1)).status).toBe(201);
    const second = await overdue(13_334, 'NARA-2');
    expect(await onHold()).toBe(true);
    expect(await ordering('NARA', 1)).toMatchObject({ status: 422, body: { type: '/problems/customer-on-hold' } });

    const writeOff = (invoiceId: string) =>
      api.post(`/v1/invoices/${invoiceId}/write-off`, 'receivables', { reason: 'will not come' });
    expect((await writeOff(first)).body).toMatchObject({ status: 'approved' });
    expect((await audited('write-off-proposed')).after).toMatchObject({ policyRate: { currency: 'JPY', rate: '0.0075' } });
    expect((await writeOff(second)).body).toMatchObject({ status: 'proposed' });
    expect((await audited('write-off-proposed')).summary).toContain(`a second person must agree, at ${at}`);
    await holds();
  });

  it('C2: where nobody knows a rate two people decide, and are told why', async () => {
    await addCustomer(suite.database, 'CAIRO', { currency: 'EGP' });
    const small = { limitMinor: 1, reason: 'a beginning' };
    expect(await api.put('/v1/customers/CAIRO/credit-limit', 'credit', small)).toMatchObject({
      status: 202,
      body: { outcome: 'second-approval-needed' },
    });
    expect((await audited('limit-proposed')).summary).toContain('there is no exchange rate of EGP on or before 2027-03');
  });
});

describe('a customer who pays in dinars', () => {
  it('I2: three decimals on the printed invoice', async () => {
    const invoiceId = await billed('KUWAIT', (await ordering('KUWAIT', 3, 'KWD')).body.id);
    const text = await printed(invoiceId);
    for (const amount of ['30.125 KWD', '90.375 KWD', '9.038 KWD', '99.413 KWD']) expect(text).toContain(amount);
    await holds();
  });
});

describe('the end of a month', () => {
  it('A3, P6, P7: the allowance in yen is brought to the rate, and what uses it up leaves nothing of it in euros', async () => {
    const allowance = async () => {
      const { rows } = await suite.database.query<{ yen: number; euros: number }>(
        `SELECT sum(CASE p.side WHEN 'credit' THEN p.amount_minor ELSE -p.amount_minor END)::bigint AS yen,
           sum(CASE p.side WHEN 'credit' THEN p.functional_minor ELSE -p.functional_minor END)::bigint AS euros
         FROM postings p JOIN journal_entries e ON e.id = p.entry_id WHERE p.account = 'bad-debt-allowance' AND e.currency = 'JPY'`,
        [],
      );
      return rows[0]!;
    };
    const trueUp = async () => {
      const { id } = (await api.post('/v1/reviews', 'finance', {})).body;
      expect((await api.post(`/v1/reviews/${id}/propose`, 'finance', {})).status).toBe(200);
      expect((await api.post(`/v1/reviews/${id}/approve`, 'finance-2', {})).status).toBe(200);
    };
    const today = (await suite.now()).slice(0, 10);
    // An item was written off before anything was provided for it.
    expect((await allowance()).yen).toBeLessThan(0);
    await save(today, '0.009');
    await trueUp();
    const { yen, euros } = await allowance();
    expect(yen).toBeGreaterThan(0);
    expect(euros).toBe(Math.round(yen * 0.9));
    await holds();
    await save(today, '0.006');
    await trueUp();
    expect(await allowance()).toEqual({ yen, euros: Math.round(yen * 0.6) });

    // As much as was provided for is given up, of an item that stands at another rate.
    const { body: item } = await openItem('OSAKA', yen, 'OLD-9');
    await save(today, '0.0075');
    const { body: proposed } = await api.post(`/v1/invoices/${item.invoiceId}/write-off`, 'finance', { reason: 'gone' });
    if (proposed.status === 'proposed')
      await api.post(`/v1/write-offs/${proposed.id}/approve`, 'finance-2', { reason: 'agreed' });
    expect(await allowance()).toEqual({ yen: 0, euros: 0 });
    await holds();
  });

  it('A3: what is open in yen stands at the rate of the last day, and on the next one as before; again changes nothing', async () => {
    const revalue = (as = 'finance', month = '2027-03') => api.post(`/v1/ledger/periods/${month}/revaluation`, as, {});
    expect((await revalue()).body).toMatchObject({ type: '/problems/period-state' });
    expect((await revalue('receivables')).status).toBe(403);
    await suite.advanceTo(instant('2027-04-02'));
    await save('2027-03-31', '0.008');
    await save('2027-03-31', '3', 'KWD');
    const balanceOn = async (day: string) =>
      net((await api.get(`/v1/ledger/trial-balance?asOf=${day}`, 'finance')).body.functional.accounts);
    const yenOn = async (day: string) => {
      const { body } = await api.get(`/v1/ledger/trial-balance?asOf=${day}`, 'finance');
      return net(body.currencies.find(({ currency }: { currency: string }) => currency === 'JPY').accounts);
    };
    const closed = () => api.post('/v1/ledger/periods/2027-03/close', 'finance', {});
    expect((await closed()).body).toMatchObject({
      type: '/problems/period-blocked',
      blocks: [{ check: 'revaluation', detail: expect.stringContaining('JPY, KWD is not at the rate of 2027-03-31') }],
    });
    const kept = await balanceOn('2027-04-01');
    const yen = await yenOn('2027-03-31');
    const { body } = await revalue();
    expect(body.currencies.map(({ currency, rate }: { currency: string; rate: string }) => [currency, rate])).toEqual([
      ['JPY', '0.008'],
      ['KWD', '3'],
    ]);
    // No document has changed, and all that is owed in yen and dinars stands at the rates of the day.
    expect(await yenOn('2027-03-31')).toEqual(yen);
    const dinars = 99_413 * 0.3;
    expect((await balanceOn('2027-03-31'))['accounts-receivable']).toBe(Math.round(yen['accounts-receivable']! * 0.8 + dinars));
    expect(await balanceOn('2027-04-01')).toEqual(kept);
    expect((await revalue()).body.currencies).toEqual([]);
    await save('2027-03-31', '0.007');
    expect((await revalue()).body.currencies).toMatchObject([{ currency: 'JPY', rate: '0.007' }]);
    expect((await balanceOn('2027-03-31'))['accounts-receivable']).toBe(Math.round(yen['accounts-receivable']! * 0.7 + dinars));
    expect(await balanceOn('2027-04-01')).toEqual(kept);
    await holds();

    // The statement of account knows nothing of it.
    const statement = (await api.get('/v1/customers/OSAKA/statement?from=2027-03-01&to=2027-04-01', 'finance')).body;
    expect(JSON.stringify(statement)).not.toContain('revaluation');
    expect((await closed()).body).toEqual({
      month: '2027-03',
      status: 'closed',
    });
    expect((await revalue()).body).toMatchObject({ type: '/problems/period-closed' });
  });
});
