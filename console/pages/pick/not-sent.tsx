import { isOutage } from '../../api/client.ts';
import { Notice } from '../../show/notice.tsx';

/** After a confirmation that got no answer. */
export function NotSent({ error }: { error: unknown }) {
  if (!isOutage(error)) return null;
  return (
    <Notice tone="warn" title="Not confirmed yet" alert>
      The server did not answer. What you scanned is kept on this tablet: send it again when the network is back; it counts once.
    </Notice>
  );
}
