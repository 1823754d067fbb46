import { Refusal } from '../../domain/failures.ts';
import {
  type InvoicedLine,
  mayReturn,
  type ReturnCause,
  type ReturnCommand,
  type ReturnedLine,
  type ReturnLineReason,
  type ReturnStatus,
  returnableUnits,
  returnedUnits,
  returnTransitions,
} from '../../domain/return.ts';
import type { Queryable, Transaction } from '../client.ts';
import { type Actor, record } from './audit.ts';
import { isInForce } from './invoices.ts';
import { lockOrder } from './orders.ts';

/* Rows of returns change under the lock of their order, whoever changes them. */

export interface ReturnRow {
  id: string;
  customerId: string;
  orderId: string;
  shipmentId: string;
  invoiceId: string;
  warehouseId: string;
  status: ReturnStatus;
  cause: ReturnCause;
  lines: ReturnLineRow[];
}

export interface ReturnLineRow {
  lineNumber: number;
  sku: string;
  quantity: number;
  reason: ReturnLineReason;
  receivedQuantity: number | null;
}

/** Whose return it is, for the locks that come before it: neither ever changes. */
export async function subjectsOfReturn(
  tx: Transaction,
  returnId: string,
  customerId?: string,
): Promise<{ customerId: string; orderId: string }> {
  const { rows } = await tx.query<{ customerId: string; orderId: string }>(
    `SELECT customer_id AS "customerId", order_id AS "orderId" FROM returns
     WHERE id = $1 AND ($2::text IS NULL OR customer_id = $2)`,
    [returnId, customerId],
  );
  if (!rows[0]) throw new Refusal(404, 'unknown-return', `There is no return ${returnId}.`);
  return rows[0];
}

/** Reads a return for change; its order is locked by the caller. */
export async function readReturnForChange(tx: Transaction, returnId: string): Promise<ReturnRow> {
  const { rows } = await tx.query<ReturnRow>(
    `SELECT id, customer_id AS "customerId", order_id AS "orderId", shipment_id AS "shipmentId", invoice_id AS "invoiceId",
       warehouse_id AS "warehouseId", status, cause,
       (SELECT jsonb_agg(jsonb_build_object('lineNumber', line_number, 'sku', sku, 'quantity', quantity, 'reason', reason,
          'receivedQuantity', received_quantity) ORDER BY line_number) FROM return_lines WHERE return_id = r.id) AS lines
     FROM returns r WHERE id = $1`,
    [returnId],
  );
  return rows[0]!;
}

/** Locks a return by its order and reads it for change. With a customer, only if it is theirs. */
export async function lockReturn(tx: Transaction, returnId: string, customerId?: string): Promise<ReturnRow> {
  const { orderId } = await subjectsOfReturn(tx, returnId, customerId);
  await lockOrder(tx, orderId);
  return readReturnForChange(tx, returnId);
}

/** Moves a return along its transition table, which nothing else does. Refuses what the table does not list. */
export async function moveReturn(
  tx: Transaction,
  goods: ReturnRow,
  command: ReturnCommand,
  at: string,
  reason?: string,
): Promise<void> {
  if (!mayReturn(goods.status, command)) {
    throw new Refusal(409, 'return-state', `Return ${goods.id} is ${goods.status}: ${command} is not possible.`);
  }
  goods.status = returnTransitions[command].to;
  await tx.query('UPDATE returns SET status = $2, status_reason = $3, changed_at = $4 WHERE id = $1', [
    goods.id,
    goods.status,
    reason,
    at,
  ]);
}

/** The lines with which an invoice bills a shipment: all of them, or of a consolidated one those that come from it. */
export async function invoicedLines(
  db: Queryable,
  invoiceId: string,
  shipmentId: string,
): Promise<(InvoicedLine & { sku: string })[]> {
  const { rows } = await db.query<InvoicedLine & { sku: string }>(
    `SELECT line_number AS "lineNumber", coalesce(order_line_number, line_number) AS "shipmentLineNumber", quantity, sku FROM invoice_lines
     WHERE invoice_id = $1 AND coalesce(shipment_id = $2, true) ORDER BY line_number`,
    [invoiceId, shipmentId],
  );
  return rows;
}

/** Every line of an invoice that was ever announced as coming back; units that were credited without coming back never will. */
export async function returnedLines(db: Queryable, invoiceId: string): Promise<ReturnedLine[]> {
  const { rows } = await db.query<ReturnedLine>(
    `SELECT l.line_number AS "lineNumber", l.quantity, l.received_quantity + l.lost_quantity AS "receivedQuantity", r.status
     FROM returns r JOIN return_lines l ON l.return_id = r.id WHERE r.invoice_id = $1
     UNION ALL
     SELECT l.line_number, l.credited_units, NULL, 'credited' FROM credit_notes n JOIN credit_note_lines l ON l.credit_note_id = n.id
     WHERE n.invoice_id = $1 AND n.return_id IS NULL`,
    [invoiceId],
  );
  return rows;
}

