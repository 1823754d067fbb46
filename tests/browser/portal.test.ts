import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInvoiceLink } from '../../db/statements/invoice-links.ts';
import { createPaymentGatewaySimulator } from '../../ports/adapters/payment-gateway-simulator.ts';
import type { Api } from '../api/client.ts';
import {
  addCustomer,
  addProduct,
  addStock,
  invoiced,
  openingItem,
  order,
  pickAndPack,
  setUpCompany,
  shipmentsInWork,
} from '../company.ts';
import { eventually, type Suite, startSuite } from '../suite.ts';
import { closeNotice, isSound, openWindow } from './browser.ts';
import { chromiumPath } from './chromium.ts';
import { peopleFor, type Served, serve } from './served.ts';

/* OURS buys for Bea Buyer and has an order that is delivered and invoiced, with 2 % off for who pays soon; THEIRS buys for Otto Other, and
   has none. A DESK costs OURS 90.00 EUR, and 80.00 from ten on. */
const buyer = peopleFor('OURS').at(-1)!;
const people = [buyer, { ...buyer, id: 'other', name: 'Otto Other', email: 'other@throughline.example', customerId: 'THEIRS' }];
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

let suite: Suite;
let served: Served;
let api: Api;
let delivered: string;
let invoiceId: string;

describe.skipIf(!chromiumPath)('the portal in a browser', () => {
  beforeAll(async () => {
    suite = await startSuite({ dependencies: { cards: createPaymentGatewaySimulator(), publicUrl: 'https://o2c.example' } });
    await setUpCompany(suite.database);
    await addCustomer(suite.database, 'OURS', { limitMinor: 10_000_000 });
    await addCustomer(suite.database, 'THEIRS', { limitMinor: null });
    const terms = { kind: 'net', days: 30, discounts: [{ rate: '0.02', days: 10 }] };
    await suite.database.query("UPDATE customers SET terms = $1 WHERE id = 'OURS'", [JSON.stringify(terms)]);
    await addProduct(suite.database, 'LAMP', 2_000);
    await addStock(suite, 'LAMP', 10, 1_000);
    await addProduct(suite.database, 'DESK', 10_000);
    await addProduct(suite.database, 'CHAIR', 5_000);
    await addStock(suite, 'DESK', 200, 4_000);
    await addStock(suite, 'CHAIR', 40, 2_000);
    served = await serve(suite, people);
    ({ api } = served);
    await api.put('/v1/price-lists/OURS', 'sales', {
      name: 'Ours',
      currency: 'EUR',
      customerId: 'OURS',
      prices: [
        { sku: 'DESK', minimumQuantity: 1, unitPriceMinor: 9_000 },
        { sku: 'DESK', minimumQuantity: 10, unitPriceMinor: 8_000 },
      ],
    });
    delivered = await order(suite, 'OURS', [{ sku: 'DESK', quantity: 3 }], { externalReference: 'PO-1' });
    const [shipment] = await shipmentsInWork(suite, delivered);
    await pickAndPack(suite, delivered, shipment!);
    const [invoice] = await invoiced(suite, delivered);
    invoiceId = invoice!.id;
    await openingItem(suite, 'OURS', 25_000, daysAgo(60), daysAgo(30));
    const disputed = await openingItem(suite, 'OURS', 10_000, daysAgo(60), daysAgo(30));
    const claim = { reason: 'not-delivered', note: 'not all of it came', lines: [{ lineNumber: 1, amountMinor: 4_000 }] };
    await api.post(`/v1/invoices/${disputed}/disputes`, 'receivables', claim);
  });
  afterAll(async () => {
    await served?.stop();
    await suite?.stop();
  });

  it('C6, P1: a customer on hold sees what to pay, pays it by card where it stands, and may order again', async () => {
    const { context, page, faults } = await served.enter('Bea Buyer', '/portal');
    await page.getByText('New orders on account wait').waitFor();
    // Of the second, 60.00 is not disputed.
    await page.getByText('310.00 EUR is overdue on 2 invoices.').waitFor();
    await page.getByText(delivered).waitFor();
    await isSound(page, 'portal-home-on-hold');
    await page.getByRole('button', { name: 'Pay 310.00 EUR' }).click();
    await page.getByRole('button', { name: 'Pay 310.00 EUR by card' }).waitFor();
    await isSound(page, 'portal-pay-card');
    await page.getByRole('combobox', { name: 'Card' }).click();
    await page.getByRole('option', { name: 'Card that is declined' }).click();
    await page.getByRole('button', { name: 'Pay 310.00 EUR by card' }).click();
    await page.getByRole('alert').getByText('Nothing was taken').waitFor();
    await page.getByRole('combobox', { name: 'Card' }).click();
    await page.getByRole('option', { name: 'Card that pays' }).click();
    await page.getByRole('button', { name: 'Pay 310.00 EUR by card' }).click();
    await page.getByText('Paid 310.00 EUR').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('New orders on account wait').waitFor({ state: 'detached' });
    await page.getByText('Nothing. Quotes and questions to answer').waitFor();
    // What is found is shown where the portal has it: products where they are ordered.
    await page.keyboard.press('/');
    await page.getByRole('textbox', { name: 'Find anything' }).fill('chair');
    await page.locator('.mantine-Spotlight-action').filter({ hasText: 'CHAIR' }).click();
    await page.waitForURL('**/portal/new-order?q=CHAIR');
    expect(faults).toEqual([]);
    await context.close();
  });

  it('O1, O4, O5: a customer orders at its own prices, sees every fault at its field, follows, amends and cancels the order', async () => {
    const { context, page, faults } = await served.enter('Bea Buyer', '/portal/new-order', { colorScheme: 'dark' });
    const products = page.getByRole('list', { name: 'Products' });
    await products.getByText('from 10: 80.00').waitFor();
    await page.getByLabel('Find products').fill('cha');
    await products.getByText('DESK', { exact: true }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Add CHAIR' }).click();
    await page.getByLabel('Find products').fill('');
    await page.getByRole('button', { name: 'Add DESK' }).click();
    await page.getByLabel('DESK product (DESK)').fill('10');
    await page.getByLabel('CHAIR product (CHAIR)').fill('41');
    await page.getByLabel('Requested on').fill('2020-01-01');
    // 41 × 50.00 and 10 × 80.00, and a fifth of tax.
    await page.getByRole('button', { name: 'Place order for 3,420.00 EUR' }).click();
    await page.getByText('41 × CHAIR wanted, 40 available.').first().waitFor();
    await page.locator('.mantine-InputWrapper-error', { hasText: 'is before today' }).waitFor();
    await isSound(page, 'portal-new-order-refused-dark');
    await closeNotice(page);
    await page.getByLabel('CHAIR product (CHAIR)').fill('2');
    await page.getByLabel('Requested on').fill('');
    await page.getByLabel('Your reference').fill('PO-2');
    await page.getByRole('button', { name: 'Place order for 1,080.00 EUR' }).click();
    await page.getByRole('heading', { level: 1, name: /ORD-/ }).waitFor();
    await page.getByText('In fulfilment').first().waitFor();
    await page.getByRole('button', { name: 'Cancel order' }).waitFor();
    await isSound(page, 'portal-order-dark');
    await page.getByRole('button', { name: 'Amend' }).click();
    const dialog = page.getByRole('dialog');
    await page.getByLabel('Units of CHAIR').fill('0');
    await dialog.getByRole('button', { name: 'Add goods' }).click();
    await dialog.getByRole('combobox', { name: 'Goods' }).fill('lam');
    await page.getByRole('option', { name: /^LAMP/ }).click();
    await dialog.getByText('20.00 EUR each').waitFor();
    await dialog.getByLabel('Units *', { exact: true }).fill('2');
    await dialog.getByRole('combobox', { name: 'Ship to' }).click();
    await page.getByRole('option', { name: 'Another address' }).click();
    for (const [label, text] of [
      ['Name', 'The new hall'],
      ['Street', 'Hafenstraße 7'],
      ['Postal code', '20457'],
      ['City', 'Hamburg'],
      ['Country, two letters', 'X1'],
    ] as const) {
      await dialog.getByLabel(label).fill(text);
    }
    await page.getByLabel('Reason').fill('chairs are here, and it is dark');
    await dialog.getByRole('button', { name: 'Amend' }).click();
    await dialog.locator('.mantine-InputWrapper-root', { hasText: 'Country' }).locator('.mantine-InputWrapper-error').waitFor();
    await dialog.getByLabel('Country, two letters').fill('de');
    // Its price is another by now, which is refused at the goods, and shown.
    await api.put('/v1/price-lists/LAMPS', 'sales', {
      name: 'Lamps',
      currency: 'EUR',
      prices: [{ sku: 'LAMP', minimumQuantity: 1, unitPriceMinor: 1_900 }],
    });
    await dialog.getByRole('button', { name: 'Amend' }).click();
    await dialog.locator('.mantine-InputWrapper-error', { hasText: 'LAMP costs 19.00 EUR today.' }).waitFor();
    await isSound(page, 'portal-amend-refused-dark');
    await dialog.getByText('19.00 EUR each').waitFor();
    await dialog.getByRole('button', { name: 'Amend' }).click();
    // The dialog, which names the address too, takes a moment to close.
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('2 cancelled').waitFor();
    await page.getByText('Hafenstraße 7').waitFor();
    // What was taken off the order is not ordered again.
    await page.getByRole('button', { name: 'Order again' }).click();
    await page.getByRole('button', { name: 'Place order for 1,005.60 EUR' }).waitFor();
    await page.goBack();
    await page.getByRole('button', { name: 'Cancel order' }).click();
    await page.getByLabel('Reason').fill('no room');
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel order' }).click();
    await page.getByText('10 cancelled').waitFor();
    await page.getByRole('button', { name: 'Order again' }).click();
    await page.getByRole('button', { name: 'Place order for 1,125.60 EUR' }).waitFor();
    // Whoever uses this tab next finds nothing of it, and nor does she.
    for (const name of ['Otto Other', 'Bea Buyer']) {
      await page.getByRole('button', { name: 'Account of' }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await page.getByRole('heading', { level: 1, name: 'Throughline for customers' }).waitFor();
      await served.signIn(page, name, '/portal/new-order');
      await page.getByText('Add products: they stand here').waitFor();
    }
    expect(faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]);
    await context.close();
  });

  it('I3, I2, A5, P1: a customer downloads an invoice, sees what is asked for today, disputes a line, pays the rest, tells of a payment and reads its statement', async () => {
    const { context, page, faults } = await served.enter('Bea Buyer', '/portal/invoices');
    await page.getByRole('checkbox', { name: `Pay ${invoiceId}` }).check();
    await page.getByText('2 % until').waitFor();
    await page.getByRole('button', { name: `Pay ${invoiceId}: 317.52 EUR` }).click();
    await page.getByText('6.48EUR, is taken off if all of it is paid by').waitFor();
    await page.getByRole('button', { name: 'Pay 317.52 EUR by card' }).waitFor();
    await isSound(page, 'portal-pay-discounted');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await isSound(page, 'portal-invoices');
    await page.getByRole('link', { name: invoiceId, exact: true }).click();
    await page.getByRole('heading', { level: 1, name: invoiceId }).waitFor();
    await page.getByText('DE89370400440532013000').waitFor();
    await page.getByRole('button', { name: 'Pay 317.52 EUR' }).waitFor();
    await page.getByText('To pay today').waitFor();
    // Nobody knows where to send one.
    expect(await page.getByRole('link', { name: 'E-invoice' }).count()).toBe(0);
    await isSound(page, 'portal-invoice');
    const pdf = await page.request.get(`${api.url}/v1/invoices/${invoiceId}/pdf`);
    expect(pdf.headers()['content-type']).toContain('application/pdf');

    await page.getByRole('button', { name: 'Dispute', exact: true }).click();
    await page.getByRole('checkbox', { name: '3 × DESK product' }).check();
    await page.getByLabel('Units too many').fill('9');
    await page.getByLabel('What happened').fill('one was missing');
    await page.getByRole('button', { name: 'Dispute one line' }).click();
    await page.locator('.mantine-InputWrapper-error').first().waitFor();
    await isSound(page, 'portal-dispute-refused');
    await page.getByLabel('Units too many').fill('1');
    await page.getByRole('button', { name: 'Dispute one line' }).click();
    await page.getByText('Disputed', { exact: true }).first().waitFor();
    await page.getByText('one was missing').waitFor();

    // A third is disputed, and who pays less than all of it has no discount.
    await page.getByRole('button', { name: 'Pay 216.00 EUR' }).click();
    await page.getByText('Paid already').click();
    await page.getByRole('button', { name: 'Tell that I have paid' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Pay 216.00 EUR' }).click();
    await page.getByRole('dialog').getByText('Card', { exact: true }).click();
    await page.getByRole('combobox', { name: 'Card' }).click();
    await page.getByRole('option', { name: 'Card that pays' }).click();
    await page.getByRole('button', { name: 'Pay 216.00 EUR by card' }).click();
    await page.getByText('Paid 216.00 EUR').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Pay 216.00 EUR' }).waitFor({ state: 'detached' });
    await isSound(page, 'portal-invoice-disputed');
    await page.getByRole('button', { name: 'Withdraw', exact: true }).click();
    await page.getByRole('dialog').getByText('is owed and asked for again').waitFor();
    await page.getByRole('button', { name: 'Withdraw: it is owed again' }).click();
    await page.getByText('Withdrawn', { exact: true }).waitFor();
    const again = { reason: 'quantity-error', note: 'one was missing after all', lines: [{ lineNumber: 1, quantity: 1 }] };
    expect((await api.post(`/v1/invoices/${invoiceId}/disputes`, 'receivables', again)).status).toBe(201);
    await page.goto(`${api.url}/portal/account`);
    await page.getByRole('region', { name: 'Payments on their way' }).getByText('216.00').waitFor();
    await page.getByText('Closing balance').waitFor();
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'advice.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF') });
    await page.getByRole('button', { name: 'Send advice.pdf' }).click();
    await page.getByRole('link', { name: 'advice.pdf' }).waitFor();
    await isSound(page, 'portal-account');
    expect(faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]);
    await context.close();
  });

  it('O1, O4: a customer accepts a quote, and asks to return goods with the reason', async () => {
    const { context, page, faults } = await openWindow(served.browser, { viewport: { width: 390, height: 844 } });
    const line = { customerId: 'OURS', channel: 'phone', currency: 'EUR', lines: [{ sku: 'CHAIR', quantity: 2 }] };
    const draft = await api.post('/v1/drafts', 'sales', { order: line, validUntil: daysAgo(-20) });
    await api.post(`/v1/drafts/${draft.body.id}/quote`, 'sales');
    await served.signIn(page, 'Bea Buyer', '/portal');
    await page.getByRole('link', { name: /QUO-/ }).click();
    await page.getByRole('button', { name: 'Accept and order for 120.00 EUR' }).waitFor();
    await isSound(page, 'portal-quote-phone');
    await page.getByRole('button', { name: 'Accept and order for 120.00 EUR' }).click();
    await page.getByRole('heading', { level: 1, name: /ORD-/ }).waitFor();
    await page.goto(`${api.url}/portal/orders/${delivered}`);
    await page.getByRole('link', { name: /Return goods of SHP-/ }).click();
    await page.getByLabel('Units of DESK product (DESK)').fill('1');
    await page.getByLabel('Note').fill('a leg is loose');
    await isSound(page, 'portal-return-phone');
    await page.getByRole('button', { name: 'Request the return' }).click();
    await page.getByText('We look at your request').waitFor();
    await isSound(page, 'portal-return-requested-phone');
    // The other two are announced by phone: nothing of it is left to return.
    const [shipmentId] = (await api.get(`/v1/orders/${delivered}/standing`, 'sales')).body.returnable;
    const rest = { shipmentId, lines: [{ lineNumber: 1, quantity: 2, reason: 'not-needed' }] };
    expect((await api.post('/v1/returns', 'sales', rest)).status).toBe(201);
    await page.goto(`${api.url}/portal/orders/${delivered}`);
    await page.getByRole('region', { name: 'Shipments', exact: true }).getByText(shipmentId).waitFor();
    expect(await page.getByRole('link', { name: /Return goods/ }).count()).toBe(0);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('C2, X3: another customer sees nothing of the first, and applies for credit with a reference and a document', async () => {
    const { context, page, faults } = await served.enter('Otto Other', '/portal', { colorScheme: 'dark' });
    await page.getByText('Nothing. Quotes and questions to answer').waitFor();
    await page.getByText('None is under way.').waitFor();
    for (const address of ['/invoices', '/returns', '/quotes', '/orders']) {
      await page.goto(`${api.url}/portal${address}`);
      await page.locator('.panel').first().waitFor();
      expect(await page.getByText(/(ORD|INV|OPN|QUO|RMA)-\d/).count()).toBe(0);
    }
    for (const [address, said] of [
      [`/orders/${delivered}`, `There is no order ${delivered}.`],
      [`/invoices/${invoiceId}`, `There is no invoice ${invoiceId}.`],
    ] as const) {
      await page.goto(`${api.url}/portal${address}`);
      await page.getByText(said).waitFor();
    }
    expect((await page.request.get(`${api.url}/v1/customers/OURS/offer`)).status()).toBe(404);

    // More than a page of what it has told of: all of it can be read.
    const claim = { amountMinor: 100, currency: 'EUR', paidOn: daysAgo(1) };
    for (let told = 0; told < 21; told += 1) await api.post('/v1/customers/THEIRS/payment-claims', 'receivables', claim);
    await page.goto(`${api.url}/portal/account`);
    const announced = page.getByRole('region', { name: 'Payments on their way' });
    await announced.getByRole('button', { name: 'Earlier payments' }).click();
    await announced.getByRole('button', { name: 'Earlier payments' }).waitFor({ state: 'detached' });
    expect(await announced.getByRole('row').count()).toBe(1 + 21);

    await page.goto(`${api.url}/portal/credit`);
    await page.getByRole('button', { name: 'Apply for credit' }).click();
    await page.getByLabel('Credit limit in EUR').fill('5000.00');
    await page.getByLabel('Company').fill('Nordwind KG');
    await page.getByLabel(/^Contact( \*)?$/).fill('Nora Nord');
    await page.getByLabel('Bought there in a year in EUR').fill('12000');
    await page.getByLabel('Years known').fill('300');
    await page.getByLabel('Days late on average').fill('3');
    await page.getByRole('button', { name: 'Save the draft' }).click();
    await page.locator('.mantine-InputWrapper-error').first().waitFor();
    await closeNotice(page);
    await page.getByLabel('Years known').fill('4');
    await page.getByRole('button', { name: 'Save the draft' }).click();
    await page.getByRole('button', { name: 'Apply for 5,000.00 EUR' }).waitFor();
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'accounts.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF') });
    await page.getByRole('button', { name: 'Add accounts.pdf' }).click();
    await page.getByRole('link', { name: 'accounts.pdf' }).waitFor();
    await isSound(page, 'portal-credit-dark');
    await page.getByRole('button', { name: 'Apply for 5,000.00 EUR' }).click();
    await page.getByText(/Your application was (submitted|decided)/).waitFor();
    await page.getByRole('button', { name: 'Apply for 5,000.00 EUR' }).waitFor({ state: 'detached' });
    const tasks = await api.get('/v1/tasks?kind=credit-application&unfinished=true', 'credit');
    const [{ id: taskId }] = tasks.body.items;
    await api.post(`/v1/tasks/${taskId}/questions`, 'credit', { question: 'May we have the accounts of last year?' });
    await page.goto(`${api.url}/portal`);
    await page.getByText('May we have the accounts of last year?').waitFor();
    await page.getByRole('link', { name: 'Our question' }).click();
    await page.getByRole('button', { name: 'Answer', exact: true }).click();
    await page.getByRole('textbox', { name: 'Answer' }).fill('They are the file above.');
    await isSound(page, 'portal-credit-question-dark');
    await page.getByRole('button', { name: 'Send the answer' }).click();
    await page.getByText('They are the file above.').waitFor();
    await page.getByText('Answered', { exact: true }).waitFor();
    expect(faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]);
    await context.close();
  });

  it('X3: an administrator of a customer invites a colleague by keyboard, who chooses a password and has no more than was given', async () => {
    const phone = { viewport: { width: 390, height: 844 } };
    const { context, page, faults } = await served.enter('Bea Buyer', '/portal/people', { ...phone, colorScheme: 'dark' });
    await page.getByText('buyer@throughline.example').waitFor();
    await isSound(page, 'portal-people-phone-dark');
    await page.getByRole('button', { name: 'Invite somebody' }).press('Enter');
    await page.getByLabel('Name').fill('Mia Match');
    await page.getByLabel('Email').fill('mia@ours.example');
    await isSound(page, 'portal-people-invite-phone-dark');
    await page.getByLabel('Email').press('Enter');
    await page.getByText('A link to choose a password goes to mia@ours.example.').waitFor();
    await page.getByText('invited', { exact: false }).first().waitFor();
    await context.close();

    const mail = await eventually(async () => suite.mails.find(({ to }) => to === 'mia@ours.example'));
    const [token] = /[\w-]{43}$/m.exec(mail.text)!;
    const mia = await openWindow(served.browser, phone);
    await mia.page.goto(`${api.url}/portal/invitation/${token}`);
    await mia.page.getByRole('heading', { level: 1, name: 'Welcome, Mia Match' }).waitFor();
    await isSound(mia.page, 'portal-invitation-phone');
    await mia.page.getByRole('textbox', { name: 'Password' }).fill('a harbour full of lamps');
    await mia.page.getByRole('textbox', { name: 'Password' }).press('Enter');
    await mia.page.getByRole('link', { name: 'Sign in' }).click();
    await mia.page.setViewportSize({ width: 1280, height: 800 });
    await mia.page.getByLabel('Email').fill('mia@ours.example');
    await mia.page.getByRole('textbox', { name: 'Password' }).fill('a harbour full of lamps');
    await mia.page.getByRole('textbox', { name: 'Password' }).press('Enter');
    await mia.page.getByRole('heading', { level: 1, name: 'Hello, Mia Match' }).waitFor();
    await mia.page.getByRole('link', { name: 'Place an order' }).first().waitFor();
    await mia.page.getByText(delivered).waitFor();
    for (const name of ['Invoices', 'Account', 'Colleagues']) expect(await mia.page.getByRole('link', { name }).count()).toBe(0);
    await isSound(mia.page, 'portal-home-of-a-buyer');
    expect([...faults, ...mia.faults].filter((fault) => !/status of 401/.test(fault))).toEqual([]);
    await mia.context.close();
  });

  it('I3: the link in a mail opens its one invoice without signing in', async () => {
    const { context, page, faults } = await openWindow(served.browser, { viewport: { width: 390, height: 844 } });
    const notice = { noticeKey: `${invoiceId}:invoice`, invoiceId, at: await suite.now() };
    const token = await createInvoiceLink(suite.database, notice);
    await page.goto(`${api.url}/portal/linked-invoice/${token}`);
    await page.getByRole('heading', { level: 1, name: `Invoice ${invoiceId}` }).waitFor();
    await page.getByText('Of it disputed').waitFor();
    expect(await page.getByRole('link', { name: 'E-invoice' }).count()).toBe(0);
    await isSound(page, 'portal-linked-invoice-phone');
    const reached = JSON.stringify({ scheme: '9930', id: 'DE123456789' });
    await suite.database.query(
      "UPDATE company SET electronic_address = $1, contact_name = 'Mia', contact_phone = '+49 40 1234'",
      [reached],
    );
    await suite.database.query("UPDATE customers SET electronic_address = $1 WHERE id = 'OURS'", [reached]);
    await page.reload();
    const ubl = await page.getByRole('link', { name: 'E-invoice' }).getAttribute('href');
    expect((await page.request.get(api.url + ubl)).status()).toBe(200);
    const pdf = await page.getByRole('link', { name: 'PDF' }).getAttribute('href');
    expect((await page.request.get(api.url + pdf)).status()).toBe(200);
    await page.goto(`${api.url}/portal/linked-invoice/nobody-s-link`);
    await page.getByRole('alert').waitFor();
    expect(faults.filter((fault) => !/status of 404/.test(fault))).toEqual([]);
    await context.close();
  });
});
