import { useEffect, useRef } from 'react';

/** What pages do with their keys; the dialog under `?` shows it. */
export const keysEverywhere: readonly (readonly [string, string])[] = [
  ['/ or ⌘K', 'Find anything'],
  ['j and k', 'Next and previous row of a table'],
  ['Enter', 'Open the row'],
  ['?', 'This list'],
];

const sequenceMs = 1_200;

/** `g` and then a letter, and `?`, which stands behind another key on every keyboard. Nothing happens while somebody writes. */
export function useGoKeys(targets: ReadonlyMap<string, () => void>, help: () => void): void {
  const begunAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
      if (event.key === '?') help();
      else if (event.timeStamp - begunAt.current < sequenceMs) {
        begunAt.current = Number.NEGATIVE_INFINITY;
        targets.get(event.key)?.();
      } else if (event.key === 'g') begunAt.current = event.timeStamp;
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [targets, help]);
}

const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
