import type { Database } from '../db/client.ts';
import { type OrderMark, readOrderMarks } from '../db/queries/order-standing.ts';
import { createFeed, type Feed, type FeedOptions, writeEvent } from './feed.ts';

export interface OrderFilter {
  orderId: string;
  /** True: only what is open to the order's customer is told, and that something else happened is not. */
  forCustomer: boolean;
}

export type OrderFeed = Feed<OrderFilter>;

interface OrderChange {
  mark: OrderMark;
  openToCustomer: boolean;
}

/** That something happened to an order (O5): whoever listens reads it anew, with its own rights. */
export function createOrderFeed({ database, ...options }: FeedOptions & { database: Database }): OrderFeed {
  const marks = new Map<string, OrderMark>();
  return createFeed<OrderFilter, OrderChange>(
    {
      async look(followed) {
        const changes = new Map<string, OrderChange>();
        for (const mark of await readOrderMarks(database, [...new Set(followed.map(({ orderId }) => orderId))])) {
          const known = marks.get(mark.orderId);
          marks.set(mark.orderId, mark);
          if (known?.sequence === mark.sequence && known.status === mark.status && known.stage === mark.stage) continue;
          const openToCustomer =
            known?.openSequence !== mark.openSequence || known.status !== mark.status || known.stage !== mark.stage;
          changes.set(mark.orderId, { mark, openToCustomer });
        }
        return changes;
      },
      matches: (filter, { mark, openToCustomer }) => filter.orderId === mark.orderId && (openToCustomer || !filter.forCustomer),
      begin({ orderId }) {
        const mark = marks.get(orderId);
        return mark ? [writeEvent('snapshot', told(mark))] : [];
      },
      write: (changes) => writeEvent('change', told(changes.at(-1)!.mark)),
      forget: () => marks.clear(),
    },
    options,
  );
}

const told = ({ orderId, status, stage }: OrderMark) => ({ orderId, status, stage });
