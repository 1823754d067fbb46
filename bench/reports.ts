import { parseArgs } from 'node:util';
import { openDatabase, type Queryable } from '../db/client.ts';
import { listCustomerBalances, openByDueDate, postingTotals } from '../db/queries/ledger.ts';
import { stageTimes, standingInStages } from '../db/queries/process-map.ts';
import { agesOn, countDocuments, listDocuments, readMeasureFacts, readMonthEnds, salesOf } from '../db/queries/reports.ts';
import { keepMonths } from '../db/transactions/keep-months.ts';
import { monthsBack } from '../domain/metrics.ts';
import { setUpCompany } from './company.ts';
import { startBenchDatabase } from './database.ts';
import { cpuBetween, readCpu } from './processes.ts';

/*
 * npm run bench:reports -- [--invoices 1000000] [--data directory] [--explain]
 *
 * How long reports take over the books of three years: a throw-away database is filled by statements over whole sets, without triggers,
 * with an order, an invoice, a receipt and four stays in stages each, every twentieth credited in part, every fiftieth still open. Then
 * each report is read five times, as of the last day and as of days long past: while no month is kept, and as the job has kept them. No
 * report asks whether months are closed. Beside the time stands what PostgreSQL took of the CPU, because on a shared machine the time says
 * little. `--data` fills the database there once and leaves it; `--explain` prints the plans of what is read for the measures and the
 * process map instead, with months kept.
 */
const { values } = parseArgs({
  options: {
    invoices: { type: 'string', default: '1000000' },
    data: { type: 'string' },
    explain: { type: 'boolean', default: false },
  },
});
const count = Number(values.invoices);
const timeZone = 'Europe/Berlin';
const days = 1_095;
const reads = 5;

const period = { from: '2026-12-02', to: '2026-12-31', timeZone };
const span = { fromAt: '2026-12-01T23:00:00Z', untilAt: '2026-12-31T23:00:00Z' };
const past = { from: '2025-06-01', to: '2025-06-30', timeZone };

const postgres = await startBenchDatabase(values.data);
const { url } = postgres;
const owner = openDatabase({ url, maxConnections: 4 });
const database = openDatabase({ url, role: 'throughline_api', maxConnections: 12 });
try {
  if ((await owner.query('SELECT FROM company', [])).rows.length === 0) {
    await setUpCompany(url);
    const filling = performance.now();
    await fill();
    console.log(`filled with ${count} invoices in ${((performance.now() - filling) / 1000).toFixed(0)} s`);
  }
  if (!values.explain) {
    console.log('No month is kept, as before the job has run.');
    await owner.query('DELETE FROM kept_months', []);
    await measureReports();
  }
  const keeping = performance.now();
  const months = await keep();
  await vacuum(['kept_items', 'kept_due', 'kept_sales', 'kept_months']);
  console.log(`${months} months are kept, each in ${((performance.now() - keeping) / months).toFixed(0)} ms; none is closed.`);
  if (values.explain) await explainReports();
  else {
    await measureReports();
    const page = { after: undefined, limit: 50 };
    await measure('ageing by customer, a page', () => listCustomerBalances(database, { asOf: '2026-12-31' }, page));
  }
} finally {
  await database.close();
  await owner.close();
  await postgres.stop();
}

async function keep(): Promise<number> {
  for (let months = 0; ; months += 1) {
    const { more } = await owner.transaction((tx) => keepMonths(tx, { today: '2026-12-31' }));
    if (!more) return months;
  }
}

async function measureReports(): Promise<void> {
  await measure('ageing as of the last day', () => openByDueDate(database, '2026-12-31'));
  await measure('ageing as of a day 18 months before', () => openByDueDate(database, '2025-06-30'));
  await measure('ageing as known at an instant', () => openByDueDate(database, '2025-06-30', '2025-06-15T00:00:00Z'));
  await measure('unapplied cash and credit balances', () =>
    postingTotals(database, '2026-12-31', undefined, ['unapplied-cash', 'customer-credits']),
  );
  await measure('DSO, countback and CEI of 30 days', () =>
    Promise.all([
      agesOn(database, ['2026-12-01', '2026-12-31']),
      salesOf(database, [period]),
      salesOf(database, monthsBack('2026-12-31', 13)),
      countDocuments(database, 'written-off', period),
      countDocuments(database, 'taken-over', period),
    ]),
  );
  await measure('all measures of 30 days', () => readMeasureFacts(database, period));
  await measure('all measures of June 2025', () => readMeasureFacts(database, past));
  await measure('13 month ends of DSO and ageing', () => readMonthEnds(database, '2026-12-31', 13));
  await measure('process map of 30 days', () => Promise.all([stageTimes(database, span), standingInStages(database)]));
  for (const part of [
    'receivables',
    'sales',
    'settled-items',
    'closed-orders',
    'judged-orders',
    'billed-shipments',
    'issued-invoices',
  ] as const) {
    await measure(`documents of ${part}, a page`, () =>
      listDocuments(database, part, { ...period, currency: 'EUR' }, { limit: 50, after: undefined }),
    );
  }
}

