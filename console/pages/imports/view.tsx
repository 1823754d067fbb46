import { Button, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { choicesOf } from '../../form/choices.ts';
import { Identifier } from '../../show/identifier.tsx';
import { Moment } from '../../show/moment.tsx';
import { inWords } from '../../show/status.tsx';
import { type Column, DataTable, type FilterChoice } from '../../table/data-table.tsx';

type Summary = Schema<'ImportSummary'>;

const filters: FilterChoice[] = [
  {
    id: 'kind',
    label: 'Kind',
    choices: choicesOf<Summary['kind']>({ customers: true, products: true, prices: true, stock: true, 'open-items': true }),
  },
];
const count = (id: 'lineCount' | 'createdCount' | 'changedCount' | 'unchangedCount', header: string): Column<Summary> => ({
  id,
  header,
  width: '6rem',
  align: 'right',
  cell: (row) => row[id].toLocaleString('en'),
});

const columns: Column<Summary>[] = [
  {
    id: 'id',
    header: 'Import',
    width: 'minmax(9rem, 1fr)',
    phone: true,
    cell: ({ id }) => <Identifier id={id} to={`/imports/${id}`} />,
  },
  { id: 'kind', header: 'Kind', width: '8rem', phone: true, cell: ({ kind }) => inWords(kind) },
  count('lineCount', 'Lines'),
  count('createdCount', 'New'),
  count('changedCount', 'Changed'),
  count('unchangedCount', 'As before'),
  {
    id: 'rejectedCount',
    header: 'Left out',
    width: '6rem',
    align: 'right',
    phone: true,
    cell: ({ rejectedCount }) => <span className={rejectedCount > 0 ? 'warns' : undefined}>{rejectedCount}</span>,
  },
  { id: 'actor', header: 'By', width: 'minmax(7rem, 1fr)', cell: ({ actor }) => actor },
  { id: 'at', header: 'When', width: '8rem', cell: ({ at }) => <Moment at={at} /> },
];

export default function ImportsPage() {
  return (
    <DataTable
      name="imports"
      title="Imports"
      columns={columns}
      filters={filters}
      queryKey={['imports']}
      read={({ kind }, after) =>
        ask(
          api.GET('/v1/imports', {
            params: {
              query: {
                limit: 100,
                ...after,
                ...(kind !== undefined && { kind: kind as Summary['kind'] }),
              },
            },
          }),
        )
      }
      idOf={({ id }) => id}
      addressOf={({ id }) => `/imports/${id}`}
      actions={
        <Button component={Link} to="/imports/new" size="compact-sm">
          Import a file
        </Button>
      }
      empty={
        <Text>
          No file was imported yet. Customers, products, prices, stock and open items come in as CSV or JSON: a dry run lists
          every fault by line and changes nothing, and the run after it takes every line that has none.
        </Text>
      }
    />
  );
}
