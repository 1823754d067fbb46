import { Text } from '@mantine/core';
import { api, ask } from '../../api/client.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { NoteField } from '../../form/fields.tsx';
import { useMay } from '../../session/session.tsx';

/** Ends the links of mails that open the invoice without a sign-in (I3). */
export function EndLinks({ id }: { id: string }) {
  if (!useMay('POST /v1/invoices/{id}/links/revoke')) return null;
  return (
    <CommandButton
      label="End its links"
      title={`End the links to ${id}`}
      submit="End every link that was mailed"
      danger
      changes={[['invoice', id]]}
      send={async (form, key) => {
        const { revoked } = await ask(
          api.POST('/v1/invoices/{id}/links/revoke', {
            params: { path: { id }, header: { 'Idempotency-Key': key } },
            body: { reason: form('reason') },
          }),
        );
        return revoked === 0 ? 'No link was open.' : `${revoked} ${revoked === 1 ? 'link opens' : 'links open'} it no more.`;
      }}
    >
      {(faultAt) => (
        <>
          <Text size="sm">
            Each mail of the invoice has a link that opens it without a sign-in. They end now; sent again, it has a new one.
          </Text>
          <NoteField error={faultAt('/reason')} />
        </>
      )}
    </CommandButton>
  );
}
