import { useLocalStorage } from '@mantine/hooks';
import { newKey } from '../../api/client.ts';

/** What was scanned of a shipment and not confirmed yet. */
interface Draft {
  /** Units by line number. */
  counts: Record<string, number>;
  /** Why a line came out short, by line number. */
  reasons: Record<string, string>;
  /** Kilograms as they were typed; absent: one carton of what was picked. */
  cartons?: string[];
  /** SSCCs whose label was scanned. */
  checked: string[];
  /** The key under which a confirmation was last sent, and what it said. */
  sent?: { of: string; key: string };
}

const empty: Draft = { counts: {}, reasons: {}, checked: [] };

/**
 * Kept in the tablet's own memory: neither a lost answer nor a reload loses what was scanned, and the same confirmation is sent
 * again under its key, so that it counts once.
 */
export function useDraft(shipmentId: string) {
  const [draft, setDraft, forget] = useLocalStorage<Draft>({
    key: `throughline:pick:${shipmentId}`,
    defaultValue: empty,
    getInitialValueInEffect: false,
  });
  const change = (changed: Partial<Draft>) => setDraft((before) => ({ ...before, ...changed }));
  const keyFor = (what: object): string => {
    const of = JSON.stringify(what);
    if (draft.sent?.of === of) return draft.sent.key;
    const key = newKey();
    change({ sent: { of, key } });
    return key;
  };
  return { draft, change, keyFor, forget };
}
