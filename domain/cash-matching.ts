/**
 * The matching ladder: which open items a line of a bank statement pays, and why. Each rung is surer than the one below; the first
 * that finds anything decides. Only what is unique posts by itself, everything else is a suggestion with a score and reasons.
 * Requirement P2.
 */
import { isTelling, quotes } from './cash-application.ts';
import { knownAs } from './invoice.ts';
import { applyRate, sumMinor } from './money.ts';
import { type PolicyRate, policyAmount, policyRateInWords } from './policy-amount.ts';
import { compareDates, daysBetween, type IsoDate } from './time.ts';

/** Immutable, versioned data. Amounts are in the company's currency. */
export interface CashPolicy {
  name: 'cash';
  version: number;
  /** A payment that is short by no more than both is taken for full, and the difference written off. */
  toleranceMinor: number;
  /** Decimal string, of what was asked: '0.005' is half a percent. */
  toleranceRate: string;
  /** The most that is written off as what banks on the way have kept. */
  bankChargesMaximumMinor: number;
  /** From which likeness of names, 0 to 100, a payer is recognised by its name. */
  nameThreshold: number;
  /** The oldest so many items of a payer are tried in combination. */
  combinationItems: number;
  /** Whether money of a known payer that no rung could place pays the oldest items. */
  oldestFirst: boolean;
}

export const defaultCashPolicy: CashPolicy = {
  name: 'cash',
  version: 0,
  toleranceMinor: 100,
  toleranceRate: '0.005',
  bankChargesMaximumMinor: 5_000,
  nameThreshold: 90,
  combinationItems: 12,
  oldestFirst: false,
};

/** The policy with its amounts as the currency of a line has them, and the rate by which they came to it. */
export type WeighedCashPolicy = CashPolicy & { policyRate?: PolicyRate | undefined };

export const cashPolicyIn = (policy: CashPolicy, policyRate: PolicyRate | undefined): WeighedCashPolicy => ({
  ...policy,
  toleranceMinor: policyAmount(policy.toleranceMinor, policyRate, 'at-most'),
  bankChargesMaximumMinor: policyAmount(policy.bankChargesMaximumMinor, policyRate, 'at-most'),
  ...(policyRate && { policyRate }),
});

export interface MatchItem {
  customerId: string;
  /** Its number: an invoice, or the pro-forma of an order that is paid in advance. */
  invoiceId: string;
  paymentReference: string;
  /** Of an item that was taken over: the number it had there, which its customer knows. */
  formerReference?: string | undefined;
  openMinor: number;
  /** What need not be paid if the rest is paid with this value date: an early-payment discount. */
  discountMinor: number;
  issuedOn: IsoDate;
  dueOn: IsoDate;
}

/** Who may have paid. A name alone is weak: it posts only what is exact, and nothing when several customers have alike ones. */
export interface Payer {
  customerId: string;
  by: 'iban' | 'name' | 'hand';
  /** 0 to 100: how alike the names are; 100 for the others. */
  likeness: number;
}

export interface Receipt {
  amountMinor: number;
  valueOn: IsoDate;
  /** Structured reference and remittance text. */
  references: readonly string[];
  /** Former numbers in them of items that are paid already. */
  settledReferences?: readonly string[];
}

/**
 * The same amount that is in the books of one who may have paid, without a line of a bank statement, or a cheque of theirs that was given to the
 * bank: the line may be the same money.
 */
export interface RecordedReceipt {
  customerId: string;
  /** Null: a cheque that does not count as money yet. */
  paymentId: string | null;
  method: string;
  valueOn: IsoDate;
  /** The bank's reference that it was recorded with. */
  externalReference: string | null;
  cheque: { id: string; number: string } | null;
  /** What it has paid. */
  invoiceIds: string[];
}

/** So far apart may be the days of one receipt: a transfer is noted by its advice, a cheque counts from its deposit, and banks take a week. */
export const recordedWithinDays = 7;

export type Rung =
  | 'recorded'
  | 'reference'
  | 'exact-item'
  | 'clears-account'
  | 'clears-past-due'
  | 'clears-past-due-by-term'
  | 'combination'
  | 'oldest-first';

export interface Match {
  rung: Rung;
  customerId: string;
  /** Of the rung 'recorded': what the line is tied to, without a second booking. */
  recorded?: { paymentId: string | null; chequeId: string | null };
  /** In order of due date, then number. */
  invoiceIds: string[];
  /** What is short of the last of them, inside the tolerance: written off. */
  shortMinor: number;
  /** 0 to 100. */
  score: number;
  reasons: string[];
}

