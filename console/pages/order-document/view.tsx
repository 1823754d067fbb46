import { Button, Grid, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { NoteField } from '../../form/fields.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Moment } from '../../show/moment.tsx';
import { PageHead } from '../../show/page-head.tsx';
import { Panel } from '../../show/panel.tsx';
import { Records } from '../../show/records.tsx';
import { inWords, Status } from '../../show/status.tsx';

type OrderDocument = Schema<'ReadOrderDocument'>;

const changes = [['order-documents'], ['tasks']];

/** An order as somebody wrote it, what is wrong with it, and the way on: to enter it as it was meant, or to lay it aside (O1). */
export default function OrderDocumentPage() {
  const id = useParams({ strict: false }).id ?? '';
  const document = useQuery({
    queryKey: ['order-documents', 'one', id],
    queryFn: () => ask(api.GET('/v1/order-documents/{id}', { params: { path: { id } } })),
  });
  if (!document.isSuccess) return <Unanswered query={document} height={320} />;
  const { data } = document;
  return (
    <Stack gap="md">
      <PageHead
        title={<Identifier id={id} />}
        status={<Status of={data.status} />}
        about={
          <>
            {data.subject || '(no subject)'} · from {data.sender ?? 'an unknown sender'}, <Moment at={data.at} />
          </>
        }
      >
        {data.actions.includes('enter') && (
          <Button component={Link} to={`/order-entry?document=${id}`} size="compact-sm">
            Correct and enter the order
          </Button>
        )}
        {data.actions.includes('enter') && <Entered id={id} />}
        {data.actions.includes('discard') && <Discard id={id} />}
      </PageHead>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="md">
            <Faults document={data} />
            <Written document={data} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="md">
            <Facts document={data} />
            <Panel title="What could be read">
              <Records
                rows={data.order.lines}
                keyOf={({ line, sku }) => `${line} ${sku}`}
                empty="No line of an order."
                columns={[
                  { header: 'Line', cell: ({ line }) => <span className="digits">{line}</span> },
                  { header: 'Product', cell: ({ sku }) => sku },
                  { header: 'Units', align: 'right', cell: ({ quantity }) => <span className="digits">{quantity}</span> },
                ]}
              />
            </Panel>
          </Stack>
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

function Faults({ document: { faults } }: { document: OrderDocument }) {
  if (faults.length === 0) return null;
  return (
    <Panel title={faults.length === 1 ? 'What is wrong' : `What is wrong: ${faults.length} faults`}>
      <Records
        rows={faults.map((fault, index) => ({ ...fault, key: String(index) }))}
        keyOf={({ key }) => key}
        empty=""
        columns={[
          { header: 'Line', cell: ({ line }) => (line === null ? '' : <a href={`#line-${line}`}>{line}</a>) },
          { header: 'Field', cell: ({ field }) => field },
          { header: 'Fault', cell: ({ detail }) => detail },
        ]}
      />
    </Panel>
  );
}

const linesShown = 1_000;

/** The text that was read, with its lines numbered as the faults number them. */
function Written({ document: { id, source, faults, readFrom, channel } }: { document: OrderDocument }) {
  const text = source.trimEnd();
  const lines = text === '' ? [] : text.split(/\r\n|\r|\n/);
  return (
    <Panel
      title={channel === 'edi' ? 'The 850, a segment a line' : readFrom === 'body' ? 'The mail' : readFrom}
      actions={
        <a href={`/v1/order-documents/${id}/original`} download>
          The original
        </a>
      }
    >
      {lines.length === 0 ? (
        <Text c="dimmed">There is no text in it. The original says what came.</Text>
      ) : (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1). */}
          <ol className="written wide" tabIndex={0} aria-label="The text that was read">
            {lines.slice(0, linesShown).map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its number.
              <li key={index} id={`line-${index + 1}`} data-wrong={faults.some((fault) => fault.line === index + 1) || undefined}>
                {line}
              </li>
            ))}
          </ol>
          {lines.length > linesShown && (
            <Text size="sm">The first {linesShown.toLocaleString('en')} lines; the original has all.</Text>
          )}
        </>
      )}
    </Panel>
  );
}

function Facts({ document }: { document: OrderDocument }) {
  const { channel, customerId, orderId, order, decidedBy, decidedAt, decisionReason } = document;
  return (
    <Panel title="Facts">
      <dl className="facts">
        <dt>Channel</dt>
        <dd>{inWords(channel)}</dd>
        <dt>Customer</dt>
        <dd>{customerId === null ? 'nobody knows' : <Identifier id={customerId} to={`/customers/${customerId}`} />}</dd>
        <dt>Reference</dt>
        <dd>{order.externalReference ?? 'none'}</dd>
        <dt>Requested</dt>
        <dd>{order.requestedOn ?? 'as soon as it can be'}</dd>
        {orderId !== null && (
          <>
            <dt>Order</dt>
            <dd>
              <Identifier id={orderId} to={`/orders/${orderId}`} />
            </dd>
          </>
        )}
        {decidedBy !== null && decidedAt !== null && (
          <>
            <dt>Settled</dt>
            <dd>
              <Moment at={decidedAt} /> by {decidedBy}
              {decisionReason !== null && <div className="faint">{decisionReason}</div>}
            </dd>
          </>
        )}
      </dl>
    </Panel>
  );
}

/** Of an order that somebody has entered already, on the phone say. */
function Entered({ id }: { id: string }) {
  return (
    <CommandButton
      label="It is entered already"
      title={`Which order is ${id}?`}
      submit="This order is it"
      changes={changes}
      send={async (form, key) => {
        const { orderId } = await ask(
          api.POST('/v1/order-documents/{id}/enter', {
            params: { path: { id }, header: { 'Idempotency-Key': key } },
            body: { orderId: form('order').trim() },
          }),
        );
        return `${id} was entered as ${orderId}.`;
      }}
    >
      {(faultAt) => (
        <TextInput name="order" label="Number of the order" placeholder="ORD-…" required error={faultAt('/orderId')} />
      )}
    </CommandButton>
  );
}

function Discard({ id }: { id: string }) {
  return (
    <CommandButton
      label="Discard"
      title={`${id} becomes no order`}
      submit="Discard it: nothing is ordered"
      danger
      changes={changes}
      send={async (form, key) => {
        await ask(
          api.POST('/v1/order-documents/{id}/discard', {
            params: { path: { id }, header: { 'Idempotency-Key': key } },
            body: { reason: form('reason') },
          }),
        );
        return `${id} is discarded.`;
      }}
    >
      {(faultAt) => (
        <>
          <Text size="sm">It stays readable here. Its sender is told nothing by this: write to who waits for an answer.</Text>
          <NoteField error={faultAt('/reason')} />
        </>
      )}
    </CommandButton>
  );
}
