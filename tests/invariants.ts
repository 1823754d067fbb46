import { expect } from 'vitest';
import { webhookBodies } from '../api/webhook-bodies.ts';
import type { Database } from '../db/client.ts';
import { brokenInvariants } from '../db/queries/invariants.ts';
import { readClock } from '../db/statements/company.ts';
import type { BadDebtPolicy } from '../domain/bad-debt.ts';
import { type CashPolicy, defaultCashPolicy, type MatchingFacts, matchLine } from '../domain/cash-matching.ts';
import { type CreditApplicationFacts, type CreditPolicy, decideApplication } from '../domain/credit.ts';
import { type WebhookEvent, webhookBody } from '../domain/webhook.ts';
import { type KeptMatching, provideAgain, type ReviewedPosition, type ReviewFacts } from '../domain/what-if.ts';

/** What must be true of the books after every test, however rough: fails with each broken invariant and its rows. */
export async function checkInvariants(database: Database): Promise<void> {
  expect(await brokenInvariants(database, (await readClock(database)).at)).toEqual([]);
  await checkNothingBelowZero(database);
  await checkWebhookEvents(database);
  await checkDecidedAgain(database);
}

/** On no day are the books short of a debit item: what pays it is booked when the item is there (A4). */
async function checkNothingBelowZero(database: Database): Promise<void> {
  const { rows } = await database.query(
    `SELECT invoice_id, booked_on, open_minor FROM (
       SELECT invoice_id, booked_on, sum(sum(amount_minor)) OVER (PARTITION BY invoice_id ORDER BY booked_on) AS open_minor
       FROM receivable_movements GROUP BY 1, 2) days WHERE open_minor < 0`,
    [],
  );
  expect(rows).toEqual([]);
}

const bodies = new Map(webhookBodies);
const newest = 200;

/** What receivers are told has the shape that OpenAPI promises, whatever led to it (X4). */
async function checkWebhookEvents(database: Database): Promise<void> {
  const { rows } = await database.query<WebhookEvent>(
    `SELECT id, type, customer_id AS "customerId", record_id AS "recordId", sequence, data, at
     FROM webhook_events ORDER BY id DESC LIMIT $1`,
    [newest],
  );
  for (const event of rows) bodies.get(event.type)!.parse(JSON.parse(webhookBody(event)));
}

/** Whatever was decided by a policy comes out the same when it is decided again by that version from what was kept with it (X6). */
async function checkDecidedAgain(database: Database): Promise<void> {
  const { rows: credit } = await database.query<{ policy: CreditPolicy; facts: CreditApplicationFacts; decision: unknown }>(
    `SELECT p.body AS policy, d.facts, d.decision FROM credit_decisions d JOIN policies p ON p.name = 'credit' AND p.version = d.policy_version
     WHERE d.kind = 'application' ORDER BY d.id DESC LIMIT $1`,
    [newest],
  );
  for (const { policy, facts, decision } of credit) expect(decideApplication(policy, facts)).toEqual(decision);

  const { rows: cash } = await database.query<{ policy: CashPolicy | null; facts: MatchingFacts; decision: KeptMatching }>(
    `SELECT p.body AS policy, m.facts, m.decision FROM bank_line_matchings m
       LEFT JOIN policies p ON p.name = 'cash' AND p.version = m.policy_version ORDER BY m.id DESC LIMIT $1`,
    [newest],
  );
  for (const { policy, facts, decision } of cash) {
    const { post = null, onAccountOf = null, suggestions } = matchLine(facts, policy ?? defaultCashPolicy);
    expect({ post, onAccountOf, suggestions }).toEqual(decision);
  }

  const { rows: provisions } = await database.query<
    ReviewedPosition & { policy: BadDebtPolicy; facts: ReviewFacts; provisionMinor: number }
  >(
    `SELECT p.body AS policy, r.facts -> o.currency AS facts, o.currency, o.matrix_minor AS "matrixMinor", o.specific_minor AS "specificMinor",
       o.provision_minor AS "provisionMinor"
     FROM review_positions o JOIN reviews r ON r.id = o.review_id JOIN policies p ON p.name = 'bad-debt' AND p.version = r.policy_version
     ORDER BY o.review_id DESC LIMIT $1`,
    [newest],
  );
  for (const { policy, facts, provisionMinor, ...position } of provisions) {
    expect(provideAgain(policy, facts, position).valueMinor).toBe(provisionMinor);
  }
}
