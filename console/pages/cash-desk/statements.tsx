import { Button, FileInput, Group, Progress, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, ask, type Schema, sendFile } from '../../api/client.ts';
import { useCommand } from '../../api/use-command.ts';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Moment } from '../../show/moment.tsx';
import { Panel } from '../../show/panel.tsx';
import { Status } from '../../show/status.tsx';
import { PagedRecords } from '../../table/paged-records.tsx';

type Statement = Schema<'BankStatement'>;

const followMs = 700;

/** MT940 and BAI2 come under many endings; which of them a text is, its content says. */
const mediaTypeOf = (name: string) =>
  /\.csv$/i.test(name) ? 'text/csv' : /\.xml$/i.test(name) ? 'application/xml' : 'text/plain';

/** Files from the bank: sent here, taken in and matched in the background, however long they are. */
export function Statements() {
  return (
    <Stack gap="md">
      <Import />
      <Panel title="Statements">
        <PagedRecords
          name="bank-statements"
          queryKey={['bank-statements']}
          read={(after) => ask(api.GET('/v1/bank-statements', { params: { query: { limit: 50, ...after } } }))}
          follow={{ everyMs: followMs, while: ({ status }) => status !== 'done' }}
          keyOf={({ id }) => id}
          empty="No statement has come yet. Send the first one above: lines that came before are dropped, so a file may be sent twice."
          columns={[
            { header: 'Statement', cell: ({ id }) => <Identifier id={id} to={`/cash?statementId=${id}`} /> },
            { header: 'Account', cell: ({ bankAccountId }) => bankAccountId },
            { header: 'Sent', cell: ({ at }) => <Moment at={at} /> },
            { header: 'Status', cell: (statement) => <HowFar statement={statement} /> },
            { header: 'New lines', align: 'right', cell: ({ takenCount }) => <span className="digits">{takenCount}</span> },
            {
              header: 'Came before',
              align: 'right',
              cell: ({ duplicateCount }) => <span className="digits">{duplicateCount}</span>,
            },
            { header: 'Not read', align: 'right', cell: (statement) => <Rejected statement={statement} /> },
          ]}
        />
      </Panel>
    </Stack>
  );
}

function HowFar({ statement: { status, readCount, lineCount, id } }: { statement: Statement }) {
  return (
    <>
      <Status of={status} />
      {status !== 'done' && (
        <Progress
          value={lineCount === 0 ? 0 : (100 * readCount) / lineCount}
          size="sm"
          mt={4}
          w={140}
          aria-label={`${id}: ${readCount} of ${lineCount} lines`}
        />
      )}
    </>
  );
}

/** The lines that could not be read, with what is wrong with each. */
function Rejected({ statement: { id, rejectedCount } }: { statement: Statement }) {
  const [open, setOpen] = useState(false);
  const detail = useQuery({
    queryKey: ['bank-statement', id],
    queryFn: () => ask(api.GET('/v1/bank-statements/{id}', { params: { path: { id } } })),
    enabled: open,
  });
  if (rejectedCount === 0) return <span className="digits">0</span>;
  return (
    <>
      <Button variant="subtle" size="compact-xs" color="red" aria-expanded={open} onClick={() => setOpen(!open)}>
        {rejectedCount}
      </Button>
      {open && !detail.data && <Unanswered query={detail} height={30} />}
      {open &&
        detail.data?.faults.map(({ line, field, detail: what }) => (
          <div key={`${line} ${field} ${what}`} className="faint">
            Line {line}: {what}
          </div>
        ))}
    </>
  );
}

function Import() {
  const accounts = useQuery({ queryKey: ['bank-accounts'], queryFn: () => ask(api.GET('/v1/bank-accounts')) });
  const [file, setFile] = useState<File | null>(null);
  const [account, setAccount] = useState<string | null>(null);
  const items = accounts.data?.items ?? [];
  const chosen = account ?? items[0]?.id;
  const send = useCommand({
    send: ({ to }: { to: string; name: string; size: number }, key) =>
      sendFile<Statement>(`/v1/bank-statements?bankAccountId=${encodeURIComponent(to)}`, file!, mediaTypeOf(file!.name), key),
    said: ({ id, lineCount }) => `${id}: ${lineCount} lines are taken in and matched.`,
    changes: [['bank-statements'], ['bank-lines'], ['payments'], ['invoices']],
  });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!file || chosen === undefined) return;
    send.mutate({ to: chosen, name: file.name, size: file.size }, { onSuccess: () => setFile(null) });
  };
  return (
    <Panel title="Send a bank statement">
      {!accounts.data ? (
        <Unanswered query={accounts} height={60} />
      ) : items.length === 0 ? (
        <Text>
          The company has no bank account here yet. Finance takes one in under Bank accounts, with its IBAN or number and, for
          CSV, how its columns are read.
        </Text>
      ) : (
        <form onSubmit={onSubmit}>
          <Group align="flex-end" gap="xs">
            <Select
              label="Account"
              size="xs"
              allowDeselect={false}
              value={chosen ?? null}
              onChange={setAccount}
              data={items.map(({ id, name, currency }) => ({ value: id, label: `${name} (${currency})` }))}
            />
            <FileInput
              label="File (CAMT.053, MT940, BAI2 or CSV)"
              placeholder="Choose a file"
              size="xs"
              w={240}
              value={file}
              onChange={setFile}
              accept=".xml,.csv,.sta,.mta,.mt940,.940,.bai,.bai2,.txt,text/xml,text/csv,text/plain,application/xml"
            />
            <Button type="submit" size="xs" loading={send.isPending} disabled={!file}>
              Send and match its lines
            </Button>
          </Group>
        </form>
      )}
    </Panel>
  );
}
