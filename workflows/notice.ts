import { dispatch } from './effects.ts';

/** One notice, on servers that cannot run an activity by itself. */
export async function noticeWorkflow(input: { key: string }): Promise<void> {
  await dispatch.sendNotice(input);
}
