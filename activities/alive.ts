import { Context } from '@temporalio/activity';

const beatMilliseconds = 1_000;

/**
 * Tells Temporal every second that the call, or a whole activity of several, is still under way: when a worker dies in the middle of one, another takes over
 * after the heartbeat's time-out of seconds, and not only after the call's own. A call that is over by then costs nothing.
 */
export async function whileAlive<Result>(call: () => Promise<Result>): Promise<Result> {
  const context = Context.current();
  const beating = setInterval(() => context.heartbeat(), beatMilliseconds);
  try {
    return await call();
  } finally {
    clearInterval(beating);
  }
}
