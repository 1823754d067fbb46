import { ApplicationFailure } from '@temporalio/common';
import { type Database, only, type Queryable } from '../db/client.ts';
import { readClock, readCompany } from '../db/statements/company.ts';
import type { NoticeKind } from '../db/statements/notices.ts';
import { readPrepayment } from '../db/statements/prepayments.ts';
import { openTask } from '../db/statements/tasks.ts';
import { invoicePdf } from '../documents/invoice-pdf.ts';
import type { DisputeStatus } from '../domain/dispute.ts';
import { owedAfterCash, statedLevel } from '../domain/dunning.ts';
import { formatMoney } from '../domain/money.ts';
import { type EmailPort, MailRefused } from '../ports/email.ts';
import { whileAlive } from './alive.ts';

interface Notice {
  key: string;
  kind: NoticeKind;
  customerId: string;
  orderId: string | null;
  invoiceId: string | null;
  recipient: string;
  facts: NoticeFacts;
  status: 'queued' | 'sent' | 'suppressed';
  messageId: string;
  customerName: string;
  at: string;
}

/** What the letters say; every field is there for the kinds that print it. */
interface NoticeFacts {
  orderId: string;
  invoiceId: string;
  shipmentId: string;
  paymentId: string;
  principalInvoiceId: string;
  /** Absent where no goods came back. */
  returnId?: string;
  /** Of a revised invoice. */
  correctsInvoiceId?: string;
  creditNoteId: string;
  disputeId: string;
  disputeStatus: DisputeStatus;
  disputedMinor: number;
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
  /** Absent in facts that are older than payment in advance. */
  prepaidMinor?: number;
  releasedMinor: number;
  partly: boolean;
  sku: string;
  quantity: number;
  slipped: boolean;
  level: number;
  final: boolean;
  items: { invoiceId: string; openMinor: number; dueOn: string; paymentReference: string; level: number; final: boolean }[];
  invoices: { invoiceId: string; openMinor: number; dueOn: string }[];
}

/**
 * Sends one notice, at most once per key as far as mail allows: the same Message-ID goes out again when the process died
 * between the server's "ok" and ours. A demand for money states what is owed at the moment of sending, and is suppressed when
 * the money is there (P4). A mail that the server will never take becomes a task for a person.
 */
export function createNoticeActivities({ database, email }: { database: Database; email: EmailPort }) {
  return {
    async sendNotice({ key }: { key: string }): Promise<{ status: 'sent' | 'suppressed' }> {
      const notice = only(
        await database.query<Notice>(
          `SELECT n.key, n.kind, n.customer_id AS "customerId", n.order_id AS "orderId", n.invoice_id AS "invoiceId", n.recipient,
             n.facts, n.status, n.message_id AS "messageId", n.at, c.name AS "customerName"
           FROM notices n JOIN customers c ON c.id = n.customer_id WHERE n.key = $1`,
          [key],
        ),
      );
      if (notice.status !== 'queued') return { status: notice.status };
      if (notice.kind === 'reminder' || notice.kind === 'dunning') {
        const owed = await stillOwed(database, notice);
        if (!owed) {
          await suppress(database, key, 'the money has been received');
          return { status: 'suppressed' };
        }
        notice.facts = owed;
      }
      if (notice.kind === 'prepayment-request' && !(await isAwaited(database, notice.orderId!))) {
        await suppress(database, key, 'the money has been received, or the order has ended');
        return { status: 'suppressed' };
      }
      const company = await readCompany(database);
      const { subject, text } = write(notice);
      const attached = attachedTo(notice);
      const attachments = attached
        ? [{ filename: `${attached}.pdf`, contentType: 'application/pdf', content: await invoicePdf(database, attached) }]
        : [];
      const letter = {
        messageId: notice.messageId,
        from: `${JSON.stringify(company.legalName)} <${company.email}>`,
        to: notice.recipient,
        subject,
        date: notice.at,
        text: `Dear ${notice.customerName},\n\n${text}\n\nKind regards\n${company.legalName}\n`,
        attachments,
      };
      try {
        await whileAlive(() => email.send(letter));
      } catch (problem) {
        if (!(problem instanceof MailRefused)) throw problem;
        await giveUp(database, notice, problem.message);
        throw ApplicationFailure.nonRetryable(problem.message, problem.name);
      }
      // The facts are those of the letter: the amounts may have changed since it was owed.
      await database.query(
        "UPDATE notices SET status = 'sent', sent_at = clock_timestamp(), facts = $2 WHERE key = $1 AND status = 'queued'",
        [key, JSON.stringify(notice.facts)],
      );
      return { status: 'sent' };
    },
  };
}

/** The number of the document that goes with the letter. */
function attachedTo({ kind, invoiceId, facts }: Notice): string | null {
  if (kind === 'prepayment-request') return facts.proFormaNumber;
  if (kind === 'credit-note') return facts.creditNoteId;
  return kind === 'invoice' || kind === 'interest-note' ? invoiceId : null;
}

const isAwaited = async (database: Queryable, orderId: string): Promise<boolean> =>
  (await readPrepayment(database, orderId))?.status === 'awaited';

async function suppress(database: Queryable, key: string, reason: string): Promise<void> {
  await database.query("UPDATE notices SET status = 'suppressed', status_reason = $2 WHERE key = $1 AND status = 'queued'", [
    key,
    reason,
  ]);
}

