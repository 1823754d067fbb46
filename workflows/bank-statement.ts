import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import { companyTime } from './company-time.ts';

// The heartbeat says that it is alive; whoever takes over goes on from the line that the database says.
const { importBankStatement, matchBankStatement } = proxyActivities<
  Pick<Activities, 'importBankStatement' | 'matchBankStatement'>
>({
  startToCloseTimeout: '6h',
  heartbeatTimeout: '10s',
  retry: { initialInterval: '1s', maximumInterval: '30s' },
});

/** Takes in the lines of a bank statement, and then finds out of each what it pays. */
export async function bankStatementWorkflow(input: { statementId: string; clockOffsetMs: number }): Promise<void> {
  const { statementId, clockOffsetMs } = input;
  const time = companyTime(clockOffsetMs);
  await importBankStatement({ statementId, at: time.now() });
  await matchBankStatement({ statementId, at: time.now(), offsetMs: clockOffsetMs });
}
