import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { NoteField } from '../../form/fields.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Day } from '../../show/moment.tsx';
import { moneyText } from '../../show/money.tsx';
import { Panel } from '../../show/panel.tsx';
import { PricedLines } from '../../show/priced-lines.tsx';
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
  if (!quotes.isSuccess) return <Unanswered query={quotes} height={240} />;
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
  const { id, status, validUntil, orderId } = quote;
  return (
    <Panel title={id} actions={<Status of={status} />}>
      <PricedLines of={quote} />
      <Group justify="space-between" mt="sm" gap="sm">
        <Text className="faint">
          Valid through <Day on={validUntil} />
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
  const navigate = useNavigate();
  const changes = [['quotes'], ['orders'], ['account']];
  const params = (key: string) => ({ path: { id }, header: { 'Idempotency-Key': key } });
  return (
    <Group gap="xs">
      <CommandButton
        label={`Decline ${id}`}
        submit="Decline the quote"
        changes={changes}
        send={async (form, key) => {
          await ask(api.POST('/v1/quotes/{id}/decline', { params: params(key), body: { reason: form('reason') } }));
          return `${id} was declined.`;
        }}
      >
        {(faultAt) => <NoteField description="Sales reads it and may offer anew." error={faultAt('/reason')} />}
      </CommandButton>
      <CommandButton
        label={`Accept and order for ${moneyText(grossMinor, currency)}`}
        variant="filled"
        changes={changes}
        send={async (_, key) => {
          const order = await ask(api.POST('/v1/quotes/{id}/accept', { params: params(key) }));
          void navigate({ to: '/orders/$id', params: { id: order.id } });
          return `${order.id} was placed.`;
        }}
      />
    </Group>
  );
}
