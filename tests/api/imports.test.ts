import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guard, readCsv, unguard, writeCsv } from '../../api/csv.ts';
import { customerLine, openItemLine, priceLine, productLine, readLines, stockLine } from '../../api/import-lines.ts';
import { Refusal } from '../../domain/failures.ts';
import { addCustomer, addProduct, addStock, becomes, order, setUpCompany, trialBalance } from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { type Suite, startSuite } from '../suite.ts';
import { type Api, startApi } from './client.ts';

let suite: Suite;
let api: Api;
beforeAll(async () => {
  suite = await startSuite();
  api = await startApi(suite);
  await setUpCompany(suite.database);
  await addProduct(suite.database, 'DESK', 10_000);
});
afterAll(async () => {
  await api?.stop();
  await suite?.stop();
});

type Kind = 'customers' | 'products' | 'prices' | 'stock';
const csv = { 'Content-Type': 'text/csv' };
function send(kind: Kind, content: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}, query = '') {
  const as = kind === 'stock' ? 'warehouse' : 'sales';
  return api.ask('POST', `/v1/imports/${kind}${query}`, { as, raw: content, headers: { ...csv, ...headers } });
}
const dryRun = (kind: Kind, content: string) => send(kind, content, {}, '?dryRun=true');
const exported = async (kind: string, as = 'finance') =>
  String((await api.get(`/v1/exports/${kind}.csv`, as)).body as Uint8Array);

/** Everything that an import could touch. */
async function footprint(): Promise<string> {
  const tables = ['customers', 'credit_accounts', 'products', 'prices', 'list_prices', 'price_lists', 'stock', 'stock_movements'];
  tables.push('journal_entries', 'imports', 'documents', 'audit_log', 'idempotency_keys');
  const all = await Promise.all(
    tables.map((table) => suite.database.query(`SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) AS sum FROM ${table} t`)),
  );
  return JSON.stringify(all.map(({ rows }) => rows));
}
async function product(sku: string) {
  const { status, body } = await api.get(`/v1/products/${sku}`, 'sales');
  return status === 200 ? body : undefined;
}

