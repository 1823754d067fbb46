import { List, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Problem } from '../api/client.ts';

const named = { 'aria-label': 'Close this notice' };

/** A problem with every fault that it names; it stays until it is closed. */
export function showProblem(error: unknown): void {
  const problem = error instanceof Problem ? error : undefined;
  // An expired session shows the sign-in page by itself.
  if (problem?.status === 401) return;
  notifications.show({
    // The same problem twice is one.
    id: problem ? `${problem.slug}:${problem.message}` : 'unexpected',
    color: 'red',
    autoClose: problem ? 12_000 : false,
    withBorder: true,
    closeButtonProps: named,
    role: 'alert',
    title: problem?.title ?? 'Something is wrong with this page',
    message: problem ? <Faults problem={problem} /> : String(error),
  });
}

export function showSuccess(text: string): void {
  notifications.show({ color: 'teal', withBorder: true, autoClose: 4_000, closeButtonProps: named, message: text });
}

export function Faults({ problem }: { problem: Problem }) {
  return (
    <>
      <Text size="sm">{problem.message}</Text>
      {problem.faults.length > 0 && (
        <List size="sm" mt={4}>
          {problem.faults.map(({ path, code, detail }) => (
            <List.Item key={`${path} ${code}`}>
              <code>{path}</code> {detail}
            </List.Item>
          ))}
        </List>
      )}
    </>
  );
}
