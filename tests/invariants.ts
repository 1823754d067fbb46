import { expect } from 'vitest';
import { webhookBodies } from '../api/webhook-bodies.ts';
import type { Database } from '../db/client.ts';
import { brokenInvariants } from '../db/queries/invariants.ts';
import { readClock } from '../db/statements/company.ts';
import { type WebhookEvent, webhookBody } from '../domain/webhook.ts';

/** What must be true of the books after every test, however rough: fails with each broken invariant and its rows. */
export async function checkInvariants(database: Database): Promise<void> {
  expect(await brokenInvariants(database, (await readClock(database)).at)).toEqual([]);
  await checkWebhookEvents(database);
}

const bodies = new Map(webhookBodies);
const newest = 200;

/** What receivers are told has the shape that OpenAPI promises, whatever led to it (X4). */
async function checkWebhookEvents(database: Database): Promise<void> {
  const { rows } = await database.query<WebhookEvent>(
    `SELECT id, type, customer_id AS "customerId", record_id AS "recordId", sequence, data, at
     FROM webhook_events ORDER BY id DESC LIMIT $1`,
    [newest],
  );
  for (const event of rows) bodies.get(event.type)!.parse(JSON.parse(webhookBody(event)));
}
