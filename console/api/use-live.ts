import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

/** Follows server-sent events, and reads what they change anew. True while the stream is open; browsers reconnect by themselves. */
export function useLive(address: string, changes: readonly QueryKey[], enabled: boolean): boolean {
  const queries = useQueryClient();
  const [live, setLive] = useState(false);
  const keys = JSON.stringify(changes);
  useEffect(() => {
    if (!enabled) return;
    const events = new EventSource(address);
    let begun = false;
    const read = () => {
      for (const queryKey of JSON.parse(keys) as QueryKey[]) void queries.invalidateQueries({ queryKey });
    };
    events.addEventListener('open', () => setLive(true));
    events.addEventListener('error', () => setLive(false));
    // The first one says how it is; each later one follows a break, in which something may have happened.
    events.addEventListener('snapshot', () => {
      if (begun) read();
      begun = true;
    });
    events.addEventListener('change', read);
    return () => events.close();
  }, [address, keys, enabled, queries]);
  return live;
}
