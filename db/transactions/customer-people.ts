import { randomBytes, randomUUID } from 'node:crypto';
import { type CustomerPerson, leavesNoAdministrator } from '../../domain/customer-people.ts';
import { Refusal } from '../../domain/failures.ts';
import type { Transaction } from '../client.ts';
import { customerExists } from '../queries/customers.ts';
import { type Person, readPerson } from '../queries/people.ts';
import { invitedBy } from '../statements/invitation-links.ts';
import { tell } from '../statements/notices.ts';
import { type By, changePerson, createPerson, endSessions, keepPassword, mustRead, note } from './save-person.ts';

/* The people of one customer, looked after by its own administrators or by the company's: never those of another. */

interface OfCustomer extends By {
  customerId: string;
}

interface LockedPerson extends CustomerPerson {
  name: string;
  email: string;
  disabledBy: string | null;
}

/** So many mails to one person; who asks for more has another trouble. */
const invitationsMaximum = 20;

/** Lets somebody choose a password and sign in for the customer, by a link in a mail to that address. */
export async function inviteColleague(
  tx: Transaction,
  input: OfCustomer & { name: string; email: string; roles: string[] },
): Promise<Person> {
  await lockPeople(tx, input.customerId);
  const { id } = await createPerson(tx, { ...input, id: freeId(input.email) });
  return sendInvitation(tx, { ...input, id });
}

/** Another link to choose a password, for who has lost the first, or has forgotten the password. Every link from before ends. */
export async function inviteAgain(tx: Transaction, input: OfCustomer & { id: string }): Promise<Person> {
  const person = mustBeAmong(await lockPeople(tx, input.customerId), input.id);
  if (person.isDisabled) {
    throw new Refusal(409, 'person-disabled', `${person.name} is disabled; let them in again first.`);
  }
  return sendInvitation(tx, input);
}

/** What a colleague may do, and whether they still sign in: who is disabled is signed out everywhere, and their links end. */
export async function changeColleague(
  tx: Transaction,
  input: OfCustomer & { id: string; name: string; roles: string[]; disabled: boolean },
): Promise<Person> {
  const people = await lockPeople(tx, input.customerId);
  const changed = mustBeAmong(people, input.id);
  const isColleague = (name: string | null) => people.some(({ id }) => id === name);
  const isOwn = isColleague(input.actor.name);
  if (isOwn && changed.isDisabled && !input.disabled && !isColleague(changed.disabledBy)) {
    throw new Refusal(409, 'disabled-by-us', `We have disabled ${input.name}; please ask us to let them in again.`);
  }
  if (isOwn && leavesNoAdministrator(people, { ...changed, roles: input.roles, isDisabled: input.disabled })) {
    const path = input.disabled ? '/disabled' : '/rights';
    const detail = 'Somebody has to look after your people: make another of them administrator first.';
    throw new Refusal(422, 'last-administrator', detail, { faults: [{ path, code: 'last-administrator', detail }] });
  }
  return changePerson(tx, { ...input, email: changed.email });
}

/** Whoever holds the link of an invitation, as its page greets them. */
export async function readInvitation(tx: Transaction, token: string): Promise<{ name: string; email: string }> {
  const { name, email } = await mustBeInvited(tx, token);
  return { name, email };
}

/** The password that they chose, once: the link ends, and so does every session that an older password had opened. */
export async function acceptInvitation(
  tx: Transaction,
  { token, passwordHash, at }: { token: string; passwordHash: string; at: string },
): Promise<{ email: string }> {
  const { id } = await mustBeInvited(tx, token);
  await tx.query('SELECT 1 FROM users WHERE id = $1 FOR UPDATE', [id]);
  // Under the lock: its twin may have used it, or somebody ended it, meanwhile.
  const { email } = await mustBeInvited(tx, token);
  await keepPassword(tx, { id, passwordHash });
  await tx.query(
    `UPDATE users SET invitation_key = NULL, password_given = false, email_verified = true, updated_at = clock_timestamp()
     WHERE id = $1`,
    [id],
  );
  await endSessions(tx, id);
  const actor = { name: id, verified: true };
  await note(tx, { actor, at }, 'invitation-accepted', `${id} has chosen a password`, await mustRead(tx, id));
  return { email };
}

async function sendInvitation(tx: Transaction, { customerId, id, actor, at }: OfCustomer & { id: string }): Promise<Person> {
  const { rows } = await tx.query<{ sendings: number; customerName: string }>(
    `SELECT (SELECT count(*)::int FROM notices WHERE customer_id = c.id AND kind = 'invitation' AND facts ->> 'personId' = $2) AS sendings,
       c.name AS "customerName" FROM customers c WHERE c.id = $1`,
    [customerId, id],
  );
  const { sendings, customerName } = rows[0]!;
  const sending = sendings + 1;
  if (sending > invitationsMaximum) {
    throw new Refusal(409, 'sent-too-often', `${id} has been invited ${invitationsMaximum} times; invite another address.`);
  }
  const person = await mustRead(tx, id);
  const inviter = await readPerson(tx, actor.name);
  // Temporal shows the key of a mail to all who look there, and theirs may be a person's name.
  const key = `invitation:${randomUUID()}`;
  await tell(tx, {
    key,
    kind: 'invitation',
    customerId,
    recipient: person.email,
    facts: {
      personId: id,
      personName: person.name,
      customerName,
      invitedBy: inviter?.customerId === customerId ? inviter.name : null,
    },
    at,
  });
  await tx.query('UPDATE users SET invitation_key = $2 WHERE id = $1', [id, key]);
  await note(tx, { actor, at }, 'person-invited', `${id} is sent a link to choose a password`, person);
  return person;
}

/** Everybody of the customer, under lock, in one order: whoever changes two of them at a time waits for the other. */
async function lockPeople(tx: Transaction, customerId: string): Promise<LockedPerson[]> {
  if (!(await customerExists(tx, customerId))) {
    throw new Refusal(404, 'unknown-customer', `There is no customer ${customerId}.`);
  }
  const { rows } = await tx.query<LockedPerson>(
    `SELECT id, name, email, roles, EXISTS (SELECT 1 FROM user_accounts WHERE user_id = users.id) AS "hasJoined",
       disabled_at IS NOT NULL AS "isDisabled", disabled_by AS "disabledBy" FROM users WHERE customer_id = $1 ORDER BY id FOR UPDATE`,
    [customerId],
  );
  return rows;
}

function mustBeAmong(people: readonly LockedPerson[], id: string): LockedPerson {
  const person = people.find((one) => one.id === id);
  if (!person) throw new Refusal(404, 'unknown-person', `There is no person ${id}.`);
  return person;
}

async function mustBeInvited(tx: Transaction, token: string): Promise<Person> {
  const id = await invitedBy(tx, token);
  if (id === undefined) {
    throw new Refusal(404, 'unknown-link', 'This link opens nothing, or no longer. Ask who invited you to send another.');
  }
  return mustRead(tx, id);
}

/** Who acts, as audit rows name them: the address's own name, and enough beside it that nobody else has it or had it. */
function freeId(email: string): string {
  const name = email
    .split('@')[0]!
    .replaceAll(/[^a-z0-9.-]/g, '')
    .replace(/^[^a-z]+/, '')
    .slice(0, 30);
  return `${name || 'p'}-${randomBytes(4).toString('hex')}`;
}
