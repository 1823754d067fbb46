import { applyReceipt, type CashApplication } from '../../domain/cash-application.ts';
import {
  type Matching,
  type MatchingFacts,
  matchLine,
  numbersNamed,
  type Payer,
  quotesFormer,
} from '../../domain/cash-matching.ts';
import type { Discount } from '../../domain/early-payment.ts';
import { receiptApplied } from '../../domain/ledger.ts';
import { sumMinor } from '../../domain/money.ts';
import { compareDates, type IsoDate, laterDate, localDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { recordAll, system } from '../statements/audit.ts';
import {
  asMatchItem,
  type BankLineRow,
  formerItems,
  keepMatchings,
  lockNewBankLines,
  payerByName,
  payersFrom,
  reasonOf,
  recordedReceipts,
  referencesOf,
  saveMatchedLines,
} from '../statements/bank-lines.ts';
import {
  applicationStory,
  discountsOf,
  finishItem,
  grantDiscount,
  hintsToHolders,
  keepHold,
} from '../statements/cash-application.ts';
import { readCashPolicy, readCompany } from '../statements/company.ts';
import {
  type CreditAccountRow,
  hintOfRoom,
  lockAccounts,
  overdueItems,
  saveReceivables,
  waitingOrders,
} from '../statements/credit.ts';
import { customersWhoseWordRuns } from '../statements/documentation.ts';
import { isNote, lockPlainItems, type PlainItem } from '../statements/invoices.ts';
import { bookAll } from '../statements/ledger.ts';
import { tellAll } from '../statements/notices.ts';
import { enqueue } from '../statements/outbox.ts';
import { type ReceivedPayment, receiptNotice, receiptStory } from './receive-payment.ts';

/** A line, and the items of one customer that it pays in full, in the order in which it pays them. */
interface Plain {
  line: BankLineRow;
  items: PlainItem[];
  applications: CashApplication['applications'];
  statusReason: string;
  facts: MatchingFacts;
  matching: Matching;
}

/** So many lines whose items ask for statements of their own go in one transaction: it holds their accounts for as long as it takes. */
const withMoreMaximum = 50;

interface Doing {
  at: string;
  today: IsoDate;
  offsetMs: number;
}

/**
 * Posts, in a few statements for all of them, those of a statement's lines that name items of one customer in the company's currency,
 * bring all that they ask for, a discount in time taken off, and leave nothing to decide (P2); gives their ids. It writes what
 * `matchBankLine` would write for each; every line that needs more than that is left to it. What names its items goes before what is
 * only guessed from amounts. Of those that ask for more than their money (late, dunned, discounted) it takes only so many: what is left
 * comes with the next call.
 */
export async function postPlainLines(
  tx: Transaction,
  { lineIds, at, offsetMs }: { lineIds: string[]; at: string; offsetMs: number },
): Promise<string[]> {
  const [company, lines, policy] = await Promise.all([readCompany(tx), lockNewBankLines(tx, lineIds), readCashPolicy(tx)]);
  const today = localDate(at, company.timeZone);
  const numbersOf = new Map<BankLineRow, string[]>();
  const lineOf = new Map<string, BankLineRow>();
  for (const line of lines) {
    const numbers = numbersNamed(referencesOf(line));
    if (numbers.length === 0 || numbers.some((number) => lineOf.has(number))) continue;
    if (line.kind !== 'receipt' || compareDates(line.valueOn, today) > 0) continue;
    // What another currency comes to in the books depends on what its item carries: each of these is booked on its own.
    if (line.currency !== company.currency) continue;
    numbersOf.set(line, numbers);
    for (const number of numbers) lineOf.set(number, line);
  }
  if (lineOf.size === 0) return [];
  const [accounts, payers] = await Promise.all([
    lockAccountsOf(tx, [...lineOf.keys()]),
    payersFrom(tx, distinct([...numbersOf.keys()].map(({ payerIban }) => payerIban))),
  ]);
  const open = await lockPlainItems(tx, [...lineOf.keys()]);
  const [awaited, waiting, discounts] = await Promise.all([
    customersWhoseWordRuns(tx, [...accounts.keys()]),
    waitingOrders(tx, [...accounts.keys()]),
    discountsByItem(tx, open, (id) => lineOf.get(id)!.valueOn),
  ]);
  const payersOf = (line: BankLineRow, { customerId, customerName: name }: PlainItem): Payer[] => {
    const known = payers.filter(({ iban, currency }) => iban === line.payerIban && currency === line.currency);
    if (known.length > 0) return known.map((payer) => ({ customerId: payer.customerId, by: 'iban', likeness: 100 }));
    const payer = line.payerName === null ? undefined : payerByName({ customerId, name }, line.payerName, policy.nameThreshold);
    return payer ? [payer] : [];
  };
  const plain = [...numbersOf].flatMap(([line, numbers]): Plain[] => {
    const items = open.filter(({ id }) => numbers.includes(id));
    const [first] = items;
    if (!first || items.length < numbers.length || items.some(({ customerId }) => customerId !== first.customerId)) return [];
    if (line.currency !== first.currency || !accounts.has(first.customerId) || awaited.has(first.customerId)) return [];
    const asked = items.map((item) => asMatchItem(item, discounts));
    const { amountMinor, valueOn } = line;
    // What came before its item waits until the item is there.
    if (items.some(({ issuedOn, bookedFrom }) => compareDates(laterDate(issuedOn, bookedFrom), valueOn) > 0)) return [];
    if (sumMinor(asked.map(({ openMinor, discountMinor }) => openMinor - discountMinor)) !== amountMinor) return [];
    const receipt = { amountMinor, valueOn, references: referencesOf(line) };
    const facts = { receipt, payers: payersOf(line, first), namedCustomerIds: [first.customerId], items: asked };
    const matching = matchLine(facts, policy);
    const { post } = matching;
    if (post?.rung !== 'reference' || post.invoiceIds.length < items.length) return [];
    const named = asked.map((item) => ({ ...item, number: item.invoiceId }));
    const { applications } = applyReceipt({ amountMinor, items: named, invoiceIds: post.invoiceIds });
    return [{ line, items, applications, statusReason: reasonOf(post), facts, matching }];
  });
  // Under the locks of the accounts: whoever records the same money by hand has done so by now, or waits.
  const recorded = await recordedReceipts(
    tx,
    plain.map(({ line, facts }) => ({
      line,
      customerIds: [...new Set([...facts.payers.map(({ customerId }) => customerId), ...facts.namedCustomerIds])],
    })),
  );
  let withMore = 0;
  // What also names an item by the number that it had before it was taken over pays more than these.
  const former = await formerItems(
    tx,
    plain.map(({ line }) => referencesOf(line)),
  );
  const taken = plain.filter(({ line, items }) => {
    if (recorded.some(({ lineId }) => lineId === line.id)) return false;
    if (former.some(({ reference }) => quotesFormer(referencesOf(line), reference))) return false;
    const asksForMore = items.some((item) => discounts.has(item.id) || mustBeFinished(item, line.valueOn));
    return !asksForMore || ++withMore <= withMoreMaximum;
  });
  if (taken.length > 0)
    await post(tx, taken, { accounts, waiting, discounts, policyVersion: policy.version }, { at, today, offsetMs });
  return taken.map(({ line }) => line.id);
}

/** Somebody or something collects it, or it is paid late. */
const mustBeFinished = (item: PlainItem, valueOn: IsoDate): boolean =>
  item.hasTasks || item.overdueSince !== null || (!isNote(item.kind) && compareDates(valueOn, item.dueOn) > 0);

/** The discounts that the items' money earns by its value date. */
async function discountsByItem(
  tx: Transaction,
  items: PlainItem[],
  valueOnOf: (id: string) => IsoDate,
): Promise<Map<string, Discount>> {
  const days = [...new Set(items.map(({ id }) => valueOnOf(id)))];
  const found = await Promise.all(
    days.map((day) =>
      discountsOf(
        tx,
        items.filter(({ id }) => valueOnOf(id) === day),
        day,
      ),
    ),
  );
  return new Map(found.flatMap((discounts) => [...discounts]));
}

const distinct = (values: (string | null)[]): string[] => [...new Set(values.filter((value) => value !== null))];

/** Locks the accounts that owe these items, and first the orders whose stage changes with them. */
async function lockAccountsOf(tx: Transaction, invoiceIds: string[]): Promise<Map<string, CreditAccountRow>> {
  await tx.query(
    `SELECT 1 FROM orders WHERE id = ANY (ARRAY(SELECT order_id FROM billings WHERE invoice_id = ANY ($1))) ORDER BY id FOR UPDATE`,
    [invoiceIds],
  );
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

async function post(
  tx: Transaction,
  plain: Plain[],
  {
    accounts,
    waiting,
    discounts,
    policyVersion,
  }: {
    accounts: Map<string, CreditAccountRow>;
    waiting: { id: string; customerId: string }[];
    discounts: Map<string, Discount>;
    policyVersion: number;
  },
  { at, today, offsetMs }: Doing,
): Promise<void> {
  const ids = await tx.query<{ id: string }>("SELECT 'PAY-' || nextval('payment_ids') AS id FROM generate_series(1, $1::int)", [
    plain.length,
  ]);
  const overdue = await overdueOfHeld(tx, plain, accounts, today);
  const receipts = plain.map(({ line, items, applications, statusReason }, index) => {
    const { customerId } = items[0]!;
    const { amountMinor, valueOn, currency } = line;
    const received: ReceivedPayment = {
      paymentId: ids.rows[index]!.id,
      applications: applications.map((application) => ({ ...application, openMinor: 0 })),
      interestNotes: [],
      deposits: [],
      unappliedMinor: 0,
      onHold: false,
    };
    const input = { customerId, method: 'bank-transfer', currency, amountMinor, valueOn, at } as const;
    return { line, items, applications, statusReason, account: accounts.get(customerId)!, input, received };
  });
  const parts = receipts.flatMap(({ items, applications, line, input, received: { paymentId } }) =>
    applications.map((application) => ({
      ...application,
      item: items.find(({ id }) => id === application.invoiceId)!,
      paymentId,
      line,
      input,
    })),
  );
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
        receipts.map(({ input }) => input.customerId),
        receipts.map(({ input }) => input.currency),
        receipts.map(({ input }) => input.amountMinor),
        receipts.map(({ input }) => input.valueOn),
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
        parts.map(({ paymentId }) => paymentId),
        parts.map(({ invoiceId }) => invoiceId),
        parts.map(({ amountMinor }) => amountMinor),
        parts.map(({ input }) => input.valueOn),
      ],
    ),
  ]);
  for (const { items, account, input, received } of receipts) {
    const { paymentId } = received;
    const { valueOn, currency } = input;
    const money = {
      paymentId,
      currency,
      how: 'received',
      cause: paymentId,
      actor: system,
      at,
      today,
      offsetMs,
      valueOn,
      bookedOn: valueOn,
    } as const;
    for (const { invoiceId } of received.applications) {
      const item = items.find(({ id }) => id === invoiceId)!;
      const discount = discounts.get(invoiceId);
      account.openReceivablesMinor -= item.openMinor;
      if (account.onHoldSince !== null) overdue.delete(invoiceId);
      item.openMinor = 0;
      if (discount) await grantDiscount(tx, item, discount, money);
      if (!mustBeFinished(item, valueOn)) continue;
      const note = await finishItem(tx, account, item, { ...money, settledBy: paymentId, by: 'payment' });
      if (note) received.interestNotes.push(note);
    }
    if (account.onHoldSince === null) continue;
    const left = [...overdue.values()].filter(({ customerId }) => customerId === input.customerId);
    await keepHold(tx, account, left, { today, at });
  }
  await Promise.all([
    bookAll(
      tx,
      receipts.map(({ received: { paymentId }, applications, input: { valueOn, currency, amountMinor, customerId } }) => ({
        entry: {
          eventId: `${paymentId}:receipt`,
          kind: 'receipt',
          bookedOn: valueOn,
          currency,
          customerId,
          paymentId,
          paid: applications,
          at,
        },
        postings: receiptApplied({ amountMinor }),
      })),
    ),
    recordAll(
      tx,
      { at, actor: system },
      receipts.flatMap(({ items, applications, input, received }) => [
        ...applications.map(({ invoiceId, amountMinor }) => ({
          action: 'settled',
          ...applicationStory(items.find(({ id }) => id === invoiceId)!, { ...input, amountMinor, how: 'received' }),
          after: { paymentId: received.paymentId },
        })),
        receiptStory(input, received),
      ]),
    ),
    enqueue(
      tx,
      ...parts.flatMap(({ item, paymentId }) => hintsToHolders(item, item.orderId ? [item.orderId] : [], paymentId)),
      ...receipts.flatMap(({ input, received: { paymentId } }) =>
        waiting.filter(({ customerId }) => customerId === input.customerId).map(({ id }) => hintOfRoom(id, paymentId)),
      ),
    ),
    tellAll(
      tx,
      receipts.map(({ input, received }) => receiptNotice(input, received)),
    ),
    saveReceivables(
      tx,
      [...accounts.values()].flatMap((account) => {
        const times = receipts.filter(({ input }) => input.customerId === account.customerId).length;
        return times > 0 ? [{ ...account, times }] : [];
      }),
    ),
    keepMatchings(
      tx,
      plain.map(({ line, facts, matching }) => ({ lineId: line.id, policyVersion, facts, matching })),
      at,
    ),
    saveMatchedLines(
      tx,
      receipts.map(({ line: { id }, statusReason, input: { customerId }, received: { paymentId } }) => ({
        id,
        statusReason,
        customerId,
        paymentId,
      })),
    ),
  ]);
}

/** What customers on hold owe too late, by item: what is left of it when a line has been posted says whether their hold ends with it. */
async function overdueOfHeld(
  tx: Transaction,
  plain: Plain[],
  accounts: Map<string, CreditAccountRow>,
  today: IsoDate,
): Promise<Map<string, { customerId: string; openMinor: number }>> {
  const paying = new Set(plain.map(({ items }) => items[0]!.customerId));
  const held = [...accounts.values()].filter(({ customerId, onHoldSince }) => onHoldSince !== null && paying.has(customerId));
  const found = new Map<string, { customerId: string; openMinor: number }>();
  for (const { customerId } of held) {
    for (const { invoiceId, openMinor } of await overdueItems(tx, customerId, today)) {
      found.set(invoiceId, { customerId, openMinor: openMinor + (found.get(invoiceId)?.openMinor ?? 0) });
    }
  }
  return found;
}
