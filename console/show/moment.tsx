import { Tooltip } from '@mantine/core';
import { useSession } from '../session/session.tsx';
import { dayText } from './days.ts';

const units = [
  ['year', 31_536_000_000],
  ['month', 2_592_000_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

/** How long ago, or until when, by the company's clock; the exact time on hover and focus. */
export function Moment({ at }: { at: string }) {
  const { offsetMs } = useSession();
  const awayMs = Date.parse(at) - (Date.now() + offsetMs);
  const [unit, unitMs] = units.find(([, ms]) => Math.abs(awayMs) >= ms) ?? (['minute', 60_000] as const);
  return (
    <Tooltip label={exact.format(new Date(at))} events={{ hover: true, focus: true, touch: true }}>
      <time className="digits" dateTime={at}>
        {relative.format(Math.trunc(awayMs / unitMs), unit)}
      </time>
    </Tooltip>
  );
}

/** A calendar date, which has no time and no zone. */
export function Day({ on }: { on: string }) {
  return (
    <time className="digits" dateTime={on}>
      {dayText(on)}
    </time>
  );
}

/**
 * Today by the company's clock and in its time zone, wherever the browser is, as forms begin with it; or the day so many days
 * from it. Which days are allowed is for the API to say.
 */
export function useToday(daysAhead = 0): string {
  const { me, offsetMs } = useSession();
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: me.timeZone }).format(Date.now() + offsetMs);
  return new Date(Date.parse(today) + daysAhead * 86_400_000).toISOString().slice(0, 10);
}
