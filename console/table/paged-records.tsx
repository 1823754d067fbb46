import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query';
import { Unanswered } from '../shell/broken-page.tsx';
import { Records, type RecordsProps } from '../show/records.tsx';
import { ShowMore } from './show-more.tsx';

interface PagedRecordsProps<Row> extends Omit<RecordsProps<Row>, 'rows'> {
  queryKey: QueryKey;
  /** Reads one page; `after` is the `next` of the page before. */
  read: (after: string | undefined) => Promise<{ items: readonly Row[]; next: string | null }>;
  /** Read anew after so many milliseconds while one of the rows is under way. */
  follow?: { everyMs: number; while: (row: Row) => boolean };
}

/** `Records` that the API pages: how many were read, and the rest on demand, so that none is out of reach. */
export function PagedRecords<Row>({ queryKey, read, follow, ...records }: PagedRecordsProps<Row>) {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: ({ state }) =>
      follow && state.data?.pages.some(({ items }) => items.some((row) => follow.while(row))) ? follow.everyMs : false,
  });
  if (!query.data) return <Unanswered query={query} height={160} />;
  const rows = query.data.pages.flatMap(({ items }) => items);
  return (
    <>
      <Records {...records} rows={rows} />
      <ShowMore of={query} shown={`The first ${rows.length.toLocaleString('en')}`} />
    </>
  );
}
