import type { Schema } from '../api/client.ts';
import { withDays } from './days.ts';
import { Moment } from './moment.tsx';

/** Who did what, when and why, in the order given. */
export function Story({ entries }: { entries: readonly Schema<'TimelineEntry'>[] }) {
  return (
    <ol className="story">
      {entries.map(({ sequence, at, actor, summary, reason, actorVerified }) => (
        <li key={sequence}>
          <span className="faint">
            <Moment at={at} />
          </span>
          <div>
            {withDays(summary)}
            <div className="faint">
              {actor}
              {!actorVerified && ' (unverified)'}
              {reason && ` · ${reason}`}
            </div>
          </div>
        </li>
      ))}
    </ol>
  );
}
