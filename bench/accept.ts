import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { freePorts } from '../stack/ports.ts';
import { orderRequest } from './company.ts';
import { type Parts, startParts } from './parts.ts';

/*
 * npm run bench:accept -- [--seconds 8] [--connections 32]
 *
 * How many orders are accepted in a second: durable, validated and priced. With the worker stopped, which is intake alone,
 * and with everything running, where workflows start and orders are carried on at the same time on the same cores. Beside
 * them, in the same run, bare Express with the same SQL. The load generator shares the machine too, so compare ratios.
 */
const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '8' }, connections: { type: 'string', default: '32' } },
});
const seconds = Number(values.seconds);
const connections = Number(values.connections);

console.log(`Starting the parts; then three passes of ${seconds} s with ${connections} connections, after 3 s of warm-up each.`);
const parts = await startParts();
try {
  const running = await accept('ours, everything running', parts.apiUrl, parts.keys.sales!);
  await reportBacklog(parts);
  await parts.worker.child.stop();
  const alone = await accept('ours, worker stopped', parts.apiUrl, parts.keys.sales!);
  const bareUrl = await startBareExpress(parts);
  const bare = await accept('bare Express, same SQL', bareUrl, '');
  console.log(
    `\nWorker stopped : bare Express = ${(alone / bare).toFixed(2)}; everything running : bare Express = ${(running / bare).toFixed(2)}`,
  );
} finally {
  await parts.stop();
}

async function accept(name: string, url: string, key: string): Promise<number> {
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
  const { latency, requests, non2xx, errors } = await load(seconds);
  console.log(
    `${name.padEnd(26)} ${requests.average.toFixed(0).padStart(6)} accepted/s   p50 ${latency.p50} ms   p97.5 ${latency.p97_5} ms   p99 ${latency.p99} ms   ${non2xx + errors} refused`,
  );
  return requests.average;
}

/** What was accepted is owed: how much of it waits for its workflow when the burst is over. */
async function reportBacklog({ database }: Parts): Promise<void> {
  const { rows } = await database.query<{ accepted: number; waiting: number }>(
    `SELECT (SELECT count(*)::int FROM orders) AS accepted,
       (SELECT count(*)::int FROM outbox WHERE kind = 'start-order' AND delivered_at IS NULL) AS waiting`,
  );
  console.log(
    `${''.padEnd(26)} ${rows[0]!.waiting} of ${rows[0]!.accepted} accepted orders wait in the outbox for their workflow`,
  );
}

async function startBareExpress({ start }: Parts): Promise<string> {
  const [port] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  await start('bare-express', 'bench/naive/bare-express.ts', {
    environment: { PORT: String(port) },
    isReady: async () => (await fetch(`${url}/readyz`)).ok,
  });
  return url;
}
