import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Api } from '../api/client.ts';
import { addCustomer, addProduct, addStock, becomes, order, setUpCompany } from '../company.ts';
import { type Suite, startSuite } from '../suite.ts';
import { totp } from '../totp.ts';
import { isSound, isSoundOnAPhone, openWindow } from './browser.ts';
import { chromiumPath } from './chromium.ts';
import { peopleFor, type Served, serve } from './served.ts';

const kilobytesMaximum = 300;

let suite: Suite;
let served: Served;
let api: Api;
let waiting: string;
let others: string;

describe.skipIf(!chromiumPath)('the console in a browser', () => {
  beforeAll(async () => {
    suite = await startSuite();
    await setUpCompany(suite.database);
    await addCustomer(suite.database, 'OURS', { limitMinor: 100_000 });
    await addCustomer(suite.database, 'THEIRS', { limitMinor: 10_000_000 });
    await addProduct(suite.database, 'DESK', 10_000);
    await addStock(suite, 'DESK', 1_000, 4_000);
    for (let count = 0; count < 30; count += 1) others = await order(suite, 'THEIRS', [{ sku: 'DESK', quantity: 1 + count }]);
    waiting = await order(suite, 'OURS', [{ sku: 'DESK', quantity: 20 }], { externalReference: 'PO-4711' });
    served = await serve(suite, peopleFor('OURS'));
    ({ api } = served);
    await becomes(suite, waiting, 'over-limit');
  });
  afterAll(async () => {
    await served?.stop();
    await suite?.stop();
  });

  it('O5: credit signs in, finds the order that waits by keyboard, decides it, and sees it move by itself', async () => {
    const { context, page, faults } = await openWindow(served.browser);
    let bytes = 0;
    const sizes: Promise<void>[] = [];
    page.on('requestfinished', (request) => {
      // The typeface comes after the page can be read.
      if (!request.url().includes('/console') || request.url().endsWith('.woff2')) return;
      sizes.push(
        request.sizes().then(({ responseBodySize }) => {
          bytes += responseBodySize;
        }),
      );
    });
    await page.goto(`${api.url}/console`);
    await page.getByLabel('Email').fill('credit@throughline.example');
    await page.locator('input[name=password]').fill('not the password');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('alert').getByText('Invalid email or password').first().waitFor();
    await isSound(page, 'sign-in');
    await page.getByRole('button', { name: 'Cora Credit' }).click();
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    await page.waitForLoadState('networkidle');
    await Promise.all(sizes);
    console.log(`first load: ${Math.round(bytes / 1_000)} kB as sent`);
    expect(bytes / 1_000).toBeLessThan(kilobytesMaximum);
    await page.keyboard.press('g');
    await page.keyboard.press('o');
    await page.getByRole('table', { name: 'Orders' }).waitFor();
    await isSound(page, 'orders');

    // The newest row is the one that waits.
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: waiting }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('o');
    await page.getByRole('table', { name: 'Orders' }).waitFor();
    await page.keyboard.press('/');
    await page.getByPlaceholder('An order, invoice').fill('PO-4711');
    await page.locator('.mantine-Spotlight-action', { hasText: waiting }).waitFor();
    await isSound(page, 'search');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');

    await page.getByRole('heading', { level: 1, name: waiting }).waitFor();
    await page.getByText('next move: credit').waitFor();
    await page.getByText('live', { exact: true }).waitFor();
    await isSound(page, 'order-waiting');
    expect(await page.getByRole('button', { name: 'Amend' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Decide credit' }).click();
    await page.getByLabel('New limit').fill('5000.00');
    await page.getByLabel('Reason').fill('known for years');
    await isSound(page, 'order-decide');
    await page.getByRole('dialog').getByRole('button', { name: 'Decide credit' }).click();
    await page.getByText('In fulfilment').first().waitFor();
    await page.getByRole('heading', { level: 2, name: 'Shipments' }).waitFor();
    await isSound(page, 'order-moved');
    expect(faults).toEqual([]);
    await context.close();
  });

  it('O5: every fault of a refusal is shown, and a page that is not there says so', async () => {
    const { context, page, faults } = await served.enter('Sol Sales', '/console/orders', { colorScheme: 'dark' });
    await isSound(page, 'orders-dark');
    // Written in small letters it is the same customer, for the list and for what is saved of it.
    await page.goto(`${api.url}/console/orders?customerId=ours`);
    await page.getByRole('table', { name: 'Orders' }).getByText(waiting).waitFor();
    const csv = await page.getByRole('link', { name: 'Export CSV' }).getAttribute('href');
    expect(await (await page.request.get(api.url + csv)).text()).toContain(waiting);
    await page.goto(`${api.url}/console/orders/${others}`);
    await page.getByRole('button', { name: 'Amend' }).click();
    await page.getByLabel('Units of DESK').fill('900000');
    await page.getByLabel('Reason').fill('many more');
    await page.getByRole('dialog').getByRole('button', { name: 'Amend' }).click();
    await page.getByRole('alert').waitFor();
    await isSound(page, 'order-refused-dark');
    // The page behind the dialog hears of a colleague's amendment; what is sent is made from what the dialog has shown.
    const before = (await api.get(`/v1/orders/${others}`, 'sales')).body;
    const amended = { revision: before.revision, lines: [{ lineNumber: 1, quantity: 4 }], reason: 'four will do' };
    const heard = page.waitForResponse((answer) => answer.url().endsWith(`/v1/orders/${others}`) && answer.ok());
    expect((await api.post(`/v1/orders/${others}/amend`, 'admin', amended)).status).toBe(200);
    await heard;
    await page.getByLabel('Units of DESK').fill('');
    await page.getByRole('dialog').getByRole('button', { name: 'Amend' }).click();
    expect(await page.locator('input[name="line 1"]:invalid').count()).toBe(1);
    await page.getByLabel('Units of DESK').fill('31');
    await page.getByRole('dialog').getByRole('button', { name: 'Amend' }).click();
    await page.getByRole('alert').getByText('read it again').waitFor();
    const after = (await api.get(`/v1/orders/${others}`, 'sales')).body;
    expect(after.lines[0].quantity - after.lines[0].cancelledQuantity).toBe(4);
    expect(faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]);
    await page.goto(`${api.url}/console/nowhere`);
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
    await isSound(page, 'no-such-page-dark');
    await page.goto(`${api.url}/console/orders/ORD-99999999`);
    await page.getByText('There is no order ORD-99999999.').waitFor();
    await context.close();
  });

  it('O5: filters live in the address, and a session that has ended asks for its person again, in place', async () => {
    const { context, page } = await served.enter('Ada Admin', '/console/orders?status=cancelled');
    await page.getByText('Nothing fits these filters.').waitFor();
    await page.getByRole('button', { name: 'Views' }).click();
    await isSound(page, 'orders-views');
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard' }).getByText('Next and previous row').waitFor();
    await isSound(page, 'keyboard');
    await page.keyboard.press('Escape');
    await context.clearCookies();
    await page.goto(`${api.url}/console/orders/${others}`);
    await page.getByRole('button', { name: 'Ada Admin' }).click();
    await page.getByRole('heading', { level: 1, name: others }).waitFor();
    await isSound(page, 'order-wide');
    await context.close();
  });

  it('O5: a page that nobody looks at holds no stream, and one whose stream is refused reads anew until it opens', async () => {
    const { context, page } = await served.enter('Sol Sales', '/console/orders');
    const streams = `**/v1/orders/${others}/events`;
    let refusals = 0;
    await page.route(streams, async (route) => {
      refusals += 1;
      await route.fulfill({ status: 503, contentType: 'application/problem+json', body: '{}' });
    });
    const reads = async () => page.waitForResponse((answer) => answer.url().endsWith(`/v1/orders/${others}`) && answer.ok());
    await page.goto(`${api.url}/console/orders/${others}`);
    await page.getByRole('heading', { level: 1, name: others }).waitFor();
    await reads();
    expect(refusals).toBeGreaterThan(0);
    expect(await page.getByText('live', { exact: true }).count()).toBe(0);
    await page.unroute(streams);
    await page.getByText('live', { exact: true }).waitFor();
    const look = (hidden: boolean) =>
      page.evaluate(
        `Object.defineProperty(document, 'hidden', { configurable: true, value: ${hidden} }); document.dispatchEvent(new Event('visibilitychange'))`,
      );
    await look(true);
    await page.getByText('live', { exact: true }).waitFor({ state: 'detached' });
    const again = reads();
    await look(false);
    await page.getByText('live', { exact: true }).waitFor();
    await again;
    await context.close();
  });

  it('X3: somebody looks after their own sign-in: second factor, password, sessions', async () => {
    const { context, page } = await served.enter('Cem Credit', '/console');
    const { password } = peopleFor('OURS').find(({ id }) => id === 'credit-2')!;
    await page.getByRole('button', { name: 'Account of Cem Credit' }).click();
    await page.getByRole('menuitem', { name: 'Password and sign-in' }).click();
    await page.getByText('here and now').waitFor();
    await page.getByRole('button', { name: 'Turn on' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Password' }).fill(password);
    await page.getByRole('button', { name: 'Show the code for the authenticator' }).click();
    await page.getByRole('img', { name: 'The code for the authenticator' }).waitFor();
    await isSound(page, 'security-second-factor');
    await isSoundOnAPhone(page, 'security-second-factor-phone');
    const key = (await page.locator('.identifier').textContent())!;
    await page.locator('input[name=code]').fill('000000');
    await page.getByRole('button', { name: 'Turn it on' }).click();
    await page.getByRole('alert').getByText('Invalid code').waitFor();
    await page.locator('input[name=code]').fill(totp(key));
    await page.getByRole('button', { name: 'Turn it on' }).click();
    const codes = page.getByRole('dialog', { name: 'Your backup codes' });
    const [backup] = (await codes.locator('.identifier').textContent())!.split(' ');
    await isSound(page, 'security-backup-codes');
    await codes.getByRole('button', { name: 'Close: it is not shown again' }).click();
    await page.getByRole('button', { name: 'Turn off' }).waitFor();

    // Somewhere else the password is not enough; and with the next one nothing else stays open.
    const elsewhere = await openWindow(served.browser);
    await elsewhere.page.goto(`${api.url}/console`);
    await elsewhere.page.getByRole('button', { name: 'Cem Credit' }).click();
    await elsewhere.page.getByLabel('Code').fill(backup!);
    await elsewhere.page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await elsewhere.page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    await elsewhere.context.close();
    await page.reload();
    await page.getByRole('button', { name: 'End', exact: true }).click();
    await page.getByRole('button', { name: 'End', exact: true }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Change the password' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Password until now').fill(password);
    await form.getByLabel('New password').fill('a harbour full of desks');
    await isSound(page, 'security-password');
    await form.getByRole('button', { name: 'Change the password' }).click();
    await form.waitFor({ state: 'detached' });

    // Lost after all: an administrator takes it off, and gives a password that is not kept.
    const admin = await served.enter('Ada Admin', '/console/settings');
    const row = admin.page.getByRole('row', { name: /Cem Credit/ });
    await row.getByRole('button', { name: 'Reset second factor' }).click();
    await admin.page.getByLabel('Reason').fill('met in the corridor');
    await isSound(admin.page, 'settings-second-factor');
    await admin.page.getByRole('button', { name: 'Let Cem Credit sign in' }).click();
    await row.getByText('off', { exact: true }).waitFor();
    await row.getByRole('button', { name: 'New password' }).click();
    await admin.page.getByRole('button', { name: 'Replace the password' }).click();
    const given = (await admin.page.getByRole('dialog', { name: 'Password of Cem' }).locator('.identifier').textContent())!;
    await admin.context.close();
    // A session that another process has ended is trusted for some seconds more.
    await context.clearCookies();
    await page.reload();
    await page.getByLabel('Email').fill('credit-2@throughline.example');
    await page.locator('input[name=password]').fill(given);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: 'Choose your own password' }).waitFor();
    await isSound(page, 'own-password');
    await page.getByLabel('Password until now').fill(given);
    await page.getByLabel('New password').fill('a harbour full of chairs');
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByRole('heading', { name: 'Password and sign-in' }).waitFor();
    await context.close();
  });

  it('O5: a form begins with the company’s day, wherever its person is', async () => {
    // In Kiritimati it is the company's tomorrow for most of the day, on Niue its yesterday for the rest.
    const daysOf = async (timezoneId: string) => {
      const { context, page } = await served.enter('Sol Sales', '/console/order-entry?customer=THEIRS', { timezoneId });
      const day = await page.getByLabel('Draft and quote hold until').inputValue();
      await context.close();
      return day;
    };
    const [ahead, behind] = [await daysOf('Pacific/Kiritimati'), await daysOf('Pacific/Niue')];
    expect(ahead).toBe(behind);
  });

  it('X3: a customer gets the portal with its own orders, on a phone too', async () => {
    const { context, page, faults } = await openWindow(served.browser, {
      viewport: { width: 390, height: 844 },
      colorScheme: 'dark',
    });
    // The console is not for customers: they are led to the portal.
    await served.signIn(page, 'Bea Buyer', '/console');
    await page.waitForURL(`${api.url}/portal`);
    await page.goto(`${api.url}/portal/orders`);
    await page.getByRole('link', { name: waiting }).waitFor();
    expect(await page.getByRole('link', { name: /^ORD-/ }).count()).toBe(1);
    await isSound(page, 'portal-phone-dark');
    await page.getByRole('link', { name: waiting }).click();
    await page.getByRole('heading', { level: 1, name: waiting }).waitFor();
    await page.getByRole('region', { name: 'Where it stands' }).waitFor();
    await isSound(page, 'portal-order-phone-dark');
    expect(faults).toEqual([]);
    await context.close();
  });
});
