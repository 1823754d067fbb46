import { Button, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { api, ask } from '../../api/client.ts';
import { OneQuote } from '../../parts/quote.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';

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
