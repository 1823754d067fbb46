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

/** The company's own public holidays: nobody works on them. The region is the one that documents of payments are waited for by. */
export async function companyHolidays(tx: Transaction, around: IsoDate): Promise<ReadonlySet<IsoDate>> {
  const [{ address }, { holidayRegion }] = await Promise.all([readCompany(tx), readPolicy(tx, 'documentation')]);
  return publicHolidays(address.country, holidayRegion, around);
}

/** So many of the company's business days after an instant, at the same local time. */
export async function deadlineAfter(tx: Transaction, at: IsoInstant, businessDays: number): Promise<IsoInstant> {
  const { timeZone } = await readCompany(tx);
  return addBusinessDays(at, businessDays, timeZone, await companyHolidays(tx, localDate(at, timeZone)));
}

/** Whether there is a calendar of public holidays for it. */
export function knowsHolidaysOf(country: string, region: string | null): boolean {
  const calendars = new Holidays();
  if (!(country in calendars.getCountries())) return false;
  return region === null || region in (calendars.getStates(country) ?? {});
}
