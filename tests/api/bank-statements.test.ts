import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../db/client.ts';
import { defaultCashPolicy } from '../../domain/cash-matching.ts';
import { type BankEntry, camt } from '../bank-file.ts';
import { addCustomer, instant, openingItem, setUpCompany, trialBalance } from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { eventually, type Suite, startSuite } from '../suite.ts';
import { type Api, startApi } from './client.ts';

/* Statements of one account, and what became of their lines. Items are due in 2027; the company's day is 1 March 2027. */
let suite: Suite;
let api: Api;
/** How many transactions of the worker still come to grief, alternately before and after their COMMIT. */
let crashes = 0;
const crashing = (real: Database): Database => ({
  ...real,
  async transaction(work) {
    const dies = crashes > 0 ? crashes-- % 2 : undefined;
    const result = await real.transaction(async (tx) => {
      const outcome = await work(tx);
      if (dies === 0) throw new Error('died before COMMIT');
      return outcome;
    });
    if (dies === 1) throw new Error('died after COMMIT');
    return result;
  },
});
beforeAll(async () => {
  suite = await startSuite({ database: crashing });
  await suite.setClock(instant('2027-03-01', '08:00:00'));
  api = await startApi(suite);
  await setUpCompany(suite.database);
  const account = { name: 'Main', iban: 'DE89 3704 0044 0532 0130 00', bic: 'COBADEFFXXX', currency: 'EUR' };
  expect((await api.put('/v1/bank-accounts/MAIN', 'finance', account)).status).toBe(201);
  for (const id of ['ACME', 'BETA', 'HARBOUR']) await addCustomer(suite.database, id, { limitMinor: 100_000_000 });
  expect((await api.put('/v1/payer-accounts/GB29NWBK60161331926819', 'receivables', { customerIds: ['ACME'] })).status).toBe(200);
});
afterEach(() => checkInvariants(suite.database));
afterAll(async () => {
  await api?.stop();
  await suite?.stop();
});

const acme = { iban: 'GB29NWBK60161331926819', name: 'ACME Ltd' };
const day = '2027-03-01';
let statements = 0;
const send = (content: string, query = '', type = 'application/xml') =>
  api.ask('POST', `/v1/bank-statements?bankAccountId=MAIN${query}`, {
    as: 'receivables',
    raw: content,
    headers: { 'Content-Type': type },
  });
async function imported(entries: BankEntry[]) {
  statements += 1;
  const sent = await send(camt(entries, { id: `STMT-${statements}` }));
  expect(sent).toMatchObject({ status: 202 });
  return finished(sent.body.id);
}
const finished = (id: string) =>
  eventually(async () => {
    const { body } = await api.get(`/v1/bank-statements/${id}`, 'finance');
    return body.status === 'done' && body;
  }, 45);
const linesOf = async (id: string) => (await api.get(`/v1/bank-lines?statementId=${id}&limit=200`, 'receivables')).body.items;
const decide = (lineId: string, what: string, body: object) => api.post(`/v1/bank-lines/${lineId}/${what}`, 'receivables', body);
const openOf = async (invoiceId: string) =>
  (await suite.database.query<{ open: number }>('SELECT open_minor AS open FROM invoices WHERE id = $1', [invoiceId])).rows[0]!
    .open;
const item = (customerId: string, amountMinor: number, dueOn = '2027-04-30') =>
  openingItem(suite, customerId, amountMinor, '2027-02-01', dueOn);

