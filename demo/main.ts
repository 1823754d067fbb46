import { readdirSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { act, StoryStops } from './actions.ts';
import { beginLife, type Life, type Order } from './life.ts';
import { FaultyFile, type OrderFile, readOrderFile } from './order-file.ts';
import { dateInWords, day, heading, line, money, table } from './page.ts';
import { findStack, NotRunning, Problem, type Stack } from './stack.ts';

const examples = fileURLToPath(new URL('../examples/', import.meta.url));

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const expected = [FaultyFile, NotRunning, Problem, StoryStops].some((kind) => error instanceof kind);
  process.stderr.write(`\n${expected ? (error as Error).message : (error as Error).stack}\n`);
  process.exitCode = 1;
}

async function main(paths: string[]): Promise<number> {
  if (paths.length !== 1) {
    process.stdout.write('Takes one order file through its life:  npm run demo -- FILE\n\n');
    for (const name of readdirSync(`${examples}orders`).filter((file) => file.endsWith('.json'))) {
      process.stdout.write(`${relative('', `${examples}orders/${name}`)}\n`);
      line(readOrderFile(`${examples}orders/${name}`).story, '    ');
    }
    return 1;
  }
  // npm runs us in the checkout, wherever the user is.
  const file = readOrderFile(resolve(process.env.INIT_CWD ?? '.', paths[0]!));
  const stack = await findStack();
  heading(file.title);
  line(file.story);
  const life = await setUp(stack, file);
  for (const action of file.script) {
    await life.goTo(action.day);
    await act(life, action, file);
    await life.tellNews();
  }
  const order = await life.order();
  await tellOutcome(life, order);
  if (order.status === file.ends) return 0;
  line(`${order.id} should have ended as ${file.ends}, but is ${order.status}.`, '\n');
  return 1;
}

/**
 * The company if there is none, and goods and a customer of this run's own: the story can be told again and again, and what another
 * one left on the shelves does not change its end.
 */
async function setUp(stack: Stack, file: OrderFile): Promise<Life> {
  const suffix = Date.now().toString(36).slice(-5).toUpperCase();
  const { id: nameInFile, ...details } = file.customer;
  const id = `${nameInFile}-${suffix}`;
  file.order.customerId = id;
  const ownSku = (sku: string) => `${sku}-${suffix}`;
  for (const product of file.products) product.sku = ownSku(product.sku);
  for (const orderLine of file.order.lines) orderLine.sku = ownSku(orderLine.sku);
  for (const action of file.script) if (action.do === 'receive') action.sku = ownSku(action.sku);
  if (file.order.externalReference) file.order.externalReference += `-${suffix}`;

  const seller = JSON.parse(readFileSync(`${examples}company.json`, 'utf8'));
  const company =
    (await stack.find<{ timeZone: string }>('/v1/company')) ??
    (await stack.put<{ timeZone: string }>('/v1/company', seller.company, 'admin'));
  const { items: warehouses } = await stack.get<{ items: { id: string }[] }>('/v1/warehouses');
  for (const { id: warehouseId, ...warehouse } of seller.warehouses) {
    if (warehouses.some((known) => known.id === warehouseId)) continue;
    await stack.put(`/v1/warehouses/${warehouseId}`, warehouse, 'warehouse');
  }
  for (const { sku, receive, ...product } of file.products) {
    await stack.put(`/v1/products/${sku}`, product, 'sales');
    const { warehouseId, ...goods } = receive;
    const receipt = { reference: `${id}-${sku}-FIRST`, warehouseId, lines: [{ sku, ...goods }] };
    await stack.post('/v1/goods-receipts', receipt, 'warehouse');
  }

  const life = await beginLife(stack, id, company.timeZone);
  await life.announce(`${details.name}, ${id},`, 'becomes a customer');
  await stack.put(`/v1/customers/${id}`, details, 'finance');
  if (file.credit) {
    const path = `/v1/customers/${id}/credit-limit`;
    const { outcome } = await stack.put<{ outcome: string }>(path, file.credit, 'credit');
    if (outcome === 'second-approval-needed') await stack.put(path, file.credit, 'credit-2');
  }
  const dateIn = (date: string, days: number) => new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
  for (const { reference, amountMinor, issuedDaysAgo, dueInDays } of file.openItems ?? []) {
    const today = await life.today();
    const dates = { issuedOn: dateIn(today, -issuedDaysAgo), dueOn: dateIn(today, dueInDays) };
    const { currency } = file.customer;
    await stack.post('/v1/opening-items', { customerId: id, currency, amountMinor, reference, ...dates }, 'receivables');
  }
  await life.settle();
  await life.tellNews();
  return life;
}

interface Invoice {
  id: string;
  kind: string;
  grossMinor: number;
  openMinor: number;
  currency: string;
  issuedOn: string;
  dueOn: string;
  dunningLevel: number;
  collectionsSince: string | null;
}

