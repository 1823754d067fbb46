import { type Fault, Refusal } from '../../domain/failures.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { customerExists } from '../queries/customers.ts';
import { readPriceList } from '../queries/price-lists.ts';
import { type Actor, record } from '../statements/audit.ts';

export interface SavePriceListInput {
  id: string;
  name: string;
  currency: string;
  customerId?: string | undefined;
  segment?: string | undefined;
  validFrom?: IsoDate | undefined;
  validUntil?: IsoDate | undefined;
  /** A price of null is taken off the list; what is not named stays. */
  prices: { sku: string; minimumQuantity: number; unitPriceMinor: number | null }[];
  actor: Actor;
  at: string;
}

/**
 * Takes a price list in or changes it (O1). Orders keep the price they were accepted at. The currency stays, because the prices
 * that are not named again are in it.
 */
export async function savePriceList(tx: Transaction, input: SavePriceListInput): Promise<{ created: boolean }> {
  const { id, actor, at, prices } = input;
  const head = {
    name: input.name,
    currency: input.currency,
    customerId: input.customerId ?? null,
    segment: input.segment ?? null,
    validFrom: input.validFrom ?? null,
    validUntil: input.validUntil ?? null,
  };
  await tx.query('SELECT 1 FROM price_lists WHERE id = $1 FOR NO KEY UPDATE', [id]);
  const before = await readPriceList(tx, id);
  const faults = await findFaults(tx, input);
  if (faults.length > 0) throw new Refusal(422, 'invalid-price-list', 'The price list cannot be saved.', { faults });

  const saved = await tx.query(
    `INSERT INTO price_lists (id, name, currency, customer_id, segment, valid_from, valid_until, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, customer_id = excluded.customer_id, segment = excluded.segment,
       valid_from = excluded.valid_from, valid_until = excluded.valid_until, version = price_lists.version + 1, at = excluded.at
       WHERE price_lists.currency = excluded.currency
     RETURNING 1`,
    [id, head.name, head.currency, head.customerId, head.segment, head.validFrom, head.validUntil, at],
  );
  if (saved.rows.length === 0) {
    throw new Refusal(409, 'price-list-currency', `${id} is kept in another currency; ${head.currency} needs another list.`);
  }
  const pricesBefore = await tx.query(
    `SELECT p.sku, p.minimum_quantity AS "minimumQuantity", p.unit_price_minor AS "unitPriceMinor"
     FROM list_prices p JOIN unnest($2::text[], $3::int[]) AS named (sku, minimum_quantity)
       ON p.sku = named.sku AND p.minimum_quantity = named.minimum_quantity
     WHERE p.price_list_id = $1 ORDER BY p.sku, p.minimum_quantity`,
    [id, prices.map((price) => price.sku), prices.map((price) => price.minimumQuantity)],
  );
  await tx.query(
    `INSERT INTO list_prices (price_list_id, sku, minimum_quantity, unit_price_minor)
     SELECT $1, * FROM unnest($2::text[], $3::int[], $4::bigint[])
     ON CONFLICT (price_list_id, sku, minimum_quantity) DO UPDATE SET unit_price_minor = excluded.unit_price_minor`,
    [
      id,
      prices.map((price) => price.sku),
      prices.map((price) => price.minimumQuantity),
      prices.map((price) => price.unitPriceMinor),
    ],
  );
  await record(tx, {
    at,
    actor,
    action: before ? 'price-list-changed' : 'price-list-created',
    summary: `Price list ${id}: ${head.name}`,
    customerId: input.customerId,
    before: before && { ...before, prices: pricesBefore.rows },
    after: { ...head, prices },
  });
  return { created: !before };
}

async function findFaults(tx: Transaction, { customerId, prices }: SavePriceListInput): Promise<Fault[]> {
  const faults: Fault[] = [];
  if (customerId !== undefined && !(await customerExists(tx, customerId))) {
    faults.push({ path: '/customerId', code: 'unknown-customer', detail: `There is no customer ${customerId}.` });
  }
  const known = await tx.query<{ sku: string }>('SELECT sku FROM products WHERE sku = ANY ($1)', [prices.map(({ sku }) => sku)]);
  const skus = new Set(known.rows.map(({ sku }) => sku));
  for (const [index, { sku }] of prices.entries()) {
    if (!skus.has(sku)) {
      faults.push({ path: `/prices/${index}/sku`, code: 'unknown-sku', detail: `There is no product ${sku}.` });
    }
  }
  return faults;
}
