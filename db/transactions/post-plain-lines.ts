import { type Matching, type MatchingFacts, matchLine, onlyNumberNamed, type Payer } from '../../domain/cash-matching.ts';
import { receiptApplied } from '../../domain/ledger.ts';
import { compareDates, localDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { recordAll, system } from '../statements/audit.ts';
import {
  type BankLineRow,
  keepMatchings,
  lockNewBankLines,
  payerByName,
  payersFrom,
  reasonOf,
  referencesOf,
  saveMatchedLines,
} from '../statements/bank-lines.ts';
import { applicationStory, hintsToHolders } from '../statements/cash-application.ts';
import { readCashPolicy, readCompany } from '../statements/company.ts';
import { type CreditAccountRow, hintOfRoom, lockAccounts, saveReceivables, waitingOrders } from '../statements/credit.ts';
import { customersWhoseWordRuns } from '../statements/documentation.ts';
import { isNote, lockPlainItems, type PlainItem } from '../statements/invoices.ts';
import { bookAll } from '../statements/ledger.ts';
import { tellAll } from '../statements/notices.ts';
import { enqueue } from '../statements/outbox.ts';
import { receiptNotice, receiptStory } from './receive-payment.ts';

/** A line, and the one item that it pays in full. */
interface Plain {
  line: BankLineRow;
  item: PlainItem;
  statusReason: string;
  facts: MatchingFacts;
  matching: Matching;
}

/**
 * Posts, in a few statements for all of them, those of a statement's lines that name one item in the company's currency, bring all
 * that is open of it and in time, and leave nothing to decide (P2); gives their ids. It writes what `matchBankLine` would write for each; every line that needs
 * more than that is left to it. What names its item goes before what is only guessed from amounts.
 */
export async function postPlainLines(tx: Transaction, { lineIds, at }: { lineIds: string[]; at: string }): Promise<string[]> {
  const [company, lines, policy] = await Promise.all([readCompany(tx), lockNewBankLines(tx, lineIds), readCashPolicy(tx)]);
  const today = localDate(at, company.timeZone);
  const named = new Map<string, BankLineRow>();
  for (const line of lines) {
    const number = onlyNumberNamed(referencesOf(line));
    if (number === undefined || named.has(number) || line.kind !== 'receipt' || compareDates(line.valueOn, today) > 0) continue;
    // What another currency comes to in the books depends on what its item carries: each of these is booked on its own.
    if (line.currency !== company.currency) continue;
    named.set(number, line);
  }
  if (named.size === 0) return [];
  const [accounts, payers, byHand] = await Promise.all([
    lockAccountsOf(tx, [...named.keys()]),
    payersFrom(tx, distinct([...named.values()].map(({ payerIban }) => payerIban))),
    recordedReferences(tx, distinct([...named.values()].map(({ bankReference }) => bankReference))),
  ]);
  const open = await lockPlainItems(tx, [...named.keys()]);
  const [awaited, waiting] = await Promise.all([
    customersWhoseWordRuns(tx, [...accounts.keys()]),
    waitingOrders(tx, [...accounts.keys()]),
  ]);
  const payerOf = (line: BankLineRow, { customerId, customerName: name }: PlainItem): Payer[] | 'somebody else' => {
    const known = payers.filter(({ iban, currency }) => iban === line.payerIban && currency === line.currency);
    if (known.length > 0) {
      return known.some((payer) => payer.customerId === customerId)
        ? [{ customerId, by: 'iban', likeness: 100 }]
        : 'somebody else';
    }
    const payer = line.payerName === null ? undefined : payerByName({ customerId, name }, line.payerName, policy.nameThreshold);
    return payer ? [payer] : [];
  };
  const plain = open.flatMap((item): Plain[] => {
    const line = named.get(item.id)!;
    const account = accounts.get(item.customerId);
    const known = payerOf(line, item);
    if (line.amountMinor !== item.openMinor || line.currency !== item.currency || known === 'somebody else') return [];
    if (!isNote(item.kind) && compareDates(line.valueOn, item.dueOn) > 0) return [];
    if (!account || account.onHoldSince !== null || awaited.has(item.customerId)) return [];
    if (line.bankReference !== null && byHand.has(line.bankReference)) return [];
    const { amountMinor, valueOn } = line;
    const { customerId, paymentReference, openMinor, issuedOn, dueOn } = item;
    const asked = { customerId, invoiceId: item.id, paymentReference, openMinor, discountMinor: 0, issuedOn, dueOn };
    const receipt = { amountMinor, valueOn, references: referencesOf(line) };
    const facts = { receipt, payers: known, namedCustomerIds: [customerId], items: [asked] };
    const matching = matchLine(facts, policy);
    return matching.post?.rung === 'reference' ? [{ line, item, statusReason: reasonOf(matching.post), facts, matching }] : [];
  });
  plain.sort((a, b) => a.line.lineNumber - b.line.lineNumber);
  if (plain.length > 0) await post(tx, plain, { accounts, waiting, policyVersion: policy.version, at });
  return plain.map(({ line }) => line.id);
}

const distinct = (values: (string | null)[]): string[] => [...new Set(values.filter((value) => value !== null))];

async function lockAccountsOf(tx: Transaction, invoiceIds: string[]): Promise<Map<string, CreditAccountRow>> {
  const { rows } = await tx.query<{ customerId: string }>(
    'SELECT DISTINCT customer_id AS "customerId" FROM invoices WHERE id = ANY ($1)',
    [invoiceIds],
  );
  const accounts = await lockAccounts(
    tx,
    rows.map(({ customerId }) => customerId),
  );
  return new Map(accounts.map((account) => [account.customerId, account]));
}

/** The bank's references under which somebody has recorded money by hand. */
async function recordedReferences(tx: Transaction, references: string[]): Promise<Set<string>> {
  const { rows } = await tx.query<{ reference: string }>(
    `SELECT external_reference AS reference FROM payments WHERE method = 'bank-transfer' AND external_reference = ANY ($1)`,
    [references],
  );
  return new Set(rows.map(({ reference }) => reference));
}

async function post(
  tx: Transaction,
  plain: Plain[],
  {
    accounts,
    waiting,
    policyVersion,
    at,
  }: {
    accounts: Map<string, CreditAccountRow>;
    waiting: { id: string; customerId: string }[];
    policyVersion: number;
    at: string;
  },
): Promise<void> {
  const ids = await tx.query<{ id: string }>("SELECT 'PAY-' || nextval('payment_ids') AS id FROM generate_series(1, $1::int)", [
    plain.length,
  ]);
  const receipts = plain.map(({ line, item, statusReason }, index) => {
    const paymentId = ids.rows[index]!.id;
    const { id: invoiceId, customerId } = item;
    const { amountMinor, valueOn, currency } = line;
    accounts.get(customerId)!.openReceivablesMinor -= amountMinor;
    return {
      line: { ...line, statusReason },
      item: { ...item, openMinor: 0 },
      input: { customerId, method: 'bank-transfer', currency, amountMinor, valueOn, at } as const,
      received: {
        paymentId,
        applications: [{ invoiceId, amountMinor, openMinor: 0 }],
        interestNotes: [],
        deposits: [],
        unappliedMinor: 0,
        onHold: false,
      },
    };
  });
  // None of them waits for the answer of another: they travel together.
  await Promise.all([
    tx.query(
      `INSERT INTO payments (id, customer_id, method, currency, amount_minor, unapplied_minor, value_on, external_reference, actor, at)
       SELECT p.id, p.customer_id, 'bank-transfer', p.currency, p.amount_minor, 0, p.value_on, p.external_reference, $1, $2
       FROM unnest($3::text[], $4::text[], $5::text[], $6::bigint[], $7::date[], $8::text[])
         AS p (id, customer_id, currency, amount_minor, value_on, external_reference)`,
      [
        system.name,
        at,
        receipts.map(({ received }) => received.paymentId),
        receipts.map(({ item }) => item.customerId),
        receipts.map(({ line }) => line.currency),
        receipts.map(({ line }) => line.amountMinor),
        receipts.map(({ line }) => line.valueOn),
        receipts.map(({ line }) => `${line.id}/${line.revision}`),
      ],
    ),
    tx.query(
      `WITH applied AS (
         INSERT INTO payment_applications (payment_id, invoice_id, amount_minor, value_on, at)
         SELECT a.payment_id, a.invoice_id, a.amount_minor, a.value_on, $1
         FROM unnest($2::text[], $3::text[], $4::bigint[], $5::date[]) AS a (payment_id, invoice_id, amount_minor, value_on))
       UPDATE invoices SET open_minor = 0, status = 'settled', next_step_at = NULL WHERE id = ANY ($3)`,
      [
        at,
        receipts.map(({ received }) => received.paymentId),
        receipts.map(({ item }) => item.id),
        receipts.map(({ line }) => line.amountMinor),
        receipts.map(({ line }) => line.valueOn),
      ],
    ),
    bookAll(
      tx,
      receipts.map(({ received, item, line: { valueOn, currency, amountMinor } }) => ({
        entry: {
          eventId: `${received.paymentId}:receipt`,
          kind: 'receipt',
          bookedOn: valueOn,
          currency,
          customerId: item.customerId,
          paymentId: received.paymentId,
          paid: [{ invoiceId: item.id, amountMinor }],
          at,
        },
        postings: receiptApplied({ amountMinor }),
      })),
    ),
    recordAll(
      tx,
      { at, actor: system },
      receipts.flatMap(({ received, item, input }) => [
        {
          action: 'settled',
          ...applicationStory(item, { ...input, how: 'received' }),
          after: { paymentId: received.paymentId },
        },
        receiptStory(input, received),
      ]),
    ),
    enqueue(
      tx,
      ...receipts.flatMap(({ received: { paymentId }, item }) => [
        ...hintsToHolders(item, item.orderId ? [item.orderId] : [], paymentId),
        ...waiting.filter(({ customerId }) => customerId === item.customerId).map(({ id }) => hintOfRoom(id, paymentId)),
      ]),
    ),
    tellAll(
      tx,
      receipts.map(({ input, received }) => receiptNotice(input, received)),
    ),
    saveReceivables(
      tx,
      [...accounts.values()].flatMap(({ customerId, openReceivablesMinor }) => {
        const times = receipts.filter(({ item }) => item.customerId === customerId).length;
        return times > 0 ? [{ customerId, openReceivablesMinor, times }] : [];
      }),
    ),
    keepMatchings(
      tx,
      plain.map(({ line, facts, matching }) => ({ lineId: line.id, policyVersion, facts, matching })),
      at,
    ),
    saveMatchedLines(
      tx,
      receipts.map(({ line: { id, statusReason }, item: { customerId }, received: { paymentId } }) => ({
        id,
        statusReason,
        customerId,
        paymentId,
      })),
    ),
  ]);
}
