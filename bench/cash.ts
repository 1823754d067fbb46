import { parseArgs } from 'node:util';
import { importLines, matchLines } from '../activities/bank-statements.ts';
import { openDatabase } from '../db/client.ts';
import { migrate } from '../db/migrate.ts';
import { paymentReference } from '../domain/invoice.ts';
import { addDays, fromMillis, localDate } from '../domain/time.ts';
import { startTestStack } from '../stack/testing.ts';
import { type BankEntry, camt } from '../tests/bank-file.ts';
import { type ManyItem, takeOverMany } from '../tests/many-items.ts';
import { mulberry32 } from '../tests/random.ts';
import { customers, setUpCompany } from './company.ts';

/*
 * npm run bench:cash -- [--lines 1000] [--seed 7] [--late]
 *
 * What automatic posting is worth: a statement of which every line is labelled with what it pays, made from a seed, with the flaws of
 * life, often several on a line: references garbled, missing or of something else, lump sums, amounts short by a little or by a bank's
 * fee, customers of alike names, payers who pay for others, money for what is not billed here, and payments that come twice. A tenth of
 * the customers owe twenty items besides, the others three, and a third of all amounts are round, so that amounts meet by chance.
 * Precision: of the lines that posted by themselves, how many paid what they were meant to. "In part": nothing wrong was paid, and not
 * all that was meant. Recall: of those that a rule could have known, how many posted rightly. And how many lines a second are taken
 * in and matched, by one process, on a PostgreSQL that flushes to disk. With --late every third item was due three weeks ago.
 */
const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '7' },
    late: { type: 'boolean', default: false },
  },
});
const count = Number(values.lines);
const random = mulberry32(Number(values.seed));
const pick = (below: number) => Math.floor(random() * below);

const kinds = {
  'right reference': 42,
  'number in the text': 12,
  'right reference, paid by another customer': 4,
  'garbled reference, known account': 8,
  'no reference, known account': 6,
  'lump sum': 5,
  'short inside the tolerance': 3,
  'short outside it': 3,
  'garbled and short inside the tolerance': 2,
  'garbled and short by a bank’s fee': 2,
  'alike names, number in the text': 2,
  'longer of two alike names, no reference': 1,
  'shorter of two alike names, no reference': 1,
  'twin amounts, no reference': 3,
  'paid twice': 2,
  'for what is not billed here': 2,
  'unknown payer': 2,
} as const;
type Kind = keyof typeof kinds;
/** Nobody could know what these pay, or they pay nothing that is open: to post them is wrong even when it hits. */
const unknowable = new Set<Kind>([
  'garbled and short by a bank’s fee',
  'shorter of two alike names, no reference',
  'twin amounts, no reference',
  'paid twice',
  'for what is not billed here',
  'unknown payer',
]);
const firms = ['Nordwind Handel', 'Elbe Logistik', 'Hanse Werkzeug', 'Alster Papier', 'Linden Metall'];

const stack = await startTestStack({ durable: true, progress: (text) => console.log(`  Temporal: ${text}`) });
const url = stack.postgresUrl('throughline');
await migrate(url);
await setUpCompany(url);
const database = openDatabase({ url, maxConnections: 4 });
try {
  const at = fromMillis(Date.now());
  const today = localDate(at, 'Europe/Berlin');
  const payers = await morePayers();
  const lines = await labelledLines(payers, at, today);
  const statementId = await takeIn(
    lines.map(({ entry }) => entry),
    at,
  );
  const matching = performance.now();
  const { inSets } = await matchLines(database, { statementId, at, offsetMs: 0 });
  tellRate('matched and posted', lines.length, matching);
  console.log(`posted in sets: ${((100 * inSets) / lines.length).toFixed(1)} %`);
  await report(statementId, lines);
} finally {
  await database.close();
  await stack.stop();
}

interface Labelled {
  kind: Kind;
  entry: BankEntry;
  pays: string[];
  /** What stays open of them: a payment that is too short to be taken for full. */
  leavesMinor: number;
}

