import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client.ts';
import { useSession } from './session.tsx';

/** For whom somebody in the portal acts. */
export function useCustomerId(): string {
  const { customerId } = useSession().me;
  if (customerId === null) throw new Error('only the portal has one customer');
  return customerId;
}

/** Limit, balance and open items of that customer, for who looks after its money. */
export function useAccount() {
  const id = useCustomerId();
  const { roles } = useSession().me;
  return useQuery({
    queryKey: ['account', id],
    queryFn: () => ask(api.GET('/v1/customers/{id}/account', { params: { path: { id } } })),
    enabled: roles.includes('payer'),
  });
}
