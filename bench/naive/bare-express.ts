import { createHash } from 'node:crypto';
import express from 'express';
import { openDatabase } from '../../db/client.ts';
import { placeOrder } from '../../db/transactions/place-order.ts';

/*
 * The yardstick of intake: Express, its JSON reader and our own two statements, and nothing else. No key,
 * no rate limit, no headers, no schema, no log, no workflow start.
 */
const database = openDatabase({ url: process.env.DATABASE_URL!, role: 'throughline_api', maxConnections: 20 });
const app = express();
app.disable('x-powered-by');
app.use(express.json());
app.get('/readyz', (_request, response) => {
  response.json({});
});
app.post('/v1/orders', async (request, response) => {
  const { order } = await placeOrder(database, {
    request: request.body,
    actor: 'bench',
    principal: 'bench',
    idempotencyKey: request.headers['idempotency-key'] as string,
    fingerprint: createHash('sha256').update(JSON.stringify(request.body)).digest('base64url'),
  });
  response.status(201).json(order);
});
const server = app.listen(Number(process.env.PORT), '127.0.0.1');
process.once('SIGTERM', () => {
  server.closeAllConnections();
  server.close();
  void database.close();
});
