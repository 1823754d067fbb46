/** What can be done to a record of receivables as it stands, and by whoever asks: pages offer this and know no rule. Requirement O5. */

import { compareDates, type IsoDate } from './time.ts';

export const invoiceActions = ['resend', 'dispute', 'credit', 'credit-and-reissue', 'hold-off', 'write-off'] as const;
export type InvoiceAction = (typeof invoiceActions)[number];

interface InvoiceStanding {
  kind: 'invoice' | 'opening-item' | 'interest-note' | 'fee-note' | 'returned-refund';
  grossMinor: number;
  openMinor: number;
  disputedMinor: number;
  /** What credit notes took off it in all, paid or not. */
  creditedMinor: number;
  correctionWaits: boolean;
  isHeldOff: boolean;
  writeOffWaits: boolean;
}

/** Money that went back twice is paid or given up: no document of ours was wrong. */
const isCorrectable = ({ kind }: Pick<InvoiceStanding, 'kind'>): boolean => kind !== 'returned-refund';

/** What is disputed already waits for its answer. */
export const isDisputable = (item: Pick<InvoiceStanding, 'kind' | 'openMinor' | 'disputedMinor'>): boolean =>
  isCorrectable(item) && item.openMinor > item.disputedMinor;

/** By receivables and finance, who may do each of these. */
export function actionsOnInvoice(item: InvoiceStanding): InvoiceAction[] {
  const isInvoice = item.kind === 'invoice';
  const mayCredit = isCorrectable(item) && item.creditedMinor < item.grossMinor && !item.correctionWaits;
  const offered: Record<InvoiceAction, boolean> = {
    resend: isInvoice,
    dispute: isDisputable(item),
    credit: mayCredit,
    'credit-and-reissue': isInvoice && mayCredit,
    'hold-off': item.openMinor > 0 && !item.isHeldOff,
    'write-off': item.openMinor > 0 && item.disputedMinor === 0 && !item.writeOffWaits,
  };
  return invoiceActions.filter((action) => offered[action]);
}

export const bankLineActions = ['accept', 'match', 'assign', 'ignore', 'undo', 'reopen'] as const;
export type BankLineAction = (typeof bankLineActions)[number];

interface BankLineStanding {
  status: 'new' | 'matched' | 'suggested' | 'unmatched' | 'ignored';
  direction: 'credit' | 'debit';
  paymentId: string | null;
  suggestions: readonly unknown[];
}

export function actionsOnBankLine({ status, direction, paymentId, suggestions }: BankLineStanding): BankLineAction[] {
  const waits = status === 'suggested' || status === 'unmatched';
  const isReceipt = direction === 'credit';
  const offered: Record<BankLineAction, boolean> = {
    accept: waits && isReceipt && suggestions.length > 0,
    match: waits && isReceipt,
    assign: waits && isReceipt && paymentId === null,
    ignore: waits && paymentId === null,
    undo: isReceipt && paymentId !== null,
    reopen: status === 'ignored',
  };
  return bankLineActions.filter((action) => offered[action]);
}

export const paymentActions = ['apply', 'refund', 'bounce'] as const;
export type PaymentAction = (typeof paymentActions)[number];

interface PaymentStanding {
  amountMinor: number;
  unappliedMinor: number;
  reversedMinor: number;
  /** The cheque that it came with: whether that bounces is said of it. */
  chequeId: string | null;
  /** What the bank of a card takes back, the gateway tells. */
  isByCard: boolean;
}

export function actionsOnPayment(payment: PaymentStanding): PaymentAction[] {
  const isLeft = payment.reversedMinor < payment.amountMinor;
  const offered: Record<PaymentAction, boolean> = {
    apply: payment.unappliedMinor > 0,
    refund: payment.unappliedMinor > 0,
    bounce: isLeft && !payment.isByCard && payment.chequeId === null,
  };
  return paymentActions.filter((action) => offered[action]);
}

export const decisions = ['approve', 'refuse'] as const;
type Decision = (typeof decisions)[number];

/** Four eyes: who proposed it does not approve it; where that is said, turning it down is taking it back. */
export function decisionsOn(
  proposal: { waits: boolean; proposedBy: string },
  asker: { actor: { name: string; verified: boolean }; mayDecide: boolean; mayTakeBack: boolean },
): Decision[] {
  if (!proposal.waits || !asker.mayDecide) return [];
  const isOwn = proposal.proposedBy === asker.actor.name;
  const offered: Record<Decision, boolean> = {
    approve: !isOwn && asker.actor.verified,
    refuse: !isOwn || asker.mayTakeBack,
  };
  return decisions.filter((decision) => offered[decision]);
}

export const holdOverrideActions = [...decisions, 'end'] as const;
export type HoldOverrideAction = (typeof holdOverrideActions)[number];

/** Who proposed it may take it back; one that is in force ends before its day by anybody who may decide. */
export function actionsOnHoldOverride(
  override: { status: 'proposed' | 'approved' | 'rejected' | 'ended'; proposedBy: string; throughOn: IsoDate },
  asker: { actor: { name: string; verified: boolean }; mayDecide: boolean; today: IsoDate },
): HoldOverrideAction[] {
  if (override.status === 'approved') {
    return asker.mayDecide && compareDates(asker.today, override.throughOn) <= 0 ? ['end'] : [];
  }
  return decisionsOn({ waits: override.status === 'proposed', proposedBy: override.proposedBy }, { ...asker, mayTakeBack: true });
}

export const reviewActions = ['propose', 'withdraw', 'approve'] as const;
export type ReviewAction = (typeof reviewActions)[number];

export function actionsOnReview(
  review: { status: 'open' | 'proposed' | 'approved'; proposedBy: string | null },
  asker: { actor: { name: string; verified: boolean }; mayDecide: boolean },
): ReviewAction[] {
  if (!asker.mayDecide || review.status === 'approved') return [];
  if (review.status === 'open') return ['propose'];
  return review.proposedBy !== asker.actor.name && asker.actor.verified ? ['withdraw', 'approve'] : ['withdraw'];
}