export interface Matching {
  /** The one match that posts by itself. */
  post: Match | undefined;
  /** Whose money it is without doubt, though what it pays is open: it waits on that account. */
  onAccountOf: string | undefined;
  /** The best first. */
  suggestions: Match[];
  /** The money is in the books already, without doubt. */
  recorded?: Match;
}

const suggestionsMaximum = 10;
const scores: Record<Rung, number> = {
  recorded: 95,
  reference: 98,
  'exact-item': 92,
  'clears-account': 90,
  'clears-past-due': 87,
  'clears-past-due-by-term': 84,
  combination: 75,
  'oldest-first': 60,
};
/** Of two that fit equally well neither is likely. */
const tiePenalty = 25;
const provenByName: readonly Rung[] = ['reference', 'exact-item', 'clears-account'];

/** A name is weak: it posts what only its customer owes to the cent, and writes nothing off. */
const isProvenByName = (payers: readonly Payer[], { rung, shortMinor }: Match): boolean =>
  payers.length === 1 && shortMinor === 0 && provenByName.includes(rung);

/** The series of our documents that ask for money. */
const series = 'INV|OPN|INT|FEE|PRO|RTN';
const ownNumber = new RegExp(`(${series})[ ./-]*((?:\\d[ ./-]*){10})(?!\\d)`, 'g');
const ownNumberBegun = new RegExp(`(?:${series})\\d+`, 'g');

/** Numbers of our own documents that a text may hold; whether it really does, `quotes` says. */
export function quotedNumbers(references: readonly string[]): string[] {
  const numbers = references.flatMap((text) =>
    [...text.toUpperCase().matchAll(ownNumber)].map(([, series, digits]) => {
      const plain = digits!.replace(/\D/g, '');
      return `${series}-${plain.slice(0, 4)}-${plain.slice(4)}`;
    }),
  );
  return [...new Set(numbers)].slice(0, 200);
}

/**
 * The numbers that a line names, when nothing in it may name anything else: what it pays is known without a look at all that its
 * payer owes. None when there is any doubt.
 */
export function numbersNamed(references: readonly string[]): string[] {
  const numbers = quotedNumbers(references);
  const known = new Set(numbers.map((number) => number.replaceAll('-', '')));
  const named = references.flatMap(
    (text) =>
      text
        .toUpperCase()
        .replaceAll(/[ ./-]/g, '')
        .match(ownNumberBegun) ?? [],
  );
  return named.every((found) => known.has(found)) ? numbers : [];
}

/** Of a text's words so many are put together, and so many of these are looked for. */
const wordsTogether = 5;
const formerNumbersMaximum = 300;

/** What in these references may be a number of the system before this one, plain: words, and words together, that tell something. */
export function formerNumbersIn(references: readonly string[]): string[] {
  const found = new Set<string>();
  for (const text of references) {
    const words = text.toUpperCase().match(/[A-Z0-9]+/g) ?? [];
    for (const from of words.keys()) {
      for (let count = 1; count <= wordsTogether && from + count <= words.length; count += 1) {
        const together = words.slice(from, from + count).join('');
        if (isTelling(together)) found.add(together);
      }
    }
  }
  return [...found].slice(0, formerNumbersMaximum);
}

/** Whether the references hold the number that something had in the system before this one. */
export const quotesFormer = (references: readonly string[], formerReference: string | undefined): boolean =>
  formerReference !== undefined && isTelling(formerReference) && references.some((text) => quotes(text, formerReference));

/** Everything that a line of a bank statement was matched by; kept with what came of it, so that it can be matched again (X6). */
export interface MatchingFacts {
  receipt: Receipt;
  /** Who is known by the account or was named by a person; else all whose names are somewhat like the payer's, the likeliest first. */
  payers: readonly Payer[];
  /** Whose items the references name by their numbers, whoever pays. */
  namedCustomerIds: readonly string[];
  /** What is open of all of these. */
  items: readonly MatchItem[];
  /** Receipts that the line may be another sight of. */
  recorded?: readonly RecordedReceipt[];
  /** The bank's own reference of the line, and what else names a cheque. */
  bankReference?: string | null;
  /** Absent: the line is in the company's currency, as the policy's amounts are. */
  policyRate?: PolicyRate | undefined;
}

