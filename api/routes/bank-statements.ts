import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { isValidBIC, isValidIBAN } from 'ibantools';
import { z } from 'zod';
import {
  bankLinesCounted,
  countBankLines,
  listBankAccounts,
  listBankLines,
  listBankStatements,
  readBankAccount,
  readBankStatement,
} from '../../db/queries/bank-statements.ts';
import {
  acceptSuggestion,
  assignPayer,
  ignoreLine,
  matchByHand,
  reopenLine,
  undoMatch,
} from '../../db/transactions/decide-bank-line.ts';
import { saveBankAccount, savePayerAccount } from '../../db/transactions/save-bank-account.ts';
import { takeBankStatement } from '../../db/transactions/take-bank-statement.ts';
import { type CsvMapping, readStatement } from '../../documents/bank-statement.ts';
import {
  type BankFormat,
  bankFormats,
  type FileAccount,
  malformed,
  recogniseText,
  type StatementHead,
  sumProblems,
} from '../../domain/bank-file.ts';
import { dateFormats } from '../../domain/bank-line.ts';
import { Refusal } from '../../domain/failures.ts';
import { actionsOnBankLine, bankLineActions } from '../../domain/offered-actions.ts';
import { type Role, type Route, reply, route } from '../contract.ts';
import { readCsv } from '../csv.ts';
import { found } from '../ownership.ts';
import {
  amountMinor,
  code,
  currency,
  customerId,
  id,
  isoDate,
  isoInstant,
  minor,
  pageOf,
  paging,
  positiveMinor,
  reason,
  text,
  toPage,
} from '../schemas.ts';

const cashRoles: readonly Role[] = ['receivables', 'finance', 'admin'];
const masterRoles: readonly Role[] = ['finance', 'admin'];

const accountId = code();
const iban = z
  .string()
  .max(50)
  .transform((value) => value.replaceAll(' ', '').toUpperCase())
  .refine((value) => isValidIBAN(value), 'Must be an IBAN with right check digits.')
  .meta({ type: 'string', example: 'DE89370400440532013000' });
const column = text(100);
const csvMapping = z
  .strictObject({
    delimiter: z.enum([',', ';', '\t']),
    encoding: z.enum(['utf-8', 'windows-1252']).default('utf-8'),
    dateFormat: z.enum(dateFormats),
    decimalMark: z.enum(['.', ',']),
    columns: z.strictObject({
      valueOn: column,
      bookedOn: column.optional(),
      amount: column.optional().meta({ description: 'Signed; else credit and debit.' }),
      credit: column.optional(),
      debit: column.optional(),
      currency: column.optional(),
      bankReference: column.optional(),
      payerName: column.optional(),
      payerIban: column.optional(),
      remittance: z.array(column).max(5).default([]),
      type: column.optional(),
    }),
    bounceTypes: z.array(text(100)).max(20).default([]).meta({ description: 'Of the type column: a payment that bounced.' }),
    feeTypes: z.array(text(100)).max(20).default([]).meta({ description: 'Of the type column: the bank’s own fee.' }),
  })
  .refine(({ columns }) => (columns.amount === undefined) !== (columns.credit === undefined || columns.debit === undefined), {
    path: ['columns'],
    message: 'Either amount, or both credit and debit.',
  })
  .meta({ id: 'CsvMapping' });
const accountNumber = z
  .string()
  .regex(
    /^[A-Z0-9](?:[A-Z0-9 ./-]{0,48}[A-Z0-9])?$/i,
    'Letters, digits, and between them spaces, dots, slashes or hyphens; at most 50.',
  )
  .meta({ description: 'What the bank’s files call the account where they do not say its IBAN.', example: '0012345678' });
const accountDetails = {
  name: text(200),
  iban: iban.optional(),
  accountNumber: accountNumber.optional(),
  bic: z.string().refine(isValidBIC, 'Must be a BIC of 8 or 11 characters.').optional(),
  currency,
  csvMapping: csvMapping.optional(),
};
const bankAccount = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    iban: z.string().nullable(),
    accountNumber: z.string().nullable(),
    bic: z.string().nullable(),
    currency,
    csvMapping: z.looseObject({}).nullable(),
  })
  .meta({ id: 'BankAccount' });

