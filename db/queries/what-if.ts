import type { BadDebtPolicy } from '../../domain/bad-debt.ts';
import { type CashPolicy, type MatchingFacts, matchLine } from '../../domain/cash-matching.ts';
import {
  type ApplicationDecision,
  type CreditApplicationFacts,
  type CreditPolicy,
  decideApplication,
} from '../../domain/credit.ts';
import { type DunningPlan, type DunningPolicy, dunningPolicyIn } from '../../domain/dunning.ts';
import type { IsoDate, IsoInstant } from '../../domain/time.ts';
import {
  cashVerdict,
  count,
  creditVerdict,
  differ,
  dunningVerdict,
  emptySummary,
  type KeptMatching,
  type PlannedItem,
  planAgain,
  provideAgain,
  provisionVerdict,
  type Replayed,
  type ReviewedPosition,
  type ReviewFacts,
  type Since,
  type Summary,
} from '../../domain/what-if.ts';
import type { Queryable } from '../client.ts';
import { type InvoiceKind, isNote } from '../statements/invoices.ts';
import { soldOnWanted } from './credit-outcomes.ts';
import type { Page } from './page.ts';

/** From the first instant to the last, which does not count. */
export interface Span {
  since: IsoInstant;
  until: IsoInstant;
}

export interface Difference extends Replayed {
  since: Since | null;
}

/** What would have been decided differently, the newest first; the summary comes with the first page. A row above the limit tells of a next page. */
export interface WhatIf {
  summary: (Summary & { withoutFacts: number }) | null;
  items: Difference[];
}

/** Decisions of one kind, with what each would be under another policy. */
interface History {
  /** So many are read and decided at once: nobody else is answered meanwhile, and they are in memory beside the page. */
  batchSize: number;
  /** The next so many, newest first, after that key. */
  next(after: string | undefined, limit: number): Promise<Replayed[]>;
  /** How many of them cannot be decided again, because what they were taken from was not kept. */
  withoutFacts(): Promise<number>;
  /** What has become of them, by key. */
  since?(differing: readonly Replayed[]): Promise<Map<string, Since>>;
}

async function whatIf(history: History, page: Page): Promise<WhatIf> {
  const summary = page.after === undefined ? { ...emptySummary(), withoutFacts: await history.withoutFacts() } : null;
  const items: Difference[] = [];
  let after = page.after;
  for (;;) {
    const batch = await history.next(after, history.batchSize);
    const differing = batch.filter((one) => differ(one.before, one.after));
    const known = differing.length > 0 ? await history.since?.(differing) : undefined;
    for (const one of batch) {
      const since = known?.get(one.key) ?? null;
      if (summary) count(summary, one, since);
      if (items.length <= page.limit && differ(one.before, one.after)) items.push({ ...one, since });
    }
    if (batch.length < history.batchSize || (!summary && items.length > page.limit)) return { summary, items };
    after = batch.at(-1)!.key;
  }
}

/** Decisions about credit that the policy took by itself. */
export function whatIfCredit(db: Queryable, policy: CreditPolicy, { since, until }: Span, page: Page): Promise<WhatIf> {
  return whatIf(
    {
      batchSize: 1_000,
      async next(after, limit) {
        const { rows } = await db.query<{
          key: string;
          at: string;
          customerId: string;
          orderId: string | null;
          id: string;
          policyVersion: number;
          facts: CreditApplicationFacts;
          decision: ApplicationDecision;
        }>(
          `SELECT d.id::text AS key, at, customer_id AS "customerId", order_id AS "orderId", event_id AS id, policy_version AS "policyVersion",
             facts, decision
           FROM credit_decisions d
           WHERE kind = 'application' AND at >= $1 AND at < $2 AND d.id < coalesce($3::bigint, 9223372036854775807)
           ORDER BY d.id DESC LIMIT $4`,
          [since, until, after, limit],
        );
        return rows.map(({ facts, decision, ...row }) => ({
          ...row,
          currency: facts.currency,
          amountMinor: facts.orderGrossMinor,
          before: creditVerdict(facts, decision),
          after: creditVerdict(facts, decideApplication(policy, facts)),
        }));
      },
      withoutFacts: async () => 0,
      async since(differing) {
        const { rows } = await db.query<Since & { key: string }>(
          `WITH wanted AS (SELECT id, customer_id, at FROM credit_decisions WHERE id = ANY ($1::bigint[])), sold AS (${soldOnWanted()})
           SELECT d.key, coalesce(s.invoiced, 0)::bigint AS "invoicedMinor", coalesce(s.paid, 0)::bigint AS "paidMinor",
             coalesce(s.lost, 0)::bigint AS "lostMinor"
           FROM unnest($1::text[], $2::text[]) AS d (key, currency) LEFT JOIN sold s ON s.id = d.key::bigint AND s.currency = d.currency`,
          [differing.map(({ key }) => key), differing.map(({ currency }) => currency)],
        );
        return new Map(rows.map(({ key, ...sold }) => [key, sold]));
      },
    },
    page,
  );
}

