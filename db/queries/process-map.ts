import { type OrderStatus, orderStatuses, type Stage, stages } from '../../domain/order.ts';
import { type CycleId, cycleIds, type LoyaltyId, slowestShare, type Wait, waitIn } from '../../domain/process.ts';
import type { IsoInstant } from '../../domain/time.ts';
import type { Queryable } from '../client.ts';
import type { Page } from './page.ts';

/** From an instant up to another, which does not count. */
export interface Span {
  fromAt: IsoInstant;
  untilAt: IsoInstant;
}

const statusesOf = (wait: Wait) =>
  orderStatuses
    .filter((status) => waitIn[status] === wait)
    .map((status) => `'${status}'`)
    .join(', ');
// Not `extract`, whose decimals are slow to sum.
const hours = "date_part('epoch', left_at - entered_at) / 3600";
const hoursOf = (wait: Wait) => `coalesce(sum(${hours}) FILTER (WHERE status IN (${statusesOf(wait)})), 0)`;

const sums = `sum(${hours}) AS hours, ${hoursOf('work')} AS work, ${hoursOf('queue')} AS queue, ${hoursOf('customer')} AS customer`;

/**
 * SQL: the orders that left a stage in the span, $1 to $2, each once in each stage with all the time that it had been there by then. Most
 * of that ended in the span as well; only of orders whose first stay that did is not their first one, earlier stays are looked up.
 */
export const timeInStage = (only = 'true'): string => `
  WITH ended AS (
    SELECT stage, order_id, ${sums}, min(number) AS first FROM order_stays WHERE left_at >= $1 AND left_at < $2 AND ${only}
    GROUP BY stage, order_id HAVING bool_or(next_stage <> stage))
  SELECT stage, order_id, hours, work, queue, customer FROM ended WHERE first = 1
  UNION ALL
  SELECT t.stage, t.order_id, t.hours + coalesce(e.hours, 0), t.work + coalesce(e.work, 0), t.queue + coalesce(e.queue, 0),
    t.customer + coalesce(e.customer, 0)
  FROM ended t CROSS JOIN LATERAL (
    SELECT ${sums} FROM order_stays s WHERE s.order_id = t.order_id AND s.stage = t.stage AND s.left_at < $1) e
  WHERE t.first > 1`;

/** Orders that left a stage: how many, how long they had been there, and whose time it was. */
export interface StageTimes {
  stage: Stage;
  orders: number;
  medianHours: number;
  p90Hours: number;
  /** From here on they are the slowest 5 %. */
  slowestFromHours: number;
  workHours: number;
  queueHours: number;
  customerHours: number;
  /** The slowest first: at most `slowestMaximum` of the slowest 5 %, and at least one. */
  slowest: { orderId: string; hours: number }[];
}

export const slowestMaximum = 20;

export async function stageTimes(db: Queryable, { fromAt, untilAt }: Span): Promise<StageTimes[]> {
  const { rows } = await db.query<Omit<StageTimes, 'medianHours' | 'p90Hours' | 'slowestFromHours'> & { quantiles: number[] }>(
    `WITH timed AS MATERIALIZED (${timeInStage()}),
     together AS (
       SELECT stage, count(*) AS orders, sum(work) AS "workHours", sum(queue) AS "queueHours", sum(customer) AS "customerHours",
         percentile_cont($3::float8[]) WITHIN GROUP (ORDER BY hours) AS quantiles
       FROM timed GROUP BY stage)
     SELECT g.*, (SELECT jsonb_agg(jsonb_build_object('orderId', s.order_id, 'hours', s.hours) ORDER BY s.hours DESC, s.order_id)
       FROM (SELECT order_id, hours FROM timed t WHERE t.stage = g.stage ORDER BY hours DESC, order_id LIMIT $4) s) AS slowest
     FROM together g`,
    [fromAt, untilAt, [0.5, 0.9, 1 - slowestShare], slowestMaximum],
  );
  return rows.map(({ quantiles: [medianHours, p90Hours, slowestFromHours], slowest, ...row }) => ({
    ...row,
    medianHours: medianHours!,
    p90Hours: p90Hours!,
    slowestFromHours: slowestFromHours!,
    slowest: slowest.slice(0, Math.ceil(row.orders * slowestShare)),
  }));
}

