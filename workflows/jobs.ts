import { look } from './effects.ts';

/** One look at what is due by the company clock, started by the schedule `jobs` every minute. */
export async function jobsWorkflow(): Promise<void> {
  // Side by side: a mail server that does not answer must not hold up the books.
  const [books, mailbox] = await Promise.allSettled([look.runDueJobs(), look.pollOrdersMailbox()]);
  for (const found of [books, mailbox]) if (found.status === 'rejected') throw found.reason;
}
