import { describe, expect, test } from 'vitest';
import {
  assignPolicy,
  chargesIn,
  type DunningItem,
  type DunningPlanInput,
  decideDunning,
  defaultDunningPolicy,
  letterCharges,
  owedAfterCash,
  planDunning,
  planInstalments,
  planReassigned,
  planReopened,
  planResumed,
  planTakenOver,
  policyLabel,
  statedLevel,
  undisputedMinor,
} from './dunning.ts';
import { addDays, plusSeconds, toMillis } from './time.ts';

const golden: DunningPlanInput = {
  policy: defaultDunningPolicy,
  invoiceId: 'invoice-1',
  issuedOn: '2026-03-01',
  dueOn: '2026-03-31',
  termsDays: 30,
  timeZone: 'Europe/Berlin',
};
const plan = (change: Partial<DunningPlanInput> = {}) => planDunning({ ...golden, ...change }).steps;
const dates = (change: Partial<DunningPlanInput> = {}) => plan(change).map(({ step, on }) => `${step} ${on}`);

describe('P4: the plan is computed once as data', () => {
  test('golden run: invoice of 1 March, net 30, due 31 March', () => {
    expect(dates()).toEqual([
      'reminder 2026-03-15',
      'overdue 2026-04-01',
      'dunning-1 2026-04-01',
      'dunning-2 2026-04-15',
      'dunning-3 2026-04-30',
      'collections 2026-05-15',
    ]);
    expect(planDunning(golden).policyVersion).toBe(1);
    expect(plan().map(({ kind, level }) => [kind, level])).toContainEqual(['dunning', 3]);
  });

  test('P3: overdue falls exactly on local midnight, also across summer time', () => {
    expect(plan()[1]).toEqual({ step: 'overdue', kind: 'overdue', on: '2026-04-01', at: '2026-03-31T22:00:00.000Z' });
    const march = plan({ dueOn: '2026-03-28' }).find(({ step }) => step === 'overdue');
    expect(march?.at).toBe('2026-03-28T23:00:00.000Z');
  });

  test('the same for every call, in time order, one name once, plain data', () => {
    const steps = plan();
    expect(plan()).toEqual(steps);
    expect(JSON.parse(JSON.stringify(steps))).toEqual(steps);
    expect(new Set(steps.map(({ step }) => step)).size).toBe(steps.length);
    const instants = steps.map(({ at }) => toMillis(at));
    expect([...instants].sort((a, b) => a - b)).toEqual(instants);
  });

  test('letters of many invoices spread over the ten minutes after the letter time', () => {
    const minutes = Array.from({ length: 500 }, (_, index) => plan({ invoiceId: `invoice-${index}` })[0]!.at.slice(11, 16));
    expect([...new Set(minutes)].sort()).toEqual(Array.from({ length: 10 }, (_, minute) => `08:0${minute}`));
    for (const minute of new Set(minutes)) expect(minutes.filter((other) => other === minute).length).toBeLessThan(100);
  });

  test.each([
    [30, '2026-03-31', 'reminder 2026-03-15'],
    [28, '2026-03-29', 'reminder 2026-03-15'],
    [27, '2026-03-28', 'reminder 2026-03-14'],
    [14, '2026-03-15', 'reminder 2026-03-08'],
    [2, '2026-03-03', 'reminder 2026-03-02'],
    [1, '2026-03-02', 'overdue 2026-03-03'],
    [0, '2026-03-01', 'overdue 2026-03-02'],
  ])('A1: terms of %i days due %s begin with %s', (termsDays, dueOn, first) => {
    expect(dates({ termsDays, dueOn })[0]).toBe(first);
  });

  test('grace delays letters and collections, never the hold', () => {
    expect(dates({ policy: { ...defaultDunningPolicy, graceDays: 5 } }).slice(1)).toEqual([
      'overdue 2026-04-01',
      'dunning-1 2026-04-06',
      'dunning-2 2026-04-20',
      'dunning-3 2026-05-05',
      'collections 2026-05-20',
    ]);
  });

  test('a reopened item keeps its last level: no reminder, letters above it only', () => {
    expect(dates({ collectFromLevel: 2 })).toEqual(['overdue 2026-04-01', 'dunning-3 2026-04-30', 'collections 2026-05-15']);
    expect(dates({ collectFromLevel: 0 })[0]).toBe('overdue 2026-04-01');
  });

  test('an opening item that is already past due gets no reminder', () => {
    const steps = plan({ issuedOn: '2026-03-31', dueOn: '2026-03-31' });
    expect(steps.map(({ kind }) => kind)).toEqual(['overdue', 'dunning', 'dunning', 'dunning', 'collections']);
  });
});