export const bankAccountRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/bank-accounts',
    summary: 'The company’s bank accounts',
    roles: cashRoles,
    responses: { 200: z.strictObject({ items: z.array(bankAccount) }) },
    handler: async ({ database }) => {
      const items = await listBankAccounts(database);
      return reply(200, {
        items: items.map((item) => ({ ...item, csvMapping: item.csvMapping as Record<string, unknown> | null })),
      });
    },
  }),
  route({
    method: 'put',
    path: '/v1/bank-accounts/{id}',
    summary: 'Take a bank account in, or change how its files are read; IBAN, number and currency stay',
    roles: masterRoles,
    params: z.strictObject({ id: accountId }),
    body: z
      .strictObject(accountDetails)
      .refine(({ iban, accountNumber }) => iban !== undefined || accountNumber !== undefined, {
        path: ['iban'],
        message: 'An IBAN, or where there is none, an accountNumber.',
      })
      .meta({ id: 'BankAccountDetails' }),
    responses: { 200: bankAccount, 201: bankAccount },
    handler: (call) =>
      call.command(async (tx) => {
        const { iban = null, accountNumber = null, bic = null, csvMapping = null, ...rest } = call.body;
        const account = { id: call.params.id, ...rest, iban, accountNumber, bic, csvMapping };
        const { created } = await saveBankAccount(tx, { account, actor: call.actor, at: call.at });
        return reply(created ? 201 : 200, account);
      }),
  }),
  route({
    method: 'put',
    path: '/v1/payer-accounts/{iban}',
    summary: 'Say which customers pay from a bank account; nobody takes it back',
    roles: cashRoles,
    params: z.strictObject({ iban }),
    body: z.strictObject({ customerIds: z.array(customerId).max(20) }).meta({ id: 'PayerAccount' }),
    responses: { 200: z.strictObject({ iban: z.string(), customerIds: z.array(z.string()) }) },
    handler: (call) =>
      call.command(async (tx) => {
        const saved = { iban: call.params.iban, customerIds: [...new Set(call.body.customerIds)] };
        await savePayerAccount(tx, { ...saved, actor: call.actor, at: call.at });
        return reply(200, saved);
      }),
  }),
];

const lineStatus = z.enum(['new', 'matched', 'suggested', 'unmatched', 'ignored']);
const statementFields = {
  id: z.string(),
  bankAccountId: z.string(),
  format: z.enum(bankFormats),
  reference: z.string(),
  currency,
  openingMinor: minor.nullable(),
  closingMinor: minor.nullable(),
  status: z.enum(['importing', 'matching', 'done']),
  lineCount: z.int(),
  readCount: z.int().meta({ description: 'How far the import has come.' }),
  takenCount: z.int(),
  duplicateCount: z.int().meta({ description: 'Lines that had come before.' }),
  rejectedCount: z.int(),
  actor: z.string(),
  at: isoInstant,
};
const bankStatement = z.strictObject(statementFields).meta({ id: 'BankStatement' });
const bankStatementProgress = z
  .strictObject({
    ...statementFields,
    faults: z.array(z.strictObject({ line: z.int(), field: z.string(), code: z.string(), detail: z.string() })),
    lines: z.partialRecord(lineStatus, z.int()),
  })
  .meta({ id: 'BankStatementProgress' });

const fileLimitBytes = 200 * 1_024 * 1_024;
const beginningBytes = 4_096;

/** The format of a file: by its media type, and where that is mere text, by how it begins. */
async function formatOf(contentType: string, path: string): Promise<BankFormat> {
  if (contentType === 'text/csv') return 'csv';
  if (contentType !== 'text/plain') return 'camt.053';
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(beginningBytes), position: 0 });
    const format = recogniseText(buffer.toString('utf8', 0, bytesRead));
    if (format === undefined) throw malformed('The text is neither MT940 nor BAI2; CSV is sent as text/csv.');
    return format;
  } finally {
    await handle.close();
  }
}

