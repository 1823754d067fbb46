import { Refusal } from '../../domain/failures.ts';
import type { NoticeFacts } from '../../domain/notices.ts';
import type { IsoInstant } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { type Invoice, readInvoice } from '../queries/invoices.ts';
import { type Actor, record } from '../statements/audit.ts';
import { endLinks, openLink } from '../statements/invoice-links.ts';
import { tell } from '../statements/notices.ts';

const sendingsMaximum = 20;

export interface ResendInvoiceInput {
  invoiceId: string;
  /** An address on file for the customer; absent: the one that invoices go to. */
  to?: string | undefined;
  actor: Actor;
  at: IsoInstant;
}

/** Mails the same document again, under a notice key of its own (I3): 'INV-2026-000001:invoice:2'. */
export async function resendInvoice(
  tx: Transaction,
  { invoiceId, to, actor, at }: ResendInvoiceInput,
): Promise<{ noticeKey: string; recipient: string }> {
  const { rows } = await tx.query<{
    kind: string;
    customerId: string;
    orderId: string | null;
    facts: NoticeFacts['invoice'];
    email: string;
    contacts: { email?: string }[];
  }>(
    `SELECT i.kind, i.customer_id AS "customerId", i.order_id AS "orderId", c.email, c.contacts,
       jsonb_build_object('invoiceId', i.id, 'grossMinor', i.gross_minor, 'currency', i.currency, 'dueOn', i.due_on,
         'prepaidMinor', coalesce((i.facts ->> 'prepaidMinor')::bigint, 0)) AS facts
     FROM invoices i JOIN customers c ON c.id = i.customer_id WHERE i.id = $1 FOR UPDATE OF i`,
    [invoiceId],
  );
  const invoice = rows[0];
  if (!invoice) throw new Refusal(404, 'unknown-invoice', `There is no invoice ${invoiceId}.`);
  if (invoice.kind !== 'invoice') throw new Refusal(422, 'not-mailed', `${invoiceId} is no invoice; only those are sent again.`);
  const sending = await nextSending(tx, invoiceId);
  if (sending > sendingsMaximum) {
    throw new Refusal(409, 'sent-too-often', `${invoiceId} has been sent ${sendingsMaximum} times; call the customer instead.`);
  }
  const onFile = [invoice.email, ...invoice.contacts.map(({ email }) => email)];
  const recipient = onFile.find((address) => address?.toLowerCase() === (to ?? invoice.email).toLowerCase());
  if (!recipient) {
    const faults = [
      { path: '/to', code: 'unknown-address', detail: `${to} is no address of ${invoice.customerId} or its contacts.` },
    ];
    throw new Refusal(422, 'unknown-address', 'An invoice goes to addresses on file only.', { faults });
  }
  const noticeKey = `${invoiceId}:invoice:${sending}`;
  const { customerId, orderId, facts } = invoice;
  await tell(tx, {
    key: noticeKey,
    kind: 'invoice',
    customerId,
    orderId: orderId ?? undefined,
    invoiceId,
    recipient,
    facts,
    at,
    isCopy: true,
  });
  await record(tx, {
    at,
    actor,
    action: 'invoice-resent',
    summary: `Invoice ${invoiceId} is sent again, to ${recipient}`,
    customerId,
    orderId: orderId ?? undefined,
    invoiceId,
    after: { noticeKey, recipient },
  });
  return { noticeKey, recipient };
}

/** Numbered after those there are, counted once the invoice is locked: a twin that waited for the lock sees the first. */
async function nextSending(tx: Transaction, invoiceId: string): Promise<number> {
  const { rows } = await tx.query<{ sendings: number }>(
    "SELECT count(*)::int AS sendings FROM notices WHERE invoice_id = $1 AND kind = 'invoice'",
    [invoiceId],
  );
  return Math.max(2, rows[0]!.sendings + 1);
}

/** The invoice behind a link from a mail; the first look at it is written down. Wrong, expired and revoked are all the same 404. */
export async function viewByLink(tx: Transaction, { token, at }: { token: string; at: IsoInstant }): Promise<Invoice> {
  const link = await openLink(tx, { token, at });
  const invoice = link && (await readInvoice(tx, link.invoiceId));
  if (!invoice)
    throw new Refusal(404, 'unknown-link', 'This link opens nothing, or no longer. Ask for the invoice to be sent again.');
  if (link.isFirstView) {
    await record(tx, {
      at,
      actor: { name: 'link-holder', verified: false },
      action: 'invoice-viewed',
      summary: `${invoice.id} was viewed by the customer, through the link in the mail`,
      customerId: invoice.customerId,
      orderId: invoice.orderId ?? undefined,
      invoiceId: invoice.id,
    });
  }
  return invoice;
}

/** Ends every link that opens the invoice: for a mail that has got into the wrong hands. */
export async function revokeLinks(
  tx: Transaction,
  { invoiceId, reason, actor, at }: { invoiceId: string; reason: string; actor: Actor; at: IsoInstant },
): Promise<{ invoiceId: string; revoked: number }> {
  const invoice = await readInvoice(tx, invoiceId);
  if (!invoice) throw new Refusal(404, 'unknown-invoice', `There is no invoice ${invoiceId}.`);
  const revoked = await endLinks(tx, invoiceId, at);
  await record(tx, {
    at,
    actor,
    reason,
    action: 'links-revoked',
    summary: `${revoked} link(s) to ${invoiceId} open nothing any more`,
    customerId: invoice.customerId,
    orderId: invoice.orderId ?? undefined,
    invoiceId,
    after: { revoked },
  });
  return { invoiceId, revoked };
}
