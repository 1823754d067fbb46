import { type Fault, Refusal } from '../../domain/failures.ts';
import type { Transaction } from '../client.ts';
import { customerExists } from '../queries/customers.ts';
import { type Person, readPerson } from '../queries/people.ts';
import { type Actor, isReservedName, record } from '../statements/audit.ts';

interface PersonDetails {
  name: string;
  email: string;
  roles: string[];
  customerId?: string | undefined;
}

export interface By {
  actor: Actor;
  at: string;
}

/**
 * A person who may sign in, or without a password one who is invited to. The id is who acts in audit rows and four eyes, so it is never
 * given to anybody else.
 */
export async function createPerson(
  tx: Transaction,
  input: PersonDetails & By & { id: string; passwordHash?: string | undefined },
): Promise<Person> {
  const faults: Fault[] = [];
  const taken = await tx.query<{ id: string; email: string }>('SELECT id, email FROM users WHERE id = $1 OR email = $2', [
    input.id,
    input.email,
  ]);
  const key = await tx.query('SELECT 1 FROM api_keys WHERE lower(name) = $1', [input.id]);
  if (taken.rows.some(({ id }) => id === input.id) || key.rows.length > 0 || isReservedName(input.id)) {
    faults.push({ path: '/id', code: 'taken', detail: `There is or was somebody called ${input.id}.` });
  }
  const takenAddress = { path: '/email', code: 'taken', detail: 'Somebody signs in with this address already.' };
  if (taken.rows.some(({ email }) => email === input.email)) faults.push(takenAddress);
  faults.push(...(await faultsOfCustomer(tx, input.customerId)));
  if (faults.length > 0) throw cannotBeAdded(faults);
  const added = await tx.query(
    `INSERT INTO users (id, name, email, roles, customer_id, password_given) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT DO NOTHING`,
    [input.id, input.name, input.email, input.roles, input.customerId, input.passwordHash !== undefined],
  );
  // Somebody else was quicker since we looked.
  if (added.rowCount === 0) throw cannotBeAdded([takenAddress]);
  if (input.passwordHash !== undefined) await keepPassword(tx, { id: input.id, passwordHash: input.passwordHash });
  const person = await mustRead(tx, input.id);
  await note(tx, input, 'person-added', `${person.id} may sign in: ${person.roles.join(', ')}`, person);
  return person;
}

const cannotBeAdded = (faults: Fault[]) => new Refusal(422, 'invalid-person', 'This person cannot be added.', { faults });

export const keepPassword = (tx: Transaction, { id, passwordHash }: { id: string; passwordHash: string }) =>
  tx.query(
    `INSERT INTO user_accounts (id, account_id, provider_id, user_id, password) VALUES ($1 || ':password', $1, 'credential', $1, $2)
     ON CONFLICT (id) DO UPDATE SET password = excluded.password, updated_at = clock_timestamp()`,
    [id, passwordHash],
  );

/** Who a person is and what it may do. Whoever is disabled is signed out everywhere. */
export async function changePerson(
  tx: Transaction,
  input: PersonDetails & By & { id: string; disabled: boolean },
): Promise<Person> {
  await tx.query('SELECT 1 FROM users WHERE id = $1 FOR UPDATE', [input.id]);
  const before = await mustRead(tx, input.id);
  const faults: Fault[] = [];
  if (input.actor.name === input.id && before.roles.includes('admin') && (input.disabled || !input.roles.includes('admin'))) {
    const path = input.disabled ? '/disabled' : '/roles';
    faults.push({ path, code: 'own-rights', detail: 'Nobody takes the administration away from themselves.' });
  }
  const twin = await tx.query('SELECT 1 FROM users WHERE email = $2 AND id <> $1', [input.id, input.email]);
  if (twin.rows.length > 0) {
    faults.push({ path: '/email', code: 'taken', detail: 'Somebody signs in with this address already.' });
  }
  faults.push(...(await faultsOfCustomer(tx, input.customerId)));
  if (faults.length > 0) throw new Refusal(422, 'invalid-person', 'This person cannot be changed.', { faults });
  await tx.query(
    `UPDATE users SET name = $2, email = $3, roles = $4, customer_id = $5, updated_at = clock_timestamp(),
       disabled_at = CASE WHEN $6 THEN coalesce(disabled_at, clock_timestamp()) END,
       disabled_by = CASE WHEN $6 THEN coalesce(disabled_by, $7) END,
       -- A link went to the old address, for the old customer: it opens nothing for another.
       invitation_key = CASE WHEN NOT $6 AND email = $3 AND customer_id IS NOT DISTINCT FROM $5 THEN invitation_key END WHERE id = $1`,
    [input.id, input.name, input.email, input.roles, input.customerId, input.disabled, input.actor.name],
  );
  if (input.disabled || input.customerId !== before.customerId) await endSessions(tx, input.id);
  const after = await mustRead(tx, input.id);
  await note(
    tx,
    input,
    'person-changed',
    `${after.id}: ${after.disabledAt ? 'disabled' : after.roles.join(', ')}`,
    after,
    before,
  );
  return after;
}