async function explainReports(): Promise<void> {
  const explaining: Queryable = {
    async query(text, given) {
      const { rows } = await database.query<{ 'QUERY PLAN': string }>(`EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) ${text}`, given);
      console.log(`${text}\n${rows.map((row) => row['QUERY PLAN']).join('\n')}\n`);
      return await database.query(text, given);
    },
  };
  await openByDueDate(explaining, '2026-12-31');
  await readMeasureFacts(explaining, period);
  await stageTimes(explaining, span);
  await standingInStages(explaining);
}

async function measure(what: string, read: () => Promise<unknown>): Promise<void> {
  const took: number[] = [];
  const before = readCpu(new Map());
  for (let time = 0; time < reads; time += 1) {
    const startedAt = performance.now();
    await read();
    took.push(performance.now() - startedAt);
  }
  const sorted = took.toSorted((left, right) => left - right);
  const cpu = (cpuBetween(before, readCpu(new Map()))['PostgreSQL, throughline'] ?? 0) / reads;
  const [median, slowest] = [sorted[Math.floor(reads / 2)]!, sorted.at(-1)!];
  console.log(`${what}: median ${median.toFixed(0)} ms, slowest ${slowest.toFixed(0)} ms, CPU ${cpu.toFixed(0)} ms`);
}

