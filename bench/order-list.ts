import { parseArgs } from 'node:util';
import { openDatabase } from '../db/client.ts';
import { migrate } from '../db/migrate.ts';
import { startTestStack } from '../stack/testing.ts';
import { peopleFor, serve } from '../tests/browser/served.ts';
import { customers, setUpCompany } from './company.ts';

/*
 * npm run bench:order-list -- [--orders 100000] [--rows 10000]
 *
 * What a long list costs whoever works with it: a throw-away database is filled with orders, and Chromium opens the list, filters and
 * sorts it, and scrolls through its first rows as fast as their pages come. A frame that takes longer than 50 ms is felt.
 */
const { values } = parseArgs({
  options: { orders: { type: 'string', default: '100000' }, rows: { type: 'string', default: '10000' } },
});
const count = Number(values.orders);
const rows = Number(values.rows);
const times = 5;

const stack = await startTestStack({ progress: (text) => console.log(`  Temporal: ${text}`) });
const databaseUrl = stack.postgresUrl('throughline');
await migrate(databaseUrl);
await setUpCompany(databaseUrl);
const owner = openDatabase({ url: databaseUrl, maxConnections: 2 });
const database = openDatabase({ url: databaseUrl, role: 'throughline_api', maxConnections: 12 });
await fill();
const delivery = { deliverSoon() {}, deliverPending: async () => 0, stop: async () => {} };
const served = await serve({ database, databaseUrl, delivery, client: undefined }, peopleFor(customers[0]!));
try {
  const { context, page } = await served.enter('Sol Sales', '/console/orders');
  const firstRow = page.locator('.table-row').first();
  const measure = async (what: string, act: () => Promise<unknown>) => {
    const took: number[] = [];
    for (let time = 0; time < times; time += 1) {
      const startedAt = performance.now();
      await act();
      took.push(performance.now() - startedAt);
    }
    const sorted = took.toSorted((left, right) => left - right);
    console.log(`${what}: median ${sorted[Math.floor(times / 2)]!.toFixed(0)} ms, slowest ${sorted.at(-1)!.toFixed(0)} ms`);
  };
  const open = (query: string) => async () => {
    await page.goto(`${served.api.url}/console/orders${query}`);
    await firstRow.waitFor();
  };
  await firstRow.waitFor();
  await measure('load the list, page and all', open(''));
  await measure('load it filtered to what is back-ordered', open('?status=back-ordered'));
  await measure('load it filtered to one customer', open(`?customerId=${customers[7]}`));
  await measure('load it by amount, the largest first', open('?sort=-grossMinor'));
  await open('')();
  const customer = page.getByLabel('Customer id');
  let next = 0;
  await measure('filter to a customer in the open list', async () => {
    next += 1;
    const id = customers[next]!;
    const answer = page.waitForResponse((response) => response.url().includes(id));
    await customer.fill(id);
    await customer.press('Enter');
    await answer;
    await page
      .locator('.table-row', { hasText: `Customer ${id}` })
      .first()
      .waitFor();
  });
  await open('')();
  const scrolled = (await page.evaluate(`(async () => {
    const scroller = document.querySelector('.table');
    const frames = [];
    const startedAt = performance.now();
    let last = startedAt;
    for (;;) {
      scroller.scrollTop = scroller.scrollHeight;
      await new Promise(requestAnimationFrame);
      const now = performance.now();
      frames.push(now - last);
      last = now;
      const read = Number(document.querySelector('.table + [role="status"]').textContent.replaceAll(',', '').match(/^\\d+/)[0]);
      if (read >= ${rows} || now - startedAt > 120000) return { read, tookMs: now - startedAt, frames };
    }
  })()`)) as { read: number; tookMs: number; frames: number[] };
  const frames = scrolled.frames.toSorted((left, right) => left - right);
  const at = (share: number) => frames[Math.floor(share * (frames.length - 1))]!.toFixed(0);
  const felt = frames.filter((frame) => frame > 50).length;
  console.log(
    `scrolled through ${scrolled.read} rows in ${(scrolled.tookMs / 1000).toFixed(1)} s: ${(scrolled.tookMs / (scrolled.read / 100)).toFixed(0)} ms a page of 100`,
  );
  console.log(`frames: median ${at(0.5)} ms, 95 % ${at(0.95)} ms, slowest ${at(1)} ms; ${felt} of ${frames.length} above 50 ms`);
  await measure('jump back to its beginning', async () => {
    await page.evaluate(`document.querySelector('.table').scrollTop = document.querySelector('.table').scrollHeight / 2`);
    await page.evaluate(`new Promise(requestAnimationFrame)`);
    await page.evaluate(`document.querySelector('.table').scrollTop = 0`);
    await page.locator('.table-row[aria-rowindex="2"]').waitFor();
  });
  await context.close();
} finally {
  await served.stop();
  await database.close();
  await owner.close();
  await stack.stop();
}

/** One statement over the whole set, without triggers; the newest are still in work. */
async function fill(): Promise<void> {
  await owner.transaction(async (tx) => {
    await tx.query('SET LOCAL statement_timeout = 0');
    await tx.query("SET LOCAL session_replication_role = 'replica'");
    await tx.query(
      `INSERT INTO orders (id, customer_id, channel, content_fingerprint, original_document, currency, net_minor, tax_minor, gross_minor, terms,
         ship_to, back_order_allowed, status, stage, clock_offset_ms, placed_by, placed_at, changed_at, status_since, promised_on)
       SELECT 'ORD-' || (10000000 + n), 'BENCH-' || (1001 + n % 200), 'api', '', '{}', 'EUR', a.net, 0, a.net, '{}', '{}', false, s.status,
         s.stage, 0, 'bench', p.at, p.at, p.at, p.at::date
       FROM generate_series(1, ${count}) n, LATERAL (SELECT 1000 + (n * 7919) % 500000 AS net) a,
         LATERAL (SELECT timestamptz '2026-12-31' - (${count} - n) * interval '5 minutes' AS at) p,
         LATERAL (SELECT CASE WHEN n > ${count} * 0.95 AND n % 5 = 0 THEN 'back-ordered' WHEN n > ${count} * 0.95 THEN 'invoiced' ELSE 'closed' END AS status,
           CASE WHEN n > ${count} * 0.95 AND n % 5 = 0 THEN 'fulfilment' WHEN n > ${count} * 0.95 THEN 'receivables' ELSE 'done' END AS stage) s`,
    );
  });
  await owner.query('VACUUM ANALYZE orders');
}
