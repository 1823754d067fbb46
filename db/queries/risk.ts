import type { PaymentFact, RiskModel, RiskQuality, RiskScore } from '../../domain/risk.ts';
import type { Queryable } from '../client.ts';
import { filter, type Page } from './page.ts';

export interface RiskModelRow {
  version: number;
  status: 'shadow' | 'adopted' | 'retired';
  model: RiskModel;
  /** On the newest invoices, which the fit has not seen. */
  quality: RiskQuality;
  /** Of the model in force then, on the same invoices. */
  currentQuality: RiskQuality;
  fittedBy: string;
  at: string;
  adoptedBy: string | null;
  adoptedAt: string | null;
}

const adoptedLast = 'ORDER BY adopted_at DESC, version DESC LIMIT 1';

/** Newest first. A fit is in shadow until a person adopts it or another, newer one. */
export async function listRiskModels(db: Queryable, limit: number): Promise<RiskModelRow[]> {
  const { rows } = await db.query<RiskModelRow>(
    `WITH adopted AS (SELECT version FROM risk_models WHERE adopted_at IS NOT NULL ${adoptedLast})
     SELECT version, model, quality, current_quality AS "currentQuality", fitted_by AS "fittedBy", at, adopted_by AS "adoptedBy",
       adopted_at AS "adoptedAt",
       CASE WHEN version = (SELECT version FROM adopted) THEN 'adopted'
            WHEN adopted_at IS NULL AND version > coalesce((SELECT version FROM adopted), 0) THEN 'shadow' ELSE 'retired' END AS status
     FROM risk_models ORDER BY version DESC LIMIT $1`,
    [limit],
  );
  return rows;
}

/** The model that a person adopted last; undefined while customers are scored by points. */
export async function adoptedRiskModel(db: Queryable): Promise<{ version: number; model: RiskModel } | undefined> {
  const { rows } = await db.query<{ version: number; model: RiskModel }>(
    `SELECT version, model FROM risk_models WHERE adopted_at IS NOT NULL ${adoptedLast}`,
    [],
  );
  return rows[0];
}

/** Of each customer the newest invoices, and of all of them as many as a fit can weigh in a moment. */
const factsPerCustomer = 200;
const factsMaximum = 10_000;
/** Whose facts fit into one answer as a whole. */
const customersPerChunk = factsMaximum / factsPerCustomer;

/** The next customers that have invoices, by id: as many as `paymentFacts` gives all the facts of at once. */
export async function nextCustomersWithInvoices(db: Queryable, after: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `SELECT id FROM customers c WHERE id > $1 AND EXISTS (SELECT FROM invoices WHERE customer_id = c.id) ORDER BY id LIMIT $2`,
    [after, customersPerChunk],
  );
  return rows.map(({ id }) => id);
}

/**
 * When invoices were due and paid, by customer: of these customers, or the newest of all. An invoice that was paid in advance, or credited as a whole, says nothing of how its
 * customer pays, and an interest note is a consequence, not an order. What is written off came to its end late, however early that was.
 */
export async function paymentFacts(db: Queryable, customerIds?: readonly string[]): Promise<Map<string, PaymentFact[]>> {
  const { rows } = await db.query<PaymentFact & { customerId: string }>(
    `SELECT customer_id AS "customerId", id AS "invoiceId", issued_on AS "issuedOn", due_on AS "dueOn",
       CASE WHEN status = 'settled'
         THEN (SELECT greatest(max(value_on) FILTER (WHERE NOT corrects OR kind = 'write-off'),
                 CASE WHEN bool_or(kind = 'write-off') THEN i.due_on + 1 END)
               FROM settlements p WHERE p.invoice_id = i.id) END AS "settledOn"
     FROM (SELECT *, row_number() OVER (PARTITION BY customer_id ORDER BY issued_on DESC, id DESC) AS place FROM invoices
           WHERE kind IN ('invoice', 'opening-item') AND gross_minor > 0 AND NOT facts ? 'prepaidMinor'
             AND (status = 'open' OR EXISTS (SELECT FROM settlements p WHERE p.invoice_id = invoices.id AND (NOT corrects OR kind = 'write-off')))
             AND ($1::text[] IS NULL OR customer_id = ANY ($1))) i
     WHERE place <= $2 ORDER BY issued_on DESC, id DESC LIMIT $3`,
    [customerIds, factsPerCustomer, factsMaximum],
  );
  const byCustomer = new Map<string, PaymentFact[]>();
  for (const { customerId: owner, ...fact } of rows) byCustomer.set(owner, [...(byCustomer.get(owner) ?? []), fact]);
  return byCustomer;
}

export interface RiskScoreRow {
  customerId: string;
  lateChance: number;
  modelVersion: number | null;
  asOf: string;
  score: RiskScore;
}

/** As they were recomputed last, the riskiest first. */
export async function listRiskScores(db: Queryable, page: Page): Promise<RiskScoreRow[]> {
  const { where, limit, values } = filter(
    {
      '(-late_chance, customer_id) > (SELECT -late_chance, customer_id FROM risk_scores WHERE customer_id = ?)': page.after,
    },
    page.limit,
  );
  const { rows } = await db.query<RiskScoreRow>(
    `SELECT customer_id AS "customerId", late_chance AS "lateChance", model_version AS "modelVersion", as_of AS "asOf", score
     FROM risk_scores ${where} ORDER BY -late_chance, customer_id ${limit}`,
    values,
  );
  return rows;
}
