import type { Database, Transaction } from '../../db/client.ts';
import type { CarrierPort } from '../../ports/carrier.ts';

export interface NaiveOrder {
  orderId: string;
  customerId: string;
  lines: { sku: string; quantity: number }[];
  grossMinor: number;
}

/** The simulator asks for no more to take a parcel. */
const nowhere = { name: '', street: '', city: '', postalCode: '', country: '' };
export const parcel = {
  service: 'standard',
  shipFrom: nowhere,
  shipTo: nowhere,
  weightGrams: 0,
};

/** Each step is one short transaction that may run twice. */
export function createNaiveActivities(database: Database, carrier: CarrierPort) {
  return {
    async holdCredit({ orderId, customerId, lines, grossMinor }: NaiveOrder): Promise<void> {
      await database.transaction(async (tx) => {
        await tx.query('SELECT 1 FROM customers WHERE id = $1 FOR UPDATE', [customerId]);
        const placed = await tx.query(
          "INSERT INTO orders (id, customer_id, lines, gross_minor, status) VALUES ($1, $2, $3, $4, 'approved') ON CONFLICT DO NOTHING RETURNING id",
          [orderId, customerId, JSON.stringify(lines), grossMinor],
        );
        if (placed.rows.length === 0) return;
        const held = await tx.query(
          'UPDATE customers SET exposure_minor = exposure_minor + $2 WHERE id = $1 AND exposure_minor + $2 <= limit_minor RETURNING id',
          [customerId, grossMinor],
        );
        if (held.rows.length === 0) throw new Error('over the limit');
      });
    },
    async reserveStock({ orderId, lines }: NaiveOrder): Promise<void> {
      await database.transaction(async (tx) => {
        for (const { sku, quantity } of [...lines].sort((one, other) => one.sku.localeCompare(other.sku))) {
          const reserved = await tx.query(
            'INSERT INTO reservations (order_id, sku, quantity) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING sku',
            [orderId, sku, quantity],
          );
          if (reserved.rows.length === 0) continue;
          const taken = await tx.query(
            'UPDATE stock SET reserved = reserved + $2 WHERE sku = $1 AND on_hand - reserved >= $2 RETURNING sku',
            [sku, quantity],
          );
          if (taken.rows.length === 0) throw new Error('out of stock');
        }
        await move(tx, orderId, 'reserved');
      });
    },
    async ship({ orderId, lines }: NaiveOrder): Promise<void> {
      const booking = await carrier.book({ ...parcel, key: orderId });
      if ('refused' in booking) throw new Error(booking.refused.reason);
      const { trackingNumber } = booking;
      await database.transaction(async (tx) => {
        const shipped = await tx.query(
          'INSERT INTO shipments (order_id, tracking_number, at) VALUES ($1, $2, now()) ON CONFLICT DO NOTHING RETURNING order_id',
          [orderId, trackingNumber],
        );
        if (shipped.rows.length === 0) return;
        for (const { sku, quantity } of [...lines].sort((one, other) => one.sku.localeCompare(other.sku))) {
          await tx.query('UPDATE stock SET on_hand = on_hand - $2, reserved = reserved - $2 WHERE sku = $1', [sku, quantity]);
        }
        await move(tx, orderId, 'shipped');
      });
    },
    async invoice({ orderId, grossMinor }: NaiveOrder): Promise<void> {
      await database.transaction(async (tx) => {
        const invoiced = await tx.query('SELECT 1 FROM invoices WHERE order_id = $1', [orderId]);
        if (invoiced.rows.length > 0) return;
        await move(tx, orderId, 'invoiced');
        await post(tx, orderId, 'invoice', 'receivable', 'revenue', grossMinor);
        await tx.query(
          `WITH next AS (UPDATE number_series SET last_number = last_number + 1 RETURNING last_number)
           INSERT INTO invoices (number, order_id, gross_minor, open_minor) SELECT last_number, $1, $2, $2 FROM next`,
          [orderId, grossMinor],
        );
      });
    },
    async settle({ orderId, customerId, grossMinor }: NaiveOrder): Promise<void> {
      await database.transaction(async (tx) => {
        const settled = await tx.query("UPDATE orders SET status = 'closed' WHERE id = $1 AND status <> 'closed' RETURNING id", [
          orderId,
        ]);
        if (settled.rows.length === 0) return;
        await tx.query('UPDATE invoices SET open_minor = 0 WHERE order_id = $1', [orderId]);
        await tx.query('UPDATE customers SET exposure_minor = exposure_minor - $2 WHERE id = $1', [customerId, grossMinor]);
        await post(tx, orderId, 'payment', 'bank', 'receivable', grossMinor);
      });
    },
  };
}

export type NaiveActivities = ReturnType<typeof createNaiveActivities>;

async function move(tx: Transaction, orderId: string, status: string): Promise<void> {
  await tx.query('UPDATE orders SET status = $2 WHERE id = $1', [orderId, status]);
}

async function post(tx: Transaction, orderId: string, event: string, debit: string, credit: string, amountMinor: number) {
  await tx.query('INSERT INTO postings (order_id, event, account, amount_minor) VALUES ($1, $2, $3, $5), ($1, $2, $4, -$5)', [
    orderId,
    event,
    debit,
    credit,
    amountMinor,
  ]);
}
