import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { api, ask } from '../../api/client.ts';
import { OneQuote } from '../../parts/quote.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Moment } from '../../show/moment.tsx';
import { PageHead } from '../../show/page-head.tsx';

/** What was offered to a customer, what became of it, and who has it from whom. */
export default function QuotePage() {
  const id = useParams({ strict: false }).id ?? '';
  const quote = useQuery({
    queryKey: ['quotes', 'one', id],
    queryFn: () => ask(api.GET('/v1/quotes/{id}', { params: { path: { id } } })),
  });
  if (!quote.isSuccess) return <Unanswered query={quote} height={240} />;
  const { customerId, draftId, sentBy, sentAt, statusReason, acceptedBy, acceptedAt, declinedBy, declinedAt } = quote.data;
  return (
    <Stack gap="md" maw={900}>
      <PageHead
        title={<Identifier id={id} />}
        about={
          <>
            to <Link to={`/customers/${customerId}`}>{customerId}</Link>, sent <Moment at={sentAt} /> by {sentBy}
            {acceptedAt && (
              <>
                , accepted <Moment at={acceptedAt} /> by {acceptedBy}
              </>
            )}
            {declinedAt && (
              <>
                , declined <Moment at={declinedAt} /> by {declinedBy}
              </>
            )}
            {statusReason && `: ${statusReason}`}
          </>
        }
      >
        <Link to="/order-entry" search={{ draft: draftId }}>
          The draft
        </Link>
      </PageHead>
      <OneQuote quote={quote.data} />
    </Stack>
  );
}
