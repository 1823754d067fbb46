import { Button, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { api, ask, type Schema } from '../../api/client.ts';
import { choicesOf } from '../../form/choices.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Moment } from '../../show/moment.tsx';
import { plainly } from '../../show/plainly.ts';
import { Rows, right } from '../../show/rows.tsx';
import { Status } from '../../show/status.tsx';
import { WallTime } from '../../show/wall-time.tsx';
import { type Column, DataTable, type Filter } from '../../table/data-table.tsx';
import { Endpoints } from './endpoints.tsx';

type Delivery = Schema<'WebhookDelivery'>;

const filters: Filter[] = [
  {
    id: 'status',
    label: 'Status',
    choices: choicesOf<Delivery['status']>({ pending: true, delivered: true, 'given-up': true }),
  },
  { id: 'recordId', label: 'Record', type: 'text' },
  { id: 'endpointId', label: 'Endpoint', type: 'text' },
];

/** Endpoints, and every delivery with what came of its attempts. */
export default function WebhooksPage() {
  const [open, setOpen] = useState<Delivery>();
  const columns: Column<Delivery>[] = [
    {
      id: 'type',
      header: 'Event',
      width: 'minmax(10rem, 1.3fr)',
      phone: true,
      cell: (delivery) => (
        <Button
          variant="transparent"
          color="gray"
          size="compact-sm"
          px={0}
          className="cell-button"
          onClick={() => setOpen(delivery)}
        >
          {delivery.type}
        </Button>
      ),
    },
    {
      id: 'record',
      header: 'Record',
      width: 'minmax(9rem, 1fr)',
      phone: true,
      cell: ({ recordId }) => <Identifier id={recordId} />,
    },
    { id: 'status', header: 'Status', width: '8rem', phone: true, cell: ({ status }) => <Status of={status} /> },
    { id: 'attempts', header: 'Attempts', width: '6rem', align: 'right', cell: ({ attemptCount }) => attemptCount },
    { id: 'outcome', header: 'Last outcome', width: 'minmax(9rem, 1fr)', cell: ({ attempts }) => outcomeOf(attempts.at(-1)) },
    { id: 'endpoint', header: 'Endpoint', width: '9rem', cell: ({ endpointId }) => endpointId },
    { id: 'customer', header: 'Customer', width: '8rem', hiddenAtFirst: true, cell: ({ customerId }) => customerId ?? '' },
    { id: 'at', header: 'Happened', width: '8rem', cell: ({ at }) => <Moment at={at} /> },
  ];
  return (
    <>
      <DataTable
        name="webhook-deliveries"
        title="Webhooks"
        above={<Endpoints />}
        columns={columns}
        filters={filters}
        queryKey={['webhook-deliveries']}
        read={({ status, ...wanted }, after) =>
          ask(
            api.GET('/v1/webhook-deliveries', {
              params: {
                query: {
                  ...wanted,
                  ...(status !== undefined && { status: status as Delivery['status'] }),
                  limit: 100,
                  ...after,
                },
              },
            }),
          )
        }
        idOf={({ id }) => id}
        empty={<Text>Nothing has been sent yet. Each event that an endpoint hears of stands here, with every attempt.</Text>}
      />
      <Modal
        opened={open !== undefined}
        onClose={() => setOpen(undefined)}
        title={open && `${open.type} of ${open.recordId}`}
        size="lg"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {open && <Details delivery={open} close={() => setOpen(undefined)} />}
      </Modal>
    </>
  );
}

const outcomeOf = (attempt: Delivery['attempts'][number] | undefined): string =>
  attempt === undefined ? '' : (attempt.problem ?? `answered ${attempt.statusCode}`);

function Details({ delivery, close }: { delivery: Delivery; close: () => void }) {
  const { id, eventId, endpointId, sequence, status, nextAttemptAt, data, attempts } = delivery;
  return (
    <Stack gap="sm">
      <dl className="facts">
        <dt>Webhook id</dt>
        <dd>
          <Identifier id={eventId} />
        </dd>
        <dt>Endpoint</dt>
        <dd>{endpointId}</dd>
        <dt>Status</dt>
        <dd>
          <Status of={status} />
          {nextAttemptAt && (
            <span className="faint">
              {' '}
              next attempt <WallTime at={nextAttemptAt} />
            </span>
          )}
        </dd>
        <dt>Of this record</dt>
        <dd>event {sequence}</dd>
        <dt>Data</dt>
        <dd className="value">{plainly(data)}</dd>
      </dl>
      {attempts.length > 0 && (
        <Rows label="Attempts" headings={['Attempt', 'When', right('Took'), 'Outcome', 'Answer']}>
          {attempts.map((attempt) => (
            <tr key={attempt.number}>
              <td>{attempt.number}</td>
              <td>
                <WallTime at={attempt.at} />
              </td>
              <td data-align="right">{attempt.durationMs} ms</td>
              <td>{outcomeOf(attempt)}</td>
              <td className="value">{attempt.answer}</td>
            </tr>
          ))}
        </Rows>
      )}
      <CommandButton
        label="Send it again"
        send={async (_form, key) => {
          const params = { path: { id }, header: { 'Idempotency-Key': key } };
          await ask(api.POST('/v1/webhook-deliveries/{id}/replay', { params }));
          return `${eventId} is on its way again.`;
        }}
        changes={[['webhook-deliveries'], ['webhook-endpoints']]}
        done={close}
      />
    </Stack>
  );
}