/*
 * SQL: where orders stood at an instant, $1: in a stay that has ended since, or where they still are; of what they ask for no past is kept.
 * What is done stands nowhere.
 */
export const stoodAt = `
  SELECT s.order_id, s.stage, s.status, s.entered_at FROM order_stays s WHERE s.entered_at <= $1 AND s.left_at > $1 AND s.stage <> 'done'
  UNION ALL SELECT id, stage, status, status_since FROM orders WHERE stage <> 'done' AND status_since <= $1`;

/** What stands in each stage, per currency: now, or at an instant that is past. */
export async function standingInStages(
  db: Queryable,
  pastAt?: IsoInstant,
): Promise<{ stage: Stage; currency: string; orders: number; amountMinor: number }[]> {
  const { rows } = await db.query<{ stage: Stage; currency: string; orders: number; amountMinor: number }>(
    `SELECT t.stage, t.currency, count(*) AS orders, sum(t.gross_minor)::bigint AS "amountMinor" FROM (${
      pastAt === undefined
        ? "SELECT stage, currency, gross_minor FROM orders WHERE stage <> 'done'"
        : `SELECT s.stage, o.currency, o.gross_minor FROM (${stoodAt}) s JOIN orders o ON o.id = s.order_id`
    }) t GROUP BY 1, 2 ORDER BY 1, 2`,
    pastAt === undefined ? [] : [pastAt],
  );
  return rows;
}

export interface OrderInStage {
  orderId: string;
  customerId: string;
  currency: string;
  amountMinor: number;
  status: OrderStatus;
  hours: number;
}

/** The cursor of a list by time, the longest first: hours and an id. */
export const placeOf = (time: number, id: string): string => `${time} ${id}`;
export const readPlace = ({ after }: Page): [number | null, string | null] => {
  if (after === undefined) return [null, null];
  const [time, id = ''] = after.split(' ');
  return [Number(time), id];
};

/** SQL: an order has a line of a product that was not cancelled; of any product where none is asked for. */
const containsProduct = (order: string, sku: string): string =>
  `(${sku} IS NULL OR EXISTS (SELECT FROM order_lines l WHERE l.order_id = ${order} AND l.sku = ${sku} AND l.cancelled_quantity < l.quantity))`;

/** Orders that left a stage in a span, those that took longest first: the slowest 5 % are the first of them. */
export async function ordersThatLeft(
  db: Queryable,
  { stage, sku }: { stage: Stage; sku?: string | undefined },
  { fromAt, untilAt }: Span,
  page: Page,
): Promise<OrderInStage[]> {
  const { rows } = await db.query<OrderInStage>(
    `SELECT o.id AS "orderId", o.customer_id AS "customerId", o.currency, o.gross_minor AS "amountMinor", o.status, s.hours
     FROM (SELECT order_id, hours FROM (${timeInStage('stage = $3')}) t) s
       JOIN orders o ON o.id = s.order_id
     WHERE ($4::float8 IS NULL OR (-s.hours, o.id) > (-$4::float8, $5::text)) AND ${containsProduct('o.id', '$7::text')}
     ORDER BY -s.hours, o.id LIMIT $6`,
    [fromAt, untilAt, stage, ...readPlace(page), page.limit + 1, sku],
  );
  return rows;
}

/** Orders that stand in a stage at an instant, now or past, those that have longest stood in their status first, with how long by then. */
export async function ordersStanding(
  db: Queryable,
  { stage, sku }: { stage: Stage; sku?: string | undefined },
  at: IsoInstant,
  page: Page,
): Promise<OrderInStage[]> {
  const { rows } = await db.query<OrderInStage>(
    `SELECT o.id AS "orderId", o.customer_id AS "customerId", o.currency, o.gross_minor AS "amountMinor", s.status, s.hours
     FROM (SELECT order_id, status, extract(epoch FROM $1::timestamptz - entered_at)::float8 / 3600 AS hours FROM (${stoodAt}) t WHERE stage = $2) s
       JOIN orders o ON o.id = s.order_id
     WHERE ($3::float8 IS NULL OR (-s.hours, o.id) > (-$3::float8, $4::text)) AND ${containsProduct('o.id', '$6::text')}
     ORDER BY -s.hours, o.id LIMIT $5`,
    [at, stage, ...readPlace(page), page.limit + 1, sku],
  );
  return rows;
}

