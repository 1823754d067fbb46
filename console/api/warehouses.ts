import { useQuery } from '@tanstack/react-query';
import { api, ask } from './client.ts';

/** The warehouses as choices of a field or filter. */
export function useWarehouses(): { value: string; label: string }[] {
  const { data } = useQuery({
    queryKey: ['warehouses'],
    queryFn: () => ask(api.GET('/v1/warehouses')),
    staleTime: 600_000,
  });
  return (data?.items ?? []).map(({ id, name }) => ({ value: id, label: name === id ? id : `${id} · ${name}` }));
}
