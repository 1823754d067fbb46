import { ApplicationFailure } from '@temporalio/common';
import { type Database, only, type Queryable } from '../db/client.ts';
import { readCustomer } from '../db/queries/customers.ts';
import { keptQuoteStatus } from '../db/queries/quotes.ts';
import { readStatement } from '../db/queries/statements.ts';
import { readClock, readCompany } from '../db/statements/company.ts';
import { createInvoiceLink } from '../db/statements/invoice-links.ts';
import { writeNote } from '../db/statements/letters.ts';
import type { NoticeKind } from '../db/statements/notices.ts';
import { readPrepayment } from '../db/statements/prepayments.ts';
import { bounceNotice } from '../db/transactions/bounce-notice.ts';
import { letterSent, readyLetter } from '../db/transactions/ready-letter.ts';
import { eInvoiceUbl } from '../documents/e-invoice.ts';
import { invoicePdf } from '../documents/invoice-pdf.ts';
import { keepDocument } from '../documents/keep.ts';
import { statementPdf } from '../documents/statement-pdf.ts';
import type { DisputeStatus } from '../domain/dispute.ts';
import type { DiscountOffer } from '../domain/early-payment.ts';
import { Refusal } from '../domain/failures.ts';
import type { Instalment } from '../domain/instalments.ts';
import { formatMoney } from '../domain/money.ts';
import type { PromiseStatus } from '../domain/promise.ts';
import type { ReturnCause } from '../domain/return.ts';
import { type Email, type EmailPort, MailRefused } from '../ports/email.ts';
import { whileAlive } from './alive.ts';

interface Notice {
  key: string;
  kind: NoticeKind;
  customerId: string;
  orderId: string | null;
  invoiceId: string | null;
  recipient: string;
  facts: NoticeFacts;
  status: 'queued' | 'sent' | 'suppressed' | 'bounced';
  messageId: string;
  customerName: string;
  /** The customer wants its invoices as UBL too. */
  eInvoices: boolean;
  at: string;
}

/** What the letters say; every field is there for the kinds that print it. */
interface NoticeFacts {
  orderId: string;
  invoiceId: string;
  shipmentId: string;
  paymentId: string;
  /** Absent where no goods came back. */
  returnId?: string;
  /** Of a revised invoice. */
  correctsInvoiceId?: string;
  /** Of a consolidated invoice. */
  period?: { from: string; to: string };
  /** Absent in facts that are older than goods that were lost on their way. */
  cause?: ReturnCause;
  creditNoteId: string;
  disputeId: string;
  disputeStatus: DisputeStatus;
  disputedMinor: number;
  promiseId: string;
  promiseStatus: Exclude<PromiseStatus, 'kept'>;
  promisedOn: string;
  applicationId: string;
  questionId: string;
  question: string;
  quoteId: string;
  validUntil: string;
  netMinor: number;
  taxMinor: number;
  lines: { description: string; quantity: number; unitPriceMinor: number; netMinor: number }[];
  approved: boolean;
  limitMinor: number;
  /** What is returned, in words. */
  goods: string;
  carrier: string;
  trackingNumber: string;
  reason: string;
  currency: string;
  grossMinor: number;
  amountMinor: number;
  amountDueMinor: number;
  openMinor: number;
  appliedMinor: number;
  unappliedMinor: number;
  dueOn: string;
  dueAt: string;
  valueOn: string;
  paymentReference: string;
  proFormaNumber: string;
  /** The pro-forma that this one replaces. */
  replacedNumber?: string;
  /** Absent in facts that are older than payment in advance. */
  prepaidMinor?: number;
  /** True where the order is paid by card. */
  byCard?: boolean;
  /** Absent in facts that are older than instalments. */
  instalments?: Instalment[];
  /** Absent in facts that are older than early-payment discounts. */
  discounts?: DiscountOffer[];
  /** What only rounding would leave to pay, and nobody asks for. */
  roundingMinor?: number;
  releasedMinor: number;
  partly: boolean;
  sku: string;
  quantity: number;
  slipped: boolean;
  items: { invoiceId: string; openMinor: number; dueOn: string; paymentReference: string; level: number; final: boolean }[];
  invoices: { invoiceId: string; openMinor: number; dueOn: string }[];
  from: string;
  to: string;
  closingMinor: number;
}

