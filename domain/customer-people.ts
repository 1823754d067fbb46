/** What decides who looks after the people of a customer. */
export interface CustomerPerson {
  id: string;
  roles: readonly string[];
  /** Has chosen a password, or comes by the company's provider: who was only invited looks after nobody yet. */
  hasJoined: boolean;
  isDisabled: boolean;
}

const administers = ({ roles, hasJoined, isDisabled }: CustomerPerson) =>
  roles.includes('customer-admin') && hasJoined && !isDisabled;

/**
 * Whether nobody of the customer could look after its people any more once `changed` stands in place of who it was. Nobody of the
 * customer may bring that about: not the last administrator alone, nor two who take each other's rights away at the same time.
 */
export const leavesNoAdministrator = (people: readonly CustomerPerson[], changed: CustomerPerson): boolean =>
  !people.map((person) => (person.id === changed.id ? changed : person)).some(administers);
