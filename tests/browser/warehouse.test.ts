import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Api } from '../api/client.ts';
import {
  addCustomer,
  addProduct,
  address,
  addStock,
  invoiced,
  order,
  pickAndPack,
  setUpCompany,
  shipmentsInWork,
} from '../company.ts';
import { eventually, type Suite, startSuite } from '../suite.ts';
import { isSound, isSoundOnAPhone } from './browser.ts';
import { chromiumPath } from './chromium.ts';
import { peopleFor, type Served, serve } from './served.ts';

let suite: Suite;
let served: Served;
let api: Api;
let toPick: string;
let refused: string;
let returnId: string;

describe.skipIf(!chromiumPath)('warehouse, shipping and master data in a browser', () => {
  beforeAll(async () => {
    suite = await startSuite();
    const { database } = suite;
    await setUpCompany(database);
    await addCustomer(database, 'OURS', { limitMinor: 100_000_000, backOrderAllowed: true });
    await addProduct(database, 'DESK', 10_000);
    await addProduct(database, 'LAMP', 5_000);
    await addStock(suite, 'DESK', 100, 4_000);
    await addStock(suite, 'LAMP', 50, 2_000);
    served = await serve(suite, peopleFor('OURS'));
    ({ api } = served);
    const daily = { weekdays: [1, 2, 3, 4, 5, 6, 7], cutOff: '23:59', timeZone: 'Europe/Berlin', transitDays: 2 };
    await api.put('/v1/warehouses/WH-NORTH/pickup-calendars/Parcel%20Simulator', 'shipping', daily);
    const gate = { name: 'Gate', taxRate: '0.2', prices: [{ currency: 'EUR', unitPriceMinor: 50_000 }] };
    await api.put('/v1/products/GATE', 'sales', { ...gate, makeToOrder: true, leadDays: 10 });

    const ids = await Promise.all([
      order(suite, 'OURS', [
        { sku: 'DESK', quantity: 3 },
        { sku: 'LAMP', quantity: 2 },
      ]),
      order(suite, 'OURS', [{ sku: 'DESK', quantity: 1 }], { shipTo: { ...address, street: '1 sim-bad-address Road' } }),
      order(suite, 'OURS', [{ sku: 'LAMP', quantity: 4 }]),
      order(suite, 'OURS', [{ sku: 'GATE', quantity: 2 }], { requestedOn: (await suite.now()).slice(0, 10) }),
    ]);
    const shipments = await Promise.all(ids.slice(0, 3).map((id) => shipmentsInWork(suite, id)));
    const [first, second, third] = shipments.map(([id]) => id!);
    toPick = first!;
    refused = second!;
    await pickAndPack(suite, ids[1], refused, []);
    await pickAndPack(suite, ids[2], third!, []);
    await invoiced(suite, ids[2]);
    const lines = [{ lineNumber: 1, quantity: 2, reason: 'damaged' }];
    returnId = (await api.post('/v1/returns', 'sales', { shipmentId: third, lines })).body.returnId;
    await eventually(
      async () => (await api.get('/v1/shipments?attention=carrier-refused', 'shipping')).body.items[0]?.id === refused,
    );
  });
  afterAll(async () => {
    await served?.stop();
    await suite?.stop();
  });

  it('F4: the warehouse picks by scanner, loses the network and nothing else, names a shortage, packs and labels', async () => {
    const { context, page } = await served.enter('Wanda Warehouse', '/console/picking', {
      viewport: { width: 1024, height: 768 },
    });
    await page.getByRole('link', { name: toPick }).waitFor();
    await isSound(page, 'picking');
    await page.getByLabel('Scan a work order').fill(toPick);
    await page.keyboard.press('Enter');
    const scan = page.getByLabel('Scan a product');
    await scan.waitFor();
    // Nobody has tapped into the field: the scanner writes where the focus is.
    const scans = async (code: string) => {
      await page.keyboard.type(code);
      await page.keyboard.press('Enter');
    };
    await scans('desk');
    await page.getByText('DESK: 1 of 3').waitFor();
    await scans('2*DESK');
    await scans('CHAIR');
    await page.getByRole('alert').getByText('CHAIR is not in this shipment').waitFor();
    await scans('LAMP');
    await page.getByText('LAMP: 1 of 2').waitFor();
    await isSound(page, 'pick');
    // What was scanned outlives the page.
    await page.reload();
    await page.getByText('3 of 3').waitFor();
    await page.getByRole('button', { name: '1 unit is missing' }).click();
    await page.getByLabel('Why are 1 of LAMP missing?').selectOption('Damaged');
    await isSound(page, 'pick-short');
    await context.setOffline(true);
    await page.getByRole('button', { name: 'Confirm 4 picked, 1 short' }).click();
    await page.getByText('Not confirmed yet').waitFor();
    await isSound(page, 'pick-offline');
    await context.setOffline(false);
    await page.getByRole('button', { name: 'Send again: Confirm 4 picked, 1 short' }).click();
    await page.getByRole('button', { name: 'Another carton' }).click();
    await page.getByLabel('Weight of carton 1').fill('1,5');
    await page.getByLabel('Weight of carton 2').fill('0.5');
    await isSound(page, 'pack');
    await page.getByRole('button', { name: 'Close 2 cartons, 2 kg' }).click();
    await page.getByRole('link', { name: 'Print 2 labels' }).waitFor();
    const { cartons } = (await api.get(`/v1/shipments/${toPick}`, 'warehouse')).body;
    expect(cartons).toMatchObject([{ weightGrams: 1_500 }, { weightGrams: 500 }]);
    await scans(`]C100${cartons[1].sscc}`.slice(3));
    await page.getByText('Carton 2 has its label.').waitFor();
    await isSound(page, 'labels');
    const { rows } = await suite.database.query("SELECT details FROM tasks WHERE kind = 'shortage'");
    expect(rows).toMatchObject([{ details: { shortages: [{ sku: 'LAMP', missing: 1, reason: 'Damaged' }] } }]);
    await context.close();
  });

  it('F1: stock moves by itself; a delivery with a fault says where, and then comes in; a count corrects the shelf', async () => {
    const { context, page } = await served.enter('Wanda Warehouse', '/console/stock', { colorScheme: 'dark' });
    await page.getByText('live', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'DESK' }).waitFor();
    await isSound(page, 'stock-dark');
    await page.getByRole('button', { name: 'Receive goods' }).click();
    await page.getByLabel('Delivery note').fill('DN-1');
    await page.getByLabel('Product (SKU)').last().fill('DESKK');
    await page.getByLabel('Units').fill('5');
    await page.getByLabel('Cost of a unit').fill('40.00');
    await page.getByRole('button', { name: 'Book the delivery in' }).click();
    await page.getByRole('dialog').getByText('DESKK').first().waitFor();
    await isSound(page, 'receive-refused-dark');
    await page.getByLabel('Product (SKU)').last().fill('DESK');
    await page.getByRole('button', { name: 'Book the delivery in' }).click();
    await page.getByText('DN-1 was booked in').waitFor();
    await addStock(suite, 'LAMP', 1_000, 2_000, 'WH-SOUTH');
    await page.getByRole('row', { name: /LAMP.*WH-SOUTH.*1,000/ }).waitFor();
    await page.getByRole('link', { name: 'LAMP' }).last().click();
    await page.getByRole('button', { name: 'Count', exact: true }).click();
    await page.getByLabel('Count sheet').fill('CS-1');
    await page.getByLabel('Units on the shelf').fill('990');
    await page.getByRole('button', { name: 'Book the count' }).click();
    await page.getByText('990 are available now.').waitFor();
    await page.getByRole('button', { name: 'Set reorder point' }).click();
    await page.getByLabel('Order when so few').fill('1000');
    await page.getByLabel('Units to order then').fill('500');
    await page.getByRole('dialog').getByRole('button', { name: 'Set reorder point' }).click();
    await page.getByText('it is time').waitFor();
    await isSound(page, 'stock-place-dark');
    await page.goto(`${api.url}/console/stock?show=reorder&low=true`);
    await page.getByRole('row', { name: /LAMP.*time to order/ }).waitFor();
    await isSound(page, 'reorder-dark');
    await context.close();
  });

  it('S1, S4: shipping sees what a carrier refuses, corrects the address, and audits carriers', async () => {
    const { context, page, faults } = await served.enter('Sven Shipping', '/console/shipping');
    const waiting = page.getByRole('region', { name: 'Refused by the carrier', exact: true });
    await waiting.getByText('cannot be delivered to').waitFor();
    await isSound(page, 'shipping');
    await waiting.getByRole('link', { name: refused }).click();
    await page.getByRole('button', { name: 'Ask the carrier again' }).click();
    await page.getByLabel('Street').fill('1 Dock Road');
    await page.getByLabel('Reason').fill('the customer gave the right one');
    await isSound(page, 'ask-again');
    await page.getByRole('dialog').getByRole('button', { name: 'Ask the carrier again' }).click();
    await page.getByText('with the corrected address').waitFor();
    await eventually(async () => (await api.get(`/v1/shipments/${refused}`, 'shipping')).body.trackingNumber !== null);
    await page.reload();
    await page.getByRole('button', { name: 'Note the delivery' }).waitFor();
    await isSound(page, 'shipment');
    await page.goto(`${api.url}/console/shipping`);
    await page.getByRole('link', { name: 'Warehouses and pickups' }).click();
    const north = page.getByRole('region', { name: 'WH-NORTH' });
    await north.getByRole('row', { name: /^Parcel Simulator every day 23:59 Europe\/Berlin 2/ }).waitFor();
    await isSound(page, 'warehouses');
    await isSoundOnAPhone(page, 'warehouses-phone-dark');
    // A warehouse is for who keeps stock to add.
    expect(await page.getByRole('button', { name: 'Add a warehouse' }).count()).toBe(0);
    await north.getByRole('button', { name: 'Change', exact: true }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Sunday').uncheck();
    await form.getByLabel('Days unlike the others').fill('2027-12-24 11:00\n2027-12-28 never');
    await form.getByLabel('Public holidays of, two letters').fill('de');
    await form.getByRole('button', { name: 'Save the calendar' }).click();
    await form.locator('.mantine-Textarea-error').getByText('Must be a wall time').waitFor();
    await isSound(page, 'pickup-calendar-refused');
    await form.getByLabel('Days unlike the others').fill('2027-12-24 11:00\n2027-12-28 none');
    await form.getByRole('button', { name: 'Save the calendar' }).click();
    await north.getByText('2027-12-28 none').waitFor();
    expect((await api.get('/v1/shipping/pickup-calendars?warehouseId=WH-NORTH', 'sales')).body.items).toMatchObject([
      {
        weekdays: [1, 2, 3, 4, 5, 6],
        cutOff: '23:59',
        transitDays: 2,
        holidayCountry: 'DE',
        holidayRegion: null,
        exceptions: [
          { on: '2027-12-24', cutOff: '11:00' },
          { on: '2027-12-28', cutOff: null },
        ],
      },
    ]);
    await page.goto(`${api.url}/console/carrier-audits`);
    await page.getByRole('button', { name: 'Audit now' }).click();
    await page.getByLabel('What left from').fill((await suite.now()).slice(0, 10));
    await page.getByRole('button', { name: 'Audit these days' }).click();
    await page.getByRole('region', { name: /^Audit / }).waitFor();
    await isSound(page, 'audits');
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export CSV' }).click()]);
    const [head, ...lanes] = readFileSync(await file.path(), 'utf8')
      .trimEnd()
      .split('\r\n');
    expect(head).toContain('onTimeDelivery.share');
    const audits = (await api.get('/v1/shipping/audits', 'shipping')).body.items;
    expect(lanes).toHaveLength(audits.flatMap((audit: { lanes: object[] }) => audit.lanes).length);
    await page.getByLabel('From', { exact: true }).fill('2099-01-01');
    await page.keyboard.press('Enter');
    await page.getByText('No audit is of these days.').waitFor();
    await page.goBack();
    await page.locator('a[href*="/shipments?carrier"]').first().click();
    await page.getByRole('heading', { level: 1, name: 'Shipments' }).waitFor();
    await page.getByRole('table').getByRole('link', { name: refused }).waitFor();
    await isSound(page, 'shipments');
    await page.goto(`${api.url}/console/carrier-claims`);
    await page.getByText('Nothing was claimed from a carrier yet').waitFor();
    await isSound(page, 'claims');
    expect(faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]);
    await context.close();
  });

  it('O4: sales lets goods come back, the warehouse counts and inspects them, and the credit note stands there', async () => {
    const sales = await served.enter('Sol Sales', '/console/returns');
    await sales.page.getByRole('link', { name: returnId }).waitFor();
    await isSound(sales.page, 'returns');
    await sales.page.getByRole('link', { name: returnId }).click();
    await sales.page.getByRole('button', { name: 'Let 2 units come back' }).click();
    await sales.page.getByText('The warehouse waits for the goods').waitFor();
    // What is the warehouse's is not offered to sales.
    expect(await sales.page.getByRole('button', { name: 'Count what came' }).count()).toBe(0);
    await sales.context.close();

    const phone = { viewport: { width: 390, height: 844 }, colorScheme: 'dark' } as const;
    const { context, page, faults } = await served.enter('Wanda Warehouse', `/console/returns/${returnId}`, phone);
    await page.getByRole('button', { name: 'Count what came' }).click();
    await page.getByRole('button', { name: 'Book the count' }).click();
    await page.getByRole('button', { name: 'Inspect' }).click();
    await page.getByLabel('LAMP: back on the shelf').fill('1');
    await page.getByLabel('LAMP: scrapped').fill('1');
    await isSound(page, 'inspect-phone-dark');
    await page.getByRole('button', { name: 'Issue the credit note' }).click();
    await page.getByRole('region', { name: 'Credit note' }).getByText('120.00').first().waitFor();
    await isSound(page, 'return-phone-dark');
    for (const at of ['picking', 'shipping', 'stock', `shipments/${toPick}`, `picking/${toPick}`]) {
      await page.goto(`${api.url}/console/${at}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await isSound(page, `${at.replace('/', '-')}-phone-dark`);
    }
    expect(faults).toEqual([]);
    await context.close();
  });

  it('X9: a file is checked line by line before it is taken in', async () => {
    const { context, page, faults } = await served.enter('Fay Finance', '/console/imports/new?kind=products');
    const csv = 'sku,name,taxRate,weightGrams\nCHAIR,Chair,0.2,4000\nSTOOL,Stool,high,2000\n,Nameless,0.2,1\n';
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'products.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await page.getByRole('button', { name: 'Check the file' }).click();
    await page.getByRole('row', { name: /3 taxRate/ }).waitFor();
    await isSound(page, 'import-checked');
    expect((await api.get('/v1/products/CHAIR', 'sales')).status).toBe(404);
    await page.getByRole('button', { name: 'Take 1 line in, leave 2 out' }).click();
    await page.getByRole('region', { name: 'Outcome' }).waitFor();
    await isSound(page, 'import');
    await page.goto(`${api.url}/console/imports`);
    await page.getByRole('row', { name: /Products/ }).waitFor();
    await isSound(page, 'imports');
    await page.goto(`${api.url}/console/products`);
    await page.getByRole('link', { name: 'CHAIR' }).waitFor();
    await isSound(page, 'products');
    await page.getByRole('link', { name: 'DESK', exact: true }).click();
    await page.getByRole('region', { name: 'Stock', exact: true }).getByText('WH-NORTH').waitFor();
    await isSound(page, 'product');
    await page.goto(`${api.url}/console/price-lists`);
    await page.getByText('There is no price list yet').waitFor();
    await isSound(page, 'price-lists');
    expect(faults).toEqual([]);
    await context.close();
  });

  it('X9: a product, a price list and a price are added and changed one at a time, and nothing by mistake', async () => {
    const { context, page, faults } = await served.enter('Fay Finance', '/console/products');
    const form = page.getByRole('dialog');
    await page.getByRole('button', { name: 'Add a product' }).click();
    await form.getByLabel('SKU').fill('desk');
    await form.getByLabel('Name').fill('Another desk');
    await form.getByLabel('Tax rate in %').fill('12.5');
    await form.getByLabel('List price in EUR').fill('89.90');
    await form.getByRole('button', { name: 'Add the product' }).click();
    await form.getByText('DESK is there already').first().waitFor();
    await form.getByLabel('SKU').fill('BENCH');
    await isSound(page, 'product-add');
    await form.getByRole('button', { name: 'Add the product' }).click();
    await page.getByRole('link', { name: 'BENCH' }).click();
    await page.getByRole('button', { name: 'Change' }).click();
    await form.getByLabel('Another currency').fill('jpy');
    await form.getByLabel('List price in it').fill('14500');
    await form.getByRole('button', { name: 'Save BENCH' }).click();
    await page.getByText('14,500').waitFor();
    expect((await api.get('/v1/products/BENCH', 'sales')).body).toMatchObject({
      name: 'Another desk',
      taxCategory: 'S',
      taxRate: '0.125',
      makeToOrder: false,
      version: 2,
      prices: [
        { currency: 'EUR', unitPriceMinor: 8_990 },
        { currency: 'JPY', unitPriceMinor: 14_500 },
      ],
    });

    await page.goto(`${api.url}/console/price-lists`);
    await page.getByRole('button', { name: 'Add a price list' }).click();
    await form.getByLabel('Id').fill('spring');
    await form.getByLabel('Name').fill('Spring');
    await form.getByLabel('Currency').fill('EUR');
    await form.getByLabel('First day').fill('2027-03-01');
    await form.getByLabel('Last day').fill('2027-02-01');
    await form.getByRole('button', { name: 'Add the price list' }).click();
    await form.locator('.mantine-TextInput-error').getByText('Must not be before the first day').waitFor();
    await form.getByLabel('Last day').fill('2027-05-31');
    await form.getByRole('button', { name: 'Add the price list' }).click();
    await page.getByRole('link', { name: 'SPRING' }).click();
    await page.getByRole('button', { name: 'Write a price' }).click();
    await form.getByLabel('Product (SKU)').fill('NOTHING');
    await form.getByLabel('From units').fill('10');
    await form.getByLabel('Price of a unit in EUR').fill('79');
    await form.getByRole('button', { name: 'Save the price' }).click();
    await form.locator('.mantine-TextInput-error').waitFor();
    await form.getByLabel('Product (SKU)').fill('BENCH');
    await form.getByRole('button', { name: 'Save the price' }).click();
    await page.getByRole('row', { name: /BENCH.*10.*79\.00/ }).waitFor();
    await isSound(page, 'price-list');
    // A price is changed without the list's days being lost, and is taken off again.
    await page.getByRole('row', { name: /BENCH/ }).getByRole('button', { name: 'Change' }).click();
    await form.getByLabel('Price of a unit in EUR').fill('75');
    await form.getByRole('button', { name: 'Save the price' }).click();
    await page.getByRole('row', { name: /BENCH.*75\.00/ }).waitFor();
    await page.getByRole('button', { name: 'Take off' }).click();
    await form.getByRole('button', { name: 'Take the price off' }).click();
    await page.getByText('No price stands on this list yet').waitFor();
    expect((await api.get('/v1/price-lists/SPRING', 'sales')).body).toMatchObject({
      customerId: null,
      validFrom: '2027-03-01',
      validUntil: '2027-05-31',
      version: 4,
    });
    expect(faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]);
    await context.close();
  });

  it('F5: production names another day, which is shown against the customer’s', async () => {
    const { context, page, faults } = await served.enter('Wanda Warehouse', '/console/production');
    await page.getByRole('row', { name: /GATE/ }).getByText('late').waitFor();
    await isSound(page, 'production');
    await page.getByRole('link', { name: /^PRD-/ }).click();
    await page.getByRole('button', { name: 'Slip' }).click();
    await page.getByRole('textbox', { name: 'Ready on' }).fill('2099-01-05');
    await page.getByLabel('Reason').fill('no steel');
    await isSound(page, 'slip');
    await page.getByRole('button', { name: 'Name this day' }).click();
    await page.getByText('Due at first').waitFor();
    await page.getByText('5 Jan 2099').waitFor();
    await isSound(page, 'production-request');
    expect(faults).toEqual([]);
    await context.close();
  });
});
