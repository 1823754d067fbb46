import type { BankFormat } from '../../domain/bank-file.ts';
import { only, type Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import { enqueue } from '../statements/outbox.ts';

export interface TakeBankStatementInput {
  bankAccountId: string;
  format: BankFormat;
  csvMapping: unknown;
  /** The bank's own id of the statement, or the hash of a file that has none. */
  reference: string;
  currency: string;
  openingMinor: number | null;
  closingMinor: number | null;
  lineCount: number;
  /** What is wrong with the statement as a whole, though its good lines are taken. */
  faults: { line: number; field: string; code: string; detail: string }[];
  pieces: AsyncIterable<Buffer>;
  actor: Actor;
  at: string;
  offsetMs: number;
}

/** Stores a statement that has been read once, piece by piece, and has its lines taken in: by a workflow, chunk by chunk (P2). */
export async function takeBankStatement(tx: Transaction, input: TakeBankStatementInput): Promise<{ statementId: string }> {
  const { bankAccountId, format, lineCount, actor, at } = input;
  const { statementId } = only(
    await tx.query<{ statementId: string }>(
      `INSERT INTO bank_statements (bank_account_id, format, csv_mapping, reference, currency, opening_minor, closing_minor,
         line_count, faults, actor, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id AS "statementId"`,
      [
        bankAccountId,
        format,
        JSON.stringify(input.csvMapping),
        input.reference,
        input.currency,
        input.openingMinor,
        input.closingMinor,
        lineCount,
        JSON.stringify(input.faults),
        actor.name,
        at,
      ],
    ),
  );
  let number = 0;
  for await (const content of input.pieces) {
    number += 1;
    await tx.query('INSERT INTO bank_statement_pieces (statement_id, number, content) VALUES ($1, $2, $3)', [
      statementId,
      number,
      content,
    ]);
  }
  await enqueue(tx, { kind: 'start-bank-statement', statementId, clockOffsetMs: input.offsetMs });
  await record(tx, {
    at,
    actor,
    action: 'bank-statement-taken',
    summary: `${statementId}: ${format} of ${bankAccountId}, ${lineCount} lines`,
    after: { statementId, bankAccountId, reference: input.reference, lineCount },
  });
  return { statementId };
}
