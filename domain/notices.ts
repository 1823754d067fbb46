/**
 * What customers are told by mail: the facts of each kind of notice, and its words. Demands and debit notes have words of their own
 * policy (`letter.ts`). Amounts are minor units of `currency`.
 */
import type { DisputeStatus } from './dispute.ts';
import type { DiscountOffer } from './early-payment.ts';
import type { Instalment } from './instalments.ts';
import { type Currency, formatMoney } from './money.ts';
import type { PromiseStatus } from './promise.ts';
import type { ReturnCause } from './return.ts';
import type { IsoDate, IsoInstant } from './time.ts';

type OfOrder = { orderId: string };
type OfInvoice = { invoiceId: string };
type Why = { reason: string };
type Gross = { grossMinor: number; currency: Currency };
type OpenInvoice = { invoiceId: string; openMinor: number; dueOn: IsoDate };
type DebitNote = OfInvoice & Gross & { principalInvoiceId: string; dueOn: IsoDate; [forWhat: string]: unknown };

/** What a letter says of an item. */
export type LetterItem = OpenInvoice & {
  currency: Currency;
  paymentReference: string;
  /** That the letter raises it to. */
  level: number;
  final: boolean;
  /** Of the letter before. */
  lastNoticeOn: IsoDate | null;
};

/** What is kept of a notice when it is owed, by its kind. */
export interface NoticeFacts {
  'order-accepted': OfOrder & Gross;
  'order-declined': OfOrder & Gross & Why;
  'order-amended': OfOrder & Gross;
  'order-cancelled': OfOrder & Why & { partly: boolean; releasedMinor: number; currency: Currency };
  'out-of-stock': NoticeFacts['order-cancelled'];
  'prepayment-request': OfOrder &
    Gross & {
      proFormaNumber: string;
      /** The pro-forma that this one replaces. */
      replacedNumber?: string;
      paymentReference: string;
      dueOn: IsoDate;
    };
  'card-declined': OfOrder & Gross & Why & { dueOn: IsoDate };
  'card-not-taken': OfOrder & OfInvoice & Why & { openMinor: number; currency: Currency };
  delayed: OfOrder & Why;
  shortage: OfOrder & Why & { dueAt: IsoInstant };
  production: OfOrder & { sku: string; quantity: number; dueOn: IsoDate; slipped: boolean };
  'account-on-hold': OfOrder & { amountDueMinor: number; currency: Currency; invoices: OpenInvoice[] };
  'credit-frozen': OfOrder;
  shipped: OfOrder & { shipmentId: string; carrier: string; trackingNumber: string; lines: unknown };
  delivered: OfOrder & { shipmentId: string };
  /** `goods` in words, here and of returns. */
  'sent-again': OfOrder & { shipmentId: string; goods: string };
  invoice: OfInvoice &
    Gross & {
      dueOn: IsoDate;
      /** Absent in facts that are older than payment in advance. */
      prepaidMinor?: number;
      /** What only rounding would leave to pay, and nobody asks for. */
      roundingMinor?: number;
      /** True where the order is paid by card. */
      byCard?: boolean;
      /** Absent in facts that are older than instalments. */
      instalments?: Instalment[];
      /** Absent in facts that are older than early-payment discounts. */
      discounts?: DiscountOffer[];
      /** Of a revised invoice. */
      correctsInvoiceId?: string;
      /** Of a consolidated invoice. */
      period?: { from: IsoDate; to: IsoDate };
    };
  reminder: OpenInvoice & { currency: Currency; paymentReference: string };
  /** The highest level of its items, which the whole letter states. */
  dunning: { level: number; final: boolean; currency: Currency; items: LetterItem[] };
  'interest-note': DebitNote;
  'fee-note': DebitNote;
  'return-approved': OfOrder & { returnId: string; shipmentId: string; goods: string; reason?: string | undefined };
  'return-refused': NoticeFacts['return-approved'];
  'credit-note': OfInvoice &
    Gross & {
      creditNoteId: string;
      appliedMinor: number;
      unappliedMinor: number;
      reason: string;
      /** Absent where no goods came back. */
      returnId?: string | undefined;
      shipmentId?: string | undefined;
      /** Absent in facts that are older than goods that were lost on their way. */
      cause?: ReturnCause | undefined;
    };
  dispute: OfInvoice & {
    disputeId: string;
    disputeStatus: DisputeStatus;
    disputedMinor: number;
    currency: Currency;
    /** Until when it is looked into, while it is open. */
    dueAt?: IsoInstant;
    /** What came of it. */
    reason?: string;
  };
  promise: {
    promiseId: string;
    /** That one is kept, the receipt says. */
    promiseStatus: Exclude<PromiseStatus, 'kept'>;
    amountMinor: number;
    currency: Currency;
    promisedOn: IsoDate;
    items: OfInvoice[];
    reason?: string;
  };
  'credit-decided': Why & { applicationId: string; approved: boolean; limitMinor: number; currency: Currency };
  'credit-question': { questionId: string; question: string };
  quote: Gross & {
    quoteId: string;
    validUntil: IsoDate;
    netMinor: number;
    taxMinor: number;
    lines: { description: string; quantity: number; unitPriceMinor: number; netMinor: number }[];
  };
  /** `invitedBy`: a colleague's name, or null where we invite. */
  invitation: { personId: string; personName: string; customerName: string; invitedBy: string | null };
  statement: { from: IsoDate; to: IsoDate; closingMinor: number; currency: Currency };
  'payment-received': Receipt & { applications: unknown; unappliedMinor: number };
  'payment-bounced': Receipt & { reason: string; invoices: OpenInvoice[] };
}
type Receipt = { paymentId: string; amountMinor: number; currency: Currency; valueOn: IsoDate };

