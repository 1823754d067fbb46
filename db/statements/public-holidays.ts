import Holidays from 'date-holidays';
import { addBusinessDays, addDays, type IsoDate, type IsoInstant, localDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { readCompany, readPolicy } from './company.ts';

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

/**
 * The company's own calendar around an instant: its time zone, and the public holidays on which nobody works. Their region is the one
 * that documents of payments are waited for by.
 */
export async function companyCalendar(
  tx: Transaction,
  at: IsoInstant,
): Promise<{ timeZone: string; closedOn: ReadonlySet<IsoDate> }> {
  const [{ timeZone, address }, { holidayRegion }] = await Promise.all([readCompany(tx), readPolicy(tx, 'documentation')]);
  return { timeZone, closedOn: publicHolidays(address.country, holidayRegion, localDate(at, timeZone)) };
}

/** So many of the company's business days after an instant, at the same local time. */
export async function deadlineAfter(tx: Transaction, at: IsoInstant, businessDays: number): Promise<IsoInstant> {
  const { timeZone, closedOn } = await companyCalendar(tx, at);
  return addBusinessDays(at, businessDays, timeZone, closedOn);
}

/** Whether there is a calendar of public holidays for it. */
export function knowsHolidaysOf(country: string, region: string | null): boolean {
  const calendars = new Holidays();
  if (!(country in calendars.getCountries())) return false;
  return region === null || region in (calendars.getStates(country) ?? {});
}