describe('P4: the plan of an item that is taken over', () => {
  const takenOver = (at: string, policy = defaultDunningPolicy) =>
    planTakenOver({ ...golden, policy }, at).steps.map(({ step, on }) => `${step} ${on}`);

  test('before its first letter it is like any other, without a reminder that is past', () => {
    expect(planTakenOver(golden, '2026-03-10T12:00:00Z')).toEqual(planDunning(golden));
    expect(planTakenOver(golden, '2026-03-20T12:00:00Z').steps).toEqual(plan().slice(1));
    // Overdue since midnight, its letter still to come this morning.
    expect(planTakenOver(golden, '2026-04-01T05:00:00Z').steps).toEqual(plan().slice(1));
  });

  test('regression: missed letters are caught up, one per interval, and collections come after the last', () => {
    expect(takenOver('2026-07-01T05:00:00Z')).toEqual([
      'overdue 2026-04-01',
      'dunning-1 2026-07-01',
      'dunning-2 2026-07-08',
      'dunning-3 2026-07-15',
      'collections 2026-07-22',
    ]);
    const { steps } = planTakenOver(golden, '2026-07-01T05:00:00Z');
    expect(steps.map(({ at }) => at)).toEqual(steps.map(({ at }) => at).sort());
    expect(steps[1]!.at).toMatch(/^2026-07-01T07:0\d:/);
  });

  test('after the letter time they begin tomorrow, and none comes before its own date', () => {
    expect(takenOver('2026-04-20T12:00:00Z')).toEqual([
      'overdue 2026-04-01',
      'dunning-1 2026-04-21',
      'dunning-2 2026-04-28',
      'dunning-3 2026-05-05',
      'collections 2026-05-15',
    ]);
    expect(takenOver('2026-04-02T12:00:00Z').slice(1)).toEqual([
      'dunning-1 2026-04-03',
      'dunning-2 2026-04-15',
      'dunning-3 2026-04-30',
      'collections 2026-05-15',
    ]);
  });

  test('a policy without an interval still sends one letter a day', () => {
    expect(takenOver('2026-07-01T05:00:00Z', { ...defaultDunningPolicy, intervalDays: 0 }).slice(1)).toEqual([
      'dunning-1 2026-07-01',
      'dunning-2 2026-07-02',
      'dunning-3 2026-07-03',
      'collections 2026-07-04',
    ]);
  });
});

describe('P4: what a letter states', () => {
  test.each([
    [0, [100, 200]],
    [100, [0, 200]],
    [150, [0, 150]],
    [400, [0, 0]],
  ])('cash of %i stands for the oldest', (unappliedMinor, owed) => {
    const items = [{ openMinor: 100 }, { openMinor: 200 }];
    expect(owedAfterCash(items, unappliedMinor).map(({ openMinor }) => openMinor)).toEqual(owed);
  });

  test('the highest level, and that it is the last letter when it is so for one of the items', () => {
    expect(statedLevel([{ level: 1, final: false }])).toEqual({ level: 1, final: false });
    expect(
      statedLevel([
        { level: 2, final: true },
        { level: 4, final: false },
      ]),
    ).toEqual({ level: 4, final: true });
  });
});

