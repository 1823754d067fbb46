import {
  formerNumbersIn,
  likelyPayers,
  type Match,
  type MatchItem,
  type Matching,
  type MatchingFacts,
  matchLine,
  nameThresholdMinimum,
  type Payer,
  quotedNumbers,
  quotesFormer,
  type RecordedReceipt,
  recordedWithinDays,
} from '../../domain/cash-matching.ts';
import type { Discount } from '../../domain/early-payment.ts';
import { Refusal } from '../../domain/failures.ts';
import { receiptUnapplied, unknownReceiptReversed } from '../../domain/ledger.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { KeptMatching } from '../../domain/what-if.ts';
import type { Queryable, Transaction } from '../client.ts';
import { type BankLineView, bankLineColumns } from '../queries/bank-statements.ts';
import type { Actor } from './audit.ts';
import { discountsOf } from './cash-application.ts';
import { readCashPolicy } from './company.ts';
import { startDocumentationClock } from './documentation.ts';
import { readPolicyRate } from './exchange-rates.ts';
import { type OpenItemRow, oldestOpenItems } from './invoices.ts';
import { book } from './ledger.ts';
import { likenessOf } from './payer-names.ts';
import { awaitedPrepayments } from './prepayments.ts';

export type BankLineRow = BankLineView & {
  endToEndId: string | null;
  revision: number;
  /** The day on which the ladder looks at it anew by itself. */
  matchOn: IsoDate | null;
};

const lockedColumns = `${bankLineColumns}, end_to_end_id AS "endToEndId", revision, match_on AS "matchOn"`;

/** Locks a line of a bank statement: before anything else, so that whoever decides about a line goes one by one. */
export async function lockBankLine(tx: Transaction, lineId: string): Promise<BankLineRow> {
  const { rows } = await tx.query<BankLineRow>(`SELECT ${lockedColumns} FROM bank_lines WHERE id = $1 FOR UPDATE`, [lineId]);
  if (!rows[0]) throw new Refusal(404, 'unknown-bank-line', `There is no line ${lineId}.`);
  return rows[0];
}

/** Locks those of a statement's lines that nobody has looked at yet, in the order of the statement. */
export async function lockNewBankLines(tx: Transaction, lineIds: string[]): Promise<BankLineRow[]> {
  const { rows } = await tx.query<BankLineRow>(
    `SELECT ${lockedColumns} FROM bank_lines WHERE id = ANY ($1) AND status = 'new'
     ORDER BY line_number FOR UPDATE`,
    [lineIds],
  );
  return rows;
}

/** Writes what a line has become. */
export async function saveBankLine(tx: Transaction, line: BankLineRow): Promise<void> {
  await tx.query(
    `UPDATE bank_lines SET status = $2, status_reason = $3, customer_id = $4, payment_id = $5, suspense_minor = $6, suggestions = $7,
       revision = $8, match_on = $9 WHERE id = $1`,
    [
      line.id,
      line.status,
      line.statusReason,
      line.customerId,
      line.paymentId,
      line.suspenseMinor,
      JSON.stringify(line.suggestions),
      line.revision,
      line.matchOn,
    ],
  );
}

/** Writes that these lines are matched, all at once. */
export async function saveMatchedLines(
  tx: Transaction,
  lines: { id: string; statusReason: string; customerId: string; paymentId: string }[],
): Promise<void> {
  await tx.query(
    `UPDATE bank_lines l SET status = 'matched', status_reason = m.status_reason, customer_id = m.customer_id, payment_id = m.payment_id
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS m (id, status_reason, customer_id, payment_id) WHERE l.id = m.id`,
    [
      lines.map(({ id }) => id),
      lines.map(({ statusReason }) => statusReason),
      lines.map(({ customerId }) => customerId),
      lines.map(({ paymentId }) => paymentId),
    ],
  );
}

