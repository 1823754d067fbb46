import { customerExists } from '../db/queries/customers.ts';
import { record } from '../db/statements/audit.ts';
import { readClock } from '../db/statements/company.ts';
import { Refusal } from '../domain/failures.ts';
import type { Call, Route } from './contract.ts';

/** What is asked for here is remembered even when it is refused: somebody will ask what became of it. */
const remembered: Record<string, { thing: string; called: string }> = {
  '/v1/orders': { thing: 'order', called: 'An order' },
  '/v1/payments': { thing: 'payment', called: 'A payment' },
  '/v1/opening-items': { thing: 'opening-item', called: 'An opening item' },
};

interface Asked {
  customerId: string;
  externalReference?: string;
  /** What an opening item has in place of it. */
  reference?: string;
}

/** A refused command leaves nothing behind but the note that it was asked for. */
export async function noteRefusal(route: Route, call: Call<unknown, unknown, unknown>, error: unknown): Promise<void> {
  const noted = route.method === 'post' ? remembered[route.path] : undefined;
  if (!noted || !(error instanceof Refusal) || error.status >= 500) return;
  const { customerId, externalReference, reference } = call.body as Asked;
  await call.database.transaction(async (tx) => {
    const { at } = await readClock(tx);
    await record(tx, {
      at,
      actor: call.actor,
      action: `${noted.thing}-refused`,
      summary: `${noted.called} was refused: ${error.message}`,
      customerId: (await customerExists(tx, customerId)) ? customerId : undefined,
      after: { type: error.type, faults: error.faults, externalReference: externalReference ?? reference },
    });
  });
}
