import { Button, Center, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client.ts';
import { AskedFacts } from '../parts/asked.tsx';
import { NoAnswer } from '../shell/broken-page.tsx';
import { Identifier } from '../show/identifier.tsx';
import { Day } from '../show/moment.tsx';
import { Money } from '../show/money.tsx';
import { Status } from '../show/status.tsx';

/** What the link of a mail opens: one invoice, for whoever holds the link. It stands outside of sessions and of the portal. */
export default function LinkedInvoice({ token }: { token: string }) {
  const invoice = useQuery({
    queryKey: ['linked-invoice', token],
    queryFn: () => ask(api.GET('/v1/public/invoices/{token}', { params: { path: { token } } })),
  });
  if (invoice.isPending)
    return (
      <Center h="100vh">
        <Loader aria-label="Loading" />
      </Center>
    );
  if (invoice.isError)
    return (
      <main>
        <NoAnswer error={invoice.error} again={() => void invoice.refetch()} />
      </main>
    );
  const { id, status, currency, netMinor, taxMinor, grossMinor, openMinor, issuedOn, dueOn, paymentReference } = invoice.data;
  const address = `/v1/public/invoices/${encodeURIComponent(token)}`;
  return (
    <Center component="main" mih="100vh" p="md">
      <Stack w="100%" maw={440} gap="md">
        <Text fw={650}>Throughline</Text>
        <Group gap="sm">
          <Title order={1}>Invoice {id}</Title>
          <Status of={status} />
        </Group>
        <section className="panel" aria-label="Amounts">
          <dl className="facts">
            <dt>Issued</dt>
            <dd>
              <Day on={issuedOn} />
            </dd>
            <dt>Due</dt>
            <dd>
              <Day on={dueOn} />
            </dd>
            <dt>Net</dt>
            <dd>
              <Money minor={netMinor} currency={currency} />
            </dd>
            <dt>Tax</dt>
            <dd>
              <Money minor={taxMinor} currency={currency} />
            </dd>
            <dt>Amount</dt>
            <dd>
              <Money minor={grossMinor} currency={currency} />
            </dd>
            <dt>Open</dt>
            <dd>
              <Money minor={openMinor} currency={currency} />
            </dd>
            <AskedFacts of={invoice.data} />
            <dt>Reference</dt>
            <dd>{openMinor > 0 ? <Identifier id={paymentReference} /> : 'none: it is paid'}</dd>
          </dl>
        </section>
        <Group gap="xs">
          <Button component="a" href={`${address}/pdf`}>
            PDF, with our bank details
          </Button>
          {invoice.data.hasEInvoice && (
            <Button component="a" href={`${address}/ubl`} variant="default">
              E-invoice (XML)
            </Button>
          )}
        </Group>
        <Text c="dimmed">
          To pay by card, dispute a line or see your other invoices,{' '}
          <a href={`/portal/invoices/${encodeURIComponent(id)}`}>sign in</a>.
        </Text>
      </Stack>
    </Center>
  );
}
