import { readdir, readFile, writeFile } from 'node:fs/promises';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { Worker } from '@temporalio/worker';
import { beforeAll, describe, expect, it } from 'vitest';
import { createPaymentGatewaySimulator } from '../../ports/adapters/payment-gateway-simulator.ts';
import { workflowBundle } from '../../workers/bundle.ts';
import { receivableChanged } from '../../workflows/messages.ts';
import { installRuntime } from '../runtime.ts';
import { eventually, type Suite, startSuite } from '../suite.ts';
import { tellStories } from './stories.ts';

/*
 * The workflow code of today must come to the same commands as that of the day on which these histories were recorded, or
 * the orders that are open when it is deployed will get stuck. A history is never edited to make this pass: the code is
 * patched. `npm run record-histories` adds the stories that have no history yet, and leaves the others alone.
 */
const folder = new URL('./histories/', import.meta.url);
const recording = process.env.RECORD_HISTORIES === '1';

async function record(): Promise<void> {
  const recorded = await readdir(folder);
  const cards = createPaymentGatewaySimulator({ now: () => suite.now() });
  // Not encrypted: whoever compares two histories wants to read them.
  const suite: Suite = await startSuite({ dependencies: { cards }, dataConverter: {} });
  try {
    await tellStories(suite, async (name, workflowId) => {
      if (recorded.includes(`${name}.json`)) return;
      const workflow = suite.client.workflow.getHandle(workflowId);
      const { status, historyLength } = await workflow.describe();
      if (status.name === 'RUNNING') {
        // A replay compares a task's commands with the history once another task follows: a hint that changes nothing brings one.
        await workflow.signal(receivableChanged, { invoiceId: 'none' });
        await eventually(async () => {
          const { raw } = await workflow.describe();
          return !raw.pendingWorkflowTask && Number(raw.workflowExecutionInfo?.historyLength) > historyLength + 1;
        });
      }
      const history = await workflow.fetchHistory();
      await writeFile(new URL(`${name}.json`, folder), historyToJSON(history));
      console.log(`recorded ${name}: ${history.events?.length} events`);
    });
  } finally {
    await suite.stop();
  }
}

if (recording) await record();
const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).map((name) => name.replace('.json', ''));

/** Replays every history against a bundle and gives what came of each. */
async function replay(code: string): Promise<Map<string, Error | undefined>> {
  const histories = names.map(async (name) => ({
    workflowId: name,
    history: JSON.parse(await readFile(new URL(`${name}.json`, folder), 'utf8')),
  }));
  const outcomes = new Map<string, Error | undefined>();
  const options = { workflowBundle: { code }, replayName: 'recorded histories' };
  for await (const { workflowId, error } of Worker.runReplayHistories(options, await Promise.all(histories))) {
    outcomes.set(workflowId, error);
  }
  return outcomes;
}

/** The bundle with something else in place of a piece of its code. */
function broken(code: string, replacements: [string, string][]): string {
  let changed = code;
  for (const [from, to] of replacements) {
    expect(changed, 'the piece of code that the test breaks').toContain(from);
    changed = changed.replaceAll(from, to);
  }
  return changed;
}

beforeAll(() => {
  if (recording) return;
  // What diverges says so at length, and here it is meant to.
  installRuntime({ isSilent: true });
});

describe('recorded histories', () => {
  let code: string;
  let outcomes: Map<string, Error | undefined>;
  beforeAll(async () => {
    ({ code } = await workflowBundle());
    outcomes = await replay(code);
  });

  it('are the typical lives', () => {
    expect(names.length).toBeGreaterThanOrEqual(20);
    expect([...outcomes.keys()].sort()).toEqual([...names].sort());
  });

  it.each(names)('X1: %s is replayed by the code of today', (name) => {
    expect(outcomes.get(name)).toBeUndefined();
  });

  it('turn red when two steps are exchanged', async () => {
    const exchanged = await replay(
      broken(code, [
        ['.database.holdCredit(', '.database.WAS_HOLD('],
        ['.database.releaseOrder(', '.database.holdCredit('],
        ['.database.WAS_HOLD(', '.database.releaseOrder('],
      ]),
    );
    expect(exchanged.get('whole-life')?.name).toBe('DeterminismViolationError');
    expect(exchanged.get('open-in-the-warehouse')?.name).toBe('DeterminismViolationError');
  });

  it('turn red when a timer goes missing', async () => {
    const timerless = await replay(broken(code, [['if (remainingMs <= 0) return false;', 'return false;']]));
    expect(timerless.get('late-payer-to-collections')?.name).toBe('DeterminismViolationError');
    expect(timerless.get('paid-by-instalments-the-first-of-them-late')?.name).toBe('DeterminismViolationError');
    expect(timerless.get('open-receivable')?.name).toBe('DeterminismViolationError');
    expect(timerless.get('opening-item-in-collections')?.name).toBe('DeterminismViolationError');
    // An order that never waited for a date is none the wiser.
    expect(timerless.get('cancelled-in-the-warehouse')).toBeUndefined();
  });

  it('the bundle holds no zod, no pg and nothing of ours but workflows and domain', () => {
    expect(code).not.toMatch(/node_modules\/(zod|pg)\//);
    expect(code).not.toMatch(/\.\/(db|activities|ports|outbox|api)\/[\w/-]+\.ts/);
    expect(code).toMatch(/\.\/domain\/time\.ts/);
  });
});