async function tellOutcome(life: Life, order: Order): Promise<void> {
  const { stack, customerId, timeZone } = life;
  const { items: invoices } = await stack.get<{ items: Invoice[] }>(`/v1/invoices?customerId=${customerId}`);
  heading(`${order.id} is ${order.status}`);
  for (const {
    id,
    kind,
    grossMinor,
    openMinor,
    currency,
    issuedOn,
    dueOn,
    dunningLevel,
    collectionsSince,
  } of invoices.reverse()) {
    const fate = [
      openMinor === 0 ? 'paid' : `${money(openMinor, currency)} open`,
      ...(dunningLevel > 0 ? [`dunned to level ${dunningLevel}`] : []),
      ...(collectionsSince ? [`in collections on ${day(collectionsSince, timeZone)}`] : []),
    ];
    line(
      `${id}, ${kind.replace('-', ' ')} over ${money(grossMinor, currency)} of ${dateInWords(issuedOn)}, due ${dateInWords(dueOn)}: ${fate.join(', ')}`,
    );
  }
  if (invoices.length === 0) line('Nothing was billed.');

  heading('Links');
  const links = [
    ['Order', `${stack.apiUrl}/v1/orders/${order.id}`],
    ['Timeline', `${stack.apiUrl}/v1/orders/${order.id}/timeline`],
    ...invoices
      .filter(({ kind }) => kind !== 'opening-item')
      .map(({ id }) => [`PDF of ${id}`, `${stack.apiUrl}/v1/invoices/${id}/pdf`]),
    ['API docs', `${stack.apiUrl}/docs`],
    ...(stack.temporalUiUrl ? [['Workflow', `${stack.temporalUiUrl}/${order.id}`]] : []),
    ...(stack.mailboxUrl ? [['Mailbox', stack.mailboxUrl]] : []),
  ];
  table(links, 2);
  if (stack.keysFile) line(`The API wants a key from ${stack.keysFile}: curl -H "Authorization: Bearer KEY" URL`);

  await tellTrialBalance(life, order);
  const at = await life.now();
  const daysAhead = Math.round((Date.parse(at) - Date.now()) / 86_400_000);
  line(
    `The company clock stands at ${day(at, timeZone)}${daysAhead > 0 ? `, ${daysAhead} days ahead of the wall, and every open order with it` : ''}.`,
    '\n  ',
  );
}

interface Entry {
  id: number;
  currency: string;
  postings: { account: string; side: 'debit' | 'credit'; amountMinor: number }[];
}

interface TrialBalance {
  asOf: string;
  currencies: {
    currency: string;
    accounts: { account: string; debitMinor: number; creditMinor: number }[];
    debitMinor: number;
    creditMinor: number;
  }[];
}

/** The books of the whole company, and beside them what this story put there. */
async function tellTrialBalance({ stack, customerId }: Life, order: Order): Promise<void> {
  const ofCustomer = await stack.get<{ items: Entry[] }>(`/v1/ledger/entries?customerId=${customerId}&limit=200`);
  const ofOrder = await stack.get<{ items: Entry[] }>(`/v1/ledger/entries?orderId=${order.id}&limit=200`);
  const entries = new Map([...ofCustomer.items, ...ofOrder.items].map((entry) => [entry.id, entry]));
  const here = new Map<string, number>();
  for (const { account, side, amountMinor } of [...entries.values()].flatMap((entry) => entry.postings)) {
    here.set(account, (here.get(account) ?? 0) + (side === 'debit' ? amountMinor : -amountMinor));
  }
  const { asOf, currencies } = await stack.get<TrialBalance>('/v1/ledger/trial-balance');
  for (const { currency, accounts, debitMinor, creditMinor } of currencies) {
    const amount = (minor: number) => (minor === 0 ? '' : money(minor, currency).replace(` ${currency}`, ''));
    const sides = (netMinor: number) => [amount(Math.max(0, netMinor)), amount(Math.max(0, -netMinor))];
    const isOurs = currency === order.currency;
    const storyMinor = [...here.values()].filter((netMinor) => netMinor > 0).reduce((total, netMinor) => total + netMinor, 0);
    heading(`Trial balance of ${dateInWords(asOf)}, ${currency}`);
    table([
      ['', 'company debit', 'credit', 'this story debit', 'credit'],
      ...accounts.map((row) => [
        row.account,
        amount(row.debitMinor),
        amount(row.creditMinor),
        ...sides(isOurs ? (here.get(row.account) ?? 0) : 0),
      ]),
      ['both sides', amount(debitMinor), amount(creditMinor), ...(isOurs ? [amount(storyMinor), amount(storyMinor)] : ['', ''])],
    ]);
  }
}
