import { addDays, type IsoDate, instantAt, isBusinessDay, localDate, toMillis } from '../domain/time.ts';
import { type CompanyApi, openCompanyApi } from './seed/api.ts';
import { timeZone } from './seed/company.ts';
import { firstDay, type Scene, story } from './seed/story.ts';

export interface SeedOptions {
  apiUrl: string;
  /** By the person who holds the key; everybody does only what is their part. */
  keys: Record<string, string>;
  /** Where the Temporal server cannot skip time, the story is told in one day: nothing in it is late then. */
  canSkipTime: boolean;
  progress: (text: string) => void;
}

// Whoever the story begins with: the first note about them tells when it began.
const firstCustomer = 'HAFENKANTE';

/**
 * Fills an empty company through the API: its last year is told by stack/seed/story.ts on the company clock, which ends
 * at the present. Called again after an interruption, it goes on where it was.
 */
export async function seed({ apiUrl, keys, canSkipTime, progress }: SeedOptions): Promise<void> {
  const api = openCompanyApi(apiUrl, keys);
  const firstDate = (await begunOn(api)) ?? (await begin(api, canSkipTime));
  const lastDate = addDays(firstDate, -firstDay);
  const orderIds = new Map<string, string>();

  for (const [index, scene] of story.entries()) {
    const at = instantOf(scene, lastDate);
    const today = canSkipTime ? localDate(at, timeZone) : firstDate;
    progress(`told up to ${today}, part ${index + 1} of ${story.length}`);
    if (canSkipTime) await advance(api, at);
    for (const step of scene.steps) await step({ api, today, orderIds });
  }
  progress('today');
  if (canSkipTime) await advance(api, now());
}

async function begunOn(api: CompanyApi): Promise<IsoDate | undefined> {
  const timeline = await api.get<{ items: { at: string }[] }>(`/v1/customers/${firstCustomer}/timeline?limit=1`);
  return timeline && localDate(timeline.items[0]!.at, timeZone);
}

/** Sets the clock of the company, which has done nothing yet, to its first day. */
async function begin(api: CompanyApi, canSkipTime: boolean): Promise<IsoDate> {
  const today = localDate(now(), timeZone);
  if (!canSkipTime) return today;
  const at = instantOf(story[0]!, today);
  await api.post('/v1/local/clock/start', { at }, 'admin', 'start');
  return localDate(at, timeZone);
}

/** Moves the clock on, unless it is further already. */
async function advance(api: CompanyApi, to: string): Promise<void> {
  const clock = await api.get<{ at: string }>('/v1/local/clock');
  if (toMillis(clock!.at) < toMillis(to)) await api.post('/v1/local/clock/advance', { to }, 'admin', `advance:${to}`);
}

const now = () => new Date().toISOString();

/** The scene's time on its day, or on the business day before; the first day is what all others count from. */
function instantOf({ day, time }: Scene, lastDate: IsoDate): string {
  let date = addDays(lastDate, day);
  while (day !== firstDay && !isBusinessDay(date)) date = addDays(date, -1);
  return instantAt(date, time, timeZone);
}