/** A first reading, before anything is kept: how many lines there are, what they come to, and what the statement says of itself. */
async function readThrough(
  format: BankFormat,
  path: string,
  account: FileAccount & { csvMapping: CsvMapping | null },
): Promise<StatementHead & { lineCount: number; rejectedCount: number; movedMinor: number }> {
  const reading = readStatement(format, createReadStream(path), account);
  let lineCount = 0;
  let rejectedCount = 0;
  let movedMinor = 0;
  for (;;) {
    const { done, value } = await reading.next();
    if (done) {
      if (value.iban !== null && value.iban !== account.iban) {
        throw new Refusal(
          422,
          'other-bank-account',
          `The statement is of ${value.iban.slice(0, 34)}, not of ${account.iban ?? account.accountNumber}.`,
        );
      }
      if (value.currency !== null && value.currency !== account.currency) {
        throw new Refusal(
          422,
          'other-currency',
          `The statement is in ${value.currency.slice(0, 3)}, the account in ${account.currency}.`,
        );
      }
      return { ...value, lineCount, rejectedCount, movedMinor };
    }
    lineCount += 1;
    if ('line' in value) movedMinor += value.line.direction === 'credit' ? value.line.amountMinor : -value.line.amountMinor;
    else rejectedCount += 1;
  }
}

export const bankStatementRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1/bank-statements',
    summary: 'Send a bank statement; its lines are taken in and matched in the background',
    roles: cashRoles,
    idempotencyKey: 'required',
    query: z.strictObject({
      bankAccountId: accountId,
      openingMinor: z.coerce.number().int().optional().meta({ description: 'For CSV, which has no balances.' }),
      closingMinor: z.coerce.number().int().optional(),
    }),
    file: {
      limitBytes: fileLimitBytes,
      spooled: true,
      content: {
        'application/xml': z
          .string()
          .meta({ description: 'CAMT.053, versions 02, 04 and 08: one statement of one account, at most 200 MB.' }),
        'text/xml': z.string(),
        'text/plain': z.string().meta({
          description: 'MT940 or BAI2, told by how it begins. Of several accounts in a file the lines of this one are taken.',
        }),
        'text/csv': z.string().meta({ description: 'By the csvMapping of the account.' }),
      },
    },
    responses: { 202: bankStatement },
    async handler(call) {
      const { query, file, actor, at, offsetMs } = call;
      const { path, sha256, size } = file.spooled!;
      if (size === 0) throw new Refusal(400, 'empty-file', 'There is nothing in the file.');
      const account = found(await readBankAccount(call.database, query.bankAccountId), 'bank account', query.bankAccountId);
      const format = await formatOf(file.contentType, path);
      const mapping = account.csvMapping as CsvMapping | null;
      const head = await readThrough(format, path, { ...account, csvMapping: mapping });
      const openingMinor = head.openingMinor ?? query.openingMinor ?? null;
      const closingMinor = head.closingMinor ?? query.closingMinor ?? null;
      const problems = head.problems ?? sumProblems(undefined, account.currency, { openingMinor, closingMinor }, head.movedMinor);
      // With every line read, the file itself is not what the bank wrote; with lines rejected, these may be the difference.
      if (problems.length > 0 && head.rejectedCount === 0) {
        throw new Refusal(422, problems[0]!.code, problems[0]!.detail, {
          faults: problems.map(({ field, ...problem }) => ({ path: `/${field}`, ...problem })),
          extra: { openingMinor, closingMinor, movedMinor: head.movedMinor },
        });
      }
      const passedOver = (head.otherAccounts ?? []).map((other) => ({
        field: 'account',
        code: 'other-account',
        detail: `The file also speaks of ${other.slice(0, 60)}: send it for that account too.`,
      }));
      return call.command(async (tx) => {
        const { statementId } = await takeBankStatement(tx, {
          bankAccountId: account.id,
          format,
          csvMapping: mapping,
          reference: head.reference ?? sha256,
          currency: account.currency,
          openingMinor,
          closingMinor,
          lineCount: head.lineCount,
          faults: [...problems, ...passedOver].map((problem) => ({ line: 0, ...problem })),
          pieces: createReadStream(path, { highWaterMark: 1_024 * 1_024 }),
          actor,
          at,
          offsetMs,
        });
        const { faults: _, lines: __, ...taken } = found(await readBankStatement(tx, statementId), 'bank statement', statementId);
        return reply(202, taken, { Location: `/v1/bank-statements/${statementId}` });
      });
    },
  }),
  route({
    method: 'get',
    path: '/v1/bank-statements',
    summary: 'Bank statements, newest first',
    roles: cashRoles,
    query: z.strictObject({ bankAccountId: accountId.optional(), ...paging }),
    responses: { 200: pageOf(bankStatement) },
    handler: async ({ database, query }) =>
      reply(
        200,
        toPage(await listBankStatements(database, query.bankAccountId, query), query.limit, (row) => row.id),
      ),
  }),
  route({
    method: 'get',
    path: '/v1/bank-statements/{id}',
    summary: 'How far a statement has come, its faults by line, and what its lines became',
    roles: cashRoles,
    params: z.strictObject({ id }),
    responses: { 200: bankStatementProgress },
    handler: async ({ database, params }) =>
      reply(200, found(await readBankStatement(database, params.id), 'bank statement', params.id)),
  }),
];

