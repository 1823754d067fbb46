import type { QueryKey } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask, type Schema } from '../api/client.ts';
import { Decision } from '../form/decision.tsx';
import type { Fields } from '../form/entries.ts';
import { NoteField } from '../form/fields.tsx';
import { Identifier } from '../show/identifier.tsx';
import { Money, majorOf } from '../show/money.tsx';
import { Records } from '../show/records.tsx';
import { Status } from '../show/status.tsx';

/** Write-offs, with what a second person decides about those that are proposed. */
export function WriteOffs({ items, changes }: { items: readonly Schema<'WriteOffToDecide'>[]; changes: readonly QueryKey[] }) {
  return (
    <Records
      label="Write-offs"
      rows={items}
      keyOf={({ id }) => id}
      empty="Nothing is proposed. What cannot be collected is proposed at its invoice, and given up when a second person agrees."
      columns={[
        {
          header: 'Write-off',
          cell: ({ id, invoiceId }) => (
            <>
              <Identifier id={id} />
              <div className="faint">
                of{' '}
                <Link to={`/invoices/${invoiceId}`} className="nowrap">
                  {invoiceId}
                </Link>
              </div>
            </>
          ),
        },
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
          cell: (writeOff) => {
            const { id, proposedMinor, currency } = writeOff;
            const decided = (form: Fields, key: string) => ({
              params: { path: { id }, header: { 'Idempotency-Key': key } },
              body: { reason: form('reason') },
            });
            return (
              <Decision
                of={writeOff}
                changes={changes}
                approve={{
                  submit: `Write ${majorOf(proposedMinor, currency)} ${currency} off`,
                  danger: true,
                  send: async (form, key) => {
                    await ask(api.POST('/v1/write-offs/{id}/approve', decided(form, key)));
                    return `${id}: ${majorOf(proposedMinor, currency)} ${currency} is written off.`;
                  },
                  children: (faultAt) => <NoteField error={faultAt('/reason')} />,
                }}
                refuse={{
                  submit: 'Refuse: collecting goes on',
                  send: async (form, key) => {
                    await ask(api.POST('/v1/write-offs/{id}/reject', decided(form, key)));
                    return `${id} was refused.`;
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
