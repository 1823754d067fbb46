import type { DocumentFault, ReadOrder } from '../../domain/order-document.ts';
import type { Transaction } from '../client.ts';
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
 * has its effect once. An attached interchange is taken as such, and answered for as one document. Run it again when a twin was quicker
 * (unique violation).
 */
export async function takeOrderMail(tx: Transaction, input: OrderMailInput): Promise<TakenDocument> {
  const { original, sender, subject, readFrom, order, interchange, at } = input;
  if (interchange) return asDocument(await takeInterchange(tx, { original: interchange, mailFrom: sender ?? '', at }));
  const externalId = input.messageId?.slice(0, 500) ?? `sha256:${sha256(original)}`;
  const earlier = await tx.query<Omit<TakenDocument, 'isNew'>>(
    `SELECT id AS "documentId", status, order_id AS "orderId", faults FROM order_documents WHERE channel = 'email' AND external_id = $1`,
    [externalId],
  );
  if (earlier.rows[0]) return { ...earlier.rows[0], isNew: false };
  const faults = [...order.faults];
  const customer = await senderOf(tx, sender, faults);
  const { externalReference, requestedOn, lines } = order;
  return takeOrderDocument(tx, {
    channel: 'email',
    externalId,
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

/** The one customer with this address, its own or a contact's. */
async function senderOf(
  tx: Transaction,
  sender: string | undefined,
  faults: DocumentFault[],
): Promise<{ id: string; currency: string } | undefined> {
  const { rows } = await tx.query<{ id: string; currency: string }>(
    `SELECT id, currency FROM customers WHERE lower(email) = $1
       OR EXISTS (SELECT 1 FROM jsonb_array_elements(contacts) c WHERE lower(c ->> 'email') = $1) ORDER BY id LIMIT 2`,
    [sender ?? ''],
  );
  if (rows.length === 1) return rows[0];
  const detail =
    rows.length === 0 ? `No customer has the address ${sender ?? '(none)'}.` : `Several customers have the address ${sender}.`;
  faults.push({ line: null, field: 'sender', code: rows.length === 0 ? 'unknown-sender' : 'ambiguous-sender', detail });
  return undefined;
}
