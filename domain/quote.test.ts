import { expect, it } from 'vitest';
import { quoteStatusOn } from './quote.ts';

it.each([
  ['sent', '2026-03-31', 'sent'],
  ['sent', '2026-04-01', 'expired'],
  ['accepted', '2026-04-01', 'accepted'],
  ['declined', '2026-04-01', 'declined'],
  ['expired', '2026-03-01', 'expired'],
] as const)('O1: a quote that is %s and valid until 31 March is, on %s, %s', (status, today, found) => {
  expect(quoteStatusOn({ status, validUntil: '2026-03-31' }, today)).toBe(found);
});
