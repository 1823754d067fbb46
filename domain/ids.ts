/** Every id is a string that people can read; the prefix says what it names. */
export type OrderId = string; // ORD-100001
export type ShipmentId = string; // SHP-100001
export type InvoiceId = string; // INV-2026-000001, OPN-2026-000001, INT-2026-000001: the document number itself
export type PaymentId = string; // PAY-100001
export type TaskId = string; // TSK-100001
export type CustomerId = string; // CUST-1001
export type WarehouseId = string; // WH-NORTH
export type Sku = string;

/** The one task queue that workflows and activities of this company run on. */
export const taskQueue = 'throughline';

/** The workflow of an order carries the order's own id; that of a debit item without an order, or of one that is collected anew, says so. */
export const receivableWorkflowId = (invoiceId: InvoiceId, round = 1): string =>
  round === 1 ? `receivable:${invoiceId}` : `receivable:${invoiceId}:${round}`;
