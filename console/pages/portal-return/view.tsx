import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { NoteField } from '../../form/fields.tsx';
import { useReach } from '../../session/reach.ts';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Moment } from '../../show/moment.tsx';
import { PageHead } from '../../show/page-head.tsx';
import { Panel } from '../../show/panel.tsx';
import { Rows, right } from '../../show/rows.tsx';
import { inWords, Status } from '../../show/status.tsx';

type Return = Schema<'Return'>;

/** What comes next, in the customer's words. */
const next: Record<Return['status'], string> = {
  requested: 'We look at your request and tell you by mail.',
  approved: 'Send the goods back to the warehouse, with the number of this return on the parcel.',
  refused: 'We do not take these goods back.',
  received: 'The goods are back and are being inspected.',
  credited: 'The goods were credited.',
  cancelled: 'You keep the goods.',
};

export default function PortalReturnPage() {
  const id = useParams({ strict: false }).id ?? '';
  const reach = useReach();
  const one = useQuery({
    queryKey: ['return', id],
    queryFn: () => ask(api.GET('/v1/returns/{id}', { params: { path: { id } } })),
  });
  if (!one.isSuccess) return <Unanswered query={one} height={240} />;
  const { status, statusReason, actions, orderId, invoiceId, creditNoteId, requestedAt, note, lines, warehouseId } = one.data;
  return (
    <Stack gap="md">
      <PageHead
        title={<Identifier id={id} />}
        status={<Status of={status} />}
        about={
          <>
            Requested <Moment at={requestedAt} />
          </>
        }
      >
        {actions.includes('cancel') && (
          <CommandButton
            label="Keep the goods"
            title={`Cancel ${id}`}
            submit="Cancel the return"
            changes={[['return', id], ['returns'], ['order']]}
            send={async (form, key) => {
              await ask(
                api.POST('/v1/returns/{id}/cancel', {
                  params: { path: { id }, header: { 'Idempotency-Key': key } },
                  body: { reason: form('reason') },
                }),
              );
              return 'You keep the goods.';
            }}
          >
            {(faultAt) => <NoteField error={faultAt('/reason')} />}
          </CommandButton>
        )}
      </PageHead>
      <Panel title="What happens">
        <Text>
          {next[status]} {statusReason}
        </Text>
        <dl className="facts">
          <dt>Order</dt>
          <dd>
            <Identifier id={orderId} to={`/orders/${orderId}`} />
          </dd>
          <dt>Invoice</dt>
          <dd>
            <Identifier id={invoiceId} to={reach(`/invoices/${invoiceId}`)} />
          </dd>
          <dt>Goes to</dt>
          <dd>{warehouseId}</dd>
          {creditNoteId && (
            <>
              <dt>Credit note</dt>
              <dd>
                <Identifier id={creditNoteId} />{' '}
                <a href={`/v1/credit-notes/${encodeURIComponent(creditNoteId)}/pdf`} aria-label={`PDF of ${creditNoteId}`}>
                  PDF
                </a>
              </dd>
            </>
          )}
          {note && (
            <>
              <dt>Your note</dt>
              <dd>{note}</dd>
            </>
          )}
        </dl>
      </Panel>
      <Panel title="Lines">
        <Rows headings={['Product', 'Reason', right('Announced'), right('Arrived')]}>
          {lines.map(({ lineNumber, sku, reason, quantity, receivedQuantity }) => (
            <tr key={lineNumber}>
              <td>{sku}</td>
              <td>{inWords(reason)}</td>
              <td data-align="right">{quantity}</td>
              <td data-align="right">{receivedQuantity}</td>
            </tr>
          ))}
        </Rows>
      </Panel>
    </Stack>
  );
}
