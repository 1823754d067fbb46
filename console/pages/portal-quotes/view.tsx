import { Button, Group, Modal, Skeleton, Stack, Text, Textarea, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { api, ask, type Schema } from '../../api/client.ts';
import { useCommand } from '../../api/use-command.ts';
import { entriesOf, fieldsOf } from '../../form/entries.ts';
import { faultsAt } from '../../form/faults.ts';
import { NoAnswer } from '../../shell/broken-page.tsx';
import { Day } from '../../show/moment.tsx';
import { Money, moneyText } from '../../show/money.tsx';
import { Panel } from '../../show/panel.tsx';
import { Status } from '../../show/status.tsx';

type Quote = Schema<'Quote'>;

/** What was offered to a customer, with its answer. */
export default function PortalQuotesPage() {
  const quotes = useInfiniteQuery({
    queryKey: ['quotes', 'all'],
    queryFn: ({ pageParam }) =>
      ask(api.GET('/v1/quotes', { params: { query: { limit: 30, ...(pageParam !== undefined && { after: pageParam }) } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  if (quotes.isError) return <NoAnswer error={quotes.error} again={() => void quotes.refetch()} />;
  if (quotes.isPending) return <Skeleton height={240} role="status" aria-label="Loading" />;
  const rows = quotes.data.pages.flatMap(({ items }) => items);
  return (
    <Stack gap="md">
      <Title order={1}>Quotes</Title>
      {rows.length === 0 && (
        <div className="panel">
          <Text>
            There are no quotes. Ask sales for an offer: it stands here with its prices and its last day, and accepting it places
            the order at exactly these prices.
          </Text>
        </div>
      )}
      {rows.map((quote) => (
        <OneQuote key={quote.id} quote={quote} />
      ))}
      {quotes.hasNextPage && (
        <Button variant="default" onClick={() => void quotes.fetchNextPage()}>
          Earlier quotes
        </Button>
      )}
    </Stack>
  );
}

function OneQuote({ quote }: { quote: Quote }) {
  const { id, status, currency, lines, netMinor, taxMinor, grossMinor, validUntil, orderId } = quote;
  return (
    <Panel title={id} actions={<Status of={status} />}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1). */}
      <section className="wide" tabIndex={0} aria-label={`Lines of ${id}`}>
        <table className="rows">
          <thead>
            <tr>
              <th scope="col">Product</th>
              <th scope="col" data-align="right">
                Units
              </th>
              <th scope="col" data-align="right">
                Price
              </th>
              <th scope="col" data-align="right">
                Net
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.lineNumber}>
                <td>
                  {line.description} <span className="faint">{line.sku}</span>
                </td>
                <td data-align="right">{line.quantity}</td>
                <td data-align="right">
                  <Money minor={line.unitPriceMinor} currency={currency} />
                </td>
                <td data-align="right">
                  <Money minor={line.netMinor} currency={currency} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <Group justify="space-between" mt="sm" gap="sm">
        <Text>
          {moneyText(netMinor, currency)} and {moneyText(taxMinor, currency)} of tax: <b>{moneyText(grossMinor, currency)}</b>
          <br />
          <span className="faint">
            Valid through <Day on={validUntil} />
          </span>
        </Text>
        {status === 'sent' && <Answer quote={quote} />}
        {orderId && (
          <Link to="/orders/$id" params={{ id: orderId }}>
            {orderId}
          </Link>
        )}
      </Group>
    </Panel>
  );
}

function Answer({ quote: { id, grossMinor, currency } }: { quote: Quote }) {
  const [declining, setDeclining] = useState(false);
  const navigate = useNavigate();
  const changes = [['quotes'], ['orders'], ['account']];
  const params = (key: string) => ({ path: { id }, header: { 'Idempotency-Key': key } });
  const accept = useCommand({
    send: (_: undefined, key) => ask(api.POST('/v1/quotes/{id}/accept', { params: params(key) })),
    said: (order) => `${order.id} was placed.`,
    changes,
  });
  const decline = useCommand({
    send: ({ reason }: { reason: string }, key) =>
      ask(api.POST('/v1/quotes/{id}/decline', { params: params(key), body: { reason } })),
    said: () => `${id} was declined.`,
    changes,
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = fieldsOf(entriesOf(event.currentTarget))('reason');
    decline.mutate({ reason }, { onSuccess: () => setDeclining(false) });
  };
  return (
    <Group gap="xs">
      <Button variant="default" size="compact-sm" onClick={() => setDeclining(true)}>
        Decline {id}
      </Button>
      <Button
        size="compact-sm"
        loading={accept.isPending}
        onClick={() =>
          accept.mutate(undefined, {
            onSuccess: (order) => void navigate({ to: '/orders/$id', params: { id: order.id } }),
          })
        }
      >
        Accept and order for {moneyText(grossMinor, currency)}
      </Button>
      <Modal
        opened={declining}
        onClose={() => setDeclining(false)}
        title={`Decline ${id}`}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <form onSubmit={onSubmit}>
          <Stack gap="sm">
            <Textarea
              name="reason"
              label="Reason"
              description="Sales reads it and may offer anew."
              required
              maxLength={1_000}
              autosize
              minRows={2}
              error={faultsAt(decline.error)('/reason')}
            />
            <Button type="submit" loading={decline.isPending}>
              Decline the quote
            </Button>
          </Stack>
        </form>
      </Modal>
    </Group>
  );
}
