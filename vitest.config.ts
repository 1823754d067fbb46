import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const onRealServers = {
  globalSetup: 'tests/global-setup.ts',
  testTimeout: 120_000,
  hookTimeout: 120_000,
  pool: 'forks' as const,
  maxConcurrency: 50,
  // A test file shares nothing with others but modules, which take a third of its time to load: each process loads them once.
  isolate: false,
};

/** Without times of an earlier run the largest files come first; a small one that takes long would at the end run alone. */
class LongOnesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => /tests\/(model|replay\/slow-steps)\.test\.ts$/.test(moduleId);
    return (await super.sort(files)).toSorted((one, other) => Number(isLong(other)) - Number(isLong(one)));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongOnesFirst },
    // Two cores carry the servers too: more files at once only wait for each other.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{domain,documents,payloads,console}/**/*.test.ts', 'tests/model/*.test.ts', 'tests/{tidy,timers}.test.ts'],
          isolate: false,
        },
      },
      {
        test: {
          name: 'engine',
          include: ['tests/model.test.ts', 'tests/{workflow,api,replay,browser}/*.test.ts'],
          ...onRealServers,
        },
      },
      // Last and alone: each of its workers dies at once, and the next one has to be quick.
      { test: { name: 'faults', include: ['tests/faults/*.test.ts'], ...onRealServers, sequence: { groupOrder: 1 } } },
    ],
  },
});