/** Another password, for who has forgotten the old one: every session that it had opened ends. */
export async function renewPassword(tx: Transaction, input: By & { id: string; passwordHash: string }): Promise<{ id: string }> {
  await mustRead(tx, input.id);
  await keepPassword(tx, input);
  await tx.query('UPDATE users SET password_given = true, invitation_key = NULL WHERE id = $1', [input.id]);
  await endSessions(tx, input.id);
  await note(tx, input, 'password-renewed', `${input.id} has another password`);
  return { id: input.id };
}

/** The second factor of somebody who has lost it goes, and every session with it; the next sign-in asks for the password alone. */
export async function resetSecondFactor(tx: Transaction, input: By & { id: string; reason: string }): Promise<Person> {
  await tx.query('SELECT 1 FROM users WHERE id = $1 FOR UPDATE', [input.id]);
  const before = await mustRead(tx, input.id);
  // Their own is turned off with the password, which a session that was left open does not know.
  if (input.actor.name === input.id) {
    throw new Refusal(
      409,
      'own-second-factor',
      'Turn your own second factor off with your password, or ask another administrator.',
    );
  }
  if (!before.secondFactor) throw new Refusal(409, 'no-second-factor', `${input.id} has no second factor.`);
  await tx.query('UPDATE users SET two_factor_enabled = false, updated_at = clock_timestamp() WHERE id = $1', [input.id]);
  await tx.query('DELETE FROM user_second_factors WHERE user_id = $1', [input.id]);
  await endSessions(tx, input.id);
  await note(tx, input, 'second-factor-reset', `${input.id} has lost the second factor: ${input.reason}`);
  return mustRead(tx, input.id);
}

/** One of the asker's own sessions, on whichever device. */
export async function endSession(tx: Transaction, input: By & { id: string; personId: string }): Promise<void> {
  const ended = await tx.query('DELETE FROM user_sessions WHERE id = $1 AND user_id = $2', [input.id, input.personId]);
  if (ended.rowCount === 0) throw new Refusal(404, 'unknown-session', 'You have no such session; it may have ended already.');
  await note(tx, input, 'session-ended', `${input.personId} has ended a session`);
}

const ownChanges = {
  'password-changed': 'has chosen another password',
  'second-factor-on': 'signs in with a second factor from now on',
  'second-factor-off': 'signs in without a second factor from now on',
};

/** What people have done about their own sign-in, which the library of the sign-in has written by itself. */
export async function noteOwnChange(tx: Transaction, input: By & { id: string; change: keyof typeof ownChanges }): Promise<void> {
  if (input.change === 'password-changed') await tx.query('UPDATE users SET password_given = false WHERE id = $1', [input.id]);
  await note(tx, input, input.change, `${input.id} ${ownChanges[input.change]}`);
}

export const endSessions = (tx: Transaction, userId: string) =>
  tx.query('DELETE FROM user_sessions WHERE user_id = $1', [userId]);

async function faultsOfCustomer(tx: Transaction, customerId: string | undefined): Promise<Fault[]> {
  if (customerId === undefined || (await customerExists(tx, customerId))) return [];
  return [{ path: '/customerId', code: 'unknown-customer', detail: `There is no customer ${customerId}.` }];
}

export async function mustRead(tx: Transaction, id: string): Promise<Person> {
  const person = await readPerson(tx, id);
  if (!person) throw new Refusal(404, 'unknown-person', `There is no person ${id}.`);
  return person;
}

export async function note(tx: Transaction, { actor, at }: By, action: string, summary: string, after?: Person, before?: Person) {
  const kept = (person: Person | undefined) =>
    person && { id: person.id, roles: person.roles, customerId: person.customerId, disabled: person.disabledAt !== null };
  await record(tx, {
    at,
    actor,
    action,
    summary,
    customerId: after?.customerId ?? undefined,
    before: kept(before),
    after: kept(after),
  });
}
