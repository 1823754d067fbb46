import { type AcknowledgedGroup, acknowledgeGroup } from '../../domain/edi/acknowledgement.ts';
import { invoiceSet } from '../../domain/edi/invoice.ts';
import { acknowledgeOrder } from '../../domain/edi/order-acknowledgement.ts';
import { noticeOfShipment } from '../../domain/edi/ship-notice.ts';
import { type OutgoingSet, writeInterchange } from '../../domain/edi/x12.ts';
import { Refusal } from '../../domain/failures.ts';
import { type IsoInstant, localDate, plusSeconds } from '../../domain/time.ts';
import { only, type Transaction } from '../client.ts';
import { readEInvoice } from '../queries/e-invoices.ts';
import { readWorkOrder } from '../queries/shipments.ts';
import { type Actor, record } from '../statements/audit.ts';
import { readCompany } from '../statements/company.ts';
import { lockPartner, purchaseOrderOf, type TradingPartner } from '../statements/edi.ts';
import { goingOut } from '../statements/shipments.ts';
import { openTask } from '../statements/tasks.ts';

interface OwedDocument {
  id: string;
  type: OutgoingSet['type'];
  about: string;
  orderId: string | null;
  facts: { notice?: string };
}

/** A line of an order, and what the order says of itself beside each. */
interface StandingLine {
  status: string;
  currency: string;
  isFirst: boolean;
  lineNumber: number;
  sku: string;
  unitPriceMinor: number;
  /** Still wanted. */
  quantity: number;
  /** Of them, what has left or is in the warehouse's hands. */
  there: number;
}

export interface WrittenDocument {
  id: string;
  type: OutgoingSet['type'];
  about: string;
  controlNumber: number;
  content: string;
  /** Null: it waits until the partner picks it up. */
  mailTo: string | null;
  /** False: it has been sent, or a later round sends it. */
  isToSend: boolean;
  writtenAt: IsoInstant;
}

/**
 * Writes a document that a partner is owed, and before it those that were owed earlier: each takes the partner's next control number
 * with its content, so that numbers have no gaps and follow the events. What is written is kept, and never written anew.
 */
export async function writeDocument(
  tx: Transaction,
  { documentId, round, at }: { documentId: string; round: number; at: IsoInstant },
): Promise<WrittenDocument> {
  const { customerId } = only(
    await tx.query<{ customerId: string }>('SELECT customer_id AS "customerId" FROM edi_documents WHERE id = $1', [documentId]),
  );
  const partner = (await lockPartner(tx, { customerId }))!;
  const { rows: owed } = await tx.query<OwedDocument>(
    `SELECT id, type, about, order_id AS "orderId", facts FROM edi_documents
     WHERE customer_id = $1 AND status = 'queued' AND id <= $2 ORDER BY id`,
    [customerId, documentId],
  );
  if (owed.length > 0) {
    const { timeZone } = await readCompany(tx);
    const us = { qualifier: partner.ownQualifier, interchangeId: partner.ownInterchangeId, groupId: partner.ownGroupId };
    for (const [index, document] of owed.entries()) {
      const controlNumber = partner.lastControlNumber + 1 + index;
      const set = await setOf(tx, document, partner, { at, timeZone });
      const { version, isTest, acknowledgeWithinHours } = partner;
      const content = writeInterchange({ from: us, to: partner, version, controlNumber, isTest, at, timeZone }, set);
      await tx.query(
        `UPDATE edi_documents SET status = 'waiting', control_number = $2, content = $3, written_at = $4, acknowledge_by = $5 WHERE id = $1`,
        [
          document.id,
          controlNumber,
          content,
          at,
          // An acknowledgement is not acknowledged, or there were no end of it.
          document.type === '997' ? null : plusSeconds(at, acknowledgeWithinHours * 3_600),
        ],
      );
    }
    await tx.query('UPDATE trading_partners SET last_control_number = $2 WHERE customer_id = $1', [
      customerId,
      partner.lastControlNumber + owed.length,
    ]);
  }
  const written = only(
    await tx.query<Omit<WrittenDocument, 'mailTo'>>(
      `SELECT id, type, about, control_number AS "controlNumber", content, written_at AS "writtenAt",
         status = 'waiting' AND round = $2 AS "isToSend" FROM edi_documents WHERE id = $1`,
      [documentId, round],
    ),
  );
  return { ...written, mailTo: partner.mailTo };
}

