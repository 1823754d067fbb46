import { Alert } from '@mantine/core';
import { isOutage } from '../../api/client.ts';

/** After a confirmation that got no answer. */
export function NotSent({ error }: { error: unknown }) {
  if (!isOutage(error)) return null;
  return (
    <Alert color="orange" title="Not confirmed yet" role="status">
      The server did not answer. What you scanned is kept on this tablet: send it again when the network is back; it counts once.
    </Alert>
  );
}