const match = z
  .strictObject({
    rung: z.enum([
      'recorded',
      'reference',
      'exact-item',
      'clears-account',
      'clears-past-due',
      'clears-past-due-by-term',
      'combination',
      'oldest-first',
    ]),
    customerId: z.string(),
    recorded: z
      .strictObject({ paymentId: z.string().nullable(), chequeId: z.string().nullable() })
      .optional()
      .meta({ description: 'The same money may be in the books already: accepting ties the line to it, and books nothing.' }),
    invoiceIds: z.array(z.string()),
    shortMinor: minor.meta({ description: 'What is short of the last of them, inside the tolerance.' }),
    score: z.int(),
    reasons: z.array(z.string()),
  })
  .meta({ id: 'BankLineSuggestion' });
const bankLine = z
  .strictObject({
    id: z.string(),
    bankAccountId: z.string(),
    statementId: z.string(),
    lineNumber: z.int(),
    direction: z.enum(['credit', 'debit']),
    kind: z.enum(['receipt', 'bounce', 'fee', 'other']),
    currency,
    amountMinor: minor,
    bookedOn: isoDate,
    valueOn: isoDate,
    bankReference: z.string().nullable(),
    structuredReference: z.string().nullable(),
    remittanceText: z.string().nullable(),
    payerName: z.string().nullable(),
    payerIban: z.string().nullable(),
    status: lineStatus,
    statusReason: z.string().nullable(),
    customerId: z.string().nullable().meta({ description: 'Who pays, as far as anybody knows.' }),
    paymentId: z.string().nullable(),
    suspenseMinor: minor.meta({ description: 'Booked as unapplied cash of nobody.' }),
    suggestions: z.array(match),
    actions: z.array(z.enum(bankLineActions)).meta({ description: 'What can be done with it as it stands.' }),
  })
  .meta({ id: 'BankLine' });
const decidedLine = z
  .strictObject({ lineId: z.string(), status: lineStatus, customerId: z.string().nullable(), paymentId: z.string().nullable() })
  .meta({ id: 'DecidedBankLine' });

const deductionCode = z
  .enum(['small-difference', 'bank-charges', 'price', 'quantity', 'damage', 'discount', 'freight', 'other'])
  .meta({
    description:
      'small-difference and bank-charges are written off, inside the cash policy; the others stay open with their reason.',
  });
const lineItem = z
  .strictObject({
    invoiceId: id,
    amountMinor: positiveMinor.optional().meta({ description: 'Absent: what it asks for, as far as the money goes.' }),
    deduction: z.strictObject({ code: deductionCode, amountMinor: positiveMinor, note: text(1_000).optional() }).optional(),
  })
  .meta({ id: 'BankLineItem' });
const params = z.strictObject({ id });
const decision = {
  method: 'post',
  roles: cashRoles,
  params,
  idempotencyKey: 'required',
  responses: { 200: decidedLine },
} as const;
const once = (invoiceIds: string[]) => new Set(invoiceIds).size === invoiceIds.length;

