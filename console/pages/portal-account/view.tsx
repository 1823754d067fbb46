import { Button, FileInput, Grid, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask, type Schema } from '../../api/client.ts';
import { useCommand } from '../../api/use-command.ts';
import { usePages } from '../../api/use-pages.ts';
import { asFile, documentTypes } from '../../form/send-file.ts';
import { useAccount, useCustomerId } from '../../session/customer.ts';
import { NotRead, Unanswered } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Day, Moment, useToday } from '../../show/moment.tsx';
import { Money } from '../../show/money.tsx';
import { Panel } from '../../show/panel.tsx';
import { MoneyCell, Rows, right } from '../../show/rows.tsx';
import { inWords, Status } from '../../show/status.tsx';
import { useFilters } from '../../table/filters.ts';
import { More } from '../../table/more.tsx';

/** The statement of a period, and the payments that were announced or promised. */
export default function PortalAccountPage() {
  return (
    <Stack gap="md">
      <Title order={1}>Account</Title>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Stack gap="md">
            <Statement />
            <Announced />
            <Promised />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Stack gap="md">
            <Limit />
            <Advice />
          </Stack>
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

function Statement() {
  const id = useCustomerId();
  const today = useToday();
  const [{ from = `${today.slice(0, 8)}01`, to = today }, setPeriod] = useFilters();
  const statement = useQuery({
    queryKey: ['statement', id, from, to],
    queryFn: () => ask(api.GET('/v1/customers/{id}/statement', { params: { path: { id }, query: { from, to } } })),
  });
  const pdf = `/v1/customers/${encodeURIComponent(id)}/statement/pdf?${new URLSearchParams({ from, to })}`;
  return (
    <Panel
      title="Statement"
      actions={
        <Button component="a" href={pdf} variant="default" size="compact-sm">
          Statement as PDF
        </Button>
      }
    >
      <Group gap="sm" mb="sm">
        <TextInput type="date" label="From" value={from} onChange={(event) => setPeriod({ from: event.currentTarget.value })} />
        <TextInput type="date" label="To" value={to} onChange={(event) => setPeriod({ to: event.currentTarget.value })} />
      </Group>
      {statement.data ? <StatementLines statement={statement.data} /> : <Unanswered query={statement} height={120} />}
    </Panel>
  );
}

function StatementLines({
  statement: { lines, currency, openingMinor, closingMinor },
}: {
  statement: Schema<'AccountStatement'>;
}) {
  return (
    <Rows headings={['Day', 'What', 'Document', right('Amount'), right('Balance')]}>
      <tr>
        <td colSpan={4} className="faint">
          Opening balance
        </td>
        <MoneyCell minor={openingMinor} currency={currency} />
      </tr>
      {lines.map(({ on, kind, documentId, invoiceId, formerReference, amountMinor, balanceMinor }) => (
        <tr key={`${documentId} ${invoiceId} ${kind} ${balanceMinor}`}>
          <td>
            <Day on={on} />
          </td>
          <td>{inWords(kind)}</td>
          <td>
            <Identifier id={documentId} {...(documentId === invoiceId && { to: `/invoices/${invoiceId}` })} />
            {formerReference !== null && <div className="faint">{formerReference}</div>}
          </td>
          <MoneyCell minor={amountMinor} currency={currency} />
          <MoneyCell minor={balanceMinor} currency={currency} />
        </tr>
      ))}
      <tr>
        <td colSpan={4}>
          <b>Closing balance</b>
        </td>
        <td data-align="right">
          <b>
            <Money minor={closingMinor} currency={currency} />
          </b>
        </td>
      </tr>
    </Rows>
  );
}

function Limit() {
  const account = useAccount();
  if (!account.data) return <Unanswered query={account} height={120} title="Credit" />;
  const { currency, limitMinor, exposureMinor, availableMinor, overdueMinor } = account.data;
  return (
    <Panel title="Credit" actions={<Link to="/credit">Credit application</Link>}>
      <dl className="facts">
        <dt>Limit</dt>
        <dd>{limitMinor === null ? 'none yet' : <Money minor={limitMinor} currency={currency} />}</dd>
        <dt>Taken</dt>
        <dd>
          <Money minor={exposureMinor} currency={currency} />
        </dd>
        <dt>Room</dt>
        <dd>
          <Money minor={Math.max(0, availableMinor)} currency={currency} />
        </dd>
        <dt>Overdue</dt>
        <dd>
          <Money minor={overdueMinor} currency={currency} />
        </dd>
      </dl>
    </Panel>
  );
}

const clockWords: Record<Schema<'DocumentationClock'>['status'], string> = {
  running: 'looked for',
  lapsed: 'looked for',
  documented: 'found',
  rejected: 'not found',
};

function Announced() {
  const { query, items } = usePages(['announcements'], (after) =>
    ask(api.GET('/v1/documentation-clocks', { params: { query: { limit: 20, ...after } } })),
  );
  if (!query.data) return <NotRead query={query} title="Payments on their way" />;
  if (items.length === 0) return null;
  return (
    <Panel title="Payments on their way">
      <Rows headings={['Told', 'What', 'Status', right('Amount')]}>
        {items.map(({ id, source, startedAt, status, amountMinor, currency, documentName, invoiceIds }) => (
          <tr key={id}>
            <td>
              <Moment at={startedAt} />
            </td>
            <td>
              {inWords(source)}{' '}
              {documentName && <a href={`/v1/documentation-clocks/${encodeURIComponent(id)}/file`}>{documentName}</a>}
              <div className="faint">{invoiceIds.join(', ')}</div>
            </td>
            <td>
              <Status of={clockWords[status]} />
            </td>
            <MoneyCell minor={amountMinor} currency={currency} />
          </tr>
        ))}
      </Rows>
      <More of={query}>Earlier payments</More>
    </Panel>
  );
}

function Promised() {
  const { query, items } = usePages(['promises'], (after) =>
    ask(api.GET('/v1/promises', { params: { query: { limit: 20, ...after } } })),
  );
  if (!query.data) return <NotRead query={query} title="Promises to pay" />;
  if (items.length === 0) return null;
  return (
    <Panel title="Promises to pay">
      <Rows headings={['Until', 'For', 'Status', right('Amount')]}>
        {items.map(({ id, promisedOn, invoiceIds, status, amountMinor, currency }) => (
          <tr key={id}>
            <td>
              <Day on={promisedOn} />
            </td>
            <td>{invoiceIds.join(', ')}</td>
            <td>
              <Status of={status} />
            </td>
            <MoneyCell minor={amountMinor} currency={currency} />
          </tr>
        ))}
      </Rows>
      <More of={query}>Earlier promises</More>
    </Panel>
  );
}

/** A remittance advice as a file: somebody reads which invoices a payment is for. */
function Advice() {
  const id = useCustomerId();
  const [file, setFile] = useState<File | null>(null);
  const send = useCommand({
    send: ({ name }: { name: string }, key) =>
      ask(
        api.POST('/v1/customers/{id}/remittance-advices/files', {
          params: { path: { id }, query: { name }, header: { 'Idempotency-Key': key } },
          ...asFile(file!),
        }),
      ),
    said: ({ documentName }) => `${documentName} was received.`,
    changes: [['announcements']],
  });
  return (
    <Panel title="Remittance advice">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (file) send.mutate({ name: file.name }, { onSuccess: () => setFile(null) });
        }}
      >
        <Stack gap="sm">
          <Text c="dimmed">Send the list of what a payment is for. Reminders wait while we read it.</Text>
          <FileInput
            label="File"
            placeholder="PDF, PNG or JPEG"
            accept={documentTypes}
            value={file}
            onChange={setFile}
            required
          />
          <Button type="submit" variant="default" loading={send.isPending} disabled={file === null}>
            Send {file?.name ?? 'the advice'}
          </Button>
        </Stack>
      </form>
    </Panel>
  );
}
