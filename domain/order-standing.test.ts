import { describe, expect, it } from 'vitest';
import { finalOrderStatuses, orderStatuses } from './order.ts';
import { actionsOn, laneStages, type StandingFacts, standingOf } from './order-standing.ts';

const facts = (rest: Partial<StandingFacts>): StandingFacts => ({
  status: 'received',
  statusReason: null,
  shipments: [],
  invoices: [],
  tasks: [],
  deadlineAt: null,
  creditFrozen: false,
  ...rest,
});
const here = (rest: Partial<StandingFacts>) => standingOf(facts(rest)).lane.find(({ state }) => state === 'now')?.stage;

describe('where an order stands', () => {
  it('O5: every status has its place on the lane, and says what it means', () => {
    for (const status of orderStatuses) {
      const { lane, means } = standingOf(facts({ status }));
      expect(lane.map(({ stage }) => stage)).toEqual([...laneStages]);
      expect(lane.filter(({ state }) => state === 'now' || state === 'stopped').length).toBe(status === 'closed' ? 0 : 1);
      expect(means).not.toBe('');
    }
  });

  it.each<[string, Partial<StandingFacts>, string]>([
    ['credit is decided', { status: 'credit-review' }, 'credit'],
    [
      'its goods are picked',
      { status: 'in-fulfilment', shipments: [{ status: 'picking' }, { status: 'shipped' }] },
      'fulfilment',
    ],
    [
      'all that is left waits for the carrier',
      { status: 'in-fulfilment', shipments: [{ status: 'packed' }, { status: 'shipped' }] },
      'shipping',
    ],
    ['it has left', { status: 'shipped' }, 'invoicing'],
    ['it is to be paid', { status: 'invoiced', invoices: [{ status: 'open', overdue: false }] }, 'receivables'],
    ['it is overdue', { status: 'invoiced', invoices: [{ status: 'open', overdue: true }] }, 'collections'],
  ])('O5: while %s it is there', (_, rest, stage) => {
    expect(here(rest)).toBe(stage);
  });

  it('O5: an order that ended is done up to where it ended, and needs nothing after', () => {
    const { lane } = standingOf(facts({ status: 'cancelled', shipments: [{ status: 'cancelled' }] }));
    expect(lane.map(({ state }) => state).join(' ')).toBe('done done stopped skipped skipped skipped skipped skipped');
  });

  it('O5: an order that was paid in time needed no collections', () => {
    const states = Object.fromEntries(standingOf(facts({ status: 'closed' })).lane.map(({ stage, state }) => [stage, state]));
    expect(states).toMatchObject({ receivables: 'done', collections: 'skipped', closed: 'done' });
  });

  it('O5: the earliest of its tasks says whose move it is and until when, a deadline of the order itself goes first', () => {
    const tasks = [
      { id: 'TSK-1', role: 'credit', owner: null, dueAt: null },
      { id: 'TSK-2', role: 'finance', owner: 'fay', dueAt: '2026-03-03T09:00:00.000Z' },
    ];
    const standing = standingOf(facts({ status: 'over-limit', tasks }));
    expect(standing.until).toBe('2026-03-03T09:00:00.000Z');
    expect(standing.movedBy[0]).toEqual({ role: 'finance', person: 'fay', taskId: 'TSK-2' });
    const deadlineAt = '2026-03-02T09:00:00.000Z';
    expect(standingOf(facts({ status: 'awaiting-prepayment', tasks, deadlineAt })).until).toBe(deadlineAt);
    expect(standingOf(facts({ status: 'awaiting-choice' })).movedBy).toEqual([{ role: 'customer', person: null, taskId: null }]);
  });
});

describe('what can be done to an order', () => {
  it('X3: nothing once it has ended, and nothing by who has no part in it', () => {
    for (const status of finalOrderStatuses) expect(actionsOn(status, ['admin'])).toEqual([]);
    for (const status of orderStatuses) expect(actionsOn(status, ['warehouse', 'receivables'])).toEqual([]);
  });

  it('O5: what the table of transitions allows, to the roles that may', () => {
    expect(actionsOn('credit-review', ['credit'])).toEqual(['decide-credit', 'prepay']);
    expect(actionsOn('credit-review', ['sales'])).toEqual(['amend', 'cancel', 'prepay']);
    expect(actionsOn('awaiting-choice', ['customer'])).toEqual(['amend', 'cancel', 'choose-shortage']);
    expect(actionsOn('awaiting-card', ['customer'])).toContain('give-card');
    expect(actionsOn('shipped', ['admin'])).toEqual([]);
  });
});
