import {
  blockedItems,
  chargesIn,
  type DrawnFrom,
  type DunningPolicy,
  dunningPolicyIn,
  itemsOfLetter,
  letterCharges,
  policyLabel,
  statedLevel,
} from '../../domain/dunning.ts';
import { overduePart } from '../../domain/instalments.ts';
import { rateOn, ratesOf } from '../../domain/interest.ts';
import { knownAs } from '../../domain/invoice.ts';
import { chooseLetter, chooseNote, defaultLetters, fill, type NoteReason } from '../../domain/letter.ts';
import { formatMoney, percentOf, sumMinor } from '../../domain/money.ts';
import type { LetterItem } from '../../domain/notices.ts';
import type { IsoDate } from '../../domain/time.ts';
import { only, type Queryable, type Transaction } from '../client.ts';
import { suspenseOf } from './bank-lines.ts';
import { readCompany } from './company.ts';
import type { CreditAccountRow } from './credit.ts';
import { issueNote } from './debit-notes.ts';
import { lettersWaitUntil } from './documentation.ts';
import { pausedItems } from './dunning.ts';
import { policyOf } from './dunning-policies.ts';
import { readPolicyRate } from './exchange-rates.ts';
import { isNote, type OpenItemRow } from './invoices.ts';
import { interestOn, readBaseRates } from './late-interest.ts';

type Money = Pick<CreditAccountRow, 'customerId' | 'unappliedCashMinor' | 'openCreditNotesMinor'>;

/** What would keep an item out of a letter at this moment, by item: silence that was agreed, or money that may be its payment. */
export async function blocksOf(
  tx: Transaction,
  { customerId, unappliedCashMinor, openCreditNotesMinor }: Money,
  overdue: readonly { invoiceId: string; openMinor: number }[],
  at: string,
): Promise<Map<string, 'promise' | 'hold-off' | 'candidate-payment'>> {
  const paused = await pausedItems(
    tx,
    overdue.map(({ invoiceId }) => invoiceId),
  );
  return blockedItems(overdue, {
    // Money in suspense that is believed to be theirs counts too.
    cashMinor: unappliedCashMinor + openCreditNotesMinor + (await suspenseOf(tx, customerId)),
    paused,
    mayBePaid: (await lettersWaitUntil(tx, customerId, at)) !== undefined,
  });
}

/** What of these items is overdue, by what is asked for of them. */
export const overdueOf = (items: readonly OpenItemRow[], today: IsoDate) =>
  items.flatMap((item) => {
    const due = overduePart(item, today);
    return due ? [{ item, invoiceId: item.id, dueOn: due.dueOn, openMinor: due.openMinor }] : [];
  });

/**
 * The items that a letter on this day takes, each judged by the policy that its plan was drawn up from (P4). With a level: as if each stood
 * at it. The items are given by what is asked for of them.
 */
export async function decideLetter(
  tx: Transaction,
  account: Money,
  items: readonly OpenItemRow[],
  { today, at, asLevel }: { today: IsoDate; at: string; asLevel?: number | undefined },
): Promise<{ items: LetterItem[]; skipped: { invoiceId: string; reason: string }[] }> {
  const overdue = overdueOf(items, today);
  const blocks = await blocksOf(tx, account, overdue, at);
  const policies = await policiesOf(tx, items, today);
  const weighed = overdue.map(({ item, ...due }) => ({
    ...due,
    dunningLevel: item.dunningLevel,
    lastNoticeOn: item.lastNoticeOn,
    policy: policies(item),
  }));
  const { due, skipped } = itemsOfLetter(weighed, blocks, { on: today, asLevel });
  const chosen = due.map((one) => {
    const { item, dueOn, openMinor } = overdue.find(({ invoiceId }) => invoiceId === one.invoiceId)!;
    const { currency, paymentReference, lastNoticeOn } = item;
    return { ...one, openMinor, currency, dueOn, paymentReference, lastNoticeOn };
  });
  return { items: chosen, skipped };
}

interface Planned {
  plan: DrawnFrom;
  currency: string;
}

/** The policies that the items' plans were drawn up from, as they weigh amounts in the item's currency on that day; each read once. */
export async function policiesOf(
  db: Queryable,
  items: readonly Planned[],
  on: IsoDate,
): Promise<(item: Planned) => DunningPolicy> {
  const found = new Map<string, DunningPolicy>();
  const key = ({ plan, currency }: Planned) => `${policyLabel(plan)} ${currency}`;
  for (const item of items) {
    if (found.has(key(item))) continue;
    found.set(key(item), dunningPolicyIn(await policyOf(db, item.plan), await readPolicyRate(db, item.currency, on)));
  }
  return (item) => found.get(key(item))!;
}