const lineFilters = {
  statementId: id.optional(),
  status: lineStatus.optional(),
  customerId: customerId.optional(),
  paymentId: id.optional(),
  amountMinor: z.coerce.number().pipe(positiveMinor).optional(),
};

export const bankLineRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/bank-lines',
    summary:
      'Lines of bank statements, oldest first or, with `sort=newest`, the newest: what is matched, suggested, unmatched, ignored',
    roles: cashRoles,
    query: z.strictObject({ ...lineFilters, sort: z.enum(['oldest', 'newest']).default('oldest'), ...paging }),
    responses: { 200: pageOf(bankLine) },
    handler: async ({ database, query }) => {
      const rows = await listBankLines(database, query, query, query.sort);
      return reply(
        200,
        toPage(
          rows.map((row) => ({ ...row, actions: actionsOnBankLine(row) })),
          query.limit,
          (row) => row.id,
        ),
      );
    },
  }),
  route({
    method: 'get',
    path: '/v1/bank-lines/count',
    summary: `How many lines a list of them has, counted up to ${bankLinesCounted.toLocaleString('en')}`,
    roles: cashRoles,
    query: z.strictObject(lineFilters),
    responses: { 200: z.strictObject({ count: z.int(), isMore: z.boolean() }).meta({ id: 'BankLineCount' }) },
    handler: async ({ database, query }) => {
      const count = await countBankLines(database, query);
      return reply(200, { count, isMore: count === bankLinesCounted });
    },
  }),
  route({
    method: 'get',
    path: '/v1/bank-lines/{id}',
    summary: 'One line',
    roles: cashRoles,
    params,
    responses: { 200: bankLine },
    handler: async ({ database, params: { id: lineId } }) => {
      const [line] = await listBankLines(database, { id: lineId }, { limit: 1 });
      const row = found(line, 'bank-line', lineId);
      return reply(200, { ...row, actions: actionsOnBankLine(row) });
    },
  }),
  route({
    ...decision,
    path: '/v1/bank-lines/{id}/accept',
    summary: 'Post a suggestion of the ladder, or tie the line to the receipt that was recorded before it',
    body: z.strictObject({ suggestion: z.int().min(0).max(99).default(0) }).meta({ id: 'AcceptedSuggestion' }),
    handler: ({ command, params, body, actor, at, offsetMs }) =>
      command(async (tx) => reply(200, await acceptSuggestion(tx, { lineId: params.id, ...body, actor, at, offsetMs }))),
  }),
  route({
    ...decision,
    path: '/v1/bank-lines/{id}/match',
    summary: 'Match a line by hand: several items, in part, with deductions',
    body: z
      .strictObject({
        customerId,
        items: z
          .array(lineItem)
          .min(1)
          .max(200)
          .refine((items) => once(items.map(({ invoiceId }) => invoiceId)), 'An invoice stands there once.'),
      })
      .meta({ id: 'BankLineMatch' }),
    handler: ({ command, params, body, actor, at, offsetMs }) =>
      command(async (tx) => reply(200, await matchByHand(tx, { lineId: params.id, ...body, actor, at, offsetMs }))),
  }),
  route({
    method: 'post',
    path: '/v1/bank-lines/{id}/remittance',
    summary: 'Match a lump sum by a remittance advice: CSV with invoice, amountMinor, deductionMinor, deductionCode',
    roles: cashRoles,
    params,
    query: z.strictObject({ customerId }),
    idempotencyKey: 'required',
    file: { limitBytes: 256 * 1_024, content: { 'text/csv': z.string() } },
    responses: { 200: decidedLine },
    handler: ({ command, params, query, file, actor, at, offsetMs }) => {
      const items = readRemittance(file.bytes);
      return command(async (tx) =>
        reply(200, await matchByHand(tx, { lineId: params.id, ...query, items, actor, at, offsetMs })),
      );
    },
  }),
  route({
    ...decision,
    path: '/v1/bank-lines/{id}/assign',
    summary: 'Say who has paid a line; what the ladder does not place waits on that account',
    body: z.strictObject({ customerId }).meta({ id: 'AssignedPayer' }),
    handler: ({ command, params, body, actor, at, offsetMs }) =>
      command(async (tx) => reply(200, await assignPayer(tx, { lineId: params.id, ...body, actor, at, offsetMs }))),
  }),
  route({
    ...decision,
    path: '/v1/bank-lines/{id}/ignore',
    summary: 'Set a line aside that is no customer’s',
    body: z.strictObject({ reason }).meta({ id: 'IgnoredBankLine' }),
    handler: ({ command, params, body, actor, at, offsetMs }) =>
      command(async (tx) => reply(200, await ignoreLine(tx, { lineId: params.id, ...body, actor, at, offsetMs }))),
  }),
  route({
    ...decision,
    path: '/v1/bank-lines/{id}/undo',
    summary: 'Undo a match: what the line paid is open again, and its money is nobody’s until somebody decides anew',
    body: z.strictObject({ reason }).meta({ id: 'UndoneBankLine' }),
    handler: ({ command, params, body, actor, at, offsetMs }) =>
      command(async (tx) => reply(200, await undoMatch(tx, { lineId: params.id, ...body, actor, at, offsetMs }))),
  }),
  route({
    ...decision,
    path: '/v1/bank-lines/{id}/reopen',
    summary: 'Take a line back that was set aside',
    body: z.strictObject({ reason }).meta({ id: 'ReopenedBankLine' }),
    handler: ({ command, params, body, actor, at, offsetMs }) =>
      command(async (tx) => reply(200, await reopenLine(tx, { lineId: params.id, ...body, actor, at, offsetMs }))),
  }),
];