/** What the ladder found for lines of bank statements. */
export function whatIfCash(db: Queryable, policy: CashPolicy, { since, until }: Span, page: Page): Promise<WhatIf> {
  return whatIf(
    {
      batchSize: 100,
      async next(after, limit) {
        const { rows } = await db.query<{
          key: string;
          at: string;
          id: string;
          customerId: string | null;
          currency: string;
          policyVersion: number;
          facts: MatchingFacts;
          decision: KeptMatching;
        }>(
          `SELECT m.id::text AS key, m.at, l.id, l.customer_id AS "customerId", l.currency, m.policy_version AS "policyVersion",
             m.facts, m.decision
           FROM bank_line_matchings m JOIN bank_lines l ON l.id = m.line_id
           WHERE m.at >= $1 AND m.at < $2 AND m.id < coalesce($3::bigint, 9223372036854775807) ORDER BY m.id DESC LIMIT $4`,
          [since, until, after, limit],
        );
        return rows.map(({ facts, decision, ...row }) => {
          const { amountMinor } = facts.receipt;
          const { post = null, onAccountOf = null, suggestions } = matchLine(facts, policy);
          return {
            ...row,
            orderId: null,
            amountMinor,
            before: cashVerdict(decision, amountMinor),
            after: cashVerdict({ post, onAccountOf, suggestions }, amountMinor),
          };
        });
      },
      async withoutFacts() {
        // Those that the ladder has placed; what was recorded by hand, or parked, it has not looked at.
        const { rows } = await db.query<{ count: number }>(
          `SELECT count(*)::int AS count FROM bank_lines l WHERE direction = 'credit' AND at >= $1 AND at < $2
             AND (status_reason ~ '^(reference|exact-item|clears-[a-z-]+|combination|oldest-first): ' OR jsonb_array_length(suggestions) > 0)
             AND NOT EXISTS (SELECT FROM bank_line_matchings m WHERE m.line_id = l.id)`,
          [since, until],
        );
        return rows[0]!.count;
      },
    },
    page,
  );
}

/** What reviews of overdue accounts provided for each of them. */
export function whatIfBadDebt(db: Queryable, policy: BadDebtPolicy, { since, until }: Span, page: Page): Promise<WhatIf> {
  return whatIf(
    {
      batchSize: 1_000,
      async next(after, limit) {
        const [reviewId, customerId, currency] = after?.split(' ') ?? [];
        const { rows } = await db.query<
          ReviewedPosition & {
            id: string;
            at: string;
            customerId: string;
            policyVersion: number;
            facts: ReviewFacts;
            provisionMinor: number;
          }
        >(
          `SELECT r.id, r.at, r.policy_version AS "policyVersion", p.customer_id AS "customerId", p.currency, p.matrix_minor AS "matrixMinor",
             p.specific_minor AS "specificMinor", p.provision_minor AS "provisionMinor", r.facts -> p.currency AS facts
           FROM review_positions p JOIN reviews r ON r.id = p.review_id
           WHERE r.at >= $1 AND r.at < $2 AND ($3::text IS NULL OR (p.review_id, p.customer_id, p.currency) < ($3, $4, $5))
           ORDER BY p.review_id DESC, p.customer_id DESC, p.currency DESC LIMIT $6`,
          [since, until, reviewId, customerId, currency, limit],
        );
        return rows.map(({ facts, provisionMinor, ...row }) => ({
          key: `${row.id} ${row.customerId} ${row.currency}`,
          id: row.id,
          at: row.at,
          customerId: row.customerId,
          orderId: null,
          currency: row.currency,
          policyVersion: row.policyVersion,
          amountMinor: Object.values(row.matrixMinor).reduce((sum, minor) => sum + minor, 0),
          before: provisionVerdict(provisionMinor),
          after: provideAgain(policy, facts, row),
        }));
      },
      async withoutFacts() {
        const { rows } = await db.query<{ count: number }>(
          'SELECT count(*)::int AS count FROM reviews WHERE at >= $1 AND at < $2 AND facts IS NULL',
          [since, until],
        );
        return rows[0]!.count;
      },
    },
    page,
  );
}