describe('bank statements', () => {
  it('P2: a unique reference posts by itself, a known payer’s money waits on account, an unknown one’s in suspense; fees are booked', async () => {
    const invoiceId = await item('BETA', 10_000);
    const before = await trialBalance(suite.database);
    const { id, lines } = await imported([
      { amount: '100.00', valueOn: day, text: `Payment of ${invoiceId}`, name: 'Beta' },
      { amount: '33.33', valueOn: day, ...acme },
      { amount: '44.44', valueOn: day, name: 'Nobody at all' },
      { amount: '-2.50', valueOn: day, code: '<Domn><Fmly><SubFmlyCd>CHRG</SubFmlyCd></Fmly></Domn>' },
      { amount: '-10.00', valueOn: day, details: '<RtrInf/>' },
    ]);
    expect(lines).toEqual({ matched: 2, unmatched: 3 });
    expect(await linesOf(id)).toMatchObject([
      { status: 'matched', customerId: 'BETA', suspenseMinor: 0, actions: ['undo'] },
      { status: 'unmatched', customerId: 'ACME', paymentId: expect.stringMatching(/^PAY-/), suspenseMinor: 0 },
      { status: 'unmatched', customerId: null, paymentId: null, suspenseMinor: 4_444, actions: ['match', 'assign', 'ignore'] },
      { status: 'matched', kind: 'fee', actions: [] },
      { status: 'unmatched', kind: 'bounce', actions: ['ignore'] },
    ]);
    expect(await openOf(invoiceId)).toBe(0);
    const after = await trialBalance(suite.database);
    const moved = (account: string) => (after[account] ?? 0) - (before[account] ?? 0);
    expect([moved('bank'), moved('unapplied-cash'), moved('bank-charges')]).toEqual([17_527, -7_777, 250]);
  });

  it('P2: what was matched is found newest first, page by page, by who paid, how much, its statement and its payment', async () => {
    const invoiceIds = await Promise.all([1, 2, 3].map((number) => item('BETA', 70_000 + number)));
    const { id } = await imported(
      invoiceIds.map((invoiceId, index) => ({
        amount: `700.0${index + 1}`,
        valueOn: day,
        text: `Payment of ${invoiceId}`,
        name: 'Beta',
      })),
    );
    const list = async (query: string) => (await api.get(`/v1/bank-lines?${query}`, 'receivables')).body;
    const numbers = ({ items }: { items: { lineNumber: number }[] }) => items.map(({ lineNumber }) => lineNumber);
    const base = `status=matched&statementId=${id}&sort=newest&limit=2`;
    const first = await list(base);
    expect(numbers(first)).toEqual([3, 2]);
    expect(numbers(await list(`${base}&after=${first.next}`))).toEqual([1]);
    const [line] = (await list(`status=matched&customerId=BETA&amountMinor=70002&sort=newest`)).items;
    expect(line).toMatchObject({ statementId: id, lineNumber: 2, actions: ['undo'] });
    expect(numbers(await list(`paymentId=${line.paymentId}`))).toEqual([2]);
    expect((await api.get(`/v1/bank-lines/${line.id}`, 'finance')).body).toEqual(line);
    expect((await api.get('/v1/bank-lines/BKL-0', 'finance')).status).toBe(404);
    const count = async (query: string) => (await api.get(`/v1/bank-lines/count?${query}`, 'receivables')).body;
    expect(await count(`statementId=${id}&status=matched`)).toEqual({ count: 3, isMore: false });
    expect(await count(`statementId=${id}&status=unmatched`)).toEqual({ count: 0, isMore: false });

    // Of the payment that it became: what can be done with it, and to whom that is offered.
    const payment = (as: string) => api.get(`/v1/payments/${line.paymentId}`, as);
    expect((await payment('receivables')).body).toMatchObject({ actions: ['bounce'], reversedMinor: 0, chequeId: null });
    expect((await payment('sales')).body.actions).toEqual([]);
    const paid = await api.get(`/v1/payments?invoiceId=${invoiceIds[1]}`, 'sales');
    expect(paid.body.items.map(({ id: paymentId }: { id: string }) => paymentId)).toEqual([line.paymentId]);
    expect((await api.get('/v1/payments?orderId=ORD-0', 'sales')).body.items).toEqual([]);
    const valued = async (query: string) => (await api.get(`/v1/payments?invoiceId=${invoiceIds[1]}&${query}`, 'finance')).body;
    expect((await valued(`from=${day}&to=${day}`)).items).toMatchObject([{ id: line.paymentId, valueOn: day }]);
    expect((await valued('from=2027-03-02')).items).toEqual([]);
    expect((await valued('to=2027-02-28')).items).toEqual([]);
    expect((await api.get(`/v1/refunds?paymentId=${line.paymentId}`, 'finance')).body.items).toEqual([]);
  });

  it('P2: a line that comes again is dropped, in the same file and in another', async () => {
    const line = { amount: '12.00', valueOn: day, reference: 'BANK-1', name: 'Whoever' };
    expect(await imported([line, line])).toMatchObject({ takenCount: 1, duplicateCount: 1 });
    expect(await imported([line])).toMatchObject({ takenCount: 0, duplicateCount: 1 });
    const without = camt([{ amount: '13.00', valueOn: day }], { id: 'AGAIN' });
    const first = await finished((await send(without)).body.id);
    const second = await finished((await send(without)).body.id);
    expect([first.takenCount, second.takenCount, second.duplicateCount]).toEqual([1, 0, 1]);
  });

  it('P2: a payment that was recorded by hand is not booked again by its line', async () => {
    const body = {
      customerId: 'ACME',
      method: 'bank-transfer',
      currency: 'EUR',
      amountMinor: 5_500,
      valueOn: day,
      externalReference: 'BANK-2',
    };
    const { paymentId } = (await api.post('/v1/payments', 'receivables', body)).body;
    const { id } = await imported([{ amount: '55.00', valueOn: day, reference: 'BANK-2', ...acme }]);
    expect(await linesOf(id)).toMatchObject([{ status: 'matched', paymentId }]);
  });

  it('P2: money recorded by hand without the bank’s reference is suggested to be the same, and never booked a second time by itself', async () => {
    await addCustomer(suite.database, 'HANDED', { limitMinor: 1_000_000 });
    const iban = 'FR7630006000011234567890189';
    await api.put(`/v1/payer-accounts/${iban}`, 'receivables', { customerIds: ['HANDED'] });
    const [paid, other] = [await item('HANDED', 50_021), await item('HANDED', 50_021)];
    const body = {
      customerId: 'HANDED',
      method: 'bank-transfer',
      currency: 'EUR',
      amountMinor: 50_021,
      valueOn: '2027-02-26',
      invoiceIds: [paid],
    };
    const { paymentId } = (await api.post('/v1/payments', 'receivables', body)).body;
    const before = await trialBalance(suite.database);
    const { id } = await imported([
      { amount: '500.21', valueOn: day, text: `thanks ${paid}`, iban },
      { amount: '500.21', valueOn: day, name: 'Nobody at all' },
    ]);
    const [line, unknown] = await linesOf(id);
    expect(line).toMatchObject({
      status: 'suggested',
      customerId: 'HANDED',
      paymentId: null,
      suspenseMinor: 0,
      suggestions: [{ rung: 'recorded', recorded: { paymentId }, invoiceIds: [paid], reasons: [expect.any(String)] }, {}],
    });
    expect(unknown).toMatchObject({ status: 'unmatched', suspenseMinor: 50_021 });
    await decide(unknown.id, 'ignore', { reason: 'of the test' });
    expect(await trialBalance(suite.database)).toEqual(before);
    expect(await decide(line.id, 'accept', {})).toMatchObject({ status: 200, body: { status: 'matched', paymentId } });
    expect(await trialBalance(suite.database)).toEqual(before);
    expect(await openOf(other)).toBe(50_021);
    // It was not the same after all: what was recorded stays, and a person who has seen it may say that this is other money.
    expect(await decide(line.id, 'undo', { reason: 'other money' })).toMatchObject({ status: 200, body: { paymentId: null } });
    const assign = () => decide(line.id, 'assign', { customerId: 'HANDED' });
    expect(await assign()).toMatchObject({ status: 200, body: { status: 'suggested', paymentId: null } });
    expect(await assign()).toMatchObject({ status: 200, body: { status: 'suggested', paymentId: expect.any(String) } });
    expect((await trialBalance(suite.database)).bank).toBe(before.bank! + 50_021);
  });

  it('P1, P2: a cheque is known by its number in its line, which clears it; one that counts already is suggested by its amount', async () => {
    await addCustomer(suite.database, 'CHEQUER', { limitMinor: 1_000_000 });
    const iban = 'FR1420041010050500013M02606';
    await api.put(`/v1/payer-accounts/${iban}`, 'receivables', { customerIds: ['CHEQUER'] });
    const owed = await item('CHEQUER', 31_037);
    const cheque = async (number: string, amountMinor: number, invoiceIds: string[]) => {
      const body = {
        customerId: 'CHEQUER',
        number,
        bank: 'Barclays',
        currency: 'EUR',
        amountMinor,
        receivedOn: '2027-02-25',
        invoiceIds,
      };
      const received = await api.post('/v1/cheques', 'receivables', body);
      expect(received.status).toBe(201);
      await api.post(`/v1/cheques/${received.body.id}/deposit`, 'receivables', { on: '2027-02-26' });
      return received.body.id;
    };
    const [named, unnamed] = [await cheque('778899', 31_037, [owed]), await cheque('778900', 9_119, [])];
    const { id } = await imported([
      { amount: '310.37', valueOn: day, text: 'CHQ 778899' },
      { amount: '91.19', valueOn: day, iban },
    ]);
    const [tied, suggested] = await linesOf(id);
    expect(tied).toMatchObject({ status: 'matched', customerId: 'CHEQUER', paymentId: expect.any(String) });
    expect(await openOf(owed)).toBe(0);
    expect(suggested).toMatchObject({ status: 'suggested', suggestions: [{ recorded: { paymentId: null, chequeId: unnamed } }] });
    expect(await decide(suggested.id, 'accept', {})).toMatchObject({ status: 200, body: { status: 'matched' } });
    const { rows } = await suite.database.query<{ id: string; status: string }>(
      "SELECT id, status FROM cheques WHERE customer_id = 'CHEQUER' ORDER BY id",
      [],
    );
    expect(rows).toEqual([named, unnamed].map((chequeId) => ({ id: chequeId, status: 'cleared' })));
    const { rows: payments } = await suite.database.query("SELECT method FROM payments WHERE customer_id = 'CHEQUER'", []);
    expect(payments).toEqual([{ method: 'cheque' }, { method: 'cheque' }]);
  });

  it('P2: balances that the lines do not lead to, another account, no file and another type of file are refused', async () => {
    const entries = [{ amount: '1.00', valueOn: day }];
    expect(await send(camt(entries, { closing: '1002.00' }))).toMatchObject({
      status: 422,
      body: { type: '/problems/balance-mismatch', movedMinor: 100 },
    });
    expect(await send(camt(entries, { iban: 'GB29NWBK60161331926819' }))).toMatchObject({
      status: 422,
      body: { type: '/problems/other-bank-account' },
    });
    expect(await send('')).toMatchObject({ status: 400 });
    expect(await send('a;b', '', 'text/csv')).toMatchObject({ status: 422, body: { type: '/problems/no-csv-mapping' } });
    expect(await send('%PDF', '', 'application/pdf')).toMatchObject({ status: 415 });
    expect(await send(camt(entries).slice(0, -20))).toMatchObject({ status: 400, body: { type: '/problems/malformed-file' } });
    const lost = await send(camt([...entries, { amount: '2.001', valueOn: day }], { id: 'LOST', closing: '1003.00' }));
    expect(await finished(lost.body.id)).toMatchObject({
      takenCount: 1,
      rejectedCount: 1,
      faults: [{ code: 'balance-mismatch' }, { line: 2, code: 'amount' }],
    });
    expect(
      (await api.put('/v1/bank-accounts/OTHER', 'finance', { name: 'X', iban: 'DE89370400440532013001', currency: 'EUR' }))
        .status,
    ).toBe(400);
  });

  it('P2: CSV comes in by the mapping of its account', async () => {
    const csvMapping = {
      delimiter: ';',
      dateFormat: 'DD.MM.YYYY',
      decimalMark: ',',
      columns: { valueOn: 'Day', credit: 'In', debit: 'Out', bankReference: 'Ref', remittance: ['Text'] },
    };
    const account = { name: 'Second', iban: 'NL91ABNA0417164300', currency: 'EUR', csvMapping };
    expect((await api.put('/v1/bank-accounts/SECOND', 'finance', account)).status).toBe(201);
    const invoiceId = await item('BETA', 123_450);
    const file = `Day;In;Out;Ref;Text\n01.03.2027;1.234,50;;A;${invoiceId}\n01.03.2027;;7,00;B;rent\nyesterday;1,00;;C;\n`;
    const sent = await api.ask('POST', '/v1/bank-statements?bankAccountId=SECOND', {
      as: 'finance',
      raw: file,
      headers: { 'Content-Type': 'text/csv' },
    });
    expect(await finished(sent.body.id)).toMatchObject({
      lineCount: 3,
      takenCount: 2,
      rejectedCount: 1,
      reference: createHash('sha256').update(file).digest('base64url'),
    });
    expect(await openOf(invoiceId)).toBe(0);
  });

  it('P2: MT940 and BAI2 are told by how they begin, taken in once, and refused when their totals are not theirs', async () => {
    const invoiceId = await item('BETA', 10_000);
    const mt940 = (number: string, entry: string, closing = 'EUR600,00') =>
      `:20:STARTUMS\n:25:37040044/0532013000\n:28C:${number}\n:60F:C270228EUR500,00\n${entry}\n:62F:C270301${closing}\n-\n`;
    const paid = `:61:2703010301C100,00NTRFNONREF//POS 1\n:86:166?00GUTSCHRIFT?20SVWZ+${invoiceId}?32Beta`;
    const sent = await send(mt940('17/1', paid), '', 'text/plain');
    expect(sent).toMatchObject({
      status: 202,
      body: { format: 'mt940', reference: '17', openingMinor: 50_000, closingMinor: 60_000 },
    });
    expect(await finished(sent.body.id)).toMatchObject({ takenCount: 1, lines: { matched: 1 }, faults: [] });
    expect(await openOf(invoiceId)).toBe(0);
    const again = await finished((await send(mt940('00017/1', paid).replaceAll('\n', '\r\n'), '', 'text/plain')).body.id);
    expect(again).toMatchObject({ takenCount: 0, duplicateCount: 1 });
    // Its reference, 'POS 1', is on the statements of many days.
    const another = await finished((await send(mt940('18/1', paid.replace(invoiceId, 'more')), '', 'text/plain')).body.id);
    expect(another).toMatchObject({ takenCount: 1, duplicateCount: 0 });
    expect(await send(mt940('19', paid, 'EUR601,00'), '', 'text/plain')).toMatchObject({
      status: 422,
      body: { type: '/problems/balance-mismatch', movedMinor: 10_000, errors: [{ path: '/:62F:', code: 'balance-mismatch' }] },
    });

    const details = { name: 'New York', accountNumber: '0012345678', currency: 'USD' };
    expect((await api.put('/v1/bank-accounts/NEW-YORK', 'finance', { name: 'New York', currency: 'USD' })).status).toBe(400);
    expect(await api.put('/v1/bank-accounts/NEW-YORK', 'finance', details)).toMatchObject({ status: 201, body: { iban: null } });
    expect((await api.put('/v1/bank-accounts/NEW-YORK', 'finance', { ...details, accountNumber: '1' })).status).toBe(409);
    const bai2 = (total: number) =>
      [
        '01,BANK,US,270302,0600,1,,,2/',
        '02,US,BANK,1,270301,2359,USD,2/',
        '03,0012345678,,010,100,,,015,600,,/',
        '16,195,500,V,270301,,B1,,WIRE FROM NOBODY/',
        '88,AT ALL',
        '16,165,1.50,,,,UNREADABLE',
        `49,${total},5/`,
        '03,0012345679,,010,700,,/',
        '49,700,2/',
        `98,${total + 700},2,9/`,
        `99,${total + 700},1,11/`,
      ].join('\n');
    const sendToNewYork = (content: string) =>
      api.ask('POST', '/v1/bank-statements?bankAccountId=NEW-YORK', {
        as: 'finance',
        raw: content,
        headers: { 'Content-Type': 'text/plain' },
      });
    const taken = await finished((await sendToNewYork(bai2(1_200))).body.id);
    expect(taken).toMatchObject({
      format: 'bai2',
      takenCount: 1,
      rejectedCount: 1,
      faults: [
        { line: 0, code: 'other-account' },
        { line: 2, field: '16/amount', code: 'amount', detail: expect.stringMatching(/^Line 6 /) },
      ],
    });
    expect(await linesOf(taken.id)).toMatchObject([
      { amountMinor: 500, currency: 'USD', bankReference: 'B1', remittanceText: 'WIRE FROM NOBODY AT ALL' },
    ]);
    const whole = bai2(1_201).replace('16,165,1.50,,,,UNREADABLE\n', '').replace('1201,5/', '1201,4/');
    expect(await sendToNewYork(whole)).toMatchObject({ status: 422, body: { type: '/problems/control-total' } });
    expect(await sendToNewYork(mt940('1', paid))).toMatchObject({ status: 422, body: { type: '/problems/other-bank-account' } });
    expect(await sendToNewYork('Day;In;Out')).toMatchObject({ status: 400, body: { type: '/problems/malformed-file' } });
  });

  it('P2: an import that dies again and again, before and after its COMMIT, loses and doubles no line', async () => {
    const entries = Array.from({ length: 620 }, (_, index) => ({ amount: '-1.00', valueOn: day, text: `no ${index}` }));
    crashes = 2;
    const done = await imported(entries);
    expect(done).toMatchObject({ readCount: 620, takenCount: 620, duplicateCount: 0, rejectedCount: 0 });
    const { rows } = await suite.database.query(
      'SELECT count(*) AS lines, count(DISTINCT line_number) AS numbers, sum(amount_minor)::bigint AS minor FROM bank_lines WHERE statement_id = $1',
      [done.id],
    );
    expect(rows).toEqual([{ lines: 620, numbers: 620, minor: 62_000 }]);
    expect(crashes).toBe(0);
  }, 60_000);
});

