import type { PurchaseOrder } from '../../domain/edi/purchase-order.ts';
import type { X12Version } from '../../domain/edi/x12.ts';
import type { NoticeKind } from '../../domain/notices.ts';
import type { Transaction } from '../client.ts';

export interface TradingPartner {
  customerId: string;
  /** How it calls itself: ISA05, ISA06 and GS02. */
  qualifier: string;
  interchangeId: string;
  groupId: string;
  /** How it calls us. */
  ownQualifier: string;
  ownInterchangeId: string;
  ownGroupId: string;
  version: X12Version;
  /** What it wants beside 997s. */
  documents: ('855' | '856' | '810')[];
  /** Null: its documents wait until it picks them up. */
  mailTo: string | null;
  isTest: boolean;
  acknowledgeWithinHours: number;
  lastControlNumber: number;
}

export const partnerColumns = `customer_id AS "customerId", qualifier, interchange_id AS "interchangeId", group_id AS "groupId",
  own_qualifier AS "ownQualifier", own_interchange_id AS "ownInterchangeId", own_group_id AS "ownGroupId", version, documents,
  mail_to AS "mailTo", is_test AS "isTest", acknowledge_within_hours AS "acknowledgeWithinHours", last_control_number AS "lastControlNumber"`;

/** Locks the partner: its interchanges come in, and its documents are numbered, one after the other. Documents are owed meanwhile. */
export async function lockPartner(
  tx: Transaction,
  who: { customerId: string } | { sender: string },
): Promise<TradingPartner | undefined> {
  const { rows } = await tx.query<TradingPartner>(
    `SELECT ${partnerColumns} FROM trading_partners WHERE customer_id = $1 OR qualifier || ':' || interchange_id = $2 FOR NO KEY UPDATE`,
    'sender' in who ? [null, who.sender] : [who.customerId, null],
  );
  return rows[0];
}

/** What tells people by mail tells a partner's system by the set of X12 beside it. */
const setOfNotice = {
  'order-accepted': '855',
  'order-declined': '855',
  'order-amended': '855',
  'order-cancelled': '855',
  'out-of-stock': '855',
  delayed: '855',
  shipped: '856',
  invoice: '810',
  'credit-note': '810',
} as const satisfies Partial<Record<NoticeKind, string>>;

const setsByNotice = Object.entries(setOfNotice)
  .map(([kind, type]) => `('${kind}', '${type}')`)
  .join(', ');

/**
 * Owes trading partners the documents that go with the notices of the common table expression `told`, in its statement: 855 and 856
 * answer an order that came as an 850, an 810 is for every invoice and credit note, and each is owed once, however often a mail is
 * sent again.
 */
export const oweDocuments = `
  owed_documents AS (
    INSERT INTO edi_documents (key, customer_id, type, about, order_id, facts, at)
    SELECT s.type || ':' || CASE s.type WHEN '855' THEN told.key ELSE a.about END, told.customer_id, s.type, a.about, told.order_id,
      jsonb_build_object('notice', told.kind), told.at
    FROM told JOIN (VALUES ${setsByNotice}) AS s (kind, type) USING (kind)
      JOIN trading_partners p ON p.customer_id = told.customer_id AND s.type = ANY (p.documents),
      LATERAL (SELECT CASE told.kind WHEN 'invoice' THEN told.invoice_id WHEN 'credit-note' THEN told.facts ->> 'creditNoteId'
        WHEN 'shipped' THEN told.facts ->> 'shipmentId' ELSE told.order_id END AS about) a
    WHERE s.type = '810' OR EXISTS (SELECT FROM order_documents d WHERE d.order_id = told.order_id AND d.purchase_order IS NOT NULL)
    ON CONFLICT (key) DO NOTHING RETURNING id),
  owed_messages AS (
    INSERT INTO outbox (key, kind, subject, payload)
    SELECT 'edi:' || id || ':1', 'edi', 'edi:' || id, jsonb_build_object('kind', 'edi', 'documentId', id, 'round', 1) FROM owed_documents)`;

/** The 850 that the order came as; undefined where it came otherwise. */
export async function purchaseOrderOf(tx: Transaction, orderId: string | null): Promise<PurchaseOrder | undefined> {
  const { rows } = await tx.query<{ purchaseOrder: PurchaseOrder }>(
    'SELECT purchase_order AS "purchaseOrder" FROM order_documents WHERE order_id = $1 AND purchase_order IS NOT NULL',
    [orderId],
  );
  return rows[0]?.purchaseOrder;
}
