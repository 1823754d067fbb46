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
    // A snapshot may come in pieces and changes in bursts: what they change is read once for all of them.
    let due: ReturnType<typeof setTimeout> | undefined;
    const read = () => {
      due ??= setTimeout(() => {
        due = undefined;
        for (const queryKey of JSON.parse(keys) as QueryKey[]) void queries.invalidateQueries({ queryKey });
      }, 50);
    };
    events.addEventListener('open', () => setLive(true));
    events.addEventListener('error', () => setLive(false));
    // Something may have happened before the stream was open, at first as after a break.
    events.addEventListener('snapshot', read);
    events.addEventListener('change', read);
    return () => {
      clearTimeout(due);
      events.close();
    };
  }, [address, keys, enabled, queries]);
  return live;
}
