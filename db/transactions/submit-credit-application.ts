import { decideApplication } from '../../domain/credit.ts';
import { whatItWouldTake } from '../../domain/credit-advice.ts';
import { grantedLimitMinor, isFiledBy } from '../../domain/credit-application.ts';
import { Refusal } from '../../domain/failures.ts';
import { formatMoney } from '../../domain/money.ts';
import { localDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import type { CreditApplication } from '../queries/credit-applications.ts';
import { type Actor, record, system } from '../statements/audit.ts';
import { readCompany, readPolicy } from '../statements/company.ts';
import type { CreditAccountRow } from '../statements/credit.ts';
import { lockApplication, withdrawIn } from '../statements/credit-applications.ts';
import { keepCreditDecision } from '../statements/credit-decisions.ts';
import { readApplicationFacts } from '../statements/credit-facts.ts';
import { deadlineAfter } from '../statements/public-holidays.ts';
import { finishTasks, openTask } from '../statements/tasks.ts';
import { isApproved, settleApplication } from './decide-credit-application.ts';

export interface ApplicationInput {
  customerId: string;
  applicationId: string;
  actor: Actor;
  at: string;
}

/**
 * Submits an application, which takes the place of an undecided one, and has the written policy decide it at once: no order is
 * needed for it (C2). From now on its facts count for the customer's orders too.
 */
export async function submitApplication(tx: Transaction, input: ApplicationInput): Promise<void> {
  const { customerId, actor, at } = input;
  const { account, application } = await lockApplication(tx, input, ['draft']);
  const reason = `${application.id} took its place`;
  const replaced = await withdrawIn(tx, { customerId, status: 'submitted', reason, by: actor, at });
  await tx.query(
    `UPDATE credit_applications SET status = 'submitted', submitted_by = $2, submitted_at = $3, changed_at = $3, version = version + 1
     WHERE id = $1`,
    [application.id, actor.name, at],
  );
  await record(tx, {
    at,
    actor,
    action: 'credit-application-submitted',
    summary: `${application.id} was submitted${replaced ? ` in place of ${replaced}` : ''}`,
    customerId,
  });
  await decideByPolicy(tx, account, application, at);
}

/**
 * Takes note that a person of credit has checked what an application states, so that it may earn points, and has the policy
 * decide it again (C1, C2). Whoever wrote or submitted it is not the one to check it.
 */
export async function verifyApplication(tx: Transaction, input: ApplicationInput & { reason: string }): Promise<void> {
  const { customerId, actor, reason, at } = input;
  const { account, application } = await lockApplication(tx, input, ['submitted']);
  if (application.verifiedAt) {
    throw new Refusal(409, 'application-state', `${application.id} was verified by ${application.verifiedBy} already.`);
  }
  if (isFiledBy(application, actor.name)) {
    throw new Refusal(409, 'four-eyes', 'Who has filed an application is not the one to verify it.');
  }
  await tx.query(
    'UPDATE credit_applications SET verified_by = $2, verified_at = $3, changed_at = $3, version = version + 1 WHERE id = $1',
    [application.id, actor.name, at],
  );
  await record(tx, {
    at,
    actor,
    reason,
    action: 'credit-application-verified',
    summary: `What ${application.id} states was verified`,
    customerId,
  });
  await finishTasks(
    tx,
    { customerId, kinds: ['credit-application'] },
    { status: 'completed', by: actor.name, outcome: { found: 'verified', reason }, at },
  );
  await decideByPolicy(tx, account, application, at);
}

async function decideByPolicy(
  tx: Transaction,
  account: CreditAccountRow,
  application: CreditApplication,
  at: string,
): Promise<void> {
  const { customerId, requestedLimitMinor, currency } = application;
  const [policy, { timeZone }] = await Promise.all([readPolicy(tx, 'credit'), readCompany(tx)]);
  const onFile = await readApplicationFacts(tx, account, requestedLimitMinor, localDate(at, timeZone));
  const facts = {
    ...onFile,
    asksFor: 'limit' as const,
    ...(isApproved(account, at) && { previousDecision: 'approved' as const }),
  };
  const decision = decideApplication(policy, facts);
  const reason = decision.reasons.join('; ');
  const limitMinor = grantedLimitMinor(facts, decision);
  const before = { standing: account.standing, limitMinor: account.limitMinor, expiresAt: account.expiresAt };
  const eventId = await keepCreditDecision(tx, {
    customerId,
    applicationId: application.id,
    kind: 'application',
    outcome: decision.outcome,
    limitMinor,
    policyVersion: policy.version,
    facts: { ...facts, account: before },
    decision,
    actor: system,
    reason,
    at,
  });
  if (decision.outcome !== 'review') {
    const decided = { outcome: decision.outcome, limitMinor: limitMinor ?? 0, reasons: decision.reasons };
    await settleApplication(tx, {
      ...decided,
      account,
      application,
      eventId,
      policy,
      timeZone,
      actor: system,
      after: decision,
      at,
    });
    return;
  }
  const dueAt = await deadlineAfter(tx, at, policy.reviewBusinessDays);
  const requested = formatMoney({ currency, amountMinor: requestedLimitMinor });
  await openTask(tx, {
    key: `${eventId}:review`,
    kind: 'credit-application',
    role: 'credit',
    title: `Decide ${application.id} of ${customerId}, which asks for a limit of ${requested}`,
    details: {
      applicationId: application.id,
      facts,
      decision,
      wouldTake: whatItWouldTake(policy, facts),
      requestedLimitMinor,
      currency,
    },
    customerId,
    dueAt,
    at,
  });
  await record(tx, {
    at,
    actor: system,
    reason,
    policyVersion: `credit v${policy.version}`,
    action: 'credit-review-opened',
    summary: `${application.id} needs a person`,
    customerId,
    after: decision,
  });
}
