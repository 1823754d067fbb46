import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { camt } from '../bank-file.ts';
import { addCustomer, addProduct, addStock, instant, setUpCompany } from '../company.ts';
import { type Suite, startSuite } from '../suite.ts';
import { isSound, openWindow } from './browser.ts';
import { chromiumPath } from './chromium.ts';
import { choose, go, press, tabTo, write } from './hands.ts';
import { peopleFor, type Served, serve } from './served.ts';

/* It is Wednesday, 10 March 2027. HARBOUR has no credit yet and pays 7 days after the invoice; a DESK is 120.00 EUR with its tax. */
let suite: Suite;
let served: Served;
let orderId: string;

/* One order from capture to cash: each part is done by its person with nothing but the pages, and goes on where the last one ended. */
describe.skipIf(!chromiumPath)('the story of one order in a browser', () => {
  beforeAll(async () => {
    suite = await startSuite();
    await suite.setClock(instant('2027-03-10', '09:00:00'));
    await setUpCompany(suite.database);
    await addCustomer(suite.database, 'HARBOUR', { limitMinor: null, netDays: 7 });
    await addCustomer(suite.database, 'QUAY', { limitMinor: 100_000 });
    await addProduct(suite.database, 'DESK', 10_000);
    await addStock(suite, 'DESK', 20, 4_000);
    served = await serve(suite, peopleFor('HARBOUR'));
    const account = { name: 'Main account', iban: 'DE89370400440532013000', currency: 'EUR' };
    await served.api.put('/v1/bank-accounts/MAIN', 'finance', account);
    const daily = { weekdays: [1, 2, 3, 4, 5, 6, 7], cutOff: '23:59', timeZone: 'Europe/Berlin', transitDays: 2 };
    await served.api.put('/v1/warehouses/WH-NORTH/pickup-calendars/Parcel%20Simulator', 'shipping', daily);
  });
  afterAll(async () => {
    await served?.stop();
    await suite?.stop();
  });

  /** Somebody comes to work, does a part of the story, and goes. */
  const part = (title: string, name: string, place: string, steps: (page: Page) => Promise<void>) =>
    it(title, async () => {
      const { context, page, faults } = await served.enter(name, place);
      await steps(page);
      expect(faults).toEqual([]);
      await context.close();
    });

  const picks = async (page: Page, count: number) => {
    await page.getByRole('link', { name: /^SHP-/ }).click();
    await page.getByLabel('Scan a product').waitFor();
    await page.keyboard.type(`${count}*DESK`);
    await page.keyboard.press('Enter');
    await page.getByText(`DESK: ${count} of`).waitFor();
  };

  part('O1: a customer without credit orders in the portal', 'Bea Buyer', '/portal', async (page) => {
    await page.getByRole('link', { name: 'Place an order' }).first().click();
    await page.getByRole('button', { name: 'Add DESK' }).click();
    await page.getByLabel('DESK product (DESK)').fill('20');
    await page.getByLabel('Your reference').fill('PO-7');
    await page.getByRole('combobox', { name: 'Ship to' }).click();
    await page.getByRole('option', { name: 'Another address' }).click();
    for (const [field, text] of [
      ['Name', 'Goods In'],
      ['Street', '1 sim-bad-address Road'],
      ['Postal code', '20457'],
      ['City', 'Hamburg'],
      ['Country', 'DE'],
    ] as const)
      await page.getByLabel(field).last().fill(text);
    await page.getByRole('button', { name: 'Place order for 2,400.00 EUR' }).click();
    await page.getByText('Credit review').first().waitFor();
    orderId = page.url().split('/').at(-1)!;
  });

  part('C2: an analyst gives the customer its limit', 'Cora Credit', '/console', async (page) => {
    await page.getByRole('link', { name: `Decide the credit of HARBOUR for ${orderId}` }).click();
    await page.getByLabel('Limit in EUR').fill('3000.00');
    await page.getByLabel('Reason').fill('known from the fair');
    await page.getByRole('button', { name: 'Approve 3,000.00 EUR limit' }).click();
    await page.getByText('decided by credit').waitFor();
  });

  part('F4: an associate finds two units damaged', 'Wanda Warehouse', '/console/picking', async (page) => {
    await picks(page, 18);
    await page.getByRole('button', { name: '2 units are missing' }).click();
    await page.getByLabel('Why are 2 of DESK missing?').selectOption('Damaged');
    await page.getByRole('button', { name: 'Confirm 18 picked, 2 short' }).click();
    await page.getByText('Cancelled').first().waitFor();
  });

  part('F2: the customer takes what is there', 'Bea Buyer', '/portal', async (page) => {
    await page.getByRole('link', { name: orderId }).first().click();
    await page.getByRole('button', { name: 'Choose' }).click();
    await page.getByText('Ship what is there and cancel the rest').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Choose' }).click();
    await page.getByText('In fulfilment').first().waitFor();
  });

  part('F4: the associate picks and packs the rest', 'Wanda Warehouse', '/console/picking', async (page) => {
    await picks(page, 18);
    await page.getByRole('button', { name: 'Confirm 18 picked' }).click();
    await page.getByLabel('Weight of carton 1').fill('9');
    await page.getByRole('button', { name: 'Close 1 carton, 9 kg' }).click();
    await page.getByText('Packed').first().waitFor();
  });

  part('S1: a planner corrects what the carrier refuses, and it leaves', 'Sven Shipping', '/console/shipping', async (page) => {
    const refused = page.getByRole('region', { name: 'Refused by the carrier', exact: true });
    await refused.getByRole('link', { name: /^SHP-/ }).click();
    await page.getByRole('button', { name: 'Ask the carrier again' }).click();
    await page.getByLabel('Street').fill('1 Dock Road');
    await page.getByLabel('Reason').fill('the customer gave the right one');
    await page.getByRole('dialog').getByRole('button', { name: 'Ask the carrier again' }).click();
    await page.getByText('with the corrected address').waitFor();
  });

  part('I1, P1: the customer gets its invoice, and tells that it has paid a part', 'Bea Buyer', '/portal', async (page) => {
    await page.getByRole('link', { name: orderId }).first().click();
    await page.getByRole('link', { name: /^INV-/ }).click();
    await page.getByRole('button', { name: 'Pay 2,160.00 EUR' }).click();
    await page.getByText('Paid already').click();
    await page.getByLabel('Amount in EUR').fill('1500.00');
    await page.getByRole('button', { name: 'Tell that I have paid' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  part('P2: a clerk places the payment that names nobody', 'Rita Receivables', '/console/cash?tab=statements', async (page) => {
    const buffer = Buffer.from(camt([{ amount: '1500.00', valueOn: '2027-03-10', name: 'H. Arbour', text: 'desks' }]));
    await page.locator('input[type=file]').setInputFiles({ name: 'statement.xml', mimeType: 'text/xml', buffer });
    await page.getByRole('button', { name: 'Send and match its lines' }).click();
    await page.getByText('Done', { exact: true }).waitFor();
    await page.getByRole('tab', { name: 'Bank lines' }).click();
    await page.getByRole('button', { name: 'Match by hand' }).click();
    const form = page.getByRole('dialog');
    await form.getByRole('combobox', { name: 'Customer' }).fill('har');
    await page.getByRole('option', { name: /HARBOUR/ }).click();
    await form.getByRole('checkbox').first().check();
    await form.getByLabel('Takes, in EUR').fill('1500.00');
    await form.getByRole('button', { name: 'Post it as said here' }).click();
    await form.waitFor({ state: 'detached' });
  });

  it('P3: the rest goes overdue', () => suite.advanceTo(instant('2027-03-18', '09:00:00')));

  part('P6: a collector takes a promise for the rest', 'Rita Receivables', '/console/collections', async (page) => {
    await page.getByRole('link', { name: 'HARBOUR' }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Take a promise' }).click();
    await page.getByLabel('By').fill('2027-03-22');
    await page.getByRole('button', { name: 'Take the promise: letters wait for it' }).click();
    await page.getByRole('button', { name: 'Count on it no more' }).waitFor();
  });

  part('R1, X2: a leader reads the DSO, and the books hold', 'Fay Finance', '/console', async (page) => {
    await page.goto(`${served.api.url}/console/reports?from=2027-03-10&to=2027-03-18`);
    // 660.00 of 2,160.00 are open after nine days.
    const dso = page.getByRole('region', { name: 'Days sales outstanding', exact: true });
    await dso.getByText('2.8 days', { exact: true }).waitFor();
    await isSound(page, 'story-reports');
    await page.goto(`${served.api.url}/console/integrity`);
    await page.getByText(/All \d+ checks agree with the books/).waitFor();
    expect((await served.api.get('/v1/integrity', 'finance')).body).toMatchObject({ holds: true, broken: [] });
  });

  /* Once more, and nobody has a mouse (WCAG 2.1.1): another order is told on the phone, decided, picked and packed, and money finds its invoice. */
  const byHand = (title: string, id: string, steps: (page: Page) => Promise<void>) =>
    it(title, async () => {
      const { context, page, faults } = await openWindow(served.browser);
      const { email, password, name } = peopleFor('HARBOUR').find((person) => person.id === id)!;
      await page.goto(`${served.api.url}/console`);
      await write(page, 'textbox', 'Email', email);
      await write(page, 'textbox', 'Password', password);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
      await steps(page);
      // The menu takes the focus, and gives it back.
      const signOut = page.getByRole('menuitem', { name: 'Sign out' });
      await press(page, 'button', `Account of ${name}`);
      await signOut.waitFor();
      await page.keyboard.press('Escape');
      await signOut.waitFor({ state: 'detached' });
      const isFocused = (one: Locator) => one.evaluate((there) => there === there.ownerDocument.activeElement);
      expect(await isFocused(page.getByRole('button', { name: `Account of ${name}` }))).toBe(true);
      await page.keyboard.press('Enter');
      await signOut.waitFor();
      do await page.keyboard.press('ArrowDown');
      while (!(await isFocused(signOut)));
      await page.keyboard.press('Enter');
      await page.getByRole('textbox', { name: 'Email' }).waitFor();
      expect(faults).toEqual([]);
      await context.close();
    });

  byHand('O1, O5: by keyboard alone an order is entered', 'sales', async (page) => {
    await addStock(suite, 'DESK', 10, 4_000);
    await go(page, 'e');
    await page.getByRole('heading', { level: 1, name: 'Enter an order' }).waitFor();
    await choose(page, 'Customer', 'quay', /QUAY/);
    await choose(page, 'Product of line 1', 'des', /DESK/);
    await write(page, 'textbox', 'Units of line 1', '10');
    await write(page, 'textbox', 'Customer’s reference', 'PO-KEYS');
    await press(page, 'button', 'Place order for 1,200.00 EUR');
    await page.getByText('next move: credit').waitFor();
    orderId = page.url().split('/').at(-1)!;
  });

  byHand('C2, O5: by keyboard alone it is found and decided', 'credit', async (page) => {
    await page.keyboard.press('/');
    await page.getByPlaceholder('An order, invoice').and(page.locator(':focus')).waitFor();
    await page.keyboard.type('PO-KEYS');
    await page.locator('.mantine-Spotlight-action', { hasText: orderId }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: orderId }).waitFor();
    const form = page.getByRole('dialog', { name: 'Decide credit' });
    await press(page, 'button', 'Decide credit');
    await form.waitFor();
    // Tab stays within the dialog, which gives the focus back to what opened it.
    for (let count = 0; count < 12; count += 1) {
      await page.keyboard.press('Tab');
      expect(await form.evaluate((one) => one.contains(one.ownerDocument.activeElement))).toBe(true);
    }
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });
    const button = page.getByRole('button', { name: 'Decide credit' });
    expect(await button.evaluate((one) => one === one.ownerDocument.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await form.waitFor();
    await write(page, 'textbox', 'New limit', '2000.00');
    await write(page, 'textbox', 'Reason', 'known for years');
    await press(page, 'button', 'Decide credit');
    await form.waitFor({ state: 'detached' });
    await page.getByText('In fulfilment').first().waitFor();
  });

  byHand('F4, O5: by keyboard alone it is picked and packed', 'warehouse', async (page) => {
    await go(page, 'w');
    await press(page, 'link', /^SHP-/);
    await page.getByLabel('Scan a product').waitFor();
    // What a scanner types goes into its field, without a Tab before.
    await page.keyboard.type('10*DESK');
    await page.keyboard.press('Enter');
    await page.getByText('DESK: 10 of 10').waitFor();
    await press(page, 'button', 'Confirm 10 picked');
    await write(page, 'textbox', /^Weight of carton 1/, '9');
    await press(page, 'button', 'Close 1 carton, 9 kg');
    await page.getByText('Packed').first().waitFor();
    await press(page, 'link', 'All work');
    await page.getByRole('heading', { level: 1, name: 'Pick and pack' }).waitFor();
  });

  byHand('P2, O5: by keyboard alone a bank line finds its invoice', 'receivables', async (page) => {
    await go(page, 'b');
    await page.getByRole('heading', { level: 1, name: 'Cash desk' }).waitFor();
    // One stop for all tabs, arrows between them.
    await tabTo(page, 'tab', 'Bank lines');
    await page.keyboard.press('ArrowRight');
    // Asked for well before: Chromium gives files to whoever waits for them, and takes a moment to know.
    const chooser = page.waitForEvent('filechooser');
    await tabTo(page, 'button', /^File/);
    await page.keyboard.press('Enter');
    const buffer = Buffer.from(
      camt([{ amount: '333.00', valueOn: '2027-03-18', text: 'from the boss' }], {
        id: 'STMT-2',
        opening: '2500.00',
        closing: '2833.00',
      }),
    );
    await (await chooser).setFiles({ name: 'statement.xml', mimeType: 'text/xml', buffer });
    await press(page, 'button', 'Send and match its lines');
    await page.getByText('Done', { exact: true }).nth(1).waitFor();
    await tabTo(page, 'tab', 'Statements');
    await page.keyboard.press('ArrowLeft');
    await press(page, 'button', 'Match by hand');
    const form = page.getByRole('dialog');
    await choose(page, 'Customer', 'har', /HARBOUR/);
    await press(page, 'checkbox', /^INV-/, 'Space');
    await write(page, 'textbox', /^Takes, in EUR/, '333.00');
    await press(page, 'button', 'Post it as said here');
    await form.waitFor({ state: 'detached' });
    await page.getByText('Nothing waits for a decision').waitFor();
  });
});
