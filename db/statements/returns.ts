import { Refusal } from '../../domain/failures.ts';
import {
  mayReturn,
  type ReturnCommand,
  type ReturnedLine,
  type ReturnReason,
  type ReturnStatus,
  returnTransitions,
} from '../../domain/return.ts';
import type { Transaction } from '../client.ts';
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
  lines: ReturnLineRow[];
}

export interface ReturnLineRow {
  lineNumber: number;
  sku: string;
  quantity: number;
  reason: ReturnReason;
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
       warehouse_id AS "warehouseId", status,
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

/** Every line of an invoice that was ever announced as coming back; units that were credited without coming back never will. */
export async function returnedLines(tx: Transaction, invoiceId: string): Promise<ReturnedLine[]> {
  const { rows } = await tx.query<ReturnedLine>(
    `SELECT l.line_number AS "lineNumber", l.quantity, l.received_quantity AS "receivedQuantity", r.status
     FROM returns r JOIN return_lines l ON l.return_id = r.id WHERE r.invoice_id = $1
     UNION ALL
     SELECT l.line_number, l.credited_units, NULL, 'credited' FROM credit_notes n JOIN credit_note_lines l ON l.credit_note_id = n.id
     WHERE n.invoice_id = $1 AND n.return_id IS NULL`,
    [invoiceId],
  );
  return rows;
}

/** '2 × CHAIR, 1 × DESK'. */
export const inWords = (lines: readonly { sku: string; quantity: number }[]): string =>
  lines.map(({ sku, quantity }) => `${quantity} × ${sku}`).join(', ');