describe('P4: which items rise', () => {
  const item = (change: Partial<DunningItem>): DunningItem => ({
    invoiceId: 'i1',
    level: 0,
    daysOverdue: 1,
    openMinor: 100,
    lastNoticeOn: null,
    blocked: null,
    ...change,
  });
  const decide = (items: DunningItem[], policy = defaultDunningPolicy) => decideDunning({ policy, items, on: '2026-04-15' });

  test('a level rises by one at most, however late', () => {
    expect(decide([item({ daysOverdue: 90 })])).toEqual({
      letterLevel: 1,
      due: [{ invoiceId: 'i1', newLevel: 1 }],
      skipped: [],
    });
  });

  test('one letter at the highest level', () => {
    const items = [
      item({ invoiceId: 'low' }),
      item({ invoiceId: 'high', level: 2, daysOverdue: 30, lastNoticeOn: '2026-04-08' }),
      item({ invoiceId: 'middle', level: 1, daysOverdue: 15, lastNoticeOn: '2026-04-01' }),
    ];
    expect(decide(items)).toMatchObject({ letterLevel: 3, due: [{ newLevel: 1 }, { newLevel: 3 }, { newLevel: 2 }] });
  });

  test('regression: the last dunning row decides and closes the case', () => {
    const items = [item({ invoiceId: 'open', level: 1, daysOverdue: 20 }), item({ invoiceId: 'paid', openMinor: 0 })];
    expect(decide(items)).toEqual({
      letterLevel: 2,
      due: [{ invoiceId: 'open', newLevel: 2 }],
      skipped: [{ invoiceId: 'paid', reason: 'paid' }],
    });
  });

  test('regression: dunning is not re-planned after a part payment', () => {
    const before = item({ level: 1, daysOverdue: 15, openMinor: 360_000, lastNoticeOn: '2026-04-01' });
    expect(decide([{ ...before, openMinor: 60_000 }]).due).toEqual([{ invoiceId: 'i1', newLevel: 2 }]);
  });

  test.each([
    ['not-due', { daysOverdue: 0 }],
    ['not-due', { level: 1, daysOverdue: 14 }],
    ['interval', { level: 1, daysOverdue: 15, lastNoticeOn: '2026-04-09' }],
    ['highest-level', { level: 3, daysOverdue: 200 }],
    ['dispute', { blocked: 'dispute' }],
    ['promise', { blocked: 'promise' }],
    ['hold-off', { blocked: 'hold-off' }],
    ['candidate-payment', { blocked: 'candidate-payment' }],
    ['paid', { openMinor: 0 }],
  ] as const)('no notice: %s', (reason, change) => {
    expect(decide([item(change)])).toEqual({ letterLevel: 0, due: [], skipped: [{ invoiceId: 'i1', reason }] });
  });

  test('the bounds themselves pass: days overdue, interval, minimum', () => {
    const policy = { ...defaultDunningPolicy, minimumMinor: 100, graceDays: 2 };
    const due = item({ level: 1, daysOverdue: 17, lastNoticeOn: '2026-04-08' });
    expect(decide([due], policy).letterLevel).toBe(2);
    expect(decide([{ ...due, daysOverdue: 16 }], policy).skipped[0]?.reason).toBe('not-due');
    expect(decide([{ ...due, openMinor: 99 }], policy).skipped[0]?.reason).toBe('below-minimum');
  });

  test('no items, no letter', () => {
    expect(decide([])).toEqual({ letterLevel: 0, due: [], skipped: [] });
  });
});

