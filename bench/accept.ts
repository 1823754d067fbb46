import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { freePorts } from '../stack/ports.ts';
import { orderRequest } from './company.ts';
import { reportCpu } from './measure.ts';
import { startParts } from './parts.ts';
import { cpuBetween } from './processes.ts';

/*
 * npm run bench:accept -- [--seconds 8] [--connections 32]
 *
 * How many orders are accepted in a second: durable, validated and priced. With everything running, where workflows start
 * and orders are carried on at the same time on the same cores; with the worker stopped, where the API starts a few
 * workflows at a time; and with Temporal out of reach, which is intake alone. Beside them, in the same run, bare Express
 * with the same SQL. The load generator shares the machine too, so compare ratios and CPU time.
 */
const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '8' }, connections: { type: 'string', default: '32' } },
});
const seconds = Number(values.seconds);
const connections = Number(values.connections);

console.log(`Starting the parts; then four passes of ${seconds} s with ${connections} connections, after 3 s of warm-up each.`);
const parts = await startParts();
try {
  const running = await accept('ours, everything running', parts.apiUrl);
  await reportBacklog();
  await parts.worker.child.stop();
  await forgetBacklog();
  const workerless = await accept('ours, worker stopped', parts.apiUrl);
  await reportBacklog();
  await parts.api.child.stop();
  await forgetBacklog();
  const alone = await accept('ours, Temporal out of reach', await startApi());
  await forgetBacklog();
  const bare = await accept('bare Express, same SQL', await startBareExpress());
  const ratio = (rate: number) => (rate / bare).toFixed(2);
  console.log(
    `\nOf bare Express: everything running ${ratio(running)}, worker stopped ${ratio(workerless)}, intake alone ${ratio(alone)}`,
  );
} finally {
  await parts.stop();
}

async function accept(name: string, url: string): Promise<number> {
  const key = parts.keys.sales;
  const load = (duration: number) => {
    let index = 0;
    return autocannon({
      url,
      connections,
      duration,
      requests: [
        {
          method: 'POST',
          path: '/v1/orders',
          setupRequest: (request) => {
            index += 1;
            return {
              ...request,
              headers: { 'content-type': 'application/json', authorization: `Bearer ${key}`, 'idempotency-key': randomUUID() },
              body: JSON.stringify(orderRequest(index)),
            };
          },
        },
      ],
    });
  };
  await load(3);
  const cpu = parts.cpu();
  const { latency, requests, non2xx, errors } = await load(seconds);
  const used = cpuBetween(cpu, parts.cpu());
  console.log(
    `${name.padEnd(28)} ${requests.average.toFixed(0).padStart(5)} accepted/s   p50 ${latency.p50} ms   p97.5 ${latency.p97_5} ms   p99 ${latency.p99} ms   ${non2xx + errors} failed`,
  );
  reportCpu(used, requests.total, seconds);
  return requests.average;
}

/** What was accepted is owed: how much of it waits for its workflow when the burst is over. */
async function reportBacklog(): Promise<void> {
  const { rows } = await parts.database.query<{ accepted: number; waiting: number }>(
    `SELECT (SELECT count(*)::int FROM orders) AS accepted,
       (SELECT count(*)::int FROM outbox WHERE kind = 'start-order' AND delivered_at IS NULL) AS waiting`,
  );
  const { accepted, waiting } = rows[0]!;
  console.log(`  Then ${waiting} of ${accepted} accepted orders wait in the outbox for their workflow.`);
}

/** So that the next pass has the machine to itself. */
async function forgetBacklog(): Promise<void> {
  await parts.database.query('UPDATE outbox SET delivered_at = clock_timestamp() WHERE delivered_at IS NULL');
  await sleep(1_000);
}

async function startApi(): Promise<string> {
  const [port, nobodyListens] = await freePorts(2);
  const environment = { PORT: String(port), TEMPORAL_ADDRESS: `127.0.0.1:${nobodyListens}` };
  return startOn(port!, 'api alone', 'api/main.ts', environment);
}

async function startBareExpress(): Promise<string> {
  const [port] = await freePorts(1);
  return startOn(port!, 'bare Express', 'bench/naive/bare-express.ts', { PORT: String(port) });
}

async function startOn(port: number, name: string, file: string, environment: NodeJS.ProcessEnv): Promise<string> {
  const url = `http://127.0.0.1:${port}`;
  await parts.start(name, file, { environment, isReady: async () => (await fetch(`${url}/readyz`)).ok });
  return url;
}
