/**
 * Documents in one currency, books in another: what each posting comes to in the books, and where the difference between two rates
 * goes. Requirement A3.
 */
import type { Account, Posting, Side } from './ledger.ts';
import { applyRateProRata, type Rounding, sumMinor } from './money.ts';
import type { IsoDate } from './time.ts';

export const missingRate = (currency: string, on: IsoDate): string =>
  `There is no exchange rate of ${currency} on or before ${on}: finance saves it first.`;

/** A posting with its amount in the currency of the books. An exchange difference has that one alone. */
export interface BookedPosting extends Posting {
  functionalMinor: number;
}

/** What an item stands in the books with: a debit item, a payment, a credit note, a shipment that is not billed yet. */
export interface Carried {
  amountMinor: number;
  functionalMinor: number;
}

/** The accounts whose items carry an amount of their own, and the side on which it leaves them. */
const leavesOn: Partial<Record<Account, Side>> = {
  'accounts-receivable': 'credit',
  'unbilled-receivables': 'credit',
  'unapplied-cash': 'debit',
  'customer-deposits': 'debit',
  'customer-credits': 'debit',
};

/** Stock is bought and kept in the books' own currency, whatever its buyer pays in. */
const goodsAccounts: readonly Account[] = [
  'inventory',
  'goods-in-transit',
  'goods-received-clearing',
  'cost-of-goods-sold',
  'shrinkage',
];

export const isOfGoods = ({ account }: Pick<Posting, 'account'>): boolean => goodsAccounts.includes(account);

/** Whether the posting takes off what its item carries. */
export const isLeaving = ({ account, side }: Pick<Posting, 'account' | 'side'>): boolean => leavesOn[account] === side;

/** Of what an item carries, the share that leaves it with an amount: parts share the rounding, and whoever takes the rest takes all. */
export function shareOfCarried(carried: Carried, amountMinor: number, rounding: Rounding): number {
  if (amountMinor >= carried.amountMinor) return carried.functionalMinor;
  return applyRateProRata(carried.functionalMinor, '1', amountMinor, carried.amountMinor, rounding);
}

export interface Translation {
  /** An amount at the rate of the entry. */
  convert: (amountMinor: number) => number;
  /** In the books' currency, what leaves the items of an account with this entry. */
  leaving: ReadonlyMap<Account, number>;
  rounding: Rounding;
}

/**
 * Brings an entry into the currency of the books. It is read as pairs of one debit and one credit of the same amount. Money and new
 * receivables come at the entry's rate, an item leaves with its share of what it carries, and everything else follows what it stands
 * against: a discount has the rate of its invoice. What a pair is then out by has been won or lost by the change of the rate.
 */
export function translated(postings: readonly Posting[], { convert, leaving, rounding }: Translation): BookedPosting[] {
  const functional = postings.map(() => 0);
  const takenMinor = new Map<Account, number>();
  const ownValue = (posting: Posting, pairMinor: number): number | undefined => {
    const { account, side } = posting;
    if (!isLeaving(posting)) return account === 'bank' || account === 'accounts-receivable' ? convert(pairMinor) : undefined;
    const totalMinor = sumMinor(
      postings.filter((one) => one.account === account && one.side === side).map((one) => one.amountMinor),
    );
    const carried = { amountMinor: totalMinor, functionalMinor: leaving.get(account) ?? 0 };
    const before = takenMinor.get(account) ?? 0;
    takenMinor.set(account, before + pairMinor);
    return sumMinor([
      shareOfCarried(carried, before + pairMinor, rounding),
      before === 0 ? 0 : -shareOfCarried(carried, before, rounding),
    ]);
  };
  for (const { debit, credit, amountMinor } of pairsOf(postings)) {
    const debitMinor = ownValue(postings[debit]!, amountMinor);
    const creditMinor = ownValue(postings[credit]!, amountMinor);
    functional[debit]! += debitMinor ?? creditMinor ?? convert(amountMinor);
    functional[credit]! += creditMinor ?? debitMinor ?? convert(amountMinor);
  }
  return withDifference(postings.map((posting, index) => ({ ...posting, functionalMinor: functional[index]! })));
}

/** Adds the gain or the loss that makes the entry balance in the currency of the books. */
export function withDifference(postings: readonly BookedPosting[]): BookedPosting[] {
  const gainMinor = sumMinor(
    postings.map(({ side, functionalMinor }) => (side === 'debit' ? functionalMinor : -functionalMinor)),
  );
  if (gainMinor === 0) return [...postings];
  const difference: BookedPosting =
    gainMinor > 0
      ? { account: 'exchange-gains', side: 'credit', amountMinor: 0, functionalMinor: gainMinor }
      : { account: 'exchange-losses', side: 'debit', amountMinor: 0, functionalMinor: -gainMinor };
  return [...postings, difference];
}