/** What a letter says beyond its items; kept with it, and charged when it has been sent. */
export interface LetterTerms {
  fee: { invoiceId: string; level: number; amountMinor: number } | null;
  compensations: { invoiceId: string; amountMinor: number }[];
  /** Of all its items, by the day it is written. */
  interestMinor: number;
}

export interface WrittenLetter extends LetterTerms {
  subject: string;
  text: string;
  language: string;
  items: (LetterItem & { interestMinor: number })[];
  level: number;
  final: boolean;
}

/** Writes the letter about these items: its charges by their policies, its words in the customer's language (P4, P5). */
export async function writeLetter(
  tx: Transaction,
  customerId: string,
  asked: readonly LetterItem[],
  open: readonly OpenItemRow[],
  on: IsoDate,
): Promise<WrittenLetter> {
  const company = await readCompany(tx);
  const rows = asked.map((one) => ({ one, item: open.find(({ id }) => id === one.invoiceId)! }));
  const policies = await policiesOf(
    tx,
    rows.map(({ item }) => item),
    on,
  );
  const compensated = await compensatedOf(
    tx,
    asked.map(({ invoiceId }) => invoiceId),
  );
  const stated = statedLevel(asked);
  // The words of the policy that has the letter's level: one letter may speak for items of several.
  const leading = rows.find(({ one }) => one.level === stated.level)!.item;
  const charges = letterCharges(
    rows
      .filter(({ item }) => item.currency === leading.currency)
      .map(({ one, item }) => ({
        invoiceId: one.invoiceId,
        level: one.level,
        isNote: isNote(item.kind),
        policy: chargesIn(policies(item), item.currency, company.currency),
        isCompensated: compensated.has(one.invoiceId),
      })),
  );
  const items: WrittenLetter['items'] = [];
  for (const { one, item } of rows) {
    const { interestMinor } = await interestOn(tx, item, policies(item), on);
    items.push({ ...one, interestMinor: Math.max(0, interestMinor) });
  }
  const policy = policies(leading);
  const { name, language } = await readAddressee(tx, customerId);
  const chosen = chooseLetter(policy.letters ?? defaultLetters, language, stated);
  const money = (amountMinor: number) => formatMoney({ currency: leading.currency, amountMinor });
  const unlessZero = (amountMinor: number) => (amountMinor === 0 ? '' : money(amountMinor));
  const interestMinor = sumMinor(items.map((item) => item.interestMinor));
  const rate = rateOn(ratesOf(policy, policy.baseRateMargin === undefined ? [] : await readBaseRates(tx)), on);
  const frame = { customer: name, company: company.legalName };
  const values = {
    ...frame,
    items: items
      .map((item) =>
        fill(chosen.frame.item, {
          invoiceId: knownAs(open.find(({ id }) => id === item.invoiceId)!),
          amount: money(item.openMinor),
          dueOn: item.dueOn,
          reference: item.paymentReference ?? '',
          interest: unlessZero(item.interestMinor),
        }),
      )
      .join('\n'),
    total: money(sumMinor(items.map(({ openMinor }) => openMinor))),
    level: String(stated.level),
    fee: unlessZero(charges.fee?.amountMinor ?? 0),
    compensation: unlessZero(sumMinor(charges.compensations.map(({ amountMinor }) => amountMinor))),
    interest: unlessZero(interestMinor),
    rate: rate === undefined ? '' : `${percentOf(rate)} %`,
    contact: company.contactName ?? '',
  };
  return {
    ...charges,
    ...stated,
    interestMinor,
    items,
    language: chosen.language,
    subject: fill(chosen.letter.subject, values),
    text: `${fill(chosen.frame.greeting, frame)}\n\n${fill(chosen.letter.text, values)}\n\n${fill(chosen.frame.closing, frame)}\n`,
  };
}

