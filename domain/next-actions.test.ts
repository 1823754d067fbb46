import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CompanyDunningPolicy, defaultDunningPolicy, planDunning } from './dunning.ts';
import { type NextActionFacts, nextActions, sortKey, type Timer } from './next-actions.ts';
import { type CollectedItem, type CustomerReceivables, forecastReceivables } from './receivable-forecast.ts';
import { addDays, daysBetween, instantAt, localDate, toMillis } from './time.ts';

const timeZone = 'Europe/Berlin';
const at = (date: string, time = '12:00') => instantAt(date, time, timeZone);

function item(invoiceId: string, issuedOn: string, dueOn: string, rest: Partial<CollectedItem> = {}): CollectedItem {
  const policy: CompanyDunningPolicy = defaultDunningPolicy;
  return {
    invoiceId,
    currency: 'EUR',
    grossMinor: 10_000,
    openMinor: 10_000,
    disputedMinor: 0,
    dueOn,
    instalments: null,
    dunningLevel: 0,
    lastNoticeOn: null,
    policy,
    plan: planDunning({ policy, invoiceId, issuedOn, dueOn, termsDays: daysBetween(issuedOn, dueOn), timeZone }),
    done: [],
    ...rest,
  };
}
const receivables = (items: CollectedItem[], rest: Partial<CustomerReceivables> = {}): CustomerReceivables => ({
  items,
  cashMinor: 0,
  pauses: [],
  clocks: [],
  ...rest,
});
/** Each step by its kind, its day, and a letter's level. */
const told = (facts: CustomerReceivables, now: string) =>
  forecastReceivables(facts, now, timeZone).map(
    (step) => `${step.kind}${step.level === null ? '' : ` ${step.level}`} ${localDate(step.at, timeZone)}`,
  );

