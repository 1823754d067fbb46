import { Group } from '@mantine/core';
import { api, ask } from '../../api/client.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { DayField, NoteField } from '../../form/fields.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Day } from '../../show/moment.tsx';
import { Money } from '../../show/money.tsx';
import { Panel } from '../../show/panel.tsx';
import { Status } from '../../show/status.tsx';
import { PagedRecords } from '../../table/paged-records.tsx';

const changes = [['cheques'], ['payments'], ['invoices'], ['account']];

/** Cheques on their way to money. */
export function Cheques() {
  return (
    <Panel title="Cheques">
      <PagedRecords
        name="cheques"
        queryKey={['cheques']}
        read={(after) => ask(api.GET('/v1/cheques', { params: { query: { limit: 100, ...after } } }))}
        keyOf={({ id }) => id}
        empty="No cheque has come. Take one in above; it stands here from its arrival until the bank has the money of it."
        columns={[
          { header: 'Cheque', cell: ({ id }) => <Identifier id={id} /> },
          { header: 'Customer', cell: ({ customerId }) => <Identifier id={customerId} to={`/customers/${customerId}`} /> },
          { header: 'Number', cell: ({ number, bank }) => `${number}, ${bank}` },
          {
            header: 'Status',
            cell: ({ status, bounceReason }) => (
              <>
                <Status of={status} /> {bounceReason && <div className="faint">{bounceReason}</div>}
              </>
            ),
          },
          { header: 'Received', cell: ({ receivedOn }) => <Day on={receivedOn} /> },
          {
            header: 'Amount',
            align: 'right',
            cell: ({ amountMinor, currency }) => <Money minor={amountMinor} currency={currency} />,
          },
          {
            header: 'Next',
            align: 'right',
            cell: ({ id, actions }) => (
              <Group gap={6} justify="flex-end">
                {actions.includes('deposit') && <Move id={id} to="deposit" label="Deposited" />}
                {actions.includes('clear') && <Move id={id} to="clear" label="Cleared" />}
                {actions.includes('bounce') && <Bounce id={id} />}
              </Group>
            ),
          },
        ]}
      />
    </Panel>
  );
}

function Move({ id, to, label }: { id: string; to: 'deposit' | 'clear'; label: string }) {
  return (
    <CommandButton
      label={label}
      title={to === 'deposit' ? `${id} was given to the bank` : `The bank has the money of ${id}`}
      submit={to === 'deposit' ? 'It was deposited' : 'It has cleared'}
      changes={changes}
      send={async (form, key) => {
        const params = { path: { id }, header: { 'Idempotency-Key': key } };
        const body = { on: form('on') };
        const moved =
          to === 'deposit'
            ? await ask(api.POST('/v1/cheques/{id}/deposit', { params, body }))
            : await ask(api.POST('/v1/cheques/{id}/clear', { params, body }));
        return `${id} is ${moved.status}.`;
      }}
    >
      {(faultAt) => <DayField name="on" label="The bank’s day" required error={faultAt('/on')} />}
    </CommandButton>
  );
}

function Bounce({ id }: { id: string }) {
  return (
    <CommandButton
      label="Bounced"
      title={`The bank gave ${id} back unpaid`}
      submit="It has bounced"
      danger
      changes={changes}
      send={async (form, key) => {
        await ask(
          api.POST('/v1/cheques/{id}/bounce', {
            params: { path: { id }, header: { 'Idempotency-Key': key } },
            body: { on: form('on'), reason: form('reason') },
          }),
        );
        return `${id} has bounced.`;
      }}
    >
      {(faultAt) => (
        <>
          <DayField name="on" label="The bank’s day" required error={faultAt('/on')} />
          <NoteField error={faultAt('/reason')} />
        </>
      )}
    </CommandButton>
  );
}
