import type { Program } from './lives.ts';
import type { Parts, Statements } from './parts.ts';
import { type CpuMs, cpuBetween } from './processes.ts';
import { createWatch, inParallel, quantile } from './watch.ts';

/** One measured stretch: some orders, and what they cost. */
export interface Pass {
  perSecond: number;
  seconds: number;
  acceptedMs: number[];
  invoicedMs: number[];
  closedMs: number[];
  ids: string[];
  cpu: CpuMs;
  statements: Statements;
}

export interface PassOptions {
  count: number;
  concurrency: number;
  /** As far as the invoice, or through to the end. */
  until: 'invoiced' | 'closed';
}

/** So many customers at once, each placing its next order when the one before is through. */
export async function pass(parts: Parts, program: Program, { count, concurrency, until }: PassOptions): Promise<Pass> {
  const run = `${program.name}-${Date.now()}`;
  const result = { acceptedMs: [] as number[], invoicedMs: [] as number[], closedMs: [] as number[], ids: [] as string[] };
  const statements = await statementsOf(program);
  const cpu = parts.cpu();
  const startedAt = performance.now();
  await inParallel(count, concurrency, async (index) => {
    const from = performance.now();
    const orderId = await program.place(index, run);
    result.acceptedMs.push(performance.now() - from);
    await program.fulfil(orderId);
    result.invoicedMs.push(performance.now() - from);
    if (until === 'closed') {
      await program.pay(orderId);
      result.closedMs.push(performance.now() - from);
    }
    result.ids.push(orderId);
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const used = cpuBetween(cpu, parts.cpu());
  const after = await statementsOf(program);
  return {
    ...result,
    seconds,
    perSecond: count / seconds,
    cpu: used,
    statements: new Map([...after].map(([text, times]) => [text, times - (statements.get(text) ?? 0)])),
  };
}

async function statementsOf(program: Program): Promise<Statements> {
  const total: Statements = new Map();
  for (const part of program.processes) {
    for (const [text, times] of await part.statements()) total.set(text, (total.get(text) ?? 0) + times);
  }
  return total;
}

export async function payAll(program: Program, ids: string[], concurrency: number): Promise<void> {
  await inParallel(ids.length, concurrency, (index) => program.pay(ids[index]!));
}

export function report(program: Program, done: Pass, { listStatements = false } = {}): void {
  const count = done.ids.length;
  const times = (name: string, all: number[]) =>
    all.length === 0 ? [] : [`${name} p50 ${quantile(all, 0.5).toFixed(0)} ms, p95 ${quantile(all, 0.95).toFixed(0)} ms`];
  console.log(`${program.name}: ${done.perSecond.toFixed(1)} orders/s (${count} in ${done.seconds.toFixed(1)} s)`);
  console.log(
    `  from placing to ${[...times('accepted', done.acceptedMs), ...times('invoiced', done.invoicedMs), ...times('closed', done.closedMs)].join('; ')}`,
  );
  reportCpu(done.cpu, count, done.seconds);
  const sent = [...done.statements].reduce((total, [, number]) => total + number, 0);
  const begun = done.statements.get('BEGIN') ?? 0;
  console.log(
    `  SQL per order: ${(sent / count).toFixed(0)} statements, BEGIN and COMMIT of ${(begun / count).toFixed(1)} transactions among them`,
  );
  if (!listStatements) return;
  for (const [text, number] of [...done.statements]
    .sort(([, one], [, other]) => other - one)
    .filter(([, number]) => number > 0)) {
    console.log(`    ${(number / count).toFixed(2).padStart(6)}  ${text.replaceAll(/\s+/g, ' ').trim().slice(0, 150)}`);
  }
}

export const cpuOfOrder = ({ cpu, ids }: Pass): number => ownCpu(cpu).total / ids.length;

function ownCpu(cpu: CpuMs) {
  const { 'others on this machine': others = 0, ...own } = cpu;
  return { others, own, total: Object.values(own).reduce((sum, ms) => sum + ms, 0) };
}

export function reportCpu(cpu: CpuMs, count: number, seconds: number): void {
  const { others, own, total } = ownCpu(cpu);
  const kinds = Object.entries(own)
    .filter(([, ms]) => ms >= total / 100)
    .sort(([, one], [, other]) => other - one);
  const digits = total / count < 20 ? 2 : 0;
  console.log(
    `  CPU-ms per order: ${(total / count).toFixed(digits)} = ${kinds.map(([kind, ms]) => `${kind} ${(ms / count).toFixed(digits || 1)}`).join(' + ')}`,
  );
  console.log(
    `  Cores busy: ${(total / seconds / 1000).toFixed(2)} by this, ${(others / seconds / 1000).toFixed(2)} by others on this machine`,
  );
}

/** What one life leaves in the engine, as the mean of the last few. */
export async function reportHistory(
  { client }: Parts,
  program: Program,
  ids: string[],
): Promise<{ events: number; tasks: number }> {
  const some = ids.slice(-20);
  let [events, tasks, activities, markers] = [0, 0, 0, 0];
  for (const id of some) {
    const history = await client.workflow.getHandle(program.workflowId(id)).fetchHistory();
    for (const event of history.events ?? []) {
      events += 1;
      if (event.workflowTaskCompletedEventAttributes) tasks += 1;
      if (event.activityTaskScheduledEventAttributes) activities += 1;
      if (event.markerRecordedEventAttributes) markers += 1;
    }
  }
  const mean = (total: number) => total / some.length;
  console.log(
    `  History per order: ${mean(events).toFixed(1)} events, ${mean(tasks).toFixed(1)} workflow tasks, ${mean(activities).toFixed(1)} activities, ${mean(markers).toFixed(1)} local activities`,
  );
  return { events: mean(events), tasks: mean(tasks) };
}

/** While this is on, mail waits in the outbox as if its turn had not come, so that it can be measured by itself. */
export async function holdMail({ database }: Parts, hold: boolean): Promise<void> {
  await database.query('DROP TRIGGER IF EXISTS bench_hold_mail ON outbox');
  if (!hold) return;
  await database.query(
    "CREATE OR REPLACE FUNCTION bench_hold_mail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.claimed_until = 'infinity'; RETURN NEW; END $$",
  );
  await database.query(
    "CREATE TRIGGER bench_hold_mail BEFORE INSERT ON outbox FOR EACH ROW WHEN (NEW.kind = 'notice') EXECUTE FUNCTION bench_hold_mail()",
  );
}

/** Lets go the mail that was held, and waits until all of it has been sent. */
export async function drainMail(parts: Parts): Promise<void> {
  await holdMail(parts, false);
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
  if (!rowCount) return;
  console.log(
    `Mail and PDF, drained: ${rowCount} notices in ${seconds.toFixed(1)} s, ${(rowCount / seconds).toFixed(1)}/s; here a notice counts as an order:`,
  );
  reportCpu(cpuBetween(cpu, parts.cpu()), rowCount, seconds);
}