describe('the forecast of what becomes of open items', () => {
  const march = () => item('INV-1', '2026-03-01', '2026-03-31');

  it('X5, P4: walks the plan to its end, letters of one customer together and one a day', () => {
    expect(told(receivables([march()]), at('2026-03-01'))).toEqual([
      'reminder 2026-03-15',
      'overdue 2026-04-01',
      'dunning 1 2026-04-01',
      'dunning 2 2026-04-15',
      'dunning 3 2026-04-30',
      'collections 2026-05-15',
    ]);
    const both = forecastReceivables(
      receivables([march(), item('INV-2', '2026-03-01', '2026-03-31')]),
      at('2026-04-01', '06:00'),
      timeZone,
    );
    const letters = both.filter(({ kind }) => kind === 'dunning');
    expect(letters.map(({ items }) => items.map(({ invoiceId }) => invoiceId))).toEqual(Array(3).fill(['INV-1', 'INV-2']));
    expect(letters.map(({ by }) => by?.path)).toEqual([0, 1, 2].map((level) => `/levels/${level}/daysOverdue`));
  });

  it('X5, P6: a promise puts letters off to its day, where they are caught up, and a hold-off likewise; the flag is not put off', () => {
    const done = ['reminder', 'overdue'].map((step) => ({ step, outcome: 'taken' }));
    const promised = receivables([{ ...march(), done }], {
      pauses: [{ id: 'PRM-1', kind: 'promise', dueAt: at('2026-04-20', '00:00'), invoiceIds: ['INV-1'] }],
    });
    expect(told(promised, at('2026-04-01', '06:00'))).toEqual([
      'dunning 1 2026-04-20',
      'dunning 2 2026-04-27',
      'dunning 3 2026-05-04',
      'collections 2026-05-15',
    ]);
    const heldOff = receivables([{ ...march(), done: done.slice(0, 1) }], {
      pauses: [{ id: 'HLD-1', kind: 'hold-off', dueAt: at('2026-04-10', '00:00'), invoiceIds: ['INV-1'] }],
    });
    expect(told(heldOff, at('2026-03-31')).slice(0, 2)).toEqual(['overdue 2026-04-01', 'dunning 1 2026-04-10']);
  });

  it('X5, P1: money that may be its payment keeps letters back until its clock lapses, and the letter is written then', () => {
    const clock = { id: 'CLK-1', dueAt: at('2026-04-02', '10:00'), blocksUntil: at('2026-04-06', '09:00') };
    const done = ['reminder', 'overdue'].map((step) => ({ step, outcome: 'taken' }));
    expect(told(receivables([{ ...march(), done }], { clocks: [clock] }), at('2026-04-01', '06:00'))).toEqual([
      'dunning 1 2026-04-06',
      'dunning 2 2026-04-15',
      'dunning 3 2026-04-30',
      'collections 2026-05-15',
    ]);
    const [reminder] = forecastReceivables(receivables([march()], { cashMinor: 10_000 }), at('2026-03-02'), timeZone);
    expect(reminder).toMatchObject({ kind: 'reminder', tellsCustomer: false });
    expect(told(receivables([march()], { cashMinor: 10_000 }), at('2026-03-02'))).not.toContain('dunning 1 2026-04-01');
  });

  it('X5, A5: what is disputed as a whole is left out, and a part of it is asked for less', () => {
    expect(told(receivables([{ ...march(), disputedMinor: 10_000 }]), at('2026-03-02'))).toEqual([]);
    const part = forecastReceivables(receivables([{ ...march(), disputedMinor: 4_000 }]), at('2026-04-01', '06:00'), timeZone);
    expect(part[0]?.items).toMatchObject([{ openMinor: 6_000 }]);
  });

  it('X5: never in the past, in order of time, ends, and asks for nothing that is paid', () => {
    const day = fc.integer({ min: 0, max: 200 }).map((days) => addDays('2026-01-01', days));
    const anItem = fc.record({
      issuedOn: day,
      days: fc.integer({ min: 0, max: 90 }),
      openMinor: fc.integer({ min: 0, max: 10_000 }),
      disputedMinor: fc.integer({ min: 0, max: 10_000 }),
      level: fc.integer({ min: 0, max: 3 }),
    });
    const aPause = fc.record({ on: day, of: fc.nat({ max: 5 }), kind: fc.constantFrom('promise' as const, 'hold-off' as const) });
    const facts = fc.record({
      items: fc.array(anItem, { maxLength: 6 }),
      pauses: fc.array(aPause, { maxLength: 3 }),
      clock: fc.option(day),
      cashMinor: fc.nat({ max: 20_000 }),
      today: day,
    });
    fc.assert(
      fc.property(facts, ({ items, pauses, clock, cashMinor, today }) => {
        const now = at(today);
        const open = items.map(({ issuedOn, days, level, ...rest }, index) =>
          item(`INV-${index}`, issuedOn, addDays(issuedOn, days), {
            ...rest,
            disputedMinor: Math.min(rest.openMinor, rest.disputedMinor),
            dunningLevel: level,
          }),
        );
        const customer = receivables(open, {
          cashMinor,
          pauses: pauses.map(({ on, of, kind }, index) => ({
            id: `P-${index}`,
            kind,
            dueAt: at(on, '00:00'),
            invoiceIds: [`INV-${of}`],
          })),
          clocks: clock === null ? [] : [{ id: 'CLK-1', dueAt: at(clock), blocksUntil: at(clock) }],
        });
        const steps = forecastReceivables(customer, now, timeZone);
        for (const [index, step] of steps.entries()) {
          expect(toMillis(step.at)).toBeGreaterThanOrEqual(toMillis(steps[index - 1]?.at ?? now));
          for (const { openMinor } of step.items) expect(openMinor).toBeGreaterThan(0);
        }
        const letterDays = steps.filter(({ kind }) => kind === 'dunning').map((step) => localDate(step.at, timeZone));
        expect(new Set(letterDays).size).toBe(letterDays.length);
        const paid = { ...customer, items: open.map((one) => ({ ...one, openMinor: 0, disputedMinor: 0 })) };
        expect(forecastReceivables(paid, now, timeZone)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  }, 30_000);
});

describe('every next action', () => {
  const timer = (kind: Timer['kind'], rest: Partial<Timer>): Timer => ({
    kind,
    at: null,
    on: null,
    setAt: null,
    policyVersion: null,
    record: 'X-1',
    customerId: 'C-1',
    orderId: 'ORD-1',
    invoiceId: null,
    details: {},
    ...rest,
  });
  const facts = (timers: Timer[], rest: Partial<NextActionFacts> = {}): NextActionFacts => ({
    timers,
    receivables: [],
    versions: [],
    credit: {},
    rhythms: {},
    timeZone,
    now: at('2026-03-10'),
    ...rest,
  });
  const only = (given: NextActionFacts) => nextActions(given, { customerId: 'C-1' });

  it('X5, X6: names the policy’s version that was in force when the deadline was set, and the line', () => {
    const versions = [1, 2, 3].map((version) => ({ name: 'credit', version, at: at(`2026-03-0${version}`) }));
    const [deadline] = only(
      facts([timer('prepayment-deadline', { at: at('2026-03-15'), setAt: at('2026-03-02', '18:00') })], { versions }),
    );
    expect(deadline).toMatchObject({
      by: { kind: 'policy', name: 'credit', version: 2, path: '/prepaymentDays' },
      told: ['customer'],
    });
    expect(deadline?.cancelledBy.length).toBeGreaterThan(0);
  });

  it('X5: what is late and happens by itself happens at once; a day that counts and has passed is past', () => {
    const past = [
      timer('choice-deadline', { at: at('2026-03-01') }),
      timer('task-due', { at: at('2026-03-01'), record: 'TSK-1' }),
    ];
    expect(only(facts(past))).toMatchObject([{ kind: 'choice-deadline', at: at('2026-03-10') }]);
    expect(only(facts([timer('quote-expires', { on: '2026-03-10' })]))).toMatchObject([{ at: at('2026-03-11', '00:00') }]);
    expect(only(facts([timer('quote-expires', { on: '2026-03-09' })]))).toEqual([]);
  });

  it('X5, S1, P1, C4, I1: what a job does comes when the job comes round', () => {
    const timers = [
      timer('pickup-cut-off', { at: at('2026-03-10', '15:30'), on: '2026-03-10' }),
      timer('card-hold-renewal', { at: at('2026-03-08', '10:00') }),
      timer('approval-renewal', { at: at('2026-06-01', '00:00'), orderId: null }),
      timer('invoice-run', { at: at('2026-03-09'), details: { invoicing: { kind: 'consolidated', every: 'week', weekday: 1 } } }),
      timer('statement', { at: at('2026-03-10'), orderId: null }),
    ];
    const seen = only(facts(timers)).map(({ kind, at: when }) => [kind, when]);
    expect(seen).toEqual([
      ['pickup-cut-off', at('2026-03-10', '15:31')],
      ['card-hold-renewal', at('2026-03-14', '02:00')],
      ['invoice-run', at('2026-03-16', '02:00')],
      ['statement', at('2026-04-01', '07:00')],
      // The thirty days before the first of June begin on the second of May.
      ['approval-renewal', at('2026-05-02', '05:00')],
    ]);
  });

  it('X5: shipments of an order that one run bills are one action', () => {
    const invoicing = { kind: 'consolidated', every: 'month', day: 1 } as const;
    const waits = ['SHP-1', 'SHP-2'].map((record) =>
      timer('invoice-run', { record, at: at('2026-03-05'), details: { invoicing } }),
    );
    expect(only(facts(waits))).toMatchObject([{ record: 'ORD-1', at: at('2026-04-01', '02:00') }]);
  });

  it('X5: an order has what its own invoices are about, in a letter with others too; the company has its jobs besides', () => {
    const items = [item('INV-1', '2026-03-01', '2026-03-31'), item('INV-2', '2026-03-01', '2026-03-31')];
    const ordersOf = new Map([
      ['INV-1', ['ORD-1']],
      ['INV-2', ['ORD-2']],
    ]);
    const given = facts([], { receivables: [{ ...receivables(items), customerId: 'C-1', ordersOf }] });
    const ofOne = nextActions(given, { orderId: 'ORD-1' });
    expect(ofOne.map(({ kind }) => kind)).toEqual(['reminder', 'overdue', 'letter', 'letter', 'letter', 'collections']);
    expect(ofOne[2]).toMatchObject({
      invoiceIds: ['INV-1', 'INV-2'],
      by: { name: 'dunning', version: 1, path: '/levels/0/daysOverdue' },
    });
    expect(ofOne[2]?.delayedBy).toContain('a promise to pay');
    const all = nextActions(given, 'company');
    expect(all.map(sortKey)).toEqual(all.map(sortKey).sort());
    expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
    expect(all.filter(({ kind }) => kind === 'job').map(({ record }) => record)).toContain('integrity');
  });
});