export type NoticeKind = keyof NoticeFacts;

/** One kind of notice with the facts of that kind. */
export type Told<Kind extends NoticeKind = NoticeKind> = { [Each in Kind]: { kind: Each; facts: NoticeFacts[Each] } }[Kind];

/** Written in words of their policy, when they are sent. */
type WordsOfPolicy = 'reminder' | 'dunning' | 'interest-note' | 'fee-note';
type Letter = { subject: string; text: string };

/** The subject and the text between salutation and regards. */
export function writeNotice<Kind extends Exclude<NoticeKind, WordsOfPolicy>>({ kind, facts }: Told<Kind>): Letter {
  return letters[kind](facts);
}

const letters: { [Kind in Exclude<NoticeKind, WordsOfPolicy>]: (facts: NoticeFacts[Kind]) => Letter } = {
  'order-accepted': (facts) => ({
    subject: `Order ${facts.orderId} accepted`,
    text: `thank you for your order ${facts.orderId} over ${money(facts, facts.grossMinor)}, tax included. We tell you when it leaves.`,
  }),
  'order-declined': (facts) => ({
    subject: `Order ${facts.orderId} cannot be supplied on credit`,
    text: `we cannot supply your order ${facts.orderId} over ${money(facts, facts.grossMinor)} on credit: ${facts.reason}.\nWe will gladly supply it against payment in advance: order it again as prepaid, or simply reply to this mail.`,
  }),
  'prepayment-request': (facts) => ({
    subject: `Order ${facts.orderId}: please pay ${money(facts, facts.grossMinor)} in advance by ${facts.dueOn}`,
    text: `attached is our pro-forma ${facts.proFormaNumber} for your order ${facts.orderId}.${facts.replacedNumber ? ` It replaces ${facts.replacedNumber}, since the order has been changed.` : ''} We begin as soon as ${money(facts, facts.grossMinor)} has arrived; please quote ${facts.paymentReference}. Without it by ${facts.dueOn} we cancel the order, and nothing is billed for it.`,
  }),
  'card-declined': (facts) => ({
    subject: `Order ${facts.orderId}: your card was declined`,
    text: `${money(facts, facts.grossMinor)} for your order ${facts.orderId} could not be held on your card: ${facts.reason}.\nPlease give us another card by ${facts.dueOn}; we begin as soon as it is accepted. Without it we cancel the order, and nothing is billed for it.`,
  }),
  'card-not-taken': (facts) => ({
    subject: `Invoice ${facts.invoiceId} could not be taken from your card`,
    text: `${money(facts, facts.openMinor)} for our invoice ${facts.invoiceId} could not be taken from your card: ${facts.reason}. Please pay it by transfer, as the invoice says, or by another card.`,
  }),
  'order-amended': (facts) => ({
    subject: `Order ${facts.orderId} has been changed`,
    text: `your order ${facts.orderId} has been changed as agreed and comes to ${money(facts, facts.grossMinor)} now, tax included.`,
  }),
  'order-cancelled': (facts) => ({
    subject: `Order ${facts.orderId} ${facts.partly ? 'partly ' : ''}cancelled`,
    text: `${facts.partly ? 'what was still open of' : 'all of'} your order ${facts.orderId} has been cancelled: ${facts.reason}. Nothing will be billed for it.${facts.releasedMinor > 0 ? ` The ${money(facts, facts.releasedMinor)} that you paid in advance is kept for you until you tell us what it pays.` : ''}`,
  }),
  'out-of-stock': (facts) => ({
    subject: `Order ${facts.orderId}: out of stock`,
    text: `we are sorry: goods of your order ${facts.orderId} are not in stock (${facts.reason}). The order has been cancelled and nothing will be billed for it.`,
  }),
  delayed: (facts) => ({
    subject: `Order ${facts.orderId}: part of it is delayed`,
    text: `goods of your order ${facts.orderId} are not in stock at the moment: ${facts.reason}. They follow as soon as they arrive; nothing is billed before it is shipped.`,
  }),
  'sent-again': (facts) => ({
    subject: `Order ${facts.orderId}: a delivery did not reach you`,
    text: `we are sorry: ${facts.shipmentId} with ${facts.goods} of your order ${facts.orderId} will not arrive. We send the goods again; nothing is billed before you have them.`,
  }),
  production: (facts) => ({
    subject: `Order ${facts.orderId}: ${facts.slipped ? 'a new date' : 'made for you'}, ${facts.dueOn}`,
    text: facts.slipped
      ? `we are sorry: ${facts.quantity} × ${facts.sku} of your order ${facts.orderId} will be ready on ${facts.dueOn}, not on the day we told you before.`
      : `${facts.quantity} × ${facts.sku} of your order ${facts.orderId} are made for you and will be ready on ${facts.dueOn}.`,
  }),
  shortage: (facts) => ({
    subject: `Order ${facts.orderId}: please choose, goods are missing`,
    text: `we are sorry: goods of your order ${facts.orderId} are not in stock (${facts.reason}). Please tell us by ${facts.dueAt} whether you wait for all of them, take what is there, or cancel. Without an answer we cancel what is open; nothing has been billed for it.`,
  }),
  'account-on-hold': (facts) => ({
    subject: `Order ${facts.orderId} waits for payment of ${money(facts, facts.amountDueMinor)}`,
    text: `your order ${facts.orderId} goes on as soon as these overdue invoices are paid, ${money(facts, facts.amountDueMinor)} in all:\n${openInvoices(facts)}`,
  }),
  'credit-frozen': (facts) => ({
    subject: `Order ${facts.orderId} waits`,
    text: `your order ${facts.orderId} waits: your credit with us is suspended at the moment. It goes on as soon as that has been settled; please get in touch with us. Nothing is billed before it is shipped.`,
  }),
  shipped: (facts) => ({
    subject: `Shipment ${facts.shipmentId} is on its way`,
    text: `shipment ${facts.shipmentId} of your order ${facts.orderId} has left with ${facts.carrier}, tracking number ${facts.trackingNumber}.`,
  }),
  delivered: (facts) => ({
    subject: `Shipment ${facts.shipmentId} has arrived`,
    text: `shipment ${facts.shipmentId} of your order ${facts.orderId} has been delivered. If anything is wrong with it, please tell us now.`,
  }),
  invoice: (facts) => ({
    subject: `Invoice ${facts.invoiceId}: ${money(facts, facts.grossMinor)}, due ${facts.dueOn}`,
    text: `attached is our invoice ${facts.invoiceId} over ${money(facts, facts.grossMinor)}${facts.period ? ` for what we supplied from ${facts.period.from} to ${facts.period.to}` : ''}${facts.correctsInvoiceId ? `. It takes the place of ${facts.correctsInvoiceId}, which we have credited` : ''}${payable(facts)}.${inDiscounts(facts)}`,
  }),
  'return-approved': (facts) => ({
    subject: `Return ${facts.returnId} of order ${facts.orderId} approved`,
    text: `please send back ${facts.goods} of shipment ${facts.shipmentId}, and write ${facts.returnId} on the parcel. We credit what arrives as soon as it has been inspected.`,
  }),
  'return-refused': (facts) => ({
    subject: `Return ${facts.returnId} of order ${facts.orderId} cannot be accepted`,
    text: `we cannot take back ${facts.goods} of shipment ${facts.shipmentId}: ${facts.reason}. If we see it wrongly, please reply to this mail.`,
  }),
  'credit-note': (facts) => ({
    subject: `Credit note ${facts.creditNoteId}: ${money(facts, facts.grossMinor)}`,
    text: `attached is our credit note ${facts.creditNoteId} over ${money(facts, facts.grossMinor)} ${forWhat(facts)}.${facts.appliedMinor > 0 ? `\n${money(facts, facts.appliedMinor)} of it is taken off invoice ${facts.invoiceId}.` : ''}${facts.unappliedMinor > 0 ? `\n${money(facts, facts.unappliedMinor)} of it is kept to your credit until you tell us what it pays.` : ''}`,
  }),
  dispute: (facts) => ({
    subject: `Dispute ${facts.disputeId} of invoice ${facts.invoiceId}: ${disputes[facts.disputeStatus].subject}`,
    text: `${disputes[facts.disputeStatus].text(facts, money(facts, facts.disputedMinor))}`,
  }),
  promise: (facts) => {
    const { subject, text } = promises[facts.promiseStatus];
    const invoices = facts.items.map(({ invoiceId }) => `  ${invoiceId}`).join('\n');
    return {
      subject: `Your promise ${facts.promiseId} to pay ${money(facts, facts.amountMinor)} by ${facts.promisedOn}: ${subject}`,
      text: `${text(facts, money(facts, facts.amountMinor))}\n${invoices}`,
    };
  },
  quote: (facts) => ({
    subject: `Quote ${facts.quoteId}: ${money(facts, facts.grossMinor)}, valid until ${facts.validUntil}`,
    text: `thank you for your inquiry. We offer you, at prices that hold until ${facts.validUntil}:\n${facts.lines
      .map(
        (line) =>
          `  ${line.quantity} × ${line.description} at ${money(facts, line.unitPriceMinor)}: ${money(facts, line.netMinor)}`,
      )
      .join(
        '\n',
      )}\n\n${money(facts, facts.netMinor)} and ${money(facts, facts.taxMinor)} of tax, ${money(facts, facts.grossMinor)} in all. Goods are reserved once you accept; please quote ${facts.quoteId}.`,
  }),
  'credit-decided': (facts) =>
    facts.approved
      ? {
          subject: `Your credit application ${facts.applicationId}: a limit of ${money(facts, facts.limitMinor)}`,
          text: `thank you for your application ${facts.applicationId}. Your credit limit is ${money(facts, facts.limitMinor)} from now on.`,
        }
      : {
          subject: `Your credit application ${facts.applicationId}`,
          text: `we have looked at your application ${facts.applicationId} and cannot grant the limit that you asked for${facts.reason ? `: ${facts.reason}` : ''}.\nWe will gladly supply you against payment in advance. If we see it wrongly, please reply to this mail.`,
        },
  'credit-question': (facts) => ({
    subject: `A question about your credit, ${facts.questionId}`,
    text: `before we can decide about your credit we need to know:\n\n  ${facts.question}\n\nPlease answer in the portal, under Credit, or simply reply to this mail.`,
  }),
  invitation: ({ customerName, invitedBy }) => ({
    subject: `Choose your password for ${customerName}`,
    text: `${invitedBy === null ? 'we let' : `${invitedBy} lets`} you sign in for ${customerName}. Please choose a password; the link below is good once, for a week. If you did not expect this mail, leave it: nothing happens without it.`,
  }),
  statement: (facts) => ({
    subject: `Statement of account, ${facts.from} to ${facts.to}`,
    text: `attached is your statement of account from ${facts.from} to ${facts.to}. On ${facts.to}, ${money(facts, facts.closingMinor)} was open. If you see it otherwise, please reply to this mail.`,
  }),
  'payment-bounced': (facts) => ({
    subject: `Your payment of ${money(facts, facts.amountMinor)} was returned`,
    text: `your payment of ${money(facts, facts.amountMinor)} with value date ${facts.valueOn} was returned unpaid${facts.reason ? `: ${facts.reason}` : ''}.${facts.invoices.length > 0 ? `\nThese invoices are open again, due as before:\n${facts.invoices.map(({ invoiceId, openMinor, dueOn }) => `  ${invoiceId}: ${money(facts, openMinor)}, due ${dueOn}`).join('\n')}\nPlease pay them in another way.` : ''}`,
  }),
  'payment-received': (facts) => ({
    subject: `Payment of ${money(facts, facts.amountMinor)} received`,
    text: `thank you for your payment of ${money(facts, facts.amountMinor)} with value date ${facts.valueOn}.${facts.unappliedMinor > 0 ? `\n${money(facts, facts.unappliedMinor)} of it is kept for you until you tell us what it pays.` : ''}`,
  }),
};

