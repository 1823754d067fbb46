// What `npm test` runs, from a fresh clone too. Plain JavaScript without libraries, because at this moment none may be installed.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDependencies } from '../stack/install.js';

const root = fileURLToPath(new URL('..', import.meta.url));
/** tests/requirements.ts reads it too. */
const resultsFile = join(root, 'node_modules/.cache/throughline/test-results.json');
const heartbeatMilliseconds = 10_000;
const graceMilliseconds = 15_000;
const isPosix = process.platform !== 'win32';

/** In the order in which a person wants to know; none hides the others. `live` ones speak for themselves, one after the other. */
const checks = [
  { name: 'format and lint (biome)', run: program('@biomejs/biome', 'biome', 'check', '.') },
  { name: 'lint with types (oxlint)', run: program('oxlint', 'oxlint', '--type-aware', '--deny-warnings', '.') },
  { name: 'types (tsc)', run: program('@typescript/native', 'tsc', '--noEmit') },
  { name: 'types of the console (tsc)', run: program('@typescript/native', 'tsc', '--noEmit', '-p', 'console') },
  { name: 'dead code (knip)', run: program('knip', 'knip', '--no-progress') },
  { name: 'docs/lifecycle.md', run: () => [process.execPath, '--import', 'tsx', 'docs/lifecycle.ts', '--check'] },
  { name: 'console/contract.ts', run: () => [process.execPath, '--import', 'tsx', 'api/console-contract.ts', '--check'] },
  {
    name: 'tests (vitest)',
    live: true,
    run: program('vitest', 'vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${resultsFile}`),
    count: countTests,
  },
  { name: 'requirements', live: true, run: () => [process.execPath, '--import', 'tsx', 'tests/requirements.ts'] },
];

const children = new Set();
let stopped = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
// npm runs us through a shell that keeps a SIGTERM to itself: whoever stops npm must not leave the tests behind.
const parent = process.ppid;
if (process.env.npm_lifecycle_event) setInterval(() => process.ppid !== parent && stop(), 500).unref();

await ensureDependencies();
rmSync(resultsFile, { force: true });
const startedAt = Date.now();
const outcomes = [];
// Two at a time, because most of them keep one core busy and no more.
const quiet = checks.filter(({ live }) => !live);
await Promise.all([runAll(quiet), runAll(quiet)]);
await runAll(checks.filter(({ live }) => live));
outcomes.sort((one, other) => one.index - other.index);
const passed = outcomes.reduce((total, outcome) => total + outcome.passed, 0);
const failed = outcomes.reduce((total, outcome) => total + outcome.failed, 0);
console.log('');
for (const { name, ok, seconds, note, failures = [] } of outcomes) {
  console.log(`  ${ok ? '✓' : '✗'} ${name.padEnd(26)} ${seconds.padStart(6)} s${note ? `  ${note}` : ''}`);
  for (const failure of failures) console.log(`      ${failure}`);
}
console.log(`  ${stopped ? 'stopped' : 'in all'} after ${secondsSince(startedAt)} s\n`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(stopped ? 130 : failed > 0 ? 1 : 0);

/** Takes one after the other from those that wait. */
async function runAll(waiting) {
  while (waiting.length > 0 && !stopped) {
    const check = waiting.shift();
    outcomes.push({ index: checks.indexOf(check), ...(await runCheck(check)) });
  }
}

async function runCheck({ name, live = false, run, count }) {
  const since = Date.now();
  if (live) console.log(`\n· ${name}`);
  const heartbeat = live
    ? undefined
    : setInterval(() => console.log(`… ${name} (${secondsSince(since)} s)`), heartbeatMilliseconds);
  const { ok, output } = await execute(run(), live);
  clearInterval(heartbeat);
  const seconds = secondsSince(since);
  const counted = count?.(ok) ?? { passed: 0, failed: ok ? 0 : 1 };
  if (!live || !ok) console.log(`${ok ? '✓' : '✗'} ${name}, ${seconds} s`);
  if (!ok && output) console.log(output.trimEnd().replaceAll(/^/gm, '    '));
  return { name, seconds, ...counted, ok: ok && counted.failed === 0 };
}

/** Runs to the end. What a quiet check says is shown only when it fails. */
function execute([command, ...args], live) {
  return new Promise((resolve) => {
    const chunks = [];
    const color = process.stdout.isTTY && !process.env.NO_COLOR ? { FORCE_COLOR: '1' } : {};
    const child = spawn(command, args, {
      cwd: root,
      // A process group of its own, which ends as a whole: Vitest would leave its workers behind.
      detached: isPosix,
      stdio: live ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      env: live ? process.env : { ...process.env, ...color },
    });
    children.add(child);
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));
    const end = (ok, problem = '') => {
      children.delete(child);
      resolve({ ok, output: Buffer.concat(chunks).toString() + problem });
    };
    child.once('error', (error) => end(false, error.message));
    child.once('close', (code) => end(code === 0));
  });
}

/** Counts tests from Vitest's own report; a file or a run that broke outside its tests counts as one failure. */
function countTests(ok) {
  if (!existsSync(resultsFile)) return { passed: 0, failed: 1, note: 'no report was written' };
  const report = JSON.parse(readFileSync(resultsFile, 'utf8'));
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  const failedTests = report.testResults.flatMap((file) =>
    file.assertionResults.filter((test) => test.status === 'failed').map((test) => ({ file, test })),
  );
  const passed = report.numPassedTests;
  const failed = report.numFailedTests + brokenFiles.length;
  const left = report.numTotalTests - passed - report.numFailedTests;
  return {
    passed,
    failed: failed === 0 && !ok ? 1 : failed,
    note: `${passed} passed, ${failed} failed${left > 0 ? `, ${left} not run` : ''} in ${report.testResults.length} files`,
    // Said once more, in a line each: the report above is long.
    failures: [
      ...failedTests.map(({ file, test }) => oneLine(file.name, test.fullName, test.failureMessages[0])),
      ...brokenFiles.map((file) => oneLine(file.name, 'outside its tests', file.message)),
    ],
  };
}

function oneLine(file, test, message = '') {
  return `${relative(root, file)} › ${test}: ${message.split('\n', 1)[0]}`;
}

/** A package's own program, run by this Node: what stands in node_modules/.bin differs from system to system. */
function program(packageName, binary, ...args) {
  return () => {
    const directory = join(root, 'node_modules', packageName);
    const { bin } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
    return [process.execPath, join(directory, typeof bin === 'string' ? bin : bin[binary]), ...args];
  };
}

function stop() {
  if (stopped) return;
  stopped = true;
  console.log('\nStopping.');
  if (children.size === 0) process.exit(130);
  // Servers that they started end with them: a guardian of their own sees to that.
  for (const { pid } of children) {
    endGroup(pid, 'SIGTERM');
    setTimeout(() => endGroup(pid, 'SIGKILL'), graceMilliseconds).unref();
  }
}

function endGroup(pid, signal) {
  try {
    process.kill(isPosix ? -pid : pid, signal);
  } catch {
    // It has ended already.
  }
}

function secondsSince(milliseconds) {
  return ((Date.now() - milliseconds) / 1000).toFixed(1);
}
