import { defineConfig } from 'vitest/config';

/** What `npm test` has no minutes for, on the servers that it has. */
export default defineConfig({
  test: { include: ['bench/simulate-engine.ts'], globalSetup: 'tests/global-setup.ts', hookTimeout: 120_000, pool: 'forks' },
});
