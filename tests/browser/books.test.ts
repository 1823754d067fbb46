import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../domain/time.ts';
import { type Mailbox, startMailbox } from '../../stack/mailbox.ts';
import { freePorts } from '../../stack/ports.ts';
import type { Api } from '../api/client.ts';
import { addCustomer, addProduct, addStock, openingItem, order, setUpCompany } from '../company.ts';
import { type Suite, startSuite } from '../suite.ts';
import { isSound } from './browser.ts';
import { chromiumPath } from './chromium.ts';
import { peopleFor, type Served, serve } from './served.ts';

let suite: Suite;
let served: Served;
let api: Api;
let mailbox: Mailbox;
let invoiced: string;

describe.skipIf(!chromiumPath)('the books in a browser', () => {
  beforeAll(async () => {
    suite = await startSuite();
    const { database } = suite;
    await setUpCompany(database);
    await addCustomer(database, 'OURS', { limitMinor: 10_000_000 });
    await addProduct(database, 'DESK', 10_000);
    await addStock(suite, 'DESK', 500, 4_000);
    const today = (await suite.now()).slice(0, 10);
    await openingItem(suite, 'OURS', 480_000, addDays(today, -20), addDays(today, 10));
    invoiced = await order(suite, 'OURS', [{ sku: 'DESK', quantity: 3 }]);
    const [smtpPort, httpPort] = (await freePorts(2)) as [number, number];
    mailbox = await startMailbox({ smtpPort, httpPort, directory: join(tmpdir(), `mailbox-${smtpPort}`) });
    await createTransport(mailbox.smtpUrl).sendMail({
      from: 'billing@supplies.example',
      to: 'ours@customer.example',
      subject: 'Your order is on its way',
      text: 'Three desks left today.',
      html: '<p>Three desks left <b>today</b>.</p><script>document.title = "run"</script>',
      attachments: [{ filename: 'label.txt', content: 'a label' }],
    });
    served = await serve(suite, peopleFor('OURS'), { mailbox: mailbox.url });
    ({ api } = served);
    // The month of the goods received is over, so that it can be closed.
    await suite.setClock(new Date(Date.now() + 40 * 86_400_000).toISOString());
  });
  afterAll(async () => {
    await served?.stop();
    await mailbox?.stop();
    await suite?.stop();
  });

  it('A3: finance reads the trial balance down to an entry, and two people book one by hand', async () => {
    const { context, page, faults } = await served.enter('Fay Finance', '/console/ledger');
    await page.getByText('Total, in balance').waitFor();
    await isSound(page, 'ledger');
    await page.getByRole('link', { name: 'Inventory' }).click();
    await page.getByRole('heading', { level: 1, name: '1200 Inventory' }).waitFor();
    await page.getByRole('row').nth(1).waitFor();
    await isSound(page, 'journal-account');
    await page.getByRole('navigation', { name: 'Ledger' }).getByRole('link', { name: 'Journal', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Journal' }).waitFor();
    await page.getByRole('link', { name: '1', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: /^Entry \d/ }).waitFor();
    await page.getByRole('region', { name: 'What it is about' }).waitFor();
    await isSound(page, 'journal-entry');

    await page.getByRole('link', { name: 'Manual journals' }).click();
    await page.getByText('There are no entries by hand.').waitFor();
    await page.getByRole('button', { name: 'Propose an entry' }).click();
    const form = page.getByRole('dialog');
    const today = (await suite.now()).slice(0, 10);
    await form.getByLabel('Book it on').fill(today);
    for (const [line, account] of [
      [1, '6050 Bank charges'],
      [2, '1000 Bank'],
    ] as const) {
      await form.getByLabel(`Account of line ${line}`, { exact: true }).click();
      await page.getByRole('option', { name: account, exact: true }).click();
    }
    await form.getByLabel('Amount of line 1').fill('12.50');
    await form.getByLabel('Amount of line 2').fill('12.00');
    await form.getByLabel('Reason').fill('fees of the quarter');
    await form.getByRole('button', { name: 'Propose it' }).click();
    await form.getByRole('alert').waitFor();
    await isSound(page, 'journal-refused');
    await form.getByLabel('Amount of line 2').fill('12.50');
    await form.getByRole('button', { name: 'Propose it' }).click();
    // Nobody approves what they proposed: the API offers them nothing but to take it back.
    await page.getByRole('button', { name: 'Reject' }).waitFor();
    expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    await context.close();

    const other = await served.enter('Finn Finance', '/console/ledger/manual');
    await other.page.getByRole('button', { name: 'Approve' }).click();
    await other.page.getByRole('button', { name: 'Approve and book it' }).waitFor();
    await isSound(other.page, 'journal-approve');
    await other.page.getByRole('button', { name: 'Approve and book it' }).click();
    await other.page.getByRole('link', { name: /^Entry \d/ }).waitFor();
    await isSound(other.page, 'manual-journals');
    expect(faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]);
    expect(other.faults).toEqual([]);
    await other.context.close();
  });

  it('A3, P5: finance closes a month after its checks, opens it again with a reason, and saves rates', async () => {
    const { context, page, faults } = await served.enter('Fay Finance', '/console/ledger/periods', { colorScheme: 'dark' });
    await page.getByRole('button', { name: 'Close', exact: true }).first().click();
    await page.getByText('Debits equal credits').waitFor();
    await isSound(page, 'period-close-dark');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /and what is before it/ })
      .click();
    await page.getByRole('button', { name: 'Reopen' }).click();
    await page.getByLabel('Reason').fill('a late invoice');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Reopen/ })
      .click();
    await page.getByText('a late invoice').waitFor();
    await isSound(page, 'periods-dark');
    await page.getByRole('link', { name: 'Exchange rates' }).click();
    await page.getByText('There are no rates yet').waitFor();
    await page.getByRole('button', { name: 'Save a rate' }).click();
    await page.getByRole('dialog').locator('input[name=currency]').fill('JPY');
    await page.locator('input[name=validOn]').fill(addDays((await suite.now()).slice(0, 10), 5));
    await page.locator('input[name=rate]').fill('0.0062');
    await page.getByLabel('Source').fill('ECB');
    await page.getByRole('button', { name: 'Save the rate' }).click();
    await page.getByText('is after today').first().waitFor();
    await isSound(page, 'rate-refused-dark');
    await page.locator('input[name=validOn]').fill((await suite.now()).slice(0, 10));
    await page.getByRole('button', { name: 'Save the rate' }).click();
    await page.getByRole('cell', { name: '0.0062' }).waitFor();
    await isSound(page, 'rates-dark');

    await page.getByRole('link', { name: 'Base rates' }).click();
    await page.getByText('None is announced.').waitFor();
    await page.getByRole('button', { name: 'Announce a rate' }).click();
    await page.getByLabel('Valid from').fill('2027-01-01');
    await page.getByLabel('Rate in % a year').fill('two');
    await page.getByRole('button', { name: 'Announce the rate' }).click();
    await page.locator('.mantine-TextInput-error').getByText('Must be a decimal').waitFor();
    await page.getByLabel('Rate in % a year').fill('-0,88');
    await page.getByRole('button', { name: 'Announce the rate' }).click();
    await page.getByText('-0.88 %', { exact: true }).waitFor();
    await isSound(page, 'base-rates-dark');
    expect((await api.get('/v1/base-rates', 'finance')).body.items).toMatchObject([
      { validFrom: '2027-01-01', annualRate: '-0.0088' },
    ]);
    expect(faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]);
    await context.close();
  });

  it('X2, X3: the checks run on asking, the audit log names who did it, and a mail is read as it was sent', async () => {
    const { context, page, faults } = await served.enter('Ada Admin', '/console/integrity');
    await page.getByText('checks agree with the books').waitFor();
    await page.getByRole('button', { name: 'Check and keep the result' }).click();
    await page.getByRole('region', { name: 'Runs that were kept' }).getByRole('cell', { name: 'Holds' }).first().waitFor();
    await isSound(page, 'integrity');
    await page.getByRole('link', { name: 'Audit log' }).click();
    await page.getByRole('textbox', { name: 'Order' }).fill(invoiced);
    await page.keyboard.press('Enter');
    await page.getByRole('row').nth(1).getByRole('button').first().click();
    await page.getByRole('dialog').getByText('Action').waitFor();
    await isSound(page, 'audit-row');
    await page.keyboard.press('Escape');
    expect(page.url()).toContain(`orderId=${invoiced}`);
    await isSound(page, 'audit');
    const exported = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export CSV' }).click();
    const file = await exported;
    expect(file.suggestedFilename()).toBe('audit.csv');
    const [head, ...lines] = readFileSync(await file.path(), 'utf8')
      .trimEnd()
      .split('\r\n');
    expect(head!.split(',')).toEqual(expect.arrayContaining(['at', 'actor', 'action', 'summary', 'orderId']));
    const told = (await api.get(`/v1/audit?orderId=${invoiced}&limit=200`, 'admin')).body.items;
    expect(lines).toHaveLength(told.length);
    for (const line of lines) expect(line).toContain(invoiced);
    await page.getByRole('link', { name: 'Mailbox' }).click();
    await page.getByRole('link', { name: 'Your order is on its way' }).click();
    await page.frameLocator('iframe').getByText('today').waitFor();
    expect(await page.title()).not.toBe('run');
    await isSound(page, 'mail');
    const downloads = page.waitForEvent('download');
    await page.getByRole('link', { name: 'label.txt' }).click();
    expect((await downloads).suggestedFilename()).toBe('label.txt');
    // Chromium says that the frame may run nothing, which is what it is for.
    expect(faults.filter((fault) => !fault.includes('sandboxed'))).toEqual([]);
    await context.close();
  });

  it('X3, X9: an administrator changes the company, adds a person and makes a key, each secret shown once, on a phone too', async () => {
    const { context, page, faults } = await served.enter('Ada Admin', '/console/settings', {
      viewport: { width: 390, height: 844 },
    });
    await page.getByText('fay', { exact: false }).first().waitFor();
    await isSound(page, 'settings-phone');
    const form = page.getByRole('dialog');
    const before = (await api.get('/v1/company', 'admin')).body;
    await page.getByRole('region', { name: 'Company' }).getByRole('button', { name: 'Change' }).click();
    await form.getByLabel('BIC').fill('nothing');
    await form.getByLabel('Phone of the contact').fill('+49 40 123');
    await form.getByRole('button', { name: 'Save the company' }).click();
    await form.locator('.mantine-TextInput-error').getByText('Must be a BIC').waitFor();
    await isSound(page, 'settings-company-phone');
    await form.getByLabel('BIC').fill(before.bankBic);
    await form.getByRole('button', { name: 'Save the company' }).click();
    await page.getByRole('region', { name: 'Company' }).getByText('+49 40 123').waitFor();
    expect((await api.get('/v1/company', 'admin')).body).toEqual({ ...before, contactPhone: '+49 40 123' });
    await page.getByRole('button', { name: 'Add a person' }).click();
    await form.getByLabel('Id').fill('r.miller');
    await form.getByLabel('Name').fill('Robin Miller');
    await form.getByLabel('Email').fill('robin@supplies.example');
    await form.getByRole('checkbox', { name: 'Credit' }).check();
    await isSound(page, 'settings-person-phone');
    await form.getByRole('button', { name: /^Add the person/ }).click();
    await page.getByText('It is shown this once.').waitFor();
    await isSound(page, 'settings-secret-phone');
    await page.getByRole('button', { name: /not shown again/ }).click();
    await page.getByText('Robin Miller').first().waitFor();
    await page.getByRole('button', { name: 'Make a key' }).click();
    await form.getByLabel('Name').fill('web shop');
    await form.getByRole('checkbox', { name: 'Sales' }).check();
    await form.getByRole('button', { name: /^Make the key/ }).click();
    await page.getByRole('heading', { name: 'Key of web shop' }).waitFor();
    await page.getByRole('button', { name: /not shown again/ }).click();
    await page
      .getByRole('row', { name: /web shop/ })
      .getByRole('button', { name: 'Revoke' })
      .click();
    await page.getByRole('button', { name: /for good$/ }).click();
    await page.getByRole('row', { name: /web shop.*Revoked/ }).waitFor();
    await page.getByRole('heading', { name: 'Company clock' }).waitFor();
    await page.goto(`${api.url}/console/ledger`);
    await page.getByText('Total, in balance').waitFor();
    await isSound(page, 'ledger-phone');
    expect(faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]);
    await context.close();
  });

  it('X4, X9: an administrator adds an endpoint, sees what is sent to whom, and the documents of a period are there to take', async () => {
    const { context, page, faults } = await served.enter('Ada Admin', '/console/webhooks');
    await page.getByRole('row', { name: /ears\.example.*everything.*Enabled/ }).waitFor();
    await isSound(page, 'webhooks');
    await page.getByRole('button', { name: 'Add an endpoint' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Address').fill('http://127.0.0.1:9/hooks');
    await form.getByLabel('Customer').fill('NOBODY');
    for (const type of ['order.delayed', 'return.refused']) await form.getByRole('checkbox', { name: type }).uncheck();
    await form.getByRole('button', { name: /^Add the endpoint/ }).click();
    await form.getByText('There is no customer NOBODY.').first().waitFor();
    await isSound(page, 'webhooks-refused');
    await form.getByLabel('Customer').fill('OURS');
    await form.getByRole('button', { name: /^Add the endpoint/ }).click();
    await page.getByText('It is shown this once.').waitFor();
    await page.getByText(/^whsec_/).waitFor();
    await page.getByRole('button', { name: /not shown again/ }).click();
    const added = page.getByRole('row', { name: /127\.0\.0\.1:9.*20 of 22 events.*of OURS/ });
    await added.getByRole('button', { name: 'Test' }).click();
    await page.getByRole('button', { name: 'Send a test event' }).click();
    await page.getByRole('button', { name: 'endpoint.test' }).click();
    await page.getByRole('dialog').getByText(/^EVT-/).waitFor();
    await isSound(page, 'webhooks-delivery');
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await page.getByRole('button', { name: 'Dark colours' }).click();
    await isSound(page, 'webhooks-dark');
    await page.setViewportSize({ width: 390, height: 844 });
    await isSound(page, 'webhooks-phone');
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(`${api.url}/console/ledger`);
    for (const label of ['From', 'To']) {
      await page.getByLabel(label, { exact: true }).fill('2026-01-31');
      await page.getByLabel(label, { exact: true }).blur();
    }
    await page.getByLabel('Kind').selectOption('Invoices');
    const archive = page.getByRole('link', { name: 'Export documents' });
    expect(await archive.getAttribute('href')).toBe('/v1/exports/documents.zip?from=2026-01-31&to=2026-01-31&kind=invoices');
    await isSound(page, 'document-export');
    expect(faults.filter((fault) => !fault.includes('status of 422'))).toEqual([]);
    await context.close();
  });

  it('O6, R1, R2, R3, R4: from the map of the process to an order, and from a measure to its documents', async () => {
    const { context, page, faults } = await served.enter('Fay Finance', '/console/process');
    await page.getByRole('list', { name: 'Stages' }).waitFor();
    await page
      .getByRole('img', { name: /^Mean hours of an order in our own hands/ })
      .locator('svg')
      .waitFor();
    await isSound(page, 'process-map');
    await page.getByRole('link', { name: '1 order', exact: true }).click();
    await page.getByRole('link', { name: invoiced }).waitFor();
    await isSound(page, 'process-stage');
    // The days of the map are those of its lists and their files: nothing stood anywhere before the first order.
    await page.goto(`${api.url}/console/process?from=2026-01-02&to=2026-01-03`);
    await page.getByRole('list', { name: 'Stages' }).getByRole('link', { name: '0 orders' }).first().click();
    await page.getByText('Nothing fits these filters.').waitFor();
    expect(new URL(page.url()).search).toBe('?from=2026-01-02&to=2026-01-03&show=standing');
    expect(await page.getByRole('link', { name: 'Export CSV' }).getAttribute('href')).toMatch(
      /orders\.csv\?show=standing&from=2026-01-02&to=2026-01-03$/,
    );
    await page.getByRole('link', { name: 'To the process map' }).click();
    await page.getByRole('list', { name: 'Stages' }).waitFor();
    expect(new URL(page.url()).search).toBe('?from=2026-01-02&to=2026-01-03');
    for (const tab of ['Stage effects', 'Cycles', 'By person', 'By product']) {
      await page.goto(`${api.url}/console/process`);
      await page.getByRole('link', { name: tab, exact: true }).click();
      await page.getByRole('heading', { level: 1, name: tab.replace('By', 'Time by') }).waitFor();
      await page.getByText(/^(How|From|What) .* beside/).waitFor();
      await isSound(page, `process-${tab.replaceAll(' ', '-').toLowerCase()}`);
    }
    await page.goto(`${api.url}/console/process/cycles/lost-customers`);
    await page.getByRole('heading', { level: 1, name: /^Lost customers/ }).waitFor();
    await isSound(page, 'process-cycle-records');
    await page.getByRole('link', { name: 'Reports' }).click();
    const receivables = page.locator('a[href*="/reports/documents/receivables"]').first();
    await receivables.waitFor();
    await isSound(page, 'reports');
    await receivables.click();
    await page.getByRole('heading', { level: 1, name: /^Documents/ }).waitFor();
    await page.getByRole('table').getByRole('row').nth(1).waitFor();
    await isSound(page, 'report-documents');
    await page.goto(`${api.url}/console/reports/month-ends`);
    await page.locator('svg path').first().waitFor();
    await page
      .getByRole('img', { name: /^Receivables by days overdue/ })
      .locator('svg')
      .waitFor();
    await isSound(page, 'month-ends');
    await page.getByRole('link', { name: 'Ageing by customer' }).click();
    const owed = page.locator('a[href*="customerId"][href*="/reports/documents/receivables"]').first();
    await owed.waitFor();
    await isSound(page, 'receivables-ageing');
    await owed.click();
    await page.getByRole('heading', { level: 1, name: /^Documents/ }).waitFor();
    await page.getByRole('table').getByRole('row').nth(1).waitFor();
    expect(new URL(page.url()).searchParams.get('customerId')).not.toBeNull();
    await isSound(page, 'ageing-items');
    await page.goto(`${api.url}/console/reports/month-ends`);
    await page
      .getByRole('img', { name: /^Roll rates/ })
      .locator('svg')
      .waitFor();
    for (const [tab, heading] of [
      ['Credit decisions', 'Credit decisions and losses'],
      ['Collectors', 'Collectors'],
    ] as const) {
      await page.getByRole('link', { name: tab, exact: true }).click();
      await page.getByRole('heading', { level: 1, name: heading }).waitFor();
      await page.getByText(/^(What was sold|The contacts)/).waitFor();
      await isSound(page, `reports-${tab.replaceAll(' ', '-').toLowerCase()}`);
    }
    for (const [address, heading] of [
      ['credit-decisions/records?currency=EUR&kind=application&outcome=approve', 'Application: approve'],
      ['collectors/receivables?currency=EUR', 'Contacts of receivables'],
    ] as const) {
      await page.goto(`${api.url}/console/reports/${address}`);
      await page.getByRole('heading', { level: 1, name: heading }).waitFor();
      await isSound(page, heading.replaceAll(/\W+/g, '-').toLowerCase());
    }
    await page.goto(`${api.url}/console/reports/cash`);
    await page
      .getByRole('img', { name: /^Cash expected/ })
      .locator('svg')
      .waitFor();
    await page.getByRole('group', { name: 'Weeks, EUR' }).getByRole('link').first().click();
    await page.getByRole('heading', { level: 1, name: 'Expected in week 1' }).waitFor();
    await page.getByRole('table').getByText('Open items').first().waitFor();
    await isSound(page, 'forecast-parts');
    await page.getByRole('link', { name: 'To the cash forecast' }).click();
    await page
      .getByRole('img', { name: /^Cash expected/ })
      .locator('svg')
      .waitFor();
    await page.getByRole('button', { name: 'Dark colours' }).click();
    await isSound(page, 'cash-forecast-dark');
    await page.setViewportSize({ width: 390, height: 844 });
    await isSound(page, 'cash-forecast-phone');
    expect(faults).toEqual([]);
    await context.close();
  });

  it('X8: an administrator holds mails back, starts an order again, and verifies the audit chain', async () => {
    const { context, page, faults } = await served.enter('Ada Admin', '/console/operations');
    await page.getByText('Everything that was owed has been delivered.').waitFor();
    await page.getByText(/open orders and items has its workflow/).waitFor();
    await isSound(page, 'operations');
    await page.getByRole('button', { name: 'Hold back' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('the provider is down');
    await dialog.getByRole('button', { name: 'Hold them back' }).click();
    await page.getByText('Mails to customers: the provider is down').waitFor();
    await addCustomer(suite.database, 'PROMPT', { limitMinor: 1_000_000 });
    await order(suite, 'PROMPT', [{ sku: 'DESK', quantity: 1 }]);
    await page.getByRole('row', { name: /^notice:.*Held back/ }).waitFor();
    await isSound(page, 'operations-held-back');
    await page.getByRole('button', { name: 'Let go' }).click();
    await dialog.getByLabel('Reason').fill('it is back');
    await dialog.getByRole('button', { name: 'Let go' }).click();
    await page.getByText('Everything that was owed has been delivered.').waitFor();

    await suite.client.workflow.getHandle(invoiced).terminate('lost');
    await page.getByRole('button', { name: 'Check now' }).click();
    await page.getByRole('row', { name: new RegExp(`${invoiced}.*Terminated`) }).waitFor();
    await page.getByRole('button', { name: 'Start again' }).click();
    await dialog.getByLabel('Reason').fill('its run was ended by mistake');
    await dialog.getByRole('button', { name: 'Start again' }).click();
    await page.getByText(`${invoiced} will go on in a moment.`).waitFor();

    await page.getByRole('button', { name: 'Verify now' }).click();
    await page.getByText(/rows are as they were sealed/).waitFor();
    await page.getByRole('button', { name: 'Dark colours' }).click();
    await isSound(page, 'operations-dark');
    await page.setViewportSize({ width: 390, height: 844 });
    await isSound(page, 'operations-phone');
    expect(faults).toEqual([]);
    await context.close();
  });
});
