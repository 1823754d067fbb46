import Holidays from 'date-holidays';
import { addDays, type IsoDate } from '../../domain/time.ts';

const known = new Map<string, ReadonlySet<IsoDate>>();

/** The public holidays of a country, or of a region of it, in the year of a date and in the next. */
export function publicHolidays(country: string | null, region: string | null, around: IsoDate): ReadonlySet<IsoDate> {
  if (country === null) return new Set();
  const year = Number(around.slice(0, 4));
  const key = `${country} ${region} ${year}`;
  const earlier = known.get(key);
  if (earlier) return earlier;
  const calendar = region === null ? new Holidays(country) : new Holidays(country, region);
  const days = [year, year + 1].flatMap((each) =>
    calendar
      .getHolidays(each)
      .filter(({ type }) => type === 'public')
      .flatMap(({ date, start, end }) => {
        const length = Math.max(1, Math.round((end.getTime() - start.getTime()) / 86_400_000));
        return Array.from({ length }, (_, day) => addDays(date.slice(0, 10), day));
      }),
  );
  const found = new Set(days);
  known.set(key, found);
  return found;
}

/** Whether there is a calendar of public holidays for it. */
export function knowsHolidaysOf(country: string, region: string | null): boolean {
  const calendars = new Holidays();
  if (!(country in calendars.getCountries())) return false;
  return region === null || region in (calendars.getStates(country) ?? {});
}
