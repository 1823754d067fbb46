import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../../api/client.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Panel } from '../../show/panel.tsx';
import { Rows } from '../../show/rows.tsx';
import { WallTime } from '../../show/wall-time.tsx';

/** Where somebody is signed in: what is not theirs, or no longer, is ended here. */
export function Sessions() {
  const sessions = useQuery({ queryKey: ['sessions'], queryFn: () => ask(api.GET('/v1/me/sessions')) });
  return (
    <Panel title="Where you are signed in">
      {!sessions.isSuccess ? (
        <Unanswered query={sessions} height={120} />
      ) : (
        <Rows headings={['Browser', 'Since', 'Until', { text: 'End', unseen: true }]}>
          {sessions.data.items.map(({ id, current, userAgent, createdAt, expiresAt }) => (
            <tr key={id}>
              <td>
                {browserOf(userAgent ?? '')} {current && <span className="faint">here and now</span>}
              </td>
              <td>
                <WallTime at={createdAt} />
              </td>
              <td>
                <WallTime at={expiresAt} />
              </td>
              <td>
                {!current && (
                  <CommandButton
                    label="End"
                    send={async (_form, key) => {
                      await ask(
                        api.POST('/v1/me/sessions/{id}/end', { params: { path: { id }, header: { 'Idempotency-Key': key } } }),
                      );
                      return 'That session ends within seconds.';
                    }}
                    changes={[['sessions']]}
                  />
                )}
              </td>
            </tr>
          ))}
        </Rows>
      )}
    </Panel>
  );
}

/** What a browser calls itself, as people call it: each kind names those that it descends from as well. */
function browserOf(userAgent: string): string {
  const [browser] = /Edg|OPR|Firefox|Chrome|Safari/.exec(userAgent.replace(/^.*(Edg|OPR)/, '$1')) ?? ['A program'];
  const [system] = /Windows|Android|iPhone|iPad|Mac OS X|Linux/.exec(userAgent) ?? [];
  const names: Record<string, string> = { Edg: 'Edge', OPR: 'Opera' };
  return `${names[browser] ?? browser}${system ? ` on ${system}` : ''}`;
}
