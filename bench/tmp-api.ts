import { createHash } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import express from 'express';
import { openDatabase } from '../db/client.ts';
import { placeOrder } from '../db/transactions/place-order.ts';
import { receivePayment } from '../db/transactions/receive-payment.ts';
import { createDelivery } from '../outbox/deliver.ts';
import { confirmPick } from '../workflows/messages.ts';

const database = openDatabase({ url: process.env.DATABASE_URL!, role: 'throughline_api', maxConnections: 20 });
const connection = await Connection.connect({ address: process.env.TEMPORAL_ADDRESS! });
const client = new Client({ connection, namespace: process.env.TEMPORAL_NAMESPACE! });
const delivery = createDelivery({ database, client: async () => client, concurrency: 4 });
const app = express();
app.use(express.json());
app.get('/readyz', (_q, r) => {
  r.json({});
});
const actor = { name: 'bench', verified: true };
app.post('/v1/orders', async (q, r) => {
  const { order } = await database.transaction((tx) =>
    placeOrder(tx, {
      request: q.body,
      actor: 'bench',
      principal: 'bench',
      idempotencyKey: q.headers['idempotency-key'] as string,
      fingerprint: createHash('sha256').update(JSON.stringify(q.body)).digest('base64url'),
    }),
  );
  delivery.deliverSoon();
  r.status(201).json(order);
});
app.post('/v1/shipments/:id/pick', async (q, r) => {
  const { rows } = await database.query('SELECT order_id FROM shipments WHERE id = $1', [q.params.id]);
  r.json(
    await client.workflow
      .getHandle(rows[0].order_id)
      .executeUpdate(confirmPick, { args: [{ shipmentId: q.params.id, short: [], packed: true, actor }] }),
  );
});
app.post('/v1/payments', async (q, r) => {
  const out = await database.transaction((tx) =>
    receivePayment(tx, { ...q.body, actor, at: new Date().toISOString(), offsetMs: 0 }),
  );
  delivery.deliverSoon();
  r.status(201).json(out);
});
const server = app.listen(Number(process.env.PORT), '127.0.0.1');
process.once('SIGTERM', () => {
  server.closeAllConnections();
  server.close();
  void database.close();
  void connection.close();
});
