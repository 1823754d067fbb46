import { parseArgs } from 'node:util';
import { naive, ours, type Program } from './lives.ts';
import { type Parts, type Statements, startParts } from './parts.ts';
import { type CpuMs, since } from './processes.ts';
import { createWatch, inParallel, quantile } from './watch.ts';

/*
 * npm run bench:orders -- [--orders 300] [--concurrency 32] [--rounds 1]
 *
 * Drives orders through their life with all real parts, and beside them, in the same run, the naive program of the same
 * story. A goal is a ratio to that program, because machines differ.
 */
const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '300' },
    concurrency: { type: 'string', default: '32' },
    rounds: { type: 'string', default: '1' },
    statements: { type: 'boolean', default: false },
  },
});
const orders = Number(values.orders);
const concurrency = Number(values.concurrency);

interface Pass {
  perSecond: number;
  seconds: number;
  acceptedMs: number[];
  invoicedMs: number[];
  closedMs: number[];
  ids: string[];
  cpu: CpuMs;
  statements: Statements;
}

console.log(`Starting the parts; then ${orders} orders at ${concurrency} at once, ${values.rounds} round(s).`);
const parts = await startParts();
try {
  const us = ours(parts);
  const them = await naive(parts);
  await holdMail(true);
  await pass(us, true, 40);
  await pass(them, true, 40);
  await drainMail();

  const rates = new Map<string, number[]>();
  const note = (name: string, rate: number) => rates.set(name, [...(rates.get(name) ?? []), rate]);
  for (let round = 1; round <= Number(values.rounds); round += 1) {
    console.log(`\n── Round ${round}: order to invoice (one fulfilment message, one carrier call) ──`);
    await holdMail(true);
    const invoiced = await pass(us, false);
    report(us, invoiced);
    note('ours to invoiced', invoiced.perSecond);
    await payAll(us, invoiced.ids);
    await drainMail(orders);
    const naiveInvoiced = await pass(them, false);
    report(them, naiveInvoiced);
    note('naive to invoiced', naiveInvoiced.perSecond);
    await payAll(them, naiveInvoiced.ids);

    console.log(`\n── Round ${round}: whole life, payment and closing included ──`);
    await holdMail(true);
    const closed = await pass(us, true);
    report(us, closed);
    await history(parts, us, closed.ids);
    note('ours whole life', closed.perSecond);
    await drainMail(orders);
    const naiveClosed = await pass(them, true);
    report(them, naiveClosed);
    await history(parts, them, naiveClosed.ids);
    note('naive whole life', naiveClosed.perSecond);

    console.log(`\n── Round ${round}: whole life with mail and PDF inside the measured time ──`);
    await holdMail(false);
    const mailed = await pass(us, true);
    report(us, mailed);
    note('ours whole life, mail inside', mailed.perSecond);
    await drainMail(orders);
  }

  console.log('\n── Result ──');
  const best = (name: string) => Math.max(...(rates.get(name) ?? []));
  for (const [name, all] of rates) console.log(`${name.padEnd(30)} ${all.map((rate) => rate.toFixed(1)).join(', ')} orders/s`);
  const goal = (text: string, value: number, least: number, unit = '') =>
    console.log(`${value >= least ? 'met    ' : 'NOT met'}  ${text}: ${value.toFixed(2)}${unit}, goal at least ${least}${unit}`);
  goal('order to invoice', best('ours to invoiced'), 14, '/s');
  goal('order to invoice, ours / naive', best('ours to invoiced') / best('naive to invoiced'), 1.5);
  goal('whole life', best('ours whole life'), 12, '/s');
  console.log(`         whole life, ours / naive: ${(best('ours whole life') / best('naive whole life')).toFixed(2)}`);
  await them.stop();
} finally {
  await parts.stop();
}

