import { Modal, Stack, Text } from '@mantine/core';
import { Identifier } from './identifier.tsx';

/**
 * A secret that nobody can read again; `said`: what to do with it, when it is not for somebody else. It is in no list, no
 * address and no cache.
 */
export function ShownOnce({
  secret,
  close,
}: {
  secret: { title: string; value: string; said?: string } | undefined;
  close: () => void;
}) {
  return (
    <Modal
      opened={secret !== undefined}
      onClose={close}
      title={secret?.title}
      // A click beside it would lose it for ever.
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': 'Close: it is not shown again' }}
    >
      {secret && (
        <Stack gap="sm">
          <Text>{secret.said ?? 'It is shown this once. Copy it now and hand it over by a way of its own.'}</Text>
          <code className="secret">
            <Identifier id={secret.value} />
          </code>
        </Stack>
      )}
    </Modal>
  );
}