/** From which likeness of names a customer is looked at at all: no policy recognises a payer by less. */
export const nameThresholdMinimum = 50;
/** So many alike names are weighed: more of them say nothing. */
const payersMaximum = 5;

/** The payers that the policy takes for likely. */
export const likelyPayers = (payers: readonly Payer[], { nameThreshold }: Pick<CashPolicy, 'nameThreshold'>): Payer[] => [
  ...payers.filter(({ by }) => by !== 'name'),
  ...payers.filter(({ by, likeness }) => by === 'name' && likeness >= nameThreshold).slice(0, payersMaximum),
];

/**
 * What a line pays, by this policy. Where the same money may be in the books already, nothing is posted by itself, not even on account: booked
 * twice it would lower what its customer owes twice.
 */
export function matchLine(facts: MatchingFacts, policy: CashPolicy): Matching {
  const { receipt, payers, namedCustomerIds, items, recorded = [], policyRate } = facts;
  const likely = likelyPayers(payers, policy);
  const customerIds = new Set([...likely.map(({ customerId }) => customerId), ...namedCustomerIds]);
  const theirs = items.filter(({ customerId }) => customerIds.has(customerId));
  const matching = matchReceipt(receipt, likely, theirs, cashPolicyIn(policy, policyRate));
  if (recorded.length === 0) return matching;
  const same = recorded.filter((one) => isNamed(one, facts));
  const [only] = same;
  return {
    post: undefined,
    onAccountOf: undefined,
    suggestions: [...recorded.map(asRecorded), ...(matching.post ? [matching.post] : matching.suggestions)].slice(
      0,
      suggestionsMaximum,
    ),
    ...(only && same.length === 1 ? { recorded: asRecorded(only) } : {}),
  };
}

/** Shorter numbers of cheques stand in many a text. */
const chequeNumberMinimum = 4;

/** Whether the line bears the reference of a receipt, or the number of its cheque. */
const isNamed = (
  { externalReference, cheque }: RecordedReceipt,
  { bankReference, receipt }: Pick<MatchingFacts, 'bankReference' | 'receipt'>,
): boolean =>
  (bankReference != null && externalReference === bankReference) ||
  (cheque !== null &&
    cheque.number.length >= chequeNumberMinimum &&
    [...receipt.references, bankReference ?? ''].some((text) => quotes(text, cheque.number)));

const asRecorded = ({ customerId, paymentId, method, valueOn, cheque, invoiceIds }: RecordedReceipt): Match => ({
  rung: 'recorded',
  customerId,
  recorded: { paymentId, chequeId: cheque?.id ?? null },
  invoiceIds,
  shortMinor: 0,
  score: scores.recorded,
  reasons: [
    paymentId === null
      ? `${cheque!.id}, cheque ${cheque!.number}, was given to the bank on ${valueOn} over this amount`
      : `already recorded as ${paymentId}: this amount by ${method} for ${valueOn}, and no line of a bank statement is tied to it`,
    ...(paymentId !== null && cheque !== null ? [`it came with ${cheque.id}, cheque ${cheque.number}`] : []),
  ],
});

