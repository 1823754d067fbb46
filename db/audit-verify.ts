import { openDatabase } from './client.ts';
import { verifyAudit } from './queries/audit-chain.ts';

/** `npm run audit:verify -- [a seal that was kept elsewhere]`: walks the audit log's chain; it ends with 1 when something breaks it. */
const { DATABASE_URL: url } = process.env;
if (!url) throw new Error('DATABASE_URL is not set; of a local stack it stands in .data/addresses');

const database = openDatabase({ url, maxConnections: 1 });
const found = await verifyAudit(database, process.argv[2]);
await database.close();
console.log(
  `${found.sealed} rows are sealed up to ${found.through}, ${found.waiting} wait. The last seal, to be kept elsewhere:`,
);
console.log(found.seal);
for (const { sequence, fault } of found.broken) console.log(`row ${sequence}: ${fault}`);
if (found.brokenCount > found.broken.length) console.log(`… and ${found.brokenCount - found.broken.length} more`);
if (found.keptSealFound === false)
  console.log('The seal that was kept elsewhere is not in the chain: all of it was written anew.');
console.log(found.holds ? 'The chain holds.' : 'The chain is broken.');
if (!found.holds) process.exitCode = 1;
