import { Button, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { api, ask, Problem, type Schema } from '../../api/client.ts';
import { useCommand } from '../../api/use-command.ts';
import { choicesOf } from '../../form/choices.ts';
import { faultsAt } from '../../form/faults.ts';
import { useSession } from '../../session/session.tsx';
import { Moment } from '../../show/moment.tsx';
import { majorOf, minorOf, moneyText } from '../../show/money.tsx';
import { Panel } from '../../show/panel.tsx';

type Choice = Schema<'CreditDecision'>['decision'];

export interface Proposal {
  decision: 'approve' | 'release';
  limitMinor: number;
  actor: string;
  at: string;
}

const choices = choicesOf<Choice>({
  approve: 'Approve with a limit',
  release: 'Release this order once',
  prepay: 'Ask for payment in advance',
  deny: 'Deny',
});
const says: Record<Choice, string> = {
  approve: 'Counts for this and later orders, until the approval ends.',
  release: 'The limit stays as it is; this order may go beyond it.',
  prepay: 'A pro-forma goes out; the order goes on when its money has come.',
  deny: 'The customer is told.',
};

interface DecisionProps {
  task: Schema<'Task'>;
  account: Schema<'CustomerAccount'>;
  assessment: Schema<'CreditAssessment'>;
  applicationId: string | undefined;
  proposal: Proposal | undefined;
}

/** Decides the task; the button says what it does, and four eyes say who must not press it. */
export function Decision({ task, account, assessment, applicationId, proposal }: DecisionProps) {
  const { me } = useSession();
  const { currency, exposureMinor, limitMinor: before } = account;
  const { orderGrossMinor, fourEyesFromMinor } = assessment;
  const requestedMinor = (task.details as { requestedLimitMinor?: number }).requestedLimitMinor;
  const neededMinor = Math.max(0, exposureMinor + orderGrossMinor);
  const fittingMinor = requestedMinor ?? Math.max(neededMinor, assessment.limitMinor ?? 0, before ?? 0);
  const beyondMinor = Math.max(0, neededMinor - (before ?? 0));
  const [decision, setDecision] = useState<Choice>(proposal?.decision ?? 'approve');
  const [typed, setTyped] = useState<Partial<Record<Choice, string>>>(
    proposal ? { [proposal.decision]: majorOf(proposal.limitMinor, currency) } : {},
  );
  const [reason, setReason] = useState('');
  const takesAmount = decision === 'approve' || decision === 'release';
  const amount = typed[decision] ?? majorOf(decision === 'release' ? beyondMinor : fittingMinor, currency);
  const amountMinor = minorOf(amount, currency);
  const words = Number.isFinite(amountMinor) ? moneyText(amountMinor, currency) : `${amount} ${currency}`;

  const command = useCommand({
    send: (body: Schema<'TaskOutcome'>, key) =>
      ask(api.POST('/v1/tasks/{id}/complete', { params: { path: { id: task.id }, header: { 'Idempotency-Key': key } }, body })),
    said: (answer) =>
      !('outcome' in answer)
        ? 'Decided.'
        : answer.outcome === 'second-approval-needed'
          ? `Proposed: a second, different person must decide ${words} too.`
          : `Decided: ${answer.outcome.replaceAll('-', ' ')}.`,
    changes: [['tasks'], ['account', account.customerId], ['accounts'], ['orders'], ['order'], ['application']],
  });
  const faultAt = faultsAt(command.error);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    command.mutate({ decision, reason, ...(takesAmount && { limitMinor: amountMinor }) });
  };
  const needsTwo = takesAmount && amountMinor >= fourEyesFromMinor;
  const agrees = proposal?.decision === decision && proposal.limitMinor === amountMinor;
  const verb = {
    approve: `Approve ${words} limit`,
    release: `Release ${words} beyond the limit`,
    prepay: 'Ask for payment in advance',
    deny: applicationId ? 'Deny the application' : 'Deny: the order ends',
  };

  return (
    <Panel title="Decide">
      <form onSubmit={onSubmit}>
        <Stack gap="sm">
          {proposal && (
            <Text size="sm" className="notice">
              {moneyText(proposal.limitMinor, currency)} was proposed by {proposal.actor === me.id ? 'you' : proposal.actor}{' '}
              <Moment at={proposal.at} />.{' '}
              {proposal.actor === me.id
                ? 'You must not agree to it yourself: somebody else does.'
                : 'Decide the same, and it counts.'}
            </Text>
          )}
          <Radio.Group
            aria-label="Decision"
            value={decision}
            onChange={(value) => setDecision(value as Choice)}
            error={faultAt('/decision')}
          >
            <Stack gap={6}>
              {choices
                .filter(({ value }) => applicationId === undefined || value === 'approve' || value === 'deny')
                .map(({ value, label }) => (
                  <Radio
                    key={value}
                    value={value}
                    label={label}
                    description={value === decision ? says[value] : undefined}
                    size="sm"
                  />
                ))}
            </Stack>
          </Radio.Group>
          {takesAmount && (
            <TextInput
              label={decision === 'approve' ? `Limit in ${currency}` : `At most so much beyond the limit, in ${currency}`}
              description={
                decision === 'approve' && orderGrossMinor > 0
                  ? `This order needs ${moneyText(neededMinor, currency)}.`
                  : requestedMinor !== undefined && `${moneyText(requestedMinor, currency)} was asked for.`
              }
              inputMode="decimal"
              required
              value={amount}
              onChange={(event) => setTyped({ ...typed, [decision]: event.currentTarget.value })}
              error={faultAt('/limitMinor')}
            />
          )}
          <Textarea
            label="Reason"
            description={decision === 'deny' ? 'The customer reads it.' : undefined}
            required
            maxLength={1_000}
            autosize
            minRows={2}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={faultAt('/reason')}
          />
          {needsTwo && !agrees && (
            <Text size="sm" c="dimmed">
              From {moneyText(fourEyesFromMinor, currency)} on two people must decide the same. Yours is the first: it is a
              proposal.
            </Text>
          )}
          {command.error instanceof Problem && command.error.faults.length === 0 && (
            <Text size="sm" className="late">
              {command.error.message}
            </Text>
          )}
          <Button
            type="submit"
            color={decision === 'deny' ? 'red.9' : 'indigo'}
            loading={command.isPending}
            style={{ alignSelf: 'flex-start' }}
          >
            {needsTwo && !agrees ? `Propose ${words} ${decision === 'approve' ? 'limit' : 'beyond the limit'}` : verb[decision]}
          </Button>
        </Stack>
      </form>
    </Panel>
  );
}
