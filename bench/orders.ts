import { parseArgs } from 'node:util';
import { naive, ours, type Program } from './lives.ts';
import { cpuOfOrder, drainMail, holdMail, type PassOptions, pass, payAll, report, reportHistory } from './measure.ts';
import { startParts } from './parts.ts';

/*
 * npm run bench:orders -- [--orders 300] [--concurrency 32] [--rounds 1] [--statements] [--only-ours]
 *
 * Drives orders through their life with all real parts, and beside them, in the same run, the naive program of the same
 * story. Compare ratios, because machines differ, and the best of several rounds, because machines are shared.
 */
const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '300' },
    concurrency: { type: 'string', default: '32' },
    rounds: { type: 'string', default: '1' },
    /** Lists every statement with how often an order sends it. */
    statements: { type: 'boolean', default: false },
    /** Only our whole life, for profiling: BENCH_PROFILE=DIRECTORY. */
    'only-ours': { type: 'boolean', default: false },
  },
});
const size = { count: Number(values.orders), concurrency: Number(values.concurrency) };
const rounds = Number(values.rounds);
const options = { listStatements: values.statements };
const rates = new Map<string, number[]>();
const cpuMs = new Map<string, number[]>();
let history = { events: Number.NaN, tasks: Number.NaN };

console.log(`Starting the parts; then ${size.count} orders, ${size.concurrency} at once, ${rounds} round(s).`);
const parts = await startParts();
try {
  await holdMail(parts, true);
  const us = ours(parts);
  const others = values['only-ours'] ? [] : [await naive(parts, 'own'), await naive(parts, 'ours')];
  for (const program of [us, ...others]) await pass(parts, program, { ...size, count: 64, until: 'closed' });
  await drainMail(parts);
  for (let round = 1; round <= rounds; round += 1) {
    if (others.length > 0) await toInvoice(us, others, round);
    await wholeLife(us, others, round);
    if (others.length > 0) await withMail(us, round);
  }
  for (const program of others) await program.stop();
} finally {
  await parts.stop();
}
conclude();

async function toInvoice(us: Program, others: Program[], round: number): Promise<void> {
  console.log(`\n── ${round}: from order to invoice, with one fulfilment message and one carrier call ──`);
  await holdMail(parts, true);
  for (const program of [us, ...others]) {
    const { ids } = await measured('to invoice', program, 'invoiced');
    await payAll(program, ids, size.concurrency);
    await drainMail(parts);
  }
}

async function wholeLife(us: Program, others: Program[], round: number): Promise<void> {
  console.log(`\n── ${round}: the whole life, payment and closing included ──`);
  await holdMail(parts, true);
  for (const program of [us, ...others]) {
    const { ids } = await measured('whole life', program, 'closed');
    const found = await reportHistory(parts, program, ids);
    if (program === us) history = found;
    await drainMail(parts);
  }
}

async function withMail(us: Program, round: number): Promise<void> {
  console.log(`\n── ${round}: the whole life, with mail and PDF inside the measured time ──`);
  await holdMail(parts, false);
  await measured('whole life with mail and PDF', us, 'closed');
  await drainMail(parts);
}

async function measured(stretch: string, program: Program, until: PassOptions['until']) {
  const done = await pass(parts, program, { ...size, until });
  report(program, done, options);
  const name = `${stretch}, ${program.name}`;
  rates.set(name, [...(rates.get(name) ?? []), done.perSecond]);
  cpuMs.set(name, [...(cpuMs.get(name) ?? []), cpuOfOrder(done)]);
  return done;
}

function conclude(): void {
  console.log('\n── Orders per second, every round ──');
  for (const [name, all] of rates) console.log(`${name.padEnd(44)} ${all.map((rate) => rate.toFixed(1)).join('  ')}`);
  console.log('\n── CPU-ms per order, every round: what others do on this machine changes them less ──');
  for (const [name, all] of cpuMs) console.log(`${name.padEnd(44)} ${all.map((ms) => ms.toFixed(0)).join('  ')}`);
  const best = (name: string) => Math.max(...(rates.get(name) ?? [Number.NaN]));
  const ratio = (stretch: string, yardstick: string) => best(`${stretch}, Throughline`) / best(`${stretch}, ${yardstick}`);
  const goal = (what: string, value: number, wanted: string, met: boolean) =>
    console.log(`${met ? 'met    ' : 'NOT met'}  ${what.padEnd(40)} ${value.toFixed(1).padStart(5)}, goal ${wanted}`);
  const atLeast = (what: string, value: number, least: number) => goal(what, value, `≥ ${least}`, value >= least);
  console.log('\n── Goals, by the best round ──');
  atLeast('to invoice, orders/s', best('to invoice, Throughline'), 14);
  atLeast('to invoice, ours : naive with our SQL', ratio('to invoice', 'naive, our SQL'), 1.5);
  atLeast('to invoice, ours : naive with its own SQL', ratio('to invoice', 'naive, its own SQL'), 1.5);
  atLeast('whole life, orders/s', best('whole life, Throughline'), 12);
  goal('events of the short path', history.events, '≤ 30', history.events <= 30);
  goal('workflow tasks of the short path', history.tasks, '≤ 5', history.tasks <= 5);
}
