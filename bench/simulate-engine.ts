import { afterAll, beforeAll, expect, it } from 'vitest';
import { instant, setUpCompany } from '../tests/company.ts';
import { EngineCompany } from '../tests/model/engine-company.ts';
import { Expected, grossOf } from '../tests/model/expected.ts';
import { people, simulate } from '../tests/model/quarter.ts';
import { RulesCompany } from '../tests/model/rules-company.ts';
import { tellWeeks } from '../tests/model/weeks.ts';
import { type Suite, startSuite } from '../tests/suite.ts';

/*
 * DAYS=90 SEED=1 npm run simulate:engine
 *
 * The quarter of `npm run simulate` in the real engine: PostgreSQL, Temporal, the worker, and the company clock moved on day by day with
 * every open order. After every command it comes to rest and its books are held against what was asked for; at the end every week
 * must be what the rules alone have made of the same seed (X7).
 */
const days = Number(process.env.DAYS ?? 90);
const seed = Number(process.env.SEED ?? 1);

let suite: Suite;
beforeAll(async () => {
  suite = await startSuite();
  await suite.setClock(instant('2027-03-01', '11:00:00'));
  await setUpCompany(suite.database);
});
afterAll(() => suite?.stop());

it(`X7: ${days} days in the engine (seed ${seed})`, { timeout: 3_600_000 }, async () => {
  const begunMs = performance.now();
  const company = await new EngineCompany(suite, { customers: people, sku: 'QUARTER' }).open(grossOf(60));
  const model = new Expected(people, await company.atRest());
  const weeks = await simulate(model, company, { habits: people, days, seed });
  const commands = [...model.done.values()].reduce((total, times) => total + times, 0);
  tellWeeks(weeks, { of: `${days} days, ${commands} commands`, seed, begunMs });

  const rules = new RulesCompany(people, grossOf(60));
  expect(weeks).toEqual(await simulate(new Expected(people, await rules.atRest()), rules, { habits: people, days, seed }));
});