describe('cash desk', () => {
  it('P2: twins are suggested by due date, and accepting one posts it', async () => {
    await addCustomer(suite.database, 'TWINS', { limitMinor: 1_000_000 });
    const [later, sooner] = [await item('TWINS', 7_700, '2027-05-30'), await item('TWINS', 7_700, '2027-04-30')];
    await api.put('/v1/payer-accounts/NL91ABNA0417164300', 'receivables', { customerIds: ['TWINS'] });
    const { id } = await imported([{ amount: '77.00', valueOn: day, iban: 'NL91ABNA0417164300' }]);
    const [line] = await linesOf(id);
    expect(line).toMatchObject({
      status: 'suggested',
      customerId: 'TWINS',
      suggestions: [{ invoiceIds: [sooner] }, { invoiceIds: [later] }],
    });
    expect(await decide(line.id, 'accept', { suggestion: 5 })).toMatchObject({ status: 422 });
    expect(await decide(line.id, 'accept', { suggestion: 1 })).toMatchObject({
      status: 200,
      body: { status: 'matched', paymentId: line.paymentId },
    });
    expect([await openOf(later), await openOf(sooner)]).toEqual([0, 7_700]);
    expect(await decide(line.id, 'accept', {})).toMatchObject({ status: 409 });
  });

  it('P2: short inside the tolerance settles the item as a small difference; outside it stays open', async () => {
    await addCustomer(suite.database, 'SHORT', { limitMinor: 1_000_000 });
    const [near, far] = [await item('SHORT', 50_000), await item('SHORT', 80_000)];
    const small = (await trialBalance(suite.database))['small-differences'] ?? 0;
    const { id } = await imported([
      { amount: '499.50', valueOn: day, text: near },
      { amount: '790.00', valueOn: day, text: far },
    ]);
    const [settled, unsure] = await linesOf(id);
    expect(settled).toMatchObject({ status: 'matched', customerId: 'SHORT' });
    expect(await openOf(near)).toBe(0);
    expect((await trialBalance(suite.database))['small-differences']).toBe(small + 50);
    expect(unsure).toMatchObject({ status: 'suggested', customerId: 'SHORT', suspenseMinor: 79_000 });
    const match = (deduction: object) =>
      decide(unsure.id, 'match', { customerId: 'SHORT', items: [{ invoiceId: far, amountMinor: 79_000, deduction }] });
    expect(await match({ code: 'small-difference', amountMinor: 1_000 })).toMatchObject({
      status: 422,
      body: { errors: [{ code: 'above-tolerance' }] },
    });
    expect(await match({ code: 'damage', amountMinor: 1_000, note: 'one box crushed' })).toMatchObject({ status: 200 });
    expect(await openOf(far)).toBe(1_000);
    const { rows } = await suite.database.query('SELECT code, amount_minor AS minor FROM deductions WHERE invoice_id = $1', [
      far,
    ]);
    expect(rows).toEqual([{ code: 'damage', minor: 1_000 }]);
  });

  it('P2: a lump sum is matched by the payer’s advice, and what banks have kept is written off', async () => {
    await addCustomer(suite.database, 'LUMP', { limitMinor: 1_000_000 });
    const items = [await item('LUMP', 10_000), await item('LUMP', 20_000), await item('LUMP', 5_000)];
    const { id } = await imported([{ amount: '285.00', valueOn: day, name: 'Somebody far away' }]);
    const [line] = await linesOf(id);
    const advise = (csv: string) =>
      api.ask('POST', `/v1/bank-lines/${line.id}/remittance?customerId=LUMP`, {
        as: 'receivables',
        raw: csv,
        headers: { 'Content-Type': 'text/csv' },
      });
    const header = 'invoice,amountMinor,deductionMinor,deductionCode\n';
    expect(await advise('invoice,betrag\n')).toMatchObject({ status: 422 });
    expect(await advise(`${header}${items[0]},many,,\n`)).toMatchObject({
      status: 422,
      body: { errors: [{ path: '/2/amountMinor' }] },
    });
    expect(await advise(`${header}${items[0]},30000,,\n`)).toMatchObject({ status: 422 });
    expect(await advise(`${header}${items[0]},10000,,\n${items[1]},18500,1500,bank-charges\n`)).toMatchObject({ status: 200 });
    expect(await Promise.all(items.map(openOf))).toEqual([0, 0, 5_000]);
  });

  it('P2: assigning the payer runs the ladder again; what is nobody’s is set aside and can be taken back', async () => {
    const invoiceId = await item('HARBOUR', 61_700);
    const { id } = await imported([
      { amount: '617.00', valueOn: day, name: 'XYZ 4711' },
      { amount: '8.00', valueOn: day, name: 'XYZ 4712' },
    ]);
    const [line, other] = await linesOf(id);
    expect(line).toMatchObject({ amountMinor: 61_700, status: 'unmatched', suggestions: [] });
    expect(await decide(line.id, 'assign', { customerId: 'NOBODY' })).toMatchObject({ status: 422 });
    expect(await decide(line.id, 'assign', { customerId: 'HARBOUR' })).toMatchObject({
      status: 200,
      body: { status: 'matched' },
    });
    expect(await openOf(invoiceId)).toBe(0);
    const ignored = await decide(other.id, 'ignore', { reason: 'our own transfer' });
    expect(ignored).toMatchObject({ status: 200, body: { status: 'ignored' } });
    expect(await decide(other.id, 'assign', { customerId: 'HARBOUR' })).toMatchObject({ status: 409 });
    expect(await decide(other.id, 'reopen', { reason: 'it was not' })).toMatchObject({
      status: 200,
      body: { status: 'unmatched' },
    });
    expect(await decide(other.id, 'ignore', { reason: 'it was' })).toMatchObject({ status: 200 });
  });

  it('P2: a payer is known by its name when it is alike enough, and then only what is exact posts', async () => {
    await addCustomer(suite.database, 'GARDEN', { limitMinor: 1_000_000 });
    await suite.database.query("UPDATE customers SET name = 'Grüne Gärten Söhne GmbH' WHERE id = 'GARDEN'");
    const invoiceId = await item('GARDEN', 91_300);
    const { id } = await imported([
      { amount: '913.00', valueOn: day, name: 'GRÜNE GÄRTEN SÖHNE' },
      { amount: '3.00', valueOn: day, name: 'GRÜNE GÄRTEN SÖHNE' },
    ]);
    expect(await linesOf(id)).toMatchObject([
      { status: 'matched', customerId: 'GARDEN' },
      { status: 'unmatched', suspenseMinor: 300 },
    ]);
    expect(await openOf(invoiceId)).toBe(0);
  });

  it('P2: two people who decide about one line at once book it once', async () => {
    const { id } = await imported([{ amount: '21.00', valueOn: day, name: 'XYZ 4713' }]);
    const [line] = await linesOf(id);
    const answers = await Promise.all([
      decide(line.id, 'assign', { customerId: 'HARBOUR' }),
      decide(line.id, 'assign', { customerId: 'BETA' }),
      decide(line.id, 'ignore', { reason: 'ours' }),
    ]);
    // Whoever comes first; on account it is still to be placed, so setting it aside may come later and is refused then.
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });
});

