import { defineConfig } from 'vitest/config';

const engine = {
  globalSetup: 'tests/global-setup.ts',
  testTimeout: 120_000,
  hookTimeout: 120_000,
  pool: 'forks' as const,
};

export default defineConfig({
  test: {
    // Two cores carry the servers too: more files at once only wait for each other.
    maxWorkers: 2,
    projects: [
      { test: { name: 'unit', include: ['domain/**/*.test.ts', 'tests/tidy.test.ts'] } },
      {
        test: {
          name: 'engine',
          include: ['tests/workflow/*.test.ts', 'tests/api/*.test.ts', 'tests/replay/*.test.ts'],
          ...engine,
        },
      },
      { test: { name: 'faults', include: ['tests/faults/*.test.ts'], ...engine } },
    ],
  },
});