/** The bench's customers, and so many more that a larger file has more payers and not more items of each. */
async function morePayers(): Promise<string[]> {
  const more = Array.from({ length: Math.max(0, Math.ceil(count / 5) - customers.length) }, (_, index) => `PAYER-${index + 1}`);
  await database.query(
    `INSERT INTO customers (id, name, email, billing_address, currency, terms, at)
     SELECT p.id, 'Customer ' || p.id, email, billing_address, currency, terms, at FROM customers c, unnest($1::text[]) AS p (id) WHERE c.id = $2`,
    [more, customers[0]],
  );
  await database.query(
    `INSERT INTO credit_accounts (customer_id, currency, standing, limit_minor, expires_at)
     SELECT id, 'EUR', 'approved', 1000000000000, '2099-01-01Z' FROM unnest($1::text[]) AS id`,
    [more],
  );
  return [...customers, ...more];
}

/** Each line that pays has items of its own; what its customer owes besides stands in the way. */
async function labelledLines(customers: string[], at: string, today: string): Promise<Labelled[]> {
  await database.query(
    `INSERT INTO payer_accounts (iban, customer_ids, changed_by, at)
     SELECT iban, ARRAY[customer_id], 'bench', now() FROM unnest($1::text[], $2::text[]) AS p (iban, customer_id)`,
    [customers.map((_, index) => ibanOf(index)), customers],
  );
  // The last ten are five pairs whom a bank's twenty-seven characters hardly tell apart.
  const alikeFrom = customers.length - 2 * firms.length;
  const names = firms.flatMap((firm) => [`${firm} GmbH`, `${firm} Nord GmbH`]);
  await database.query(
    'UPDATE customers c SET name = n.name FROM unnest($1::text[], $2::text[]) AS n (id, name) WHERE c.id = n.id',
    [customers.slice(alikeFrom), names],
  );
  const lateOn = addDays(today, -21);
  const items: ManyItem[] = [];
  const owe = (payer: number, amountMinor: number): number =>
    items.push({
      customerId: customers[payer]!,
      amountMinor,
      dueOn: values.late && items.length % 3 === 0 ? lateOn : undefined,
    }) - 1;
  for (const payer of customers.keys()) for (let more = payer % 10 === 0 ? 20 : 3; more > 0; more -= 1) owe(payer, amount());

  const bag = Object.entries(kinds).flatMap(([kind, share]) => Array.from({ length: share }, () => kind as Kind));
  const drawn = Array.from({ length: count }, () => {
    const kind = bag[pick(bag.length)]!;
    // The longer name of a pair says whose it is; the shorter one is part of both.
    const second = kind.startsWith('longer') ? 1 : kind.startsWith('shorter') ? 0 : pick(2);
    const payer = kind.includes('alike') ? alikeFrom + 2 * pick(firms.length) + second : pick(customers.length);
    const amounts = Array.from({ length: kind === 'lump sum' ? 3 : 1 }, amount);
    if (kind === 'twin amounts, no reference' || kind === 'paid twice') amounts.push(amounts[0]!);
    const isBilled = kind !== 'for what is not billed here';
    return { kind, payer, amounts, owed: isBilled ? amounts.map((minor) => owe(payer, minor)) : [] };
  });
  const ids = await database.transaction((tx) =>
    takeOverMany(tx, items, { issuedOn: values.late ? lateOn : today, dueOn: today, at }),
  );
  return drawn.flatMap(({ kind, payer, amounts, owed }, number): Labelled[] => {
    const pays = owed.map((place) => ids[place]!);
    const is = (...words: string[]) => words.some((word) => kind.includes(word));
    const asked = kind === 'lump sum' ? amounts.reduce((sum, one) => sum + one, 0) : amounts[0]!;
    const shortMinor = is('inside the tolerance')
      ? 1 + pick(20)
      : is('fee')
        ? 500 + pick(1_500)
        : is('outside')
          ? 1 + Math.floor(asked / 20)
          : 0;
    const entry: BankEntry = { amount: ((asked - shortMinor) / 100).toFixed(2), valueOn: today, reference: `B${number}` };
    const reference = pays[0] === undefined ? '' : paymentReference(pays[0]);
    if (kind.startsWith('right reference') || kind.startsWith('short ')) entry.structured = reference;
    if (is('number in the text')) entry.text = `Payment of invoice ${pays[0]!.replaceAll('-', ' ')} thank you`;
    if (is('garbled')) entry.text = reference.slice(0, -3);
    if (is('lump sum')) entry.text = pays.join(' ');
    if (is('not billed')) entry.text = 'deposit as agreed on the telephone';
    if (is('unknown')) entry.name = `Nobody ${number}`;
    else if (is('alike')) entry.name = names[payer - alikeFrom]!.replace(' GmbH', '').slice(0, 27);
    else if (is('another customer')) entry.iban = ibanOf((payer + 1) % customers.length);
    else if (kind !== 'number in the text') entry.iban = ibanOf(payer);
    const label = { kind, entry, pays: is('unknown') ? [] : pays, leavesMinor: is('outside') ? shortMinor : 0 };
    if (kind !== 'paid twice') return [label];
    // The first time it pays the first of two equal items, and the second time that one again: the other is none of its business.
    const first: Labelled = { ...label, kind: 'right reference', entry: { ...entry, structured: reference }, pays: [pays[0]!] };
    return [first, { ...label, entry: { ...entry, structured: reference, reference: `B${number}-AGAIN` }, pays: [] }];
  });
}

