import type { ProductionStatus } from '../../domain/production.ts';
import type { Queryable } from '../client.ts';
import { filter, type Page } from './page.ts';

export interface ProductionRequest {
  id: string;
  orderId: string;
  lineNumber: number;
  sku: string;
  quantity: number;
  status: ProductionStatus;
  requestedOn: string | null;
  firstDueOn: string;
  dueOn: string;
  warehouseId: string | null;
  at: string;
  changedAt: string;
}

const columns = `id, order_id AS "orderId", line_number AS "lineNumber", sku, quantity, status, requested_on AS "requestedOn",
  first_due_on AS "firstDueOn", due_on AS "dueOn", warehouse_id AS "warehouseId", at, changed_at AS "changedAt"`;

export async function listProduction(
  db: Queryable,
  wanted: { status?: ProductionStatus | undefined; orderId?: string | undefined },
  page: Page,
): Promise<ProductionRequest[]> {
  const { where, limit, values } = filter(
    { 'status = ?': wanted.status, 'order_id = ?': wanted.orderId, 'id > ?': page.after },
    page.limit,
  );
  const { rows } = await db.query<ProductionRequest>(
    `SELECT ${columns} FROM production_requests ${where} ORDER BY id ${limit}`,
    values,
  );
  return rows;
}

export async function readProduction(db: Queryable, id: string): Promise<ProductionRequest | undefined> {
  return (await db.query<ProductionRequest>(`SELECT ${columns} FROM production_requests WHERE id = $1`, [id])).rows[0];
}
