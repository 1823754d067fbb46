import { Button, Grid, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { useCommand } from '../../api/use-command.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { NoteField } from '../../form/fields.tsx';
import { AccountActions } from '../../parts/account-actions.tsx';
import { Behaviour, CreditHistory, Scorecard, useAccount, useAssessment, useCreditHistory } from '../../parts/credit.tsx';
import { CreditQuestions, useCreditQuestions } from '../../parts/credit-questions.tsx';
import { Exposure } from '../../parts/exposure.tsx';
import { useSession } from '../../session/session.tsx';
import { NotRead, Unanswered } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Moment } from '../../show/moment.tsx';
import { moneyText } from '../../show/money.tsx';
import { Panel } from '../../show/panel.tsx';
import { inWords, Status } from '../../show/status.tsx';
import { ChangeOfHands } from '../work/tasks.tsx';
import { Application } from './application.tsx';
import { Decision, type Proposal } from './decision.tsx';

type Task = Schema<'Task'>;

/** One credit decision with all that it is taken from (C2). */
export default function CreditCasePage() {
  const id = useParams({ strict: false }).id ?? '';
  const task = useQuery({
    queryKey: ['tasks', 'one', id],
    queryFn: () => ask(api.GET('/v1/tasks/{id}', { params: { path: { id } } })),
  });
  if (!task.isSuccess) return <Unanswered query={task} height={320} />;
  return <Case task={task.data} />;
}

function Case({ task }: { task: Task }) {
  const { id, title, status, kind, owner, dueAt, orderId, actions, completedBy } = task;
  const customerId = task.customerId ?? '';
  const { orderGrossMinor, applicationId } = task.details as { orderGrossMinor?: number; applicationId?: string };
  const askedMinor = typeof orderGrossMinor === 'number' ? orderGrossMinor : 0;
  const account = useAccount(customerId);
  const assessment = useAssessment(customerId, askedMinor, true);
  const history = useCreditHistory(customerId);
  const proposal = proposalIn(history.data?.items ?? [], task, applicationId);
  const claim = useCommand({
    send: (_: undefined, key) =>
      ask(api.POST('/v1/tasks/{id}/claim', { params: { path: { id }, header: { 'Idempotency-Key': key } } })),
    said: () => `${id} is yours.`,
    changes: [['tasks']],
  });
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-start">
        <div style={{ minWidth: 0 }}>
          <Title order={1}>{title}</Title>
          <Group gap="sm" c="dimmed">
            <Status of={status} />
            <span>{inWords(kind)}</span>
            {dueAt && (
              <span>
                due <Moment at={dueAt} />
              </span>
            )}
            <span>{completedBy ? `decided by ${completedBy}` : owner ? `claimed by ${owner}` : 'nobody has claimed it'}</span>
            {orderId && <Identifier id={orderId} to={`/orders/${orderId}`} />}
            <Link to={`/customers/${customerId}`}>{customerId}</Link>
          </Group>
        </div>
        <Group gap="xs">
          {actions.includes('claim') && (
            <Button size="compact-sm" variant="default" loading={claim.isPending} onClick={() => claim.mutate(undefined)}>
              Claim
            </Button>
          )}
          <ChangeOfHands task={task} />
          {assessment.data && <AccountActions of={assessment.data} />}
        </Group>
      </Group>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 5 }} order={{ base: 1, md: 2 }}>
          <Stack gap="md">
            {actions.includes('decide-credit') &&
              (account.data && assessment.data && history.data ? (
                <Decision
                  key={`${proposal?.limitMinor}`}
                  task={task}
                  account={account.data}
                  assessment={assessment.data}
                  applicationId={applicationId}
                  proposal={proposal}
                />
              ) : (
                <Unanswered
                  query={[account, assessment, history].find(({ isError }) => isError) ?? account}
                  height={240}
                  title="Decide"
                />
              ))}
            {!actions.includes('decide-credit') && proposal && account.data && (
              <Panel title="A second person must agree">
                <ProposalWords proposal={proposal} currency={account.data.currency} />
              </Panel>
            )}
            {account.data ? (
              <Panel title="Exposure against limit">
                <Exposure account={account.data} askedMinor={askedMinor} />
              </Panel>
            ) : (
              <Unanswered query={account} height={160} title="Exposure against limit" />
            )}
            <Questions task={task} />
            <Behaviour customerId={customerId} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 7 }} order={{ base: 2, md: 1 }}>
          <Stack gap="md">
            {assessment.data ? (
              <Scorecard of={assessment.data} />
            ) : (
              <Unanswered query={assessment} height={240} title="Scorecard" />
            )}
            {applicationId && <Application customerId={customerId} id={applicationId} />}
            <CreditHistory customerId={customerId} />
          </Stack>
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

/** What the customer was asked about its credit, and the way to ask. */
function Questions({ task: { id, customerId, actions } }: { task: Task }) {
  const questions = useCreditQuestions(customerId ?? '');
  if (!questions.data) return <NotRead query={questions} title="Questions to the customer" />;
  const { items } = questions.data;
  const mayAsk = actions.includes('ask-customer');
  if (!mayAsk && items.length === 0) return null;
  return (
    <Panel
      title="Questions to the customer"
      actions={
        mayAsk && (
          <CommandButton
            label="Ask"
            title={`Ask ${customerId}`}
            submit="Send the question"
            changes={[['credit-questions'], ['tasks']]}
            send={async (form, key) => {
              await ask(
                api.POST('/v1/tasks/{id}/questions', {
                  params: { path: { id }, header: { 'Idempotency-Key': key } },
                  body: { question: form('question') },
                }),
              );
              return 'The customer was asked by mail and in the portal.';
            }}
          >
            {(faultAt) => (
              <>
                <Text size="sm">It goes to the customer by mail and stands in the portal. The decision stays due as it is.</Text>
                <NoteField name="question" label="Question" error={faultAt('/question')} />
              </>
            )}
          </CommandButton>
        )
      }
    >
      {items.length === 0 ? (
        <Text c="dimmed">Nothing was asked. What is missing for a decision can be asked here.</Text>
      ) : (
        <CreditQuestions questions={items} answerWith="Write down the answer" />
      )}
    </Panel>
  );
}

function ProposalWords({ proposal: { limitMinor, actor, at }, currency }: { proposal: Proposal; currency: string }) {
  const { me } = useSession();
  return (
    <Text size="sm">
      {moneyText(limitMinor, currency)} was proposed by {actor === me.id ? 'you' : actor} <Moment at={at} />. Somebody else must
      decide the same.
    </Text>
  );
}

/** What one person has proposed about the very thing, while nothing else was decided since. */
function proposalIn(
  history: readonly Schema<'CreditChange'>[],
  { orderId, status }: Task,
  applicationId: string | undefined,
): Proposal | undefined {
  const last = history.find((entry) =>
    orderId ? entry.orderId === orderId : applicationId !== undefined && entry.applicationId === applicationId,
  );
  if (!last?.outcome.startsWith('propose') || last.limitMinor === null || status === 'completed') return undefined;
  const decision = last.outcome === 'propose-one-off-release' ? 'release' : 'approve';
  return { decision, limitMinor: last.limitMinor, actor: last.actor, at: last.at };
}
