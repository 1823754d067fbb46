import { describe, expect, it } from 'vitest';
import { type CustomerPerson, leavesNoAdministrator } from './customer-people.ts';

describe('the people of a customer', () => {
  const ada: CustomerPerson = { id: 'ada', roles: ['customer', 'customer-admin'], hasJoined: true, isDisabled: false };
  const bob: CustomerPerson = { ...ada, id: 'bob' };
  const buyer: CustomerPerson = { ...ada, id: 'cat', roles: ['customer', 'buyer'] };

  it('X3: the last administrator who has joined is not lost, by role or by being disabled', () => {
    expect(leavesNoAdministrator([ada, buyer], { ...ada, roles: ['customer'] })).toBe(true);
    expect(leavesNoAdministrator([ada, buyer], { ...ada, isDisabled: true })).toBe(true);
    expect(leavesNoAdministrator([ada, buyer], { ...buyer, isDisabled: true })).toBe(false);
    expect(leavesNoAdministrator([ada, bob], { ...ada, isDisabled: true })).toBe(false);
    for (const away of [{ isDisabled: true }, { hasJoined: false }])
      expect(leavesNoAdministrator([ada, { ...bob, ...away }], { ...ada, isDisabled: true })).toBe(true);
  });
});
