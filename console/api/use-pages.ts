import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query';

/** A list that goes on: the rows that have been read, and, while there are more, what reads the next page. */
export function usePages<Row>(
  queryKey: QueryKey,
  read: (after: { after?: string }) => Promise<{ items: Row[]; next: string | null }>,
) {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => read(pageParam === undefined ? {} : { after: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  return {
    query,
    items: query.data?.pages.flatMap(({ items }) => items) ?? [],
    more: query.hasNextPage ? () => void query.fetchNextPage() : undefined,
  };
}
