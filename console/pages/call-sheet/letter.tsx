import { Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, Problem } from '../../api/client.ts';
import { Faults } from '../../shell/toasts.tsx';
import { Day } from '../../show/moment.tsx';
import { Panel } from '../../show/panel.tsx';
import { inWords } from '../../show/status.tsx';

const levels = [
  { value: '', label: 'As planned' },
  ...[1, 2, 3].map((level) => ({ value: String(level), label: `As if at level ${level}` })),
];

/** The letter as it would go out on a day; nothing is sent by looking. */
export function NextLetter({ customerId }: { customerId: string }) {
  const [on, setOn] = useState('');
  const [level, setLevel] = useState('');
  const preview = useQuery({
    queryKey: ['letter', customerId, on, level],
    queryFn: () =>
      ask(
        api.GET('/v1/customers/{id}/letters/preview', {
          params: {
            path: { id: customerId },
            query: { ...(on !== '' && { on }), ...(level !== '' && { level: Number(level) }) },
          },
        }),
      ),
    retry: false,
  });
  const letter = preview.data?.letter;
  return (
    <Panel title="The letter as it would go out">
      <Group gap="xs" mb="xs">
        <TextInput
          type="date"
          size="xs"
          aria-label="On which day"
          value={on}
          onChange={({ currentTarget }) => setOn(currentTarget.value)}
        />
        <NativeSelect
          size="xs"
          aria-label="At which level"
          data={levels}
          value={level}
          onChange={({ currentTarget }) => setLevel(currentTarget.value)}
        />
      </Group>
      {preview.error instanceof Problem && <Faults problem={preview.error} />}
      {preview.data && letter === null && (
        <Text>
          No letter would go out on <Day on={preview.data.on} />.
        </Text>
      )}
      {letter && (
        <>
          <Text fw={600}>{letter.subject}</Text>
          <Text className="faint" mb="xs">
            Level {letter.level}
            {letter.final && ', the last'} · {letter.language}
          </Text>
          <pre className="letter">{letter.text}</pre>
        </>
      )}
      {preview.data && preview.data.leftOut.length > 0 && (
        <Text className="faint" mt="xs">
          Left out:{' '}
          {preview.data.leftOut.map(({ invoiceId, reason }) => `${invoiceId} (${inWords(reason).toLowerCase()})`).join(', ')}
        </Text>
      )}
    </Panel>
  );
}
