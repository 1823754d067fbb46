import { Text } from '@mantine/core';
import type { QueryKey } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask, type Schema } from '../api/client.ts';
import { Decision } from '../form/decision.tsx';
import { Identifier } from '../show/identifier.tsx';
import { Moment } from '../show/moment.tsx';
import { Money } from '../show/money.tsx';
import { Records } from '../show/records.tsx';
import { inWords, Status } from '../show/status.tsx';

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
          cell: (correction) => {
            const params = (key: string) => ({ params: { path: { id: correction.id }, header: { 'Idempotency-Key': key } } });
            return (
              <Decision
                of={correction}
                changes={changes}
                approve={{
                  submit: 'Approve and issue it',
                  send: async (_, key) => {
                    const { creditNoteId } = await ask(api.POST('/v1/corrections/{id}/approve', params(key)));
                    return `${creditNoteId} was issued.`;
                  },
                  children: <Text size="sm">The documents go to the customer at once, and are not taken back.</Text>,
                }}
                refuse={{
                  submit: 'Refuse: nothing is issued',
                  send: async (form, key) => {
                    await ask(api.POST('/v1/corrections/{id}/refuse', { ...params(key), body: { reason: form('reason') } }));
                    return `${correction.id} was refused.`;
                  },
                }}
              />
            );
          },
        },
      ]}
    />
  );
}