async function setOf(
  tx: Transaction,
  { id, type, about, orderId, facts }: OwedDocument,
  partner: TradingPartner,
  { at, timeZone }: { at: IsoInstant; timeZone: string },
): Promise<OutgoingSet> {
  switch (type) {
    case '997':
      return acknowledgeGroup(facts as unknown as AcknowledgedGroup, partner.version);
    case '855':
      return acknowledgement(tx, { id, orderId: about, isDelay: facts.notice === 'delayed', on: localDate(at, timeZone) });
    case '856': {
      const shipment = (await readWorkOrder(tx, about))!;
      const { carrier, trackingNumber, shippedAt, shipTo, cartons } = shipment;
      const lines = shipment.lines.map((line) => ({ ...line, quantity: goingOut(line) })).filter(({ quantity }) => quantity > 0);
      return noticeOfShipment({
        shipmentId: about,
        orderId: shipment.orderId,
        purchaseOrder: (await purchaseOrderOf(tx, shipment.orderId))!,
        shippedAt: shippedAt!,
        timeZone,
        carrier: carrier!,
        trackingNumber: trackingNumber!,
        shipTo,
        cartons,
        lines,
      });
    }
    case '810':
      return invoiceSet((await readEInvoice(tx, about))!, await purchaseOrderOf(tx, orderId));
  }
}

/** The order as it stands when this is said of it: one statement reads it, for goods that leave between two would be counted twice. */
async function acknowledgement(
  tx: Transaction,
  { id, orderId, isDelay, on }: { id: string; orderId: string; isDelay: boolean; on: string },
): Promise<OutgoingSet> {
  const { rows } = await tx.query<StandingLine>(
    `SELECT o.status, o.currency, l.line_number AS "lineNumber", l.sku, l.unit_price_minor AS "unitPriceMinor",
       l.quantity - l.cancelled_quantity AS quantity,
       l.shipped_quantity + (SELECT coalesce(sum(coalesce(i.picked_quantity, i.quantity)), 0)::int
         FROM shipment_lines i JOIN shipments s ON s.id = i.shipment_id
         WHERE s.order_id = o.id AND s.status IN ('picking', 'packing', 'packed') AND i.line_number = l.line_number) AS there,
       NOT EXISTS (SELECT FROM edi_documents WHERE order_id = o.id AND type = '855' AND id < $2) AS "isFirst"
     FROM orders o JOIN order_lines l ON l.order_id = o.id WHERE o.id = $1 ORDER BY l.line_number`,
    [orderId, id],
  );
  const { status, currency, isFirst } = rows[0]!;
  return acknowledgeOrder({
    purchaseOrder: (await purchaseOrderOf(tx, orderId))!,
    orderId,
    isFirst,
    on,
    currency,
    isRejected: status === 'declined' || status === 'cancelled',
    lines: rows.map((line) => ({ ...line, backOrdered: isDelay ? Math.max(0, line.quantity - line.there) : 0 })),
  });
}

/** It has left, by mail or into the partner's hands; saying so twice is as good as once. */
export async function documentSent(
  tx: Transaction,
  { documentId, customerId, actor, at }: { documentId: string; customerId?: string | undefined; actor: Actor; at: IsoInstant },
): Promise<{ documentId: string; status: string }> {
  const { rows } = await tx.query<{
    status: string;
    type: string;
    about: string;
    customerId: string;
    orderId: string | undefined;
  }>(
    `SELECT status, type, about, customer_id AS "customerId", order_id AS "orderId" FROM edi_documents
     WHERE id = $1 AND ($2::text IS NULL OR customer_id = $2) FOR UPDATE`,
    [documentId, customerId],
  );
  const document = rows[0];
  if (!document) throw new Refusal(404, 'unknown-edi-document', `There is no EDI document ${documentId}.`);
  if (document.status === 'queued')
    throw new Refusal(409, 'not-written', `${documentId} is not written yet; ask again in a moment.`);
  if (document.status !== 'waiting') return { documentId, status: document.status };
  await tx.query("UPDATE edi_documents SET status = 'sent', sent_at = $2 WHERE id = $1", [documentId, at]);
  await record(tx, {
    at,
    actor,
    action: 'edi-sent',
    summary: `${document.type} of ${document.about} went to ${document.customerId} (${documentId})`,
    customerId: document.customerId,
    orderId: document.orderId,
    after: { documentId },
  });
  return { documentId, status: 'sent' };
}

/** The mail server will never take it: a person finds out where to send it. It waits on, and may be picked up. */
export async function documentNotSent(
  tx: Transaction,
  { documentId, mailTo, reason, at }: { documentId: string; mailTo: string; reason: string; at: IsoInstant },
): Promise<void> {
  const { type, about, customerId, orderId } = only(
    await tx.query<{ type: string; about: string; customerId: string; orderId: string | undefined }>(
      'SELECT type, about, customer_id AS "customerId", order_id AS "orderId" FROM edi_documents WHERE id = $1',
      [documentId],
    ),
  );
  await openTask(tx, {
    key: `${documentId}:not-sent`,
    kind: 'edi-document',
    role: 'sales',
    title: `Our ${type} of ${about} did not reach ${mailTo}: ${reason}`.slice(0, 300),
    details: { documentId, mailTo, reason },
    customerId,
    orderId,
    at,
  });
}
