import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

const waitMs = 1_000;
const waitMaximumMs = 30_000;

/**
 * Follows server-sent events, and reads what they change anew. True while the stream is open. A page that nobody looks at
 * holds none, for a browser has six connections to a server in all of its windows. A stream that is refused is asked for
 * again after a wait that doubles up to half a minute; until it opens, what it would tell is read anew after each wait.
 */
export function useLive(address: string, changes: readonly QueryKey[], enabled: boolean): boolean {
  const queries = useQueryClient();
  const [live, setLive] = useState(false);
  const keys = JSON.stringify(changes);
  useEffect(() => {
    if (!enabled) return;
    let events: EventSource | undefined;
    let refusals = 0;
    let again: ReturnType<typeof setTimeout> | undefined;
    // A snapshot may come in pieces and changes in bursts: what they change is read once for all of them.
    let due: ReturnType<typeof setTimeout> | undefined;
    const read = () => {
      due ??= setTimeout(() => {
        due = undefined;
        for (const queryKey of JSON.parse(keys) as QueryKey[]) void queries.invalidateQueries({ queryKey });
      }, 50);
    };
    const open = () => {
      const stream = new EventSource(address);
      events = stream;
      stream.addEventListener('open', () => {
        refusals = 0;
        setLive(true);
      });
      stream.addEventListener('error', () => {
        setLive(false);
        // A broken stream is opened again by the browser; one that was answered with a problem is over for it.
        if (stream.readyState !== EventSource.CLOSED) return;
        again = setTimeout(
          () => {
            read();
            open();
          },
          Math.min(waitMs * 2 ** refusals, waitMaximumMs),
        );
        refusals += 1;
      });
      // Something may have happened before the stream was open, at first as after a break.
      stream.addEventListener('snapshot', read);
      stream.addEventListener('change', read);
    };
    const close = () => {
      clearTimeout(again);
      events?.close();
      setLive(false);
    };
    const follow = () => {
      close();
      refusals = 0;
      if (!document.hidden) open();
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      clearTimeout(due);
      close();
    };
  }, [address, keys, enabled, queries]);
  return live;
}
