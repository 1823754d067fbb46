import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commandsOf, crossings, tell, windUp } from './commands.ts';
import { Expected, grossOf } from './expected.ts';
import { people, simulate } from './quarter.ts';
import { RulesCompany } from './rules-company.ts';

/*
 * The rules by themselves, in memory, thousands of steps: what was asked for in any order is what the books say after every one.
 * `SEED=… npx vitest run --project unit tests/model/rules.test.ts` tells the same sequences again.
 */
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);

async function begin() {
  const customers = [
    { id: 'WHOLE', backOrderAllowed: false },
    { id: 'PARTS', backOrderAllowed: true },
  ];
  const company = new RulesCompany(customers, grossOf(20));
  return { company, model: new Expected(customers, await company.atRest()) };
}

describe('the rules', () => {
  test.each(Object.entries(crossings()))('X2, A5, P2, P6: %s', async (_, commands) => {
    const { company, model } = await begin();
    await tell(commands, model, company);
  });

  test(`X2, C3, A3, A5, I4, O4, F1, P1, P2, P4, P6: any orders, payments, disputes, promises and write-offs keep the books (SEED=${seed})`, async () => {
    const done = new Map<string, number>();
    const statuses = new Set<string>();
    await fc.assert(
      fc.asyncProperty(commandsOf({ maxCommands: 80, size: 'max' }), async (commands) => {
        const { company, model } = await begin();
        await fc.asyncModelRun(() => ({ model, real: company }), commands);
        await windUp(model, company);
        for (const [name, times] of model.done) done.set(name, (done.get(name) ?? 0) + times);
        for (const status of model.statuses) statuses.add(status);
      }),
      // So many that the rarest command comes with any seed: 300 lacked it once.
      { seed, numRuns: 600 },
    );
    // Every command has been told, and orders have rested wherever they may.
    expect(Math.min(...done.values())).toBeGreaterThan(0);
    expect(done.size).toBe(24);
    expect([...statuses].sort()).toEqual([
      'awaiting-choice',
      'back-ordered',
      'cancelled',
      'closed',
      'in-fulfilment',
      'invoiced',
      'over-limit',
      'waiting-for-payment',
    ]);
    expect([...done.values()].reduce((total, times) => total + times, 0)).toBeGreaterThan(3_000);
  }, 90_000);

  test('X7: a simulated month is the same for a seed and another for another, and something of everything comes to pass', async () => {
    const live = async (days: number, from: number) => {
      const company = new RulesCompany(people, grossOf(60));
      const model = new Expected(people, await company.atRest());
      return { weeks: await simulate(model, company, { habits: people, days, seed: from }), model };
    };
    const { weeks, model } = await live(35, 7);
    expect((await live(14, 7)).weeks).toEqual(weeks.slice(0, 2));
    expect((await live(14, 8)).weeks).not.toEqual(weeks.slice(0, 2));
    expect(weeks.map(({ from, to }) => [from, to]).slice(0, 2)).toEqual([
      ['2027-03-01', '2027-03-07'],
      ['2027-03-08', '2027-03-14'],
    ]);
    const total = (of: (week: (typeof weeks)[number]) => number) => weeks.reduce((sum, week) => sum + of(week), 0);
    // What was billed was paid, credited or written off, or is still owed, but for the interest that came on top.
    const { items, creditNotes } = model.last;
    expect(total(({ billedMinor }) => billedMinor)).toBe(
      items.filter(({ shipmentId }) => shipmentId !== null).reduce((sum, { grossMinor }) => sum + grossMinor, 0),
    );
    expect(creditNotes.length).toBeGreaterThan(0);
    for (const figure of [
      ({ orders }) => orders,
      ({ refused }) => refused,
      ({ cashMinor }) => cashMinor,
      ({ letters }) => letters,
      ({ onHold }) => onHold,
    ] as ((week: (typeof weeks)[number]) => number)[]) {
      expect(total(figure)).toBeGreaterThan(0);
    }
  }, 60_000);
});
