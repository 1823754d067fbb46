import {
  type InfiniteData,
  type QueryKey,
  type UseInfiniteQueryOptions,
  type UseInfiniteQueryResult,
  useInfiniteQuery,
} from '@tanstack/react-query';
import { useMemo } from 'react';

/** The `next` of the page before, as the API is asked for it; nothing at the beginning. */
export type After = { after?: string };

type Options<Page> = Pick<
  UseInfiniteQueryOptions<Page, Error, InfiniteData<Page, After>, QueryKey, After>,
  'enabled' | 'placeholderData' | 'refetchInterval' | 'retry'
>;

/** What a list says of its next page: whether there is one, whether it is on its way, and why it did not come. */
export type NextPage = Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'isFetchNextPageError' | 'error'> & {
  fetchNextPage: () => unknown;
};

/** A list that goes on: the rows that have been read, and the query that reads the next page. */
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
  const { data } = query;
  const items = useMemo((): Page['items'][number][] => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  return { query, items };
}
