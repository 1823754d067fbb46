import { Button, Center, Skeleton, Stack, Text, Title } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Problem } from '../api/client.ts';
import { Panel, usePanelHeadingId } from '../show/panel.tsx';
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

interface UnansweredProps {
  query: Pick<UseQueryResult, 'isError' | 'error' | 'refetch'>;
  height: number;
  /** Of the panel that it stands in until what was asked for brings its own; absent: it stands where it is. */
  title?: string;
}

/** What stands where something that was asked for will stand: that it is on its way, or why it did not come. */
export function Unanswered({ query, height, title }: UnansweredProps) {
  const instead = query.isError ? (
    <NoAnswer error={query.error} again={() => void query.refetch()} />
  ) : (
    <Skeleton height={height} role="status" aria-label="Loading" />
  );
  return title === undefined ? instead : <Panel title={title}>{instead}</Panel>;
}

interface NotReadProps extends Pick<UnansweredProps, 'title'> {
  query: UnansweredProps['query'] & Pick<UseQueryResult, 'data'>;
}

/** The same where something stands only if there is something: nothing until it is known, or why it is not. */
export const NotRead = ({ query, title }: NotReadProps) =>
  query.isError && !query.data && <Unanswered query={query} height={0} {...(title !== undefined && { title })} />;

export function NoSuchPage() {
  return (
    <Notice title="There is no such page">
      <Text>It may have moved, or your role does not have it. Press / to find what you were looking for.</Text>
      <Link to="/">To the first page</Link>
    </Notice>
  );
}

function Notice({ title, children }: { title: string; children: ReactNode }) {
  // Within a panel it is a part of a page whose other parts have come.
  if (usePanelHeadingId() !== undefined)
    return (
      <Stack align="flex-start" gap="xs" role="alert">
        <Text fw={600}>{title}</Text>
        {children}
      </Stack>
    );
  return (
    <Center component="section" mih="50vh">
      <Stack align="flex-start" maw={420} role="alert">
        <Title order={1}>{title}</Title>
        {children}
      </Stack>
    </Center>
  );
}
