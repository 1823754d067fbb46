/**
 * Double entry: what each money event posts. Once per event, debits equal credits, corrected only by reversal.
 * Requirement A3.
 */
import { sumMinor } from './money.ts';

/** The chart of accounts, in the order of the trial balance. */
export const accounts = [
  'bank',
  'accounts-receivable',
  'unbilled-receivables',
  'carrier-claims',
  'bad-debt-allowance',
  'inventory',
  'goods-in-transit',
  'unapplied-cash',
  'customer-credits',
  'customer-deposits',
  'tax-payable',
  'goods-received-clearing',
  'opening-balance',
  'revenue',
  'returns',
  'discounts-granted',
  'other-income',
  'exchange-gains',
  'cost-of-goods-sold',
  'shrinkage',
  'small-differences',
  'bank-charges',
  'impairment',
  'exchange-differences',
  'exchange-losses',
] as const;

export type Account = (typeof accounts)[number];

export type Side = 'debit' | 'credit';

export interface Posting {
  account: Account;
  side: Side;
  /** Above zero: the side says the direction. */
  amountMinor: number;
}

/** Control passes to the customer: goods leave stock at cost, revenue is earned but not yet billed. */
export function goodsIssued({ costMinor, netMinor }: { costMinor: number; netMinor: number }): Posting[] {
  return [...entry('cost-of-goods-sold', 'inventory', costMinor), ...entry('unbilled-receivables', 'revenue', netMinor)];
}

/** Goods leave stock at cost and stay ours until they arrive (D-terms): nothing is earned yet. */
export function goodsSent({ costMinor }: { costMinor: number }): Posting[] {
  return entry('goods-in-transit', 'inventory', costMinor);
}

/** Goods that were sent have arrived: now control passes. */
export function controlPassed({ costMinor, netMinor }: { costMinor: number; netMinor: number }): Posting[] {
  return [...entry('cost-of-goods-sold', 'goods-in-transit', costMinor), ...entry('unbilled-receivables', 'revenue', netMinor)];
}

export function invoiceIssued({ netMinor, taxMinor }: { netMinor: number; taxMinor: number }): Posting[] {
  return postings([
    { account: 'accounts-receivable', side: 'debit', amountMinor: sumMinor([netMinor, taxMinor]) },
    { account: 'unbilled-receivables', side: 'credit', amountMinor: netMinor },
    { account: 'tax-payable', side: 'credit', amountMinor: taxMinor },
  ]);
}

/** A revised invoice bills again what a credit note has taken back in full: the goods left long ago, so revenue is earned at once. */
export function revisedInvoiceIssued({ netMinor, taxMinor }: { netMinor: number; taxMinor: number }): Posting[] {
  return postings([
    { account: 'accounts-receivable', side: 'debit', amountMinor: sumMinor([netMinor, taxMinor]) },
    { account: 'revenue', side: 'credit', amountMinor: netMinor },
    { account: 'tax-payable', side: 'credit', amountMinor: taxMinor },
  ]);
}

/** Money that pays an open item. */
export function receiptApplied({ amountMinor }: { amountMinor: number }): Posting[] {
  return entry('bank', 'accounts-receivable', amountMinor);
}

/** Money that belongs to no open item yet: a liability. */
export function receiptUnapplied({ amountMinor }: { amountMinor: number }): Posting[] {
  return entry('bank', 'unapplied-cash', amountMinor);
}

/** Unapplied money pays an open item after all. */
export function unappliedApplied({ amountMinor }: { amountMinor: number }): Posting[] {
  return entry('unapplied-cash', 'accounts-receivable', amountMinor);
}

/** Money that pays an order in advance: a liability until the order is invoiced. */
export function depositReceived({ amountMinor }: { amountMinor: number }): Posting[] {
  return entry('bank', 'customer-deposits', amountMinor);
}

/** Unapplied money turns out to pay an order in advance. */
export function unappliedDeposited({ amountMinor }: { amountMinor: number }): Posting[] {
  return entry('unapplied-cash', 'customer-deposits', amountMinor);
}

/** The prepaid order is invoiced. */
export function depositApplied({ amountMinor }: { amountMinor: number }): Posting[] {
  return entry('customer-deposits', 'accounts-receivable', amountMinor);
}

/** The prepaid order ended, or came to less: its money waits for the customer's word. */
export function depositReleased({ amountMinor }: { amountMinor: number }): Posting[] {
  return entry('customer-deposits', 'unapplied-cash', amountMinor);
}