/** Of all that may pay: the items of every payer, and those that the references name, whosever they are. */
export function matchReceipt(
  receipt: Receipt,
  payers: readonly Payer[],
  items: readonly MatchItem[],
  policy: WeighedCashPolicy,
): Matching {
  const open = items.filter(({ openMinor }) => openMinor > 0).sort(byDueDate);
  const { references } = receipt;
  // Two customers may have had the same number there: it names the payer's item, or where nobody is known whosever it is.
  const isFormerly = ({ customerId, formerReference }: MatchItem) =>
    quotesFormer(references, formerReference) && (payers.length === 0 || payers.some((payer) => payer.customerId === customerId));
  const named = open.filter(
    (item) => references.some((text) => quotes(text, item.paymentReference) || quotes(text, item.invoiceId)) || isFormerly(item),
  );
  const sure = payers.filter(({ by }) => by !== 'name');
  const onAccountOf = sure.length === 1 ? sure[0]!.customerId : undefined;

  const byReference = named.length > 0 ? matchReference(receipt, payers, named, policy) : undefined;
  if (byReference?.isSure) return { post: byReference.match, onAccountOf: byReference.match.customerId, suggestions: [] };

  const climbed = payers.map((payer) => ({ payer, matches: climb(receipt, payer, open, policy) }));
  const found = climbed.flatMap(({ payer, matches }) => matches.map((match) => ({ payer, match })));
  const [only] = found;
  // A line that names what is not open, such as an invoice that is paid already, does not mean another item of the same amount.
  const saysOther =
    byReference !== undefined ||
    quotedNumbers(references).length > 0 ||
    (receipt.settledReferences ?? []).length > 0 ||
    open.some(({ formerReference }) => quotesFormer(references, formerReference)) ||
    isRoundWithWords(receipt);
  if (
    !saysOther &&
    only !== undefined &&
    found.length === 1 &&
    (only.payer.by !== 'name' || isProvenByName(payers, only.match)) &&
    only.match.rung !== 'oldest-first'
  ) {
    return { post: only.match, onAccountOf: only.match.customerId, suggestions: [] };
  }
  if (!saysOther && only?.match.rung === 'oldest-first' && onAccountOf !== undefined && policy.oldestFirst) {
    return { post: only.match, onAccountOf, suggestions: [] };
  }
  const tied = found.length > 1;
  const suggestions = [
    ...(byReference ? [byReference.match] : []),
    ...found.map(({ match }) =>
      tied
        ? { ...match, score: match.score - tiePenalty, reasons: [...match.reasons, `${found.length} fit equally well`] }
        : match,
    ),
  ];
  // Sorting is stable: those of one score stay in order of due date, then number.
  suggestions.sort((a, b) => b.score - a.score);
  return { post: undefined, onAccountOf, suggestions: suggestions.slice(0, suggestionsMaximum) };
}

const roundMinor = 1_000;

/**
 * Round amounts meet by chance, and words beside one that name none of our documents may say what else it is for: a deposit, a loan, a
 * refund. Numbers of ours that are garbled are no words.
 */
function isRoundWithWords({ amountMinor, references }: Receipt): boolean {
  return amountMinor % roundMinor === 0 && references.some((text) => wordsBeside.test(text));
}
const wordsBeside = new RegExp(`(?<![\\p{L}\\p{N}])(?!(?:${series})(?!\\p{L}))\\p{L}{3,}(?![\\p{L}\\p{N}])`, 'iu');

const byDueDate = (a: MatchItem, b: MatchItem): number => compareDates(a.dueOn, b.dueOn) || (a.invoiceId < b.invoiceId ? -1 : 1);
const askedMinor = (item: MatchItem): number => item.openMinor - item.discountMinor;
const askedInAll = (items: readonly MatchItem[]): number => sumMinor(items.map(askedMinor));

/** By how much the amount is short of what is asked, when that is nothing or inside the tolerance; else undefined. */
function shortOf(receipt: Receipt, asked: number, policy: WeighedCashPolicy): number | undefined {
  const shortMinor = asked - receipt.amountMinor;
  if (shortMinor === 0) return 0;
  if (shortMinor < 0 || asked === 0) return undefined;
  return shortMinor <= policy.toleranceMinor && shortMinor <= applyRate(asked, policy.toleranceRate, 'half-up')
    ? shortMinor
    : undefined;
}

const insideTolerance = (shortMinor: number, { policyRate }: WeighedCashPolicy): string =>
  `short by ${shortMinor}, inside the tolerance${policyRateInWords(policyRate)}`;

/** Rung 1: it posts only when the payer agrees, or the amount does. */
function matchReference(
  receipt: Receipt,
  payers: readonly Payer[],
  named: readonly MatchItem[],
  policy: WeighedCashPolicy,
): { match: Match; isSure: boolean } {
  const { customerId } = named[0]!;
  const own = named.filter((item) => item.customerId === customerId);
  const payer = payers.find((candidate) => candidate.customerId === customerId);
  const shortMinor = shortOf(receipt, askedInAll(own), policy);
  const ofOne = own.length === named.length;
  const reasons = [
    `names ${own.map(({ invoiceId, formerReference }) => knownAs({ id: invoiceId, formerReference })).join(', ')}`,
  ];
  if (payer) reasons.push(reasonOf(payer));
  if (shortMinor !== undefined)
    reasons.push(shortMinor === 0 ? 'the amount is what they ask for' : insideTolerance(shortMinor, policy));
  if (!ofOne) reasons.push('it names items of several customers');
  const agrees = payer !== undefined || shortMinor !== undefined;
  const score = scores.reference - (agrees ? 0 : 30) - (ofOne ? 0 : tiePenalty);
  const match: Match = {
    rung: 'reference',
    customerId,
    invoiceIds: own.map(({ invoiceId }) => invoiceId),
    shortMinor: shortMinor ?? 0,
    score,
    reasons,
  };
  return { match, isSure: ofOne && agrees };
}

