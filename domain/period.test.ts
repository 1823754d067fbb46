import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changePeriod, months, type PeriodAction, periodActions, periodStatus } from './period.ts';

const none = { closedThrough: null, lockedThrough: null };
const today = '2027-04-15';

describe('periods', () => {
  it('A3: a month that is over closes, with what is before it; the current one does not', () => {
    const books = changePeriod('close', '2027-02', { books: none, today });
    expect(books).toEqual({ closedThrough: '2027-02-28', lockedThrough: null });
    if ('refused' in books) throw new Error(books.refused);
    expect(['2026-12', '2027-02', '2027-03'].map((month) => periodStatus(month, books))).toEqual(['closed', 'closed', 'open']);
    expect(changePeriod('close', '2027-04', { books, today })).toEqual({
      refused: '2027-04 is not over: its last day is 2027-04-30.',
    });
    expect(changePeriod('close', '2027-03', { books, today: '2027-03-31' })).toHaveProperty('refused');
    expect(changePeriod('close', '2027-03', { books, today: '2027-04-01' })).toEqual({ ...books, closedThrough: '2027-03-31' });
  });

  it('A3: months open again from the newest; a locked one never does', () => {
    const books = { closedThrough: '2027-03-31', lockedThrough: '2027-01-31' };
    expect(changePeriod('reopen', '2027-02', { books, today })).toEqual({
      refused: '2027-03 is closed too: months are opened again from the newest.',
    });
    expect(changePeriod('reopen', '2027-03', { books, today })).toEqual({ ...books, closedThrough: '2027-02-28' });
    for (const action of periodActions) expect(changePeriod(action, '2027-01', { books, today })).toHaveProperty('refused');
    expect(changePeriod('lock', '2027-04', { books, today })).toHaveProperty('refused');
    expect(changePeriod('lock', '2027-02', { books, today })).toEqual({ ...books, lockedThrough: '2027-02-28' });
  });

  it('A3: whatever is tried, what is locked is closed, stays so, and nothing closes before it is over', () => {
    const step = fc.tuple(fc.constantFrom<PeriodAction>(...periodActions), fc.constantFrom(...months('2026-10', '2027-05')));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let books: { closedThrough: string | null; lockedThrough: string | null } = none;
        for (const [action, month] of steps) {
          const changed = changePeriod(action, month, { books, today });
          if ('refused' in changed) continue;
          expect((changed.lockedThrough ?? '') >= (books.lockedThrough ?? '')).toBe(true);
          expect((changed.closedThrough ?? '') >= (changed.lockedThrough ?? '')).toBe(true);
          expect((changed.closedThrough ?? '') < today).toBe(true);
          books = changed;
        }
      }),
    );
  });

  it('A3: the months of the list run from the newest to the first', () => {
    expect(months('2026-11', '2027-02')).toEqual(['2027-02', '2027-01', '2026-12', '2026-11']);
  });
});
