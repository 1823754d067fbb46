import { Text } from '@mantine/core';
import { api, ask, type Schema } from '../../api/client.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { CreditTabs } from '../../parts/credit-tabs.tsx';
import { useMay } from '../../session/session.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Day } from '../../show/moment.tsx';
import { type Column, DataTable } from '../../table/data-table.tsx';
import { Models } from './models.tsx';
import { percent } from './percent.ts';

interface Scored {
  customerId: string;
  lateChance: number;
  modelVersion: number | null;
  asOf: string;
  score: Schema<'RiskScore'>;
}

const columns: Column<Scored>[] = [
  {
    id: 'customerId',
    header: 'Customer',
    width: 'minmax(9rem, 1fr)',
    phone: true,
    cell: ({ customerId }) => <Identifier id={customerId} to={`/customers/${customerId}`} />,
  },
  {
    id: 'lateChance',
    header: 'Chance late',
    width: '7rem',
    align: 'right',
    phone: true,
    cell: ({ lateChance }) => <b className="digits">{percent(lateChance)}</b>,
  },
  { id: 'words', header: 'Why', width: 'minmax(14rem, 3fr)', cell: ({ score }) => score.words },
  {
    id: 'invoices',
    header: 'Invoices',
    width: '6rem',
    align: 'right',
    cell: ({ score }) => <span className="digits">{score.features.invoices}</span>,
  },
  {
    id: 'overdueNow',
    header: 'Overdue now',
    width: '7rem',
    align: 'right',
    cell: ({ score }) => <span className="digits">{score.features.overdueNow}</span>,
  },
  {
    id: 'by',
    header: 'By',
    width: '7rem',
    cell: ({ modelVersion }) => (modelVersion === null ? 'points' : `model ${modelVersion}`),
  },
  { id: 'asOf', header: 'As of', width: '8rem', hiddenAtFirst: true, cell: ({ asOf }) => <Day on={asOf} /> },
];

/** Who is likely to pay late, and by which model that is said (C5). */
export default function RiskPage() {
  const mayRecompute = useMay('POST /v1/risk/recompute');
  return (
    <DataTable
      name="risk-scores"
      title="Risk of late payment"
      above={
        <>
          <CreditTabs />
          <Models />
        </>
      }
      columns={columns}
      queryKey={['risk', 'scores']}
      read={(_, after) => ask(api.GET('/v1/risk/scores', { params: { query: { limit: 100, ...after } } }))}
      idOf={({ customerId }) => customerId}
      addressOf={({ customerId }) => `/customers/${customerId}`}
      actions={
        mayRecompute && (
          <CommandButton
            label="Recompute now"
            changes={[['risk', 'scores'], ['customer']]}
            send={async (_, key) => {
              const { customers } = await ask(api.POST('/v1/risk/recompute', { params: { header: { 'Idempotency-Key': key } } }));
              return `${customers} ${customers === 1 ? 'customer is' : 'customers are'} scored by the facts of today.`;
            }}
          />
        )
      }
      empty={
        <Text>
          Nobody is scored yet. Every night each customer with invoices is, by how it has paid; “Recompute now” does it at once.
        </Text>
      }
    />
  );
}