describe('importing master data', () => {
  const file = [
    '\uFEFFsku;name;taxRate;weightGrams',
    'LAMP;"Lamp; brass, ""old""";0.20;1200',
    '',
    'SHELF;Shelf;20 %;heavy',
    'TABLE;"a name',
    'of two lines";0.20;1',
    'STOOL;Stool;0.07',
    'VASE;Vase;0.07;',
    'LAMP;Lamp again;0.20;1',
    'BOX;;0.20;1',
  ].join('\r\n');
  const faults = [
    { line: 4, field: 'taxRate' },
    { line: 4, field: 'weightGrams' },
    { line: 5, field: 'name' },
    { line: 7, field: '', code: 'columns' },
    { line: 9, field: 'sku', code: 'repeated' },
    { line: 10, field: 'name', code: 'required' },
  ];

  it('X9: a dry run lists every fault by line and field and changes nothing', async () => {
    const before = await footprint();
    const tried = await dryRun('products', file);
    expect(tried).toMatchObject({ status: 200, body: { id: null, lineCount: 7, createdCount: 2, rejectedCount: 5, faults } });
    expect(tried.body.faults).toHaveLength(faults.length);
    expect(await footprint()).toBe(before);
  });

  it('X9: good lines are taken, bad ones rejected with the reason; the result and the file can be read again', async () => {
    const taken = await send('products', file);
    expect(taken).toMatchObject({ status: 201, body: { createdCount: 2, changedCount: 0, rejectedCount: 5, faults } });
    expect(taken.headers.get('location')).toBe(`/v1/imports/${taken.body.id}`);
    expect(await product('LAMP')).toMatchObject({ name: 'Lamp; brass, "old"', weightGrams: 1_200, taxCategory: 'S' });
    expect(await product('VASE')).toMatchObject({ weightGrams: 0 });
    for (const sku of ['SHELF', 'TABLE', 'STOOL', 'BOX']) expect([sku, await product(sku)]).toEqual([sku, undefined]);
    const kept = await api.get(`/v1/imports/${taken.body.id}`, 'sales');
    expect(kept.body).toEqual({ ...taken.body, actor: 'sales', at: kept.body.at });
    expect(String((await api.get(`/v1/imports/${taken.body.id}/file`, 'sales')).body)).toBe(file);
    expect((await api.get('/v1/imports?kind=products', 'sales')).body.items[0].id).toBe(taken.body.id);
    expect((await api.get('/v1/imports?kind=stock', 'sales')).body.items).toEqual([]);
  });

  it('X9: the same file again changes nothing, and the same key gets the same answer', async () => {
    const headers = { 'Idempotency-Key': randomUUID() };
    const first = await send('products', file, headers);
    expect(first.body).toMatchObject({ createdCount: 0, changedCount: 0, unchangedCount: 2, rejectedCount: 5 });
    expect((await product('LAMP')).version).toBe(1);
    const before = await footprint();
    expect((await send('products', file, headers)).body).toEqual(first.body);
    expect((await send('products', 'sku,name\nLAMP,Other', headers)).status).toBe(422);
    expect(await footprint()).toBe(before);
  });

  it('X9: what a file does not mention stays, as a column and as an empty cell; every change leaves an audit row', async () => {
    const changed = await send('products', 'weightGrams,name,sku\n7,,LAMP\n');
    expect(changed.body).toMatchObject({ changedCount: 1, rejectedCount: 0 });
    expect(await product('LAMP')).toMatchObject({ name: 'Lamp; brass, "old"', weightGrams: 7, version: 2, taxRate: '0.20' });
    const { rows } = await suite.database.query(
      "SELECT action, before, after, actor FROM audit_log WHERE reason = $1 AND action = 'product-changed'",
      [changed.body.id],
    );
    expect(rows).toMatchObject([{ before: { sku: 'LAMP', weightGrams: 1_200 }, after: { weightGrams: 7 }, actor: 'sales' }]);
  });

  it('I2: instalments and discounts come in by file and API, go out again, and are refused when they do not make sense', async () => {
    const instalments = [
      { share: '0.3', days: 30 },
      { share: '0.7', days: 0, months: 3 },
    ];
    const discounts = [{ rate: '0.02', days: 10 }];
    const details = {
      name: 'Terms',
      email: 'terms@customer.example',
      billingAddress: { name: 'Terms', street: '1 Street', city: 'Berlin', postalCode: '10115', country: 'DE' },
      currency: 'EUR',
    };
    const put = (terms: object) => api.put('/v1/customers/CUST-TERMS', 'sales', { ...details, terms });
    const net = { kind: 'net', days: 30 };
    for (const [wrong, path] of [
      [{ ...net, instalments: [...instalments, { share: '0.1', days: 0 }] }, '/terms/instalments'],
      [{ ...net, instalments: [{ share: '1.0', days: 0 }, instalments[0]] }, '/terms/instalments/0/share'],
      [{ kind: 'due-on-receipt', days: 0, instalments }, '/terms/instalments'],
      [{ ...net, discounts: [{ rate: '2', days: 10 }] }, '/terms/discounts/0/rate'],
      [{ kind: 'prepayment', days: 0, discounts }, '/terms/discounts'],
    ] as const) {
      const refused = await put(wrong);
      expect([refused.status, refused.body.errors[0].path]).toEqual([400, path]);
    }
    expect((await put({ ...net, instalments, discounts })).status).toBe(201);
    const delivered = (deliveryTerms: string) =>
      api.put('/v1/customers/CUST-DDP', 'sales', { ...details, terms: net, deliveryTerms });
    expect(await delivered('XYZ')).toMatchObject({ status: 400, body: { errors: [{ path: '/deliveryTerms' }] } });
    expect(await delivered('DDP')).toMatchObject({ status: 201, body: { deliveryTerms: 'DDP' } });
    expect((await api.get('/v1/customers/CUST-TERMS', 'sales')).body.terms).toEqual({ ...net, instalments, discounts });

    const row = /.*CUST-TERMS.*/.exec(await exported('customers'))![0];
    expect(row).toContain('0.3/30 0.7/0/3,0.02/10');
    const header = (await exported('customers')).split('\r\n')[0]!;
    expect((await send('customers', `${header}\n${row}\n`)).body).toMatchObject({ unchangedCount: 1, faults: [] });
    const columns = 'id,termsInstalments,termsDiscounts';
    const wrong = await send('customers', `${columns}\nCUST-TERMS,0.3/30 0.8/90,2%/10\n`);
    expect(wrong.body.faults).toMatchObject([
      { line: 2, field: 'termsInstalments' },
      { line: 2, field: 'termsDiscounts' },
    ]);
    expect((await send('customers', `${columns}\nCUST-TERMS,0.5/10 0.5/20,0.03/5 0.01/9\n`)).body).toMatchObject({
      changedCount: 1,
    });
    expect((await api.get('/v1/customers/CUST-TERMS', 'sales')).body.terms).toEqual({
      ...net,
      instalments: [
        { share: '0.5', days: 10 },
        { share: '0.5', days: 20 },
      ],
      discounts: [
        { rate: '0.03', days: 5 },
        { rate: '0.01', days: 9 },
      ],
    });
    await send('customers', 'id,termsKind\nCUST-TERMS,due-on-receipt\n');
    expect((await api.get('/v1/customers/CUST-TERMS', 'sales')).body.terms).toEqual({ kind: 'due-on-receipt', days: 30 });
  });

  it('X9: customers are taken in with a credit account, and lists, other terms and the currency stay', async () => {
    const header =
      'id,name,email,currency,termsKind,termsDays,billingName,billingStreet,billingCity,billingPostalCode,billingCountry';
    const row = 'CUST-NEW,New,new@customer.example,EUR,net,14,New,1 Street,Berlin,10115,DE';
    expect((await send('customers', `${header}\n${row}\n`)).body).toMatchObject({ createdCount: 1, faults: [] });
    const account = await api.get('/v1/customers/CUST-NEW/account', 'sales');
    expect(account.body).toMatchObject({ currency: 'EUR', standing: 'none' });
    await suite.database.query(
      `UPDATE customers SET contacts = '[{"name":"Ann"}]', terms = terms || '{"endOfMonth":true}' WHERE id = 'CUST-NEW'`,
    );
    const next = await send(
      'customers',
      'id,termsDays,backOrderAllowed,segment,currency\nCUST-NEW,60,TRUE,TRADE,EUR\nCUST-NOBODY,1,false,,EUR\nCUST-USD,1,maybe,trade,EUX\n',
    );
    expect(next.body).toMatchObject({ changedCount: 1, rejectedCount: 2 });
    const missed = next.body.faults.filter((fault: { line: number }) => fault.line === 3);
    expect(missed.map((fault: { field: string }) => fault.field)).toContain('billingStreet');
    expect(
      next.body.faults.filter((fault: { line: number }) => fault.line === 4).map((fault: { field: string }) => fault.field),
    ).toEqual(expect.arrayContaining(['backOrderAllowed', 'segment', 'currency']));
    expect((await api.get('/v1/customers/CUST-NEW', 'sales')).body).toMatchObject({
      contacts: [{ name: 'Ann' }],
      terms: { kind: 'net', days: 60, endOfMonth: true },
      backOrderAllowed: true,
      segment: 'TRADE',
      name: 'New',
    });
    const moved = await send('customers', 'id,currency\nCUST-NEW,USD\n');
    expect(moved.body.faults).toMatchObject([{ line: 2, field: 'currency', code: 'customer-currency' }]);
    const emptied = await send('customers', JSON.stringify([{ id: 'CUST-NEW', segment: null }]), {
      'Content-Type': 'application/json',
    });
    expect(emptied.body).toMatchObject({ changedCount: 1 });
    expect((await api.get('/v1/customers/CUST-NEW', 'sales')).body.segment).toBeNull();
    const timeline = await api.get('/v1/customers/CUST-NEW/timeline', 'sales');
    expect(timeline.body.items.map((entry: { action: string }) => entry.action)).toEqual([
      'customer-created',
      'customer-changed',
      'customer-changed',
    ]);
  });

  it('O1, X9: prices of products and of lists come in by file and price the next order', async () => {
    await addCustomer(suite.database, 'CUST-PRICE', { backOrderAllowed: true });
    await api.put('/v1/price-lists/PRICED', 'sales', { name: 'Priced', currency: 'EUR', customerId: 'CUST-PRICE' });
    const sent = await send(
      'prices',
      [
        'sku,priceListId,minimumQuantity,currency,unitPriceMinor',
        'DESK,,,EUR,11000',
        'DESK,PRICED,1,,9000',
        'DESK,PRICED,10,EUR,8000',
        'DESK,PRICED,20,USD,1',
        'DESK,NO-LIST,1,,1',
        'NO-SKU,,,EUR,1',
        'DESK,,,,1',
        'DESK,,5,USD,1',
        'DESK,PRICED,1,,2',
        'DESK,PRICED,30,,-5',
      ].join('\n'),
    );
    expect(sent.body).toMatchObject({ lineCount: 10, createdCount: 2, changedCount: 1, rejectedCount: 7 });
    expect(sent.body.faults.map((fault: { line: number; code: string }) => `${fault.line} ${fault.code}`)).toEqual([
      '5 price-list-currency',
      '6 unknown-price-list',
      '7 unknown-sku',
      '8 required',
      '9 needs-price-list',
      '10 repeated',
      '11 too-small',
    ]);
    const lines = [{ sku: 'DESK', quantity: 12 }];
    const placed = await api.post('/v1/orders', 'sales', { customerId: 'CUST-PRICE', currency: 'EUR', lines });
    expect(placed.body.lines[0]).toMatchObject({ unitPriceMinor: 8_000, priceListId: 'PRICED' });
    const json = { 'Content-Type': 'application/json' };
    const off = await send(
      'prices',
      JSON.stringify([{ sku: 'DESK', priceListId: 'PRICED', minimumQuantity: 10, unitPriceMinor: null }]),
      json,
    );
    expect(off.body).toMatchObject({ changedCount: 1, faults: [] });
    const then = await api.post('/v1/orders', 'sales', { customerId: 'CUST-PRICE', currency: 'EUR', lines });
    expect(then.body.lines[0]).toMatchObject({ unitPriceMinor: 9_000 });
  });
});

