import { Group } from '@mantine/core';
import type { QueryKey } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask, type Schema } from '../api/client.ts';
import { CommandDialog } from '../form/command-dialog.tsx';
import { NoteField } from '../form/fields.tsx';
import { Identifier } from './identifier.tsx';
import { Money, majorOf } from './money.tsx';
import { Records } from './records.tsx';
import { Status } from './status.tsx';

/** Write-offs, with what a second person decides about those that are proposed. */
export function WriteOffs({ items, changes }: { items: readonly Schema<'WriteOffToDecide'>[]; changes: readonly QueryKey[] }) {
  return (
    <Records
      label="Write-offs"
      rows={items}
      keyOf={({ id }) => id}
      empty="Nothing is proposed. What cannot be collected is proposed at its invoice, and given up when a second person agrees."
      columns={[
        { header: 'Write-off', cell: ({ id }) => <Identifier id={id} /> },
        { header: 'Invoice', cell: ({ invoiceId }) => <Link to={`/invoices/${invoiceId}`}>{invoiceId}</Link> },
        { header: 'Status', cell: ({ status }) => <Status of={status} /> },
        {
          header: 'Why',
          cell: ({ reason, proposedBy, decidedBy }) => (
            <>
              {reason}
              <div className="faint">
                {proposedBy}
                {decidedBy !== null && `, decided by ${decidedBy}`}
              </div>
            </>
          ),
        },
        {
          header: 'Amount',
          align: 'right',
          cell: ({ proposedMinor, writtenOffMinor, currency }) => (
            <Money minor={writtenOffMinor ?? proposedMinor} currency={currency} />
          ),
        },
        {
          header: 'Decision',
          align: 'right',
          cell: ({ id, actions, status, proposedMinor, currency }) => (
            <Group gap={6} justify="flex-end">
              {status === 'proposed' && !actions.includes('approve') && <span className="faint">Another person approves it</span>}
              {actions.includes('approve') && (
                <CommandDialog
                  label="Approve"
                  title={`Approve ${id}`}
                  submit={`Write ${majorOf(proposedMinor, currency)} ${currency} off`}
                  variant="filled"
                  color="red"
                  changes={changes}
                  send={async (form, key) => {
                    await ask(
                      api.POST('/v1/write-offs/{id}/approve', {
                        params: { path: { id }, header: { 'Idempotency-Key': key } },
                        body: { reason: form('reason') },
                      }),
                    );
                    return `${id}: ${majorOf(proposedMinor, currency)} ${currency} is written off.`;
                  }}
                >
                  {(errorOf) => <NoteField error={errorOf('/reason')} />}
                </CommandDialog>
              )}
              {actions.includes('refuse') && (
                <CommandDialog
                  label="Turn down"
                  title={`Turn ${id} down`}
                  submit="Turn it down: collecting goes on"
                  changes={changes}
                  send={async (form, key) => {
                    await ask(
                      api.POST('/v1/write-offs/{id}/reject', {
                        params: { path: { id }, header: { 'Idempotency-Key': key } },
                        body: { reason: form('reason') },
                      }),
                    );
                    return `${id} was turned down.`;
                  }}
                >
                  {(errorOf) => <NoteField error={errorOf('/reason')} />}
                </CommandDialog>
              )}
            </Group>
          ),
        },
      ]}
    />
  );
}
