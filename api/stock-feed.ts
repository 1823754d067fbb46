import { setTimeout as sleep } from 'node:timers/promises';
import { createEventBuffer } from 'better-sse';
import type { Logger } from 'pino';
import type { Database } from '../db/client.ts';
import { type LiveStockLevel, readStockChanges } from '../db/queries/stock-changes.ts';
import { Refusal } from '../domain/failures.ts';

export interface StockFilter {
  sku?: string | undefined;
  warehouseId?: string | undefined;
}

export interface StockFeed {
  /**
   * Server-sent events: the stock as it is, then what changes, until `gone`. Whoever reads slowly gets the newest of each place
   * instead of everything that it once was. Refused when too many listen.
   */
  open(filter: StockFilter, holder: string, gone: AbortSignal): Promise<AsyncGenerator<string>>;
  /** Ends every stream. */
  stop(): void;
}

export interface StockFeedOptions {
  database: Database;
  logger: Logger;
  pollMs?: number;
  heartbeatMs?: number;
  /** Then the client comes back, with a key that must still be good. */
  lifetimeMs?: number;
  streamsMaximum?: number;
  streamsPerKeyMaximum?: number;
}

interface Follower {
  filter: StockFilter;
  holder: string;
  /** What it has not been told yet, by place. */
  pending: Map<string, LiveStockLevel>;
  ended: boolean;
  wake(): void;
}

const itemsPerEvent = 500;
const reconnectMs = 1_000;

/**
 * Live stock (F1). One poll per process, and only while somebody listens: a NOTIFY would make every commit that touches stock wait
 * for the one before it, and a listener would have to read the rows after it all the same.
 */
export function createStockFeed({
  database,
  logger,
  pollMs = 500,
  heartbeatMs = 15_000,
  lifetimeMs = 600_000,
  streamsMaximum = 100,
  streamsPerKeyMaximum = 10,
}: StockFeedOptions): StockFeed {
  const followers = new Set<Follower>();
  /** What every stream has been told, or will be. */
  const levels = new Map<string, LiveStockLevel>();
  let mark: string | undefined;
  let looking: Promise<void> | undefined;
  let polling = false;
  let stopped = false;

  const look = (): Promise<void> => {
    looking ??= lookOnce().finally(() => {
      looking = undefined;
    });
    return looking;
  };

  async function lookOnce(): Promise<void> {
    try {
      const changes = await readStockChanges(database, mark);
      mark = changes.mark;
      for (const level of changes.levels) {
        const place = `${level.sku} ${level.warehouseId}`;
        const known = levels.get(place);
        if (known?.onHand === level.onHand && known.reserved === level.reserved) continue;
        levels.set(place, level);
        for (const follower of followers) {
          if (!matches(follower.filter, level)) continue;
          follower.pending.set(place, level);
          follower.wake();
        }
      }
    } catch (error) {
      // After an outage it may be another server, with other transactions: everything is read and compared.
      mark = undefined;
      throw error;
    }
  }

  async function poll(): Promise<void> {
    while (followers.size > 0) {
      await sleep(pollMs);
      await look().catch((error: Error) => logger.warn({ error: error.message }, 'live stock cannot be read'));
    }
    levels.clear();
    mark = undefined;
    polling = false;
  }

  function join(filter: StockFilter, holder: string, gone: AbortSignal): Follower {
    const own = [...followers].filter((other) => other.holder === holder).length;
    if (stopped || followers.size >= streamsMaximum || own >= streamsPerKeyMaximum) {
      throw new Refusal(503, 'too-many-streams', 'As many streams are open as there may be; try again, or read the list.');
    }
    const follower: Follower = { filter, holder, pending: new Map(), ended: false, wake() {} };
    followers.add(follower);
    // A stream that nobody reads does not keep its place either.
    const end = setTimeout(() => leave(follower), lifetimeMs);
    end.unref();
    gone.addEventListener('abort', () => {
      clearTimeout(end);
      leave(follower);
    });
    if (gone.aborted) leave(follower);
    if (!polling) {
      polling = true;
      void poll();
    }
    return follower;
  }

  function leave(follower: Follower): void {
    followers.delete(follower);
    follower.ended = true;
    follower.pending.clear();
    follower.wake();
  }

  async function* follow(follower: Follower, snapshot: LiveStockLevel[]): AsyncGenerator<string> {
    let first = 0;
    do {
      const items = snapshot.slice(first, first + itemsPerEvent);
      first += itemsPerEvent;
      yield written('snapshot', { items, complete: first >= snapshot.length }, reconnectMs);
    } while (first < snapshot.length);
    while (!follower.ended) {
      if (follower.pending.size === 0) await wokenWithin(follower, heartbeatMs);
      if (follower.ended) return;
      const changed = [...follower.pending].slice(0, itemsPerEvent);
      for (const [place] of changed) follower.pending.delete(place);
      yield changed.length > 0 ? written('change', { items: changed.map(([, level]) => level) }) : heartbeat;
    }
  }

  return {
    async open(filter, holder, gone) {
      const follower = join(filter, holder, gone);
      try {
        await look();
      } catch (error) {
        leave(follower);
        throw error;
      }
      // Nothing comes between the snapshot and the changes after it: both are taken from `levels` in one go.
      follower.pending.clear();
      const snapshot = [...levels.values()].filter((level) => matches(filter, level));
      snapshot.sort((a, b) => (a.sku === b.sku ? (a.warehouseId < b.warehouseId ? -1 : 1) : a.sku < b.sku ? -1 : 1));
      return follow(follower, snapshot);
    },
    stop() {
      stopped = true;
      for (const follower of followers) leave(follower);
    },
  };
}

function matches({ sku, warehouseId }: StockFilter, level: LiveStockLevel): boolean {
  return (sku === undefined || sku === level.sku) && (warehouseId === undefined || warehouseId === level.warehouseId);
}

function wokenWithin(follower: Follower, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    follower.wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}

/** No event has an id: whoever comes back gets a new snapshot, which needs no memory of what was missed. */
function written(name: 'snapshot' | 'change', data: object, retryMs?: number): string {
  const buffer = createEventBuffer();
  if (retryMs !== undefined) buffer.retry(retryMs);
  return buffer.event(name).data(data).dispatch().read();
}

const heartbeat = createEventBuffer().comment('still here').dispatch().read();
