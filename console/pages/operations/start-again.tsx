import { Text } from '@mantine/core';
import { api, ask } from '../../api/client.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { NoteField } from '../../form/fields.tsx';

/** Starts workflows again where their orders stand. `running`: they run and cannot go on, and are ended for it. */
export function StartAgain({ workflowIds, running = false }: { workflowIds: string[]; running?: boolean }) {
  const what = workflowIds.length === 1 ? workflowIds[0] : `${workflowIds.length} workflows`;
  return (
    <CommandButton
      label="Start again"
      title={`Start ${what} again`}
      submit={running ? 'End it and start it again' : 'Start again'}
      danger={running}
      send={async (form, key) => {
        const { restarted } = await ask(
          api.POST('/v1/operations/workflows/restart', {
            params: { header: { 'Idempotency-Key': key } },
            body: { workflowIds, replaceRunning: running, reason: form('reason') },
          }),
        );
        return restarted.length === 0
          ? 'Nothing was to be started: it has ended, or is being started already.'
          : `${restarted.length === 1 ? restarted[0] : `${restarted.length} workflows`} will go on in a moment.`;
      }}
      changes={[['operations'], ['workflow-check']]}
    >
      {(faultAt) => (
        <>
          <Text>
            It goes on where the order stands in the books. Steps that were taken answer with what came of them: nothing is
            shipped, invoiced or sent a second time.
          </Text>
          <NoteField error={faultAt('/reason')} />
        </>
      )}
    </CommandButton>
  );
}
