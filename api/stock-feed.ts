import type { Database } from '../db/client.ts';
import { type LiveStockLevel, readStockChanges } from '../db/queries/stock-changes.ts';
import { createFeed, type Feed, type FeedOptions, writeEvent } from './feed.ts';

export interface StockFilter {
  sku?: string | undefined;
  warehouseId?: string | undefined;
}

export type StockFeed = Feed<StockFilter>;

const itemsPerEvent = 500;

/** Live stock (F1), by SKU and warehouse. */
export function createStockFeed({ database, ...options }: FeedOptions & { database: Database }): StockFeed {
  /** What every stream has been told, or will be. */
  const levels = new Map<string, LiveStockLevel>();
  let mark: string | undefined;

  return createFeed<StockFilter, LiveStockLevel>(
    {
      async look() {
        try {
          const read = await readStockChanges(database, mark);
          mark = read.mark;
          const changes = new Map<string, LiveStockLevel>();
          for (const level of read.levels) {
            const place = `${level.sku} ${level.warehouseId}`;
            const known = levels.get(place);
            if (known?.onHand === level.onHand && known.reserved === level.reserved) continue;
            levels.set(place, level);
            changes.set(place, level);
          }
          return changes;
        } catch (error) {
          // After an outage it may be another server, with other transactions: everything is read and compared.
          mark = undefined;
          throw error;
        }
      },
      matches,
      begin(filter) {
        const all = [...levels.values()].filter((level) => matches(filter, level));
        all.sort((a, b) => (a.sku === b.sku ? (a.warehouseId < b.warehouseId ? -1 : 1) : a.sku < b.sku ? -1 : 1));
        const events: string[] = [];
        let first = 0;
        do {
          const items = all.slice(first, first + itemsPerEvent);
          first += itemsPerEvent;
          events.push(writeEvent('snapshot', { items, complete: first >= all.length }));
        } while (first < all.length);
        return events;
      },
      write: (items) => writeEvent('change', { items }),
      forget() {
        levels.clear();
        mark = undefined;
      },
    },
    options,
  );
}

function matches({ sku, warehouseId }: StockFilter, level: LiveStockLevel): boolean {
  return (sku === undefined || sku === level.sku) && (warehouseId === undefined || warehouseId === level.warehouseId);
}
