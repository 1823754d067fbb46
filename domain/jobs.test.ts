import { describe, expect, it } from 'vitest';
import { auditedDays, dueNow, lastDue, nextDue, type Rhythm, rhythmOf, statementMonth } from './jobs.ts';

const timeZone = 'Europe/Berlin';
const daily: Rhythm = { every: 'day', at: '05:00' };
const weekly: Rhythm = { every: 'week', weekday: 1, at: '06:00' };

describe('when jobs are due', () => {
  it('S1: by the minute, at its beginning', () => {
    expect(lastDue({ every: 'minute' }, '2026-03-02T09:15:42.100Z', timeZone)).toBe('2026-03-02T09:15:00.000Z');
    expect(nextDue({ every: 'minute' }, '2026-03-02T09:15:00.000Z', timeZone)).toBe('2026-03-02T09:16:00.000Z');
  });

  it('C4, C5: once a local day, at its wall time in winter and in summer', () => {
    expect(lastDue(daily, '2026-03-29T02:59:59Z', timeZone)).toBe('2026-03-28T04:00:00.000Z');
    expect(lastDue(daily, '2026-03-29T03:00:00Z', timeZone)).toBe('2026-03-29T03:00:00.000Z');
    expect(nextDue(daily, '2026-03-28T04:00:00Z', timeZone)).toBe('2026-03-29T03:00:00.000Z');
    // 05:00 in Auckland is the evening before in UTC.
    expect(lastDue(daily, '2026-06-01T17:30:00Z', 'Pacific/Auckland')).toBe('2026-06-01T17:00:00.000Z');
  });

  it('S4: once a week on its day, or once a day where the targets say so', () => {
    expect(lastDue(weekly, '2026-03-08T23:00:00Z', timeZone)).toBe('2026-03-02T05:00:00.000Z');
    expect(nextDue(weekly, '2026-03-02T05:00:00Z', timeZone)).toBe('2026-03-09T05:00:00.000Z');
    expect(rhythmOf('carrier-audit')).toEqual(weekly);
    expect(rhythmOf('cash-forecast')).toEqual({ every: 'week', weekday: 1, at: '05:30' });
    expect(rhythmOf('overdue-review')).toEqual({ every: 'month', at: '07:30' });
    expect(rhythmOf('overdue-review', { reviewEvery: 'week' })).toEqual({ every: 'week', weekday: 1, at: '07:30' });
    expect(rhythmOf('carrier-audit', { auditEvery: 'day' })).toEqual({ every: 'day', at: '06:00' });
    expect(auditedDays(weekly, '2026-03-09T05:00:00Z', timeZone)).toEqual({ from: '2026-03-02', to: '2026-03-08' });
    expect(auditedDays(daily, '2026-03-09T05:00:00Z', timeZone)).toEqual({ from: '2026-03-08', to: '2026-03-08' });
  });

  it('S4, C4: what was missed is made up for once, but each period has its audit', () => {
    const at = '2026-03-25T12:00:00Z';
    const last = '2026-03-02T05:00:00.000Z';
    expect(dueNow('carrier-audit', weekly, { ranFor: last, at, timeZone })).toBe('2026-03-09T05:00:00.000Z');
    expect(dueNow('carrier-audit', weekly, { ranFor: '2026-03-23T05:00:00.000Z', at, timeZone })).toBeUndefined();
    expect(dueNow('carrier-audit', weekly, { ranFor: null, at, timeZone })).toBe('2026-03-23T05:00:00.000Z');
    expect(dueNow('approval-renewals', daily, { ranFor: last, at, timeZone })).toBe('2026-03-25T04:00:00.000Z');
    expect(dueNow('approval-renewals', daily, { ranFor: '2026-03-25T04:00:00.000Z', at, timeZone })).toBeUndefined();
    // Ran by hand between two times: only what came after it is due.
    expect(dueNow('risk-scores', daily, { ranFor: '2026-03-25T04:30:00.000Z', at, timeZone })).toBeUndefined();
  });

  it('A4: once a month, on its first day, about the month before', () => {
    const monthly = rhythmOf('statements');
    expect(lastDue(monthly, '2026-03-31T23:00:00Z', timeZone)).toBe('2026-03-01T06:00:00.000Z');
    expect(nextDue(monthly, '2026-03-01T06:00:00Z', timeZone)).toBe('2026-04-01T05:00:00.000Z');
    expect(dueNow('statements', monthly, { ranFor: '2026-01-01T06:00:00.000Z', at: '2026-03-25T12:00:00Z', timeZone })).toBe(
      '2026-02-01T06:00:00.000Z',
    );
    expect(statementMonth('2026-03-01T06:00:00.000Z', timeZone)).toEqual({ from: '2026-02-01', to: '2026-02-28' });
  });
});
