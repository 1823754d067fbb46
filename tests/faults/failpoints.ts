import { writeSync } from 'node:fs';
import type { Database, Queryable, Transaction } from '../../db/client.ts';
import type { CarrierPort } from '../../ports/carrier.ts';

/** One instant at which the worker's process dies, named by something that happens there. */
export interface Failpoint {
  name: string;
  /** Part of a statement's text, or the name of a call: 'carrier.book', 'workflow.start', 'workflow.signal'. */
  at: string;
  /** Part of what it is about, as in its values: an order, a shipment, a customer. */
  about: string;
  /**
   * Around the statement or call itself, or around the COMMIT of the transaction that it is part of; 'stalled' dies in front
   * of the COMMIT too, and so late that the workflow task has been continued by another one.
   */
  when: 'before' | 'after' | 'before-commit' | 'stalled' | 'after-commit' | 'before-answer';
}

/** Sits between the worker and the world, and ends the process without a word when a failpoint is reached. */
export interface Failpoints {
  arm(failpoints: Failpoint[]): void;
  around<Result>(at: string, about: unknown, call: () => Promise<Result>): Promise<Result>;
  database(database: Database): Database;
  carrier(carrier: CarrierPort): CarrierPort;
}

const answerMilliseconds = 3;
// The workflow tasks of these workers are 2 s long, and are continued after four fifths of that.
const stallMilliseconds = 2_600;

export function createFailpoints(): Failpoints {
  let armed: Failpoint[] = [];

  const reached = (at: string, about: unknown): Failpoint[] => {
    const text = JSON.stringify(about) ?? '';
    return armed.filter((failpoint) => at.includes(failpoint.at) && text.includes(failpoint.about));
  };
  const dieAt = async (failpoints: Failpoint[], when: Failpoint['when']): Promise<void> => {
    const failpoint = failpoints.find((one) => one.when === when);
    if (!failpoint) return;
    // Written at once: nothing that is buffered would survive.
    writeSync(1, `killed at ${failpoint.name}\n`);
    process.kill(process.pid, 'SIGKILL');
    await new Promise(() => {});
  };

  async function around<Result>(at: string, about: unknown, call: () => Promise<Result>): Promise<Result> {
    const here = reached(at, about);
    await dieAt(here, 'before');
    const result = await call();
    await dieAt(here, 'after');
    return result;
  }

  return {
    arm(failpoints) {
      armed = failpoints;
    },
    around,
    database(database) {
      const watch = (inner: Queryable, seen: Failpoint[]): Queryable['query'] =>
        async function query(text, values) {
          for (const failpoint of reached(text, values)) {
            seen.push(failpoint);
            // Another failpoint may strike between COMMIT and this one, and then it will not come again.
            if (failpoint.when === 'after-commit' || failpoint.when === 'before-answer') {
              writeSync(1, `reached ${failpoint.name}\n`);
            }
          }
          return around(text, values, () => inner.query(text, values));
        };
      return {
        ...database,
        query: watch(database, []),
        async transaction(work) {
          const seen: Failpoint[] = [];
          const result = await database.transaction(async (tx) => {
            const watched: Transaction = { inTransaction: true, query: watch(tx, seen) };
            const outcome = await work(watched);
            await dieAt(seen, 'before-commit');
            if (seen.some(({ when }) => when === 'stalled'))
              await new Promise((resolve) => setTimeout(resolve, stallMilliseconds));
            await dieAt(seen, 'stalled');
            return outcome;
          });
          await dieAt(seen, 'after-commit');
          // On its way to Temporal, and not there yet.
          if (seen.some(({ when }) => when === 'before-answer')) {
            setTimeout(() => void dieAt(seen, 'before-answer'), answerMilliseconds);
          }
          return result;
        },
      };
    },
    carrier: (carrier) => ({
      rates: (parcel) => carrier.rates(parcel),
      book: (request) => around('carrier.book', request.key, () => carrier.book(request)),
      void: (trackingNumber) => around('carrier.void', trackingNumber, () => carrier.void(trackingNumber)),
    }),
  };
}
