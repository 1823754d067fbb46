import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, ask, type Schema } from '../api/client.ts';
import { CommandButton } from '../form/command-button.tsx';
import { NoteField } from '../form/fields.tsx';
import { Moment } from '../show/moment.tsx';
import { Status } from '../show/status.tsx';

type Question = Schema<'CreditQuestion'>;

/** What credit has asked a customer, newest first. */
export const useCreditQuestions = (customerId: string, enabled = customerId !== '') =>
  useQuery({
    queryKey: ['credit-questions', customerId],
    queryFn: () =>
      ask(api.GET('/v1/customers/{id}/credit-questions', { params: { path: { id: customerId }, query: { limit: 50 } } })),
    enabled,
  });

/** Each question with its answer, or the way to give one; `answerWith` names that. */
export function CreditQuestions({ questions, answerWith }: { questions: readonly Question[]; answerWith: string }) {
  return (
    <ul className="plain-list">
      {questions.map((one) => (
        <li key={one.id} style={{ display: 'block' }}>
          <Group justify="space-between">
            <Text fw={600}>{one.question}</Text>
            {one.status === 'open' ? <Answer to={one} label={answerWith} /> : <Status of={one.status} />}
          </Group>
          <Text size="sm" c="dimmed">
            asked <Moment at={one.askedAt} /> by {one.askedBy}
          </Text>
          {one.answer !== null && <Text>{one.answer}</Text>}
          {one.answeredAt !== null && (
            <Text size="sm" c="dimmed">
              answered <Moment at={one.answeredAt} /> by {one.answeredBy}
            </Text>
          )}
        </li>
      ))}
    </ul>
  );
}

const Answer = ({ to: { id, customerId, question }, label }: { to: Question; label: string }) => (
  <CommandButton
    label={label}
    title={question}
    submit="Send the answer"
    changes={[['credit-questions'], ['tasks']]}
    send={async (form, key) => {
      await ask(
        api.POST('/v1/customers/{id}/credit-questions/{questionId}/answer', {
          params: { path: { id: customerId, questionId: id }, header: { 'Idempotency-Key': key } },
          body: { answer: form('answer') },
        }),
      );
      return 'Credit has the answer.';
    }}
  >
    {(faultAt) => <NoteField name="answer" label="Answer" error={faultAt('/answer')} />}
  </CommandButton>
);
