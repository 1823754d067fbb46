import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../../api/client.ts';

const lookEveryMs = 10_000;

/** How Temporal and the outbox are, looked at again every ten seconds: who repairs wants to see that it has helped. */
export const useHealth = () =>
  useQuery({ queryKey: ['operations'], queryFn: () => ask(api.GET('/v1/operations')), refetchInterval: lookEveryMs });