/** What rounding leaves open of an item is not asked for. */
export function smallDifference({ amountMinor }: { amountMinor: number }): Posting[] {
  return entry('small-differences', 'accounts-receivable', amountMinor);
}

export function openingReceivable({ amountMinor }: { amountMinor: number }): Posting[] {
  return entry('accounts-receivable', 'opening-balance', amountMinor);
}

/** A customer's money that came before the take-over and pays nothing yet. */
export function openingCredit({ amountMinor }: { amountMinor: number }): Posting[] {
  return entry('opening-balance', 'unapplied-cash', amountMinor);
}

export function openingStock({ valueMinor }: { valueMinor: number }): Posting[] {
  return entry('inventory', 'opening-balance', valueMinor);
}

export function goodsReceived({ valueMinor }: { valueMinor: number }): Posting[] {
  return entry('inventory', 'goods-received-clearing', valueMinor);
}

/** A count found less, or goods were scrapped. */
export function countLoss({ valueMinor }: { valueMinor: number }): Posting[] {
  return entry('shrinkage', 'inventory', valueMinor);
}

/** A count found more. */
export function countGain({ valueMinor }: { valueMinor: number }): Posting[] {
  return entry('inventory', 'shrinkage', valueMinor);
}

/** Who pays early pays less: revenue and tax are lessened as they were billed, and the rest of the item is owed no more. */
export function earlyPaymentDiscountGranted({ netMinor, taxMinor }: { netMinor: number; taxMinor: number }): Posting[] {
  return postings([
    { account: 'discounts-granted', side: 'debit', amountMinor: netMinor },
    { account: 'tax-payable', side: 'debit', amountMinor: taxMinor },
    { account: 'accounts-receivable', side: 'credit', amountMinor: sumMinor([netMinor, taxMinor]) },
  ]);
}

/** Late interest or a fee is billed. */
export function interestNoted({ amountMinor }: { amountMinor: number }): Posting[] {
  return entry('accounts-receivable', 'other-income', amountMinor);
}

/**
 * What a correction takes back, by what is corrected. The revenue and the tax of an item that was taken over are in the books that it came
 * from: here it was booked against the opening balance, and so is its correction, so that what those books still have to put right
 * can be read in that one account.
 */
const takenBackFrom = {
  invoice: 'returns',
  'interest-note': 'other-income',
  'fee-note': 'other-income',
  'opening-item': 'opening-balance',
} as const satisfies Record<string, Account>;

/**
 * A debit item is corrected: revenue and tax are taken back. What is still open of it is owed no more; what has been paid is the
 * customer's credit balance, a liability.
 */
export function creditNoteIssued(note: {
  of: keyof typeof takenBackFrom;
  netMinor: number;
  taxMinor: number;
  appliedMinor: number;
}): Posting[] {
  const { of, netMinor, taxMinor, appliedMinor } = note;
  return postings([
    { account: takenBackFrom[of], side: 'debit', amountMinor: netMinor },
    { account: 'tax-payable', side: 'debit', amountMinor: taxMinor },
    { account: 'accounts-receivable', side: 'credit', amountMinor: appliedMinor },
    { account: 'customer-credits', side: 'credit', amountMinor: sumMinor([netMinor, taxMinor, -appliedMinor]) },
  ]);
}

/** A credit balance pays an open item. */
export function creditApplied({ amountMinor }: { amountMinor: number }): Posting[] {
  return entry('customer-credits', 'accounts-receivable', amountMinor);
}

/** Goods that came back are on the shelf again, at what they cost as they left. Scrapped ones stay cost of goods sold. */
export function goodsRestocked({ costMinor }: { costMinor: number }): Posting[] {
  return entry('inventory', 'cost-of-goods-sold', costMinor);
}

/** The bank's own fee. */
export function bankCharged({ amountMinor }: { amountMinor: number }): Posting[] {
  return entry('bank-charges', 'bank', amountMinor);
}

/** Money of an unknown payer turns out to be somebody's: its entry is taken back, and the receipt is booked as theirs. */
export function unknownReceiptReversed({ amountMinor }: { amountMinor: number }): Posting[] {
  return entry('unapplied-cash', 'bank', amountMinor);
}

/** What a payment is short by is asked for no more: too small to ask, or kept by a bank on the way. */
export function shortPaymentWrittenOff({ amountMinor, code }: { amountMinor: number; code: WriteOffCode }): Posting[] {
  return entry(code === 'bank-charges' ? 'bank-charges' : 'small-differences', 'accounts-receivable', amountMinor);
}
export type WriteOffCode = 'small-difference' | 'bank-charges';