/** Books money of an unknown payer: it is ours to keep, and nobody's yet. */
export async function bookInSuspense(tx: Transaction, line: BankLineRow, at: string): Promise<void> {
  if (line.suspenseMinor > 0 || line.direction === 'debit') return;
  line.suspenseMinor = line.amountMinor;
  await book(tx, suspenseEntry(line, 'unknown-receipt', at), receiptUnapplied({ amountMinor: line.amountMinor }));
}

/** Takes that entry back, because the receipt is booked as somebody's, or is none of ours; on its own value date. */
export async function bookOutOfSuspense(tx: Transaction, line: BankLineRow, at: string): Promise<void> {
  if (line.suspenseMinor === 0) return;
  const amountMinor = line.suspenseMinor;
  line.suspenseMinor = 0;
  await book(tx, suspenseEntry(line, 'unknown-receipt-reversed', at), unknownReceiptReversed({ amountMinor }));
  line.revision += 1;
}

/**
 * Starts the clock of money that has become no payment, by its value date (P1). Whose it is nobody knows for sure, so it keeps nobody's
 * letters back: those count it where somebody is believed to have sent it (P4).
 */
export async function startLineClock(
  tx: Transaction,
  line: BankLineRow,
  { actor, at }: { actor: Actor; at: string },
): Promise<void> {
  if (line.direction === 'debit' || line.paymentId !== null) return;
  const { id: sourceId, currency, amountMinor, valueOn, bankReference: reference } = line;
  const money = { currency, amountMinor, paidOn: valueOn, reference, invoiceIds: [] };
  await startDocumentationClock(tx, {
    source: 'bank-line',
    sourceId,
    customerId: null,
    start: { on: valueOn },
    ...money,
    actor,
    at,
  });
}

/** Money in suspense, of the line `l`, that is believed to be this customer's, or that one of several may have sent. */
export const isBelievedOf = (customerId: string): string =>
  `l.suspense_minor > 0 AND (l.customer_id = ${customerId} OR l.suggestions @> jsonb_build_array(jsonb_build_object('customerId', ${customerId})))`;

/** Money of nobody that may be this customer's: it may be the payment that a letter would ask for (P4). */
export async function suspenseOf(db: Queryable, customerId: string): Promise<number> {
  const { rows } = await db.query<{ minor: number }>(
    `SELECT coalesce(sum(suspense_minor), 0)::bigint AS minor FROM bank_lines l WHERE ${isBelievedOf('$1::text')}`,
    [customerId],
  );
  return rows[0]!.minor;
}

const suspenseEntry = (line: BankLineRow, kind: string, at: string) => ({
  eventId: `${line.id}:${kind}:${line.revision}`,
  kind,
  bookedOn: line.valueOn,
  currency: line.currency,
  item: line.id,
  at,
});

const itemsMaximum = 500;
const namesMaximum = 50;
const formerItemsMaximum = 1_000;
/** Legal forms say nothing of who it is. */
const legalForms = new Set([
  'GMBH',
  'LIMITED',
  'LTD',
  'INC',
  'CORP',
  'COMPANY',
  'AND',
  'UND',
  'THE',
  'SARL',
  'BV',
  'AG',
  'KG',
  'CO',
  'SA',
]);

/**
 * Asks the ladder what a line pays, and keeps what it was asked by with its answer; `assigned` is who a person says has paid. It only
 * looks: the decision is held to the locks later.
 */
