import type { Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import type { Address } from '../statements/orders.ts';

export interface SaveWarehouseInput {
  id: string;
  name: string;
  address: Address;
  actor: Actor;
  at: string;
}

/** Takes a warehouse in, or changes its name and address. */
export async function saveWarehouse(tx: Transaction, input: SaveWarehouseInput): Promise<{ created: boolean }> {
  const { id, name, address, actor, at } = input;
  const { rows } = await tx.query('SELECT name, address FROM warehouses WHERE id = $1 FOR UPDATE', [id]);
  await tx.query(
    `INSERT INTO warehouses (id, name, address) VALUES ($1, $2, $3)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, address = excluded.address`,
    [id, name, JSON.stringify(address)],
  );
  await record(tx, {
    at,
    actor,
    action: rows[0] ? 'warehouse-changed' : 'warehouse-created',
    summary: `${id}: ${name}`,
    before: rows[0],
    after: { id, name, address },
  });
  return { created: !rows[0] };
}
