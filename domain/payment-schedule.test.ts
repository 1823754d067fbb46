import { expect, test } from 'vitest';
import { defaultDunningPolicy } from './dunning.ts';
import type { PaymentTerms } from './invoice.ts';
import { paymentSchedule } from './payment-schedule.ts';

const terms: PaymentTerms = {
  kind: 'net',
  days: 0,
  instalments: [
    { share: '0.5', days: 30 },
    { share: '0.5', days: 60 },
  ],
  discounts: [{ rate: '0.03', days: 10 }],
};
const invoice = {
  invoiceId: 'INV-2026-000001',
  issuedOn: '2026-03-01',
  grossMinor: 10_000,
  paidMinor: 0,
  policy: defaultDunningPolicy,
  timeZone: 'Europe/Berlin',
};

test('I2: the terms say when each part is due, what an early payment earns, and when letters go out', () => {
  const { instalments, dueOn, discounts, plan } = paymentSchedule(terms, invoice);
  expect(instalments.map((part) => part.dueOn)).toEqual(['2026-03-31', '2026-04-30']);
  expect(dueOn).toBe('2026-03-31');
  expect(discounts).toEqual([{ rate: '0.03', payBy: '2026-03-11', discountMinor: 300 }]);
  expect(plan.steps.filter(({ kind }) => kind === 'overdue').map(({ on }) => on)).toEqual(['2026-04-01', '2026-05-01']);
});

test('I4: a revised invoice that the customer has paid already, but for less than the discount, offers none', () => {
  expect(paymentSchedule(terms, { ...invoice, paidMinor: 9_699 }).discounts).toHaveLength(1);
  expect(paymentSchedule(terms, { ...invoice, paidMinor: 9_700 }).discounts).toEqual([]);
});
