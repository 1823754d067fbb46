import { only, type Queryable } from '../db/client.ts';
import { readCompany } from '../db/statements/company.ts';
import type { NoticeKind } from '../db/statements/notices.ts';
import { invoicePdf } from '../documents/invoice-pdf.ts';
import { formatMoney } from '../domain/money.ts';
import type { EmailPort } from '../ports/email.ts';
import { whileAlive } from './alive.ts';

interface Notice {
  key: string;
  kind: NoticeKind;
  customerId: string;
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
  carrier: string;
  trackingNumber: string;
  reason: string;
  currency: string;
  grossMinor: number;
  amountMinor: number;
  amountDueMinor: number;
  openMinor: number;
  unappliedMinor: number;
  dueOn: string;
  valueOn: string;
  paymentReference: string;
  partly: boolean;
  level: number;
  items: { invoiceId: string; openMinor: number; dueOn: string; paymentReference: string }[];
  invoices: { invoiceId: string; openMinor: number; dueOn: string }[];
}

/**
 * Sends one notice, at most once per key as far as mail allows: the same Message-ID goes out again when the process died
 * between the server's "ok" and ours. A demand for money is checked again against ledger and unapplied cash at the moment
 * of sending, and suppressed when the money is there (P4).
 */
export function createNoticeActivities({ database, email }: { database: Queryable; email: EmailPort }) {
  return {
    async sendNotice({ key }: { key: string }): Promise<{ status: 'sent' | 'suppressed' }> {
      const notice = only(
        await database.query<Notice>(
          `SELECT n.key, n.kind, n.customer_id AS "customerId", n.invoice_id AS "invoiceId", n.recipient, n.facts, n.status,
             n.message_id AS "messageId", n.at, c.name AS "customerName"
           FROM notices n JOIN customers c ON c.id = n.customer_id WHERE n.key = $1`,
          [key],
        ),
      );
      if (notice.status !== 'queued') return { status: notice.status };
      if (notice.kind === 'reminder' || notice.kind === 'dunning') {
        if (await moneyIsThere(database, notice)) {
          await database.query(
            "UPDATE notices SET status = 'suppressed', status_reason = 'the money has been received' WHERE key = $1",
            [key],
          );
          return { status: 'suppressed' };
        }
      }
      const company = await readCompany(database);
      const { subject, text } = write(notice);
      const attachments = printed.has(notice.kind)
        ? [
            {
              filename: `${notice.invoiceId}.pdf`,
              contentType: 'application/pdf',
              content: await invoicePdf(database, notice.invoiceId!),
            },
          ]
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
      await whileAlive(() => email.send(letter));
      await database.query(
        "UPDATE notices SET status = 'sent', sent_at = clock_timestamp() WHERE key = $1 AND status = 'queued'",
        [key],
      );
      return { status: 'sent' };
    },
  };
}

const printed = new Set<NoticeKind>(['invoice', 'interest-note']);

/** Whether what the notice asks for is settled, or covered by cash of the customer that is not applied yet. */
async function moneyIsThere(database: Queryable, notice: Notice): Promise<boolean> {
  const invoiceIds = notice.kind === 'dunning' ? notice.facts.items.map((item) => item.invoiceId) : [notice.invoiceId];
  const { openMinor, unappliedMinor } = only(
    await database.query<{ openMinor: number; unappliedMinor: number }>(
      `SELECT (SELECT coalesce(sum(open_minor), 0)::bigint FROM invoices WHERE id = ANY ($1)) AS "openMinor",
              (SELECT coalesce(max(unapplied_cash_minor), 0)::bigint FROM credit_accounts WHERE customer_id = $2) AS "unappliedMinor"`,
      [invoiceIds, notice.customerId],
    ),
  );
  return openMinor <= unappliedMinor;
}

const lettersByLevel = ['', 'Payment is overdue', 'Second letter: payment is overdue', 'Final letter before collections'];

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
    case 'order-declined':
      return {
        subject: `Order ${facts.orderId} cannot be supplied on credit`,
        text: `we cannot supply your order ${facts.orderId} over ${money(facts.grossMinor)} on credit: ${facts.reason}.\nWe will gladly supply it against payment in advance; a reply to this mail is enough.`,
      };
    case 'order-cancelled':
      return {
        subject: `Order ${facts.orderId} ${facts.partly ? 'partly ' : ''}cancelled`,
        text: `${facts.partly ? 'what was still open of' : 'all of'} your order ${facts.orderId} has been cancelled: ${facts.reason}. Nothing will be billed for it.`,
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
    case 'invoice':
      return {
        subject: `Invoice ${facts.invoiceId}: ${money(facts.grossMinor)}, due ${facts.dueOn}`,
        text: `attached is our invoice ${facts.invoiceId} over ${money(facts.grossMinor)}, payable by ${facts.dueOn}.`,
      };
    case 'reminder':
      return {
        subject: `Reminder: invoice ${facts.invoiceId} is due on ${facts.dueOn}`,
        text: `this is to remind you that ${money(facts.openMinor)} of our invoice ${facts.invoiceId} is due on ${facts.dueOn}. Please quote ${facts.paymentReference}.\nIf anything is wrong with the goods or the invoice, please tell us now.`,
      };
    case 'dunning':
      return {
        subject: `${lettersByLevel[facts.level] ?? lettersByLevel[1]}: ${money(facts.items.reduce((total, item) => total + item.openMinor, 0))}`,
        text: `these invoices are overdue:\n${owed(facts.items)}\n\nUntil they are paid, new orders wait. Interest runs from the day after the due date at the rate of our terms; after the final letter we hand the matter to collections.\nIf you have paid meanwhile, please disregard this letter.`,
      };
    case 'interest-note':
      return {
        subject: `Interest note ${facts.invoiceId}: ${money(facts.grossMinor)}`,
        text: `our invoice ${facts.principalInvoiceId} was paid late. Attached is our note of the interest, ${money(facts.grossMinor)}, payable by ${facts.dueOn}.`,
      };
    case 'payment-received':
      return {
        subject: `Payment of ${money(facts.amountMinor)} received`,
        text: `thank you for your payment of ${money(facts.amountMinor)} with value date ${facts.valueOn}.${facts.unappliedMinor > 0 ? `\n${money(facts.unappliedMinor)} of it is kept for you until you tell us what it pays.` : ''}`,
      };
  }
}
