import { existsSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/*
 * `npm run requirements`: which tests of the last run prove which requirement. A test names what it proves in its title
 * ("C3: …"). A row of docs/requirements.md that is marked done needs a passing test and no failing one.
 * `npm run requirements -- --tests` names every test.
 */
const { values: flags } = parseArgs({ options: { tests: { type: 'boolean', default: false } } });
const path = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));
// tests/run.js writes it.
const resultsFile = path('node_modules/.cache/throughline/test-results.json');

const statuses = ['done', 'thin', 'planned'] as const;
interface Row {
  id: string;
  status: (typeof statuses)[number];
}
interface Test {
  name: string;
  status: string;
}

function readRows(markdown: string): Row[] {
  return markdown.split('\n').flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    const [, id, , status] = cells;
    if (!id || !/^[A-Z]\d+$/.test(id)) return [];
    const known = statuses.find((one) => one === status);
    if (!known) throw new Error(`docs/requirements.md: the status of ${id} is "${status}", not one of ${statuses.join(', ')}`);
    return [{ id, status: known }];
  });
}

function readTests(file: string): Test[] {
  const report: { testResults: { assertionResults: { fullName: string; status: string }[] }[] } = JSON.parse(
    readFileSync(file, 'utf8'),
  );
  return report.testResults.flatMap(({ assertionResults }) =>
    assertionResults.map(({ fullName, status }) => ({ name: fullName.trim(), status })),
  );
}

if (!existsSync(resultsFile)) {
  console.error('There are no test results yet: run npm test first.');
  process.exit(1);
}
const rows = readRows(readFileSync(path('docs/requirements.md'), 'utf8'));
const tests = readTests(resultsFile);
const idsOf = ({ name }: Test): Set<string> => new Set(name.match(/\b[A-Z]\d{1,2}\b/g) ?? []);
const problems: string[] = [];

console.log(`Tests of ${statSync(resultsFile).mtime.toLocaleString()}, by requirement:\n`);
console.log('  id   status   passed  failed  not run');
for (const { id, status } of rows) {
  const proving = tests.filter((test) => idsOf(test).has(id));
  const passed = proving.filter((test) => test.status === 'passed');
  const failed = proving.filter((test) => test.status === 'failed');
  const left = proving.length - passed.length - failed.length;
  if (status === 'done' && passed.length === 0) problems.push(`${id} is marked done, and no test that passed proves it`);
  if (status === 'done' && failed.length > 0) problems.push(`${id} is marked done, and ${failed.length} of its tests failed`);
  const mark = failed.length > 0 ? '✗' : passed.length > 0 ? '✓' : ' ';
  const count = (number: number, width: number) => (number === 0 ? '·' : String(number)).padStart(width);
  console.log(
    `${mark} ${id.padEnd(4)} ${status.padEnd(8)} ${count(passed.length, 6)} ${count(failed.length, 7)} ${count(left, 8)}`,
  );
  for (const test of flags.tests ? proving : failed) console.log(`         ${test.status}: ${test.name}`);
}

const known = new Set(rows.map(({ id }) => id));
const letters = new Set(rows.map(({ id }) => id[0]));
for (const test of tests) {
  for (const id of idsOf(test)) {
    if (letters.has(id[0]) && !known.has(id)) problems.push(`a test names ${id}, which is no requirement: ${test.name}`);
  }
}
const done = rows.filter(({ status }) => status === 'done').length;
console.log(`\n${rows.length} requirements, ${done} done, ${problems.length} problems`);
for (const problem of problems) console.log(`  ${problem}`);
process.exit(problems.length > 0 ? 1 : 0);