const remittanceLine = z.strictObject({
  invoice: id,
  amountMinor: z.coerce.number().pipe(amountMinor).optional(),
  deductionMinor: z.coerce.number().pipe(amountMinor).optional(),
  deductionCode: deductionCode.optional(),
});
const remittanceLinesMaximum = 200;

/** The payer's list of what it pays, as items; every fault of it at once. */
function readRemittance(bytes: Buffer): z.output<typeof lineItem>[] {
  const { header, records, brokenAt } = readCsv(bytes.toString('utf8'), remittanceLinesMaximum);
  const names = header?.cells.map((cell) => cell.trim()) ?? [];
  const known = Object.keys(remittanceLine.shape);
  if (!names.includes('invoice') || names.some((name) => !known.includes(name))) {
    throw new Refusal(422, 'invalid-header', `The first line names the columns: ${known.join(', ')}.`);
  }
  if (brokenAt) throw new Refusal(400, 'malformed-file', `Line ${brokenAt.line}: ${brokenAt.detail}`);
  if (records.length === 0) throw new Refusal(400, 'empty-file', 'The advice names no invoice.');
  if (records.length > remittanceLinesMaximum)
    throw new Refusal(422, 'too-many-lines', `More than ${remittanceLinesMaximum} lines.`);
  const faults: { path: string; code: string; detail: string }[] = [];
  const items = records.flatMap(({ line, cells }) => {
    const sent = Object.fromEntries(names.map((name, index) => [name, cells[index]?.trim() || undefined]));
    const parsed = remittanceLine.safeParse(sent);
    if (!parsed.success) {
      faults.push(
        ...parsed.error.issues.map((issue) => ({
          path: `/${line}/${issue.path.join('/')}`,
          code: issue.code,
          detail: issue.message,
        })),
      );
      return [];
    }
    const { invoice, amountMinor: paidMinor, deductionMinor = 0, deductionCode: code = 'other' } = parsed.data;
    const deduction = deductionMinor > 0 ? { deduction: { code, amountMinor: deductionMinor } } : {};
    return [{ invoiceId: invoice, ...(paidMinor ? { amountMinor: paidMinor } : {}), ...deduction }];
  });
  if (!once(items.map(({ invoiceId }) => invoiceId)))
    faults.push({ path: '/1', code: 'repeated', detail: 'An invoice stands there twice.' });
  if (faults.length > 0) throw new Refusal(422, 'invalid-remittance', 'The advice cannot be read.', { faults });
  return items;
}