export interface NoticeDependencies {
  database: Database;
  email: EmailPort;
  /** Where customers reach the API; absent: mails carry no links. */
  publicUrl?: string | undefined;
}

/**
 * Sends one notice, at most once per key as far as mail allows: the same Message-ID goes out again when the process died
 * between the server's "ok" and ours. A demand for money states what is owed at the moment of sending, and is suppressed when
 * the money is there (P4). A mail that the server will never take becomes a task for a person.
 */
export function createNoticeActivities({ database, email, publicUrl }: NoticeDependencies) {
  /** A link that opens this one invoice without a key, for people who have lost the attachment (I3). */
  async function linkTo({ kind, key, invoiceId, at }: Notice): Promise<string> {
    if (!publicUrl || kind !== 'invoice' || !invoiceId) return '';
    const token = await createInvoiceLink(database, { noticeKey: key, invoiceId, at });
    return `\n\nYou can also open it here: ${publicUrl}/portal/linked-invoice/${token}`;
  }

  return {
    async sendNotice({ key }: { key: string }): Promise<{ status: 'sent' | 'suppressed' | 'bounced' }> {
      const notice = only(
        await database.query<Notice>(
          `SELECT n.key, n.kind, n.customer_id AS "customerId", n.order_id AS "orderId", n.invoice_id AS "invoiceId", n.recipient,
             n.facts, n.status, n.message_id AS "messageId", n.at, c.name AS "customerName", c.e_invoices AS "eInvoices"
           FROM notices n JOIN customers c ON c.id = n.customer_id WHERE n.key = $1`,
          [key],
        ),
      );
      if (notice.status !== 'queued') return { status: notice.status };
      const { at, offsetMs } = await effectiveTime(database, notice);
      const isDemand = notice.kind === 'reminder' || notice.kind === 'dunning';
      const demand = isDemand ? await database.transaction((tx) => readyLetter(tx, { key, at })) : undefined;
      if (isDemand && !demand) return { status: 'suppressed' };
      if (notice.kind === 'prepayment-request' && !(await isAwaited(database, notice))) {
        await suppress(
          database,
          key,
          'the money has been received, another pro-forma has replaced this one, or the order has ended',
        );
        return { status: 'suppressed' };
      }
      if (notice.kind === 'quote' && (await keptQuoteStatus(database, notice.facts.quoteId)) !== 'sent') {
        await suppress(database, key, 'the quote has been answered');
        return { status: 'suppressed' };
      }
      const company = await readCompany(database);
      const isNote = notice.kind === 'interest-note' || notice.kind === 'fee-note';
      const { subject, text } =
        demand ??
        (isNote
          ? await writeNote(database, notice.invoiceId!)
          : framed(notice, company.legalName, write(notice), await linkTo(notice)));
      const letter = {
        messageId: notice.messageId,
        from: `${JSON.stringify(company.legalName)} <${company.email}>`,
        to: notice.recipient,
        subject,
        date: notice.at,
        text,
        attachments: await attachmentsOf(database, notice),
      };
      try {
        await whileAlive(() => email.send(letter));
      } catch (problem) {
        if (!(problem instanceof MailRefused)) throw problem;
        const bounce = { messageId: notice.messageId, reason: problem.message };
        await database.transaction(async (tx) => bounceNotice(tx, { ...bounce, at: (await readClock(tx)).at }));
        throw ApplicationFailure.nonRetryable(problem.message, problem.name);
      }
      const sentAt = new Date().toISOString();
      if (demand) await database.transaction((tx) => letterSent(tx, { key, sentAt, offsetMs, at }));
      else
        await database.query("UPDATE notices SET status = 'sent', sent_at = $2 WHERE key = $1 AND status = 'queued'", [
          key,
          sentAt,
        ]);
      return { status: 'sent' };
    },
  };
}