describe('refunds', () => {
  it('P1: unapplied cash goes back when a second person approves, once, and never more than waits; the bank’s line is known', async () => {
    await addCustomer(suite.database, 'GIVER', { limitMinor: 1_000_000 });
    const body = { customerId: 'GIVER', method: 'bank-transfer', currency: 'EUR', amountMinor: 9_000, valueOn: day };
    const { paymentId } = (await api.post('/v1/payments', 'receivables', body)).body;
    const ask = (amountMinor: number, as = 'finance') =>
      api.post('/v1/refunds', as, { paymentId, amountMinor, iban: 'NL91ABNA0417164300', reason: 'paid twice' });
    expect(await ask(9_001)).toMatchObject({ status: 409, body: { type: '/problems/not-unapplied', unappliedMinor: 9_000 } });
    const [first, second] = [(await ask(6_000)).body, (await ask(6_000)).body];
    expect(first).toMatchObject({ status: 'requested', requestedBy: 'finance' });
    const offered = async (as: string) => (await api.get('/v1/refunds?customerId=GIVER', as)).body.items[0].actions;
    expect(await Promise.all(['finance', 'finance-2', 'receivables'].map(offered))).toEqual([[], ['approve', 'refuse'], []]);
    const waiting = await api.get('/v1/payments?customerId=GIVER&unapplied=true', 'receivables');
    expect(waiting.body.items).toMatchObject([{ id: paymentId, unappliedMinor: 9_000 }]);
    expect(await api.post(`/v1/refunds/${first.id}/approve`, 'finance')).toMatchObject({
      status: 403,
      body: { type: '/problems/four-eyes' },
    });
    expect(await api.post(`/v1/refunds/${first.id}/approve`, 'receivables')).toMatchObject({ status: 403 });
    const before = await trialBalance(suite.database);
    const answers = await Promise.all([first, second].map(({ id }) => api.post(`/v1/refunds/${id}/approve`, 'finance-2')));
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
    const after = await trialBalance(suite.database);
    expect([after.bank! - before.bank!, after['unapplied-cash']! - before['unapplied-cash']!]).toEqual([-6_000, 6_000]);
    const [paid, left] = answers[0]!.status === 200 ? [first, second] : [second, first];
    expect(await api.post(`/v1/refunds/${paid.id}/approve`, 'finance-2')).toMatchObject({ status: 409 });
    expect(await api.post(`/v1/refunds/${left.id}/refuse`, 'finance-2', { reason: 'it is spent' })).toMatchObject({
      status: 200,
      body: { status: 'refused' },
    });
    expect((await api.get('/v1/refunds?customerId=GIVER&status=approved', 'receivables')).body.items).toMatchObject([
      { id: paid.id },
    ]);
    const line = { amount: '-60.00', valueOn: day, text: `refund ${paid.id}` };
    const { id } = await imported([line, line]);
    // It left the account once: a second line is for a person to look at.
    expect(await linesOf(id)).toMatchObject([
      { status: 'matched', statusReason: `the refund ${paid.id}` },
      { status: 'unmatched' },
    ]);
  });
});

