import { Stack, Text, Title } from '@mantine/core';
import { api, ask } from '../../api/client.ts';
import { usePages } from '../../api/use-pages.ts';
import { OneQuote } from '../../parts/quote.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';
import { More } from '../../table/more.tsx';

/** What was offered to a customer, with its answer. */
export default function PortalQuotesPage() {
  const { query, items } = usePages(['quotes', 'all'], (after) =>
    ask(api.GET('/v1/quotes', { params: { query: { limit: 30, ...after } } })),
  );
  if (!query.isSuccess) return <Unanswered query={query} height={240} />;
  return (
    <Stack gap="md">
      <Title order={1}>Quotes</Title>
      {items.length === 0 && (
        <div className="panel">
          <Text>
            There are no quotes. Ask sales for an offer: it stands here with its prices and its last day, and accepting it places
            the order at exactly these prices.
          </Text>
        </div>
      )}
      {items.map((quote) => (
        <OneQuote key={quote.id} quote={quote} />
      ))}
      <More of={query}>Earlier quotes</More>
    </Stack>
  );
}
