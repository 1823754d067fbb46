import { parseArgs } from 'node:util';
import { naive, ours, type Program } from './lives.ts';
import { drainMail, holdMail, type PassOptions, pass, payAll, report, reportHistory } from './measure.ts';
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
let history = { events: Number.NaN, tasks: Number.NaN };

console.log(`Starting the parts; then ${size.count} orders, ${size.concurrency} at once, ${rounds} round(s).`);
const parts = await startParts();
try {
  await holdMail(parts, true);
  const us = ours(parts);
  await pass(parts, us, { ...size, count: 64, until: 'closed' });
  const them = values['only-ours'] ? undefined : await naive(parts);
  if (them) await pass(parts, them, { ...size, count: 64, until: 'closed' });
  await drainMail(parts);
  for (let round = 1; round <= rounds; round += 1) {
    if (them) await toInvoice(us, them, round);
    await wholeLife(us, them, round);
    if (them) await withMail(us, round);
  }
  await them?.stop();
} finally {
  await parts.stop();
}
if (!values['only-ours']) conclude();

async function toInvoice(us: Program, them: Program, round: number): Promise<void> {
  console.log(`\n── ${round}: from order to invoice, with one fulfilment message and one carrier call ──`);
  await holdMail(parts, true);
  const invoiced = await measured('to invoice, ours', us, 'invoiced');
  await payAll(us, invoiced.ids, size.concurrency);
  await drainMail(parts);
  const naiveInvoiced = await measured('to invoice, naive', them, 'invoiced');
  await payAll(them, naiveInvoiced.ids, size.concurrency);
}

async function wholeLife(us: Program, them: Program | undefined, round: number): Promise<void> {
  console.log(`\n── ${round}: the whole life, payment and closing included ──`);
  await holdMail(parts, true);
  const closed = await measured('whole life, ours', us, 'closed');
  history = await reportHistory(parts, closed.ids);
  await drainMail(parts);
  if (!them) return;
  const naiveClosed = await measured('whole life, naive', them, 'closed');
  await reportHistory(parts, naiveClosed.ids);
}

async function withMail(us: Program, round: number): Promise<void> {
  console.log(`\n── ${round}: the whole life, with mail and PDF inside the measured time ──`);
  await holdMail(parts, false);
  await measured('whole life with mail and PDF, ours', us, 'closed');
  await drainMail(parts);
}

async function measured(name: string, program: Program, until: PassOptions['until']) {
  const done = await pass(parts, program, { ...size, until });
  report(program, done, options);
  rates.set(name, [...(rates.get(name) ?? []), done.perSecond]);
  return done;
}

function conclude(): void {
  console.log('\n── Orders per second, every round ──');
  for (const [name, all] of rates) console.log(`${name.padEnd(36)} ${all.map((rate) => rate.toFixed(1)).join('  ')}`);
  const best = (name: string) => Math.max(...(rates.get(name) ?? []));
  const goal = (what: string, value: number, wanted: string, met: boolean) =>
    console.log(`${met ? 'met    ' : 'NOT met'}  ${what.padEnd(34)} ${value.toFixed(1)}, goal ${wanted}`);
  console.log('\n── Goals, by the best round ──');
  goal('to invoice, orders/s', best('to invoice, ours'), '≥ 14', best('to invoice, ours') >= 14);
  const ratio = best('to invoice, ours') / best('to invoice, naive');
  goal('to invoice, ours / naive', ratio, '≥ 1.5', ratio >= 1.5);
  goal('whole life, orders/s', best('whole life, ours'), '≥ 12', best('whole life, ours') >= 12);
  goal('events of the short path', history.events, '≤ 30', history.events <= 30);
  goal('workflow tasks of the short path', history.tasks, '≤ 5', history.tasks <= 5);
  console.log(
    `         ${'whole life, ours / naive'.padEnd(34)} ${(best('whole life, ours') / best('whole life, naive')).toFixed(1)}`,
  );
}