/** The shipments of an order of which goods may be announced as coming back: invoiced, and not all of them back or on their way. */
export async function returnableShipments(db: Queryable, orderId: string): Promise<string[]> {
  const { rows } = await db.query<{ shipmentId: string; invoiceId: string }>(
    `SELECT b.shipment_id AS "shipmentId", i.id AS "invoiceId" FROM billings b JOIN invoices i ON i.id = b.invoice_id
     WHERE b.order_id = $1 AND ${isInForce} ORDER BY b.shipment_id`,
    [orderId],
  );
  const found = await Promise.all(
    rows.map(async ({ shipmentId, invoiceId }) => {
      const [invoiced, returned] = await Promise.all([invoicedLines(db, invoiceId, shipmentId), returnedLines(db, invoiceId)]);
      return invoiced.some((line) => returnableUnits(line, returned) > 0) ? [shipmentId] : [];
    }),
  );
  return found.flat();
}

/** Writes a new return with its lines, and gives its id. The caller has locked the order and seen that the units are there. */
export async function insertReturn(
  tx: Transaction,
  goods: Omit<ReturnRow, 'id' | 'lines'> & {
    lines: Omit<ReturnLineRow, 'receivedQuantity'>[];
    note?: string | undefined;
    actor: Actor;
    at: string;
  },
): Promise<string> {
  const { rows } = await tx.query<{ id: string }>(
    `WITH goods AS (
       INSERT INTO returns (customer_id, order_id, shipment_id, invoice_id, warehouse_id, status, cause, note, requested_by, requested_at,
         changed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10) RETURNING id),
     lines AS (
       INSERT INTO return_lines (return_id, line_number, sku, quantity, reason)
       SELECT goods.id, l.* FROM goods, unnest($11::int[], $12::text[], $13::int[], $14::text[]) AS l)
     SELECT id FROM goods`,
    [
      goods.customerId,
      goods.orderId,
      goods.shipmentId,
      goods.invoiceId,
      goods.warehouseId,
      goods.status,
      goods.cause,
      goods.note,
      goods.actor.name,
      goods.at,
      goods.lines.map((line) => line.lineNumber),
      goods.lines.map((line) => line.sku),
      goods.lines.map((line) => line.quantity),
      goods.lines.map((line) => line.reason),
    ],
  );
  return rows[0]!.id;
}

/** A line of the shipment's invoice, and how many units of it have not come back in any way yet. */
export interface ReturnableLine {
  lineNumber: number;
  shipmentLineNumber: number;
  sku: string;
  left: number;
}

/**
 * Opens a return that the carrier has caused, approved from the start because nobody is left to be asked (S3): over the given
 * units, or over all that are left. Undefined when nothing is left, or nothing was invoiced yet. The caller has locked the order.
 */
export async function openTransitReturn(
  tx: Transaction,
  input: {
    shipmentId: string;
    cause: Exclude<ReturnCause, 'customer'>;
    /** Gives units by line of the shipment. */
    choose?: (returnable: ReturnableLine[]) => { lineNumber: number; quantity: number }[];
    actor: Actor;
    at: string;
  },
): Promise<string | undefined> {
  const { shipmentId, cause, actor, at } = input;
  const { rows } = await tx.query<{ customerId: string; orderId: string; invoiceId: string; warehouseId: string }>(
    `SELECT i.customer_id AS "customerId", s.order_id AS "orderId", i.id AS "invoiceId", s.warehouse_id AS "warehouseId"
     FROM shipments s JOIN billings b ON b.shipment_id = s.id JOIN invoices i ON i.id = b.invoice_id AND ${isInForce} WHERE s.id = $1`,
    [shipmentId],
  );
  if (!rows[0]) return undefined;
  const subjects = { ...rows[0], shipmentId };
  const [invoiced, returned] = await Promise.all([
    invoicedLines(tx, subjects.invoiceId, shipmentId),
    returnedLines(tx, subjects.invoiceId),
  ]);
  const returnable = invoiced.map(({ lineNumber, shipmentLineNumber, quantity, sku }) => ({
    lineNumber,
    shipmentLineNumber,
    sku,
    left: quantity - returnedUnits(lineNumber, returned),
  }));
  const chosen = input.choose?.(returnable);
  const lines = returnable.flatMap(({ lineNumber, shipmentLineNumber, sku, left }) => {
    const quantity = chosen ? (chosen.find((line) => line.lineNumber === shipmentLineNumber)?.quantity ?? 0) : left;
    return quantity > 0 ? [{ lineNumber, sku, quantity, reason: cause }] : [];
  });
  if (lines.length === 0) return undefined;
  const returnId = await insertReturn(tx, { ...subjects, status: 'approved', cause, lines, actor, at });
  const { warehouseId: _, ...told } = subjects;
  await record(tx, {
    at,
    actor,
    action: 'return-opened',
    summary: `${returnId}: ${inWords(lines)} of ${shipmentId}, ${cause}`,
    reason: cause,
    ...told,
    after: { returnId, cause, lines },
  });
  return returnId;
}

/** The return that a carrier has announced and nobody has counted; its order is locked by the caller. */
export async function announcedReturn(tx: Transaction, shipmentId: string): Promise<string | undefined> {
  const { rows } = await tx.query<{ id: string }>(
    "SELECT id FROM returns WHERE shipment_id = $1 AND cause = 'returned-to-sender' AND status = 'approved' ORDER BY id LIMIT 1",
    [shipmentId],
  );
  return rows[0]?.id;
}

/** '2 × CHAIR, 1 × DESK'. */
export const inWords = (lines: readonly { sku: string; quantity: number }[]): string =>
  lines.map(({ sku, quantity }) => `${quantity} × ${sku}`).join(', ');
