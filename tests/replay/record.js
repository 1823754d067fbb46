// What `npm run record-histories` runs: the test of the replay, which records first when it is told to.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--project', 'engine', 'tests/replay/replay.test.ts'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, RECORD_HISTORIES: '1' },
}).once('exit', (code) => process.exit(code ?? 1));
