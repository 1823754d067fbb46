import { keepPreviousData, type QueryKey, useQuery } from '@tanstack/react-query';
import { useToday } from '../show/moment.tsx';
import { useFilters } from '../table/filters.ts';

/** A report goes on as things happen: it is read anew each minute, but of days that are past. */
export function useReportInterval(): number | false {
  const [{ to, asOf, knownOn }] = useFilters();
  const today = useToday();
  return [to, asOf, knownOn].some((day) => day !== undefined && day < today) ? false : 60_000;
}

/** A report of the days in the address; what stood there stays until what is asked for next has come. */
export function useReport<Data>(queryKey: QueryKey, queryFn: () => Promise<Data>) {
  const refetchInterval = useReportInterval();
  return useQuery({ queryKey, queryFn, placeholderData: keepPreviousData, refetchInterval });
}