/** The document that goes with the letter; as UBL too for who wants that, unless the parties lack what it needs (I3). */
async function attachmentsOf(database: Queryable, notice: Notice): Promise<Email['attachments']> {
  if (notice.kind === 'statement') {
    const filename = `statement-${notice.customerId}-${notice.facts.to}.pdf`;
    return [{ filename, contentType: 'application/pdf', content: await keptStatement(database, notice) }];
  }
  const number = attachedTo(notice);
  if (!number) return [];
  const pdf = { filename: `${number}.pdf`, contentType: 'application/pdf', content: await invoicePdf(database, number) };
  if (!notice.eInvoices || (notice.kind !== 'invoice' && notice.kind !== 'credit-note')) return [pdf];
  try {
    return [pdf, { filename: `${number}.xml`, contentType: 'application/xml', content: await eInvoiceUbl(database, number) }];
  } catch (error) {
    if (error instanceof Refusal) return [pdf];
    throw error;
  }
}

/** Kept under the notice's key: a mail that is tried again has the same one. */
const keptStatement = (database: Queryable, { key, customerId, facts }: Notice): Promise<Uint8Array> =>
  keepDocument(database, key, 'application/pdf', async () => {
    const [statement, customer, company] = await Promise.all([
      readStatement(database, customerId, facts),
      readCustomer(database, customerId),
      readCompany(database),
    ]);
    return statementPdf(statement!, customer!, company);
  });

/** The number of the document that goes with the letter. */
function attachedTo({ kind, invoiceId, facts }: Notice): string | null {
  if (kind === 'prepayment-request') return facts.proFormaNumber;
  if (kind === 'credit-note') return facts.creditNoteId;
  return kind === 'invoice' || kind === 'interest-note' || kind === 'fee-note' ? invoiceId : null;
}

async function isAwaited(database: Queryable, { orderId, facts }: Notice): Promise<boolean> {
  const asked = await readPrepayment(database, orderId!);
  return asked?.status === 'awaited' && asked.number === facts.proFormaNumber;
}

/** While the company clock is moved, a letter is written before the company's now has come to its time. */
async function effectiveTime(database: Queryable, { at: writtenAt }: Notice): Promise<{ at: string; offsetMs: number }> {
  const { at, offsetMs } = await readClock(database);
  return { at: at > writtenAt ? at : writtenAt, offsetMs };
}

const framed = (
  { customerName }: Notice,
  legalName: string,
  { subject, text }: { subject: string; text: string },
  link: string,
): { subject: string; text: string } => ({
  subject,
  text: `Dear ${customerName},\n\n${text}${link}\n\nKind regards\n${legalName}\n`,
});

async function suppress(database: Queryable, key: string, reason: string): Promise<void> {
  await database.query("UPDATE notices SET status = 'suppressed', status_reason = $2 WHERE key = $1 AND status = 'queued'", [
    key,
    reason,
  ]);
}

