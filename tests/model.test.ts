import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instant, setUpCompany } from './company.ts';
import { commandsOf, crossings, tell, windUp } from './model/commands.ts';
import { EngineCompany } from './model/engine-company.ts';
import { Expected, grossOf } from './model/expected.ts';
import { type Suite, startSuite } from './suite.ts';

/*
 * The commands of tests/model on the real stack: PostgreSQL, Temporal and the worker. After every step it comes to rest, its own
 * integrity checks hold, and every document and status is what was asked for. Each sequence has customers and goods of its own; when
 * one fails, `SEED=… npx vitest run --project engine tests/model.test.ts` tells the same ones again.
 */
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
const budgetSeconds = Number(process.env.MODEL_SECONDS ?? 30);

let suite: Suite;
beforeAll(async () => {
  suite = await startSuite();
  await suite.setClock(instant('2027-03-01', '11:00:00'));
  await setUpCompany(suite.database);
  begunMs = Date.now();
});
afterAll(() => suite?.stop());

let companies = 0;
function newCompany(): EngineCompany {
  const number = ++companies;
  const customers = [
    { id: `WHOLE-${number}`, backOrderAllowed: false },
    { id: `PARTS-${number}`, backOrderAllowed: true },
  ];
  return new EngineCompany(suite, { customers, sku: `MODEL-${number}` });
}

/** What the crossings leave of it is for chance. */
let begunMs = 0;
const secondsLeft = () => Math.max(20, budgetSeconds - (Date.now() - begunMs) / 1000);

describe('the real stack', () => {
  it.each(Object.entries(crossings()))('X2, A5, P2, P6: %s', { timeout: 60_000 }, async (_, commands) => {
    const company = await newCompany().open(grossOf(20));
    await tell(commands, new Expected(company.customers, await company.atRest()), company);
  });

  it(`X2, X1, C3, A3, A5, I4, O4, F1, P1, P2, P4, P6: does what was asked for, in any order (SEED=${seed})`, {
    timeout: (budgetSeconds + 60) * 1000,
  }, async () => {
    const seconds = secondsLeft();
    const models: Expected[] = [];
    await fc.assert(
      fc.asyncProperty(commandsOf({ maxCommands: 60, size: 'max' }), async (commands) => {
        const company = await newCompany().open(grossOf(20));
        const model = new Expected(company.customers, await company.atRest());
        models.push(model);
        await fc.asyncModelRun(() => ({ model, real: company }), commands);
        await windUp(model, company);
      }),
      // A sequence that has failed is not made smaller here: every try costs seconds.
      { seed, numRuns: 1_000, endOnFailure: true, interruptAfterTimeLimit: seconds * 1000, markInterruptAsFailure: false },
    );
    const steps = models.flatMap(({ done }) => [...done.values()]).reduce((total, times) => total + times, 0);
    console.log(`${steps} steps of ${models.length} companies in ${Math.round(seconds)} s`);
    // A busy machine takes a second for a step, an idle one a fifth of that.
    expect(steps).toBeGreaterThan(seconds / 2);
  });
});
