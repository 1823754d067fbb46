import { Group, Text } from '@mantine/core';
import type { QueryKey } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask, type Schema } from '../api/client.ts';
import { CommandDialog } from '../form/command-dialog.tsx';
import { NoteField } from '../form/fields.tsx';
import { Identifier } from './identifier.tsx';
import { Moment } from './moment.tsx';
import { Money } from './money.tsx';
import { Records } from './records.tsx';
import { inWords, Status } from './status.tsx';

/** Corrections that were asked for, with the second person's decision. */
export function Corrections({
  items,
  changes,
}: {
  items: readonly Schema<'CorrectionToDecide'>[];
  changes: readonly QueryKey[];
}) {
  return (
    <Records
      label="Corrections"
      rows={items}
      keyOf={({ id }) => id}
      empty=""
      columns={[
        { header: 'Correction', cell: ({ id }) => <Identifier id={id} /> },
        { header: 'Status', cell: ({ status }) => <Status of={status} /> },
        {
          header: 'What',
          cell: ({ kind, reason, proposedBy, at, revisedInvoiceId }) => (
            <>
              {kind === 'credit' ? 'Credit' : 'Credit and re-issue'}: {inWords(reason).toLowerCase()}
              <div className="faint">
                {proposedBy}, <Moment at={at} />
                {revisedInvoiceId !== null && (
                  <>
                    {' · '}
                    <Link to={`/invoices/${revisedInvoiceId}`}>{revisedInvoiceId}</Link>
                  </>
                )}
              </div>
            </>
          ),
        },
        {
          header: 'Credited',
          align: 'right',
          cell: ({ creditedMinor, currency }) => <Money minor={creditedMinor} currency={currency} />,
        },
        {
          header: 'Decision',
          align: 'right',
          cell: ({ id, actions, status }) => (
            <Group gap={6} justify="flex-end">
              {status === 'proposed' && !actions.includes('approve') && <span className="faint">Another person approves it</span>}
              {actions.includes('approve') && (
                <CommandDialog
                  label="Approve"
                  title={`Approve ${id}`}
                  submit="Approve and issue it"
                  variant="filled"
                  changes={changes}
                  send={async (_, key) => {
                    const { creditNoteId } = await ask(
                      api.POST('/v1/corrections/{id}/approve', {
                        params: { path: { id }, header: { 'Idempotency-Key': key } },
                      }),
                    );
                    return `${creditNoteId} was issued.`;
                  }}
                >
                  <Text size="sm">The documents go to the customer at once, and are not taken back.</Text>
                </CommandDialog>
              )}
              {actions.includes('refuse') && (
                <CommandDialog
                  label="Refuse"
                  title={`Refuse ${id}`}
                  submit="Refuse: nothing is issued"
                  changes={changes}
                  send={async (form, key) => {
                    await ask(
                      api.POST('/v1/corrections/{id}/refuse', {
                        params: { path: { id }, header: { 'Idempotency-Key': key } },
                        body: { reason: form('reason') },
                      }),
                    );
                    return `${id} was refused.`;
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