export async function findMatches(
  tx: Transaction,
  line: BankLineRow,
  {
    today,
    at,
    assigned,
    isOther = false,
  }: {
    today: IsoDate;
    at: string;
    assigned?: string | undefined;
    /** A person has seen what is recorded already, and says that the line is other money. */
    isOther?: boolean;
  },
): Promise<Matching> {
  const [policy, policyRate] = [await readCashPolicy(tx), await readPolicyRate(tx, line.currency, line.valueOn)];
  const references = referencesOf(line);
  const former = await formerItems(tx, [references]);
  const named = await tx.query<{ customerId: string; name: string; currency: string }>(
    `SELECT id AS "customerId", name, currency FROM customers WHERE id = ANY ($2) OR id IN (
       SELECT customer_id FROM invoices WHERE id = ANY ($1) UNION SELECT customer_id FROM prepayments WHERE number = ANY ($1))`,
    [quotedNumbers(references), former.map(({ customerId }) => customerId)],
  );
  const settledReferences = former.filter(({ openMinor }) => openMinor === 0).map(({ reference }) => reference);
  const payers = assigned ? [{ customerId: assigned, by: 'hand' as const, likeness: 100 }] : await payersOf(tx, line, named.rows);
  const idsOf = (customers: readonly { customerId: string }[]) => customers.map(({ customerId }) => customerId);
  const weighed = [...new Set(idsOf([...likelyPayers(payers, policy), ...named.rows]))].slice(0, customersMaximum);
  // What another policy might have recognised is kept beside it, and moves nothing.
  const others = [...new Set(idsOf(payers))].filter((id) => !weighed.includes(id)).slice(0, othersMaximum);
  const recorded = isOther ? [] : await recordedReceipts(tx, [{ line, customerIds: weighed }]);
  const facts: MatchingFacts = {
    receipt: {
      amountMinor: line.amountMinor,
      valueOn: line.valueOn,
      references,
      ...(settledReferences.length > 0 && { settledReferences }),
    },
    payers: payers.filter(({ customerId }) => weighed.includes(customerId) || others.includes(customerId)),
    namedCustomerIds: idsOf(named.rows).filter((id) => weighed.includes(id)),
    items: [...(await itemsOf(tx, line, weighed, today)), ...(await itemsOf(tx, line, others, today))],
    ...(recorded.length > 0 && { recorded, bankReference: line.bankReference }),
    ...(policyRate && { policyRate }),
  };
  const matching = matchLine(facts, policy);
  await keepMatchings(tx, [{ lineId: line.id, policyVersion: policy.version, facts, matching }], at);
  return matching;
}

/** The items that were taken over, open or not, whose former numbers the references of these lines hold. */
export async function formerItems(
  tx: Transaction,
  lines: readonly (readonly string[])[],
): Promise<{ customerId: string; reference: string; openMinor: number }[]> {
  const numbers = lines.flatMap(formerNumbersIn);
  if (numbers.length === 0) return [];
  const { rows } = await tx.query<{ customerId: string; reference: string; openMinor: number }>(
    `SELECT customer_id AS "customerId", facts ->> 'reference' AS reference, open_minor AS "openMinor" FROM invoices
     WHERE kind = 'opening-item' AND upper(regexp_replace(facts ->> 'reference', '[^A-Za-z0-9]', '', 'g')) = ANY ($1) ORDER BY id LIMIT $2`,
    [numbers, formerItemsMaximum],
  );
  return rows.filter(({ reference }) => lines.some((references) => quotesFormer(references, reference)));
}

/**
 * What of each line's amount is in the books without a line of its own, or was given to the bank as a cheque: of these customers within a few
 * days of its value date, or of whomever, if the line bears its reference or may bear its cheque's number. Cards have no lines.
 */