/** Writes the reminder before an item is due, in the words of its own policy. */
export async function writeReminder(
  tx: Transaction,
  item: OpenItemRow,
  { openMinor, dueOn }: { openMinor: number; dueOn: IsoDate },
): Promise<Pick<WrittenLetter, 'subject' | 'text' | 'language'>> {
  const [{ legalName }, { name, language }, policy] = [
    await readCompany(tx),
    await readAddressee(tx, item.customerId),
    await policyOf(tx, item.plan),
  ];
  const chosen = chooseLetter(policy.letters ?? defaultLetters, language, 'reminder');
  const frame = { customer: name, company: legalName };
  const values = {
    ...frame,
    invoiceId: knownAs(item),
    amount: formatMoney({ currency: item.currency, amountMinor: openMinor }),
    dueOn,
    reference: item.paymentReference,
  };
  return {
    language: chosen.language,
    subject: fill(chosen.letter.subject, values),
    text: `${fill(chosen.frame.greeting, frame)}\n\n${fill(chosen.letter.text, values)}\n\n${fill(chosen.frame.closing, frame)}\n`,
  };
}

/** Writes the mail that brings a note of interest or fees, in the words of its item's policy. */
export async function writeNote(db: Queryable, invoiceId: string): Promise<Pick<WrittenLetter, 'subject' | 'text' | 'language'>> {
  const note = only(
    await db.query<{
      customerId: string;
      principalInvoiceId: string;
      charge: NoteReason | null;
      currency: string;
      grossMinor: number;
      dueOn: IsoDate;
      plan: DrawnFrom;
    }>(
      `SELECT customer_id AS "customerId", corrects_invoice_id AS "principalInvoiceId", facts ->> 'charge' AS charge, currency,
         gross_minor AS "grossMinor", due_on AS "dueOn", plan FROM invoices WHERE id = $1`,
      [invoiceId],
    ),
  );
  const { currency, grossMinor: amountMinor, dueOn, principalInvoiceId } = note;
  const [{ legalName }, { name, language }, policy] = await Promise.all([
    readCompany(db),
    readAddressee(db, note.customerId),
    policyOf(db, note.plan),
  ]);
  const chosen = chooseNote(policy.letters ?? defaultLetters, language, note.charge ?? 'interest');
  const frame = { customer: name, company: legalName };
  const values = { ...frame, invoiceId, principalInvoiceId, amount: formatMoney({ currency, amountMinor }), dueOn };
  return {
    language: chosen.language,
    subject: fill(chosen.letter.subject, values),
    text: `${fill(chosen.frame.greeting, frame)}\n\n${fill(chosen.letter.text, values)}\n\n${fill(chosen.frame.closing, frame)}\n`,
  };
}

const readAddressee = async (db: Queryable, customerId: string) =>
  only(
    await db.query<{ name: string; language: string | null }>('SELECT name, language FROM customers WHERE id = $1', [customerId]),
  );

/** Those of the items whose fixed sum was charged. */
async function compensatedOf(db: Queryable, invoiceIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await db.query<{ invoiceId: string }>(
    `SELECT corrects_invoice_id AS "invoiceId" FROM invoices WHERE kind = 'fee-note' AND facts ->> 'chargeKey' = ANY ($1)`,
    [invoiceIds.map(compensationKey)],
  );
  return new Set(rows.map(({ invoiceId }) => invoiceId));
}

const compensationKey = (invoiceId: string): string => `${invoiceId}:compensation`;

interface Charging {
  today: IsoDate;
  offsetMs: number;
  at: string;
}

/** Charges the fixed sum for the cost of recovering an item, once. The account is locked, and saved by the caller. */
export async function chargeCompensation(
  tx: Transaction,
  account: CreditAccountRow,
  item: OpenItemRow,
  amountMinor: number,
  when: Charging,
): Promise<string | undefined> {
  if ((await compensatedOf(tx, [item.id])).size > 0) return undefined;
  const lines = [{ text: `Fixed sum for the cost of recovering ${item.id}`, minor: amountMinor }];
  const facts = { charge: 'compensation', chargeKey: compensationKey(item.id) };
  return issueNote(tx, account, { kind: 'fee-note', item, lines, facts, ...when });
}

/** Charges the fee of a letter that has gone out, once. The account is locked, and saved by the caller. */
export async function chargeFee(
  tx: Transaction,
  account: CreditAccountRow,
  item: OpenItemRow,
  { noticeKey, level, amountMinor }: { noticeKey: string; level: number; amountMinor: number },
  when: Charging,
): Promise<string> {
  const lines = [{ text: `Fee for our letter of level ${level} on ${item.id}`, minor: amountMinor }];
  const facts = { charge: 'dunning-fee', chargeKey: `${noticeKey}:fee`, level };
  return issueNote(tx, account, { kind: 'fee-note', item, lines, facts, ...when });
}