/**
 * The same for an account that carries one amount for all of its postings: what brings it towards zero takes its share of that, what goes
 * beyond zero follows what it stands against. The difference has been won or lost. `carried`: before the entry, debits above zero.
 */
export function carriedAsOne(
  postings: readonly BookedPosting[],
  account: Account,
  carried: Carried,
  rounding: Rounding,
): BookedPosting[] {
  const valued = postings.map((posting) => {
    const sign = posting.side === 'debit' ? -1 : 1;
    const there = { amountMinor: sign * carried.amountMinor, functionalMinor: sign * carried.functionalMinor };
    if (posting.account !== account || there.amountMinor <= 0 || there.functionalMinor < 0) return posting;
    const beyondMinor = Math.max(0, posting.amountMinor - there.amountMinor);
    const functionalMinor = sumMinor([
      shareOfCarried(there, posting.amountMinor, rounding),
      beyondMinor === 0 ? 0 : applyRateProRata(posting.functionalMinor, '1', beyondMinor, posting.amountMinor, rounding),
    ]);
    return { ...posting, functionalMinor };
  });
  return withDifference(valued);
}

/** Debits against credits, each in its order, as far as they go. */
function pairsOf(postings: readonly Posting[]): { debit: number; credit: number; amountMinor: number }[] {
  const of = (side: Side) =>
    postings.flatMap((posting, index) => (posting.side === side ? [{ index, leftMinor: posting.amountMinor }] : []));
  const debits = of('debit');
  const credits = of('credit');
  const pairs: { debit: number; credit: number; amountMinor: number }[] = [];
  while (debits[0] && credits[0]) {
    const amountMinor = Math.min(debits[0].leftMinor, credits[0].leftMinor);
    pairs.push({ debit: debits[0].index, credit: credits[0].index, amountMinor });
    for (const side of [debits, credits]) {
      side[0]!.leftMinor -= amountMinor;
      if (side[0]!.leftMinor === 0) side.shift();
    }
  }
  return pairs;
}

/** An open item as the books had it on a day, debits above zero. Of receivables each is a debit item; bank accounts have no items. */
export interface ForeignPosition extends Carried {
  account: Account;
  item: string | null;
}

export interface Revaluation {
  /** What each position changes by in the currency of the books, debits above zero; those that stay are left out. */
  differences: { account: Account; item: string | null; differenceMinor: number }[];
  postings: (BookedPosting & { item: string | null })[];
}

/**
 * Brings what is open in another currency to the rate of a day: what has been won or lost on paper. Nothing changes in the currency of
 * the documents. Receivables are posted in one sum for gains and one for losses: their items stand in their movements.
 */
export function revalued(positions: readonly ForeignPosition[], convert: (amountMinor: number) => number): Revaluation {
  const differences = positions
    .map(({ account, item, amountMinor, functionalMinor }) => ({
      account,
      item,
      differenceMinor: sumMinor([convert(amountMinor), -functionalMinor]),
    }))
    .filter(({ differenceMinor }) => differenceMinor !== 0);
  const isReceivable = ({ account }: { account: Account }) => account === 'accounts-receivable';
  const sum = (rows: readonly { differenceMinor: number }[]) => sumMinor(rows.map(({ differenceMinor }) => differenceMinor));
  const won = differences.filter(({ differenceMinor }) => differenceMinor > 0);
  const lost = differences.filter(({ differenceMinor }) => differenceMinor < 0);
  const postings = [won, lost].flatMap((rows) => [
    { account: 'accounts-receivable' as const, item: null, differenceMinor: sum(rows.filter(isReceivable)) },
    ...rows.filter((row) => !isReceivable(row)),
    {
      account: rows === won ? ('exchange-gains' as const) : ('exchange-losses' as const),
      item: null,
      differenceMinor: -sum(rows),
    },
  ]);
  return {
    differences,
    postings: postings
      .filter(({ differenceMinor }) => differenceMinor !== 0)
      .map(({ account, item, differenceMinor }) => ({
        account,
        item,
        side: differenceMinor > 0 ? 'debit' : 'credit',
        amountMinor: 0,
        functionalMinor: Math.abs(differenceMinor),
      })),
  };
}
