import { only, type Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import { type CustomerValues, importCustomers } from '../statements/import-customers.ts';
import { importOpenItems, type OpenItemValues } from '../statements/import-open-items.ts';
import { importPrices, type PriceValues } from '../statements/import-prices.ts';
import { importProducts, type ProductValues } from '../statements/import-products.ts';
import { importStock, type StockValues } from '../statements/import-stock.ts';
import type { ImportLine, ImportRun, LineFault } from '../statements/upsert.ts';

export type ImportKind = 'customers' | 'products' | 'prices' | 'stock' | 'open-items';

export type ImportContent =
  | { kind: 'customers'; lines: ImportLine<CustomerValues>[] }
  | { kind: 'products'; lines: ImportLine<ProductValues>[] }
  | { kind: 'prices'; lines: ImportLine<PriceValues>[] }
  | { kind: 'stock'; lines: ImportLine<StockValues>[] }
  | { kind: 'open-items'; lines: ImportLine<OpenItemValues>[] };

export interface ImportFileInput {
  /** The lines that are well-formed in themselves. */
  content: ImportContent;
  /** What is wrong with the others. */
  faults: LineFault[];
  /** All of them together. */
  lineCount: number;
  file: { contentType: string; bytes: Buffer };
  dryRun: boolean;
  actor: Actor;
  at: string;
  offsetMs: number;
}

export interface ImportResult {
  /** Null for a dry run, of which nothing is kept. */
  id: string | null;
  kind: ImportKind;
  lineCount: number;
  createdCount: number;
  changedCount: number;
  unchangedCount: number;
  rejectedCount: number;
  faults: LineFault[];
  faultCount: number;
}

// Who has more to mend mends these first; the count says how many there are.
const faultsKept = 10_000;

/**
 * Takes a file of master data, stock or open items in (X9): the good lines, and of each bad one every reason. All of it is one transaction
 * with the file itself and what became of it, so that nothing is half-taken. A line that says what is known already changes
 * nothing, so the same file may come again.
 */
export async function importFile(tx: Transaction, input: ImportFileInput): Promise<ImportResult> {
  const { content, lineCount, dryRun, actor, at } = input;
  const { kind } = content;
  const importId = dryRun ? '' : only(await tx.query<{ id: string }>("SELECT 'IMP-' || nextval('import_ids') AS id", [])).id;
  // One import of a kind at a time: two that bring the same new record do not overwrite what the other one said of it.
  if (!dryRun) await tx.query("SELECT pg_advisory_xact_lock(hashtext('import'), hashtext($1))", [kind]);
  const run: ImportRun = { importId, dryRun, created: 0, changed: 0, unchanged: 0, faults: [...input.faults], actor, at };
  if (content.kind === 'customers') await importCustomers(tx, run, content.lines);
  else if (content.kind === 'products') await importProducts(tx, run, content.lines);
  else if (content.kind === 'prices') await importPrices(tx, run, content.lines);
  else if (content.kind === 'stock') await importStock(tx, run, content.lines);
  else await importOpenItems(tx, run, content.lines, input.offsetMs);

  const faults = run.faults.sort((a, b) => a.line - b.line);
  const result: ImportResult = {
    id: dryRun ? null : importId,
    kind,
    lineCount,
    createdCount: run.created,
    changedCount: run.changed,
    unchangedCount: run.unchanged,
    rejectedCount: new Set(faults.map(({ line }) => line)).size,
    faults: faults.slice(0, faultsKept),
    faultCount: faults.length,
  };
  if (!dryRun) await keep(tx, result, input);
  return result;
}

async function keep(tx: Transaction, result: ImportResult, { file, actor, at }: ImportFileInput): Promise<void> {
  const { id, kind, lineCount, createdCount, changedCount, unchangedCount, rejectedCount, faults, faultCount } = result;
  await tx.query(
    `INSERT INTO imports (id, kind, line_count, created_count, changed_count, unchanged_count, rejected_count, faults, fault_count, actor, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      id,
      kind,
      lineCount,
      createdCount,
      changedCount,
      unchangedCount,
      rejectedCount,
      JSON.stringify(faults),
      faultCount,
      actor.name,
      at,
    ],
  );
  await tx.query('INSERT INTO documents (id, content_type, content) VALUES ($1, $2, $3)', [id, file.contentType, file.bytes]);
  await record(tx, {
    at,
    actor,
    action: `${kind}-imported`,
    summary: `${id}: ${createdCount} new, ${changedCount} changed, ${unchangedCount} as they were, ${rejectedCount} rejected`,
    after: { id, kind, lineCount, createdCount, changedCount, unchangedCount, rejectedCount },
  });
}
