/**
 * Instants and calendar dates as strings. "Today" is always an argument: nothing here asks a clock. Dates are local to the
 * seller's time zone and move by calendar days, never by n × 24 h. Malformed text throws RangeError.
 */
import { Temporal } from 'temporal-polyfill';

/** RFC 3339 with 'T' and 'Z' or an offset. We write UTC with milliseconds: '2026-03-31T22:00:00.000Z'. */
export type IsoInstant = string;

/** 'YYYY-MM-DD', a day that exists. */
export type IsoDate = string;

const endOfBusiness = '17:00';

export function isIsoDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && isValid(() => Temporal.PlainDate.from(text));
}

export function isIsoInstant(text: string): boolean {
  const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:[0-5]\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;
  return rfc3339.test(text) && isValid(() => Temporal.Instant.from(text));
}

/** The calendar date that people in the time zone (IANA name) read at that instant. */
export function localDate(at: IsoInstant, timeZone: string): IsoDate {
  return zoned(at, timeZone).toPlainDate().toString();
}

export function addDays(date: IsoDate, days: number): IsoDate {
  return plainDate(date).add({ days }).toString();
}

/** Clamped to the month's end: 31 January + 1 month is 28 (or 29) February. */
export function addMonths(date: IsoDate, months: number): IsoDate {
  return plainDate(date).add({ months }).toString();
}

export function endOfMonth(date: IsoDate): IsoDate {
  const day = plainDate(date);
  return day.with({ day: day.daysInMonth }).toString();
}

/** Calendar days from one date to another; negative when `to` is earlier. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return plainDate(from).until(plainDate(to), { largestUnit: 'day' }).days;
}

/** Negative, zero or positive, for sorting. */
export function compareDates(left: IsoDate, right: IsoDate): number {
  return Temporal.PlainDate.compare(plainDate(left), plainDate(right));
}

export const laterDate = (left: IsoDate, right: IsoDate): IsoDate => (compareDates(left, right) < 0 ? right : left);

/**
 * The instant of a local wall time ('09:00'). A time that the change to summer time skips moves forward, one that occurs
 * twice is the first (RFC 5545).
 */
export function instantAt(date: IsoDate, time: string, timeZone: string): IsoInstant {
  return format(
    plainDate(date)
      .toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) })
      .toInstant(),
  );
}

export function plusSeconds(at: IsoInstant, seconds: number): IsoInstant {
  return fromMillis(toMillis(at) + Math.round(seconds * 1000));
}

export const later = (left: IsoInstant, right: IsoInstant): IsoInstant => (toMillis(left) < toMillis(right) ? right : left);

export function toMillis(at: IsoInstant): number {
  return Temporal.Instant.from(at).epochMilliseconds;
}

/** From whole milliseconds since 1970-01-01T00:00Z. */
export function fromMillis(milliseconds: number): IsoInstant {
  return format(Temporal.Instant.fromEpochMilliseconds(milliseconds));
}

/** 1 is Monday, 7 Sunday. */
export function dayOfWeek(date: IsoDate): number {
  return plainDate(date).dayOfWeek;
}

/** Monday to Friday; public holidays are for the caller to know. */
export function isBusinessDay(date: IsoDate): boolean {
  return plainDate(date).dayOfWeek <= 5;
}

/** The date itself when it is a business day and not one of the given holidays, else the next one that is. */
export function onOrAfterBusinessDay(date: IsoDate, closedOn: ReadonlySet<IsoDate> = new Set()): IsoDate {
  return isBusinessDay(date) && !closedOn.has(date) ? date : onOrAfterBusinessDay(addDays(date, 1), closedOn);
}

/** The same local time n business days later; from a weekend, Monday is the first (as WORKDAY counts in spreadsheets). */
export function addBusinessDays(
  at: IsoInstant,
  days: number,
  timeZone: string,
  closedOn: ReadonlySet<IsoDate> = new Set(),
): IsoInstant {
  if (!Number.isInteger(days) || days < 0) throw new RangeError(`cannot add ${days} business days`);
  const start = zoned(at, timeZone);
  let date = localDate(at, timeZone);
  for (let counted = 0; counted < days; counted += 1) date = onOrAfterBusinessDay(addDays(date, 1), closedOn);
  return format(start.add({ days: daysBetween(localDate(at, timeZone), date) }).toInstant());
}

/** 17:00 local on a business day: today when it is still ahead, else the next business day. */
export function endOfBusinessDay(at: IsoInstant, timeZone: string): IsoInstant {
  const today = localDate(at, timeZone);
  const closing = instantAt(onOrAfterBusinessDay(today), endOfBusiness, timeZone);
  return toMillis(at) < toMillis(closing) ? closing : instantAt(onOrAfterBusinessDay(addDays(today, 1)), endOfBusiness, timeZone);
}

function isValid(parse: () => unknown): boolean {
  try {
    parse();
    return true;
  } catch {
    return false;
  }
}

function plainDate(date: IsoDate): Temporal.PlainDate {
  return Temporal.PlainDate.from(date);
}

function zoned(at: IsoInstant, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.from(at).toZonedDateTimeISO(timeZone);
}

function format(instant: Temporal.Instant): IsoInstant {
  return instant.toString({ fractionalSecondDigits: 3 });
}
