import { Text } from '@mantine/core';
import { api, ask } from '../../api/client.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { NoteField } from '../../form/fields.tsx';

/** Starts one workflow again where its order stands, ending the run that cannot go on; without a name, all that are missing. */
export function StartAgain({ workflowId }: { workflowId?: string }) {
  const what = workflowId ?? 'what is missing';
  return (
    <CommandButton
      label="Start again"
      title={`Start ${what} again`}
      submit={workflowId ? 'End it and start it again' : 'Start again'}
      danger={workflowId !== undefined}
      send={async (form, key) => {
        const { restarted, left } = await ask(
          api.POST('/v1/operations/workflows/restart', {
            params: { header: { 'Idempotency-Key': key } },
            body: { reason: form('reason'), ...(workflowId && { workflowIds: [workflowId], replaceRunning: true }) },
          }),
        );
        if (restarted.length === 0) return 'Nothing was to be started: it has ended, or is being started already.';
        const begun = restarted.length === 1 ? restarted[0] : `${restarted.length} workflows`;
        return `${begun} will go on in a moment${left > 0 ? `; ${left} are left for the next time` : ''}.`;
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
