import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client.ts';

/** The chart of accounts, which never changes while the console is open. */
export function useAccounts() {
  const chart = useQuery({
    queryKey: ['ledger-accounts'],
    queryFn: () => ask(api.GET('/v1/ledger/accounts')),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const items = chart.data?.items ?? [];
  return { items, find: (account: string) => items.find((one) => one.account === account) };
}
