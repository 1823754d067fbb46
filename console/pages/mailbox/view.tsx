import { Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Paperclip } from 'lucide-react';
import { api, ask, type Schema } from '../../api/client.ts';
import { useSession } from '../../session/session.tsx';
import { Moment } from '../../show/moment.tsx';
import { type Column, DataTable, type FilterEntry } from '../../table/data-table.tsx';

type Mail = Schema<'Mail'>;

const filters: FilterEntry[] = [{ id: 'to', label: 'Recipient', type: 'text' }];
const columns: Column<Mail>[] = [
  {
    id: 'subject',
    header: 'Subject',
    width: 'minmax(14rem, 2.5fr)',
    phone: true,
    cell: ({ id, subject }) => (
      <Link to={`/mailbox/${id}`} className="plain">
        {subject || '(no subject)'}
      </Link>
    ),
  },
  { id: 'to', header: 'To', width: 'minmax(11rem, 1.2fr)', phone: true, cell: ({ to }) => to.join(', ') },
  {
    id: 'attachments',
    header: 'Files',
    width: '5rem',
    cell: ({ attachments }) =>
      attachments.length > 0 && (
        <span className="digits">
          <Paperclip size={12} aria-hidden /> {attachments.length}
        </span>
      ),
  },
  // By the company clock, as the reader of the mail would see it.
  { id: 'date', header: 'Sent', width: '8rem', cell: ({ date, receivedAt }) => <Moment at={date ?? receivedAt} /> },
  {
    id: 'deliveries',
    header: 'Deliveries',
    width: '6rem',
    align: 'right',
    hiddenAtFirst: true,
    cell: ({ deliveries }) => deliveries,
  },
  { id: 'from', header: 'From', width: 'minmax(10rem, 1fr)', hiddenAtFirst: true, cell: ({ from }) => from },
];

/** On a local stack no mail leaves the machine: here is each of them, as its reader would have got it. */
export default function MailboxPage() {
  const { me } = useSession();
  if (!me.local)
    return (
      <Stack>
        <Title order={1}>Mailbox</Title>
        <Text>
          Mails of this company go to its mail server. Only a local stack keeps them, so that nobody is written to by an
          experiment.
        </Text>
      </Stack>
    );
  return (
    <DataTable
      name="mailbox"
      title="Mailbox"
      columns={columns}
      filters={filters}
      queryKey={['mails']}
      read={({ to }, after) =>
        ask(
          api.GET('/v1/local/mails', {
            params: { query: { limit: 100, ...(to !== undefined && { to }), ...after } },
          }),
        )
      }
      idOf={({ id }) => id}
      addressOf={({ id }) => `/mailbox/${id}`}
      empty={<Text>No mail has been sent yet. Place an order: its confirmation will be the first one here.</Text>}
    />
  );
}