const ownPlan = `NOT (i.plan ? 'resumedAt') AND i.collection_round = 1`;

/** How the items that a dunning policy was drawn up for were collected, by their plans alone; `code` is null for the company's own. */
export function whatIfDunning(
  db: Queryable,
  policy: DunningPolicy,
  { since, until, now, timeZone, companyCurrency }: Span & { now: IsoInstant; timeZone: string; companyCurrency: string },
  page: Page,
): Promise<WhatIf> {
  const code = policy.name === 'dunning' ? null : policy.name.slice('dunning:'.length);
  const drawnFrom = `i.at >= $1 AND i.at < $2 AND i.plan ->> 'policy' IS NOT DISTINCT FROM $3::text`;
  return whatIf(
    {
      batchSize: 100,
      async next(after, limit) {
        const { rows } = await db.query<{
          id: string;
          kind: InvoiceKind;
          at: string;
          customerId: string;
          orderId: string | null;
          currency: string;
          grossMinor: number;
          issuedOn: IsoDate;
          schedule: { number: number; dueOn: IsoDate }[];
          endedOn: IsoDate | null;
          plan: DunningPlan;
          own: DunningPolicy;
          dueOn: IsoDate;
          /** Of the day that it was due: letters are weighed on days of their own. */
          rate: string | null;
        }>(
          `SELECT i.id, i.kind, i.at, i.customer_id AS "customerId", i.order_id AS "orderId", i.currency, i.gross_minor AS "grossMinor",
             i.issued_on AS "issuedOn", i.plan, p.body AS own, i.due_on AS "dueOn",
             (SELECT rate FROM exchange_rates r WHERE r.currency = i.currency AND r.valid_on <= i.due_on
              ORDER BY r.valid_on DESC, r.id DESC LIMIT 1) AS rate,
             coalesce((SELECT jsonb_agg(jsonb_build_object('number', n.number, 'dueOn', n.due_on) ORDER BY n.number)
               FROM invoice_instalments n WHERE n.invoice_id = i.id), jsonb_build_array(jsonb_build_object('number', 1, 'dueOn', i.due_on))) AS schedule,
             CASE WHEN i.open_minor = 0 THEN coalesce((SELECT max(booked_on) FROM receivable_movements m WHERE m.invoice_id = i.id), i.issued_on) END AS "endedOn"
           FROM invoices i JOIN policies p ON p.name = $4 AND p.version = (i.plan ->> 'policyVersion')::int
           WHERE ${drawnFrom} AND ${ownPlan} AND ($5::text IS NULL OR i.id < $5)
           ORDER BY i.id DESC LIMIT $6`,
          [since, until, code, policy.name, after, limit],
        );
        return rows.map(({ plan, own, dueOn, rate, ...row }) => {
          const item: PlannedItem = {
            ...row,
            invoiceId: row.id,
            isNote: isNote(row.kind),
            writtenAt: row.at,
          };
          const context = { now, companyCurrency };
          const { currency } = row;
          const policyRate = currency === companyCurrency ? undefined : { companyCurrency, currency, rate, on: dueOn };
          const weighed = (one: DunningPolicy) => dunningPolicyIn(one, policyRate);
          return {
            key: row.id,
            id: row.id,
            at: row.at,
            customerId: row.customerId,
            orderId: row.orderId,
            currency: row.currency,
            amountMinor: row.grossMinor,
            policyVersion: plan.policyVersion,
            before: dunningVerdict(plan.steps, weighed(own), item, context),
            after: dunningVerdict(planAgain(policy, item, timeZone), weighed(policy), item, context),
          };
        });
      },
      async withoutFacts() {
        const { rows } = await db.query<{ count: number }>(
          `SELECT count(*)::int AS count FROM invoices i WHERE ${drawnFrom} AND NOT (${ownPlan})`,
          [since, until, code],
        );
        return rows[0]!.count;
      },
    },
    page,
  );
}
