import { expect, it } from 'vitest';
import { withDays } from './days.ts';

it('writes the days within a sentence as people do, and leaves ids as they are', () => {
  expect(withDays('SHP-10000025 goes on 2026-11-23, expected on 2026-11-25.')).toBe(
    'SHP-10000025 goes on 23 Nov 2026, expected on 25 Nov 2026.',
  );
  expect(withDays('until 2026-11-19T14:30:00.159Z; silence cancels')).toMatch(/^until \d\d Nov 2026, \d\d:30; silence cancels$/);
  const ids = 'INV-2026-000012, LS-2026-11-23, dunning.2026-11-23 and 2026-13-45';
  expect(withDays(ids)).toBe(ids);
});
