import { expect, test } from 'vitest';
import { deliveryTerms, passesOnDelivery } from './delivery-terms.ts';

test('I1: under D-terms control passes on delivery, under all others at goods issue', () => {
  expect(deliveryTerms.filter(passesOnDelivery)).toEqual(['DAP', 'DPU', 'DDP']);
  expect(passesOnDelivery(null)).toBe(false);
});
