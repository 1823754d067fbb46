import { Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { choicesOf } from '../../form/choices.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { NoteField } from '../../form/fields.tsx';
import { useAccounts } from '../../parts/accounts.ts';
import { LedgerTabs } from '../../parts/ledger-tabs.tsx';
import { useSession } from '../../session/session.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Day, Moment } from '../../show/moment.tsx';
import { Money } from '../../show/money.tsx';
import { MoneyCell, Rows } from '../../show/rows.tsx';
import { inWords, Status } from '../../show/status.tsx';
import { type Column, DataTable, type FilterChoice } from '../../table/data-table.tsx';
import { ProposeJournal } from './propose-journal.tsx';

type Journal = Schema<'ManualJournalToDecide'>;

const filters: FilterChoice[] = [
  {
    id: 'status',
    label: 'Status',
    choices: choicesOf<Journal['status']>({ proposed: true, approved: true, rejected: true }),
  },
];
const amountOf = ({ postings }: Journal) =>
  postings.filter(({ side }) => side === 'debit').reduce((sum, { amountMinor }) => sum + amountMinor, 0);

const columns: Column<Journal>[] = [
  { id: 'id', header: 'Journal', width: '7.5rem', phone: true, cell: ({ id }) => <Identifier id={id} /> },
  { id: 'status', header: 'Status', width: '6.5rem', cell: ({ status }) => <Status of={status} /> },
  { id: 'bookedOn', header: 'Books on', width: '7.5rem', cell: ({ bookedOn }) => <Day on={bookedOn} /> },
  {
    id: 'amount',
    header: 'Amount',
    width: '7.5rem',
    align: 'right',
    phone: true,
    cell: (row) => <Money minor={amountOf(row)} currency={row.currency} />,
  },
  { id: 'reason', header: 'Reason', width: 'minmax(7rem, 1.2fr)', cell: ({ reason }) => reason },
  {
    id: 'proposed',
    header: 'Proposed',
    width: 'minmax(8rem, 1fr)',
    cell: ({ proposedBy, proposedAt }) => (
      <>
        {proposedBy}, <Moment at={proposedAt} />
      </>
    ),
  },
  {
    id: 'decided',
    header: 'Decided',
    width: 'minmax(13rem, 1.4fr)',
    phone: true,
    cell: (row) => <Decided journal={row} />,
  },
];

export default function ManualJournalsPage() {
  const { me } = useSession();
  return (
    <DataTable
      name="manual-journals"
      title="Manual journals"
      above={<LedgerTabs />}
      actions={me.roles.includes('finance') && <ProposeJournal />}
      columns={columns}
      filters={filters}
      queryKey={['manual-journals']}
      read={({ status }, after) =>
        ask(
          api.GET('/v1/ledger/journals', {
            params: {
              query: {
                limit: 100,
                ...after,
                ...(status !== undefined && { status: status as Journal['status'] }),
              },
            },
          }),
        )
      }
      idOf={({ id }) => id}
      empty={
        <Text>
          There are no entries by hand. Finance proposes one for what no document tells, such as a bank fee or an accrual; it is
          booked when a second person approves it.
        </Text>
      }
    />
  );
}

function Decided({ journal }: { journal: Journal }) {
  const { actions, decidedBy, decidedAt, entryId } = journal;
  if (decidedBy && decidedAt)
    return (
      <>
        {decidedBy}, <Moment at={decidedAt} />
        {entryId !== null && (
          <>
            {' '}
            · <Link to={`/ledger/journal/${entryId}`}>Entry {entryId}</Link>
          </>
        )}
      </>
    );
  if (actions.length === 0) return <span className="faint">waits for another person</span>;
  return (
    <Group gap={6} wrap="nowrap">
      {actions.map((action) => (
        <Decide key={action} journal={journal} action={action} />
      ))}
    </Group>
  );
}

function Decide({ journal, action }: { journal: Journal; action: Journal['actions'][number] }) {
  const { id } = journal;
  const approves = action === 'approve';
  return (
    <CommandButton
      label={approves ? 'Approve' : 'Reject'}
      title={`${approves ? 'Approve' : 'Reject'} ${id}`}
      submit={approves ? 'Approve and book it' : `Reject ${id}`}
      variant={approves ? 'filled' : 'default'}
      send={async (form, key) => {
        const params = { path: { id }, header: { 'Idempotency-Key': key } };
        const reason = form('reason');
        if (!approves) {
          await ask(api.POST('/v1/ledger/journals/{id}/reject', { params, body: { reason } }));
          return `${id} is rejected.`;
        }
        const { entryId } = await ask(
          api.POST('/v1/ledger/journals/{id}/approve', { params, body: { ...(reason !== '' && { reason }) } }),
        );
        return `${id} is booked as entry ${entryId}.`;
      }}
      changes={[['manual-journals'], ['journal'], ['trial-balance']]}
    >
      {(faultAt) => (
        <Stack gap="sm">
          <Text>
            Proposed by {journal.proposedBy} for <Day on={journal.bookedOn} />: {journal.reason}
          </Text>
          <Postings journal={journal} />
          <NoteField label={approves ? 'Note' : 'Reason'} required={!approves} error={faultAt('/reason')} />
        </Stack>
      )}
    </CommandButton>
  );
}

function Postings({ journal: { postings, currency } }: { journal: Journal }) {
  const { find } = useAccounts();
  return (
    <Rows label="Postings">
      {postings.map(({ account, side, amountMinor }) => (
        <tr key={`${account} ${side} ${amountMinor}`}>
          <td>{inWords(side)}</td>
          <td>
            <span className="faint digits">{find(account)?.code}</span> {find(account)?.name ?? account}
          </td>
          <MoneyCell minor={amountMinor} currency={currency} />
        </tr>
      ))}
    </Rows>
  );
}
