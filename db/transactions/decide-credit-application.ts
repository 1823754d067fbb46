import { approvalEnds, type CreditPolicy, reasonsForCustomer } from '../../domain/credit.ts';
import { Refusal } from '../../domain/failures.ts';
import { takesTwo } from '../../domain/four-eyes.ts';
import { formatMoney } from '../../domain/money.ts';
import { policyRateInWords } from '../../domain/policy-amount.ts';
import { localDate, toMillis } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import type { CreditApplication } from '../queries/credit-applications.ts';
import { type Actor, record } from '../statements/audit.ts';
import { readCompany, readPolicy } from '../statements/company.ts';
import { type CreditAccountRow, setStanding, wakeWaitingOrders } from '../statements/credit.ts';
import { lockApplication } from '../statements/credit-applications.ts';
import { keepCreditDecision } from '../statements/credit-decisions.ts';
import { readPolicyRate } from '../statements/exchange-rates.ts';
import { tell } from '../statements/notices.ts';
import { finishTasks } from '../statements/tasks.ts';
import { giveTaskBack, lockTask } from './work-on-task.ts';

/** Whether an approval is in force. */
export const isApproved = ({ standing, expiresAt }: CreditAccountRow, at: string): boolean =>
  standing === 'approved' && (expiresAt === null || toMillis(at) < toMillis(expiresAt));

/**
 * Writes what was decided about an application onto the credit account, and wakes the orders that wait for it. An approval that
 * is in force outlives a denial: not to get more is no verdict on what one has. A freeze outlives both, until somebody lifts it.
 */
export async function settleApplication(
  tx: Transaction,
  given: {
    account: CreditAccountRow;
    application: CreditApplication;
    eventId: string;
    outcome: 'approve' | 'deny';
    limitMinor: number;
    reasons: string[];
    policy: CreditPolicy;
    timeZone: string;
    actor: Actor;
    after: unknown;
    at: string;
  },
): Promise<void> {
  const { account, application, eventId, outcome, limitMinor, reasons, policy, timeZone, actor, at } = given;
  const { customerId, currency } = application;
  const before = { standing: account.standing, limitMinor: account.limitMinor, expiresAt: account.expiresAt };
  if (outcome === 'approve') {
    const expiresAt = approvalEnds(at, policy, timeZone);
    await setStanding(tx, account, account.standing === 'frozen' ? 'frozen' : 'approved', limitMinor, expiresAt);
  } else if (!isApproved(account, at) && account.standing !== 'frozen') {
    await setStanding(tx, account, 'denied', account.limitMinor, null);
  }
  await tx.query(
    `UPDATE credit_applications SET status = 'decided', outcome = $2, limit_minor = $3, decided_at = $4, changed_at = $4,
       version = version + 1 WHERE id = $1`,
    [application.id, outcome, outcome === 'approve' ? limitMinor : null, at],
  );
  await finishTasks(
    tx,
    { customerId, kinds: outcome === 'approve' ? ['credit-application', 'credit-renewal'] : ['credit-application'] },
    { status: 'completed', by: actor.name, outcome: { decision: outcome, limitMinor, reasons }, at },
  );
  await record(tx, {
    at,
    actor,
    reason: reasons.join('; '),
    policyVersion: `credit v${policy.version}`,
    action: outcome === 'approve' ? 'credit-approved' : 'credit-denied',
    summary:
      outcome === 'approve'
        ? `${application.id} approved: limit ${formatMoney({ currency, amountMinor: limitMinor })}`
        : `${application.id} denied`,
    customerId,
    before,
    after: given.after,
  });
  await tell(tx, {
    key: `${application.id}:decided`,
    kind: 'credit-decided',
    customerId,
    facts: {
      applicationId: application.id,
      approved: outcome === 'approve',
      limitMinor,
      currency,
      reason: reasonsForCustomer(reasons),
    },
    at,
  });
  if (outcome === 'approve') await wakeWaitingOrders(tx, customerId, eventId);
}

export interface DecideCreditApplicationInput {
  customerId: string;
  applicationId: string;
  taskId: string;
  decision: 'approve' | 'deny';
  /** Absent: what was asked for. */
  limitMinor?: number | undefined;
  reason: string;
  actor: Actor;
  /** What the actor may do; the task's own role decides. */
  roles: readonly string[];
  at: string;
}

/** Writes a person's decision about an application (C2). From the policy's amount up a second, different person must agree. */
export async function decideCreditApplication(
  tx: Transaction,
  input: DecideCreditApplicationInput,
): Promise<{ outcome: 'approved' | 'denied' | 'second-approval-needed' }> {
  const { taskId, decision, reason, actor, at } = input;
  const { account, application } = await lockApplication(tx, input, ['submitted']);
  await lockTask(tx, input);
  const [policy, { timeZone }] = await Promise.all([readPolicy(tx, 'credit'), readCompany(tx)]);
  const policyRate = await readPolicyRate(tx, application.currency, localDate(at, timeZone));
  const limitMinor = input.limitMinor ?? application.requestedLimitMinor;
  const decide = (outcome: string, decidedMinor: number | null) =>
    keepCreditDecision(tx, {
      customerId: application.customerId,
      applicationId: application.id,
      kind: 'review',
      outcome,
      limitMinor: decidedMinor,
      policyVersion: policy.version,
      facts: { account, requestedLimitMinor: application.requestedLimitMinor, policyRate },
      actor,
      reason,
      at,
    });
  if (decision === 'approve' && takesTwo(limitMinor, policy.fourEyesFromMinor, policyRate)) {
    const { rows } = await tx.query<{ actor: string }>(
      `SELECT actor FROM credit_decisions WHERE application_id = $1 AND outcome = 'propose-review' AND limit_minor = $2
       ORDER BY id DESC LIMIT 1`,
      [application.id, limitMinor],
    );
    if (!rows[0]) {
      await decide('propose-review', limitMinor);
      await giveTaskBack(tx, { taskId });
      await record(tx, {
        at,
        actor,
        reason,
        policyVersion: `credit v${policy.version}`,
        action: 'credit-proposed',
        summary: `Proposed ${formatMoney({ currency: application.currency, amountMinor: limitMinor })} for ${application.id}; a second person must agree${policyRateInWords(policyRate)}`,
        customerId: application.customerId,
      });
      return { outcome: 'second-approval-needed' };
    }
    if (rows[0].actor === actor.name) {
      throw new Refusal(409, 'four-eyes', 'Above this amount a second, different person must agree.');
    }
  }
  const eventId = await decide(decision, decision === 'approve' ? limitMinor : null);
  await settleApplication(tx, {
    account,
    application,
    eventId,
    outcome: decision,
    limitMinor,
    reasons: [reason],
    policy,
    timeZone,
    actor,
    after: { outcome: decision, limitMinor },
    at,
  });
  return { outcome: decision === 'approve' ? 'approved' : 'denied' };
}
