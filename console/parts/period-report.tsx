import { Stack, Text, Title } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Unanswered } from '../shell/broken-page.tsx';
import { Day } from '../show/moment.tsx';
import { PeriodFields } from '../show/period-fields.tsx';

interface PeriodReportProps<Data> {
  title: string;
  /** The pages beside it. */
  tabs: ReactNode;
  /** Its rows as a file. */
  csv: string;
  report: UseQueryResult<Data>;
  /** What it tells of its days, as a sentence: 'How long … took'. */
  tells: string;
  /** It can be asked for as it was known on a day. */
  known?: true;
  /** What is asked for besides its days. */
  filters?: ReactNode;
  children: (data: Data) => ReactNode;
}

/** A page that reports on a period: its days in the address, the period before where it is compared, and its rows as a file. */
export function PeriodReport<Data extends { from: string; to: string; before?: { from: string; to: string } }>(
  props: PeriodReportProps<Data>,
) {
  const { title, tabs, csv, report, tells, known, filters, children } = props;
  const { data } = report;
  return (
    <Stack gap="md">
      <Title order={1}>{title}</Title>
      {tabs}
      <PeriodFields csv={csv} {...(known && { known })}>
        {filters}
      </PeriodFields>
      {!data ? (
        <Unanswered query={report} height={320} />
      ) : (
        <>
          <Text c="dimmed">
            {tells}, from <Day on={data.from} /> to <Day on={data.to} />
            {data.before && (
              <>
                , beside <Day on={data.before.from} /> to <Day on={data.before.to} />
              </>
            )}
            .
          </Text>
          {children(data)}
        </>
      )}
    </Stack>
  );
}
