import { createHmac } from 'node:crypto';
import pg from 'pg';

/** One person per role of the local company, and a second one where two must agree; the ids are those of the local keys. */
const people = [
  ['sales', 'Sol Sales', 'sales'],
  ['credit', 'Cora Credit', 'credit'],
  ['credit-2', 'Cem Credit', 'credit'],
  ['warehouse', 'Wanda Warehouse', 'warehouse'],
  ['shipping', 'Sven Shipping', 'shipping'],
  ['receivables', 'Rita Receivables', 'receivables'],
  ['finance', 'Fay Finance', 'finance'],
  ['finance-2', 'Finn Finance', 'finance'],
  ['admin', 'Ada Admin', 'admin'],
] as const;

/** The customer of the example company for whom somebody buys. */
export const exampleCustomer = 'HAFENKANTE';

export interface LocalPerson {
  id: string;
  name: string;
  email: string;
  roles: string[];
  customerId: string | undefined;
  password: string;
}

/** Who can sign in on a local stack. The passwords are derived from its secret, and so stay the same. */
export function localPeople(secret: string, customerId: string): LocalPerson[] {
  const passwordOf = (id: string) => createHmac('sha256', secret).update(`password of ${id}`).digest('base64url').slice(0, 16);
  const person = (id: string, name: string, roles: string[], of?: string): LocalPerson => ({
    id,
    name,
    email: `${id}@throughline.example`,
    roles,
    customerId: of,
    password: passwordOf(id),
  });
  return [
    ...people.map(([id, name, role]) => person(id, name, [role])),
    person('buyer', 'Bea Buyer', ['customer', 'buyer', 'payer', 'customer-admin'], customerId),
  ];
}

/** Call it only for a stack on this machine. A customer that is not there yet has nobody who signs in. */
export async function ensureLocalPeople(
  databaseUrl: string,
  wanted: readonly LocalPerson[],
  hash: (password: string) => Promise<string>,
): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (const person of wanted) {
      const added = await client.query(
        `INSERT INTO users (id, name, email, roles, customer_id) SELECT $1, $2, $3, $4, $5
         WHERE $5::text IS NULL OR EXISTS (SELECT 1 FROM customers WHERE id = $5) ON CONFLICT (id) DO NOTHING`,
        [person.id, person.name, person.email, person.roles, person.customerId],
      );
      if (added.rowCount === 0) continue;
      await client.query(
        `INSERT INTO user_accounts (id, account_id, provider_id, user_id, password)
         VALUES ($1 || ':password', $1, 'credential', $1, $2)`,
        [person.id, await hash(person.password)],
      );
    }
  } finally {
    await client.end();
  }
}