/** How orders that were slow in a stage fared in all later ones, against those that were quick in it. */
export interface StageEffect {
  stage: Stage;
  orders: number;
  /** Of the hours here with the hours in all later stages, −1 to 1; null when either does not vary. */
  correlation: number | null;
  laterMedianHoursOfSlow: number | null;
  laterMedianHoursOfQuick: number | null;
}

/** Over orders that were closed in the span; slow is above the stage's median. */
export async function stageEffects(db: Queryable, { fromAt, untilAt }: Span): Promise<StageEffect[]> {
  const { rows } = await db.query<StageEffect>(
    `WITH spent AS (
       SELECT s.order_id, s.stage, sum(${hours}) AS hours FROM order_stays s JOIN orders o ON o.id = s.order_id
       WHERE o.status = 'closed' AND o.closed_at >= $1 AND o.closed_at < $2 GROUP BY 1, 2),
     later AS (
       SELECT stage, hours, coalesce(sum(hours) OVER (PARTITION BY order_id ORDER BY array_position($3::text[], stage)
         ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING), 0) AS later_hours FROM spent),
     middle AS (SELECT stage, percentile_cont(0.5) WITHIN GROUP (ORDER BY hours) AS median FROM later GROUP BY 1)
     SELECT stage, count(*) AS orders, corr(hours, later_hours) AS correlation,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY later_hours) FILTER (WHERE hours > median) AS "laterMedianHoursOfSlow",
       percentile_cont(0.5) WITHIN GROUP (ORDER BY later_hours) FILTER (WHERE hours <= median) AS "laterMedianHoursOfQuick"
     FROM later JOIN middle USING (stage) GROUP BY stage`,
    [fromAt, untilAt, stages],
  );
  return rows;
}

export interface CycleTime {
  id: CycleId;
  count: number;
  medianHours: number | null;
  p90Hours: number | null;
}

/*
 * SQL: times that are no order's, each counted in the span in which it ended, and the customers that came back or did not. Parameters: $1
 * and $2 the span, $3 and $4 the one before.
 */
const cycles: Record<CycleId | LoyaltyId, string> = {
  'sales-cycle': `
    SELECT id, customer_id, order_id, sent_at AS began_at, accepted_at AS ended_at FROM quotes WHERE accepted_at >= $1 AND accepted_at < $2`,
  onboarding: `
    SELECT f.customer_id AS id, f.customer_id, o.id AS order_id, f.began_at, o.placed_at AS ended_at
    FROM (SELECT customer_id, min(created_at) AS began_at FROM credit_applications GROUP BY 1) f
      JOIN LATERAL (SELECT id, placed_at FROM orders WHERE orders.customer_id = f.customer_id ORDER BY placed_at, id LIMIT 1) o
        ON o.placed_at >= f.began_at AND o.placed_at >= $1 AND o.placed_at < $2`,
  'dispute-resolution': `
    SELECT id, customer_id, order_id, at AS began_at, resolved_at AS ended_at FROM disputes WHERE resolved_at >= $1 AND resolved_at < $2`,
  'return-resolution': `
    SELECT id, customer_id, order_id, requested_at AS began_at, changed_at AS ended_at FROM returns
    WHERE status IN ('credited', 'refused', 'cancelled') AND changed_at >= $1 AND changed_at < $2`,
  'returning-customers': `
    SELECT b.customer_id AS id, b.customer_id, b.order_id, e.placed_at AS began_at, b.placed_at AS ended_at
    FROM (SELECT DISTINCT ON (customer_id) customer_id, id AS order_id, placed_at FROM orders WHERE placed_at >= $1 AND placed_at < $2
          ORDER BY customer_id, placed_at, id) b
      JOIN LATERAL (SELECT max(placed_at) AS placed_at FROM orders o WHERE o.customer_id = b.customer_id AND o.placed_at < $1) e
        ON e.placed_at IS NOT NULL`,
  'lost-customers': `
    SELECT e.customer_id AS id, e.customer_id, e.order_id, e.placed_at AS began_at, $2::timestamptz AS ended_at
    FROM (SELECT DISTINCT ON (customer_id) customer_id, id AS order_id, placed_at FROM orders WHERE placed_at >= $3 AND placed_at < $4
          ORDER BY customer_id, placed_at DESC, id) e
    WHERE NOT EXISTS (SELECT FROM orders o WHERE o.customer_id = e.customer_id AND o.placed_at >= $1 AND o.placed_at < $2)`,
};
const tookHours = 'extract(epoch FROM t.ended_at - t.began_at)::float8 / 3600';