describe('P2: the plan of an item whose payment was taken back', () => {
  const { policy, invoiceId, issuedOn, timeZone } = golden;
  const first = [{ number: 1, dueOn: golden.dueOn }];
  const reopened = (at: string, level: number, open = [1], schedule = first, lastNoticeOn: string | null = null) =>
    planReopened({ policy, invoiceId, issuedOn, timeZone }, { schedule, open, round: 2, level, lastNoticeOn }, at).steps;
  const named = (...given: Parameters<typeof reopened>) => reopened(...given).map(({ step, on }) => `${step} ${on}`);

  test('before its due date it is collected like a new one, without a reminder; every name carries the round', () => {
    expect(named('2026-03-20T12:00:00Z', 0)).toEqual([
      'round-2:overdue 2026-04-01',
      'round-2:dunning-1 2026-04-01',
      'round-2:dunning-2 2026-04-15',
      'round-2:dunning-3 2026-04-30',
      'round-2:collections 2026-05-15',
    ]);
    expect(reopened('2026-03-20T12:00:00Z', 0).every(({ round }) => round === 2)).toBe(true);
  });

  test('past due it is overdue at once, and its letters go on above its level', () => {
    expect(named('2026-05-01T05:00:00Z', 2)).toEqual([
      'round-2:overdue 2026-04-01',
      'round-2:dunning-3 2026-05-01',
      'round-2:collections 2026-05-15',
    ]);
  });

  test('P4: its next letter keeps the interval after the last notice, and collections after it', () => {
    expect(named('2026-05-11T12:00:00Z', 2, [1], first, '2026-05-08')).toEqual([
      'round-2:overdue 2026-04-01',
      'round-2:dunning-3 2026-05-15',
      'round-2:collections 2026-05-22',
    ]);
    // Also where its own date is still to come.
    expect(named('2026-04-29T05:00:00Z', 2, [1], first, '2026-04-28')).toContain('round-2:dunning-3 2026-05-05');
  });

  test('after its last letter and after collections began, collections begin again', () => {
    expect(named('2026-07-01T05:00:00Z', 3)).toEqual(['round-2:overdue 2026-04-01', 'round-2:collections 2026-07-01']);
  });

  test('of instalments only those that are open again, the later ones with their reminder', () => {
    const schedule = [
      { number: 1, dueOn: '2026-03-31' },
      { number: 2, dueOn: '2026-05-31' },
      { number: 3, dueOn: '2026-08-31' },
    ];
    expect(named('2026-04-20T05:00:00Z', 0, [2, 3], schedule)).toEqual(
      expect.arrayContaining(['round-2:2:overdue 2026-06-01', 'round-2:3:reminder 2026-06-14', 'round-2:3:overdue 2026-09-01']),
    );
    expect(reopened('2026-04-20T05:00:00Z', 0, [2, 3], schedule).some(({ instalment }) => instalment === undefined)).toBe(false);
  });
});

