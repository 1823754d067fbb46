import { Center, Loader } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use } from 'react';
import { api, ask, Problem, type Schema } from '../api/client.ts';
import type { Place } from '../page.ts';
import { NoAnswer } from '../shell/broken-page.tsx';
import { OwnPasswordPage } from './own-password-page.tsx';
import { SignInPage } from './sign-in-page.tsx';

export type Me = Schema<'Me'>;
export const meKey = ['me'] as const;

const WhoAndWhere = createContext<{ me: Me; place: Place; offsetMs: number } | undefined>(undefined);

/** Who is signed in, where, and how far the company's clock is from the one on the wall. */
export function useSession() {
  const session = use(WhoAndWhere);
  if (!session) throw new Error('outside of a session');
  return session;
}

/**
 * Whether who is signed in may send this at all, 'POST /v1/returns': the API says so. What a record allows is in its
 * `actions`.
 */
export function useMay(command: `${'POST' | 'PUT'} /v1/${string}`): boolean {
  return useSession().me.commands.includes(command);
}

/** Shows what is inside to whoever is signed in, and the sign-in page, at the same address, to everybody else. */
export function Session({ place, children }: { place: Place; children: ReactNode }) {
  const queries = useQueryClient();
  const me = useQuery({
    queryKey: meKey,
    queryFn: () =>
      ask(api.GET('/v1/me')).catch((error) => {
        if (error instanceof Problem && error.status === 401) return null;
        throw error;
      }),
    staleTime: 60_000,
  });
  const clock = useQuery({
    queryKey: ['clock'],
    queryFn: () => ask(api.GET('/v1/local/clock')),
    enabled: me.data?.local === true,
    staleTime: 30_000,
  });
  // A form begins with the company's day: it is not shown before the company's clock is known.
  if (me.isPending || (me.data?.local && clock.isPending))
    return (
      <Center h="100vh">
        <Loader aria-label="Loading" />
      </Center>
    );
  if (me.data === undefined) return <NoAnswer error={me.error} again={() => void me.refetch()} />;
  if (me.data === null) return <SignInPage place={place} signedIn={() => void queries.resetQueries()} />;
  if (me.data.passwordToChange) return <OwnPasswordPage changed={() => void queries.resetQueries()} />;
  const home: Place = me.data.customerId === null ? 'console' : 'portal';
  if (home !== place) {
    location.replace(`/${home}`);
    return null;
  }
  return <WhoAndWhere value={{ me: me.data, place, offsetMs: clock.data?.offsetMs ?? 0 }}>{children}</WhoAndWhere>;
}
