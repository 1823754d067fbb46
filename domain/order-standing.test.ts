import { describe, expect, it } from 'vitest';
import { finalOrderStatuses, type OrderStatus, orderStatuses } from './order.ts';
import { actionsOn, laneStages, type StandingFacts, standingOf } from './order-standing.ts';

const facts = (rest: Partial<StandingFacts>): StandingFacts => ({
  status: 'received',
  statusReason: null,
  shipments: [],
  invoices: [],
  tasks: [],
  mayPrepay: true,
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
    [
      'what was sent again waits for the carrier',
      { status: 'in-fulfilment', shipments: [{ status: 'undelivered' }, { status: 'packed' }] },
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
  });

  it('O5: what waits for its customer is the customer’s move, whatever tasks we have about it, and theirs alone without any', () => {
    const customer = { role: 'customer', person: null, taskId: null };
    const tasks = [{ id: 'TSK-1', role: 'warehouse', owner: null, dueAt: null }];
    expect(standingOf(facts({ status: 'awaiting-choice' })).movedBy).toEqual([customer]);
    expect(standingOf(facts({ status: 'awaiting-choice', tasks })).movedBy).toMatchObject([customer, { taskId: 'TSK-1' }]);
    expect(standingOf(facts({ status: 'in-fulfilment', tasks })).movedBy).toMatchObject([{ taskId: 'TSK-1' }]);
  });
});

describe('what can be done to an order', () => {
  const can = (status: OrderStatus, roles: string[], mayPrepay = true) => actionsOn({ status, mayPrepay }, roles);

  it('X3: nothing once it has ended, and nothing by who has no part in it', () => {
    for (const status of finalOrderStatuses) expect(can(status, ['admin'])).toEqual([]);
    for (const status of orderStatuses) expect(can(status, ['warehouse', 'receivables'])).toEqual([]);
  });

  it('O5: what the table of transitions allows, to the roles that may', () => {
    expect(can('credit-review', ['credit'])).toEqual(['decide-credit', 'prepay']);
    expect(can('credit-review', ['sales'])).toEqual(['amend', 'cancel', 'prepay']);
    expect(can('awaiting-choice', ['buyer'])).toEqual(['amend', 'cancel', 'choose-shortage']);
    expect(can('awaiting-card', ['buyer'])).toContain('give-card');
    expect(can('shipped', ['admin'])).toEqual([]);
  });

  it('O5: payment in advance is offered while the order waits without credit, and not once it holds some', () => {
    expect(can('waiting-for-payment', ['buyer'])).toEqual(['amend', 'cancel', 'prepay']);
    expect(can('waiting-for-payment', ['buyer'], false)).not.toContain('prepay');
    expect(can('over-limit', ['sales'], false)).not.toContain('prepay');
  });
});
