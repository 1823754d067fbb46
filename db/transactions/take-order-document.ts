import { createHash } from 'node:crypto';
import type { PurchaseOrder } from '../../domain/edi/purchase-order.ts';
import { Refusal } from '../../domain/failures.ts';
import type { DocumentFault } from '../../domain/order-document.ts';
import type { Transaction } from '../client.ts';
import { record, system } from '../statements/audit.ts';
import type { OrderRequest } from '../statements/order-intake.ts';
import { openTask } from '../statements/tasks.ts';
import { placeOrder } from './place-order.ts';

export interface TakenDocument {
  documentId: string;
  status: 'ordered' | 'parked';
  orderId: string | null;
  faults: DocumentFault[];
  /** False when the same had come before; then this is what became of it at first. */
  isNew: boolean;
}

export interface OrderDocumentInput {
  channel: 'email' | 'edi';
  /** What tells it from every other document of its channel. */
  externalId: string;
  original: Uint8Array;
  sender: string | undefined;
  subject: string;
  readFrom: string;
  /** Undefined: nobody knows whose it is. */
  customerId: string | undefined;
  /** With one of them it becomes no order. */
  faults: readonly DocumentFault[];
  /** Undefined only where there are faults. */
  request: Omit<OrderRequest, 'customerId' | 'channel'> | undefined;
  /** Where in the document a fault of the order stands. */
  whereOf: (path: string) => Pick<DocumentFault, 'line' | 'field'>;
  /** Of an 850. */
  interchangeId?: string;
  purchaseOrder?: PurchaseOrder | undefined;
  at: string;
}

/** Makes a document an order, or a task for sales that names every fault; the original is kept either way. */
export async function takeOrderDocument(tx: Transaction, input: OrderDocumentInput): Promise<TakenDocument> {
  const { channel, externalId, original, sender, subject, readFrom, customerId, request, at } = input;
  const faults = [...input.faults];
  let orderId: string | null = null;
  if (customerId !== undefined && request && faults.length === 0) {
    try {
      const { order } = await placeOrder(tx, {
        request: { ...request, customerId, channel },
        actor: sender!,
        principal: channel,
        idempotencyKey: `sha256:${sha256(externalId)}`,
        fingerprint: sha256(original),
      });
      orderId = order.id;
    } catch (error) {
      // The company's clock is being moved, or there is no company yet: the document is asked for again.
      if (!(error instanceof Refusal) || error.status === 503) throw error;
      faults.push(...faultsOf(error, input.whereOf));
    }
  }
  const status = orderId ? 'ordered' : 'parked';
  const { rows } = await tx.query<{ id: string }>(
    `INSERT INTO order_documents (channel, external_id, sender, subject, read_from, original, status, customer_id, order_id, faults, at,
       interchange_id, purchase_order)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id`,
    [
      channel,
      externalId,
      sender,
      subject,
      readFrom,
      original,
      status,
      customerId,
      orderId,
      JSON.stringify(faults),
      at,
      input.interchangeId,
      input.purchaseOrder && JSON.stringify(input.purchaseOrder),
    ],
  );
  const documentId = rows[0]!.id;
  if (status === 'parked') {
    await openTask(tx, {
      key: documentTaskKey(documentId),
      kind: 'order-document',
      role: 'sales',
      title: `An order by ${channel} from ${sender ?? 'an unknown sender'} needs a person: ${faults[0]?.detail ?? ''}`.slice(
        0,
        300,
      ),
      details: { documentId, sender, subject, readFrom, faults: faults.slice(0, 100) },
      customerId,
      at,
    });
  }
  await record(tx, {
    at,
    actor: system,
    action: status === 'ordered' ? 'document-ordered' : 'document-parked',
    summary: `${documentId} by ${channel} ${orderId ? `became ${orderId}` : `waits for a person: ${faults.length} fault(s)`}`,
    customerId,
    orderId: orderId ?? undefined,
    after: { documentId, faults: faults.slice(0, 100) },
  });
  return { documentId, status, orderId, faults, isNew: true };
}

export const documentTaskKey = (documentId: string): string => `${documentId}:unreadable`;

export const sha256 = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('hex');

/** What intake has against the order, and where in the document each fault comes from. */
function faultsOf(refusal: Refusal, whereOf: OrderDocumentInput['whereOf']): DocumentFault[] {
  if (refusal.faults.length === 0) return [{ line: null, field: 'order', code: refusal.type, detail: refusal.message }];
  return refusal.faults.map(({ path, code, detail }) => ({ ...whereOf(path), code, detail }));
}
