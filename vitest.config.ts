import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Two cores carry the servers too: more files at once only wait for each other.
    maxWorkers: 2,
    projects: [
      { test: { name: 'unit', include: ['domain/**/*.test.ts', 'tests/tidy.test.ts'] } },
      {
        // One project, because each project with a global setup would start servers of its own.
        test: {
          name: 'engine',
          include: ['tests/{workflow,api,replay,faults}/*.test.ts'],
          globalSetup: 'tests/global-setup.ts',
          testTimeout: 120_000,
          hookTimeout: 120_000,
          pool: 'forks',
          maxConcurrency: 50,
        },
      },
    ],
  },
});
