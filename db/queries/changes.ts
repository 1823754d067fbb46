import type { ChangeKind } from '../../domain/changes.ts';
import type { IsoInstant } from '../../domain/time.ts';
import type { Queryable } from '../client.ts';

export interface Change {
  kind: ChangeKind;
  count: number;
  /** Of money that came in, by currency; else none. */
  amounts: { currency: string; amountMinor: number }[];
}

/** How often each of these has happened since an instant, in their order; what has not is left out. */
export async function changesSince(db: Queryable, kinds: readonly ChangeKind[], since: IsoInstant): Promise<Change[]> {
  const [counted, received] = await Promise.all([
    db.query<{ kind: ChangeKind; count: number }>(
      'SELECT action AS kind, count(*)::int AS count FROM audit_log WHERE at >= $1 AND action = ANY ($2) GROUP BY action',
      [since, kinds],
    ),
    kinds.includes('payment-received')
      ? db.query<{ currency: string; amountMinor: number }>(
          'SELECT currency, sum(amount_minor)::bigint AS "amountMinor" FROM payments WHERE at >= $1 GROUP BY currency ORDER BY currency',
          [since],
        )
      : { rows: [] },
  ]);
  return kinds.flatMap((kind) => {
    const found = counted.rows.find((row) => row.kind === kind);
    return found ? [{ ...found, amounts: kind === 'payment-received' ? received.rows : [] }] : [];
  });
}