/** Takes orders as far as the invoice, or through to the end. */
async function pass(program: Program, toTheEnd: boolean, count = orders): Promise<Pass> {
  const run = `${program.name}-${Date.now()}`;
  const result = { acceptedMs: [] as number[], invoicedMs: [] as number[], closedMs: [] as number[], ids: [] as string[] };
  const { cpu, statements } = { cpu: parts.cpu(), statements: await allStatements(program) };
  const startedAt = performance.now();
  await inParallel(count, concurrency, async (index) => {
    const from = performance.now();
    const orderId = await program.place(index, run);
    result.acceptedMs.push(performance.now() - from);
    await program.fulfil(orderId);
    result.invoicedMs.push(performance.now() - from);
    if (toTheEnd) {
      await program.pay(orderId);
      result.closedMs.push(performance.now() - from);
    }
    result.ids.push(orderId);
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const after = await allStatements(program);
  return {
    ...result,
    seconds,
    perSecond: count / seconds,
    cpu: since(cpu, parts.cpu()),
    statements: new Map([...after].map(([text, times]) => [text, times - (statements.get(text) ?? 0)])),
  };
}

async function allStatements(program: Program): Promise<Statements> {
  const total: Statements = new Map();
  for (const part of program.processes) {
    for (const [text, times] of await part.statements()) total.set(text, (total.get(text) ?? 0) + times);
  }
  return total;
}

async function payAll(program: Program, ids: string[]): Promise<void> {
  await inParallel(ids.length, concurrency, (index) => program.pay(ids[index]!));
}

function report(program: Program, done: Pass): void {
  const count = done.ids.length;
  const times = (name: string, all: number[]) =>
    all.length === 0 ? '' : `  to ${name} p50 ${quantile(all, 0.5).toFixed(0)} ms, p95 ${quantile(all, 0.95).toFixed(0)} ms;`;
  console.log(`${program.name}: ${done.perSecond.toFixed(1)} orders/s (${count} in ${done.seconds.toFixed(1)} s)`);
  console.log(`${times('accepted', done.acceptedMs)}${times('invoiced', done.invoicedMs)}${times('closed', done.closedMs)}`);
  reportCost(done.cpu, count, done.seconds);
  const sent = [...done.statements].reduce((total, [, times]) => total + times, 0);
  const begun = done.statements.get('BEGIN') ?? 0;
  console.log(
    `  SQL per order: ${(sent / count).toFixed(1)} statements, ${(begun / count).toFixed(1)} transactions with BEGIN and COMMIT among them`,
  );
  if (values.statements) {
    for (const [text, times] of [...done.statements].sort(([, one], [, other]) => other - one).filter(([, times]) => times > 0)) {
      console.log(`    ${(times / count).toFixed(2).padStart(6)}  ${text.replaceAll(/\s+/g, ' ').slice(0, 150)}`);
    }
  }
}

function reportCost(cpu: CpuMs, count: number, seconds: number): void {
  const parts = Object.entries(cpu).filter(([, ms]) => ms / count >= 0.05);
  const total = parts.reduce((sum, [, ms]) => sum + ms, 0);
  console.log(
    `  CPU-ms per order: ${(total / count).toFixed(0)} (${(total / seconds / 1000).toFixed(2)} cores busy): ${parts
      .sort(([, one], [, other]) => other - one)
      .map(([kind, ms]) => `${kind} ${(ms / count).toFixed(1)}`)
      .join(', ')}`,
  );
}

/** What one life leaves in the engine, as the mean of a few. */
async function history({ client }: Parts, program: Program, ids: string[]): Promise<void> {
  const some = ids.slice(-20);
  const counts = { events: 0, 'workflow tasks': 0, activities: 0, 'local activities and other markers': 0 };
  for (const id of some) {
    const { events } = await client.workflow.getHandle(id).fetchHistory();
    counts.events += events!.length;
    for (const event of events!) {
      if (event.workflowTaskCompletedEventAttributes) counts['workflow tasks'] += 1;
      if (event.activityTaskScheduledEventAttributes) counts.activities += 1;
      if (event.markerRecordedEventAttributes) counts['local activities and other markers'] += 1;
    }
  }
  console.log(
    `  ${program.name}, history: ${Object.entries(counts)
      .map(([name, total]) => `${(total / some.length).toFixed(1)} ${name}`)
      .join(', ')}`,
  );
}

/** Mail waits in the outbox while this is on, as if its turn had not come. */
async function holdMail(hold: boolean): Promise<void> {
  await parts.database.query('DROP TRIGGER IF EXISTS bench_hold_mail ON outbox');
  if (!hold) return;
  await parts.database.query(
    "CREATE OR REPLACE FUNCTION bench_hold_mail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.claimed_until = 'infinity'; RETURN NEW; END $$",
  );
  await parts.database.query(
    "CREATE TRIGGER bench_hold_mail BEFORE INSERT ON outbox FOR EACH ROW WHEN (NEW.kind = 'notice') EXECUTE FUNCTION bench_hold_mail()",
  );
}

/** Lets the mail go that was held and waits until all of it has been sent. */
async function drainMail(count?: number): Promise<void> {
  await holdMail(false);
  const cpu = parts.cpu();
  const startedAt = performance.now();
  const { rowCount } = await parts.database.query(
    "UPDATE outbox SET claimed_until = NULL WHERE delivered_at IS NULL AND claimed_until = 'infinity'",
  );
  const watch = createWatch<number>(async (ids) => {
    const { rows } = await parts.database.query<{ left: number }>("SELECT count(*) AS left FROM notices WHERE status = 'queued'");
    return new Map(ids.map((id) => [id, rows[0]!.left]));
  }, 100);
  await watch('mail', (left) => left === 0, 600_000);
  const seconds = (performance.now() - startedAt) / 1000;
  if (!count) return;
  console.log(
    `  mail and PDF, drained: ${rowCount} notices in ${seconds.toFixed(1)} s, ${((rowCount ?? 0) / seconds).toFixed(1)}/s`,
  );
  reportCost(since(cpu, parts.cpu()), count, seconds);
}
