import { ApplicationFailure } from '@temporalio/common';
import { type Database, only, type Queryable } from '../db/client.ts';
import { readCustomer } from '../db/queries/customers.ts';
import { keptQuoteStatus } from '../db/queries/quotes.ts';
import { readStatement } from '../db/queries/statements.ts';
import { readClock, readCompany } from '../db/statements/company.ts';
import { createInvitationLink } from '../db/statements/invitation-links.ts';
import { createInvoiceLink } from '../db/statements/invoice-links.ts';
import { writeNote } from '../db/statements/letters.ts';
import { readPrepayment } from '../db/statements/prepayments.ts';
import { bounceNotice } from '../db/transactions/bounce-notice.ts';
import { letterSent, readyLetter } from '../db/transactions/ready-letter.ts';
import { eInvoiceUbl } from '../documents/e-invoice.ts';
import { invoicePdf } from '../documents/invoice-pdf.ts';
import { keepDocument } from '../documents/keep.ts';
import { statementPdf } from '../documents/statement-pdf.ts';
import { Refusal } from '../domain/failures.ts';
import { type Told, writeNotice } from '../domain/notices.ts';
import { type Email, type EmailPort, MailRefused } from '../ports/email.ts';
import { whileAlive } from './alive.ts';

type Notice = Told & {
  key: string;
  customerId: string;
  orderId: string | null;
  invoiceId: string | null;
  recipient: string;
  status: 'queued' | 'sent' | 'suppressed' | 'bounced';
  messageId: string;
  customerName: string;
  /** The customer wants its invoices as UBL too. */
  eInvoices: boolean;
  at: string;
};

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

  /** What an invitation is all about: undefined where it has ended, or where nobody knows how customers reach us. */
  async function invitationLink(key: string): Promise<string | undefined> {
    const token = publicUrl ? await createInvitationLink(database, { noticeKey: key }) : undefined;
    return token && `\n\n${publicUrl}/portal/invitation/${token}`;
  }

  async function wordsOf(notice: Notice, legalName: string, link: string): Promise<{ subject: string; text: string }> {
    switch (notice.kind) {
      case 'reminder':
      case 'dunning':
        throw new Error(`a ${notice.kind} is written in the words of its policy`);
      case 'interest-note':
      case 'fee-note':
        return writeNote(database, notice.invoiceId!);
      default:
        return framed(notice, legalName, writeNotice(notice), link);
    }
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
      if (notice.kind === 'prepayment-request' && !(await isAwaited(database, notice.facts))) {
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
      const link = notice.kind === 'invitation' ? await invitationLink(key) : await linkTo(notice);
      if (link === undefined) {
        await suppress(database, key, publicUrl ? 'the invitation has ended' : 'PUBLIC_URL does not say where its link leads');
        return { status: 'suppressed' };
      }
      const company = await readCompany(database);
      const { subject, text } = demand ?? (await wordsOf(notice, company.legalName, link));
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
const keptStatement = (
  database: Queryable,
  { key, customerId, facts }: Told<'statement'> & { key: string; customerId: string },
): Promise<Uint8Array> =>
  keepDocument(database, key, 'application/pdf', async () => {
    const [statement, customer, company] = await Promise.all([
      readStatement(database, customerId, facts),
      readCustomer(database, customerId),
      readCompany(database),
    ]);
    return statementPdf(statement!, customer!, company);
  });

/** The number of the document that goes with the letter. */
function attachedTo(notice: Notice): string | null {
  if (notice.kind === 'prepayment-request') return notice.facts.proFormaNumber;
  if (notice.kind === 'credit-note') return notice.facts.creditNoteId;
  return notice.kind === 'invoice' || notice.kind === 'interest-note' || notice.kind === 'fee-note' ? notice.invoiceId : null;
}

async function isAwaited(database: Queryable, asks: Told<'prepayment-request'>['facts']): Promise<boolean> {
  const asked = await readPrepayment(database, asks.orderId);
  return asked?.status === 'awaited' && asked.number === asks.proFormaNumber;
}

/** While the company clock is moved, a letter is written before the company's now has come to its time. */
async function effectiveTime(database: Queryable, { at: writtenAt }: Notice): Promise<{ at: string; offsetMs: number }> {
  const { at, offsetMs } = await readClock(database);
  return { at: at > writtenAt ? at : writtenAt, offsetMs };
}

const framed = (
  { kind, facts, customerName }: Notice,
  legalName: string,
  { subject, text }: { subject: string; text: string },
  link: string,
): { subject: string; text: string } => ({
  subject,
  text: `Dear ${kind === 'invitation' ? facts.personName : customerName},\n\n${text}${link}\n\nKind regards\n${legalName}\n`,
});

async function suppress(database: Queryable, key: string, reason: string): Promise<void> {
  await database.query("UPDATE notices SET status = 'suppressed', status_reason = $2 WHERE key = $1 AND status = 'queued'", [
    key,
    reason,
  ]);
}
