import type { DocumentFault } from '../../domain/order-document.ts';
import type { Queryable } from '../client.ts';
import { partnerColumns, type TradingPartner } from '../statements/edi.ts';
import type { OrderDocumentStatus } from './order-documents.ts';
import { filter, type Page } from './page.ts';

export interface InterchangeSummary {
  id: string;
  sender: string;
  controlNumber: string;
  status: 'taken' | 'parked';
  customerId: string | null;
  faults: DocumentFault[];
  at: string;
}

/** An interchange and what became of each order in it. */
export interface TakenInterchange extends InterchangeSummary {
  orders: { documentId: string; status: OrderDocumentStatus; orderId: string | null; faults: DocumentFault[] }[];
  /** The 997s that answer it. */
  acknowledgements: string[];
  /** False when the same interchange had come before. */
  isNew: boolean;
}

export interface EdiDocument {
  id: string;
  type: '997' | '855' | '856' | '810';
  about: string;
  customerId: string;
  orderId: string | null;
  status: 'queued' | 'waiting' | 'sent' | 'accepted' | 'rejected';
  controlNumber: number | null;
  at: string;
  writtenAt: string | null;
  sentAt: string | null;
  answeredAt: string | null;
  /** When a person was told that no 997 had come for it. */
  missedAt: string | null;
}

const interchangeColumns = `id, sender, control_number AS "controlNumber", status, customer_id AS "customerId", faults, at`;
const documentColumns = `id, type, about, customer_id AS "customerId", order_id AS "orderId", status, control_number AS "controlNumber", at,
  written_at AS "writtenAt", sent_at AS "sentAt", answered_at AS "answeredAt", missed_at AS "missedAt"`;

export async function listPartners(db: Queryable, page: Page): Promise<TradingPartner[]> {
  const { where, limit, values } = filter({ 'customer_id > ?': page.after }, page.limit);
  return (
    await db.query<TradingPartner>(
      `SELECT ${partnerColumns} FROM trading_partners ${where} ORDER BY customer_id ${limit}`,
      values,
    )
  ).rows;
}

export async function readPartner(db: Queryable, customerId: string): Promise<TradingPartner | undefined> {
  return (await db.query<TradingPartner>(`SELECT ${partnerColumns} FROM trading_partners WHERE customer_id = $1`, [customerId]))
    .rows[0];
}

/** Newest first. */
export async function listInterchanges(
  db: Queryable,
  wanted: { status?: string | undefined; customerId?: string | undefined },
  page: Page,
): Promise<InterchangeSummary[]> {
  const { where, limit, values } = filter(
    { 'status = ?': wanted.status, 'customer_id = ?': wanted.customerId, 'id < ?': page.after },
    page.limit,
  );
  return (
    await db.query<InterchangeSummary>(
      `SELECT ${interchangeColumns} FROM edi_interchanges ${where} ORDER BY id DESC ${limit}`,
      values,
    )
  ).rows;
}

export async function readInterchangeOutcome(
  db: Queryable,
  id: string,
  customerId?: string,
): Promise<Omit<TakenInterchange, 'isNew'> | undefined> {
  const { rows } = await db.query<Omit<TakenInterchange, 'isNew'>>(
    `SELECT ${interchangeColumns},
       (SELECT coalesce(jsonb_agg(jsonb_build_object('documentId', d.id, 'status', d.status, 'orderId', coalesce(d.order_id, d.entered_order_id), 'faults', d.faults)
          ORDER BY d.id), '[]') FROM order_documents d WHERE d.interchange_id = i.id) AS orders,
       (SELECT coalesce(jsonb_agg(e.id ORDER BY e.id), '[]') FROM edi_documents e
        WHERE e.customer_id = i.customer_id AND e.type = '997' AND e.about = i.id) AS acknowledgements
     FROM edi_interchanges i WHERE id = $1 AND ($2::text IS NULL OR customer_id = $2)`,
    [id, customerId],
  );
  return rows[0];
}

export async function readInterchangeOriginal(db: Queryable, id: string): Promise<Buffer | undefined> {
  const { rows } = await db.query<{ original: Buffer }>('SELECT original FROM edi_interchanges WHERE id = $1', [id]);
  return rows[0]?.original;
}

/** In the order in which they were owed, which is that of their control numbers. */
export async function listDocuments(
  db: Queryable,
  wanted: {
    customerId?: string | undefined;
    status?: string | undefined;
    type?: string | undefined;
    orderId?: string | undefined;
  },
  page: Page,
  sort: 'oldest' | 'newest',
): Promise<EdiDocument[]> {
  const { where, limit, values } = filter(
    {
      'customer_id = ?': wanted.customerId,
      'status = ?': wanted.status,
      'type = ?': wanted.type,
      'order_id = ?': wanted.orderId,
      [sort === 'oldest' ? 'id > ?' : 'id < ?']: page.after,
    },
    page.limit,
  );
  const order = sort === 'oldest' ? 'id' : 'id DESC';
  return (await db.query<EdiDocument>(`SELECT ${documentColumns} FROM edi_documents ${where} ORDER BY ${order} ${limit}`, values))
    .rows;
}

/** The interchange as it goes out; undefined until it is written. */
export async function readDocumentContent(
  db: Queryable,
  id: string,
  customerId?: string,
): Promise<{ type: string; controlNumber: number; content: string } | undefined> {
  const { rows } = await db.query<{ type: string; controlNumber: number; content: string }>(
    `SELECT type, control_number AS "controlNumber", content FROM edi_documents
     WHERE id = $1 AND content IS NOT NULL AND ($2::text IS NULL OR customer_id = $2)`,
    [id, customerId],
  );
  return rows[0];
}
