import { Button, Center, Skeleton, Stack, Text, Title } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Problem } from '../api/client.ts';
import { Faults } from './toasts.tsx';

/** What stands in place of a page that could not be shown: what is wrong, and the way on. */
export function BrokenPage({ error, reset }: ErrorComponentProps) {
  return <NoAnswer error={error} again={reset} />;
}

export function NoAnswer({ error, again }: { error: unknown; again: () => void }) {
  const problem = error instanceof Problem ? error : undefined;
  return (
    <Notice title={problem?.title ?? 'This page is broken'}>
      {problem ? <Faults problem={problem} /> : <Text>{String(error)}</Text>}
      <Button variant="default" onClick={again}>
        Try again
      </Button>
    </Notice>
  );
}

/** What stands where something that was asked for will stand: that it is on its way, or why it did not come. */
export function Unanswered({ query, height }: { query: Pick<UseQueryResult, 'isError' | 'error' | 'refetch'>; height: number }) {
  return query.isError ? (
    <NoAnswer error={query.error} again={() => void query.refetch()} />
  ) : (
    <Skeleton height={height} role="status" aria-label="Loading" />
  );
}

export function NoSuchPage() {
  return (
    <Notice title="There is no such page">
      <Text>It may have moved, or your role does not have it. Press / to find what you were looking for.</Text>
      <Link to="/">To the first page</Link>
    </Notice>
  );
}

function Notice({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Center component="section" mih="50vh">
      <Stack align="flex-start" maw={420} role="alert">
        <Title order={1}>{title}</Title>
        {children}
      </Stack>
    </Center>
  );
}
