/**
 * What becomes of a customer's open items if nobody does anything about them: the steps of their plans walked ahead, by the same rules by
 * which the workflows walk them. Requirements P4, X5.
 */
import {
  blockedItems,
  type DunningBlock,
  type DunningPlan,
  type DunningPolicy,
  itemsOfLetter,
  owedAfterCash,
  type PlanStep,
  planResumed,
  statedLevel,
  undisputedMinor,
} from './dunning.ts';
import { askedFor, fateOfStep, openInstalments, overduePart, type ScheduledItem, scheduleOf } from './instalments.ts';
import { compareDates, type IsoDate, type IsoInstant, later, localDate } from './time.ts';

/** An open debit item, as far as its collection goes by it. */
export interface CollectedItem extends ScheduledItem {
  invoiceId: string;
  disputedMinor: number;
  currency: string;
  dunningLevel: number;
  lastNoticeOn: IsoDate | null;
  plan: DunningPlan;
  /** That the plan was drawn up from. */
  policy: DunningPolicy;
  /** Steps of its plan whose moment has come, with what became of each. */
  done: readonly { step: string; outcome: string }[];
}

/** Everything that decides about a customer's letters. */
export interface CustomerReceivables {
  /** The oldest due date first. */
  items: readonly CollectedItem[];
  /** Cash that waits unapplied, credit balance, and money in suspense that is believed to be the customer's. */
  cashMinor: number;
  /** Promises to pay and hold-offs that have not ended, with the items that they leave in peace until `dueAt`. */
  pauses: readonly { id: string; kind: 'promise' | 'hold-off'; dueAt: IsoInstant; invoiceIds: readonly string[] }[];
  /** Running clocks of money that may have come in. */
  clocks: readonly { id: string; dueAt: IsoInstant; blocksUntil: IsoInstant }[];
}

/** One thing that will be done about items, and what is asked for by then. */
export interface ForecastStep {
  at: IsoInstant;
  kind: PlanStep['kind'];
  /** Of a letter: all that it is about; else the one item. */
  items: { invoiceId: string; currency: string; dueOn: IsoDate; openMinor: number }[];
  /** The line that says when, as a JSON pointer into the policy; of a letter in that of the item whose level it states. Null: the due date. */
  by: { policy: DunningPolicy; path: string } | null;
  /** The step of the plan; of a letter that waited for money the clock that has lapsed. */
  cause: string;
  /** Of a letter. */
  level: number | null;
  final: boolean;
  /** False of a reminder that is kept back because the money may be there: the invoice is reviewed all the same. */
  tellsCustomer: boolean;
}

/** What is not a letter, whose level has a line of its own. */
const lines = { reminder: '/reminderDaysAfterInvoice', collections: '/collectionsDaysOverdue' };

interface State extends CollectedItem {
  taken: Set<string>;
  skipped: Set<string>;
}

/**
 * The steps still to come, in order of time; none is before `now`, because what is late is done at once. Promises are taken to be broken
 * and clocks to lapse, since that is what happens by itself; of a dispute nobody knows the end, so what waits for it is left out.
 */
