import { Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Fragment, useEffect } from 'react';
import { api, ask, type Schema } from '../../api/client.ts';
import { type After, usePages } from '../../api/use-pages.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { DayField } from '../../form/fields.tsx';
import { ReportTabs } from '../../parts/report-tabs.tsx';
import { useMay } from '../../session/session.tsx';
import { NoAnswer } from '../../shell/broken-page.tsx';
import { Day, Moment, useToday } from '../../show/moment.tsx';
import { Panel } from '../../show/panel.tsx';
import { PeriodFields } from '../../show/period-fields.tsx';
import { Plot } from '../../show/plot.tsx';
import { Rows, right } from '../../show/rows.tsx';
import { ExportButton } from '../../table/export-button.tsx';
import { useFilters } from '../../table/filters.ts';

type Audit = Schema<'CarrierAudit'>;

const percent = ({ share, of }: { share: number | null; of: number }) =>
  share === null ? '–' : `${(share * 100).toFixed(1)} % of ${of}`;

const readAudits = (after: After) => ask(api.GET('/v1/shipping/audits', { params: { query: { limit: 200, ...after } } }));

/** A line of a file for each lane. */
const linesOf = ({ id: auditId, from, to, targetsVersion, lanes }: Audit) =>
  lanes.map(({ breaches, ...lane }) => ({ auditId, from, to, targetsVersion, ...lane, breaches: breaches.join('; ') }));

/** How carriers did against their targets, lane by lane; the newest audit first. */
export default function CarrierAuditsPage() {
  const mayAudit = useMay('POST /v1/shipping/audits');
  const today = useToday();
  const [{ from, to }] = useFilters();
  const { query, items: oldestFirst } = usePages(['carrier-audits'], readAudits);
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query;
  // They come oldest first, and the newest is what somebody comes for: one a week makes few pages.
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);
  // The newest would be missing: half of the list is none.
  if (query.isError && (!query.data || isFetchNextPageError))
    return <NoAnswer error={query.error} again={() => void query.refetch()} />;
  // One that a day of the period falls into is of the period: its figures cannot be told apart by days.
  const isWanted = (audit: Audit) => (from === undefined || audit.to >= from) && (to === undefined || audit.from <= to);
  const items = oldestFirst.filter(isWanted).reverse();
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={1}>Carrier audits</Title>
        {mayAudit && (
          <CommandButton
            label="Audit now"
            title="Hold carriers against their targets"
            submit="Audit these days"
            variant="filled"
            changes={[['carrier-audits']]}
            send={async (form, key) => {
              const { lanes } = await ask(
                api.POST('/v1/shipping/audits', {
                  params: { header: { 'Idempotency-Key': key } },
                  body: { from: form('from'), to: form('to') },
                }),
              );
              const breached = lanes.filter(({ breaches }) => breaches.length > 0).length;
              return `${lanes.length === 1 ? 'One lane was' : `${lanes.length} lanes were`} audited; ${breached === 0 ? 'none misses its targets' : `${breached} miss a target, and each has a task`}.`;
            }}
          >
            {(faultAt) => (
              <>
                <DayField name="from" label="What left from" required error={faultAt('/from')} />
                <DayField name="to" label="until" required defaultValue={today} error={faultAt('/to')} />
              </>
            )}
          </CommandButton>
        )}
      </Group>
      <ReportTabs />
      <PeriodFields>
        <ExportButton
          name="carrier-lanes"
          ml="auto"
          read={async (after) => {
            const page = await readAudits(after);
            return { items: page.items.filter(isWanted).flatMap(linesOf), next: page.next };
          }}
        />
      </PeriodFields>
      {query.isPending && <Skeleton height={240} role="status" aria-label="Loading" />}
      {oldestFirst.length > 0 && items.length === 0 && (
        <div className="panel">
          <Text>No audit is of these days.</Text>
        </div>
      )}
      {query.data && oldestFirst.length === 0 && (
        <div className="panel">
          <Text>
            No carrier was audited yet. It happens by itself every week: on-time dispatch and delivery, days in transit, damage
            and loss of every lane are held against the targets, and each breach becomes a task.
          </Text>
        </div>
      )}
      {items.length > 0 && <Trend audits={items} />}
      {items.map((audit) => (
        <AuditPanel key={audit.id} audit={audit} />
      ))}
    </Stack>
  );
}

