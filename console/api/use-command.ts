import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { showProblem, showSuccess } from '../shell/toasts.tsx';
import { isOutage, newKey } from './client.ts';

interface Command<Input, Data> {
  /** Sends it; the key goes into the header Idempotency-Key. */
  send(input: Input, key: string): Promise<Data>;
  /** What it said when it went well. */
  said(data: Data): string;
  /** What is to be read anew. */
  changes: readonly QueryKey[];
  /** A form shows its refusal at its fields; it needs no other notice. */
  shownInForm?: boolean;
}

/**
 * A button that changes something. Pressed again after an answer was lost, it sends the same request under the same key, so
 * that it happens once; every fault of a refusal is shown.
 */
export function useCommand<Input, Data>({ send, said, changes, shownInForm }: Command<Input, Data>) {
  const queries = useQueryClient();
  const pending = useRef<{ of: string; key: string }>(undefined);
  return useMutation({
    mutationFn: (input: Input) => {
      const of = JSON.stringify(input ?? null);
      if (pending.current?.of !== of) pending.current = { of, key: newKey() };
      return send(input, pending.current.key);
    },
    onSuccess(data) {
      pending.current = undefined;
      showSuccess(said(data));
    },
    onError(error) {
      if (!isOutage(error)) pending.current = undefined;
      if (!shownInForm) showProblem(error);
    },
    onSettled: () => Promise.all(changes.map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}