/** What a customer is told at each turn of a dispute. */
const disputes: Record<DisputeStatus, { subject: string; text: (facts: NoticeFacts['dispute'], amount: string) => string }> = {
  open: {
    subject: 'we look into it',
    text: (facts, amount) =>
      `thank you for telling us what is wrong with our invoice ${facts.invoiceId}. We do not ask for the ${amount} that you dispute until we have looked into it, by ${facts.dueAt} at the latest. What you do not dispute stays payable.`,
  },
  upheld: {
    subject: 'you are right',
    text: (facts, amount) =>
      `you are right about the ${amount} of our invoice ${facts.invoiceId}: ${facts.reason}. The credit note goes to you by a mail of its own.`,
  },
  'partly-upheld': {
    subject: 'you are right in part',
    text: (facts, amount) =>
      `you are right about part of the ${amount} that you disputed of our invoice ${facts.invoiceId}: ${facts.reason}. The credit note goes to you by a mail of its own; the rest is payable.`,
  },
  rejected: {
    subject: 'we cannot agree',
    text: (facts, amount) =>
      `we have looked into the ${amount} that you disputed of our invoice ${facts.invoiceId}, and cannot agree: ${facts.reason}. It is payable as agreed.`,
  },
  withdrawn: {
    subject: 'withdrawn',
    text: (facts, amount) =>
      `the dispute of ${amount} of our invoice ${facts.invoiceId} has been withdrawn. It is payable as agreed.`,
  },
};

