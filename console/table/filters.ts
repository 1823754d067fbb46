import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

export type Filters = Readonly<Record<string, string>>;

/** The filters of a page live in its address: it can be sent to somebody, and Back takes the last one off. */
export function useFilters(): [Filters, (changed: Readonly<Record<string, string | undefined>>) => void] {
  const filters = useSearch({ strict: false }) as Filters;
  const navigate = useNavigate();
  const change = useCallback(
    (changed: Readonly<Record<string, string | undefined>>) =>
      void navigate({
        to: '.',
        search: (before: Filters) =>
          Object.fromEntries(
            Object.entries({ ...before, ...changed }).filter(([, value]) => value !== undefined && value !== ''),
          ),
      }),
    [navigate],
  );
  return [filters, change];
}
