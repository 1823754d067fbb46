import { createHash } from 'node:crypto';
import { Refusal } from '../../domain/failures.ts';
import type { DocumentFault, ReadOrder } from '../../domain/order-document.ts';
import type { Transaction } from '../client.ts';
import { record, system } from '../statements/audit.ts';
import { openTask } from '../statements/tasks.ts';
import { placeOrder } from './place-order.ts';

export interface OrderDocumentInput {
  channel: 'email';
  /** The mail as it came. */
  original: Uint8Array;
  messageId: string | undefined;
  /** The address that it says it is from. */
  sender: string | undefined;
  subject: string;
  readFrom: string;
  order: ReadOrder;
  at: string;
}

export interface TakenDocument {
  documentId: string;
  status: 'ordered' | 'parked';
  orderId: string | null;
  faults: DocumentFault[];
  /** False when the same mail had come before; then this is what became of it at first. */
  isNew: boolean;
}

/**
 * Takes in a document that claims to be an order (O1): it becomes an order of the customer that its sender belongs to, or, with every
 * fault, a task for sales. The original is kept either way, and the same document twice has its effect once. Goods go to the address
 * on file: a sender can be forged, so a mail never says where to. Run it again when a twin was quicker (unique violation).
 */
export async function takeOrderDocument(tx: Transaction, input: OrderDocumentInput): Promise<TakenDocument> {
  const fingerprint = createHash('sha256').update(input.original).digest('hex');
  const externalId = input.messageId?.slice(0, 500) ?? `sha256:${fingerprint}`;
  const earlier = await tx.query<Omit<TakenDocument, 'isNew'>>(
    `SELECT id AS "documentId", status, order_id AS "orderId", faults FROM order_documents WHERE channel = $1 AND external_id = $2`,
    [input.channel, externalId],
  );
  if (earlier.rows[0]) return { ...earlier.rows[0], isNew: false };

  const faults = [...input.order.faults];
  const customer = await senderOf(tx, input.sender, faults);
  let orderId: string | null = null;
  if (customer && faults.length === 0) {
    try {
      const { externalReference, requestedOn, lines } = input.order;
      const { order } = await placeOrder(tx, {
        request: {
          customerId: customer.id,
          channel: input.channel,
          externalReference,
          currency: customer.currency,
          requestedOn,
          lines: lines.map(({ sku, quantity }) => ({ sku, quantity })),
        },
        actor: input.sender!,
        principal: input.channel,
        idempotencyKey: `sha256:${createHash('sha256').update(externalId).digest('hex')}`,
        fingerprint,
      });
      orderId = order.id;
    } catch (error) {
      // The company's clock is being moved, or there is no company yet: the mail is asked for again.
      if (!(error instanceof Refusal) || error.status === 503) throw error;
      faults.push(...faultsOf(error, input.order));
    }
  }
  const status = orderId ? 'ordered' : 'parked';
  const { rows } = await tx.query<{ id: string }>(
    `INSERT INTO order_documents (channel, external_id, sender, subject, read_from, original, status, customer_id, order_id, faults, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id`,
    [
      input.channel,
      externalId,
      input.sender,
      input.subject,
      input.readFrom,
      input.original,
      status,
      customer?.id,
      orderId,
      JSON.stringify(faults),
      input.at,
    ],
  );
  const documentId = rows[0]!.id;
  if (status === 'parked') {
    await openTask(tx, {
      key: `${documentId}:unreadable`,
      kind: 'order-document',
      role: 'sales',
      title:
        `An order by ${input.channel} from ${input.sender ?? 'an unknown sender'} needs a person: ${faults[0]?.detail ?? ''}`.slice(
          0,
          300,
        ),
      details: {
        documentId,
        sender: input.sender,
        subject: input.subject,
        readFrom: input.readFrom,
        faults: faults.slice(0, 100),
      },
      customerId: customer?.id,
      at: input.at,
    });
  }
  await record(tx, {
    at: input.at,
    actor: system,
    action: status === 'ordered' ? 'document-ordered' : 'document-parked',
    summary: `${documentId} by ${input.channel} ${orderId ? `became ${orderId}` : `waits for a person: ${faults.length} fault(s)`}`,
    customerId: customer?.id,
    orderId: orderId ?? undefined,
    after: { documentId, faults: faults.slice(0, 100) },
  });
  return { documentId, status, orderId, faults, isNew: true };
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

/** What intake has against the order, with the line of the document that each fault comes from. */
function faultsOf(refusal: Refusal, { lines }: ReadOrder): DocumentFault[] {
  if (refusal.faults.length === 0) return [{ line: null, field: 'order', code: refusal.type, detail: refusal.message }];
  return refusal.faults.map(({ path, code, detail }) => {
    const [, index, field] = /^\/lines\/(\d+)\/(.+)$/.exec(path) ?? [];
    return { line: index === undefined ? null : lines[Number(index)]!.line, field: field ?? path.slice(1), code, detail };
  });
}
