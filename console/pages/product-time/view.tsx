import { Select, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { orderStages } from '../../parts/order-stages.ts';
import { PeriodReport } from '../../parts/period-report.tsx';
import { ProcessTabs } from '../../parts/process-tabs.tsx';
import { Panel } from '../../show/panel.tsx';
import { inDays, usePeriod } from '../../show/period-fields.tsx';
import { digits, Records, type RecordsColumn } from '../../show/records.tsx';
import { inWords } from '../../show/status.tsx';
import { useFilters } from '../../table/filters.ts';

type Row = Schema<'TimeOfProduct'>;

// An order that is done is in no stage any more.
const stages = orderStages.filter(({ value }) => value !== 'done');

/** How long orders were in a stage by what they contain. */
export default function ProductTimePage() {
  const [{ stage = 'fulfilment' }, setFilters] = useFilters();
  const period = usePeriod();
  const query = { stage: stage as 'fulfilment', ...period };
  const products = useQuery({
    queryKey: ['time-by-product', query],
    queryFn: () => ask(api.GET('/v1/reports/products', { params: { query } })),
    placeholderData: keepPreviousData,
  });
  const columns: RecordsColumn<Row>[] = [
    {
      header: 'Product',
      cell: ({ sku, name }) => (
        <>
          <Link to={`/process/${stage}`} search={{ sku, ...period } as never}>
            {sku}
          </Link>{' '}
          <span className="faint">{name}</span>
        </>
      ),
    },
    digits('Orders', ({ orders }) => orders),
    digits('Median', ({ medianHours }) => inDays(medianHours)),
    digits('9 of 10', ({ p90Hours }) => inDays(p90Hours)),
    digits('Work', ({ workHours, orders }) => inDays(workHours / orders)),
    digits('Waiting for us', ({ queueHours, orders }) => inDays(queueHours / orders)),
    digits('For the customer', ({ customerHours, orders }) => inDays(customerHours / orders)),
    digits('Orders before', ({ before }) => before.orders),
    digits('Median before', ({ before }) => inDays(before.medianHours)),
  ];
  return (
    <PeriodReport
      title="Time by product"
      tabs={<ProcessTabs />}
      csv={`/v1/reports/products.csv?${new URLSearchParams(query)}`}
      report={products}
      tells="How long orders took that left the stage, by the products that they contain"
      filters={
        <Select
          size="xs"
          aria-label="Stage"
          allowDeselect={false}
          value={stage}
          onChange={(value) => setFilters({ stage: value ?? undefined })}
          data={stages}
        />
      }
    >
      {({ items }) => (
        <Panel title={inWords(stage)}>
          <Text size="xs" c="dimmed" mb="xs">
            Formula: median time in the stage of the orders that contain the product; work and waiting are means of an order. An
            order counts with each of its products.
          </Text>
          <Records
            columns={columns}
            rows={items}
            keyOf={({ sku }) => sku}
            empty="No order left this stage in the period. Once some have, each of their products stands here."
          />
        </Panel>
      )}
    </PeriodReport>
  );
}
