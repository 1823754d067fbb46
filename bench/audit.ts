import { parseArgs } from 'node:util';
import { openDatabase } from '../db/client.ts';
import { verifyAudit } from '../db/queries/audit-chain.ts';
import { sealAudit } from '../db/transactions/seal-audit.ts';
import { startBenchDatabase } from './database.ts';

/*
 * npm run bench:audit -- [--rows 100000]
 *
 * How many rows of the audit log are sealed into its chain in a second, and how long walking all of the chain takes: a throw-away database
 * is filled with rows as long as those of an order's change, which are then sealed as the job does it, 5,000 in a transaction.
 */
const { values } = parseArgs({ options: { rows: { type: 'string', default: '100000' } } });
const count = Number(values.rows);

const postgres = await startBenchDatabase();
const database = openDatabase({ url: postgres.url, role: 'throughline_worker', maxConnections: 2 });
try {
  const order = JSON.stringify({ status: 'in-fulfilment', lines: [{ sku: 'ITEM-101', quantity: 3, unitPriceMinor: 12_900 }] });
  for (let filled = 0; filled < count; filled += 10_000) {
    await database.query(
      `INSERT INTO audit_log (at, actor, action, summary, policy_version, customer_id, order_id, before, after)
       SELECT '2026-12-01', 'bench', 'order-amended', 'Line 1 of the order has another quantity', 'credit v1', 'BENCH-' || n % 200, 'ORD-' || n, $1, $1
       FROM generate_series(1, least(10000, $2::int)) n`,
      [order, count - filled],
    );
  }
  const sealingFrom = performance.now();
  let sealed = 0;
  for (;;) {
    const { result, more } = await database.transaction((tx) => sealAudit(tx, '2026-12-01T12:00:00Z'));
    sealed += result.sealed;
    if (!more) break;
  }
  const sealing = (performance.now() - sealingFrom) / 1000;
  const verifyingFrom = performance.now();
  const found = await verifyAudit(database);
  const verifying = (performance.now() - verifyingFrom) / 1000;
  if (!found.holds || found.sealed !== count || sealed !== count) throw new Error('the chain does not hold');
  console.log(`${sealed} rows sealed in ${sealing.toFixed(1)} s: ${(sealed / sealing).toFixed(0)}/s`);
  console.log(`walked in ${verifying.toFixed(1)} s: ${((verifying / sealed) * 100_000).toFixed(1)} s for 100,000 rows`);
} finally {
  await database.close();
  await postgres.stop();
}