const trends = [
  [
    'onTimeDelivery',
    'Delivered on time',
    'delivered on their day (the one that the customer asked for, else the expected one) or earlier ÷ delivered, or past that day when audited × 100; those without such a day do not count',
  ],
  ['onTimeDispatch', 'Dispatched on time', 'left by the first cut-off that they were planned for ÷ planned for one × 100'],
  ['damageAndLoss', 'Damaged or lost', 'reported damaged at any time, or lost when audited ÷ all × 100'],
] as const;

/** Each carrier over its audits, all of its lanes together. */
function Trend({ audits }: { audits: readonly Audit[] }) {
  const oldestFirst = [...audits].reverse();
  const carriers = [...new Set(oldestFirst.flatMap(({ lanes }) => lanes.map(({ carrier }) => carrier)))].sort();
  const shareOf = (audit: Audit, carrier: string, measure: (typeof trends)[number][0]) => {
    const own = audit.lanes.filter((lane) => lane.carrier === carrier).map((lane) => lane[measure]);
    const of = own.reduce((sum, one) => sum + one.of, 0);
    return of === 0 ? null : Math.round((own.reduce((sum, one) => sum + (one.share ?? 0) * one.of, 0) * 1_000) / of) / 10;
  };
  return (
    <Panel title="From audit to audit">
      {trends.map(([measure, name, formula]) => (
        <Fragment key={measure}>
          <Text size="xs" c="dimmed">
            {name}. Formula, of the shipments that left in the days of an audit: {formula}.
          </Text>
          <Plot
            label={`${name}, by carrier and audit`}
            kind="line"
            unit="%"
            categories={oldestFirst.map(({ to }) => to)}
            series={carriers.map((carrier) => ({
              name: carrier,
              values: oldestFirst.map((audit) => shareOf(audit, carrier, measure)),
            }))}
          />
        </Fragment>
      ))}
      <Text size="xs" c="dimmed">
        Days in transit. Formula: mean of the calendar days from when a shipment left until it was delivered, of those that were
        when audited. Cut-offs missed. Formula: cut-offs that went by without a planned shipment ÷ all shipments × 100.
      </Text>
    </Panel>
  );
}

function AuditPanel({ audit: { id, from, to, lanes, actor, at, targetsVersion } }: { audit: Audit }) {
  return (
    <Panel title={`Audit ${id}`}>
      <Text mb="xs" c="dimmed">
        <Day on={from} /> to <Day on={to} /> · by {actor} <Moment at={at} /> ·{' '}
        {targetsVersion === 0 ? 'the targets shipped with the product' : `targets version ${targetsVersion}`}
      </Text>
      {lanes.length === 0 ? (
        <Text>Nothing left in these days.</Text>
      ) : (
        <Rows
          label={`Lanes of ${id}`}
          headings={[
            'Lane',
            right('Shipments'),
            right('Dispatched on time'),
            right('Delivered on time'),
            right('Days in transit'),
            right('Damaged or lost'),
            'Against the targets',
          ]}
        >
          {lanes.map((lane) => (
            <tr key={`${lane.carrier} ${lane.warehouseId} ${lane.country}`}>
              <td>
                {lane.carrier}{' '}
                <span className="faint">
                  {lane.warehouseId} → {lane.country}
                </span>
              </td>
              <td data-align="right">
                <Link
                  to="/shipments"
                  search={
                    {
                      carrier: lane.carrier,
                      warehouseId: lane.warehouseId,
                      country: lane.country,
                      shippedFrom: from,
                      shippedTo: to,
                    } as never
                  }
                >
                  {lane.shipments}
                </Link>
              </td>
              <td data-align="right">{percent(lane.onTimeDispatch)}</td>
              <td data-align="right">{percent(lane.onTimeDelivery)}</td>
              <td data-align="right">{lane.averageTransitDays?.toFixed(1) ?? '–'}</td>
              <td data-align="right">{percent(lane.damageAndLoss)}</td>
              <td>{lane.breaches.length === 0 ? 'nothing missed' : <span className="warns">{lane.breaches.join('; ')}</span>}</td>
            </tr>
          ))}
        </Rows>
      )}
    </Panel>
  );
}
