import type { Database } from '../db/client.ts';
import { newLines, readStatementFile, statementPieces } from '../db/queries/bank-statements.ts';
import { chunkLinesMaximum, importBankLines } from '../db/transactions/import-bank-lines.ts';
import { finishMatching, matchBankLine, parkBankLine } from '../db/transactions/match-bank-line.ts';
import { postPlainLines } from '../db/transactions/post-plain-lines.ts';
import { type CsvMapping, type ReadLine, readStatement } from '../documents/bank-statement.ts';
import { Refusal } from '../domain/failures.ts';
import { whileAlive } from './alive.ts';

export function createBankStatementActivities({ database }: { database: Database }) {
  return {
    /**
     * Takes in the lines of a stored statement, a chunk a transaction, from where the last one left off (P2): whoever dies in the
     * middle loses and doubles nothing.
     */
    importBankStatement: ({ statementId, at }: { statementId: string; at: string }): Promise<void> =>
      whileAlive(() => importLines(database, { statementId, at })),

    /** Looks for what each line pays, until none is new. */
    matchBankStatement: ({ statementId, at, offsetMs }: { statementId: string; at: string; offsetMs: number }): Promise<void> =>
      whileAlive(async () => {
        await matchLines(database, { statementId, at, offsetMs });
        await database.transaction((tx) => finishMatching(tx, { statementId, at }));
      }),
  };
}

export async function importLines(database: Database, { statementId, at }: { statementId: string; at: string }): Promise<void> {
  const { format, readCount, ...account } = await readStatementFile<CsvMapping>(database, statementId);
  let from = readCount;
  let chunk: ReadLine[] = [];
  const take = async () => {
    const lines = chunk;
    chunk = [];
    ({ readCount: from } = await database.transaction((tx) => importBankLines(tx, { statementId, from, lines, at })));
  };
  for await (const line of readStatement(format, statementPieces(database, statementId), account)) {
    if (line.number <= from) continue;
    chunk.push(line);
    if (chunk.length === chunkLinesMaximum) await take();
  }
  await take();
}

/**
 * Chunk by chunk: what is plain in a few transactions, then what is left line by line. Whoever dies goes on with the lines that are still
 * new. Gives how many went in sets.
 */
export async function matchLines(
  database: Database,
  { statementId, at, offsetMs }: { statementId: string; at: string; offsetMs: number },
): Promise<{ inSets: number }> {
  let inSets = 0;
  let after = 0;
  for (;;) {
    const lines = await newLines(database, statementId, after);
    if (lines.length === 0) return { inSets };
    after = lines.at(-1)!.lineNumber;
    let left = lines.map(({ lineId }) => lineId);
    for (let posted = left; posted.length > 0 && left.length > 0; inSets += posted.length) {
      const lineIds = left;
      posted = await database.transaction((tx) => postPlainLines(tx, { lineIds, at, offsetMs }));
      const done = new Set(posted);
      left = lineIds.filter((id) => !done.has(id));
    }
    for (const lineId of left) {
      try {
        await database.transaction((tx) => matchBankLine(tx, { lineId, at, offsetMs }));
      } catch (error) {
        // One line that a rule refuses must not hold up the others.
        if (!(error instanceof Refusal)) throw error;
        const { message } = error;
        await database.transaction((tx) => parkBankLine(tx, { lineId, reason: message, at }));
      }
    }
  }
}