/** What a customer is told at each turn of a dispute. */
const disputes: Record<DisputeStatus, { subject: string; text: (facts: NoticeFacts, amount: string) => string }> = {
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
const promises: Record<NoticeFacts['promiseStatus'], { subject: string; text: (facts: NoticeFacts, amount: string) => string }> =
  {
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
function payable(facts: NoticeFacts, money: (amountMinor: number) => string): string {
  const { grossMinor, prepaidMinor = 0, roundingMinor = 0, dueOn, instalments = [] } = facts;
  if (facts.byCard) return ', which is taken from your card: there is nothing left for you to do';
  if (prepaidMinor + roundingMinor === grossMinor) return ', which you have paid in advance: nothing is due';
  if (instalments.length > 1) {
    const parts = instalments.map(({ amountMinor, dueOn: partDueOn }) => `${money(amountMinor)} by ${partDueOn}`).join(', ');
    return `, payable in ${instalments.length} instalments: ${parts}`;
  }
  if (prepaidMinor === 0) return `, payable by ${dueOn}`;
  return `, of which you have paid ${money(prepaidMinor)} in advance; the other ${money(grossMinor - prepaidMinor)} is payable by ${dueOn}`;
}

function inDiscounts({ grossMinor, discounts = [] }: NoticeFacts, money: (amountMinor: number) => string): string {
  return discounts
    .map(({ payBy, discountMinor }) => `\nPaid in full by ${payBy}, ${money(grossMinor - discountMinor)} is enough.`)
    .join('');
}

/** Demands are written in words of their policy: see `readyLetter`. */
function write({ kind, facts }: Notice): { subject: string; text: string } {
  const money = (amountMinor: number) => formatMoney({ currency: facts.currency, amountMinor });
  const owed = (items: { invoiceId: string; openMinor: number; dueOn: string; paymentReference?: string }[]) =>
    items
      .map(({ invoiceId, openMinor, dueOn, paymentReference }) => {
        const quoting = paymentReference ? `, please quote ${paymentReference}` : '';
        return `  ${invoiceId}  ${money(openMinor)}  due ${dueOn}${quoting}`;
      })
      .join('\n');
  switch (kind) {
    case 'order-accepted':
      return {
        subject: `Order ${facts.orderId} accepted`,
        text: `thank you for your order ${facts.orderId} over ${money(facts.grossMinor)}, tax included. We tell you when it leaves.`,
      };
    case 'order-declined':
      return {
        subject: `Order ${facts.orderId} cannot be supplied on credit`,
        text: `we cannot supply your order ${facts.orderId} over ${money(facts.grossMinor)} on credit: ${facts.reason}.\nWe will gladly supply it against payment in advance: order it again as prepaid, or simply reply to this mail.`,
      };
    case 'prepayment-request':
      return {
        subject: `Order ${facts.orderId}: please pay ${money(facts.grossMinor)} in advance by ${facts.dueOn}`,
        text: `attached is our pro-forma ${facts.proFormaNumber} for your order ${facts.orderId}.${facts.replacedNumber ? ` It replaces ${facts.replacedNumber}, since the order has been changed.` : ''} We begin as soon as ${money(facts.grossMinor)} has arrived; please quote ${facts.paymentReference}. Without it by ${facts.dueOn} we cancel the order, and nothing is billed for it.`,
      };
    case 'card-declined':
      return {
        subject: `Order ${facts.orderId}: your card was declined`,
        text: `${money(facts.grossMinor)} for your order ${facts.orderId} could not be held on your card: ${facts.reason}.\nPlease give us another card by ${facts.dueOn}; we begin as soon as it is accepted. Without it we cancel the order, and nothing is billed for it.`,
      };
    case 'card-not-taken':
      return {
        subject: `Invoice ${facts.invoiceId} could not be taken from your card`,
        text: `${money(facts.openMinor)} for our invoice ${facts.invoiceId} could not be taken from your card: ${facts.reason}. Please pay it by transfer, as the invoice says, or by another card.`,
      };
    case 'order-amended':
      return {
        subject: `Order ${facts.orderId} has been changed`,
        text: `your order ${facts.orderId} has been changed as agreed and comes to ${money(facts.grossMinor)} now, tax included.`,
      };
    case 'order-cancelled':
      return {
        subject: `Order ${facts.orderId} ${facts.partly ? 'partly ' : ''}cancelled`,
        text: `${facts.partly ? 'what was still open of' : 'all of'} your order ${facts.orderId} has been cancelled: ${facts.reason}. Nothing will be billed for it.${facts.releasedMinor > 0 ? ` The ${money(facts.releasedMinor)} that you paid in advance is kept for you until you tell us what it pays.` : ''}`,
      };
    case 'out-of-stock':
      return {
        subject: `Order ${facts.orderId}: out of stock`,
        text: `we are sorry: goods of your order ${facts.orderId} are not in stock (${facts.reason}). The order has been cancelled and nothing will be billed for it.`,
      };
    case 'delayed':
      return {
        subject: `Order ${facts.orderId}: part of it is delayed`,
        text: `goods of your order ${facts.orderId} are not in stock at the moment: ${facts.reason}. They follow as soon as they arrive; nothing is billed before it is shipped.`,
      };
    case 'sent-again':
      return {
        subject: `Order ${facts.orderId}: a delivery did not reach you`,
        text: `we are sorry: ${facts.shipmentId} with ${facts.goods} of your order ${facts.orderId} will not arrive. We send the goods again; nothing is billed before you have them.`,
      };
    case 'production':
      return {
        subject: `Order ${facts.orderId}: ${facts.slipped ? 'a new date' : 'made for you'}, ${facts.dueOn}`,
        text: facts.slipped
          ? `we are sorry: ${facts.quantity} × ${facts.sku} of your order ${facts.orderId} will be ready on ${facts.dueOn}, not on the day we told you before.`
          : `${facts.quantity} × ${facts.sku} of your order ${facts.orderId} are made for you and will be ready on ${facts.dueOn}.`,
      };
    case 'shortage':
      return {
        subject: `Order ${facts.orderId}: please choose, goods are missing`,
        text: `we are sorry: goods of your order ${facts.orderId} are not in stock (${facts.reason}). Please tell us by ${facts.dueAt} whether you wait for all of them, take what is there, or cancel. Without an answer we cancel what is open; nothing has been billed for it.`,
      };
    case 'account-on-hold':
      return {
        subject: `Order ${facts.orderId} waits for payment of ${money(facts.amountDueMinor)}`,
        text: `your order ${facts.orderId} goes on as soon as these overdue invoices are paid, ${money(facts.amountDueMinor)} in all:\n${owed(facts.invoices)}`,
      };
    case 'credit-frozen':
      return {
        subject: `Order ${facts.orderId} waits`,
        text: `your order ${facts.orderId} waits: your credit with us is suspended at the moment. It goes on as soon as that has been settled; please get in touch with us. Nothing is billed before it is shipped.`,
      };
    case 'shipped':
      return {
        subject: `Shipment ${facts.shipmentId} is on its way`,
        text: `shipment ${facts.shipmentId} of your order ${facts.orderId} has left with ${facts.carrier}, tracking number ${facts.trackingNumber}.`,
      };
    case 'delivered':
      return {
        subject: `Shipment ${facts.shipmentId} has arrived`,
        text: `shipment ${facts.shipmentId} of your order ${facts.orderId} has been delivered. If anything is wrong with it, please tell us now.`,
      };
    case 'invoice':
      return {
        subject: `Invoice ${facts.invoiceId}: ${money(facts.grossMinor)}, due ${facts.dueOn}`,
        text: `attached is our invoice ${facts.invoiceId} over ${money(facts.grossMinor)}${facts.period ? ` for what we supplied from ${facts.period.from} to ${facts.period.to}` : ''}${facts.correctsInvoiceId ? `. It takes the place of ${facts.correctsInvoiceId}, which we have credited` : ''}${payable(facts, money)}.${inDiscounts(facts, money)}`,
      };
    case 'reminder':
    case 'dunning':
    case 'interest-note':
    case 'fee-note':
      throw new Error(`a ${kind} is written in the words of its policy`);
    case 'return-approved':
      return {
        subject: `Return ${facts.returnId} of order ${facts.orderId} approved`,
        text: `please send back ${facts.goods} of shipment ${facts.shipmentId}, and write ${facts.returnId} on the parcel. We credit what arrives as soon as it has been inspected.`,
      };
    case 'return-refused':
      return {
        subject: `Return ${facts.returnId} of order ${facts.orderId} cannot be accepted`,
        text: `we cannot take back ${facts.goods} of shipment ${facts.shipmentId}: ${facts.reason}. If we see it wrongly, please reply to this mail.`,
      };
    case 'credit-note':
      return {
        subject: `Credit note ${facts.creditNoteId}: ${money(facts.grossMinor)}`,
        text: `attached is our credit note ${facts.creditNoteId} over ${money(facts.grossMinor)} ${forWhat(facts)}.${facts.appliedMinor > 0 ? `\n${money(facts.appliedMinor)} of it is taken off invoice ${facts.invoiceId}.` : ''}${facts.unappliedMinor > 0 ? `\n${money(facts.unappliedMinor)} of it is kept to your credit until you tell us what it pays.` : ''}`,
      };
    case 'dispute':
      return {
        subject: `Dispute ${facts.disputeId} of invoice ${facts.invoiceId}: ${disputes[facts.disputeStatus].subject}`,
        text: `${disputes[facts.disputeStatus].text(facts, money(facts.disputedMinor))}`,
      };
    case 'promise': {
      const { subject, text } = promises[facts.promiseStatus];
      const invoices = facts.items.map(({ invoiceId }) => `  ${invoiceId}`).join('\n');
      return {
        subject: `Your promise ${facts.promiseId} to pay ${money(facts.amountMinor)} by ${facts.promisedOn}: ${subject}`,
        text: `${text(facts, money(facts.amountMinor))}\n${invoices}`,
      };
    }
    case 'quote':
      return {
        subject: `Quote ${facts.quoteId}: ${money(facts.grossMinor)}, valid until ${facts.validUntil}`,
        text: `thank you for your inquiry. We offer you, at prices that hold until ${facts.validUntil}:\n${facts.lines
          .map((line) => `  ${line.quantity} × ${line.description} at ${money(line.unitPriceMinor)}: ${money(line.netMinor)}`)
          .join(
            '\n',
          )}\n\n${money(facts.netMinor)} and ${money(facts.taxMinor)} of tax, ${money(facts.grossMinor)} in all. Goods are reserved once you accept; please quote ${facts.quoteId}.`,
      };
    case 'credit-decided':
      return facts.approved
        ? {
            subject: `Your credit application ${facts.applicationId}: a limit of ${money(facts.limitMinor)}`,
            text: `thank you for your application ${facts.applicationId}. Your credit limit is ${money(facts.limitMinor)} from now on.`,
          }
        : {
            subject: `Your credit application ${facts.applicationId}`,
            text: `we have looked at your application ${facts.applicationId} and cannot grant the limit that you asked for${facts.reason ? `: ${facts.reason}` : ''}.\nWe will gladly supply you against payment in advance. If we see it wrongly, please reply to this mail.`,
          };
    case 'credit-question':
      return {
        subject: `A question about your credit, ${facts.questionId}`,
        text: `before we can decide about your credit we need to know:\n\n  ${facts.question}\n\nPlease answer in the portal, under Credit, or simply reply to this mail.`,
      };
    case 'statement':
      return {
        subject: `Statement of account, ${facts.from} to ${facts.to}`,
        text: `attached is your statement of account from ${facts.from} to ${facts.to}. On ${facts.to}, ${money(facts.closingMinor)} was open. If you see it otherwise, please reply to this mail.`,
      };
    case 'payment-bounced':
      return {
        subject: `Your payment of ${money(facts.amountMinor)} was returned`,
        text: `your payment of ${money(facts.amountMinor)} with value date ${facts.valueOn} was returned unpaid${facts.reason ? `: ${facts.reason}` : ''}.${facts.invoices.length > 0 ? `\nThese invoices are open again, due as before:\n${facts.invoices.map(({ invoiceId, openMinor, dueOn }) => `  ${invoiceId}: ${money(openMinor)}, due ${dueOn}`).join('\n')}\nPlease pay them in another way.` : ''}`,
      };
    case 'payment-received':
      return {
        subject: `Payment of ${money(facts.amountMinor)} received`,
        text: `thank you for your payment of ${money(facts.amountMinor)} with value date ${facts.valueOn}.${facts.unappliedMinor > 0 ? `\n${money(facts.unappliedMinor)} of it is kept for you until you tell us what it pays.` : ''}`,
      };
  }
}

/** What a credit note is for, in the words of who reads it. */
function forWhat({ cause = 'customer', returnId, shipmentId, invoiceId }: NoticeFacts): string {
  if (!returnId) return `on invoice ${invoiceId}`;
  return {
    customer: `for your return ${returnId}`,
    'returned-to-sender': `for the goods of shipment ${shipmentId} that the carrier has brought back to us`,
    lost: `for the goods of shipment ${shipmentId} that were lost on their way to you`,
    damaged: `for the goods of shipment ${shipmentId} that were damaged on their way to you`,
  }[cause];
}
