import type { Stage } from '../../domain/order.ts';
import type { IsoInstant } from '../../domain/time.ts';
import type { Queryable } from '../client.ts';
import { reservedNames } from '../statements/audit.ts';
import { taskKinds } from '../statements/tasks.ts';
import type { Page } from './page.ts';
import { readPlace, type Span, timeInStage } from './process-map.ts';

/* Whose time it was, and which products it went into (R2). */

/** What people do: tasks by kind, and picks. */
export const works = [...taskKinds, 'pick', 'pack', 'pick-and-pack'] as const;
export type Work = (typeof works)[number];

/** The stage of an order that each is done in; null: it looks after the system, or after no order. */
export const stageOfWork: Record<Work, Stage | null> = {
  'order-document': 'order',
  'edi-document': 'order',
  'credit-review': 'credit',
  'over-limit': 'credit',
  'credit-renewal': 'credit',
  'credit-application': 'credit',
  pick: 'fulfilment',
  pack: 'fulfilment',
  'pick-and-pack': 'fulfilment',
  shortage: 'fulfilment',
  'carrier-refused': 'fulfilment',
  'shipment-exception': 'fulfilment',
  reorder: 'fulfilment',
  'card-hold': 'fulfilment',
  'unbilled-shipment': 'invoicing',
  'invoice-run-failed': 'invoicing',
  'invoice-review': 'receivables',
  'correction-approval': 'receivables',
  dispute: 'receivables',
  'undocumented-payment': 'receivables',
  'bounced-cheque': 'receivables',
  'card-not-taken': 'receivables',
  'card-dispute': 'receivables',
  'card-refund': 'receivables',
  'statement-not-sent': 'receivables',
  'interest-overcharged': 'receivables',
  'overdue-contact': 'collections',
  collections: 'collections',
  'broken-promise': 'collections',
  'hold-override': 'collections',
  'write-off': 'collections',
  'overdue-review': 'collections',
  'carrier-performance': null,
  'parked-message': null,
  'job-failed': null,
  integrity: null,
  'gateway-event': null,
  'webhook-endpoint-disabled': null,
  'policy-approval': null,
};

// What a person finished from $1 to $2, with when it was there to do and, of a task that was claimed, when it was taken on. What our own
// programs finish is nobody's: $3 are their names.
const workDone = `
  SELECT w.*, extract(epoch FROM w.done_at - w.came_at)::float8 / 3600 AS hours,
    extract(epoch FROM w.done_at - w.taken_at)::float8 / 3600 AS in_hand_hours
  FROM (
    SELECT completed_by AS actor, kind AS work, id, order_id, customer_id, at AS came_at, claimed_at AS taken_at, completed_at AS done_at
    FROM tasks WHERE status = 'completed' AND completed_at >= $1 AND completed_at < $2
    UNION ALL
    SELECT a.actor, CASE a.action WHEN 'picked' THEN 'pick' WHEN 'packed' THEN 'pack' ELSE 'pick-and-pack' END, s.id, s.order_id, a.customer_id,
      CASE a.action WHEN 'packed' THEN s.picked_at ELSE s.released_at END, NULL, a.at
    FROM audit_log a JOIN shipments s ON s.id = a.shipment_id
    WHERE a.action IN ('picked', 'packed', 'picked-and-packed') AND a.at >= $1 AND a.at < $2) w
  WHERE w.actor !~* $3`;

/** What a person finished of a kind of work. */
export interface TimeOfPerson {
  actor: string;
  work: Work;
  done: number;
  /** From when it was there to do until it was done. */
  medianHours: number;
  p90Hours: number;
  /** From when it was taken on; null: none was claimed. */
  inHandMedianHours: number | null;
}

export async function timeByPerson(db: Queryable, { fromAt, untilAt }: Span): Promise<TimeOfPerson[]> {
  const { rows } = await db.query<TimeOfPerson>(
    `SELECT actor, work, count(*) AS done, percentile_cont(0.5) WITHIN GROUP (ORDER BY hours) AS "medianHours",
       percentile_cont(0.9) WITHIN GROUP (ORDER BY hours) AS "p90Hours",
       percentile_cont(0.5) WITHIN GROUP (ORDER BY in_hand_hours) FILTER (WHERE in_hand_hours IS NOT NULL) AS "inHandMedianHours"
     FROM (${workDone}) w GROUP BY 1, 2 ORDER BY 1, 2`,
    [fromAt, untilAt, reservedNames.source],
  );
  return rows;
}

/** A task or a shipment that somebody finished. */
export interface FinishedWork {
  id: string;
  orderId: string | null;
  customerId: string | null;
  cameAt: IsoInstant;
  takenAt: IsoInstant | null;
  doneAt: IsoInstant;
  hours: number;
}

/** What a person finished of a kind of work, what took longest first. */
export async function workOfPerson(
  db: Queryable,
  { actor, work }: { actor: string; work: Work },
  { fromAt, untilAt }: Span,
  page: Page,
): Promise<FinishedWork[]> {
  const { rows } = await db.query<FinishedWork>(
    `SELECT w.id, w.order_id AS "orderId", w.customer_id AS "customerId", w.came_at AS "cameAt", w.taken_at AS "takenAt", w.done_at AS "doneAt", w.hours
     FROM (${workDone}) w
     WHERE w.actor = $4 AND w.work = $5 AND ($6::float8 IS NULL OR (-w.hours, w.id) > (-$6::float8, $7::text)) ORDER BY -w.hours, w.id LIMIT $8`,
    [fromAt, untilAt, reservedNames.source, actor, work, ...readPlace(page), page.limit + 1],
  );
  return rows;
}

/** The time in a stage of orders that contain a product; an order counts with each of its products. */
export interface TimeOfProduct {
  sku: string;
  name: string;
  orders: number;
  medianHours: number;
  p90Hours: number;
  workHours: number;
  queueHours: number;
  customerHours: number;
}

/** So many products are told of: those with the most orders. */
export const productsMaximum = 200;

export async function timeByProduct(db: Queryable, stage: Stage, { fromAt, untilAt }: Span): Promise<TimeOfProduct[]> {
  const { rows } = await db.query<TimeOfProduct>(
    `SELECT l.sku, p.name, count(*) AS orders, percentile_cont(0.5) WITHIN GROUP (ORDER BY t.hours) AS "medianHours",
       percentile_cont(0.9) WITHIN GROUP (ORDER BY t.hours) AS "p90Hours", sum(t.work) AS "workHours", sum(t.queue) AS "queueHours",
       sum(t.customer) AS "customerHours"
     FROM (${timeInStage('stage = $3')}) t
       JOIN (SELECT DISTINCT order_id, sku FROM order_lines WHERE cancelled_quantity < quantity) l ON l.order_id = t.order_id
       JOIN products p ON p.sku = l.sku
     GROUP BY 1, 2 ORDER BY count(*) DESC, 1 LIMIT $4`,
    [fromAt, untilAt, stage, productsMaximum],
  );
  return rows;
}