const reasonOf = ({ by, likeness, customerId }: Payer): string =>
  by === 'iban'
    ? `${customerId} pays from this account`
    : by === 'name'
      ? `the name is ${likeness} % that of ${customerId}`
      : `${customerId} was named by a person`;

/** Rungs 2 to 7 for one payer: the matches of the first rung that has any. */
function climb(receipt: Receipt, payer: Payer, all: readonly MatchItem[], policy: WeighedCashPolicy): Match[] {
  const items = all.filter((item) => item.customerId === payer.customerId);
  const pastDue = items.filter((item) => compareDates(item.dueOn, receipt.valueOn) < 0);
  const termOf = (item: MatchItem) => daysBetween(item.issuedOn, item.dueOn);
  const terms = [...new Set(pastDue.map(termOf))];
  const match = (rung: Rung, chosen: readonly MatchItem[], reason: string, shortMinor = 0): Match => ({
    rung,
    customerId: payer.customerId,
    invoiceIds: chosen.map(({ invoiceId }) => invoiceId),
    shortMinor,
    score: Math.round((scores[rung] * payer.likeness) / 100) - (shortMinor > 0 ? 5 : 0),
    reasons: [reasonOf(payer), reason, ...(shortMinor > 0 ? [insideTolerance(shortMinor, policy)] : [])],
  });
  const sets = (rung: Rung, groups: readonly (readonly MatchItem[])[], reason: string): Match[] =>
    groups
      .filter((group) => group.length > 1)
      .flatMap((group) => {
        const shortMinor = shortOf(receipt, askedInAll(group), policy);
        return shortMinor === undefined ? [] : [match(rung, group, reason, shortMinor)];
      });
  const exactly = (item: MatchItem) => [askedMinor(item), item.openMinor].includes(receipt.amountMinor);
  const exact = items.filter(exactly).map((item) => match('exact-item', [item], `${item.invoiceId} is open by this amount`));
  const nearly = items.flatMap((item) => {
    const shortMinor = shortOf(receipt, askedMinor(item), policy);
    return shortMinor ? [match('exact-item', [item], `${item.invoiceId} is open by nearly this amount`, shortMinor)] : [];
  });
  const rungs: (() => Match[])[] = [
    () => exact,
    () => nearly,
    () => sets('clears-account', [items], 'it clears the account'),
    () => sets('clears-past-due', [pastDue], 'it clears all that is past due'),
    () =>
      sets(
        'clears-past-due-by-term',
        terms.map((term) => pastDue.filter((item) => termOf(item) === term)),
        'it clears all that is past due of one term',
      ),
    () =>
      combinations(receipt.amountMinor, items.slice(0, policy.combinationItems)).map((chosen) =>
        match('combination', chosen, `${chosen.length} items make this amount`),
      ),
    () =>
      items.length > 0 ? [match('oldest-first', oldestFor(receipt.amountMinor, items), 'the oldest items that it pays')] : [],
  ];
  for (const rung of rungs) {
    const matches = rung();
    if (matches.length > 0) return matches;
  }
  return [];
}

function oldestFor(amountMinor: number, items: readonly MatchItem[]): MatchItem[] {
  let leftMinor = amountMinor;
  return items.filter((item) => {
    const isReached = leftMinor > 0;
    leftMinor -= askedMinor(item);
    return isReached;
  });
}

/** So many sets are found at most: two already say that none of them posts by itself. */
const combinationsMaximum = 5;

/**
 * Sets of two or more items that make the amount exactly. Exhaustive over the few items that the policy gives it: 2^12 sets are a
 * fraction of a millisecond, and with more items some set fits almost any amount by chance.
 */
function combinations(amountMinor: number, items: readonly MatchItem[]): MatchItem[][] {
  const found: MatchItem[][] = [];
  const choose = (from: number, leftMinor: number, chosen: MatchItem[]): void => {
    if (found.length >= combinationsMaximum) return;
    if (leftMinor === 0) {
      if (chosen.length > 1) found.push(chosen);
      return;
    }
    for (let index = from; index < items.length; index += 1) {
      const item = items[index]!;
      if (askedMinor(item) <= leftMinor) choose(index + 1, leftMinor - askedMinor(item), [...chosen, item]);
    }
  };
  choose(0, amountMinor, []);
  return found;
}
