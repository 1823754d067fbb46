import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../../api/client.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { NoteField } from '../../form/fields.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Panel } from '../../show/panel.tsx';
import { Rows } from '../../show/rows.tsx';
import { inWords, Status } from '../../show/status.tsx';
import { StartAgain } from './start-again.tsx';

/** What is open in the books against what runs: every night by itself, and here whenever somebody asks. */
export function Workflows() {
  const check = useQuery({
    queryKey: ['workflow-check'],
    queryFn: () => ask(api.GET('/v1/operations/workflows')),
    staleTime: 30_000,
    retry: false,
  });
  return (
    <Panel
      title="Workflows of open orders and items"
      actions={
        <Group gap={6}>
          <Button size="compact-sm" variant="default" loading={check.isFetching} onClick={() => void check.refetch()}>
            Check now
          </Button>
          <StartOneAgain />
        </Group>
      }
    >
      {check.data ? <Found {...check.data} /> : <Unanswered query={check} height={80} />}
    </Panel>
  );
}

type Check = Awaited<ReturnType<typeof readCheck>>;
const readCheck = () => ask(api.GET('/v1/operations/workflows'));

function Found({ expected, missingCount, missing, strays }: Check) {
  return (
    <Stack gap="sm">
      <Text>
        <Status of={missingCount === 0 && strays.length === 0 ? 'holds' : 'does-not-hold'} />{' '}
        {missingCount === 0
          ? `Each of the ${expected} open orders and items has its workflow.`
          : `${missingCount} of ${expected} open orders and items have no workflow.`}
      </Text>
      {missing.length > 0 && (
        <>
          <Group>
            <StartAgain />
          </Group>
          <Rows label="Without a workflow" headings={['Workflow', 'Its last run']}>
            {missing.map(({ workflowId, ended }) => (
              <tr key={workflowId}>
                <td>
                  <Identifier id={workflowId} {...(workflowId.startsWith('ORD-') && { to: `/orders/${workflowId}` })} />
                </td>
                <td>{ended ? inWords(ended.toLowerCase()) : 'Temporal knows of none'}</td>
              </tr>
            ))}
          </Rows>
        </>
      )}
      {strays.length > 0 && (
        <Rows label="Workflows that are too many" headings={['Workflow', 'It runs, and']}>
          {strays.map(({ workflowId, isKnown }) => (
            <tr key={workflowId}>
              <td>
                <Identifier id={workflowId} />
              </td>
              <td>{isKnown ? 'what it is about has ended' : 'there is no such order or item here'}</td>
            </tr>
          ))}
        </Rows>
      )}
    </Stack>
  );
}

function StartOneAgain() {
  return (
    <CommandButton
      label="Start one again"
      title="Start one workflow again"
      submit="End it and start it again"
      danger
      send={async (form, key) => {
        const workflowId = form('workflowId');
        const { restarted } = await ask(
          api.POST('/v1/operations/workflows/restart', {
            params: { header: { 'Idempotency-Key': key } },
            body: { workflowIds: [workflowId], replaceRunning: true, reason: form('reason') },
          }),
        );
        return restarted.length === 0
          ? `${workflowId} is no workflow of an open order or item.`
          : `${workflowId} will go on in a moment.`;
      }}
      changes={[['operations'], ['workflow-check']]}
    >
      {(faultAt) => (
        <>
          <Text>For an order that cannot go on: its run is ended, and another goes on where the order stands in the books.</Text>
          <TextInput
            name="workflowId"
            label="Workflow"
            description="The number of the order, or receivable: and the number of the item."
            required
            maxLength={100}
            error={faultAt('/workflowIds/0')}
          />
          <NoteField error={faultAt('/reason')} />
        </>
      )}
    </CommandButton>
  );
}
