import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { useReport } from '../../api/use-report.ts';
import { PeriodReport } from '../../parts/period-report.tsx';
import { ProcessTabs } from '../../parts/process-tabs.tsx';
import { Panel } from '../../show/panel.tsx';
import { inDays, usePeriod } from '../../show/period-fields.tsx';
import { Rows, right } from '../../show/rows.tsx';

type Customers = Schema<'Cycles'>['customers'];

const share = (percent: number | null) => (percent === null ? 'not available' : `${percent.toFixed(1)} %`);

/** Times that are no order's, and customers that came back or did not, beside the period before. */
export default function CyclesPage() {
  const query = usePeriod();
  const cycles = useReport(['cycles', query], () => ask(api.GET('/v1/reports/cycles', { params: { query } })));
  return (
    <PeriodReport
      title="Cycles"
      tabs={<ProcessTabs />}
      csv={`/v1/reports/cycles.csv?${new URLSearchParams(query)}`}
      report={cycles}
      tells="From quote to order and from application to first order, until disputes and returns ended, and who came back"
    >
      {({ cycles: all, customers }) => (
        <>
          <Panel title="How long it took">
            <Rows headings={['Cycle', ...figures.map(right)]}>
              {all.map(({ id, name, formula, count, medianHours, p90Hours, before }) => (
                <tr key={id}>
                  <th scope="row">
                    <Link to={`/process/cycles/${id}`} search={query as never}>
                      {name}
                    </Link>
                    <Text size="xs" c="dimmed" fw={400}>
                      {formula}
                    </Text>
                  </th>
                  {[count, inDays(medianHours), inDays(p90Hours), before.count, inDays(before.medianHours)].map(
                    (text, column) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: columns keep their places.
                      <td key={column} data-align="right" data-label={figures[column]} className="digits">
                        {text}
                      </td>
                    ),
                  )}
                </tr>
              ))}
            </Rows>
          </Panel>
          <div className="measures">
            <Share id="returning-customers" title="Customers that came back" of={customers} search={query} />
            <Share id="lost-customers" title="Customers lost" of={customers} search={query} />
          </div>
        </>
      )}
    </PeriodReport>
  );
}

const figures = ['Records', 'Median', '9 of 10', 'Records before', 'Median before'];

const shares = {
  'returning-customers': {
    formula: 'with an order in the period and one before it ÷ with an order in the period × 100',
    parts: (of: Omit<Customers, 'before'>) => [of.returningPercent, of.returning, of.customers] as const,
    names: ['came back', 'ordered in the period'],
  },
  'lost-customers': {
    formula: 'with an order in the period before and none in this one ÷ with an order in the period before × 100',
    parts: (of: Omit<Customers, 'before'>) => [of.lostPercent, of.lost, of.customersBefore] as const,
    names: ['have not ordered since', 'ordered in the period before'],
  },
};

function Share({ id, title, of, search }: { id: keyof typeof shares; title: string; of: Customers; search: object }) {
  const { formula, parts, names } = shares[id];
  const [percent, met, whole] = parts(of);
  return (
    <Panel title={title}>
      <div className="figure digits">{share(percent)}</div>
      <Text size="xs" c="dimmed">
        before: {share(parts(of.before)[0])}
      </Text>
      <Text size="xs" mt="xs">
        {formula}
      </Text>
      <dl className="facts" style={{ marginTop: '0.4rem' }}>
        <dt>
          <Link to={`/process/cycles/${id}`} search={search as never}>
            {names[0]}
          </Link>
        </dt>
        <dd className="digits" style={{ textAlign: 'right' }}>
          {met}
        </dd>
        <dt>{names[1]}</dt>
        <dd className="digits" style={{ textAlign: 'right' }}>
          {whole}
        </dd>
      </dl>
    </Panel>
  );
}
