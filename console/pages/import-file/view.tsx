import { Button, FileInput, Group, Select, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask, newKey, Problem, type Schema } from '../../api/client.ts';
import { useCommand } from '../../api/use-command.ts';
import { ImportOutcome } from '../../parts/import-outcome.tsx';
import { useSession } from '../../session/session.tsx';
import { Faults } from '../../shell/toasts.tsx';
import { Panel } from '../../show/panel.tsx';
import { inWords } from '../../show/status.tsx';
import { useFilters } from '../../table/filters.ts';

type Kind = Schema<'ImportResult'>['kind'];

/** What a file of a kind must name, told before somebody prepares one. */
const columnsOf: Record<Kind, string> = {
  customers:
    'id, name, email, currency, termsKind, termsDays, billingName, billingStreet, billingCity, billingPostalCode, billingCountry',
  products: 'sku, name, taxCategory, taxRate, weightGrams',
  prices: 'sku, priceListId, minimumQuantity, currency, unitPriceMinor',
  stock: 'kind, reference, sku, warehouseId, quantity, unitCostMinor',
  'open-items': 'kind, customerId, reference, issuedOn, dueOn, currency, grossMinor, openMinor',
};
const kinds = Object.keys(columnsOf) as Kind[];

interface Sent {
  kind: Kind;
  type: 'text/csv' | 'application/json';
  content: string;
}

const send = ({ kind, type, content }: Sent, dryRun: boolean, key: string) =>
  ask(
    // All five take the same kind of file and answer alike.
    api.POST(`/v1/imports/${kind}` as '/v1/imports/products', {
      params: { query: { dryRun: dryRun ? 'true' : 'false' }, header: { 'Idempotency-Key': key } },
      headers: { 'Content-Type': type },
      body: content,
      bodySerializer: (body) => body as string,
    }),
  );

/** A file is checked first: every fault by line, and nothing is changed. Then it is taken in. */
export default function ImportFilePage() {
  const { me } = useSession();
  const [{ kind: asked }, setFilters] = useFilters();
  const navigate = useNavigate();
  const [file, setFile] = useState<File | null>(null);
  const allowed = kinds.filter((kind) => me.commands.includes(`POST /v1/imports/${kind}`));
  const kind = allowed.find((one) => one === asked) ?? allowed[0];

  const check = useMutation({
    mutationFn: async (of: { kind: Kind; file: File }) => {
      const content = await of.file.text();
      const sent: Sent = { kind: of.kind, type: of.file.name.endsWith('.json') ? 'application/json' : 'text/csv', content };
      return { sent, result: await send(sent, true, newKey()) };
    },
  });
  const run = useCommand({
    send: (sent: Sent, key) => send(sent, false, key),
    said: ({ createdCount, changedCount }) => `${createdCount} new and ${changedCount} changed.`,
    changes: [['imports'], ['products'], ['price-lists'], ['stock'], ['customers']],
  });
  const choose = (chosen: File | null) => {
    setFile(chosen);
    check.reset();
  };

  if (kind === undefined) return <Text>Your role takes no files in.</Text>;
  const { data, error } = check;
  const good = data ? data.result.createdCount + data.result.changedCount : 0;
  return (
    <Stack gap="md" maw={900}>
      <Title order={1}>Import a file</Title>
      <Panel title="1. Check">
        <Stack gap="sm">
          <Group gap="sm" align="flex-end">
            <Select
              label="What is in it"
              data={allowed.map((value) => ({ value, label: inWords(value) }))}
              value={kind}
              onChange={(value) => {
                setFilters({ kind: value ?? undefined });
                check.reset();
              }}
              allowDeselect={false}
            />
            <FileInput
              label="File, CSV or JSON"
              placeholder="Choose a file"
              accept=".csv,.json,text/csv,application/json"
              value={file}
              onChange={choose}
              flex="1 1 16rem"
              clearable
              clearButtonProps={{ 'aria-label': 'Another file' }}
            />
            <Button disabled={!file} loading={check.isPending} onClick={() => file && check.mutate({ kind, file })}>
              Check the file
            </Button>
          </Group>
          <Text c="dimmed" size="sm">
            The first line names the columns, in any order: <code>{columnsOf[kind]}</code>. What is left out stays as it is. Up to
            10,000 lines and 5 MB.
          </Text>
        </Stack>
      </Panel>
      {error && (
        <section className="panel refused" role="alert">
          {error instanceof Problem ? <Faults problem={error} /> : String(error)}
        </section>
      )}
      {data && (
        <Panel title="2. What it would do">
          <ImportOutcome result={data.result} dry />
          <Group mt="md">
            <Button
              disabled={good === 0}
              loading={run.isPending}
              onClick={() =>
                run.mutate(data.sent, { onSuccess: ({ id }) => void navigate({ to: id ? `/imports/${id}` : '/imports' }) })
              }
            >
              {good === 0
                ? 'Nothing in it changes anything'
                : `Take ${good.toLocaleString('en')} ${good === 1 ? 'line' : 'lines'} in${
                    data.result.rejectedCount > 0 ? `, leave ${data.result.rejectedCount.toLocaleString('en')} out` : ''
                  }`}
            </Button>
          </Group>
        </Panel>
      )}
    </Stack>
  );
}