/** Shipped goods were lost or spoilt on their way: what they cost was no sale. */
export function goodsLostInTransit({ costMinor }: { costMinor: number }): Posting[] {
  return entry('shrinkage', 'cost-of-goods-sold', costMinor);
}

/** Goods that were sent and are still ours will not arrive (D-terms): some are on the shelf again, the others are lost. */
export function goodsNotDelivered({ restockedMinor, lostMinor }: { restockedMinor: number; lostMinor: number }): Posting[] {
  return [...entry('inventory', 'goods-in-transit', restockedMinor), ...entry('shrinkage', 'goods-in-transit', lostMinor)];
}

/** A carrier has agreed to pay for what it lost or spoilt. Before that there is a claim and no asset. */
export function carrierClaimAccepted({ amountMinor }: { amountMinor: number }): Posting[] {
  return entry('carrier-claims', 'other-income', amountMinor);
}

/** The carrier has paid what it agreed to. */
export function carrierClaimPaid({ amountMinor }: { amountMinor: number }): Posting[] {
  return entry('bank', 'carrier-claims', amountMinor);
}

/** The allowance is brought to what is expected to be lost: by a cost when it is too small, by less cost when it is too large. */
export function allowanceTruedUp({ changeMinor }: { changeMinor: number }): Posting[] {
  return changeMinor >= 0
    ? entry('impairment', 'bad-debt-allowance', changeMinor)
    : entry('bad-debt-allowance', 'impairment', -changeMinor);
}

/** What nobody expects to be paid any more is taken off the receivables, at the cost of the allowance that was made for it. */
export function writtenOff({ amountMinor }: { amountMinor: number }): Posting[] {
  return entry('bad-debt-allowance', 'accounts-receivable', amountMinor);
}

/** What was written off is paid after all: it is owed again, for as much as is paid of it. */
export function writeOffReinstated({ amountMinor }: { amountMinor: number }): Posting[] {
  return entry('accounts-receivable', 'bad-debt-allowance', amountMinor);
}

/** Unapplied money goes back to the customer. */
export function refundUnapplied({ amountMinor }: { amountMinor: number }): Posting[] {
  return entry('unapplied-cash', 'bank', amountMinor);
}

/** A credit balance goes back to the customer. */
export function refundCredit({ amountMinor }: { amountMinor: number }): Posting[] {
  return entry('customer-credits', 'bank', amountMinor);
}

/** Takes an entry back. */
export const reversed = <Kept extends Posting>(postings: readonly Kept[]): Kept[] =>
  postings.map((posting) => ({ ...posting, side: posting.side === 'debit' ? 'credit' : 'debit' }));

export function isBalanced(postings: readonly Posting[]): boolean {
  return side(postings, 'debit') === side(postings, 'credit');
}

export interface TrialBalanceRow {
  account: Account;
  debitMinor: number;
  creditMinor: number;
}

/** Each account once, on its net side, in the order of the chart; accounts that net to zero are left out. */
export function trialBalance(rows: readonly Posting[]): TrialBalanceRow[] {
  return accounts.flatMap((account) => {
    const own = rows.filter((row) => row.account === account);
    const netMinor = sumMinor([side(own, 'debit'), -side(own, 'credit')]);
    return netMinor === 0 ? [] : [{ account, debitMinor: Math.max(netMinor, 0), creditMinor: Math.max(-netMinor, 0) }];
  });
}

export function trialBalanceTotals(rows: readonly TrialBalanceRow[]): { debitMinor: number; creditMinor: number } {
  return {
    debitMinor: sumMinor(rows.map(({ debitMinor }) => debitMinor)),
    creditMinor: sumMinor(rows.map(({ creditMinor }) => creditMinor)),
  };
}

function entry(debit: Account, credit: Account, amountMinor: number): Posting[] {
  return postings([
    { account: debit, side: 'debit', amountMinor },
    { account: credit, side: 'credit', amountMinor },
  ]);
}

/** Drops zero amounts; RangeError for a negative one, which would be a reversal in disguise. */
function postings(all: Posting[]): Posting[] {
  for (const { account, amountMinor } of all) {
    if (!Number.isSafeInteger(amountMinor) || amountMinor < 0) throw new RangeError(`cannot post ${amountMinor} to ${account}`);
  }
  return all.filter(({ amountMinor }) => amountMinor !== 0);
}

function side(rows: readonly Posting[], wanted: Side): number {
  return sumMinor(rows.filter((row) => row.side === wanted).map(({ amountMinor }) => amountMinor));
}
