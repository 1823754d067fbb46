import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './look.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { Problem } from './api/client.ts';
import { theme } from './look.ts';
import type { Place } from './page.ts';
import { createPlaceRouter } from './router.tsx';
import { meKey, Session } from './session/session.tsx';

const place = document.documentElement.dataset.place as Place;

/** Whoever is not known any more signs in again where they are, and goes on. */
const onError = (error: Error): void => {
  // A wrong code of the second factor is an answer, and no session that has ended.
  if (error instanceof Problem && error.status === 401 && error.slug !== 'invalid-code') queries.setQueryData(meKey, null);
};
const queries = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // What was refused is refused again; what got no answer is asked again.
      retry: (failures, error) => failures < 2 && error instanceof Problem && (error.status === 0 || error.status >= 500),
    },
    // `useCommand` says who sends again, and under which key.
    mutations: { networkMode: 'always' },
  },
});
const router = createPlaceRouter(place);

/** A link from a mail opens its one invoice, or lets a password be chosen, for whoever holds it: nobody signs in for that. */
const [, linked, token = ''] = /^\/portal\/(linked-invoice|invitation)\/([\w-]{1,200})$/.exec(location.pathname) ?? [];
const Linked =
  linked === 'invitation' ? lazy(() => import('./linked/invitation.tsx')) : lazy(() => import('./linked/linked-invoice.tsx'));

createRoot(document.getElementById('app')!).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <Notifications position="bottom-right" limit={4} />
      <QueryClientProvider client={queries}>
        {linked === undefined ? (
          <Session place={place}>
            <RouterProvider router={router} />
          </Session>
        ) : (
          <Suspense>
            <Linked token={token} />
          </Suspense>
        )}
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