export async function recordedReceipts(
  tx: Transaction,
  wanted: { line: BankLineRow; customerIds: readonly string[] }[],
): Promise<(RecordedReceipt & { lineId: string })[]> {
  const { rows } = await tx.query<RecordedReceipt & { lineId: string }>(
    `WITH l AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS l (id text, customers text[], currency text, minor bigint, value_on date, reference text, said text)),
     found AS (
       SELECT l.id AS line_id, p.id AS payment_id, NULL AS cheque_id FROM l JOIN payments p
         ON p.customer_id = ANY (l.customers) AND p.amount_minor = l.minor AND p.value_on BETWEEN l.value_on - $2::int AND l.value_on + $2::int
       UNION SELECT l.id, p.id, NULL FROM l JOIN payments p ON p.external_reference = l.reference AND p.amount_minor = l.minor
       UNION SELECT l.id, c.payment_id, CASE WHEN c.payment_id IS NULL THEN c.id END FROM l JOIN cheques c
         ON c.amount_minor = l.minor AND c.currency = l.currency AND c.deposited_on IS NOT NULL
       WHERE (c.payment_id IS NULL AND c.status = 'deposited' AND c.customer_id = ANY (l.customers))
         OR ((c.payment_id IS NOT NULL OR c.status = 'deposited') AND position(upper(c.number) IN l.said) > 0))
     SELECT l.id AS "lineId", coalesce(p.customer_id, c.customer_id) AS "customerId", p.id AS "paymentId", coalesce(p.method, 'cheque') AS method,
       coalesce(p.value_on, c.deposited_on) AS "valueOn", p.external_reference AS "externalReference",
       CASE WHEN c.id IS NOT NULL THEN jsonb_build_object('id', c.id, 'number', c.number) END AS cheque,
       ARRAY(SELECT a.invoice_id FROM standing_applications a WHERE a.payment_id = p.id ORDER BY 1) AS "invoiceIds"
     FROM found f JOIN l ON l.id = f.line_id LEFT JOIN payments p ON p.id = f.payment_id
       LEFT JOIN cheques c ON c.id = f.cheque_id OR c.payment_id = p.id
     WHERE coalesce(p.currency, c.currency) = l.currency AND coalesce(p.method, 'cheque') <> 'card'
       AND NOT EXISTS (SELECT FROM bank_lines b WHERE b.payment_id = p.id)
       AND NOT EXISTS (SELECT FROM payment_reversals r WHERE r.payment_id = p.id AND r.kind = 'undo')
     ORDER BY 1, abs(coalesce(p.value_on, c.deposited_on) - l.value_on), 3, c.id`,
    [
      JSON.stringify(
        wanted.map(({ line, customerIds }) => ({
          id: line.id,
          customers: customerIds,
          currency: line.currency,
          minor: line.amountMinor,
          value_on: line.valueOn,
          reference: line.bankReference,
          said: [...referencesOf(line), line.bankReference ?? ''].join(' ').toUpperCase(),
        })),
      ),
      recordedWithinDays,
    ],
  );
  return rows;
}

const customersMaximum = 20;
const othersMaximum = 5;

/** What the ladder is asked about an open item. */
export const asMatchItem = (
  { id, customerId, paymentReference, formerReference, openMinor, issuedOn, dueOn }: OpenItemRow,
  discounts: ReadonlyMap<string, Discount>,
): MatchItem => ({
  customerId,
  invoiceId: id,
  paymentReference,
  ...(formerReference !== null && { formerReference }),
  openMinor,
  discountMinor: discounts.get(id)?.discountMinor ?? 0,
  issuedOn,
  dueOn,
});

/** What is open of these customers in the line's currency, the oldest first, and what they are to pay in advance. */
async function itemsOf(tx: Transaction, line: BankLineRow, customerIds: string[], today: IsoDate): Promise<MatchItem[]> {
  if (customerIds.length === 0) return [];
  const inCurrency = (await oldestOpenItems(tx, customerIds, itemsMaximum)).filter(({ currency }) => currency === line.currency);
  const discounts = await discountsOf(tx, inCurrency, line.valueOn);
  const items = inCurrency.map((item) => asMatchItem(item, discounts));
  for (const customerId of customerIds) {
    const awaited = await awaitedPrepayments(tx, customerId);
    items.push(
      ...awaited.map(({ invoiceId, paymentReference, openMinor, dueOn }) => ({
        customerId,
        invoiceId,
        paymentReference,
        openMinor,
        discountMinor: 0,
        issuedOn: today,
        dueOn,
      })),
    );
  }
  return items;
}

