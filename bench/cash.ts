import { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import { openDatabase } from '../db/client.ts';
import { migrate } from '../db/migrate.ts';
import { newLines } from '../db/queries/bank-statements.ts';
import { readPolicy } from '../db/statements/company.ts';
import { lockAccount, saveBuckets } from '../db/statements/credit.ts';
import { partiesOf } from '../db/statements/invoices.ts';
import { insertOpeningItem } from '../db/statements/open-items.ts';
import { chunkLinesMaximum, importBankLines } from '../db/transactions/import-bank-lines.ts';
import { matchBankLine } from '../db/transactions/match-bank-line.ts';
import { type ReadLine, readStatement } from '../documents/bank-statement.ts';
import { paymentReference } from '../domain/invoice.ts';
import { fromMillis, localDate } from '../domain/time.ts';
import { startTestStack } from '../stack/testing.ts';
import { type BankEntry, camt } from '../tests/bank-file.ts';
import { customers, setUpCompany } from './company.ts';

/*
 * npm run bench:cash -- [--lines 1000] [--seed 7]
 *
 * What automatic posting is worth: a statement of which every line is labelled with what it pays, made from a seed. References that
 * are right, garbled and missing, lump sums, short payments, twins of equal amounts, payers whom nobody knows. Precision: of the lines
 * that posted by themselves, how many paid exactly what they were meant to. Recall: of those that a rule could have known, how many
 * posted. And how many lines a second are taken in and matched, by one process, on a PostgreSQL that flushes to disk.
 */
const { values } = parseArgs({ options: { lines: { type: 'string', default: '1000' }, seed: { type: 'string', default: '7' } } });
const count = Number(values.lines);
const random = mulberry(Number(values.seed));
const pick = (below: number) => Math.floor(random() * below);

const kinds = {
  'right reference': 50,
  'number in the text': 15,
  'garbled reference, known account': 10,
  'no reference, known account': 8,
  'lump sum': 5,
  'short inside the tolerance': 4,
  'short outside it': 3,
  'twin amounts, no reference': 3,
  'unknown payer': 2,
} as const;
type Kind = keyof typeof kinds;
/** Nobody could know what these pay. */
const unknowable = new Set<Kind>(['twin amounts, no reference', 'unknown payer']);

let items = 0;

const stack = await startTestStack({ durable: true, progress: (text) => console.log(`  Temporal: ${text}`) });
const url = stack.postgresUrl('throughline');
await migrate(url);
await setUpCompany(url);
const database = openDatabase({ url, maxConnections: 4 });
try {
  const at = fromMillis(Date.now());
  const today = localDate(at, 'Europe/Berlin');
  const lines = await labelledLines(at, today);
  const statementId = await takeIn(
    lines.map(({ entry }) => entry),
    at,
  );
  const matching = performance.now();
  for (let ids = await newLines(database, statementId); ids.length > 0; ids = await newLines(database, statementId)) {
    for (const lineId of ids) await database.transaction((tx) => matchBankLine(tx, { lineId, at, offsetMs: 0 }));
  }
  tellRate('matched and posted', count, matching);
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

/** Each line with items of its own, so that no line is made right or wrong by another one. */
async function labelledLines(at: string, today: string): Promise<Labelled[]> {
  await database.query(
    `INSERT INTO payer_accounts (iban, customer_ids, changed_by, at)
     SELECT iban, ARRAY[customer_id], 'bench', now() FROM unnest($1::text[], $2::text[]) AS p (iban, customer_id)`,
    [customers.map((_, index) => ibanOf(index)), customers],
  );
  const lines: Labelled[] = [];
  const bag = Object.entries(kinds).flatMap(([kind, share]) => Array.from({ length: share }, () => kind as Kind));
  for (let number = 0; number < count; number += 1) {
    const kind = bag[pick(bag.length)]!;
    const payer = pick(customers.length);
    // Amounts that seldom meet by chance: items of one customer differ as those of a real one do.
    const amounts = Array.from({ length: kind === 'lump sum' ? 3 : 1 }, () => 5_000 + pick(5_000_000));
    if (kind === 'twin amounts, no reference') amounts.push(amounts[0]!);
    const ids = await openItems(customers[payer]!, amounts, at, today);
    const asked = kind === 'twin amounts, no reference' ? amounts[0]! : amounts.reduce((sum, one) => sum + one, 0);
    const shortMinor =
      kind === 'short inside the tolerance' ? 1 + pick(20) : kind === 'short outside it' ? 1 + Math.floor(asked / 20) : 0;
    const entry: BankEntry = { amount: ((asked - shortMinor) / 100).toFixed(2), valueOn: today, reference: `B${number}` };
    const reference = paymentReference(ids[0]!);
    if (kind === 'right reference' || kind.startsWith('short')) entry.structured = reference;
    if (kind === 'number in the text') entry.text = `Payment of invoice ${ids[0]!.replaceAll('-', ' ')} thank you`;
    if (kind === 'garbled reference, known account') entry.text = reference.slice(0, -3);
    if (kind === 'lump sum') entry.text = ids.join(' ');
    if (kind === 'unknown payer') entry.name = `Nobody ${number}`;
    else if (kind !== 'number in the text') entry.iban = ibanOf(payer);
    lines.push({
      kind,
      entry,
      pays: kind === 'unknown payer' ? [] : ids,
      leavesMinor: kind === 'short outside it' ? shortMinor : 0,
    });
  }
  return lines;
}

async function openItems(customerId: string, amounts: number[], at: string, today: string): Promise<string[]> {
  return database.transaction(async (tx) => {
    const account = await lockAccount(tx, customerId);
    const policy = await readPolicy(tx, 'dunning');
    const parties = await partiesOf(tx, customerId);
    const ids: string[] = [];
    for (const amountMinor of amounts) {
      items += 1;
      const id = `OPN-2026-${String(items).padStart(6, '0')}`;
      const item = { id, customerId, currency: 'EUR', amountMinor, issuedOn: today, dueOn: today, reference: id };
      await insertOpeningItem(tx, item, parties, {
        policy,
        assignedBy: 'company',
        timeZone: 'Europe/Berlin',
        today,
        at,
        offsetMs: 0,
      });
      account.openReceivablesMinor += amountMinor;
      ids.push(id);
    }
    await saveBuckets(tx, account);
    return ids;
  });
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
  const file = Buffer.from(camt(entries));
  const startedAt = performance.now();
  let chunk: ReadLine[] = [];
  let from = 0;
  const take = async () => {
    const lines = chunk;
    chunk = [];
    ({ readCount: from } = await database.transaction((tx) => importBankLines(tx, { statementId, from, lines, at })));
  };
  for await (const line of readStatement('camt.053', Readable.from([file]), { currency: 'EUR', csvMapping: null })) {
    chunk.push(line);
    if (chunk.length === chunkLinesMaximum) await take();
  }
  await take();
  tellRate('read and taken in', entries.length, startedAt);
  return statementId;
}

async function report(statementId: string, lines: Labelled[]): Promise<void> {
  const { rows } = await database.query<{ status: string; paid: string[]; openMinor: number }>(
    `SELECT l.status, ARRAY(SELECT a.invoice_id FROM payment_applications a WHERE a.payment_id = l.payment_id ORDER BY 1) AS paid,
       (SELECT coalesce(sum(open_minor), 0)::bigint FROM invoices i JOIN payment_applications a ON a.invoice_id = i.id
        WHERE a.payment_id = l.payment_id) AS "openMinor"
     FROM bank_lines l WHERE statement_id = $1 ORDER BY line_number`,
    [statementId],
  );
  const sums = new Map<Kind, { all: number; posted: number; right: number }>();
  for (const [index, { kind, pays, leavesMinor }] of lines.entries()) {
    const { status, paid, openMinor } = rows[index]!;
    const sum = sums.get(kind) ?? { all: 0, posted: 0, right: 0 };
    sums.set(kind, sum);
    sum.all += 1;
    if (status !== 'matched') continue;
    sum.posted += 1;
    // What nobody could know is never right to post, even when it has hit.
    if (!unknowable.has(kind) && openMinor === leavesMinor && paid.join() === [...pays].sort((a, b) => a.localeCompare(b)).join())
      sum.right += 1;
  }
  console.table(Object.fromEntries(sums));
  const total = { posted: 0, right: 0, knowable: 0 };
  for (const [kind, { all, posted, right }] of sums) {
    total.posted += posted;
    total.right += right;
    if (!unknowable.has(kind)) total.knowable += all;
  }
  const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
  console.log(
    `precision ${percent(total.right, total.posted)}, recall ${percent(total.right, total.knowable)}, posted by itself ${percent(total.posted, lines.length)} of ${lines.length} lines`,
  );
}

function tellRate(what: string, lines: number, startedAt: number): void {
  console.log(`${what}: ${(lines / ((performance.now() - startedAt) / 1000)).toFixed(0)} lines/s`);
}

/** Not a real account; it only has to be the same each time. */
function ibanOf(index: number): string {
  return `DE00BENCH${String(index).padStart(13, '0')}`;
}

/** Mulberry32: the same numbers for a seed, everywhere. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = Math.trunc(state + 0x6d2b79f5);
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