describe('A5: after a dispute the plan resumes at the level it had', () => {
  const issued = planDunning(golden);
  const schedule = [{ number: 1, dueOn: golden.dueOn }];
  const resumed = (skipped: string[], at: string, lastNoticeOn: string | null = null) =>
    planResumed(issued, { ...golden, schedule, skipped, lastNoticeOn, cause: 'DSP-1' }, at).steps.map(
      ({ step, on }) => `${step} ${on}`,
    );

  test('nothing was skipped: the plan is the very same', () => {
    const whole = { ...golden, schedule, skipped: [], lastNoticeOn: null, cause: 'DSP-1' };
    expect(planResumed(issued, whole, '2026-03-10T12:00:00Z')).toBe(issued);
  });

  test('a reminder is caught up before the due date only', () => {
    expect(resumed(['reminder'], '2026-03-20T12:00:00Z').slice(0, 2)).toEqual([
      'reminder:DSP-1 2026-03-21',
      'overdue 2026-04-01',
    ]);
    expect(resumed(['reminder'], '2026-03-31T12:00:00Z')[0]).toBe('overdue 2026-04-01');
  });

  test('what was skipped comes at once, one letter an interval, under names of its own; none before its own date', () => {
    expect(resumed(['reminder', 'overdue', 'dunning-1', 'dunning-2'], '2026-04-20T05:00:00Z')).toEqual([
      'overdue:DSP-1 2026-04-20',
      'dunning-1:DSP-1 2026-04-20',
      'dunning-2:DSP-1 2026-04-27',
      'dunning-3 2026-05-04',
      'collections 2026-05-15',
    ]);
  });

  test('after a letter the interval holds, and what was taken before the dispute is not taken again', () => {
    expect(resumed(['dunning-2'], '2026-04-16T12:00:00Z', '2026-04-14')).toEqual([
      'reminder 2026-03-15',
      'overdue 2026-04-01',
      'dunning-1 2026-04-01',
      'dunning-2:DSP-1 2026-04-21',
      'dunning-3 2026-04-30',
      'collections 2026-05-15',
    ]);
  });

  test('each instalment catches up with its own steps, and one of which nothing was skipped keeps its plan', () => {
    const two = [...schedule, { number: 2, dueOn: '2026-06-30' }];
    const item = { ...golden, schedule: two, skipped: ['overdue', 'dunning-1'], lastNoticeOn: null, cause: 'DSP-1' };
    const before = planInstalments(golden, two);
    const after = planResumed(before, item, '2026-04-10T05:00:00Z').steps;
    expect(after.filter(({ instalment }) => instalment === 2)).toEqual(before.steps.filter(({ instalment }) => instalment === 2));
    expect(after.filter(({ instalment }) => instalment !== 2).map(({ step, on }) => `${step} ${on}`)).toEqual([
      'reminder 2026-03-15',
      'overdue:DSP-1 2026-04-10',
      'dunning-1:DSP-1 2026-04-10',
      'dunning-2 2026-04-17',
      'dunning-3 2026-04-30',
      'collections 2026-05-15',
    ]);
    const later = { ...item, skipped: ['2:overdue', '2:reminder'] };
    const names = planResumed(before, later, '2026-07-05T05:00:00Z').steps.map(({ step, on }) => `${step} ${on}`);
    expect(names).toContain('2:overdue:DSP-1 2026-07-05');
    expect(names.filter((name) => name.includes('reminder'))).toEqual(['reminder 2026-03-15']);
  });

  test('a disputed part is not asked for, whatever was paid of the rest', () => {
    expect(undisputedMinor({ openMinor: 100, disputedMinor: 30 })).toBe(70);
    expect(undisputedMinor({ openMinor: 20, disputedMinor: 30 })).toBe(0);
  });
});

