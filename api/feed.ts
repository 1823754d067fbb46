import { setTimeout as sleep } from 'node:timers/promises';
import { createEventBuffer } from 'better-sse';
import type { Logger } from 'pino';
import { Refusal } from '../domain/failures.ts';

/** A stream of what changes: the same limits, heartbeats and endings for each. */
export interface Feed<Filter> {
  /**
   * Server-sent events: how it is, then what changes, until `gone`. Whoever reads slowly gets the newest of each thing instead of
   * everything that it once was. Refused when too many listen.
   */
  open(filter: Filter, holder: string, gone: AbortSignal): Promise<AsyncGenerator<string>>;
  /** Ends every stream. */
  stop(): void;
}

/** What a feed is of. */
export interface Source<Filter, Change> {
  /** What has changed since it was asked last, by the thing that it happened to. */
  look(followed: readonly Filter[]): Promise<Map<string, Change>>;
  matches(filter: Filter, change: Change): boolean;
  /** What a stream begins with; taken in the same instant from which changes are kept for it. */
  begin(filter: Filter): string[];
  write(changes: Change[]): string;
  /** Nobody listens any more. */
  forget(): void;
}

export interface FeedOptions {
  logger: Logger;
  pollMs?: number;
  heartbeatMs?: number;
  /** Then the client comes back, with a key that must still be good. */
  lifetimeMs?: number;
  streamsMaximum?: number;
  streamsPerKeyMaximum?: number;
}

interface Follower<Filter, Change> {
  filter: Filter;
  holder: string;
  /** What it has not been told yet, by thing. */
  pending: Map<string, Change>;
  ended: boolean;
  wake(): void;
}

const changesPerEvent = 500;
const reconnectMs = 1_000;

/**
 * One poll per process, and only while somebody listens: a NOTIFY would make every commit that tells of a change wait for the one
 * before it, and a listener would have to read the rows after it all the same.
 */
export function createFeed<Filter, Change>(
  source: Source<Filter, Change>,
  {
    logger,
    pollMs = 500,
    heartbeatMs = 15_000,
    lifetimeMs = 600_000,
    streamsMaximum = 100,
    streamsPerKeyMaximum = 10,
  }: FeedOptions,
): Feed<Filter> {
  const followers = new Set<Follower<Filter, Change>>();
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
    const changes = await source.look([...followers].map(({ filter }) => filter));
    for (const [thing, change] of changes) {
      for (const follower of followers) {
        if (!source.matches(follower.filter, change)) continue;
        follower.pending.set(thing, change);
        follower.wake();
      }
    }
  }

  async function poll(): Promise<void> {
    while (followers.size > 0) {
      await sleep(pollMs);
      await look().catch((error: Error) => logger.warn({ error: error.message }, 'what has changed cannot be read'));
    }
    source.forget();
    polling = false;
  }

  function join(filter: Filter, holder: string, gone: AbortSignal): Follower<Filter, Change> {
    const own = [...followers].filter((other) => other.holder === holder).length;
    if (stopped || followers.size >= streamsMaximum || own >= streamsPerKeyMaximum) {
      throw new Refusal(503, 'too-many-streams', 'As many streams are open as there may be; try again, or read the list.');
    }
    const follower: Follower<Filter, Change> = { filter, holder, pending: new Map(), ended: false, wake() {} };
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

  function leave(follower: Follower<Filter, Change>): void {
    followers.delete(follower);
    follower.ended = true;
    follower.pending.clear();
    follower.wake();
  }

  async function* follow(follower: Follower<Filter, Change>, beginning: string[]): AsyncGenerator<string> {
    yield* beginning;
    while (!follower.ended) {
      if (follower.pending.size === 0) await wokenWithin(follower, heartbeatMs);
      if (follower.ended) return;
      const changed = [...follower.pending].slice(0, changesPerEvent);
      for (const [thing] of changed) follower.pending.delete(thing);
      yield changed.length > 0 ? source.write(changed.map(([, change]) => change)) : heartbeat;
    }
  }

  return {
    async open(filter, holder, gone) {
      const follower = join(filter, holder, gone);
      try {
        // A look that was under way did not know of this follower.
        await looking?.catch(() => {});
        await look();
      } catch (error) {
        leave(follower);
        throw error;
      }
      // Nothing comes between the beginning and the changes after it: both are taken in one go.
      follower.pending.clear();
      return follow(follower, source.begin(filter));
    },
    stop() {
      stopped = true;
      for (const follower of followers) leave(follower);
    },
  };
}

function wokenWithin(follower: { wake(): void }, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    follower.wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}

/** No event has an id: whoever comes back gets a new beginning, which needs no memory of what was missed. */
export function writeEvent(name: 'snapshot' | 'change', data: object): string {
  const buffer = createEventBuffer();
  if (name === 'snapshot') buffer.retry(reconnectMs);
  return buffer.event(name).data(data).dispatch().read();
}

const heartbeat = createEventBuffer().comment('still here').dispatch().read();
