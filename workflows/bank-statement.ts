import { companyTime } from './company-time.ts';
import { bankStatement } from './effects.ts';

/** Takes in the lines of a bank statement, and then finds out of each what it pays. */
export async function bankStatementWorkflow(input: { statementId: string; clockOffsetMs: number }): Promise<void> {
  const { statementId, clockOffsetMs } = input;
  const time = companyTime(clockOffsetMs);
  await bankStatement.importBankStatement({ statementId, at: time.now() });
  await bankStatement.matchBankStatement({ statementId, at: time.now(), offsetMs: clockOffsetMs });
}
