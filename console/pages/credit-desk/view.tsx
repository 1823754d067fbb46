import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { choicesOf } from '../../form/choices.ts';
import { CreditTabs } from '../../parts/credit-tabs.tsx';
import { creditTasks } from '../../parts/credit-tasks.ts';
import { Identifier } from '../../show/identifier.tsx';
import { Moment } from '../../show/moment.tsx';
import { Money } from '../../show/money.tsx';
import { inWords, Status } from '../../show/status.tsx';
import { type Column, DataTable, type FilterChoice } from '../../table/data-table.tsx';

type Task = Schema<'Task'>;

const filters: FilterChoice[] = [
  { id: 'kind', label: 'Kind', choices: creditTasks.map((value) => ({ value, label: inWords(value) })) },
  {
    id: 'status',
    label: 'Status',
    choices: choicesOf<Task['status']>({ open: true, claimed: true, completed: true, cancelled: true }),
  },
];

/** What the task's details say of the amount; their shape is that of the task's kind. */
function amountOf({ details }: Task): { minor: number; currency: string } | undefined {
  const { orderGrossMinor, requestedLimitMinor, limitMinor, currency } = details as Record<string, unknown>;
  const minor = orderGrossMinor ?? requestedLimitMinor ?? limitMinor;
  return typeof minor === 'number' && typeof currency === 'string' ? { minor, currency } : undefined;
}

const columns: Column<Task>[] = [
  {
    id: 'kind',
    header: 'To decide',
    width: 'minmax(9rem, 1fr)',
    phone: true,
    cell: ({ id, kind }) => (
      <Link to={`/credit/${id}`} className="plain">
        {inWords(kind)}
      </Link>
    ),
  },
  { id: 'customerId', header: 'Customer', width: 'minmax(7rem, 1.2fr)', phone: true, cell: ({ customerId }) => customerId },
  {
    id: 'amount',
    header: 'Amount',
    width: 'minmax(7rem, 1fr)',
    align: 'right',
    phone: true,
    cell: (task) => {
      const amount = amountOf(task);
      return amount && <Money {...amount} />;
    },
  },
  {
    id: 'about',
    header: 'Order',
    width: 'minmax(9rem, 1fr)',
    cell: ({ orderId }) => orderId && <Identifier id={orderId} to={`/orders/${orderId}`} />,
  },
  {
    id: 'question',
    header: 'Question',
    width: '6rem',
    cell: ({ details }) => {
      const { question } = details as { question?: string };
      return question && <Status of={question} />;
    },
  },
  { id: 'status', header: 'Status', width: '7rem', cell: ({ status }) => <Status of={status} /> },
  { id: 'owner', header: 'Claimed by', width: '6rem', cell: ({ owner }) => owner },
  { id: 'dueAt', header: 'Due', width: '7rem', cell: ({ dueAt }) => dueAt && <Moment at={dueAt} /> },
  { id: 'role', header: 'Role', width: '7rem', hiddenAtFirst: true, cell: ({ role }) => inWords(role) },
  { id: 'id', header: 'Task', width: '9rem', hiddenAtFirst: true, cell: ({ id }) => <Identifier id={id} /> },
];

export default function CreditDeskPage() {
  return (
    <DataTable
      name="credit-desk"
      title="Credit desk"
      above={<CreditTabs />}
      columns={columns}
      filters={filters}
      queryKey={['tasks', 'credit']}
      read={({ kind = creditTasks.join(','), status }, after) =>
        ask(
          api.GET('/v1/tasks', {
            params: {
              query: {
                kind,
                sort: 'due',
                limit: 100,
                ...after,
                ...(status === undefined ? { unfinished: 'true' as const } : { status: status as Task['status'] }),
              },
            },
          }),
        )
      }
      idOf={({ id }) => id}
      addressOf={({ id }) => `/credit/${id}`}
      empty={
        <Text>
          Nothing waits for a decision. What the credit policy leaves to a person comes here: orders of customers who are not
          approved, orders beyond a limit, applications, and approvals that end soon.
        </Text>
      }
    />
  );
}
