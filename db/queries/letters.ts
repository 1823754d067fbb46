import {
  chargesIn,
  type DunningBlock,
  type DunningPlan,
  type DunningPolicy,
  type PlanStep,
  type PolicyAssignment,
  undisputedMinor,
  whatStops,
} from '../../domain/dunning.ts';
import { Refusal } from '../../domain/failures.ts';
import { askedFor } from '../../domain/instalments.ts';
import { letterHtml } from '../../domain/letter.ts';
import { addDays, compareDates, type IsoDate, instantAt, localDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { readCompany, readPolicy } from '../statements/company.ts';
import { lettersWaitUntil } from '../statements/documentation.ts';
import { pausedItems } from '../statements/dunning.ts';
import { policyOf } from '../statements/dunning-policies.ts';
import { oldestOpenItems } from '../statements/invoices.ts';
import { blocksOf, decideLetter, type WrittenLetter, writeLetter } from '../statements/letters.ts';
import { readCreditAccount } from './customers.ts';

/** More than a letter could list; a customer with more open items has the oldest in its preview. */
const itemsMaximum = 500;
/** Plans are about months; a later day says nothing that will still be true. */
const daysAheadMaximum = 366;

export interface LetterPreview {
  customerId: string;
  on: IsoDate;
  letter: (WrittenLetter & { html: string }) | null;
  /** What is overdue and not in it, and why. */
  leftOut: { invoiceId: string; reason: string }[];
}

/** The letter as it would go out on a day, by what is known now; undefined for a customer that does not exist (P4). Changes nothing. */
export async function previewLetter(
  tx: Transaction,
  {
    customerId,
    level,
    on: wanted,
    at: now,
  }: { customerId: string; level?: number | undefined; on?: IsoDate | undefined; at: string },
): Promise<LetterPreview | undefined> {
  const account = await readCreditAccount(tx, customerId);
  if (!account) return undefined;
  const { timeZone } = await readCompany(tx);
  const today = localDate(now, timeZone);
  const on = wanted ?? today;
  if (compareDates(on, today) < 0 || compareDates(on, addDays(today, daysAheadMaximum)) > 0) {
    throw new Refusal(422, 'invalid-preview', `No letter can be shown for ${on}.`, {
      faults: [
        {
          path: '/query/on',
          code: 'out-of-range',
          detail: `It must be from today, ${today}, on, and at most ${daysAheadMaximum} days ahead.`,
        },
      ],
    });
  }
  const { letterTime } = await readPolicy(tx, 'dunning');
  const at = on === today ? now : instantAt(on, letterTime, timeZone);
  const open = await oldestOpenItems(tx, [customerId], itemsMaximum);
  const { items, skipped } = await decideLetter(tx, account, open.map(askedFor), { today: on, at, asLevel: level });
  if (items.length === 0) return { customerId, on, letter: null, leftOut: skipped };
  const letter = await writeLetter(tx, customerId, items, open, on);
  return { customerId, on, letter: { ...letter, html: letterHtml(letter) }, leftOut: skipped };
}

export interface ShownPlan {
  invoiceId: string;
  policy: string | null;
  policyVersion: number;
  assignedBy: PolicyAssignment | null;
  dunningLevel: number;
  lastNoticeOn: IsoDate | null;
  /** What lies over it at this moment. */
  blocks: DunningBlock[];
  steps: {
    step: string;
    kind: PlanStep['kind'];
    level: number | null;
    instalment: number;
    on: IsoDate;
    at: string;
    state: 'planned' | 'taken' | 'skipped' | 'void';
    /** What the policy says of it. */
    daysOverdue: number | null;
    feeMinor: number | null;
    final: boolean;
    blockedBy: DunningBlock[];
    skippedBy: DunningBlock[];
    cancelledBy: string[];
  }[];
}

/** The plan of a debit item, what is behind it, and what lies in its way; undefined when there is no such item (P4). */
export async function showPlan(
  tx: Transaction,
  { invoiceId, customerId, at }: { invoiceId: string; customerId?: string | undefined; at: string },
): Promise<ShownPlan | undefined> {
  const { rows } = await tx.query<{
    customerId: string;
    currency: string;
    openMinor: number;
    disputedMinor: number;
    dunningLevel: number;
    lastNoticeOn: IsoDate | null;
    plan: DunningPlan;
    taken: { step: string; outcome: string }[];
  }>(
    `SELECT customer_id AS "customerId", currency, open_minor AS "openMinor", disputed_minor AS "disputedMinor", dunning_level AS "dunningLevel",
       last_notice_on AS "lastNoticeOn", plan,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('step', step, 'outcome', outcome ->> 'outcome')), '[]')
        FROM steps WHERE subject = i.id) AS taken
     FROM invoices i WHERE id = $1 AND ($2::text IS NULL OR customer_id = $2)`,
    [invoiceId, customerId],
  );
  const item = rows[0];
  if (!item) return undefined;
  const { plan, dunningLevel, lastNoticeOn, openMinor } = item;
  const [policy, { currency }] = await Promise.all([policyOf(tx, plan), readCompany(tx)]);
  const charged = { ...policy, ...chargesIn(policy, item.currency, currency) };
  const blocks = await blocksNow(tx, invoiceId, item, at);
  return {
    invoiceId,
    policy: plan.policy ?? null,
    policyVersion: plan.policyVersion,
    assignedBy: plan.assignedBy ?? null,
    dunningLevel,
    lastNoticeOn,
    blocks,
    steps: plan.steps.map((step) => showStep(step, { policy: charged, blocks, openMinor, taken: item.taken })),
  };
}

function showStep(
  step: PlanStep,
  {
    policy,
    blocks,
    openMinor,
    taken,
  }: { policy: DunningPolicy; blocks: DunningBlock[]; openMinor: number; taken: { step: string; outcome: string }[] },
): ShownPlan['steps'][number] {
  const outcome = taken.find((one) => one.step === step.step)?.outcome;
  const line = policy.levels.find(({ level }) => level === step.level);
  const stops = whatStops(step.kind);
  const undone = openMinor === 0 ? 'void' : 'planned';
  const states: Record<string, 'taken' | 'skipped' | 'void'> = {
    taken: 'taken',
    disputed: 'skipped',
    paused: 'skipped',
    settled: 'void',
  };
  return {
    step: step.step,
    kind: step.kind,
    level: step.level ?? null,
    instalment: step.instalment ?? 1,
    on: step.on,
    at: step.at,
    state: outcome === undefined ? undone : (states[outcome] ?? 'taken'),
    daysOverdue: line?.daysOverdue ?? (step.kind === 'collections' ? policy.collectionsDaysOverdue : null),
    feeMinor: line?.feeMinor ?? null,
    final: line?.final ?? false,
    blockedBy: outcome === undefined && openMinor > 0 ? blocks.filter((block) => stops.skippedBy.includes(block)) : [],
    ...stops,
  };
}

async function blocksNow(
  tx: Transaction,
  invoiceId: string,
  item: { customerId: string; openMinor: number; disputedMinor: number },
  at: string,
): Promise<DunningBlock[]> {
  if (item.openMinor === 0) return [];
  const blocks: DunningBlock[] = undisputedMinor(item) === 0 ? ['dispute'] : [];
  const paused = (await pausedItems(tx, [invoiceId])).get(invoiceId);
  if (paused) blocks.push(paused);
  const account = await readCreditAccount(tx, item.customerId);
  const open = (await oldestOpenItems(tx, [item.customerId], itemsMaximum)).map(askedFor);
  const asked = open.map(({ id, openMinor }) => ({ invoiceId: id, openMinor }));
  const money = account && (await blocksOf(tx, account, asked, at)).get(invoiceId) === 'candidate-payment';
  if ((money && undisputedMinor(item) > 0) || (await lettersWaitUntil(tx, item.customerId, at)) !== undefined)
    blocks.push('candidate-payment');
  return blocks;
}
