import { Group } from '@mantine/core';
import type { QueryKey } from '@tanstack/react-query';
import { type After, usePages } from '../api/use-pages.ts';
import { Unanswered } from '../shell/broken-page.tsx';
import { Records, type RecordsProps } from '../show/records.tsx';
import { ExportButton } from './export-button.tsx';
import { ShowMore } from './show-more.tsx';

interface PagedRecordsProps<Row> extends Omit<RecordsProps<Row>, 'rows'> {
  /** Of the file that they are saved as, without its ending. */
  name: string;
  queryKey: QueryKey;
  /** Reads one page. */
  read: (after: After) => Promise<{ items: readonly Row[]; next: string | null }>;
  /** Read anew after so many milliseconds while one of the rows is under way. */
  follow?: { everyMs: number; while: (row: Row) => boolean };
}

/** `Records` that the API pages: how many were read, and the rest on demand, so that none is out of reach; all of them as a file. */
export function PagedRecords<Row extends object>({ name, queryKey, read, follow, ...records }: PagedRecordsProps<Row>) {
  const { query, items } = usePages(queryKey, read, {
    refetchInterval: ({ state }) =>
      follow && state.data?.pages.some((page) => page.items.some((row) => follow.while(row))) ? follow.everyMs : false,
  });
  if (!query.data) return <Unanswered query={query} height={160} />;
  return (
    <>
      <Records {...records} rows={items} />
      <ShowMore of={query} shown={`The first ${items.length.toLocaleString('en')}`} />
      {items.length > 0 && (
        <Group justify="flex-end" mt="xs">
          <ExportButton name={name} read={read} />
        </Group>
      )}
    </>
  );
}
