import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Day, Moment } from '../../show/moment.tsx';
import { Money } from '../../show/money.tsx';
import { PageHead } from '../../show/page-head.tsx';
import { Panel } from '../../show/panel.tsx';
import { Rows, right } from '../../show/rows.tsx';
import { inWords, Status } from '../../show/status.tsx';
import { ReturnActions } from './actions.tsx';

type Return = Schema<'Return'>;

/** Who moves next, told to people. */
const next: Record<Return['status'], string> = {
  requested: 'Sales lets the customer send the goods back, or says no.',
  approved: 'The warehouse waits for the goods and counts them when they arrive.',
  received: 'The warehouse inspects every unit: back on the shelf, or scrapped. The credit note is issued with that.',
  refused: 'The customer was told why.',
  credited: 'It is done.',
  cancelled: 'The customer keeps the goods.',
};

export default function ReturnPage() {
  const id = useParams({ strict: false }).id ?? '';
  const found = useQuery({
    queryKey: ['returns', id],
    queryFn: () => ask(api.GET('/v1/returns/{id}', { params: { path: { id } } })),
  });
  if (!found.data) return <Unanswered query={found} height={320} />;
  const { data } = found;
  const { status, customerId, orderId, shipmentId, invoiceId, warehouseId, cause, note, statusReason, creditNoteId } = data;
  return (
    <Stack gap="md" maw={960}>
      <PageHead
        title={<Identifier id={data.id} />}
        status={<Status of={status} />}
        about={
          <>
            {customerId} · requested <Moment at={data.requestedAt} /> by {data.requestedBy}
          </>
        }
      >
        <ReturnActions goods={data} />
      </PageHead>
      <Text>
        {next[status]}
        {statusReason && ` Reason: ${statusReason}`}
      </Text>
      <Panel title="Goods">
        <Rows
          label="Goods"
          headings={['Product', 'Why', right('Announced'), right('Received'), right('Restocked'), right('Scrapped')]}
        >
          {data.lines.map((line) => (
            <tr key={line.lineNumber}>
              <td>{line.sku}</td>
              <td>{inWords(line.reason)}</td>
              <td data-align="right">{line.quantity}</td>
              <td data-align="right">{line.receivedQuantity ?? '–'}</td>
              <td data-align="right">{line.restockedQuantity ?? '–'}</td>
              <td data-align="right">
                {line.scrappedQuantity ?? '–'}
                {line.lostQuantity > 0 && <div className="faint">{line.lostQuantity} never came</div>}
              </td>
            </tr>
          ))}
        </Rows>
      </Panel>
      {creditNoteId && <Credited id={creditNoteId} />}
      <Panel title="Facts">
        <dl className="facts">
          <dt>Order</dt>
          <dd>
            <Link to={`/orders/${orderId}`}>{orderId}</Link>
          </dd>
          <dt>Shipment</dt>
          <dd>
            <Link to={`/shipments/${shipmentId}`}>{shipmentId}</Link>
          </dd>
          <dt>Invoice</dt>
          <dd>
            <Identifier id={invoiceId} /> <a href={`/v1/invoices/${encodeURIComponent(invoiceId)}/pdf`}>PDF</a>
          </dd>
          <dt>Goes to</dt>
          <dd>{warehouseId}</dd>
          <dt>Cause</dt>
          <dd>{cause === 'customer' ? 'the customer asked for it' : inWords(cause)}</dd>
          {note && (
            <>
              <dt>Note</dt>
              <dd>{note}</dd>
            </>
          )}
        </dl>
      </Panel>
    </Stack>
  );
}

function Credited({ id }: { id: string }) {
  const note = useQuery({
    queryKey: ['credit-note', id],
    queryFn: () => ask(api.GET('/v1/credit-notes/{id}', { params: { path: { id } } })),
  });
  const { data } = note;
  return (
    <Panel title="Credit note">
      <Identifier id={id} /> <a href={`/v1/credit-notes/${encodeURIComponent(id)}/pdf`}>PDF</a>
      {!data ? (
        <Unanswered query={note} height={60} />
      ) : (
        <dl className="facts sums">
          <dt>
            Issued <Day on={data.issuedOn} />
          </dt>
          <dd>
            <Money minor={data.grossMinor} currency={data.currency} />
          </dd>
          {data.applications.map(({ invoiceId, amountMinor }) => (
            <div key={invoiceId} style={{ display: 'contents' }}>
              <dt>Taken off {invoiceId}</dt>
              <dd>
                <Money minor={amountMinor} currency={data.currency} />
              </dd>
            </div>
          ))}
          <dt>To the customer’s credit</dt>
          <dd>
            <Money minor={data.unappliedMinor} currency={data.currency} />
          </dd>
        </dl>
      )}
    </Panel>
  );
}
