import { type BankLine, lineIdentity } from '../../domain/bank-line.ts';
import { only, type Transaction } from '../client.ts';

/** A line of a file, or why it cannot be read. */
type TakenLine = { number: number; line: BankLine } | { number: number; fault: { field: string; code: string; detail: string } };

export interface ImportBankLinesInput {
  statementId: string;
  /** How many lines had been read when these were: lines that somebody else has taken meanwhile are not taken again. */
  from: number;
  /** In the order of the file. */
  lines: TakenLine[];
  at: string;
}

export const chunkLinesMaximum = 500;
// Who has more to mend mends these first; the count says how many there are.
const faultsKept = 1_000;

/**
 * Takes a chunk of a statement's lines in, in one statement, together with how far the import has come (P2). A line that the bank
 * has sent before is dropped. After the last chunk the statement goes on to matching.
 */
export async function importBankLines(tx: Transaction, input: ImportBankLinesInput): Promise<{ readCount: number }> {
  const { statementId, from, lines, at } = input;
  const statement = only(
    await tx.query<{ bankAccountId: string; reference: string; readCount: number; lineCount: number }>(
      `SELECT bank_account_id AS "bankAccountId", reference, read_count AS "readCount", line_count AS "lineCount"
       FROM bank_statements WHERE id = $1 FOR UPDATE`,
      [statementId],
    ),
  );
  if (statement.readCount !== from) return { readCount: statement.readCount };
  const good = lines.flatMap((read) => ('line' in read ? [read] : []));
  const faults = lines.flatMap((read) => ('fault' in read ? [{ line: read.number, ...read.fault }] : []));
  const taken = await tx.query(
    `INSERT INTO bank_lines (bank_account_id, statement_id, line_number, identity, direction, kind, currency, amount_minor, booked_on,
       value_on, bank_reference, end_to_end_id, structured_reference, remittance_text, payer_name, payer_iban, at)
     SELECT $1, $2, l.*, $3 FROM unnest($4::int[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[], $10::date[],
       $11::date[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[]) AS l (line_number)
     ORDER BY l.line_number
     ON CONFLICT (bank_account_id, identity) DO NOTHING`,
    [
      statement.bankAccountId,
      statementId,
      at,
      good.map(({ number }) => number),
      good.map(({ number, line }) => lineIdentity(line, statement.reference, number)),
      ...(
        [
          'direction',
          'kind',
          'currency',
          'amountMinor',
          'bookedOn',
          'valueOn',
          'bankReference',
          'endToEndId',
          'structuredReference',
          'remittanceText',
          'payerName',
          'payerIban',
        ] as const
      ).map((field) => good.map(({ line }) => line[field])),
    ],
  );
  const takenCount = taken.rowCount ?? 0;
  const { readCount } = only(
    await tx.query<{ readCount: number }>(
      `UPDATE bank_statements SET read_count = read_count + $2, taken_count = taken_count + $3, duplicate_count = duplicate_count + $4,
         rejected_count = rejected_count + $5,
         faults = CASE WHEN jsonb_array_length(faults) < $7 THEN faults || $6::jsonb ELSE faults END,
         status = CASE WHEN read_count + $2 = line_count THEN 'matching' ELSE status END
       WHERE id = $1 RETURNING read_count AS "readCount"`,
      [statementId, lines.length, takenCount, good.length - takenCount, faults.length, JSON.stringify(faults), faultsKept],
    ),
  );
  return { readCount };
}
