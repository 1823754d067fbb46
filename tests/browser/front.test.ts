import { readFileSync } from 'node:fs';
import type { Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Api } from '../api/client.ts';
import { addCustomer, addProduct, addStock, becomes, openingItem, order, setUpCompany } from '../company.ts';
import { eventually, type Suite, startSuite } from '../suite.ts';
import { isSound, isSoundOnAPhone } from './browser.ts';
import { chromiumPath } from './chromium.ts';
import { peopleFor, type Served, serve } from './served.ts';

let suite: Suite;
let served: Served;
let api: Api;
let review: string;
let applicationId: string;

describe.skipIf(!chromiumPath)('home, credit, customers, entry and policies in a browser', () => {
  beforeAll(async () => {
    suite = await startSuite();
    const { database } = suite;
    await setUpCompany(database);
    await addCustomer(database, 'NORTH');
    await addCustomer(database, 'SOUTH', { limitMinor: 100_000 });
    await addCustomer(database, 'WEST', { limitMinor: 2_000_000 });
    await addProduct(database, 'DESK', 10_000);
    await addProduct(database, 'LAMP', 4_550);
    await addStock(suite, 'DESK', 1_000, 4_000);
    await addStock(suite, 'LAMP', 3, 2_000);
    review = await order(suite, 'NORTH', [{ sku: 'DESK', quantity: 20 }]);
    await order(suite, 'SOUTH', [{ sku: 'DESK', quantity: 20 }]);
    await order(suite, 'WEST', [{ sku: 'DESK', quantity: 40 }]);
    await openingItem(suite, 'WEST', 350_000, '2026-01-02', '2026-02-01');
    served = await serve(suite, peopleFor('SOUTH'));
    ({ api } = served);
    const applied = await api.post('/v1/customers/NORTH/credit-applications', 'sales', {
      requestedLimitMinor: 1_500_000,
      currency: 'EUR',
      references: [
        {
          company: 'Holz & Söhne KG',
          contact: { name: 'Ilse Holz', email: 'ilse@holz.example' },
          annualVolumeMinor: 4_000_000,
          yearsKnown: 6,
          averageDaysLate: 4,
        },
      ],
      financials: {
        year: 2025,
        currency: 'EUR',
        revenueMinor: 90_000_000,
        equityMinor: 12_000_000,
        totalAssetsMinor: 40_000_000,
        currentAssetsMinor: 18_000_000,
        currentLiabilitiesMinor: 11_000_000,
        netIncomeMinor: 2_400_000,
      },
    });
    applicationId = applied.body.id;
    await api.post(`/v1/customers/NORTH/credit-applications/${applicationId}/submit`, 'sales');
    await becomes(suite, review, 'credit-review');
  });
  afterAll(async () => {
    await served?.stop();
    await suite?.stop();
  });

  it('O5, C2: credit finds its work at home, decides it with all it is taken from, and a second person agrees', async () => {
    const first = await served.enter('Cora Credit', '/console');
    const mine = first.page.getByRole('region', { name: 'Yours' });
    const toDo = first.page.getByRole('listitem').filter({ hasText: `Decide the credit of NORTH for ${review}` });
    await toDo.getByRole('button', { name: 'Claim' }).click();
    await mine.getByText(review).waitFor();
    await mine.getByRole('button', { name: 'Give back' }).click();
    await first.page.getByLabel('Why').fill('on leave from tomorrow');
    await first.page.getByRole('button', { name: /^Give back TSK/ }).click();
    await toDo.getByRole('button', { name: 'Claim' }).click();
    await mine.getByText(review).waitFor();
    await first.page.getByText('WEST').first().waitFor();
    await isSound(first.page, 'home');
    await isSoundOnAPhone(first.page, 'home-phone-dark');

    await mine.getByRole('link', { name: /^Decide TSK/ }).click();
    await first.page.getByRole('heading', { name: 'Scorecard' }).waitFor();
    await first.page.getByText('The policy leaves it to a person').waitFor();
    await first.page.getByRole('button', { name: 'Ask', exact: true }).click();
    await first.page.getByRole('textbox', { name: 'Question' }).fill('Who are your three largest customers?');
    await first.page.getByRole('button', { name: 'Send the question' }).click();
    await first.page.getByRole('button', { name: 'Write down the answer' }).waitFor();
    await first.page.getByLabel('Limit in EUR').fill('60000.00');
    await first.page.getByLabel('Reason').fill('known from the fair');
    await isSound(first.page, 'credit-case');
    await isSoundOnAPhone(first.page, 'credit-case-phone-dark');
    await first.page.getByRole('button', { name: 'Propose 60,000.00 EUR limit' }).click();
    await first.page.getByText('You must not agree to it yourself').waitFor();
    await first.context.close();

    const second = await served.enter('Cem Credit', '/console/credit', { colorScheme: 'dark' });
    await second.page.getByRole('table', { name: 'Credit desk' }).waitFor();
    await isSound(second.page, 'credit-desk-dark');
    await second.page.getByRole('row').filter({ hasText: review }).getByText('Asked').waitFor();
    await second.page.getByRole('row').filter({ hasText: review }).getByRole('link', { name: 'Credit review' }).click();
    await second.page.getByText('Decide the same, and it counts.').waitFor();
    await isSound(second.page, 'credit-case-second-dark');
    await second.page.getByLabel('Reason').fill('so do I');
    await second.page.getByRole('button', { name: 'Approve 60,000.00 EUR limit' }).click();
    await becomes(suite, review, 'in-fulfilment');
    await second.page.getByText('decided by credit-2').waitFor();
    expect(first.faults.concat(second.faults)).toEqual([]);
    await second.context.close();
  });

  it('O5: what could not be read is said, and never looks like nothing', async () => {
    const { context, page, faults } = await served.enter('Fay Finance', '/console/customers');
    const problem = { type: '/problems/unexpected', title: 'Something broke', detail: 'It was written down.' };
    let answer = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const fail = async (route: Route) => {
      await answered;
      await route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify(problem) });
    };
    for (const path of ['credit/accounts?*', 'tasks?*', 'orders/*/standing', 'promises?*'])
      await page.route(`**/v1/${path}`, fail);
    const part = (name: string) => page.getByRole('region', { name });
    const isSaidIn = (name: string) => part(name).getByRole('alert').getByText('Something broke').waitFor();

    await page.goto(`${api.url}/console`);
    // Until an answer comes nothing is known.
    await part('Customers on hold').getByRole('status', { name: 'Loading' }).waitFor();
    await part('Deadlines').getByRole('status', { name: 'Loading' }).waitFor();
    expect(await page.getByText(/Nobody is on hold|No deadline passes/).count()).toBe(0);
    answer();
    for (const name of ['Customers on hold', 'Deadlines', 'Yours']) await isSaidIn(name);
    expect(await page.getByText(/Nobody is on hold|No deadline passes|You have claimed nothing/).count()).toBe(0);
    await isSound(page, 'home-unanswered');
    await page.unroute('**/v1/credit/accounts?*');
    await part('Customers on hold').getByRole('button', { name: 'Try again' }).click();
    await part('Customers on hold').getByRole('link', { name: 'Customer WEST' }).waitFor();

    await page.goto(`${api.url}/console/orders/${review}`);
    await isSaidIn('Where it stands and what can be done');
    await page.goto(`${api.url}/console/collections/WEST`);
    await isSaidIn('What to say, and promises');
    expect(await page.getByText('Nothing has been promised').count()).toBe(0);
    expect(faults.filter((fault) => !fault.includes('status of 500'))).toEqual([]);
    await context.close();
  });

  it('C4, X5: a customer is found by name, its exposure, its hold and what comes next are read in words and numbers, and its credit is frozen', async () => {
    const { context, page, faults } = await served.enter('Fay Finance', '/console/customers');
    await page.getByRole('table', { name: 'Customers' }).waitFor();
    await isSound(page, 'customers');
    await page.getByLabel('Name or id').fill('sou');
    await page.keyboard.press('Enter');
    await page.getByText('1 record').waitFor();
    expect(page.url()).toContain('q=sou');
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export CSV' }).click()]);
    expect(
      readFileSync(await file.path(), 'utf8')
        .trimEnd()
        .split('\r\n'),
    ).toHaveLength(1 + 1);
    const masterData = page.getByRole('link', { name: 'Export master data' });
    expect(await masterData.getAttribute('href')).toBe('/v1/exports/customers.csv');
    await page.getByRole('link', { name: 'Import customers' }).waitFor();
    await page.getByLabel('Name or id').fill('west');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Customer WEST' }).click();
    await page.getByRole('heading', { level: 1, name: 'Customer WEST' }).waitFor();
    await page.getByRole('heading', { name: 'Payment behaviour' }).waitFor();
    await page.getByText('91+ days overdue').waitFor();
    const next = page.getByRole('region', { name: 'What comes next' });
    await next.getByText(/Letter of level 3 about OPN-.*the last before collections/).waitFor();
    await next
      .getByText(/^Put off by .*a promise to pay/)
      .first()
      .waitFor();
    const line = next.getByRole('link', { name: 'dunning v1 /levels/2/daysOverdue' });
    expect(await line.getAttribute('href')).toContain('/policies?policy=dunning');
    await isSound(page, 'customer');
    await isSoundOnAPhone(page, 'customer-phone-dark');
    await page.getByRole('button', { name: 'Freeze' }).click();
    await page.getByLabel('Reason').fill('it does not answer');
    await isSound(page, 'customer-freeze');
    await page.getByRole('button', { name: 'Freeze credit of WEST' }).click();
    await page.getByRole('button', { name: 'Unfreeze' }).waitFor();
    await page.getByText('it does not answer').first().waitFor();
    await page.getByRole('link', { name: 'Home' }).click();
    await page.getByRole('region', { name: 'Next 7 days' }).getByRole('listitem').first().waitFor();
    await isSound(page, 'home-of-finance');
    await isSoundOnAPhone(page, 'home-of-finance-phone-dark');
    expect(faults).toEqual([]);
    await context.close();
  });

  it('C5: finance reads the model in shadow beside what is in force, and adopts it with a reason', async () => {
    const quality = { examples: 21, auc: 0.81, ks: 0.5, brier: 0.11, calibration: [] };
    const fifth = { from: 0.2, to: 0.4, examples: 21, predicted: 0.31, observed: 0.29 };
    const model = {
      intercept: -1,
      weights: [1, 1, 1, 1],
      means: [0, 0, 0, 0],
      deviations: [1, 1, 1, 1],
      examples: 50,
      lateExamples: 12,
    };
    await suite.database.query(
      `INSERT INTO risk_models (version, model, quality, current_quality, fitted_by, at) VALUES (1, $1, $2, $3, 'tester', now())`,
      [model, { ...quality, calibration: [fifth] }, { ...quality, auc: 0.625 }].map((one) => JSON.stringify(one)),
    );
    const { context, page, faults } = await served.enter('Fay Finance', '/console/customers/WEST');
    await page.getByRole('link', { name: 'All customers and the models' }).click();
    const shadow = page.getByRole('region', { name: 'Version 1, in shadow, beside what is in force' });
    await shadow.getByRole('row', { name: /^AUC.*0\.810.*0\.625$/ }).waitFor();
    await shadow.getByRole('row', { name: /20 % to 40 %.*21.*31 %.*29 %/ }).waitFor();
    await isSound(page, 'risk');
    await isSoundOnAPhone(page, 'risk-phone-dark');
    await shadow.getByRole('button', { name: 'Adopt' }).click();
    await page.getByLabel('Reason').fill('it tells better who pays late');
    await page.getByRole('button', { name: 'Score every customer by version 1' }).click();
    await page.getByRole('table', { name: 'Risk of late payment' }).getByText('model 1').first().waitFor();
    expect((await api.get('/v1/risk/models', 'credit')).body.items).toMatchObject([{ version: 1, status: 'adopted' }]);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('X9, O5: sales takes a customer in, changes it and keeps what the form does not ask for; what it was told stands on its page', async () => {
    const { context, page, faults } = await served.enter('Sol Sales', '/console/customers');
    await page.getByRole('button', { name: 'Add a customer' }).click();
    const form = page.getByRole('dialog');
    await form.getByRole('textbox', { name: 'Id', exact: true }).fill('west');
    await form.getByLabel('Name of the company').fill('Deichbau AG');
    await form.getByRole('textbox', { name: 'Email', exact: true }).fill('einkauf@deichbau.example');
    for (const [label, text] of [
      ['Name', 'Deichbau AG'],
      ['Street', '4 Dyke Road'],
      ['Postal code', '25746'],
      ['City', 'Heide'],
      ['Country, two letters', 'de'],
    ] as const) {
      await form.getByRole('group', { name: 'Billing address' }).getByRole('textbox', { name: label, exact: true }).fill(text);
    }
    await form.getByRole('button', { name: 'Add the customer' }).click();
    await form.getByText('WEST is there already').first().waitFor();
    await form.getByRole('textbox', { name: 'Id', exact: true }).fill('DEICHBAU');
    await form.getByRole('button', { name: 'Add a contact' }).click();
    await form.getByRole('group', { name: 'Contact 1' }).getByLabel('Name').fill('Ilse Deich');
    await isSound(page, 'customer-add');
    await isSoundOnAPhone(page, 'customer-add-phone-dark');
    await form.getByRole('button', { name: 'Add the customer' }).click();
    await page.getByRole('heading', { level: 1, name: 'Deichbau AG' }).waitFor();
    // Parts come by the API; the form leaves them as they are.
    const made = (await api.get('/v1/customers/DEICHBAU', 'sales')).body;
    expect(made).toMatchObject({ contacts: [{ name: 'Ilse Deich' }], terms: { kind: 'net', days: 30 }, backOrderAllowed: false });
    const { id: _, version: __, creditProfile: ___, ...facts } = made;
    const known = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null));
    const instalments = [
      { share: '0.3', days: 0 },
      { share: '0.7', days: 30 },
    ];
    const terms = { kind: 'net', days: 30, instalments };
    expect((await api.put('/v1/customers/DEICHBAU', 'sales', { ...known, terms })).status).toBe(200);
    await page.reload();
    await page.getByRole('region', { name: 'Facts' }).getByRole('button', { name: 'Change' }).click();
    await form.getByText('Stays as it is: 2 instalments.').waitFor();
    await form.getByRole('textbox', { name: 'Segment' }).fill('coast');
    await form.getByRole('button', { name: 'Remove contact 1' }).click();
    await form.getByRole('button', { name: 'Save DEICHBAU' }).click();
    await page.getByText('COAST').first().waitFor();
    expect((await api.get('/v1/customers/DEICHBAU', 'sales')).body).toMatchObject({
      ...known,
      terms,
      segment: 'COAST',
      contacts: [],
      version: 3,
    });

    await suite.database.query(
      `INSERT INTO notices (key, kind, customer_id, recipient, facts, message_id, status, status_reason, at, sent_at)
       VALUES ('bounced', 'statement', 'WEST', 'gone@customer.example', '{}', '<bounced@test>', 'bounced', 'no such mailbox', '2026-01-05Z', '2026-01-05Z')`,
    );
    await page.goto(`${api.url}/console/customers/WEST`);
    const told = page.getByRole('region', { name: 'What the customer was told' });
    await told
      .getByRole('row', { name: /west@customer\.example/ })
      .first()
      .waitFor();
    const newest = (await api.get('/v1/notices?customerId=WEST&sort=newest', 'sales')).body.items;
    expect(newest).toEqual((await api.get('/v1/notices?customerId=WEST', 'sales')).body.items.reverse());
    expect(newest.length).toBeGreaterThan(1);
    expect(newest.at(-1).key).toBe('bounced');
    const page1 = (await api.get('/v1/notices?customerId=WEST&sort=newest&limit=1', 'sales')).body;
    const after = encodeURIComponent(page1.next);
    const rest = (await api.get(`/v1/notices?customerId=WEST&sort=newest&after=${after}`, 'sales')).body;
    expect([...page1.items, ...rest.items]).toEqual(newest);
    const about = newest.find(({ orderId }: { orderId: string | null }) => orderId !== null).orderId;
    await page.goto(`${api.url}/console/orders/${about}`);
    await page.getByRole('region', { name: 'What the customer was told' }).getByRole('row').nth(1).waitFor();
    await isSound(page, 'order-told');
    // The customer that was not there yet, and the one that was.
    expect(faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]);
    await context.close();
  });

  it('O1: sales enters an order on the phone: priced while it is told, every fault at its field, then quoted and placed', async () => {
    const { context, page, faults } = await served.enter('Sol Sales', '/console/order-entry');
    await page.getByRole('combobox', { name: 'Customer' }).fill('sou');
    await page.getByRole('option', { name: 'Customer SOUTH (SOUTH)' }).click();
    await page.getByText('Approved, with room for 1,000.00 EUR').waitFor();
    await page.getByRole('combobox', { name: 'Product of line 1' }).fill('LAM');
    await page.getByRole('option', { name: /^LAMP/ }).click();
    await page.getByLabel('Units of line 1').fill('5');
    await page.getByLabel('Requested on').fill('2020-01-01');
    await page.getByText('273.00').first().waitFor({ state: 'hidden' });
    await page.locator('.mantine-TextInput-error').waitFor();
    await isSound(page, 'order-entry-refused');
    await page.getByLabel('Requested on').fill('');
    await page.getByRole('button', { name: 'Place order for 273.00 EUR' }).waitFor();
    await isSound(page, 'order-entry');
    await isSoundOnAPhone(page, 'order-entry-phone-dark');
    // Three lamps are there: the fault stands at the units.
    await page.getByRole('button', { name: 'Place order for 273.00 EUR' }).click();
    await page.locator('tr', { hasText: 'LAMP' }).locator('.mantine-NumberInput-error').waitFor();
    await page.getByLabel('Units of line 1').fill('3');
    await page.getByRole('button', { name: 'Mail a quote' }).click();
    await page.getByText(/is mailed: 163\.80 EUR/).waitFor();
    // What was quoted is accepted as it was; another quantity is another quote.
    expect(await page.getByLabel('Units of line 1').isDisabled()).toBe(true);
    await isSound(page, 'order-entry-quoted');
    await page.getByRole('button', { name: 'Take the quote back and change it' }).click();
    await page.getByLabel('Reason').fill('two will do');
    await page.getByRole('dialog').getByRole('button', { name: 'Take the quote back and change it' }).click();
    await page.getByLabel('Units of line 1').fill('2');
    await page.getByRole('combobox', { name: 'Ship to' }).click();
    await page.getByRole('option', { name: 'Another address' }).click();
    for (const [field, text] of [
      ['Name', 'Goods In'],
      ['Street', '2 Dock Road'],
      ['Postal code', '20457'],
      ['City', 'Hamburg'],
      ['Country', 'DE'],
    ] as const)
      await page.getByLabel(field).last().fill(text);
    await page.getByRole('button', { name: 'Mail a quote' }).click();
    await page.getByText(/is mailed: 109\.20 EUR/).waitFor();
    // Another day: what was offered is found again, and so is what it was made from.
    await page.goto(`${api.url}/console/quotes`);
    const offered = page.getByRole('table', { name: 'Quotes' }).getByRole('row').filter({ hasText: '109.20' });
    await offered.getByText('Sent', { exact: true }).waitFor();
    await isSound(page, 'quotes');
    await offered.getByRole('link', { name: /^QUO-/ }).click();
    await page.getByRole('button', { name: 'Accept and order for 109.20 EUR' }).waitFor();
    await isSound(page, 'quote');
    await page.goto(`${api.url}/console/drafts`);
    await page.getByRole('table', { name: 'Drafts' }).waitFor();
    await isSoundOnAPhone(page, 'drafts-phone-dark');
    await page.getByRole('link', { name: /^DRF-|^DRA-/ }).click();
    await page.getByText('109.20').first().waitFor();
    expect(await page.getByLabel('Units of line 1').inputValue()).toBe('2');
    expect(await page.getByLabel('Street').inputValue()).toBe('2 Dock Road');
    await page.getByRole('button', { name: /^Accept QUO/ }).click();
    await page.waitForURL(/\/console\/orders\/ORD-/);
    const placed = (await api.get(new URL(page.url()).pathname.replace('/console', '/v1'), 'sales')).body;
    expect(placed.grossMinor).toBe(10_920);
    await page.getByRole('heading', { level: 1, name: /^ORD-/ }).waitFor();
    expect(faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]);
    await context.close();
  });

  it('O1: a mail with faults leads from its task to its text, and is entered as it was meant; another is laid aside', async () => {
    const { rows } = await suite.database.query("SELECT email FROM customers WHERE id = 'SOUTH'");
    const send = (id: string, lines: string[]) =>
      api.ask('POST', '/v1/order-documents', {
        as: 'sales',
        raw: [`From: ${rows[0].email}`, `Message-ID: <${id}@south>`, 'Subject: Our order', '', ...lines, ''].join('\r\n'),
        headers: { 'Content-Type': 'message/rfc822' },
      });
    await send('first', ['Good morning,', 'Reference: PO-77', '2 x DESK', '1 x GHOST', '2 x']);
    await send('second', ['1 x NOTHING']);
    const { context, page, faults } = await served.enter('Sol Sales', '/console');
    await page
      .getByRole('region', { name: 'Since yesterday' })
      .getByRole('link', { name: 'Order documents with faults' })
      .waitFor();
    await page.getByRole('link', { name: 'Quotes accepted' }).waitFor();
    await isSound(page, 'home-sales');
    await page.getByRole('link', { name: /^An order by email .*2 x/ }).click();
    await page
      .getByRole('region', { name: /^What is wrong/ })
      .getByText('is not of the form')
      .waitFor();
    await isSound(page, 'order-document');
    await isSoundOnAPhone(page, 'order-document-phone-dark');
    await page.getByRole('link', { name: 'Correct and enter the order' }).click();
    expect(await page.getByLabel('Customer’s reference').inputValue()).toBe('PO-77');
    await page.locator('tr', { hasText: 'GHOST' }).first().waitFor();
    await isSound(page, 'order-entry-document');
    await page.getByRole('button', { name: 'Take line 2 off' }).click();
    await page.getByRole('button', { name: /^Place order for / }).click();
    await page.waitForURL(/\/console\/orders\/ORD-/);
    await page
      .getByText(/^DOC-\d+ was entered as ORD-/)
      .first()
      .waitFor();
    const entered = (await api.get(new URL(page.url()).pathname.replace('/console', '/v1'), 'sales')).body;
    expect(entered).toMatchObject({ channel: 'email', externalReference: 'PO-77', lines: [{ sku: 'DESK', quantity: 2 }] });
    await page.goto(`${api.url}/console/order-documents`);
    const list = page.getByRole('table', { name: 'Order documents' });
    await list.getByText('Entered', { exact: true }).waitFor();
    await isSound(page, 'order-documents');
    await list.getByRole('row').filter({ hasText: 'Parked' }).getByRole('link', { name: /^DOC-/ }).click();
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByLabel('Reason').fill('they meant somebody else');
    await page.getByRole('button', { name: 'Discard it: nothing is ordered' }).click();
    await page.getByText('they meant somebody else').waitFor();

    // An order that is paid in advance shows its pro-forma, and what has come for it.
    const lines = [{ sku: 'DESK', quantity: 2 }];
    const ordered = await api.post('/v1/orders', 'sales', { customerId: 'WEST', currency: 'EUR', prepayment: true, lines });
    const { prepayment } = await eventually(async () => {
      const { body } = await api.get(`/v1/orders/${ordered.body.id}`, 'sales');
      return body.status === 'awaiting-prepayment' && body;
    });
    const money = {
      customerId: 'WEST',
      method: 'bank-transfer',
      currency: 'EUR',
      amountMinor: 5_000,
      invoiceIds: [prepayment.number],
    };
    const valueOn = (await suite.now()).slice(0, 10);
    expect((await api.post('/v1/payments', 'receivables', { ...money, valueOn })).status).toBe(201);
    await page.goto(`${api.url}/console/orders/${ordered.body.id}`);
    await page.getByText('Pro-forma, paid in advance').waitFor();
    await page.getByRole('group', { name: 'Payments' }).getByRole('link', { name: /^PAY-/ }).waitFor();
    // Back to its first moment, by keyboard: nothing had come to pass of it.
    await page.getByRole('slider', { name: 'Moment of the order' }).press('Home');
    const stagesThen = page.getByRole('list', { name: 'Stages at that moment' });
    await stagesThen.getByRole('listitem').filter({ hasText: 'Order' }).filter({ hasText: 'here' }).waitFor();
    await isSound(page, 'order-prepaid');
    expect(faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]);
    await context.close();
  });

  it('O1: sales makes a customer a trading partner, every fault at its field, and sees what it sends and gets', async () => {
    const { context, page, faults } = await served.enter('Sol Sales', '/console/edi');
    await page.getByText('There are none.').waitFor();
    await page.getByRole('button', { name: 'Add a partner' }).click();
    await page.getByRole('combobox', { name: 'Customer' }).fill('sou');
    await page.getByRole('option', { name: /SOUTH/ }).click();
    await page.getByLabel('The partner: qualifier').fill('zz');
    for (const [index, name] of ['SWELBTAL', 'KONTORELBE'].entries()) {
      await page.getByLabel('Interchange id').nth(index).fill(name);
      await page.getByLabel('Group id').nth(index).fill(name);
    }
    await page.getByRole('dialog').getByRole('button', { name: 'Add the partner' }).click();
    await page.locator('.mantine-TextInput-error').filter({ hasText: 'Two capital letters' }).waitFor();
    await isSound(page, 'edi-partner-refused');
    await page.getByLabel('The partner: qualifier').fill('ZZ');
    await page.getByRole('dialog').getByRole('button', { name: 'Add the partner' }).click();
    await page.getByRole('region', { name: 'Trading partners' }).getByText('ZZ:SWELBTAL').first().waitFor();

    const example = readFileSync(new URL('../../examples/edi/purchase-order.edi', import.meta.url), 'utf8');
    for (const raw of [example, example.replace('*000000501*0', '*000000502*0')]) {
      const sent = await api.ask('POST', '/v1/edi/interchanges', {
        as: 'sales',
        raw,
        headers: { 'Content-Type': 'application/edi-x12' },
      });
      expect(sent.status).toBe(201);
    }
    await eventually(async () => (await api.get('/v1/edi/outbound?status=waiting', 'sales')).body.items.length === 1);
    await page.reload();
    const came = page.getByRole('region', { name: 'What came in' }).first();
    await came.getByText('IEA-02: ISA-13 is 000000502.').waitFor();
    await page.getByRole('region', { name: 'What goes out' }).first().getByRole('link', { name: '997' }).waitFor();
    await isSound(page, 'edi');
    await isSoundOnAPhone(page, 'edi-phone-dark');
    await page.getByRole('button', { name: 'Change' }).click();
    await page.getByLabel('Mail address').fill('edi@elbtal.example');
    await page.getByRole('button', { name: 'Save SOUTH' }).click();
    await page.getByText('edi@elbtal.example').first().waitFor();
    expect(faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]);
    await context.close();
  });

  it('X6: finance reads what two versions of a policy differ in, is told every fault by its path, and says why', async () => {
    const { context, page, faults } = await served.enter('Fay Finance', '/console/policies?policy=fulfilment', {
      colorScheme: 'dark',
    });
    const json = page.getByLabel('The policy as JSON');
    await json.fill('{ "choiceBusinessDays": 900, "allocation": "nearest" }');
    await page.getByLabel('Why').fill('fewer lorries');
    await page.getByRole('button', { name: 'Bring version 2 into force' }).click();
    await page.locator('form').getByText('/choiceBusinessDays').waitFor();
    await isSound(page, 'policies-refused-dark');
    await json.fill('{ "choiceBusinessDays": 4, "allocation": "nearest" }');
    await page.getByRole('button', { name: 'Bring version 2 into force' }).click();
    await page.getByRole('region', { name: 'Versions' }).getByText('fewer lorries').waitFor();
    const changed = page.getByRole('region', { name: 'Differences' });
    await changed.getByText('/choiceBusinessDays').waitFor();
    await changed.getByText('/allocation').waitFor();
    await page.emulateMedia({ colorScheme: 'light' });
    await isSound(page, 'policies');
    await isSoundOnAPhone(page, 'policies-phone-dark');
    expect(faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]);
    await context.close();
  });

  it('P4: finance says by which dunning policy a segment is collected', async () => {
    const own = (await api.get('/v1/policies/dunning', 'finance')).body.items[0].body;
    const { name: _, version: __, holdMinimumMinor: ___, promises: ____, ...patient } = own;
    expect((await api.post('/v1/policies/dunning/PATIENT?reason=for+them', 'finance', patient)).status).toBe(201);
    const { context, page, faults } = await served.enter('Fay Finance', '/console/policies?policy=dunning');
    const segments = page.getByRole('region', { name: 'Segments' });
    await segments.getByText('all are collected by the company’s').waitFor();
    await segments.getByRole('button', { name: 'Assign to a segment' }).click();
    await page.getByRole('textbox', { name: 'Segment' }).fill('coast');
    await page.getByRole('dialog').getByLabel('Dunning policy').selectOption('PATIENT');
    await page.getByRole('button', { name: 'Collect invoices from now on so' }).click();
    await segments.getByRole('row', { name: /^COAST PATIENT/ }).waitFor();
    await isSound(page, 'policies-segments');
    expect(faults).toEqual([]);
    await context.close();
  });

  it('X6: finance sees what a policy would have decided before it is saved, down to the order, and takes it as a file', async () => {
    const { context, page, faults } = await served.enter('Fay Finance', '/console/policies?policy=credit');
    const json = page.getByLabel('The policy as JSON');
    const { body: listed } = await api.get('/v1/policies', 'finance');
    const {
      name: _name,
      version: _version,
      ...policy
    } = listed.items.find(({ name }: { name: string }) => name === 'credit').body;
    const ask = page.getByRole('button', { name: 'What would it have decided?' });
    await json.fill(JSON.stringify({ ...policy, approveFromScore: 200 }));
    await ask.click();
    await page.getByText('/policy/approveFromScore').waitFor();

    const { externalRating } = policy.pointsTable;
    const generous = {
      ...policy,
      approveFromScore: 45,
      limitFromScore: [{ fromScore: 45, limitMinor: 2_000_000 }],
      pointsTable: { ...policy.pointsTable, externalRating: { ...externalRating, unknown: 15 } },
    };
    await json.fill(JSON.stringify(generous, null, 2));
    await ask.click();
    const found = page.getByRole('region', { name: 'What if' });
    await found.getByText('Of 2 decisions 2 would have been another').waitFor();
    await found.getByText('external rating 10 → 15').first().waitFor();
    await isSound(page, 'what-if');
    await page.emulateMedia({ colorScheme: 'dark' });
    await isSound(page, 'what-if-dark');
    await isSoundOnAPhone(page, 'what-if-phone-dark');
    const [file] = await Promise.all([page.waitForEvent('download'), found.getByRole('button', { name: 'Export CSV' }).click()]);
    const rows = readFileSync(await file.path(), 'utf8').split('\r\n');
    expect(rows).toHaveLength(1 + 2 + 1);
    await found.getByRole('link', { name: review }).click();
    await page.waitForURL(`**/console/orders/${review}`);
    expect(faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]);
    await context.close();
  });
});
