import type { Database } from '../db/client.ts';
import { findCompanyTimeZone, readClock } from '../db/statements/company.ts';
import { noteJobDone, noteJobFailed } from '../db/statements/jobs.ts';
import { bounceNotice } from '../db/transactions/bounce-notice.ts';
import { takeOrderMail } from '../db/transactions/take-order-mail.ts';
import { readBounce } from '../documents/bounce.ts';
import { type OrderMail, readOrderMail } from '../documents/order-mail.ts';
import { Refusal } from '../domain/failures.ts';
import { lastDue, rhythmOf } from '../domain/jobs.ts';
import type { IsoInstant } from '../domain/time.ts';
import type { IncomingMail, OrdersMailboxPort } from '../ports/orders-mailbox.ts';
import { whileAlive } from './alive.ts';

const name = 'orders-mailbox';

export interface OrdersMailboxDependencies {
  database: Database;
  /** Absent: no mailbox is read. */
  ordersMailbox?: OrdersMailboxPort | undefined;
}

export function createOrdersMailboxActivities(dependencies: OrdersMailboxDependencies) {
  return {
    pollOrdersMailbox: () => whileAlive(() => pollOrdersMailbox(dependencies)),
  };
}

/**
 * One look into the orders' mailbox (O1): each unseen mail becomes an order or a task, and is marked as seen after that has been
 * committed. A mail that comes again, because a worker died in between, is known by its Message-ID.
 */
export async function pollOrdersMailbox({ database, ordersMailbox }: OrdersMailboxDependencies): Promise<void> {
  const { at, advancing } = await readClock(database);
  const timeZone = await findCompanyTimeZone(database);
  // Without a company every sender would be unknown, and while its clock is moved no order is taken.
  if (timeZone === undefined || advancing) return;
  const dueAt = lastDue(rhythmOf(name), at, timeZone);
  try {
    const result = ordersMailbox ? await takeMails(database, ordersMailbox, at) : { mailbox: 'off' };
    await database.transaction((tx) => noteJobDone(tx, { name, dueAt, result, at }));
  } catch (error) {
    await database.transaction((tx) => noteJobFailed(tx, { name, problem: (error as Error).message, at }));
  }
}

async function takeMails(database: Database, mailbox: OrdersMailboxPort, at: IsoInstant) {
  const taken = { ordered: 0, parked: 0, known: 0, bounced: 0 };
  const left = await mailbox.takeUnseen(async (mail) => {
    const bounced = await takeBounce(database, mail, at);
    if (bounced) {
      taken[bounced] += 1;
      return;
    }
    const { status, isNew } = await takeMail(database, mail, at);
    taken[isNew ? status : 'known'] += 1;
  });
  if (left[0]) throw new Error(`${left.length} mails are left for the next look: ${left[0].message}`);
  return taken;
}

/** A mail server's word that a mail of ours did not arrive; undefined for every other mail, and for a mail that was not ours. */
async function takeBounce(database: Database, { raw }: IncomingMail, at: IsoInstant): Promise<'bounced' | 'known' | undefined> {
  const bounce = await readBounce(raw);
  const noted = bounce && (await database.transaction((tx) => bounceNotice(tx, { ...bounce, at })));
  return noted === 'unknown' ? undefined : noted;
}

async function takeMail(database: Database, { raw, isTooLong }: IncomingMail, at: IsoInstant) {
  const take = (mail: OrderMail) => database.transaction((tx) => takeOrderMail(tx, { original: raw, ...mail, at }));
  const read = await readOrderMail(raw);
  const mail = isTooLong ? { ...read, ...unusable('too-large', 'The mail is longer than 5 MB.') } : read;
  try {
    return await take(mail).catch((error) => {
      // A twin that was quicker by a moment: asked again, its answer is there.
      if (isTwin(error)) return take(mail);
      throw error;
    });
  } catch (error) {
    if (!isAboutTheMail(error)) throw error;
    // By its content alone, since any of what was read from it may be what does not fit.
    const nothing = { messageId: undefined, sender: undefined, subject: '' };
    return take({ ...nothing, ...unusable('unreadable', `It could not be taken in: ${(error as Error).message.slice(0, 200)}`) });
  }
}

const unusable = (code: string, detail: string): Pick<OrderMail, 'readFrom' | 'order' | 'source' | 'interchange'> => ({
  readFrom: 'mail',
  source: '',
  interchange: undefined,
  order: { lines: [], faults: [{ line: null, field: 'mail', code, detail }] },
});

const isTwin = (error: unknown): boolean => (error as { code?: string }).code === '23505';

/** A value that does not fit (SQLSTATE 22, 23) or a bug of ours: it would fail each time. Anything else may pass. */
function isAboutTheMail(error: unknown): boolean {
  if (error instanceof Refusal) return false;
  const { code } = error as { code?: string };
  return code === undefined ? error instanceof TypeError || error instanceof RangeError : /^2[23]...$/.test(code);
}
