import { useQuery } from '@tanstack/react-query';
import { api, ask, type Schema } from '../../api/client.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';
import { withDays } from '../../show/days.ts';
import { Moment } from '../../show/moment.tsx';
import { Panel } from '../../show/panel.tsx';
import { plainly } from '../../show/plainly.ts';
import { Rows } from '../../show/rows.tsx';
import { inWords, Status } from '../../show/status.tsx';

type Job = Schema<'Job'>;
type Runnable = Schema<'JobRun'>['name'];

/** Those that the worker alone can run, because they reach outside of the database. */
const ofTheWorker: readonly string[] = ['orders-mailbox', 'workflow-check'];

/** What comes round by the company clock: how each job went the last time, those that fail first. */
export function Jobs() {
  const jobs = useQuery({ queryKey: ['jobs'], queryFn: () => ask(api.GET('/v1/jobs')), refetchInterval: 30_000 });
  const items = jobs.data?.items.toSorted((one, other) => Number(other.outcome === 'failed') - Number(one.outcome === 'failed'));
  return (
    <Panel title="Jobs">
      {!items ? (
        <Unanswered query={jobs} height={240} />
      ) : (
        <Rows headings={['Job', 'Last run', 'What came of it', 'Next', { text: 'Run', unseen: true }]}>
          {items.map((job) => (
            <tr key={job.name}>
              <td>
                {inWords(job.name)}
                <div className="faint">every {job.every}</div>
              </td>
              <td data-label="Last run">{job.ranAt ? <Moment at={job.ranAt} /> : 'never'}</td>
              <td className="value" data-label="What came of it">
                <Outcome {...job} />
              </td>
              <td data-label="Next">
                <Moment at={job.nextDueAt} />
              </td>
              <td data-label="">{!ofTheWorker.includes(job.name) && <RunNow name={job.name as Runnable} />}</td>
            </tr>
          ))}
        </Rows>
      )}
    </Panel>
  );
}

function Outcome({ outcome, problem, failingSince, result }: Job) {
  if (outcome === null) return null;
  return (
    <>
      <Status of={outcome} />{' '}
      {failingSince && (
        <span className="faint">
          since <Moment at={failingSince} />
        </span>
      )}
      <div className="faint">{problem ?? figuresOf(result)}</div>
    </>
  );
}

/** What a job counted: '{"heldOff":0,"asOf":"2026-11-22"}' is 'held off 0 · as of 22 Nov 2026'. */
const figuresOf = (result: unknown): string =>
  Object.entries(result ?? {})
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)} ${withDays(plainly(value))}`)
    .join(' · ');

function RunNow({ name }: { name: Runnable }) {
  return (
    <CommandButton
      label="Run now"
      send={async (_form, key) => {
        await ask(api.POST('/v1/jobs/{name}/run', { params: { path: { name }, header: { 'Idempotency-Key': key } } }));
        return `${inWords(name)} has run.`;
      }}
      changes={[['jobs']]}
    />
  );
}
