import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { paymentReference } from '../domain/invoice.ts';
import { fromMillis, localDate } from '../domain/time.ts';
import { camt } from '../tests/bank-file.ts';
import { takeOverMany } from '../tests/many-items.ts';
import { customers } from './company.ts';
import { drainMail, holdMail } from './measure.ts';
import { startParts } from './parts.ts';

/*
 * npm run bench:statement -- [--lines 100000] [--kill] [--mail]
 *
 * One large statement through the API and the worker, each a process of its own: how long it takes, the most memory that each needs,
 * and what the statement says of its progress. Every line names an item that it pays in full. With --kill the worker is ended by
 * SIGKILL half-way, and another one goes on. Mail waits; with --mail it is sent at the end, and the memory told again.
 */
const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '100000' },
    kill: { type: 'boolean', default: false },
    mail: { type: 'boolean', default: false },
  },
});
const count = Number(values.lines);
const amountMinor = 1_000;

const parts = await startParts();
let worker = parts.worker.child;
try {
  await holdMail(parts, true);
  const { database, apiUrl, keys } = parts;
  const at = fromMillis(Date.now());
  const today = localDate(at, 'Europe/Berlin');
  const items = Array.from({ length: count }, (_, index) => ({ customerId: customers[index % customers.length]!, amountMinor }));
  const ids = await database.transaction((tx) => takeOverMany(tx, items, { issuedOn: today, dueOn: today, at }));
  await database.query(
    `INSERT INTO bank_accounts (id, name, iban, currency, at) VALUES ('MAIN', 'Main', 'DE89370400440532013000', 'EUR', now())`,
  );
  const file = camt(
    ids.map((id, index) => ({ amount: '10.00', valueOn: today, reference: `B${index}`, structured: paymentReference(id) })),
  );
  console.log(`${count} lines, ${(file.length / 1e6).toFixed(1)} MB; before: ${memory()}`);

  const startedAt = performance.now();
  const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(1);
  const headers = { authorization: `Bearer ${keys.receivables}` };
  const sent = await fetch(`${apiUrl}/v1/bank-statements?bankAccountId=MAIN`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/xml', 'idempotency-key': randomUUID() },
    body: file,
  });
  const { id } = (await sent.json()) as { id: string };
  console.log(`${seconds()} s: answered ${sent.status}`);
  let told = 0;
  for (let killed = !values.kill; ; await sleep(500)) {
    const answer = await fetch(`${apiUrl}/v1/bank-statements/${id}`, { headers });
    const { status, readCount, takenCount, lines } = (await answer.json()) as Progress;
    const matched = lines.matched ?? 0;
    if (status === 'done' || readCount + matched >= told + count / 5) {
      told = readCount + matched;
      console.log(`${seconds()} s: ${status}, ${readCount} read, ${takenCount} taken in, ${matched} posted; ${memory()}`);
    }
    if (status === 'done') break;
    if (!killed && matched > count / 2) {
      killed = true;
      process.kill(worker.pid, 'SIGKILL');
      console.log(`${seconds()} s: the worker is killed`);
      worker = (await parts.start('second worker', 'workers/main.ts')).child;
    }
  }
  const { rows } = await database.query(
    `SELECT (SELECT count(*) FROM payments)::int AS payments, (SELECT count(*) FROM invoices WHERE status = 'settled')::int AS settled,
       (SELECT sum(amount_minor) FROM postings WHERE account = 'bank')::bigint AS "bankMinor"`,
  );
  console.log(`${JSON.stringify(rows[0])}, of ${count} lines that bring ${count * amountMinor}`);
  if (values.mail) {
    await drainMail(parts);
    console.log(`all mail is sent; ${memory()}`);
  }

  function memory(): string {
    return [
      ['api', parts.api.child.pid],
      ['worker', worker.pid],
    ]
      .map(([name, pid]) => `${name} ${peakMegabytes(Number(pid))} MB at most`)
      .join(', ');
  }
} finally {
  await parts.stop();
}

interface Progress {
  status: string;
  readCount: number;
  takenCount: number;
  lines: Record<string, number>;
}

/** The most memory that a process has had so far (Linux only). */
function peakMegabytes(pid: number): string {
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return (Number(kilobytes) / 1_024).toFixed(0);
}
