import { approvalEnds } from '../../domain/credit.ts';
import { Refusal } from '../../domain/failures.ts';
import { takesTwo } from '../../domain/four-eyes.ts';
import { formatMoney } from '../../domain/money.ts';
import { policyRateInWords } from '../../domain/policy-amount.ts';
import { localDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import { readCompany, readPolicy } from '../statements/company.ts';
import { type CreditAccountRow, setStanding, wakeOwnBackOrders, wakeWaitingOrders } from '../statements/credit.ts';
import { lockApplicant } from '../statements/credit-applications.ts';
import { keepCreditDecision } from '../statements/credit-decisions.ts';
import { readPolicyRate } from '../statements/exchange-rates.ts';
import { finishTasks } from '../statements/tasks.ts';

export interface ChangeCreditInput {
  customerId: string;
  reason: string;
  actor: Actor;
  at: string;
}

export type ChangedCredit = Pick<CreditAccountRow, 'customerId' | 'standing' | 'limitMinor' | 'expiresAt'>;

export type ChangeLimitOutcome =
  | ({ outcome: 'changed' } & ChangedCredit)
  | { outcome: 'second-approval-needed'; limitMinor: number };

/**
 * Sets a credit limit by hand (C4): approved for the policy's days from now on; 0 is "no credit", and a frozen account
 * stays frozen. From the policy's amount up a second, different person must ask for the same limit (C2).
 */
export async function changeLimit(
  tx: Transaction,
  input: ChangeCreditInput & { limitMinor: number },
): Promise<ChangeLimitOutcome> {
  const { customerId, limitMinor, at, actor } = input;
  const { account, policyRate, timeZone, decide } = await open(tx, input, 'limit-change');
  const policy = await readPolicy(tx, 'credit');
  const money = formatMoney({ currency: account.currency, amountMinor: limitMinor });
  const audit = { at, actor, reason: input.reason, policyVersion: `credit v${policy.version}`, customerId };

  if (takesTwo(limitMinor, policy.fourEyesFromMinor, policyRate)) {
    const { rows } = await tx.query<{ outcome: string; limitMinor: number; actor: string }>(
      `SELECT outcome, limit_minor AS "limitMinor", actor FROM credit_decisions
       WHERE customer_id = $1 AND kind = 'limit-change' ORDER BY id DESC LIMIT 1`,
      [customerId],
    );
    const proposed = rows[0]?.outcome === 'proposed' && rows[0].limitMinor === limitMinor;
    if (proposed && rows[0]!.actor === actor.name) {
      throw new Refusal(409, 'four-eyes', `You have proposed ${money} yourself: a second, different person must agree.`);
    }
    if (!proposed) {
      await decide('proposed', policy.version, limitMinor);
      await record(tx, {
        ...audit,
        action: 'limit-proposed',
        summary: `Limit ${money} proposed; a second person must agree${policyRateInWords(policyRate)}`,
      });
      return { outcome: 'second-approval-needed', limitMinor };
    }
  }

  const before = { standing: account.standing, limitMinor: account.limitMinor, expiresAt: account.expiresAt };
  const expiresAt = approvalEnds(at, policy, timeZone);
  const eventId = await decide('changed', policy.version, limitMinor);
  await setStanding(tx, account, account.standing === 'frozen' ? 'frozen' : 'approved', limitMinor, expiresAt);
  const changed = { standing: account.standing, limitMinor, expiresAt };
  await record(tx, { ...audit, action: 'limit-changed', summary: `Credit limit ${money}`, before, after: changed });
  await finishTasks(
    tx,
    { customerId, kinds: ['credit-renewal'] },
    { status: 'completed', by: actor.name, outcome: { limitMinor, reason: input.reason }, at },
  );
  await wakeWaitingOrders(tx, customerId, eventId);
  return { outcome: 'changed', customerId, ...changed };
}

/**
 * Freezes an account, or thaws it to the standing it had before, or was given since (C4). A frozen customer's new orders go to a person, and
 * what is accepted and not yet in the warehouse waits.
 */
export async function changeFreeze(tx: Transaction, input: ChangeCreditInput & { frozen: boolean }): Promise<ChangedCredit> {
  const { customerId, frozen, at, actor } = input;
  const { account, decide } = await open(tx, input, 'freeze');
  if ((account.standing === 'frozen') === frozen) {
    throw new Refusal(409, 'credit-standing', `The credit of ${customerId} is ${account.standing} already.`);
  }
  const before = account.standing;
  const policy = await readPolicy(tx, 'credit');
  const { rows } = await tx.query<{ before: CreditAccountRow['standing'] }>(
    `SELECT CASE WHEN EXISTS (SELECT FROM credit_decisions since
         WHERE since.customer_id = $1 AND since.id > frozen.id AND since.outcome IN ('changed', 'approve'))
       THEN 'approved' ELSE facts -> 'account' ->> 'standing' END AS before FROM credit_decisions frozen
     WHERE customer_id = $1 AND kind = 'freeze' AND outcome = 'frozen' ORDER BY id DESC LIMIT 1`,
    [customerId],
  );
  const standing = frozen ? 'frozen' : (rows[0]?.before ?? 'none');
  const eventId = await decide(frozen ? 'frozen' : 'thawed', policy.version, account.limitMinor);
  await setStanding(tx, account, standing, account.limitMinor, account.expiresAt);
  await record(tx, {
    at,
    actor,
    reason: input.reason,
    action: frozen ? 'credit-frozen' : 'credit-thawed',
    summary: frozen ? 'Credit frozen' : `Credit no longer frozen: ${standing}`,
    customerId,
    before: { standing: before },
    after: { standing },
  });
  // Those who wait for goods leave their line, and their customer is told.
  if (frozen) await wakeOwnBackOrders(tx, customerId, eventId);
  else await wakeWaitingOrders(tx, customerId, eventId);
  return { customerId, standing, limitMinor: account.limitMinor, expiresAt: account.expiresAt };
}

/** Locks the account; `decide` keeps a decision with its facts and gives its event id, numbered under the lock. */
async function open(tx: Transaction, input: ChangeCreditInput, kind: 'limit-change' | 'freeze') {
  const { customerId, actor, reason, at } = input;
  const account = await lockApplicant(tx, customerId);
  const { timeZone } = await readCompany(tx);
  const policyRate = await readPolicyRate(tx, account.currency, localDate(at, timeZone));
  const facts = { account, policyRate };
  const decide = (outcome: string, policyVersion: number, limitMinor: number | null): Promise<string> =>
    keepCreditDecision(tx, { customerId, kind, outcome, limitMinor, policyVersion, facts, actor, reason, at });
  return { account, policyRate, timeZone, decide };
}