/** What a customer is told of its promise; that it is kept, the receipt says. */
const promises: Record<
  NoticeFacts['promise']['promiseStatus'],
  { subject: string; text: (facts: NoticeFacts['promise'], amount: string) => string }
> = {
  open: {
    subject: 'noted',
    text: (facts, amount) =>
      `thank you for telling us that you pay ${amount} by ${facts.promisedOn}. Until then we send you no letters about`,
  },
  broken: {
    subject: 'we have not received the money',
    text: (facts, amount) =>
      `you told us that you would pay ${amount} by ${facts.promisedOn}, and we have not received it. Please pay at once what is open of`,
  },
  cancelled: {
    subject: 'no longer noted',
    text: (facts, amount) =>
      `we no longer count on the ${amount} that you wanted to pay by ${facts.promisedOn}: ${facts.reason}. Payable as agreed is what is open of`,
  },
};

/** What an invoice still asks for, after what was paid in advance. */
function payable(facts: NoticeFacts['invoice']): string {
  const { grossMinor, prepaidMinor = 0, roundingMinor = 0, dueOn, instalments = [] } = facts;
  if (facts.byCard) return ', which is taken from your card: there is nothing left for you to do';
  if (prepaidMinor + roundingMinor === grossMinor) return ', which you have paid in advance: nothing is due';
  if (instalments.length > 1) {
    const parts = instalments
      .map(({ amountMinor, dueOn: partDueOn }) => `${money(facts, amountMinor)} by ${partDueOn}`)
      .join(', ');
    return `, payable in ${instalments.length} instalments: ${parts}`;
  }
  if (prepaidMinor === 0) return `, payable by ${dueOn}`;
  return `, of which you have paid ${money(facts, prepaidMinor)} in advance; the other ${money(facts, grossMinor - prepaidMinor)} is payable by ${dueOn}`;
}

function inDiscounts(facts: NoticeFacts['invoice']): string {
  const { grossMinor, discounts = [] } = facts;
  return discounts
    .map(({ payBy, discountMinor }) => `\nPaid in full by ${payBy}, ${money(facts, grossMinor - discountMinor)} is enough.`)
    .join('');
}

/** What a credit note is for, in the words of who reads it. */
function forWhat({ cause = 'customer', returnId, shipmentId, invoiceId }: NoticeFacts['credit-note']): string {
  if (!returnId) return `on invoice ${invoiceId}`;
  return {
    customer: `for your return ${returnId}`,
    'returned-to-sender': `for the goods of shipment ${shipmentId} that the carrier has brought back to us`,
    lost: `for the goods of shipment ${shipmentId} that were lost on their way to you`,
    damaged: `for the goods of shipment ${shipmentId} that were damaged on their way to you`,
  }[cause];
}

const money = ({ currency }: { currency: Currency }, amountMinor: number): string => formatMoney({ currency, amountMinor });

const openInvoices = (facts: NoticeFacts['account-on-hold']): string =>
  facts.invoices.map(({ invoiceId, openMinor, dueOn }) => `  ${invoiceId}  ${money(facts, openMinor)}  due ${dueOn}`).join('\n');