/** The customer has to hear of it in another way, and the address to be put right: a person sees to both. */
async function giveUp(database: Database, notice: Notice, reason: string): Promise<void> {
  const { key, kind, customerId, recipient } = notice;
  await database.transaction(async (tx) => {
    await suppress(tx, key, reason);
    await openTask(tx, {
      key: `notice:${key}`,
      kind: 'parked-message',
      role: 'receivables',
      title: `The mail server refuses our notice (${kind}) to ${customerId}: ${reason}`,
      details: { noticeKey: key, recipient, reason },
      customerId,
      orderId: notice.orderId ?? undefined,
      invoiceId: notice.invoiceId ?? undefined,
      at: (await readClock(tx)).at,
    });
  });
}

/**
 * The facts of a demand with the amounts of this moment, without what is settled, disputed or covered by cash that is not applied yet;
 * undefined when nothing is left to ask for.
 */
async function stillOwed(database: Queryable, { kind, customerId, facts }: Notice): Promise<NoticeFacts | undefined> {
  const { rows } = await database.query<{ invoiceId: string; openMinor: number; unappliedMinor: number }>(
    `SELECT i.id AS "invoiceId", i.open_minor - i.disputed_minor AS "openMinor", a.unapplied_cash_minor + a.open_credit_notes_minor AS "unappliedMinor"
     FROM invoices i JOIN credit_accounts a USING (customer_id)
     WHERE i.customer_id = $1 AND i.open_minor > 0 AND i.open_minor > i.disputed_minor ORDER BY i.due_on, i.id`,
    [customerId],
  );
  const owed = new Map(owedAfterCash(rows, rows[0]?.unappliedMinor ?? 0).map((item) => [item.invoiceId, item.openMinor]));
  if (kind === 'reminder') {
    const openMinor = owed.get(facts.invoiceId);
    return openMinor ? { ...facts, openMinor } : undefined;
  }
  const items = facts.items.flatMap((item) => {
    const openMinor = owed.get(item.invoiceId);
    return openMinor ? [{ ...item, openMinor }] : [];
  });
  return items.length > 0 ? { ...facts, ...statedLevel(items), items } : undefined;
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

/** What an invoice still asks for, after what was paid in advance. */
function payable({ grossMinor, prepaidMinor = 0, dueOn }: NoticeFacts, money: (amountMinor: number) => string): string {
  if (prepaidMinor === 0) return `, payable by ${dueOn}`;
  if (prepaidMinor === grossMinor) return ', which you have paid in advance: nothing is due';
  return `, of which you have paid ${money(prepaidMinor)} in advance; the other ${money(grossMinor - prepaidMinor)} is payable by ${dueOn}`;
}

const ordinals = ['', 'First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth', 'Seventh', 'Eighth', 'Ninth'];

function headline({ level, final }: NoticeFacts): string {
  if (final) return 'Final letter before collections';
  return level === 1 ? 'Payment is overdue' : `${ordinals[level]} letter: payment is overdue`;
}

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
        text: `attached is our pro-forma ${facts.proFormaNumber} for your order ${facts.orderId}. We begin as soon as ${money(facts.grossMinor)} has arrived; please quote ${facts.paymentReference}. Without it by ${facts.dueOn} we cancel the order, and nothing is billed for it.`,
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
        text: `attached is our invoice ${facts.invoiceId} over ${money(facts.grossMinor)}${facts.correctsInvoiceId ? `. It takes the place of ${facts.correctsInvoiceId}, which we have credited` : ''}${payable(facts, money)}.`,
      };
    case 'reminder':
      return {
        subject: `Reminder: invoice ${facts.invoiceId} is due on ${facts.dueOn}`,
        text: `this is to remind you that ${money(facts.openMinor)} of our invoice ${facts.invoiceId} is due on ${facts.dueOn}. Please quote ${facts.paymentReference}.\nIf anything is wrong with the goods or the invoice, please tell us now.`,
      };
    case 'dunning':
      return {
        subject: `${headline(facts)}: ${money(facts.items.reduce((total, item) => total + item.openMinor, 0))}`,
        text: `these invoices are overdue:\n${owed(facts.items)}\n\nUntil they are paid, new orders wait. Interest runs from the day after the due date at the rate of our terms; after the final letter we hand the matter to collections.\nIf you have paid meanwhile, please disregard this letter.`,
      };
    case 'interest-note':
      return {
        subject: `Interest note ${facts.invoiceId}: ${money(facts.grossMinor)}`,
        text: `our invoice ${facts.principalInvoiceId} was paid late. Attached is our note of the interest, ${money(facts.grossMinor)}, payable by ${facts.dueOn}.`,
      };
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
        text: `attached is our credit note ${facts.creditNoteId} over ${money(facts.grossMinor)} ${facts.returnId ? `for your return ${facts.returnId}` : `on invoice ${facts.invoiceId}`}.${facts.appliedMinor > 0 ? `\n${money(facts.appliedMinor)} of it is taken off invoice ${facts.invoiceId}.` : ''}${facts.unappliedMinor > 0 ? `\n${money(facts.unappliedMinor)} of it is kept to your credit until you tell us what it pays.` : ''}`,
      };
    case 'dispute':
      return {
        subject: `Dispute ${facts.disputeId} of invoice ${facts.invoiceId}: ${disputes[facts.disputeStatus].subject}`,
        text: `${disputes[facts.disputeStatus].text(facts, money(facts.disputedMinor))}`,
      };
    case 'payment-received':
      return {
        subject: `Payment of ${money(facts.amountMinor)} received`,
        text: `thank you for your payment of ${money(facts.amountMinor)} with value date ${facts.valueOn}.${facts.unappliedMinor > 0 ? `\n${money(facts.unappliedMinor)} of it is kept for you until you tell us what it pays.` : ''}`,
      };
  }
}