describe('P4: which policy an item is collected by', () => {
  test('P4: by invoice over customer over segment over the company’s own', () => {
    const none = { invoice: null, customer: null, segment: null };
    expect(assignPolicy({ invoice: 'A', customer: 'B', segment: 'C' })).toEqual({ code: 'A', assignedBy: 'invoice' });
    expect(assignPolicy({ ...none, customer: 'B', segment: 'C' })).toEqual({ code: 'B', assignedBy: 'customer' });
    expect(assignPolicy({ ...none, segment: 'C' })).toEqual({ code: 'C', assignedBy: 'segment' });
    expect(assignPolicy(none)).toEqual({ code: undefined, assignedBy: 'company' });
  });

  test('P4: the plan says which policy, which version, and from where; the company’s own has no code', () => {
    const policy = { ...defaultDunningPolicy, name: 'dunning:GENTLE' as const, version: 4 };
    const plan = planDunning({ ...golden, policy, assignedBy: 'segment' });
    expect(plan).toMatchObject({ policy: 'GENTLE', policyVersion: 4, assignedBy: 'segment' });
    expect(policyLabel(plan)).toBe('dunning:GENTLE v4');
    expect(policyLabel(planDunning(golden))).toBe('dunning v1');
  });

  test('P4: another policy on the way: what was done stays, letters go on above the level after the interval, collections once', () => {
    const plan = planDunning(golden);
    const policy = {
      ...defaultDunningPolicy,
      name: 'dunning:GENTLE' as const,
      levels: [
        { level: 1, daysOverdue: 1, final: false },
        { level: 2, daysOverdue: 5, final: true },
      ],
      collectionsDaysOverdue: 60,
      intervalDays: 10,
    };
    const letter = plan.steps.find(({ step }) => step === 'dunning-1')!;
    const item = {
      policy,
      assignedBy: 'invoice' as const,
      invoiceId: golden.invoiceId,
      issuedOn: golden.issuedOn,
      timeZone: golden.timeZone,
      schedule: [{ number: 1, dueOn: golden.dueOn }],
      taken: ['reminder', 'overdue', 'dunning-1'],
      level: 1,
      lastNoticeOn: letter.on,
      cause: 'policy-1',
    };
    const changed = planReassigned(plan, item, plusSeconds(letter.at, 60));
    expect(changed).toMatchObject({ policy: 'GENTLE', assignedBy: 'invoice', resumedAt: expect.any(String) });
    expect(changed.steps.map(({ step, on }) => [step, on])).toEqual([
      ...plan.steps.slice(0, 3).map(({ step, on }) => [step, on]),
      ['dunning-2:policy-1', addDays(letter.on, 10)],
      ['collections:policy-1', addDays(golden.dueOn, 60)],
    ]);
    // Handed over already: it is not handed over again.
    const late = planReassigned(
      plan,
      { ...item, taken: plan.steps.map(({ step }) => step), level: 3 },
      '2027-01-01T08:00:00.000Z',
    );
    expect(late.steps).toEqual(plan.steps);
  });
});

describe('P5: what a letter charges', () => {
  const levels = [
    { level: 1, daysOverdue: 1, final: false },
    { level: 2, daysOverdue: 10, final: false, feeMinor: 500 },
    { level: 3, daysOverdue: 20, final: true, feeMinor: 1_000 },
  ];
  const compensation = { amountMinor: 4_000, chargedWhen: 'first-letter' as const };
  const item = { invoiceId: 'A', isNote: false, level: 2, policy: { levels }, isCompensated: false };

  test('P5: one fee, the highest of its levels; none at a level without one', () => {
    expect(letterCharges([item, { ...item, invoiceId: 'B', level: 3 }, { ...item, invoiceId: 'C' }]).fee).toEqual({
      invoiceId: 'B',
      level: 3,
      amountMinor: 1_000,
    });
    expect(letterCharges([{ ...item, level: 1 }])).toEqual({ fee: null, compensations: [] });
  });

  test('P5: no fee on a fee, and the fixed sum once for each invoice', () => {
    const policy = { levels, compensation };
    expect(letterCharges([{ ...item, policy, isNote: true }])).toEqual({ fee: null, compensations: [] });
    expect(
      letterCharges([
        { ...item, policy },
        { ...item, policy, invoiceId: 'B', isCompensated: true },
      ]).compensations,
    ).toEqual([{ invoiceId: 'A', amountMinor: 4_000 }]);
  });

  test('P5: in another currency what the policy states in it, and nothing where it states none', () => {
    const stated = {
      levels: [{ ...levels[1]!, feeMinorIn: { USD: 550 } }, levels[2]!],
      compensation: { ...compensation, amountMinorIn: { USD: 4_400 } },
    };
    expect(chargesIn(stated, 'EUR', 'EUR')).toEqual(stated);
    expect(chargesIn(stated, 'USD', 'EUR')).toMatchObject({
      levels: [{ feeMinor: 550 }, { feeMinor: undefined }],
      compensation: { amountMinor: 4_400, chargedWhen: 'first-letter' },
    });
    const inYen = chargesIn(stated, 'JPY', 'EUR');
    expect(letterCharges([{ ...item, policy: inYen }])).toEqual({ fee: null, compensations: [] });
  });
});