describe('importing stock', () => {
  const header = 'kind,reference,sku,warehouseId,quantity,unitCostMinor';

  it('X9, A3: opening stock, receipts and counts move stock and ledger together, once per reference', async () => {
    await addProduct(suite.database, 'PEN', 100);
    const before = await trialBalance(suite.database);
    const file = [
      header,
      'opening,OPEN-1,PEN,WH-NORTH,100,10',
      'received,DN-7,PEN,WH-NORTH,50,16',
      'counted,SHEET-1,PEN,WH-NORTH,140,',
      'counted,SHEET-1,PEN,WH-SOUTH,5,',
      'counted,SHEET-2,PEN,WH-SOUTH,5,12',
      'received,DN-8,PEN,WH-NOWHERE,1,1',
      'received,DN-9,PEN,WH-NORTH,0,1',
      'received,DN-9,PEN,WH-SOUTH,1,',
    ].join('\n');
    const taken = await send('stock', file);
    expect(taken.body).toMatchObject({ createdCount: 4, rejectedCount: 4 });
    expect(taken.body.faults.map((fault: { line: number; field: string }) => `${fault.line} ${fault.field}`)).toEqual([
      '5 unitCostMinor',
      '7 warehouseId',
      '8 quantity',
      '9 unitCostMinor',
    ]);
    const stock = await api.get('/v1/stock?sku=PEN', 'warehouse');
    expect(stock.body.items).toMatchObject([
      { warehouseId: 'WH-NORTH', onHand: 140, valueMinor: 1_680 },
      { warehouseId: 'WH-SOUTH', onHand: 5, valueMinor: 60 },
    ]);
    const after = await trialBalance(suite.database);
    const moved = (account: string) => (after[account] ?? 0) - (before[account] ?? 0);
    expect([moved('inventory'), moved('opening-balance'), moved('goods-received-clearing'), moved('shrinkage')]).toEqual([
      1_740, -1_000, -800, 60,
    ]);

    // Line 5 would agree by now: there are five.
    const again = await send('stock', file.replace('counted,SHEET-1,PEN,WH-SOUTH,5,\n', ''));
    expect(again.body).toMatchObject({ createdCount: 0, unchangedCount: 4, rejectedCount: 3 });
    expect(await trialBalance(suite.database)).toEqual(after);
    const corrected = await send('stock', `${header}\nreceived,DN-7,PEN,WH-NORTH,51,16\ncounted,SHEET-1,PEN,WH-NORTH,141,\n`);
    expect(corrected.body.faults).toMatchObject([
      { line: 2, code: 'already-booked' },
      { line: 3, code: 'already-booked' },
    ]);
    const lines = [{ sku: 'PEN', quantity: 50, unitCostMinor: 16 }];
    const receipt = { reference: 'DN-7', warehouseId: 'WH-NORTH', lines };
    expect((await api.post('/v1/goods-receipts', 'warehouse', receipt)).status).toBe(409);
    await checkInvariants(suite.database);
  });

  it('X9: a count that agrees with the books counts once; one below what is reserved takes the reservation back', async () => {
    await addProduct(suite.database, 'INK', 100);
    await addStock(suite, 'INK', 10, 5);
    await addCustomer(suite.database, 'CUST-INK', { limitMinor: 1_000_000 });
    const orderId = await order(suite, 'CUST-INK', [{ sku: 'INK', quantity: 4 }]);
    await becomes(suite, orderId, 'in-fulfilment');
    const agreed = `${header}\ncounted,SHEET-9,INK,WH-NORTH,10,\n`;
    expect((await send('stock', agreed)).body).toMatchObject({ createdCount: 1 });
    expect((await send('stock', agreed)).body).toMatchObject({ createdCount: 0, unchangedCount: 1 });
    const short = `${header}\ncounted,SHEET-10,INK,WH-NORTH,3,\n`;
    const before = await footprint();
    expect((await dryRun('stock', short)).body).toMatchObject({ createdCount: 1, rejectedCount: 0 });
    expect(await footprint()).toBe(before);
    expect((await send('stock', short)).body).toMatchObject({ createdCount: 1 });
    await becomes(suite, orderId, 'awaiting-choice');
    expect((await send('stock', short)).body).toMatchObject({ createdCount: 0, unchangedCount: 1 });
    await checkInvariants(suite.database);
  });

  it('F3, X9: goods that a file brings wake the back-orders that wait for them', async () => {
    await addProduct(suite.database, 'RARE', 100);
    await addCustomer(suite.database, 'CUST-RARE', { limitMinor: 1_000_000, backOrderAllowed: true });
    const orderId = await order(suite, 'CUST-RARE', [{ sku: 'RARE', quantity: 2 }]);
    await becomes(suite, orderId, 'back-ordered');
    await send('stock', `${header}\nreceived,DN-RARE,RARE,WH-NORTH,2,50\n`);
    await becomes(suite, orderId, 'in-fulfilment');
  });

  it('X9, X1: the same file sent twice at once is booked once', async () => {
    await addProduct(suite.database, 'TWIN', 100);
    const file = `${header}\nreceived,DN-TWIN,TWIN,WH-NORTH,5,10\nopening,OPEN-TWIN,TWIN,WH-SOUTH,5,10\n`;
    const answers = await Promise.all([1, 2, 3, 4].map(() => send('stock', file)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(answers.filter(({ body }) => body.createdCount === 2)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.unchangedCount === 2)).toHaveLength(3);
    const stock = await api.get('/v1/stock?sku=TWIN', 'warehouse');
    expect(stock.body.items.map((row: { onHand: number }) => row.onHand)).toEqual([5, 5]);
    await checkInvariants(suite.database);
  });
});

describe('files that cannot be read', () => {
  it.each([
    ['an empty file', '', 400, 'empty-file'],
    ['blank lines only', '\n\n\n', 400, 'empty-file'],
    ['bytes that are not UTF-8', Uint8Array.from([0x73, 0x6b, 0x75, 0x0a, 0xc3, 0x28]), 400, 'malformed-file'],
    ['an unknown column', 'sku,colour\nA,red', 422, 'invalid-header'],
    ['a column twice', 'sku,name,name\nA,b,c', 422, 'invalid-header'],
    ['no key', 'name\nDesk', 422, 'invalid-header'],
    ['more than 10,000 lines', `sku,name\n${'A,b\n'.repeat(10_001)}`, 422, 'too-many-lines'],
    ['more than 5 MB', `sku,name\n${'x'.repeat(6_000_000)}`, 413, 'body-too-large'],
  ] as const)('X9: %s is refused as a whole', async (_, content, status, type) => {
    const before = await footprint();
    const sent = await send('products', content);
    expect(sent).toMatchObject({ status, body: { type: `/problems/${type}` } });
    expect(await footprint()).toBe(before);
  });

  it('X9: JSON is an array of objects, and another content type is refused', async () => {
    const json = { 'Content-Type': 'application/json' };
    for (const [content, status] of [
      ['{"sku":"A"}', 400],
      ['[', 400],
      ['[]', 400],
    ] as const) {
      expect((await send('products', content, json)).status).toBe(status);
    }
    const odd = await send('products', '[1, null, [], {"sku": "ODD", "colour": "red"}, {"name": "x"}]', json);
    expect(odd.body).toMatchObject({ lineCount: 5, rejectedCount: 5 });
    expect((await send('products', 'sku', { 'Content-Type': 'text/plain' })).status).toBe(415);
  });

  it('X9: after a broken quote nothing is read, and what stood before it is taken', async () => {
    const sent = await send('products', 'sku,name,taxRate\nQ-1,One,0\nQ-2,"Two"x,0\nQ-3,Three,0\n');
    expect(sent.body).toMatchObject({ lineCount: 2, createdCount: 1, faults: [{ line: 3, code: 'broken-quotes' }] });
    expect([(await product('Q-1'))?.name, await product('Q-3')]).toEqual(['One', undefined]);
  });
});

describe('exports', () => {
  it('X9: products, customers and prices come back by import as they were', async () => {
    await addProduct(suite.database, 'ODD', 4_200);
    const names = [`=1+1`, `-5`, `@you`, `'=quoted`, `a "b", c; d`, `'plain`];
    for (const [index, name] of names.entries()) {
      await suite.database.query("INSERT INTO products (sku, name, tax_rate, at) VALUES ($1, $2, '0.1', now())", [
        `ODD-${index}`,
        name,
      ]);
    }
    const products = await exported('products');
    expect(products).toContain(`ODD-0,'=1+1,`);
    for (const kind of ['products', 'customers', 'prices'] as const) {
      const file = await exported(kind);
      const back = await send(kind, file);
      expect(back.body).toMatchObject({ createdCount: 0, changedCount: 0, rejectedCount: 0, faults: [] });
      expect([kind, back.body.unchangedCount]).toEqual([kind, file.trim().split('\r\n').length - 1]);
      expect(await exported(kind)).toBe(file);
    }
  });

  it('A3, X9: the journal’s debits equal its credits in the file, and stock says what lies there', async () => {
    const [head, ...rows] = readCsv(await exported('journal'), 100_000).records.map(({ cells }) => cells);
    expect(head).toBeDefined();
    const all = [head!, ...rows];
    const sum = (at: number) => all.reduce((total, cells) => total + Number(cells[at] || 0), 0);
    expect(all.length).toBeGreaterThan(5);
    expect(sum(6)).toBe(sum(7));
    expect(await exported('stock')).toMatch(/^sku,warehouseId,onHand,reserved,available,valueMinor\r\n/);
    expect((await api.get('/v1/exports/journal.csv', 'sales')).status).toBe(403);
  });

  it('X9: an export longer than a page has every row once', async () => {
    await suite.database.query(
      "INSERT INTO products (sku, name, tax_rate, at) SELECT 'BULK-' || n, 'Bulk', '0', now() FROM generate_series(1, 2500) n",
    );
    const skus = readCsv(await exported('products'), 100_000).records.map(({ cells }) => cells[0]);
    expect(new Set(skus).size).toBe(skus.length);
    expect(skus.filter((sku) => sku!.startsWith('BULK-'))).toHaveLength(2_500);
  });

  it('X9: 10,000 lines are taken in one go', async () => {
    const file = `sku,name,taxRate\n${Array.from({ length: 10_000 }, (_, n) => `MASS-${n},Mass ${n},0.20`).join('\n')}\n`;
    const startedAt = performance.now();
    expect((await send('products', file)).body).toMatchObject({ createdCount: 10_000, rejectedCount: 0 });
    const tookMs = performance.now() - startedAt;
    expect((await send('products', file)).body).toMatchObject({ unchangedCount: 10_000 });
    const worst = await dryRun('products', file.replaceAll('0.20', 'x'));
    expect(worst.body).toMatchObject({ rejectedCount: 10_000, faultCount: 10_000 });
    console.log(`10,000 new products by CSV: ${Math.round(tookMs)} ms`);
  });
});

const shapes = {
  products: productLine,
  customers: customerLine,
  prices: priceLine,
  stock: stockLine,
  'open-items': openItemLine,
};

/** What must hold of any file whatever: it is refused, or each of its lines is either taken whole or has a fault. */
function mustBeSound(kind: keyof typeof shapes, contentType: string, bytes: Buffer): void {
  let read: ReturnType<typeof readLines>;
  try {
    read = readLines(shapes[kind] as typeof productLine, { contentType, bytes });
  } catch (error) {
    if (error instanceof Refusal && error.status >= 400 && error.status < 500) return;
    throw error;
  }
  const taken = read.lines.map(({ line }) => line);
  const faulty = new Set(read.faults.map(({ line }) => line));
  expect(new Set(taken).size).toBe(taken.length);
  expect(taken.filter((line) => faulty.has(line))).toEqual([]);
  expect(taken.length + faulty.size).toBe(read.lineCount);
  const physicalLines = bytes.toString('utf8').split(/\r\n?|\n/).length;
  for (const line of [...taken, ...faulty]) {
    expect(line).toBeGreaterThan(0);
    if (contentType === 'text/csv') expect(line).toBeLessThanOrEqual(physicalLines);
  }
}

const sample = Buffer.from('\uFEFFsku,name,taxRate\r\nA,"a, ""b""\r\nc",0.2\r\nB,=b,0\r\n\r\nC,\'-c,1\r\n');
const mutation = fc.tuple(
  fc.nat(),
  fc.nat({ max: 4 }),
  fc.oneof(fc.constantFrom(...Buffer.from('",;\n\r\'=\0')), fc.nat({ max: 255 })),
);
const mutated = fc.array(mutation, { minLength: 1, maxLength: 6 }).map((mutations) =>
  mutations.reduce((bytes, [at, cut, byte]) => {
    const place = bytes.length === 0 ? 0 : at % bytes.length;
    return Buffer.concat([bytes.subarray(0, place), Buffer.from([byte]), bytes.subarray(place + cut)]);
  }, sample),
);
const kind = fc.constantFrom(...(Object.keys(shapes) as (keyof typeof shapes)[]));
const contentType = fc.constantFrom('text/csv', 'application/json');

describe('any file whatever', () => {
  it('X9: mutated files sent for good leave whole records or none', async () => {
    await fc.assert(
      fc.asyncProperty(mutated, async (content) => {
        const sent = await send('products', Uint8Array.from(content));
        expect(sent.status).toBeLessThan(500);
        if (sent.status !== 201) return;
        const { lineCount, createdCount, changedCount, unchangedCount, rejectedCount, faults } = sent.body;
        expect(createdCount + changedCount + unchangedCount + rejectedCount).toBe(lineCount);
        expect(new Set(faults.map((fault: { line: number }) => fault.line)).size).toBe(rejectedCount);
      }),
      { numRuns: 60 },
    );
  });

  it('X9: arbitrary bytes and text never crash, and no line is both taken and rejected', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array)),
      fc.string({ unit: 'binary', maxLength: 300 }).map((text) => Buffer.from(`sku,name,unitPriceMinor\n${text}`)),
      fc.json().map((text) => Buffer.from(`[${text}]`)),
    );
    fc.assert(
      fc.property(kind, contentType, bytes, (of, type, content) => mustBeSound(of, type, content)),
      { numRuns: 2_000 },
    );
  });

  it('X9: a mutated file never crashes, and no line is both taken and rejected', () => {
    fc.assert(
      fc.property(mutated, (content) => mustBeSound('products', 'text/csv', content)),
      { numRuns: 3_000 },
    );
  });

  it('X9: a file that breaks off gives the lines before the break, each whole, and no other', () => {
    // A quote inside a cell is doubled, and between the two a break cannot be told from the cell's end.
    const whole = fc.string().map((text) => text.replaceAll('"', '\n'));
    const rows = fc.array(fc.tuple(whole, whole, whole), { minLength: 1, maxLength: 6 });
    const quoted = (row: readonly string[]) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
    fc.assert(
      fc.property(rows, fc.nat(), fc.constantFrom('\n', '\r\n'), (given, at, end) => {
        const content = [['sku', 'name', 'taxRate'], ...given].map((row) => quoted(row)).join(end);
        const cut = content.slice(0, at % (content.length + 1));
        // Right after a comma it is a whole line whose last cell is empty.
        fc.pre(!cut.endsWith(','));
        const { header, records } = readCsv(cut, 1_000);
        const complete = records.filter(({ cells }) => cells.length === 3).map(({ cells }) => cells);
        if (header?.cells.length === 3) expect(given.slice(0, complete.length)).toEqual(complete);
        else expect(complete).toEqual([]);
        expect(readCsv(content, 1_000).records.map(({ cells }) => cells)).toEqual(given);
      }),
      { numRuns: 1_000 },
    );
  });

  it('X9: what is written is what is read, and no cell is left for a spreadsheet to calculate', () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom('=1', '+1', '-1', '@a', "'=1", "''", '"', 'a\nb', ';', ','));
    const grid = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(grid, (given) => {
        const { records } = readCsv(writeCsv([['a', 'b'], ...given]), 1_000);
        expect(records.map(({ cells }) => cells.map(unguard))).toEqual(given);
        for (const { cells } of records) for (const text of cells) expect(text).not.toMatch(/^[=+\-@\t\r]/);
      }),
    );
    fc.assert(fc.property(cell, (text) => unguard(guard(text)) === text));
  });
});