/** Each statement over the whole set; what it takes from the number of the invoice is the same every time. */
async function fill(): Promise<void> {
  const run = (statement: string) =>
    owner.transaction(async (tx) => {
      await tx.query('SET LOCAL statement_timeout = 0');
      await tx.query("SET LOCAL session_replication_role = 'replica'");
      await tx.query(statement);
    });
  // An invoice's day, its due date, its amount, and the day on which it is paid: by half in time, late up to 60 days, or not yet.
  await run(`CREATE UNLOGGED TABLE plan AS SELECT n, 'INV-' || lpad(n::text, 9, '0') AS invoice_id, 'ORD-' || lpad(n::text, 9, '0') AS order_id,
      'SHP-' || lpad(n::text, 9, '0') AS shipment_id, 'BENCH-' || (1001 + n % 200) AS customer_id, issued_on, issued_on + 30 AS due_on,
      10000 + (n * 7919) % 500000 AS amount,
      CASE WHEN n % 50 = 0 THEN NULL ELSE issued_on + 15 + ((n * 31) % 75)::int END AS paid_on, n % 20 = 7 AS credited
    FROM (SELECT n, '2024-01-01'::date + (n * ${days} / ${count})::int AS issued_on FROM generate_series(1::bigint, ${count}) n) s`);
  await run(`INSERT INTO orders (id, customer_id, channel, content_fingerprint, original_document, currency, net_minor, tax_minor, gross_minor,
      terms, ship_to, back_order_allowed, status, stage, clock_offset_ms, placed_by, placed_at, changed_at, accepted_at, invoiced_at, closed_at,
      status_since, promised_on)
    SELECT order_id, customer_id, 'api', '', '{}', 'EUR', amount, 0, amount, '{}', '{}', false,
      CASE WHEN paid_on <= '2026-12-31' THEN 'closed' ELSE 'invoiced' END, CASE WHEN paid_on <= '2026-12-31' THEN 'done' ELSE 'receivables' END,
      0, 'bench', issued_on - 2, issued_on, issued_on - 1, issued_on, CASE WHEN paid_on <= '2026-12-31' THEN paid_on END, issued_on, issued_on FROM plan`);
  await run(`INSERT INTO shipments (id, order_id, sequence, warehouse_id, status, ship_to, released_at, shipped_at, delivered_at, expected_delivery_on)
    SELECT shipment_id, order_id, 1, 'WH-NORTH', 'delivered', '{}', issued_on - 1, issued_on, issued_on + 2, issued_on + 2 FROM plan`);
  await run(`INSERT INTO order_lines (order_id, line_number, sku, description, quantity, unit_price_minor, tax_category, tax_rate, net_minor,
      shipped_quantity, invoiced_quantity)
    SELECT order_id, 1, 'ITEM-101', 'bench', 1, amount, 'S', '0', amount, 1, 1 FROM plan`);
  await run(`INSERT INTO invoices (id, kind, customer_id, order_id, shipment_id, payment_reference, currency, net_minor, tax_minor, gross_minor,
      open_minor, issued_on, due_on, status, dunning_policy_version, plan, holder_workflow_id, at)
    SELECT invoice_id, 'invoice', customer_id, order_id, shipment_id, invoice_id, 'EUR', amount, 0, amount,
      CASE WHEN paid_on <= '2026-12-31' THEN 0 ELSE amount END, issued_on, due_on, CASE WHEN paid_on <= '2026-12-31' THEN 'settled' ELSE 'open' END,
      1, '[]', order_id, issued_on FROM plan`);
  const entries = (kind: string, on: string, from: string) =>
    run(`INSERT INTO journal_entries (event_id, kind, booked_on, effective_on, currency, customer_id, order_id, invoice_id, at, recorded_at)
      SELECT invoice_id || ':${kind}', '${kind}', ${on}, ${on}, 'EUR', customer_id, order_id, invoice_id, ${on}, ${on} FROM plan ${from}`);
  await entries('invoice', 'issued_on', '');
  await entries('credit-note', 'issued_on + 5', 'WHERE credited AND paid_on IS NOT NULL');
  await entries('receipt', 'paid_on', "WHERE paid_on <= '2026-12-31'");
  const post = (kind: string, debit: string, credit: string, amount: string) =>
    run(`INSERT INTO postings (entry_id, position, account, side, amount_minor, functional_minor)
      SELECT e.id, s.position, s.account, s.side, ${amount}, ${amount} FROM journal_entries e JOIN plan p ON p.invoice_id = e.invoice_id
      CROSS JOIN (VALUES (1, '${debit}', 'debit'), (2, '${credit}', 'credit')) AS s (position, account, side) WHERE e.kind = '${kind}'`);
  const rest = 'CASE WHEN p.credited THEN p.amount - 1000 ELSE p.amount END';
  await post('invoice', 'accounts-receivable', 'unbilled-receivables', 'p.amount');
  await post('credit-note', 'returns', 'accounts-receivable', '1000');
  await post('receipt', 'bank', 'accounts-receivable', rest);
  await run(`INSERT INTO receivable_movements (entry_id, invoice_id, amount_minor, functional_minor, booked_on, recorded_at, customer_id, currency, kind,
      due_on, effective_on)
    SELECT e.id, e.invoice_id, m.amount, m.amount, e.booked_on,
      e.recorded_at, e.customer_id, 'EUR', e.kind, p.due_on, e.effective_on
    FROM journal_entries e JOIN plan p ON p.invoice_id = e.invoice_id
      CROSS JOIN LATERAL (SELECT CASE e.kind WHEN 'invoice' THEN p.amount WHEN 'credit-note' THEN -1000 ELSE -(${rest}) END AS amount) m
    ORDER BY e.booked_on, e.id`);
  await run(`INSERT INTO order_stays (order_id, status, stage, entered_at, left_at, next_stage, number)
    SELECT order_id, s.status, s.stage, s.entered_at, s.left_at, s.next_stage, 1 FROM plan CROSS JOIN LATERAL (VALUES
      ('received', 'order', issued_on - 2, issued_on - 2 + n % 24 * interval '1 minute', 'credit'),
      ('credit-review', 'credit', issued_on - 2 + n % 24 * interval '1 minute', issued_on - 1 + interval '0 hours', 'fulfilment'),
      ('in-fulfilment', 'fulfilment', issued_on - 1, issued_on + n % 7 * interval '1 hour', 'receivables'),
      ('invoiced', 'receivables', issued_on + n % 7 * interval '1 hour', paid_on::timestamp, 'done')) AS s (status, stage, entered_at, left_at, next_stage)
    WHERE s.left_at <= '2026-12-31' AND s.entered_at <= s.left_at ORDER BY s.left_at`);
  await owner.query('DROP TABLE plan');
  await vacuum([
    'orders',
    'order_lines',
    'shipments',
    'invoices',
    'journal_entries',
    'postings',
    'receivable_movements',
    'order_stays',
  ]);
}

async function vacuum(tables: string[]): Promise<void> {
  const connection = await owner.pool.connect();
  await connection.query('SET statement_timeout = 0');
  for (const table of tables) await connection.query(`VACUUM ANALYZE ${table}`);
  connection.release();
}
