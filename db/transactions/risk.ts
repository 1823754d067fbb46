import { Refusal } from '../../domain/failures.ts';
import {
  fitRisk,
  minimumExamples,
  minimumOfEachEnd,
  paymentFeatures,
  type RiskModel,
  type RiskQuality,
  riskExamples,
  riskQuality,
  scoreRisk,
  splitByTime,
} from '../../domain/risk.ts';
import { localDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { adoptedRiskModel, customerFacts, nextCustomersWithInvoices } from '../queries/risk.ts';
import { type Actor, record } from '../statements/audit.ts';
import { readCompany } from '../statements/company.ts';

/**
 * Recomputes the score of every customer that has invoices from its payment facts, by the adopted model or by points (C5): some
 * customers at a time, so that the books may be of any size. Run again it changes nothing.
 */
export async function recomputeRisk(
  tx: Transaction,
  { at }: { at: string },
): Promise<{ customers: number; modelVersion: number | null }> {
  const [{ timeZone }, adopted] = await Promise.all([readCompany(tx), adoptedRiskModel(tx)]);
  const asOf = localDate(at, timeZone);
  let customers = 0;
  let chunk = await nextCustomersWithInvoices(tx, '');
  for (; chunk.length > 0; chunk = await nextCustomersWithInvoices(tx, chunk.at(-1)!)) {
    const facts = await customerFacts(tx, chunk);
    const scores = [...facts]
      .map(([customerId, own]) => ({ customerId, score: scoreRisk(adopted?.model ?? null, paymentFeatures(own, asOf)) }))
      .sort((left, right) => (left.customerId < right.customerId ? -1 : 1));
    await tx.query(
      `INSERT INTO risk_scores (customer_id, late_chance, model_version, score, as_of, at)
       SELECT s.customer_id, (s.score ->> 'lateChance')::double precision, $3, s.score, $4, $5
       FROM unnest($1::text[], $2::jsonb[]) AS s (customer_id, score)
       ON CONFLICT (customer_id) DO UPDATE SET late_chance = excluded.late_chance, model_version = excluded.model_version,
         score = excluded.score, as_of = excluded.as_of, at = excluded.at`,
      [scores.map(({ customerId }) => customerId), scores.map(({ score }) => JSON.stringify(score)), adopted?.version, asOf, at],
    );
    customers += scores.length;
  }
  return { customers, modelVersion: adopted?.version ?? null };
}

export interface FittedRiskModel {
  version: number;
  model: RiskModel;
  quality: RiskQuality;
  currentQuality: RiskQuality;
}

/**
 * Fits the next model on the company's own closed invoices, the older seven in ten, and measures it on the rest beside the one in
 * force (C5). It scores nobody until a person adopts it.
 */
export async function fitRiskModel(tx: Transaction, { actor, at }: { actor: Actor; at: string }): Promise<FittedRiskModel> {
  await lockRiskModels(tx);
  const [adopted, facts] = await Promise.all([adoptedRiskModel(tx), customerFacts(tx)]);
  const { earlier, later } = splitByTime([...facts.values()].flatMap(riskExamples));
  const model = fitRisk(earlier);
  if (!model) {
    throw new Refusal(
      422,
      'too-little-history',
      `A fit takes ${minimumExamples} closed invoices, ${minimumOfEachEnd} of them late and ${minimumOfEachEnd} in time; there are ${earlier.length} to learn from. Scores go by points meanwhile.`,
    );
  }
  const measure = (by: RiskModel | null) =>
    riskQuality(later.map(({ features, late }) => ({ lateChance: scoreRisk(by, features).lateChance, late })));
  const [quality, currentQuality] = [measure(model), measure(adopted?.model ?? null)];
  const { rows } = await tx.query<{ version: number }>(
    `INSERT INTO risk_models (version, model, quality, current_quality, fitted_by, at)
     SELECT coalesce(max(version), 0) + 1, $1, $2, $3, $4, $5 FROM risk_models RETURNING version`,
    [JSON.stringify(model), JSON.stringify(quality), JSON.stringify(currentQuality), actor.name, at],
  );
  const version = rows[0]!.version;
  await record(tx, {
    at,
    actor,
    action: 'risk-model-fitted',
    summary: `Risk model ${version} was fitted on ${model.examples} invoices and runs in shadow`,
    policyVersion: `risk v${version}`,
    after: { quality, currentQuality },
  });
  return { version, model, quality, currentQuality };
}

/** Brings a fitted model into force by a person's word; the scores are recomputed with it at once. */
export async function adoptRiskModel(
  tx: Transaction,
  { version, reason, actor, at }: { version: number; reason: string; actor: Actor; at: string },
): Promise<{ version: number; customers: number }> {
  await lockRiskModels(tx);
  const adopted = await adoptedRiskModel(tx);
  if (adopted?.version === version) throw new Refusal(409, 'risk-model-state', `Risk model ${version} is in force already.`);
  const { rows } = await tx.query('UPDATE risk_models SET adopted_by = $2, adopted_at = $3 WHERE version = $1 RETURNING 1', [
    version,
    actor.name,
    at,
  ]);
  if (rows.length === 0) throw new Refusal(404, 'unknown-risk-model', `There is no risk model ${version}.`);
  await record(tx, {
    at,
    actor,
    reason,
    action: 'risk-model-adopted',
    summary: `Risk model ${version} is in force`,
    policyVersion: `risk v${version}`,
    before: { version: adopted?.version ?? null },
    after: { version },
  });
  return { version, customers: (await recomputeRisk(tx, { at })).customers };
}

/** One fit or adoption at a time; reading goes on. */
async function lockRiskModels(tx: Transaction): Promise<void> {
  await tx.query('LOCK TABLE risk_models IN SHARE ROW EXCLUSIVE MODE', []);
}