/** A third of all amounts are round, and meet. */
function amount(): number {
  return pick(3) === 0 ? 5_000 * (1 + pick(60)) : 5_000 + pick(5_000_000);
}

/** Through the file that a bank would send, in chunks as the worker takes them. */
async function takeIn(entries: BankEntry[], at: string): Promise<string> {
  await database.query(
    `INSERT INTO bank_accounts (id, name, iban, currency, at) VALUES ('MAIN', 'Main', 'DE89370400440532013000', 'EUR', now())`,
  );
  const { rows } = await database.query<{ id: string }>(
    `INSERT INTO bank_statements (bank_account_id, format, reference, currency, line_count, actor, at)
     VALUES ('MAIN', 'camt.053', 'BENCH', 'EUR', $1, 'bench', now()) RETURNING id`,
    [entries.length],
  );
  const statementId = rows[0]!.id;
  await database.query('INSERT INTO bank_statement_pieces (statement_id, number, content) VALUES ($1, 1, $2)', [
    statementId,
    Buffer.from(camt(entries)),
  ]);
  const startedAt = performance.now();
  await importLines(database, { statementId, at });
  tellRate('read and taken in', entries.length, startedAt);
  return statementId;
}

async function report(statementId: string, lines: Labelled[]): Promise<void> {
  const { rows } = await database.query<{ status: string; reason: string; paid: string[]; openMinor: number }>(
    `SELECT l.status, l.status_reason AS reason, ARRAY(SELECT a.invoice_id FROM payment_applications a WHERE a.payment_id = l.payment_id ORDER BY 1) AS paid,
       (SELECT coalesce(sum(open_minor), 0)::bigint FROM invoices i JOIN payment_applications a ON a.invoice_id = i.id
        WHERE a.payment_id = l.payment_id) AS "openMinor"
     FROM bank_lines l WHERE statement_id = $1 ORDER BY line_number`,
    [statementId],
  );
  const sums = new Map<Kind, { all: number; posted: number; right: number; 'in part': number; wrong: number }>();
  for (const [index, { kind, pays, leavesMinor }] of lines.entries()) {
    const { status, reason, paid, openMinor } = rows[index]!;
    const sum = sums.get(kind) ?? { all: 0, posted: 0, right: 0, 'in part': 0, wrong: 0 };
    sums.set(kind, sum);
    sum.all += 1;
    // What waits on its payer's account has paid nothing, rightly or wrongly.
    if (status !== 'matched') continue;
    sum.posted += 1;
    if (unknowable.has(kind) || paid.some((id) => !pays.includes(id))) {
      sum.wrong += 1;
      console.log(`wrong: ${kind}: ${reason}`);
    } else if (paid.length === pays.length && openMinor === leavesMinor) sum.right += 1;
    else sum['in part'] += 1;
  }
  console.table(Object.fromEntries(sums));
  const total = { posted: 0, right: 0, part: 0, knowable: 0 };
  for (const [kind, { all, posted, right, 'in part': part }] of sums) {
    total.posted += posted;
    total.right += right;
    total.part += part;
    if (!unknowable.has(kind)) total.knowable += all;
  }
  const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(2)} %`;
  console.log(
    `precision ${percent(total.right, total.posted)}, rightly in part ${percent(total.part, total.posted)}, recall ${percent(total.right, total.knowable)}, posted by itself ${percent(total.posted, lines.length)} of ${lines.length} lines`,
  );
}

function tellRate(what: string, lines: number, startedAt: number): void {
  console.log(`${what}: ${(lines / ((performance.now() - startedAt) / 1000)).toFixed(0)} lines/s`);
}

/** Not a real account; it only has to be the same each time. */
function ibanOf(index: number): string {
  return `DE00BENCH${String(index).padStart(13, '0')}`;
}
