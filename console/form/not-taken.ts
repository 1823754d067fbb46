import { Problem } from '../api/client.ts';

/** Whether a record is there: `asked` reads it. */
export async function isThere(asked: Promise<unknown>): Promise<boolean> {
  try {
    await asked;
    return true;
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return false;
    throw error;
  }
}

/**
 * The API takes a record in and changes one by the same request; who adds one means to change none. `path` is that of the
 * field in which its id was written.
 */
export function notTaken(isTaken: boolean, path: string, id: string): void {
  if (!isTaken) return;
  throw new Problem({
    status: 409,
    slug: 'taken',
    title: 'It is there already',
    detail: 'Nothing was changed.',
    faults: [{ path, code: 'taken', detail: `${id} is there already. Open it to change it.` }],
  });
}
