import { readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Api } from '../api/client.ts';
import { camt } from '../bank-file.ts';
import {
  addCustomer,
  addProduct,
  addStock,
  instant,
  invoiced,
  invoicesOf,
  openingItem,
  order,
  pickAndPack,
  setUpCompany,
  shipmentsInWork,
} from '../company.ts';
import { eventually, type Suite, startSuite } from '../suite.ts';
import { isSound, isSoundOnAPhone } from './browser.ts';
import { chromiumPath } from './chromium.ts';
import { peopleFor, type Served, serve } from './served.ts';

const payer = 'GB29NWBK60161331926819';

/* It is Wednesday, 10 March 2027: an invoice charges a price that was not agreed, two items of HARBOUR are overdue. */
let suite: Suite;
let served: Served;
let api: Api;
let invoiceId: string;
let overdue: string;

describe.skipIf(!chromiumPath)('the pages of receivables in a browser', () => {
  beforeAll(async () => {
    suite = await startSuite();
    await suite.setClock(instant('2027-03-10', '09:00:00'));
    await setUpCompany(suite.database);
    for (const id of ['BUYER', 'HARBOUR', 'QUAY']) await addCustomer(suite.database, id, { limitMinor: 100_000_000 });
    await addProduct(suite.database, 'DESK', 10_000);
    await addStock(suite, 'DESK', 1_000, 4_000);
    const orderId = await order(suite, 'BUYER', [{ sku: 'DESK', quantity: 10 }]);
    const [shipmentId] = (await shipmentsInWork(suite, orderId)) as [string];
    await pickAndPack(suite, orderId, shipmentId);
    invoiceId = (await invoiced(suite, orderId))[0]!.id;
    // Nobody can charge another price than was agreed: it is bent as only the owner of the database could.
    const owner = new pg.Client({ connectionString: suite.databaseUrl });
    await owner.connect();
    await owner.query('SET session_replication_role = replica');
    await owner.query('UPDATE invoice_lines SET unit_price_minor = 12000 WHERE invoice_id = $1', [invoiceId]);
    await owner.end();
    overdue = await openingItem(suite, 'HARBOUR', 250_000, '2027-01-10', '2027-02-09');
    await openingItem(suite, 'HARBOUR', 80_000, '2027-01-20', '2027-02-19');
    await openingItem(suite, 'QUAY', 40_000, '2027-02-01', '2027-03-31');
    await openingItem(suite, 'QUAY', 40_000, '2027-02-03', '2027-04-02');
    served = await serve(suite, peopleFor('HARBOUR'));
    ({ api } = served);
    const account = { name: 'Main account', iban: 'DE89370400440532013000', currency: 'EUR' };
    expect((await api.put('/v1/bank-accounts/MAIN', 'finance', account)).status).toBe(201);
    expect((await api.put(`/v1/payer-accounts/${payer}`, 'receivables', { customerIds: ['QUAY'] })).status).toBe(200);
    const own = (await api.get('/v1/policies/dunning', 'finance')).body.items[0].body;
    const { name: _, version: __, holdMinimumMinor: ___, promises: ____, ...patient } = own;
    expect((await api.post('/v1/policies/dunning/PATIENT?reason=patience', 'finance', patient)).status).toBe(201);
    await eventually(async () => (await api.get(`/v1/invoices/${overdue}`, 'finance')).body.overdueSince !== null);
  });
  afterAll(async () => {
    await served?.stop();
    await suite?.stop();
  });

  it('A2, I3, I4, P4: a wrong invoice is found where it went wrong, and put right by what is suggested', async () => {
    const { context, page, faults } = await served.enter('Rita Receivables', '/console/invoices');
    await page.getByRole('table', { name: 'Invoices' }).waitFor();
    await isSound(page, 'invoices');
    await page.getByRole('textbox', { name: 'Customer number' }).fill('BUYER');
    await page.keyboard.press('Enter');
    await page.waitForURL(/customerId=BUYER/);
    await page.getByText('1 record', { exact: true }).waitFor();
    await page.getByRole('link', { name: invoiceId }).click();
    await page.getByText('diverges first').waitFor();
    await page.getByRole('region', { name: 'Dunning plan', exact: true }).getByText('Dunning letter').first().waitFor();
    await page.getByRole('region', { name: 'Timeline' }).getByRole('listitem').first().waitFor();
    await page.getByText('Collected by the company’s own dunning policy, version 1, as nothing else is assigned.').waitFor();
    await isSound(page, 'invoice');
    await isSoundOnAPhone(page, 'invoice-phone-dark');
    await page.getByRole('button', { name: 'Collect by another policy' }).click();
    await page.getByLabel('Reason').fill('a customer of forty years');
    await page.getByLabel('Dunning policy').selectOption('PATIENT');
    await page.getByRole('button', { name: 'Plan its letters anew from here on' }).click();
    await page.getByText('Collected by dunning policy PATIENT, version 1, assigned to this invoice.').waitFor();
    await page.getByRole('button', { name: 'End its links' }).click();
    await page.getByLabel('Reason').fill('the mail went to somebody else');
    await page.getByRole('button', { name: 'End every link that was mailed' }).click();
    await page.getByRole('region', { name: 'Timeline' }).getByText('the mail went to somebody else').waitFor();
    await page.getByRole('button', { name: /bill it anew as suggested/ }).click();
    await page.getByLabel('Price in EUR').waitFor();
    expect(await page.getByLabel('Price in EUR').inputValue()).toBe('100.00');
    await isSound(page, 'invoice-reissue');
    await page.getByRole('button', { name: /^Credit .* and bill one line anew$/ }).click();
    await page.getByText('took its place').waitFor();
    await isSound(page, 'invoice-corrected');
    expect(faults).toEqual([]);
    await context.close();
  });

  it('P1, P2: a statement comes in, and what it could not place is decided with a key, by hand and by a customer', async () => {
    const { context, page, faults } = await served.enter('Rita Receivables', '/console/cash?tab=statements');
    const content = camt([
      { amount: '400.00', valueOn: '2027-03-09', name: 'Quay Ltd', iban: payer, text: 'our order' },
      { amount: '300.00', valueOn: '2027-03-09', name: 'Quay Ltd', iban: payer, text: 'on account' },
      { amount: '77.00', valueOn: '2027-03-09', name: 'Somebody', text: 'thanks' },
    ]);
    const name = 'statement.xml';
    await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/xml', buffer: Buffer.from(content) });
    await page.getByRole('button', { name: 'Send and match its lines' }).click();
    await page.getByText('Done', { exact: true }).waitFor();
    await isSound(page, 'cash-statements');
    await page.getByRole('tab', { name: 'Bank lines' }).click();
    await page.getByRole('list', { name: 'Suggestions' }).waitFor();
    await isSound(page, 'cash-lines');
    await isSoundOnAPhone(page, 'cash-lines-phone-dark');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.keyboard.press('Enter');
    await page.getByText(/is matched: PAY-/).waitFor();
    await page.getByRole('heading', { level: 2, name: /300\.00/ }).waitFor();
    await page.getByRole('button', { name: 'Match by hand' }).click();
    await page.getByRole('checkbox').first().check();
    await page.getByLabel('Takes, in EUR').fill('150.00');
    await isSound(page, 'cash-by-hand');
    await page.getByRole('button', { name: 'Post it as said here' }).click();
    await page.getByRole('button', { name: 'Somebody' }).waitFor();
    await page.getByText('1 of 1 shown').waitFor();
    // Yesterday's match is found by its amount, leads to its payment and back, and can be undone there.
    await page.getByText('Matched', { exact: true }).first().click();
    await page.getByText('2 of 2 shown, the newest first').waitFor();
    await page.getByRole('textbox', { name: 'Amount in EUR' }).fill('300');
    await page.keyboard.press('Enter');
    await page.getByText('1 of 1 shown').waitFor();
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    await isSound(page, 'cash-matched');
    await page.getByRole('link', { name: /^PAY-/ }).click();
    const paid = page.getByRole('region', { name: 'What it paid' });
    await paid.getByText('150.00').first().waitFor();
    await page.getByRole('button', { name: 'It bounced' }).waitFor();
    await isSound(page, 'payment');
    await isSoundOnAPhone(page, 'payment-phone-dark');
    const paymentId = new URL(page.url()).pathname.split('/').at(-1)!;
    await page.keyboard.press('/');
    await page.getByRole('textbox', { name: 'Find anything' }).fill(paymentId);
    await page.locator('.mantine-Spotlight-action').filter({ hasText: paymentId }).click();
    await page.getByRole('link', { name: /^BKL-/ }).click();
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    await page.getByRole('tab', { name: 'Payments' }).click();
    await page.getByRole('link', { name: paymentId }).waitFor();
    await page.getByRole('textbox', { name: 'Customer number' }).fill('quay');
    await page.keyboard.press('Enter');
    await page.getByLabel('From', { exact: true }).fill('2027-03-09');
    await page.keyboard.press('Enter');
    await page.waitForURL(/customerId=QUAY&from=2027-03-09/);
    await page.getByRole('link', { name: paymentId }).waitFor();
    await isSound(page, 'cash-payments');
    const saved = async () => {
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export CSV' }).click()]);
      const lines = readFileSync(await file.path(), 'utf8')
        .trimEnd()
        .split('\r\n');
      return [file.suggestedFilename(), lines.length - 1];
    };
    const shown = (await api.get('/v1/payments?customerId=QUAY&from=2027-03-09', 'finance')).body.items;
    expect(await saved()).toEqual(['payments.csv', shown.length]);
    await page.getByRole('tab', { name: 'Unapplied cash' }).click();
    await page.waitForURL(/cash\?tab=unapplied$/);
    const refund = page.getByRole('button', { name: 'Refund' }).first();
    await refund.click();
    await page.getByLabel('To the account').waitFor();
    // A press beside the dialog closes it; it is no press on the row that the dialog belongs to.
    await page.mouse.click(20, 400);
    await page.getByLabel('To the account').waitFor({ state: 'detached' });
    expect(page.url()).toMatch(/tab=unapplied$/);
    await isSoundOnAPhone(page, 'cash-unapplied-phone-dark');
    await refund.click();
    await page.getByLabel('To the account').fill(payer);
    await page.getByLabel('Reason').fill('paid too much');
    await page.getByRole('button', { name: 'Ask for the refund' }).click();
    await page.getByRole('tab', { name: 'Refunds' }).click();
    await page.getByText('Another person approves it').waitFor();
    await isSound(page, 'cash-refunds');
    expect(await saved()).toEqual(['refunds.csv', 1]);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('P1: what a customer says to have paid is looked for: its file is opened, its payment found, or there is none', async () => {
    const pdf = Buffer.from('%PDF-1.4\n%%EOF\n');
    const advice = await api.ask('POST', '/v1/customers/QUAY/remittance-advices/files?name=advice.pdf', {
      as: 'sales',
      raw: pdf,
      headers: { 'Content-Type': 'application/pdf' },
    });
    expect(advice.status).toBe(201);
    const claim = { amountMinor: 12_345, currency: 'EUR', paidOn: '2027-03-09', reference: 'E2E-77' };
    const claimed = await api.post('/v1/customers/QUAY/payment-claims', 'sales', claim);
    expect(claimed.status).toBe(201);
    const payment = { customerId: 'QUAY', method: 'bank-transfer', currency: 'EUR', amountMinor: 12_000, valueOn: '2027-03-09' };
    const { paymentId } = (await api.post('/v1/payments', 'receivables', payment)).body;
    const { context, page, faults } = await served.enter('Rita Receivables', '/console/cash?tab=undocumented');
    const region = page.getByRole('region', { name: 'Money that is not documented' });
    await region.getByRole('link', { name: 'advice.pdf' }).waitFor();
    await isSound(page, 'cash-undocumented');
    await isSoundOnAPhone(page, 'cash-undocumented-phone-dark');
    await page.goto(`${api.url}/console/cash?tab=undocumented&clock=${claimed.body.id}`);
    await page.getByRole('button', { name: 'It came' }).click();
    await page.getByRole('combobox', { name: 'Payment of QUAY' }).click();
    await page.getByRole('option', { name: new RegExp(paymentId) }).click();
    await page.getByRole('button', { name: 'This payment is it' }).click();
    await page.getByRole('link', { name: paymentId }).waitFor();
    await page.getByRole('link', { name: 'All that is not documented' }).click();
    await region.getByRole('button', { name: 'Reject' }).last().click();
    await page.getByLabel('Reason').fill('the file names no payment');
    await page.getByRole('button', { name: 'Reject: letters that waited go out' }).click();
    await page.getByText(/^CLK-\d+ is rejected/).waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });

  it('P3, X3: two people of finance let the orders of a customer pass its hold, and one ends it again', async () => {
    const first = await served.enter('Fay Finance', '/console/customers/HARBOUR');
    await first.page.getByRole('button', { name: 'Let orders pass the hold' }).click();
    await first.page.getByLabel('Last day on which orders pass').fill('2027-03-09');
    await first.page.getByLabel('Reason').fill('a parcel for the fair');
    await first.page.getByRole('button', { name: 'Propose it to a second person' }).click();
    await first.page.getByRole('dialog').getByRole('alert').waitFor();
    await first.page.getByLabel('Last day on which orders pass').fill('2027-03-19');
    await first.page.getByRole('button', { name: 'Propose it to a second person' }).click();
    const overrides = (page: typeof first.page) => page.getByRole('region', { name: 'Hold overrides', exact: true });
    await overrides(first.page).getByText('Another person approves it').waitFor();
    await first.context.close();
    // The task leads the second person here.
    const { context, page, faults } = await served.enter('Finn Finance', '/console');
    await page.getByRole('region', { name: 'Since yesterday' }).getByText('Hold overrides proposed').waitFor();
    await isSound(page, 'home-finance');
    await page.getByRole('link', { name: /^Decide whether orders of HARBOUR pass/ }).click();
    await overrides(page).getByRole('button', { name: 'Approve' }).click();
    await page.getByLabel('Reason').fill('agreed');
    await page.getByRole('button', { name: 'Let orders pass until 2027-03-19' }).click();
    await page.getByText('orders pass the hold until').waitFor();
    await isSound(page, 'customer-override');
    await isSoundOnAPhone(page, 'customer-override-phone-dark');
    await overrides(page).getByRole('button', { name: 'End' }).click();
    await page.getByLabel('Reason').fill('enough');
    await page.getByRole('button', { name: 'End it: the hold counts again' }).click();
    await overrides(page).getByText('ended by').waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });

  it('P3, P4, P6, O5: a collector calls who owes most, takes a promise and proposes a write-off that a second person approves', async () => {
    const { context, page, faults } = await served.enter('Rita Receivables', '/console/collections');
    await page.getByRole('link', { name: 'HARBOUR' }).waitFor();
    await isSound(page, 'collections');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'What to say', exact: true }).getByText(overdue).waitFor();
    await page.locator('pre.letter').waitFor();
    await isSound(page, 'call-sheet');
    await isSoundOnAPhone(page, 'call-sheet-phone-dark');
    await page.getByRole('button', { name: 'Log a contact' }).click();
    await page.getByLabel('What was said').fill('They pay on Friday.');
    await page.getByRole('button', { name: 'Log it' }).click();
    await page.getByRole('cell', { name: 'They pay on Friday.' }).waitFor();
    await page.getByRole('button', { name: 'Take a promise' }).click();
    await page.getByLabel('By').fill('2027-03-01');
    await page.getByRole('button', { name: 'Take the promise: letters wait for it' }).click();
    await page.getByRole('dialog').getByRole('alert').waitFor();
    await isSound(page, 'promise-refused');
    await page.getByLabel('By').fill('2027-03-12');
    await page.getByRole('button', { name: 'Take the promise: letters wait for it' }).click();
    await page.getByRole('button', { name: 'Count on it no more' }).waitFor();
    await page.getByRole('button', { name: 'Hold off', exact: true }).first().click();
    await page.getByLabel('Until').fill('2027-03-20');
    await page.getByLabel('Reason').fill('they look for the invoice');
    await page.getByRole('button', { name: 'Hold letters back until that day' }).click();
    await page.getByRole('button', { name: 'Write off', exact: true }).last().click();
    await page.getByLabel('Reason').fill('not worth a lawyer');
    await page.getByRole('button', { name: 'Propose the write-off' }).click();
    await page.getByText('Another person approves it').waitFor();
    // Neither is offered twice: what is held off can be written off, and the other way about.
    const owed = page.getByRole('region', { name: 'What is owed', exact: true });
    for (const [row, left] of [
      [owed.getByRole('row', { name: overdue }), ['Write off']],
      [owed.getByRole('row', { name: '800.00' }), ['Hold off']],
    ] as const) {
      await expect.poll(() => row.getByRole('button', { name: /off$/ }).allTextContents()).toEqual(left);
    }
    const { openItems } = (await api.get('/v1/customers/HARBOUR/account', 'sales')).body;
    expect(openItems.map(({ actions }: { actions: string[] }) => actions)).toEqual([[], []]);
    expect(faults.filter((fault) => !fault.includes('status of 422'))).toEqual([]);
    await context.close();
    const second = await served.enter('Fay Finance', '/console/collections');
    await second.page.getByRole('button', { name: 'Approve' }).click();
    await second.page.getByLabel('Reason').fill('agreed');
    await isSound(second.page, 'write-off');
    await second.page.getByRole('button', { name: 'Write 800.00 EUR off' }).click();
    await second.page.getByText('is written off').waitFor();
    await second.context.close();
  });

  it('A5: a dispute is raised at its invoice, found in the list, and answered', async () => {
    const { context, page, faults } = await served.enter('Rita Receivables', `/console/invoices/${overdue}`);
    await page.getByRole('button', { name: 'Dispute' }).click();
    await page.getByRole('combobox', { name: 'What is wrong' }).click();
    await page.getByRole('option', { name: 'Goods that never arrived' }).click();
    await page.getByLabel('What the customer says').fill('Two pallets never came.');
    await page.getByRole('button', { name: /^Raise the dispute/ }).click();
    await page.getByRole('link', { name: /^DSP-/ }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await page.getByRole('table', { name: 'Disputes' }).waitFor();
    await isSound(page, 'disputes');
    await page.getByRole('link', { name: /^DSP-/ }).click();
    await page.getByText('Two pallets never came.').waitFor();
    await page.getByRole('button', { name: 'Reject' }).waitFor();
    await isSound(page, 'dispute');
    await isSoundOnAPhone(page, 'dispute-phone-dark');
    await page.getByRole('button', { name: 'Reject' }).click();
    await page.getByLabel('Answer to the customer').fill('The carrier has a signature.');
    await page.getByRole('button', { name: /^Reject: / }).click();
    await page.getByText('The carrier has a signature.').waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });

  it('I1, I4: what waits for its run is seen before it is billed, and what a credit note has left pays another invoice or goes back', async () => {
    const monthly = JSON.stringify({ kind: 'consolidated', every: 'month', day: 28 });
    await suite.database.query("UPDATE customers SET invoicing = $1 WHERE id = 'BUYER'", [monthly]);
    const orderId = await order(suite, 'BUYER', [{ sku: 'DESK', quantity: 3 }]);
    const [shipmentId] = (await shipmentsInWork(suite, orderId)) as [string];
    await pickAndPack(suite, orderId, shipmentId);
    await eventually(async () => (await api.get(`/v1/shipments/${shipmentId}`, 'shipping')).body.status === 'shipped');
    const { context, page, faults } = await served.enter('Rita Receivables', '/console/invoices');
    await page.getByRole('link', { name: 'Bill a period' }).click();
    await page.getByRole('combobox', { name: 'Customer' }).fill('BUYER');
    await page.getByLabel('Up to and with').fill('2027-03-11');
    await page.getByRole('button', { name: 'See what it would bill' }).click();
    await page.getByText('2027-03-11 is after today').first().waitFor();
    await isSound(page, 'invoice-run-refused');
    await page.getByLabel('Up to and with').fill('2027-03-10');
    await page.getByRole('button', { name: 'See what it would bill' }).click();
    const would = page.getByRole('region', { name: 'What BUYER would be billed' });
    await would.getByRole('row', { name: new RegExp(`not issued.*${orderId}.*360\\.00`) }).waitFor();
    await isSound(page, 'invoice-run');
    expect((await invoicesOf(suite.database, orderId)).length).toBe(0);
    await would.getByRole('button', { name: 'Issue this invoice' }).click();
    await page.getByRole('region', { name: 'What BUYER was billed' }).getByRole('link', { name: /^INV-/ }).waitFor();
    const [billed] = await invoicesOf(suite.database, orderId);
    const money = { customerId: 'BUYER', method: 'bank-transfer', currency: 'EUR', amountMinor: 36_000, valueOn: '2027-03-10' };
    expect((await api.post('/v1/payments', 'receivables', { ...money, invoiceIds: [billed!.id] })).status).toBe(201);
    const credited = await api.post(`/v1/invoices/${billed!.id}/credit`, 'receivables', { reason: 'price-error' });
    expect(credited.status).toBe(201);
    const { creditNoteId } = credited.body;

    await page.goto(`${api.url}/console/customers/BUYER`);
    const balance = page.getByRole('region', { name: 'Credit balance' });
    await balance.getByRole('row', { name: new RegExp(creditNoteId) }).waitFor();
    await isSound(page, 'customer-credit-balance');
    const left = (await api.get('/v1/credit-notes?customerId=BUYER&unapplied=true', 'receivables')).body.items;
    expect(left.map(({ id }: { id: string }) => id)).toEqual([creditNoteId]);
    await balance.getByRole('button', { name: 'Refund' }).click();
    await page.getByLabel('Amount in EUR').fill('60.00');
    await page.getByLabel('To the account').fill(payer);
    await page.getByLabel('Reason').fill('half of it back');
    await page.getByRole('button', { name: 'Ask for the refund' }).click();
    // Until then it may still pay an invoice: whoever comes first.
    await page.getByText('waits for a second person of finance').waitFor();
    await balance.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('checkbox').first().check();
    await page.getByRole('button', { name: 'Pay the chosen invoices' }).click();
    await balance.waitFor({ state: 'hidden' });
    expect((await api.get(`/v1/credit-notes/${creditNoteId}`, 'receivables')).body.unappliedMinor).toBe(0);
    expect(faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]);
    await context.close();
  });

  it('P1, P2, P7: a disputed card payment says what is to be done by when; finance changes a bank account, and sets and ends a rate by hand', async () => {
    await suite.database.query(
      `INSERT INTO card_disputes (id, gateway_id, customer_id, currency, amount_minor, status, reason, evidence_due_at, at, changed_at)
       VALUES ('dp_1', 'pi_1', 'QUAY', 'EUR', 12000, 'open', 'product_not_received', '2027-03-17T12:00:00Z', '2027-03-10T08:00:00Z', '2027-03-10T08:00:00Z')`,
    );
    const { context, page, faults } = await served.enter('Fay Finance', '/console/cash');
    await page.getByRole('tab', { name: 'Card disputes' }).click();
    const dispute = page.getByRole('row', { name: /dp_1/ });
    await dispute.getByText('Give the gateway evidence, or let it go: due in 7 days').waitFor();
    await isSound(page, 'cash-card-disputes');
    await page.getByLabel('Status').selectOption('Won');
    await page.getByText('No card payment is disputed.').waitFor();
    await page.getByRole('tab', { name: 'Bank accounts' }).click();
    await page.getByRole('button', { name: 'Add a bank account' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Id').fill('main');
    await form.getByLabel('Name').fill('Second account');
    await form.getByLabel('IBAN', { exact: true }).fill(payer);
    await form.getByLabel('Currency').fill('EUR');
    await form.getByRole('button', { name: 'Add the account' }).click();
    await form.getByText('MAIN is there already').first().waitFor();
    await form.getByLabel('Id').fill('second');
    await form.getByRole('button', { name: 'Add the account' }).click();
    await page
      .getByRole('row', { name: /SECOND.*Second account/ })
      .getByRole('button', { name: 'Change' })
      .click();
    await form.getByLabel('Name').fill('Savings');
    await form.getByLabel('How its CSV files are read').fill('{ "delimiter": ";", "decimalMark": "," }');
    await form.getByRole('button', { name: 'Save SECOND' }).click();
    await form.locator('.mantine-JsonInput-error').waitFor();
    await isSound(page, 'bank-account-refused');
    await form.getByLabel('How its CSV files are read').fill('');
    await form.getByRole('button', { name: 'Save SECOND' }).click();
    await page.getByRole('row', { name: /SECOND.*Savings/ }).waitFor();
    await isSound(page, 'cash-bank-accounts');

    await page.goto(`${api.url}/console/reviews`);
    await page.getByRole('link', { name: 'Provisions set by hand' }).click();
    await page.getByText('None is set.').waitFor();
    await page.getByRole('button', { name: 'Set a rate' }).click();
    await form.getByRole('combobox', { name: 'Customer' }).fill('HARBOUR');
    await form.getByLabel('Will be lost, in %').fill('62,5');
    await form.getByLabel('Reason').fill('its bank has called the loan');
    await form.getByRole('button', { name: 'Set the rate' }).click();
    await page.getByRole('row', { name: /HARBOUR.*62\.5 %/ }).waitFor();
    await isSound(page, 'provisions');
    await page.getByRole('button', { name: 'End', exact: true }).click();
    await form.getByLabel('Reason').fill('it has a new bank');
    await form.getByRole('button', { name: 'Let the matrix count again' }).click();
    await page.getByText('ended by').waitFor();
    expect(faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]);
    await context.close();
  });

  it('P7, O5: finance reviews what is overdue, and a second person books the true-up', async () => {
    const { context, page, faults } = await served.enter('Fay Finance', '/console/reviews');
    await page.getByRole('button', { name: 'Review now' }).click();
    await page.getByRole('button', { name: 'Make the review' }).click();
    await page.getByRole('link', { name: /^REV-/ }).waitFor();
    await isSound(page, 'reviews');
    await page.getByRole('link', { name: /^REV-/ }).click();
    await page.getByRole('region', { name: 'Provision matrix in EUR', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Say what is next' }).first().waitFor();
    await isSound(page, 'review');
    await isSoundOnAPhone(page, 'review-phone-dark');
    await page.getByRole('button', { name: /^Propose to change the allowance/ }).click();
    await page.getByText('Another person of finance approves it').waitFor();
    const address = new URL(page.url()).pathname;
    expect(faults).toEqual([]);
    await context.close();
    // The task leads the second person there.
    const second = await served.enter('Finn Finance', '/console');
    await second.page.getByRole('link', { name: /^Review \d+ overdue accounts/ }).click();
    await second.page.waitForURL(`**${address}`);
    await second.page.getByRole('button', { name: 'Approve the true-up' }).click();
    await second.page.getByRole('button', { name: 'Book the change of the allowance' }).click();
    await second.page.getByText('True-up booked').waitFor();
    await second.context.close();
  });
});