export function forecastReceivables(facts: CustomerReceivables, now: IsoInstant, timeZone: string): ForecastStep[] {
  const notBeforeNow = (at: IsoInstant): IsoInstant => later(at, now);
  const states: State[] = facts.items.map((item) => ({
    ...item,
    taken: new Set(item.done.map(({ step }) => step)),
    skipped: new Set(item.done.filter(({ outcome }) => outcome === 'disputed' || outcome === 'paused').map(({ step }) => step)),
  }));
  const pauses = new Set(facts.pauses);
  const clocks = new Set(facts.clocks);
  const lettersOn = new Set(facts.items.map(({ lastNoticeOn }) => lastNoticeOn));
  const forecast: ForecastStep[] = [];

  const asked = () => states.map((state) => ({ state, item: askedFor(state) }));
  const isPaused = (invoiceId: string) => [...pauses].some(({ invoiceIds }) => invoiceIds.includes(invoiceId));
  const mayBePaid = (at: IsoInstant) => [...clocks].some(({ blocksUntil }) => blocksUntil > at);

  function write(at: IsoInstant, cause: string): void {
    const on = localDate(at, timeZone);
    // One letter a day.
    if (lettersOn.has(on)) return;
    const weighed = asked().flatMap(({ state, item }) => {
      const due = overduePart(item, on);
      return due ? [{ ...state, ...due }] : [];
    });
    const paused = new Map<string, 'promise' | 'hold-off'>(
      [...pauses].flatMap(({ kind, invoiceIds }) => invoiceIds.map((invoiceId) => [invoiceId, kind] as const)),
    );
    const overdueIds = new Set(weighed.map(({ invoiceId }) => invoiceId));
    const blocks: ReadonlyMap<string, DunningBlock> = blockedItems(weighed, {
      cashMinor: facts.cashMinor,
      paused: new Map([...paused].filter(([invoiceId]) => overdueIds.has(invoiceId))),
      mayBePaid: mayBePaid(at),
    });
    const { due } = itemsOfLetter(weighed, blocks, { on });
    if (due.length === 0) return;
    lettersOn.add(on);
    for (const { invoiceId, level } of due) {
      Object.assign(states.find((state) => state.invoiceId === invoiceId)!, { dunningLevel: level, lastNoticeOn: on });
    }
    const stated = statedLevel(due);
    const leading = due.find(({ level }) => level === stated.level)!;
    const { policy } = states.find(({ invoiceId }) => invoiceId === leading.invoiceId)!;
    const line = policy.levels.findIndex(({ level }) => level === stated.level);
    forecast.push({
      at,
      kind: 'dunning',
      items: due.map(({ invoiceId }) => {
        const { currency, dueOn, openMinor } = weighed.find((one) => one.invoiceId === invoiceId)!;
        return { invoiceId, currency, dueOn, openMinor };
      }),
      by: { policy, path: `/levels/${line}/daysOverdue` },
      cause,
      ...stated,
      tellsCustomer: true,
    });
  }

  /** Whether something of the item up to a due date is owed when the customer's cash has stood for the oldest of all it is asked for. */
  function owes(invoiceId: string, dueOn: IsoDate): boolean {
    const parts = asked()
      .flatMap(({ state, item }) => openInstalments(item).map((part) => ({ ...part, invoiceId: state.invoiceId })))
      .sort((a, b) => compareDates(a.dueOn, b.dueOn) || (a.invoiceId < b.invoiceId ? -1 : 1));
    return owedAfterCash(parts, facts.cashMinor).some(
      (part) => part.invoiceId === invoiceId && compareDates(part.dueOn, dueOn) <= 0 && part.openMinor > 0,
    );
  }

  function take(state: State, step: PlanStep, at: IsoInstant): void {
    state.taken.add(step.step);
    const fate = fateOfStep(step, state, isPaused(state.invoiceId));
    if (fate === 'disputed' || fate === 'paused') state.skipped.add(step.step);
    if (fate !== 'due') return;
    if (step.kind === 'dunning') {
      write(at, step.step);
      return;
    }
    const item = askedFor(state);
    const own = openInstalments(item).find(({ number }) => number === (step.instalment ?? 1))!;
    const { dueOn, openMinor } = (step.kind === 'reminder' ? undefined : overduePart(item, localDate(at, timeZone))) ?? own;
    forecast.push({
      at,
      kind: step.kind,
      items: [{ invoiceId: state.invoiceId, currency: state.currency, dueOn, openMinor }],
      by: step.kind === 'overdue' ? null : { policy: state.policy, path: lines[step.kind] },
      cause: step.step,
      level: null,
      final: false,
      tellsCustomer: step.kind === 'reminder' && !mayBePaid(at) && owes(state.invoiceId, dueOn),
    });
  }

  function resume(pause: CustomerReceivables['pauses'][number], at: IsoInstant): void {
    pauses.delete(pause);
    for (const state of states) {
      if (!pause.invoiceIds.includes(state.invoiceId) || undisputedMinor(state) === 0) continue;
      const { policy, invoiceId, lastNoticeOn, skipped } = state;
      const item = {
        policy,
        invoiceId,
        timeZone,
        schedule: scheduleOf(state),
        lastNoticeOn,
        skipped: [...skipped],
        cause: pause.id,
      };
      state.plan = planResumed(state.plan, item, at);
    }
  }

  for (;;) {
    const events: { at: IsoInstant; happen(): void }[] = [
      ...[...pauses].map((pause) => {
        const at = notBeforeNow(pause.dueAt);
        return { at, happen: () => resume(pause, at) };
      }),
      ...[...clocks].map((clock) => {
        const at = notBeforeNow(lapsesAt(clock));
        return {
          at,
          happen() {
            clocks.delete(clock);
            write(at, clock.id);
          },
        };
      }),
      ...states.flatMap((state) => {
        const step = state.plan.steps.find((one) => !state.taken.has(one.step));
        if (!step) return [];
        const at = notBeforeNow(step.at);
        return [{ at, happen: () => take(state, step, at) }];
      }),
    ];
    const [first, ...rest] = events;
    if (!first) return forecast;
    // Of what comes at one instant the first of them, so that what keeps letters back ends before letters are written.
    rest.reduce((earliest, event) => (event.at < earliest.at ? event : earliest), first).happen();
  }
}

/** When letters go out again without the money that a clock runs for: not before somebody was told to look for it. */
export const lapsesAt = ({ dueAt, blocksUntil }: { dueAt: IsoInstant; blocksUntil: IsoInstant }): IsoInstant =>
  later(dueAt, blocksUntil);
