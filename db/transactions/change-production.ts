import { Refusal } from '../../domain/failures.ts';
import { mayProduce, type ProductionCommand, type ProductionStatus } from '../../domain/production.ts';
import { compareDates, localDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import { readCompany } from '../statements/company.ts';
import { tellDelayed } from '../statements/notices.ts';
import { lockOrder, orderLines } from '../statements/orders.ts';
import { enqueue } from '../statements/outbox.ts';
import { keepDueInReason, tellProduction } from '../statements/production.ts';
import { lockStock } from '../statements/stock.ts';
import { openTask } from '../statements/tasks.ts';
import { offerChoice } from './choose-shortage.ts';
import { receiveGoods } from './receive-goods.ts';

export type ProductionChange =
  | { command: 'start' }
  | { command: 'slip'; dueOn: string; reason: string }
  | { command: 'finish'; warehouseId: string; unitCostMinor: number }
  | { command: 'cancel'; reason: string };

const becomes = { start: 'started', finish: 'finished', cancel: 'cancelled' } as const satisfies Partial<
  Record<ProductionCommand, ProductionStatus>
>;

/**
 * What production says of a request (F5). A slipped date is told to the customer once; finished goods are received at their cost and go
 * to the order they were made for; what is not made is a shortage like any other, so the customer chooses or waits.
 */
export async function changeProduction(
  tx: Transaction,
  { id, change, actor, at }: { id: string; change: ProductionChange; actor: Actor; at: string },
): Promise<void> {
  const { command } = change;
  const known = await tx.query<{ orderId: string }>('SELECT order_id AS "orderId" FROM production_requests WHERE id = $1', [id]);
  if (!known.rows[0]) throw new Refusal(404, 'unknown-production-request', `There is no production request ${id}.`);
  // The order's lock guards its production requests, as it does its shipments.
  const order = await lockOrder(tx, known.rows[0].orderId);
  const { rows } = await tx.query<{
    status: ProductionStatus;
    sku: string;
    quantity: number;
    dueOn: string;
    /** Units of the line that are neither shipped nor reserved. */
    waiting: number;
  }>(
    `SELECT p.status, p.sku, p.quantity, p.due_on AS "dueOn", l.back_ordered_quantity AS waiting
     FROM production_requests p JOIN order_lines l USING (order_id, line_number) WHERE p.id = $1`,
    [id],
  );
  const request = rows[0]!;
  const { sku, quantity } = request;
  if (!mayProduce(request.status, command)) {
    throw new Refusal(409, 'production-state', `${id} is ${request.status}: ${command} is not possible any more.`);
  }
  const { timeZone } = await readCompany(tx);
  const today = localDate(at, timeZone);
  if (command === 'slip' && compareDates(change.dueOn, today) < 0) {
    throw new Refusal(422, 'past-date', `${change.dueOn} is before today, ${today}.`, {
      faults: [{ path: '/dueOn', code: 'past-date', detail: `${change.dueOn} is before today, ${today}.` }],
    });
  }
  const status = command === 'slip' ? request.status : becomes[command];
  const dueOn = command === 'slip' ? change.dueOn : request.dueOn;
  const finished = command === 'finish' ? change : undefined;
  await tx
    .query(
      `UPDATE production_requests SET status = $2, due_on = $3, warehouse_id = $4, unit_cost_minor = $5, changed_at = $6 WHERE id = $1`,
      [id, status, dueOn, finished?.warehouseId, finished?.unitCostMinor, at],
    )
    .catch((error: { code?: string }) => {
      if (error.code !== '23503') throw error;
      const detail = `There is no warehouse ${finished?.warehouseId}.`;
      throw new Refusal(422, 'invalid-goods-receipt', detail, {
        faults: [{ path: '/warehouseId', code: 'unknown-warehouse', detail }],
      });
    });
  await record(tx, {
    at,
    actor,
    action: `production-${command === 'slip' ? 'slipped' : status}`,
    summary: `${id}: ${quantity} × ${sku} ${command === 'slip' ? `slip to ${dueOn}` : status}`,
    reason: 'reason' in change ? change.reason : undefined,
    customerId: order.customerId,
    orderId: order.id,
    before: { status: request.status, dueOn: request.dueOn },
    after: { status, dueOn },
  });
  // An order that got other stock meanwhile waits for none of this: whatever becomes of it is production's affair alone.
  const isAwaited = request.waiting > 0;
  if (command === 'slip' && dueOn !== request.dueOn && isAwaited) {
    await tellProduction(tx, order, { key: `${id}:slipped:${dueOn}`, sku, quantity, dueOn, slipped: true, at });
    await keepDueInReason(tx, order.id);
  }
  if (finished) {
    const { warehouseId, unitCostMinor } = finished;
    await receiveGoods(tx, { reference: id, warehouseId, lines: [{ sku, quantity, unitCostMinor }], actor, at });
  }
  if (command === 'cancel' && isAwaited) {
    const missing = `${Math.min(quantity, request.waiting)} × ${sku}`;
    await openTask(tx, {
      key: `${id}:cancelled`,
      kind: 'shortage',
      role: 'warehouse',
      title: `${order.id} wants ${missing}, which is not made: ${id} was cancelled`,
      details: { productionRequestId: id, sku, quantity },
      customerId: order.customerId,
      orderId: order.id,
      at,
    });
    if (order.backOrderAllowed)
      await tellDelayed(tx, { key: `${id}:delayed`, orderId: order.id, customerId: order.customerId, missing, at });
    else if (order.status === 'back-ordered') {
      const skus = (await orderLines(tx, order.id)).map((line) => line.sku);
      await lockStock(tx, [...new Set(skus)]);
      await offerChoice(tx, order, missing, at);
    }
    await enqueue(tx, { kind: 'signal', workflowId: order.id, hint: { signal: 'stockArrived' }, cause: `${id}:cancelled` });
  }
}
