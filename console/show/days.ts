const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
const minute = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/** A calendar date, '2026-11-29', as people write it: '29 Nov 2026'. */
export const dayText = (on: string): string => day.format(new Date(`${on}T00:00:00Z`));

const isoDay = String.raw`\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
// Within an id or a reference, which has hyphens and dots of its own, it stays as it is.
const days = new RegExp(String.raw`(?<![\w.-])${isoDay}(T[\d:.]+Z)?(?![\w-])`, 'g');

/** A sentence of the API, whose days and instants are ISO, with both as people write them; an instant in the browser's zone. */
export const withDays = (sentence: string): string =>
  sentence.replace(days, (found, time) => (time ? minute.format(new Date(found)) : dayText(found)));
