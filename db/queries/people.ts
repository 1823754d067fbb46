import type { Queryable } from '../client.ts';
import { filter, type Page } from './page.ts';

export interface Person {
  id: string;
  name: string;
  email: string;
  roles: string[];
  customerId: string | null;
  secondFactor: boolean;
  disabledAt: string | null;
}

const columns = `id, name, email, roles, customer_id AS "customerId", two_factor_enabled AS "secondFactor",
  disabled_at AS "disabledAt"`;

export async function readPerson(db: Queryable, id: string): Promise<Person | undefined> {
  return (await db.query<Person>(`SELECT ${columns} FROM users WHERE id = $1`, [id])).rows[0];
}

export async function listPeople(db: Queryable, page: Page): Promise<Person[]> {
  const { where, limit, values } = filter({ 'id > ?': page.after }, page.limit);
  return (await db.query<Person>(`SELECT ${columns} FROM users ${where} ORDER BY id ${limit}`, values)).rows;
}