/** Keeps by what lines were matched and what came of it, all at once (X6). */
export async function keepMatchings(
  tx: Transaction,
  matchings: { lineId: string; policyVersion: number; facts: MatchingFacts; matching: Matching }[],
  at: string,
): Promise<void> {
  const decisions = matchings.map(
    ({ matching: { post, onAccountOf, suggestions } }): KeptMatching => ({
      post: post ?? null,
      onAccountOf: onAccountOf ?? null,
      suggestions,
    }),
  );
  await tx.query(
    `INSERT INTO bank_line_matchings (line_id, policy_version, facts, decision, at)
     SELECT m.line_id, m.policy_version, m.facts, m.decision, $1
     FROM unnest($2::text[], $3::int[], $4::jsonb[], $5::jsonb[]) AS m (line_id, policy_version, facts, decision)`,
    [
      at,
      matchings.map(({ lineId }) => lineId),
      matchings.map(({ policyVersion }) => policyVersion),
      matchings.map(({ facts }) => JSON.stringify(facts)),
      decisions.map((decision) => JSON.stringify(decision)),
    ],
  );
}

/** What a line says about what it pays. */
export const referencesOf = (line: BankLineRow): string[] =>
  [line.structuredReference, line.remittanceText].filter((text) => text !== null);

/** The customers that are known to pay from these accounts. */
export async function payersFrom(
  tx: Transaction,
  ibans: string[],
): Promise<{ iban: string; customerId: string; currency: string }[]> {
  const { rows } = await tx.query<{ iban: string; customerId: string; currency: string }>(
    `SELECT p.iban, c.id AS "customerId", c.currency FROM payer_accounts p JOIN customers c ON c.id = ANY (p.customer_ids)
     WHERE p.iban = ANY ($1) ORDER BY c.id`,
    [ibans],
  );
  return rows;
}

const wordsOf = (payerName: string): string[] =>
  payerName
    .toUpperCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= 3 && !legalForms.has(word));

/** Whether the payer's name says that it is this customer. */
export function payerByName(
  { customerId, name }: { customerId: string; name: string },
  payerName: string,
  nameThreshold: number,
): Payer | undefined {
  if (!wordsOf(payerName).some((word) => name.toUpperCase().includes(word))) return undefined;
  const likeness = likenessOf(name, payerName);
  return likeness >= nameThreshold ? { customerId, by: 'name', likeness } : undefined;
}

/**
 * Who may have paid: by the account the money comes from; by the payer's name only when nobody is known by that. Customers whose items
 * the line names are asked about first: among many alike names theirs is not overlooked.
 */
async function payersOf(
  tx: Transaction,
  line: BankLineRow,
  named: { customerId: string; name: string; currency: string }[],
): Promise<Payer[]> {
  const byIban = line.payerIban ? await payersFrom(tx, [line.payerIban]) : [];
  const inCurrency = byIban.filter(({ currency }) => currency === line.currency);
  if (inCurrency.length > 0) return inCurrency.map(({ customerId }) => ({ customerId, by: 'iban', likeness: 100 }));
  const { payerName } = line;
  const words = wordsOf(payerName ?? '').slice(0, 8);
  if (payerName === null || words.length === 0) return [];
  const { rows } = await tx.query<{ id: string; name: string }>(
    'SELECT id, name FROM customers WHERE upper(name) LIKE ANY ($1) AND currency = $3 ORDER BY id LIMIT $2',
    [words.map((word) => `%${word}%`), namesMaximum, line.currency],
  );
  const alike = [
    ...named.filter(({ currency }) => currency === line.currency),
    ...rows
      .filter(({ id }) => !named.some(({ customerId }) => customerId === id))
      .map(({ id, name }) => ({ customerId: id, name })),
  ].flatMap((customer) => payerByName(customer, payerName, nameThresholdMinimum) ?? []);
  const isNamed = ({ customerId }: Payer) => named.some((customer) => customer.customerId === customerId);
  return alike.sort((a, b) => Number(isNamed(b)) - Number(isNamed(a)) || b.likeness - a.likeness);
}

/** What is said of a match in one sentence. */
export const reasonOf = (match: Match): string => `${match.rung}: ${match.reasons.join('; ')}`.slice(0, 1_000);
