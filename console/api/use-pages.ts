import { type InfiniteData, type QueryKey, type UseInfiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

/** The `next` of the page before, as the API is asked for it; nothing at the beginning. */
export type After = { after?: string };

type Options<Page> = Pick<
  UseInfiniteQueryOptions<Page, Error, InfiniteData<Page, After>, QueryKey, After>,
  'enabled' | 'placeholderData' | 'refetchInterval' | 'retry'
>;

/** A list that goes on: the rows that have been read, and, while there are more, what reads the next page. */
export function usePages<Page extends { items: readonly unknown[]; next: string | null }>(
  queryKey: QueryKey,
  read: (after: After) => Promise<Page>,
  options: Options<Page> = {},
) {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: {} as After,
    getNextPageParam: ({ next }) => (next === null ? undefined : { after: next }),
    ...options,
  });
  const { data, hasNextPage, fetchNextPage } = query;
  const items = useMemo((): Page['items'][number][] => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  return { query, items, more: hasNextPage ? () => void fetchNextPage() : undefined };
}