describe('documentation clocks', () => {
  const clocksOf = async (lineId: string) =>
    (
      await suite.database.query(
        `SELECT status, source, customer_id AS "customerId", started_at AS "startedAt", payment_id AS "paymentId"
         FROM documentation_clocks WHERE source_id = $1`,
        [lineId],
      )
    ).rows;
  // The close of business of 26 February and 2 March in Berlin.
  const startedAt = '2027-02-26T16:00:00.000Z';

  it('P1, P2: a line whose payer is unknown, ambiguous or still to come starts a clock by its value date; a booked one does not', async () => {
    await addCustomer(suite.database, 'CLOCKED', { limitMinor: 1_000_000 });
    const [owed, plain] = [await item('CLOCKED', 83_000), await item('CLOCKED', 84_000)];
    const { id } = await imported([
      { amount: '830.00', valueOn: '2027-02-26', name: 'Nobody Known' },
      { amount: '700.00', valueOn: '2027-02-26', text: owed },
      { amount: '1.00', valueOn: '2027-03-02', ...acme },
      { amount: '840.00', valueOn: '2027-02-26', text: plain },
      { amount: '2.22', valueOn: '2027-02-26', ...acme },
      { amount: '-9.00', valueOn: '2027-02-26', text: 'rent' },
    ]);
    const lines = await linesOf(id);
    expect(lines.map(({ status }: { status: string }) => status)).toEqual([
      'unmatched',
      'suggested',
      'unmatched',
      'matched',
      'unmatched',
      'unmatched',
    ]);
    const running = { status: 'running', source: 'bank-line', customerId: null, startedAt };
    expect(await Promise.all(lines.map((line: { id: string }) => clocksOf(line.id)))).toMatchObject([
      [running],
      [running],
      [{ ...running, startedAt: '2027-03-02T16:00:00.000Z' }],
      [],
      [],
      [],
    ]);

    const [unknown, ambiguous, toCome, booked] = lines;
    const paid = await decide(ambiguous.id, 'match', { customerId: 'CLOCKED', items: [{ invoiceId: owed }] });
    expect(await clocksOf(ambiguous.id)).toMatchObject([{ status: 'documented', paymentId: paid.body.paymentId }]);
    await decide(unknown.id, 'ignore', { reason: 'our own transfer' });
    expect(await clocksOf(unknown.id)).toMatchObject([{ status: 'rejected' }]);
    await decide(booked.id, 'undo', { reason: 'it was not theirs' });
    expect(await clocksOf(booked.id)).toMatchObject([running]);
    await decide(toCome.id, 'ignore', { reason: 'the test is over' });
  });

  it('P1, P2: a line of a CSV file starts its clock in the same way', async () => {
    const csvMapping = {
      delimiter: ';',
      dateFormat: 'YYYY-MM-DD',
      decimalMark: '.',
      columns: { valueOn: 'day', amount: 'amount', remittance: ['text'] },
    };
    const account = { name: 'Third', iban: 'FR1420041010050500013M02606', currency: 'EUR', csvMapping };
    expect((await api.put('/v1/bank-accounts/THIRD', 'finance', account)).status).toBe(201);
    const sent = await api.ask('POST', '/v1/bank-statements?bankAccountId=THIRD', {
      as: 'finance',
      raw: 'day;amount;text\n2027-02-26;61.00;who knows\n',
      headers: { 'Content-Type': 'text/csv' },
    });
    await finished(sent.body.id);
    const [line] = await linesOf(sent.body.id);
    expect(await clocksOf(line.id)).toMatchObject([{ status: 'running', startedAt }]);
    expect((await decide(line.id, 'assign', { customerId: 'HARBOUR' })).status).toBe(200);
    expect(await clocksOf(line.id)).toMatchObject([{ status: 'documented' }]);
  });
});

