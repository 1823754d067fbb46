import { parseArgs } from 'node:util';
import { Expected, grossOf } from '../tests/model/expected.ts';
import { people, simulate } from '../tests/model/quarter.ts';
import { RulesCompany } from '../tests/model/rules-company.ts';
import { tellWeeks } from '../tests/model/weeks.ts';

/*
 * npm run simulate -- [--days 90] [--seed 1]
 *
 * A quarter of a company's life by its rules alone, in memory: orders, credit, stock, goods issue, invoices, money as customers are used to
 * pay it, promises, disputes, letters, write-offs. After every command the books are held against what was asked for. The same seed gives
 * the same figures. `npm run simulate:engine` lives the same quarter in the real engine.
 */
const { values } = parseArgs({ options: { days: { type: 'string', default: '90' }, seed: { type: 'string', default: '1' } } });
const [days, seed] = [Number(values.days), Number(values.seed)];
if (!Number.isSafeInteger(days) || days < 1 || days > 366) throw new Error('--days is a whole number from 1 to 366');
if (!Number.isSafeInteger(seed)) throw new Error('--seed is a whole number');

const company = new RulesCompany(people, grossOf(60));
const model = new Expected(people, await company.atRest());
const begunMs = performance.now();
const weeks = await simulate(model, company, { habits: people, days, seed });
const commands = [...model.done.values()].reduce((total, times) => total + times, 0);
tellWeeks(weeks, { of: `${days} days, ${commands} commands`, seed, begunMs });