/** From a quote to its order, from a customer's first application to its first order, and until a dispute or a return came to its end. */
export async function cycleTimes(db: Queryable, { fromAt, untilAt }: Span): Promise<CycleTime[]> {
  return await Promise.all(
    cycleIds.map(async (id) => {
      const { rows } = await db.query<Omit<CycleTime, 'id'>>(
        `SELECT count(*) AS count, percentile_cont(0.5) WITHIN GROUP (ORDER BY ${tookHours}) AS "medianHours",
           percentile_cont(0.9) WITHIN GROUP (ORDER BY ${tookHours}) AS "p90Hours" FROM (${cycles[id]}) t`,
        [fromAt, untilAt],
      );
      return { id, ...rows[0]! };
    }),
  );
}

/** What is counted of a cycle: the quote, the customer, the dispute or the return. */
export interface CycleRecord {
  id: string;
  customerId: string;
  orderId: string | null;
  beganAt: IsoInstant;
  endedAt: IsoInstant;
  hours: number;
}

/** The records behind a cycle, the longest first; of customers the time since the order before, or since their last one. */
export async function cycleRecords(
  db: Queryable,
  id: CycleId | LoyaltyId,
  spans: { span: Span; before: Span },
  page: Page,
): Promise<CycleRecord[]> {
  const { span, before } = spans;
  const { rows } = await db.query<CycleRecord>(
    `SELECT t.id, t.customer_id AS "customerId", t.order_id AS "orderId", t.began_at AS "beganAt", t.ended_at AS "endedAt", t.hours
     FROM (SELECT t.*, ${tookHours} AS hours FROM (${cycles[id]}) t) t, (SELECT $3::timestamptz, $4::timestamptz) given
     WHERE $5::float8 IS NULL OR (-t.hours, t.id) > (-$5::float8, $6::text) ORDER BY -t.hours, t.id LIMIT $7`,
    [span.fromAt, span.untilAt, before.fromAt, before.untilAt, ...readPlace(page), page.limit + 1],
  );
  return rows;
}

export interface CustomerLoyalty {
  /** With an order in the span. */
  customers: number;
  /** Of these: had ordered before the span. */
  returning: number;
  /** Ordered in the span before and not in this one. */
  lost: number;
  /** Ordered in the span before. */
  customersBefore: number;
}

export async function customerLoyalty(db: Queryable, span: Span, before: Span): Promise<CustomerLoyalty> {
  const { rows } = await db.query<CustomerLoyalty>(
    `WITH bought AS (SELECT DISTINCT customer_id FROM orders WHERE placed_at >= $1 AND placed_at < $2),
     earlier AS (SELECT DISTINCT customer_id FROM orders WHERE placed_at >= $3 AND placed_at < $4)
     SELECT (SELECT count(*) FROM bought) AS customers,
       (SELECT count(*) FROM bought b WHERE EXISTS (SELECT FROM orders o WHERE o.customer_id = b.customer_id AND o.placed_at < $1)) AS returning,
       (SELECT count(*) FROM earlier WHERE customer_id NOT IN (SELECT customer_id FROM bought)) AS lost,
       (SELECT count(*) FROM earlier) AS "customersBefore"`,
    [span.fromAt, span.untilAt, before.fromAt, before.untilAt],
  );
  return rows[0]!;
}
