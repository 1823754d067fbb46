import type { Queryable } from '../client.ts';
import { filter, type Page } from './page.ts';

export interface Person {
  id: string;
  name: string;
  email: string;
  roles: string[];
  customerId: string | null;
  secondFactor: boolean;
  /** The password is one that an administrator was shown, and nothing else has ever opened a session. */
  passwordToChange: boolean;
  /** By mail, and has not joined yet: nothing opens a session. */
  invited: boolean;
  disabledAt: string | null;
}

const columns = `id, name, email, roles, customer_id AS "customerId", two_factor_enabled AS "secondFactor",
  disabled_at AS "disabledAt", NOT EXISTS (SELECT 1 FROM user_accounts WHERE user_id = users.id) AS invited,
  -- Whoever comes by the company's own provider need not even know the password.
  password_given AND NOT EXISTS (
    SELECT 1 FROM user_accounts WHERE user_id = users.id AND provider_id <> 'credential') AS "passwordToChange"`;

export interface PersonSession {
  id: string;
  userAgent: string | null;
  createdAt: string;
  expiresAt: string;
}

/** The open sessions of a person, the newest first; without their tokens, which are as good as its password. */
export async function listSessions(db: Queryable, personId: string): Promise<PersonSession[]> {
  const found = await db.query<PersonSession>(
    `SELECT id, user_agent AS "userAgent", created_at AS "createdAt", expires_at AS "expiresAt" FROM user_sessions
     WHERE user_id = $1 AND expires_at > clock_timestamp() ORDER BY created_at DESC, id LIMIT 100`,
    [personId],
  );
  return found.rows;
}

/** Whether a session is still open to what it was opened to: undefined once it has ended, or its person was disabled. */
export async function readSessionState(db: Queryable, sessionId: string): Promise<{ changedAt: string } | undefined> {
  const { rows } = await db.query<{ changedAt: string }>(
    `SELECT u.updated_at AS "changedAt" FROM user_sessions s JOIN users u ON u.id = s.user_id
     WHERE s.id = $1 AND s.expires_at > clock_timestamp() AND u.disabled_at IS NULL`,
    [sessionId],
  );
  return rows[0];
}

export async function readPerson(db: Queryable, id: string): Promise<Person | undefined> {
  return (await db.query<Person>(`SELECT ${columns} FROM users WHERE id = $1`, [id])).rows[0];
}

/** Everybody who signs in, or those of one customer. */
export async function listPeople(db: Queryable, page: Page, customerId?: string): Promise<Person[]> {
  const { where, limit, values } = filter({ 'id > ?': page.after, 'customer_id = ?': customerId }, page.limit);
  return (await db.query<Person>(`SELECT ${columns} FROM users ${where} ORDER BY id ${limit}`, values)).rows;
}