describe('taken back', () => {
  it('P2: undone, a line’s items are open again as if it had never paid them, and its money waits for a decision', async () => {
    await addCustomer(suite.database, 'WRONG', { limitMinor: 1_000_000 });
    const [invoiceId, small] = [await item('WRONG', 12_300), await item('WRONG', 50_100)];
    const before = await trialBalance(suite.database);
    const { id } = await imported([
      { amount: '123.00', valueOn: day, text: invoiceId },
      { amount: '500.90', valueOn: day, text: small },
    ]);
    const [line, short] = await linesOf(id);
    expect([line.status, short.status, await openOf(invoiceId), await openOf(small)]).toEqual(['matched', 'matched', 0, 0]);
    expect(await decide(line.id, 'undo', {})).toMatchObject({ status: 400 });
    for (const one of [line, short]) {
      expect(await decide(one.id, 'undo', { reason: 'another customer' })).toMatchObject({
        status: 200,
        body: { status: 'unmatched', customerId: null, paymentId: null },
      });
    }
    expect([await openOf(invoiceId), await openOf(small)]).toEqual([12_300, 50_100]);
    const after = await trialBalance(suite.database);
    expect((after['unapplied-cash'] ?? 0) - (before['unapplied-cash'] ?? 0)).toBe(-62_390);
    expect(after['small-differences']).toBe(before['small-differences']);
    expect(await decide(line.id, 'undo', { reason: 'again' })).toMatchObject({ status: 409 });
    expect(await decide(line.id, 'match', { customerId: 'WRONG', items: [{ invoiceId }] })).toMatchObject({ status: 200 });
    expect(await openOf(invoiceId)).toBe(0);
    const [payment] = (await api.get('/v1/payments?customerId=WRONG&limit=1', 'finance')).body.items;
    expect(payment).toMatchObject({ reversals: [], applications: [{ invoiceId }] });
    const twice = await Promise.all([1, 2].map(() => decide(line.id, 'undo', { reason: 'both of us' })));
    expect(twice.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
  });

  it('P2: a debit line that names a receipt takes it back, with the fee of the bank; one that names none waits for a person', async () => {
    await addCustomer(suite.database, 'RETURNER', { limitMinor: 1_000_000 });
    const [first, second] = [await item('RETURNER', 20_000), await item('RETURNER', 30_000)];
    const { id } = await imported([
      { amount: '200.00', valueOn: day, text: first, reference: 'IN-4711' },
      { amount: '300.00', valueOn: day, text: second },
    ]);
    const [, other] = await linesOf(id);
    const before = await trialBalance(suite.database);
    const returned = await imported([
      { amount: '-203.00', valueOn: day, text: 'return of IN-4711', details: '<RtrInf/>' },
      { amount: '-500.00', valueOn: day, text: other.paymentId, details: '<RtrInf/>' },
      { amount: '-7.00', valueOn: day, text: 'who knows', details: '<RtrInf/>' },
    ]);
    expect(await linesOf(returned.id)).toMatchObject([
      { status: 'matched', customerId: 'RETURNER', suspenseMinor: 0 },
      { status: 'unmatched', customerId: 'RETURNER' },
      { status: 'unmatched', customerId: null },
    ]);
    expect([await openOf(first), await openOf(second)]).toEqual([20_000, 0]);
    const after = await trialBalance(suite.database);
    expect([after.bank! - before.bank!, after['bank-charges']! - before['bank-charges']!]).toEqual([-20_300, 300]);
    expect((await api.get(`/v1/invoices/${first}`, 'finance')).body).toMatchObject({ applications: [] });

    // Somebody was quicker than the bank's file.
    const bounced = await api.post(`/v1/payments/${other.paymentId}/bounce`, 'receivables', {
      reason: 'no funds',
      feeMinor: 200,
    });
    expect(bounced).toMatchObject({ status: 200, body: { kind: 'bounce', feeMinor: 200, items: [{ invoiceId: second }] } });
    const late = await imported([{ amount: '-302.00', valueOn: day, text: other.paymentId, details: '<RtrInf/>' }]);
    expect(await linesOf(late.id)).toMatchObject([{ status: 'matched', statusReason: expect.stringMatching(/by hand/) }]);
    expect((await api.post(`/v1/payments/${other.paymentId}/bounce`, 'receivables', { reason: 'again' })).status).toBe(409);
    expect((await api.post('/v1/payments/PAY-1/bounce', 'receivables', { reason: 'x' })).status).toBe(404);

    // One bounce by hand stands for one line: the same amount returned again is another part.
    const half = await imported([{ amount: '300.00', valueOn: day, text: second }]);
    const [{ paymentId: halved }] = await linesOf(half.id);
    const byHand = { reason: 'in part', amountMinor: 15_000 };
    expect((await api.post(`/v1/payments/${halved}/bounce`, 'receivables', byHand)).status).toBe(200);
    const line = { amount: '-150.00', valueOn: day, text: halved, details: '<RtrInf/>' };
    const twice = await imported([line, line]);
    expect(await linesOf(twice.id)).toMatchObject([
      { status: 'matched', statusReason: `the bounce of ${halved}, recorded by hand` },
      { status: 'matched', statusReason: `the bounce of ${halved}` },
    ]);
    expect(await openOf(second)).toBe(30_000);

    // The bank returns a part, and then the rest.
    const again = await imported([{ amount: '300.00', valueOn: day, text: second }]);
    const [{ paymentId }] = await linesOf(again.id);
    const parts = await imported([
      { amount: '-120.00', valueOn: day, text: `part of ${paymentId}`, details: '<RtrInf/>' },
      { amount: '-180.00', valueOn: day, text: paymentId, details: '<RtrInf/>' },
    ]);
    expect(await linesOf(parts.id)).toMatchObject([
      { status: 'matched', statusReason: `a part of ${paymentId} that bounced` },
      { status: 'matched', statusReason: `the bounce of ${paymentId}` },
    ]);
    expect(await openOf(second)).toBe(30_000);
    expect((await api.get('/v1/payments?customerId=RETURNER&limit=1', 'finance')).body.items[0].reversals).toMatchObject([
      { amountMinor: 12_000 },
      { amountMinor: 18_000 },
    ]);
    expect((await api.post(`/v1/payments/${other.paymentId}/bounce`, 'sales', { reason: 'x' })).status).toBe(403);
  });

  it('P4: a letter counts money in suspense as the payment of who is believed to have sent it', async () => {
    await addCustomer(suite.database, 'BELIEVED', { limitMinor: 1_000_000 });
    await addCustomer(suite.database, 'DUNNED', { limitMinor: 1_000_000 });
    for (const id of ['BELIEVED', 'DUNNED']) await item(id, 70_000, '2027-02-28');
    const [owed] = (await suite.database.query<{ id: string }>("SELECT id FROM invoices WHERE customer_id = 'BELIEVED'")).rows;
    const { id } = await imported([{ amount: '690.00', valueOn: day, text: owed!.id }]);
    expect(await linesOf(id)).toMatchObject([{ status: 'suggested', customerId: 'BELIEVED', suspenseMinor: 69_000 }]);
    await suite.advanceTo(instant('2027-03-02', '12:00:00'));
    const asked = async (customerId: string) =>
      (
        await suite.database.query<{ minor: number }>(
          `SELECT (facts -> 'items' -> 0 ->> 'openMinor')::int AS minor FROM notices
           WHERE customer_id = $1 AND kind = 'dunning' AND status = 'sent'`,
          [customerId],
        )
      ).rows.map(({ minor }) => minor);
    await eventually(async () => (await asked('DUNNED')).length > 0 && (await asked('BELIEVED')).length > 0);
    expect([await asked('DUNNED'), await asked('BELIEVED')]).toEqual([[70_000], [1_000]]);
  });

  it('A3, P2: a line with a value date in a closed month is booked on the first open day, and taken back there', async () => {
    await addCustomer(suite.database, 'EARLIER', { limitMinor: 1_000_000 });
    const invoiceId = await item('EARLIER', 4_200);
    expect((await api.post('/v1/ledger/periods/2027-02/close', 'finance', { reason: 'month end' })).status).toBe(200);
    const { id } = await imported([
      { amount: '42.00', valueOn: '2027-02-26', text: invoiceId },
      { amount: '1.11', valueOn: '2027-02-26', name: 'Nobody' },
    ]);
    const [line, nobody] = await linesOf(id);
    expect([line.status, nobody.suspenseMinor, await openOf(invoiceId)]).toEqual(['matched', 111, 0]);
    expect(await decide(line.id, 'undo', { reason: 'no' })).toMatchObject({ status: 200 });
    expect(await decide(nobody.id, 'assign', { customerId: 'EARLIER' })).toMatchObject({ status: 200 });
    const { rows } = await suite.database.query(
      `SELECT count(*) AS entries, count(*) FILTER (WHERE booked_on = '2027-03-01') AS moved FROM journal_entries
       WHERE effective_on < '2027-03-01' AND event_id LIKE $1 || ':%' OR payment_id = $2`,
      [line.id, line.paymentId],
    );
    // Its item came over a day later: the money waits until then, and both that and its receipt are taken back.
    expect(rows).toEqual([{ entries: 5, moved: 3 }]);
  });

  it('X6: another policy places lines differently, by what was open of whoever may have paid; the one that placed them does not', async () => {
    await addCustomer(suite.database, 'ORCHARD', { limitMinor: 1_000_000 });
    await suite.database.query("UPDATE customers SET name = 'Orchard and Meadow Trading GmbH' WHERE id = 'ORCHARD'");
    const [exact, near] = [await item('ORCHARD', 64_100), await item('BETA', 50_000)];
    const { id } = await imported([
      { amount: '641.00', valueOn: day, name: 'Orchard Meadow Trade' },
      { amount: '499.50', valueOn: day, text: near },
    ]);
    const [byName, short] = await linesOf(id);
    expect([byName, short]).toMatchObject([{ status: 'unmatched' }, { status: 'matched', customerId: 'BETA' }]);

    const { name: _name, version, ...policy } = defaultCashPolicy;
    const month = 'from=2027-02-01&to=2027-03-02&limit=200';
    const ask = async (body: object) => (await api.post(`/v1/policies/cash/what-if?${month}`, 'receivables', body)).body;
    const same = await ask({ version });
    expect(same).toMatchObject({ summary: { differing: 0, rescored: 0, withoutFacts: 0 }, items: [], next: null });
    expect(same.summary.decisions).toBeGreaterThan(20);

    const found = (await ask({ policy: { ...policy, nameThreshold: 60 } })).items;
    expect(found.find((one: { id: string }) => one.id === byName.id)).toMatchObject({
      amountMinor: 64_100,
      before: { outcome: 'unmatched', valueMinor: null, effects: [] },
      after: { outcome: 'posted', valueMinor: 64_100, effects: [`pays ${exact}`] },
    });
    const strict = await ask({ policy: { ...policy, toleranceMinor: 10 } });
    expect(strict.items.find((one: { id: string }) => one.id === short.id)).toMatchObject({
      before: { outcome: 'posted', effects: [`pays ${near}`, 'writes 50 off'] },
      after: { outcome: 'suggested', valueMinor: null, effects: [] },
    });
    // What posts by its reference and in full posts by any policy.
    expect(strict.items.every((one: { before: { effects: string[] } }) => one.before.effects.length > 1)).toBe(true);
  });
});
