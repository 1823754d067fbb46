import type { DocumentFault, ReadOrder } from '../../domain/order-document.ts';
import type { Transaction } from '../client.ts';
import { hasMailAddress } from '../queries/customers.ts';
import type { TakenInterchange } from '../queries/edi.ts';
import { takeInterchange } from './take-interchange.ts';
import { sha256, type TakenDocument, takeOrderDocument } from './take-order-document.ts';

export interface OrderMailInput {
  /** The mail as it came. */
  original: Uint8Array;
  messageId: string | undefined;
  /** The address that it says it is from. */
  sender: string | undefined;
  subject: string;
  readFrom: string;
  order: ReadOrder;
  /** Attached instead of an order: an X12 interchange. */
  interchange?: Uint8Array | undefined;
  at: string;
}

/**
 * Takes in a mail that claims to be an order (O1): it becomes an order of the customer that its sender belongs to, or, with every
 * fault, a task for sales. Goods go to the address on file: a sender can be forged, so a mail never says where to. The same mail twice
 * has its effect once; another one under the same Message-ID is a task, because nobody but a person knows whether it is meant beside
 * the first or in its place. An attached interchange is taken as such, and answered for as one document. Run it again when a twin was
 * quicker (unique violation).
 */
export async function takeOrderMail(tx: Transaction, input: OrderMailInput): Promise<TakenDocument> {
  const { original, sender, subject, readFrom, order, interchange, at } = input;
  if (interchange) return asDocument(await takeInterchange(tx, { original: interchange, mailFrom: sender ?? '', at }));
  const fingerprint = `sha256:${sha256(original)}`;
  const messageId = input.messageId?.slice(0, 500) ?? fingerprint;
  // Of another mail under the same Message-ID, which comes twice as well.
  const secondId = `${messageId.slice(0, 400)} ${fingerprint}`;
  const { rows: earlier } = await tx.query<Omit<TakenDocument, 'isNew'> & { original: Uint8Array }>(
    `SELECT id AS "documentId", CASE WHEN order_id IS NULL THEN 'parked' ELSE 'ordered' END AS status, order_id AS "orderId", faults, original FROM order_documents
     WHERE channel = 'email' AND external_id IN ($1, $2)`,
    [messageId, secondId],
  );
  const written = writtenIn(original);
  const same = earlier.find((mail) => writtenIn(mail.original) === written);
  if (same) return { documentId: same.documentId, status: same.status, orderId: same.orderId, faults: same.faults, isNew: false };
  const faults = [...order.faults];
  if (earlier[0]) {
    const detail = `Another mail came with the same Message-ID: ${earlier[0].documentId}.`;
    faults.push({ line: null, field: 'messageId', code: 'message-id-used', detail });
  }
  const customer = await senderOf(tx, sender, faults);
  const { externalReference, requestedOn, lines } = order;
  return takeOrderDocument(tx, {
    channel: 'email',
    externalId: earlier[0] ? secondId : messageId,
    original,
    sender,
    subject,
    readFrom,
    customerId: customer?.id,
    faults,
    request: customer && {
      externalReference,
      currency: customer.currency,
      requestedOn,
      lines: lines.map(({ sku, quantity }) => ({ sku, quantity })),
    },
    whereOf: (path) => {
      const [, index, field] = /^\/lines\/(\d+)\/(.+)$/.exec(path) ?? [];
      return { line: index === undefined ? null : lines[Number(index)]!.line, field: field ?? path.slice(1) };
    },
    at,
  });
}

/** Ordered: nothing in it waits for a person. */
function asDocument({ id, status, orders, faults, isNew }: TakenInterchange): TakenDocument {
  const isOrdered = status === 'taken' && orders.every((order) => order.status === 'ordered');
  return {
    documentId: id,
    status: isOrdered ? 'ordered' : 'parked',
    orderId: orders.length === 1 ? orders[0]!.orderId : null,
    faults: [...faults, ...orders.flatMap((order) => order.faults)],
    isNew,
  };
}

/**
 * What its sender has written of a mail: from whom, when, and all below the head. Every server on its way writes into the head too, so
 * that one mail may come with two of them.
 */
function writtenIn(original: Uint8Array): string {
  const mail = Buffer.from(original).toString('latin1');
  const [head = ''] = mail.split(/\r?\n\r?\n/, 1);
  return [...(head.match(/^(from|date):.*$/gim) ?? []), mail.slice(head.length)].join('\n');
}

/** The one customer with this address, its own or a contact's. */
async function senderOf(
  tx: Transaction,
  sender: string | undefined,
  faults: DocumentFault[],
): Promise<{ id: string; currency: string } | undefined> {
  const { rows } = await tx.query<{ id: string; currency: string }>(
    `SELECT id, currency FROM customers WHERE ${hasMailAddress('$1')} ORDER BY id LIMIT 2`,
    [sender ?? ''],
  );
  if (rows.length === 1) return rows[0];
  const detail =
    rows.length === 0 ? `No customer has the address ${sender ?? '(none)'}.` : `Several customers have the address ${sender}.`;
  faults.push({ line: null, field: 'sender', code: rows.length === 0 ? 'unknown-sender' : 'ambiguous-sender', detail });
  return undefined;
}
