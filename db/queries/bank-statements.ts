import type { BankFormat, FileAccount } from '../../domain/bank-file.ts';
import type { Match } from '../../domain/cash-matching.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Queryable } from '../client.ts';
import { filter, type Page } from './page.ts';

export interface BankAccount {
  id: string;
  name: string;
  /** One of the two at least. */
  iban: string | null;
  accountNumber: string | null;
  bic: string | null;
  currency: string;
  csvMapping: unknown;
}

export const accountColumns = 'id, name, iban, account_number AS "accountNumber", bic, currency, csv_mapping AS "csvMapping"';

export async function listBankAccounts(db: Queryable): Promise<BankAccount[]> {
  return (await db.query<BankAccount>(`SELECT ${accountColumns} FROM bank_accounts ORDER BY id LIMIT 1000`)).rows;
}

export async function readBankAccount(db: Queryable, id: string): Promise<BankAccount | undefined> {
  return (await db.query<BankAccount>(`SELECT ${accountColumns} FROM bank_accounts WHERE id = $1`, [id])).rows[0];
}

export interface BankStatement {
  id: string;
  bankAccountId: string;
  format: BankFormat;
  reference: string;
  currency: string;
  openingMinor: number | null;
  closingMinor: number | null;
  status: 'importing' | 'matching' | 'done';
  lineCount: number;
  readCount: number;
  takenCount: number;
  duplicateCount: number;
  rejectedCount: number;
  actor: string;
  at: string;
}

const statementColumns = `id, bank_account_id AS "bankAccountId", format, reference, currency, opening_minor AS "openingMinor",
  closing_minor AS "closingMinor", status, line_count AS "lineCount", read_count AS "readCount", taken_count AS "takenCount",
  duplicate_count AS "duplicateCount", rejected_count AS "rejectedCount", actor, at`;

/** Newest first. */
export async function listBankStatements(db: Queryable, bankAccountId: string | undefined, page: Page): Promise<BankStatement[]> {
  const { where, limit, values } = filter({ 'bank_account_id = ?': bankAccountId, 'id < ?': page.after }, page.limit);
  const { rows } = await db.query<BankStatement>(
    `SELECT ${statementColumns} FROM bank_statements ${where} ORDER BY id DESC ${limit}`,
    values,
  );
  return rows;
}

export interface BankStatementProgress extends BankStatement {
  faults: { line: number; field: string; code: string; detail: string }[];
  /** How many of its lines have come to which status. */
  lines: Record<string, number>;
}

export async function readBankStatement(db: Queryable, id: string): Promise<BankStatementProgress | undefined> {
  const { rows } = await db.query<BankStatementProgress>(
    `SELECT ${statementColumns}, faults,
       (SELECT coalesce(jsonb_object_agg(status, count), '{}') FROM
         (SELECT status, count(*) FROM bank_lines WHERE statement_id = $1 GROUP BY status) AS by_status) AS lines
     FROM bank_statements WHERE id = $1`,
    [id],
  );
  return rows[0];
}

export async function readStatementFile<Mapping>(
  db: Queryable,
  id: string,
): Promise<FileAccount & { format: BankFormat; csvMapping: Mapping | null; readCount: number }> {
  const { rows } = await db.query(
    `SELECT s.format, s.currency, s.csv_mapping AS "csvMapping", s.read_count AS "readCount", a.iban, a.account_number AS "accountNumber"
     FROM bank_statements s JOIN bank_accounts a ON a.id = s.bank_account_id WHERE s.id = $1`,
    [id],
  );
  return rows[0];
}

/** The stored file, piece by piece. */
export async function* statementPieces(db: Queryable, statementId: string): AsyncGenerator<Buffer> {
  for (let number = 1; ; number += 1) {
    const { rows } = await db.query<{ content: Buffer }>(
      'SELECT content FROM bank_statement_pieces WHERE statement_id = $1 AND number = $2',
      [statementId, number],
    );
    if (!rows[0]) return;
    yield rows[0].content;
  }
}

const newLinesAtOnce = 500;

/** The next lines after that number that nobody has looked at yet, in the order of the statement. */
export async function newLines(
  db: Queryable,
  statementId: string,
  after: number,
): Promise<{ lineId: string; lineNumber: number }[]> {
  const { rows } = await db.query<{ lineId: string; lineNumber: number }>(
    `SELECT id AS "lineId", line_number AS "lineNumber" FROM bank_lines
     WHERE statement_id = $1 AND line_number > $2 AND status = 'new' ORDER BY line_number LIMIT $3`,
    [statementId, after, newLinesAtOnce],
  );
  return rows;
}

export interface BankLineView {
  id: string;
  bankAccountId: string;
  statementId: string;
  lineNumber: number;
  direction: 'credit' | 'debit';
  kind: 'receipt' | 'bounce' | 'fee' | 'other';
  currency: string;
  amountMinor: number;
  bookedOn: IsoDate;
  valueOn: IsoDate;
  bankReference: string | null;
  structuredReference: string | null;
  remittanceText: string | null;
  payerName: string | null;
  payerIban: string | null;
  status: 'new' | 'matched' | 'suggested' | 'unmatched' | 'ignored';
  statusReason: string | null;
  customerId: string | null;
  paymentId: string | null;
  suspenseMinor: number;
  suggestions: Match[];
}

export const bankLineColumns = `id, bank_account_id AS "bankAccountId", statement_id AS "statementId", line_number AS "lineNumber", direction,
  kind, currency, amount_minor AS "amountMinor", booked_on AS "bookedOn", value_on AS "valueOn", bank_reference AS "bankReference",
  structured_reference AS "structuredReference", remittance_text AS "remittanceText", payer_name AS "payerName",
  payer_iban AS "payerIban", status, status_reason AS "statusReason", customer_id AS "customerId", payment_id AS "paymentId",
  suspense_minor AS "suspenseMinor", suggestions`;

export interface WantedBankLines {
  id?: string | undefined;
  statementId?: string | undefined;
  status?: string | undefined;
  customerId?: string | undefined;
  paymentId?: string | undefined;
  amountMinor?: number | undefined;
}

const conditionsOf = (wanted: WantedBankLines) => ({
  'id = ?': wanted.id,
  'statement_id = ?': wanted.statementId,
  'status = ?': wanted.status,
  'customer_id = ?': wanted.customerId,
  'payment_id = ?': wanted.paymentId,
  'amount_minor = ?': wanted.amountMinor,
});

/** Oldest first, for whoever decides begins with the money that waits longest; or newest first, for what was done is looked up. */
export async function listBankLines(
  db: Queryable,
  wanted: WantedBankLines,
  page: Page,
  sort: 'oldest' | 'newest' = 'oldest',
): Promise<BankLineView[]> {
  const after = { [sort === 'oldest' ? 'id > ?' : 'id < ?']: page.after };
  const { where, limit, values } = filter({ ...conditionsOf(wanted), ...after }, page.limit);
  const order = sort === 'oldest' ? 'id' : 'id DESC';
  return (await db.query<BankLineView>(`SELECT ${bankLineColumns} FROM bank_lines ${where} ORDER BY ${order} ${limit}`, values))
    .rows;
}

/** So many are counted at most; whoever has more knows that it is many. */
export const bankLinesCounted = 10_000;

export async function countBankLines(db: Queryable, wanted: WantedBankLines): Promise<number> {
  const { where, limit, values } = filter(conditionsOf(wanted), bankLinesCounted - 1);
  const { rows } = await db.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM (SELECT FROM bank_lines ${where} ${limit}) AS counted`,
    values,
  );
  return rows[0]!.count;
}
