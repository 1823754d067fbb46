import {
  type CarriedShipment,
  type CarrierPerformance,
  type CarrierTargets,
  defaultCarrierTargets,
  findBreaches,
  measureCarrier,
} from '../../domain/carrier-performance.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Queryable, Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import { readCompany } from '../statements/company.ts';
import { openTask } from '../statements/tasks.ts';

export interface AuditedLane extends CarrierPerformance {
  carrier: string;
  warehouseId: string;
  /** Where it goes: the country of the address. */
  country: string;
  breaches: string[];
}

export interface CarrierAudit {
  id: string;
  from: IsoDate;
  to: IsoDate;
  /** 0: the targets that hold until somebody writes down others. */
  targetsVersion: number;
  lanes: AuditedLane[];
  actor: string;
  at: string;
}

/**
 * Holds what each carrier did on each lane, with the shipments that left from `from` to `to` (the company's dates), against the
 * written targets. The results are kept; each lane that misses one is one task for its period, however often it is audited (S4).
 */
export async function auditCarriers(
  tx: Transaction,
  { from, to, actor, at }: { from: IsoDate; to: IsoDate; actor: Actor; at: string },
): Promise<CarrierAudit> {
  const [{ timeZone }, { version, targets }] = await Promise.all([readCompany(tx), readTargets(tx)]);
  const { rows } = await tx.query<CarriedShipment & Pick<AuditedLane, 'carrier' | 'warehouseId' | 'country'>>(
    `SELECT s.carrier, s.warehouse_id AS "warehouseId", s.ship_to->>'country' AS country, s.shipped_at AS "shippedAt",
       s.delivered_at AS "deliveredAt", s.first_cut_off_at AS "firstCutOffAt",
       coalesce(o.requested_on, s.expected_delivery_on) AS "dueOn", s.missed_pickups AS "missedPickups", s.damaged,
       coalesce(s.tracking_status = 'lost', false) AS lost
     FROM shipments s JOIN orders o ON o.id = s.order_id
     WHERE s.carrier IS NOT NULL AND s.shipped_at IS NOT NULL AND (s.shipped_at AT TIME ZONE $3)::date BETWEEN $1 AND $2
     ORDER BY s.carrier, s.warehouse_id, country, s.id`,
    [from, to, timeZone],
  );
  const byLane = new Map<string, typeof rows>();
  for (const row of rows) {
    const lane = JSON.stringify([row.carrier, row.warehouseId, row.country]);
    byLane.set(lane, [...(byLane.get(lane) ?? []), row]);
  }
  const lanes = [...byLane.values()].map((shipments): AuditedLane => {
    const { carrier, warehouseId, country } = shipments[0]!;
    const measured = measureCarrier(shipments, at, timeZone);
    return { carrier, warehouseId, country, ...measured, breaches: findBreaches(measured, targets) };
  });
  const stored = await tx.query<{ id: string }>(
    `INSERT INTO carrier_audits (from_on, to_on, targets_version, lanes, actor, at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
    [from, to, version, JSON.stringify(lanes), actor.name, at],
  );
  const { id } = stored.rows[0]!;
  for (const { carrier, warehouseId, country, breaches } of lanes.filter((lane) => lane.breaches.length > 0)) {
    await openTask(tx, {
      key: `carrier-performance:${carrier}:${warehouseId}:${country}:${from}:${to}`,
      kind: 'carrier-performance',
      role: 'shipping',
      title: `${carrier} from ${warehouseId} to ${country}, ${from} to ${to}: ${breaches.join('; ')}`,
      details: { auditId: id, carrier, warehouseId, country, breaches },
      at,
    });
  }
  const broken = lanes.filter((lane) => lane.breaches.length > 0).length;
  await record(tx, {
    at,
    actor,
    action: 'carriers-audited',
    summary: `${id}: ${rows.length} shipments on ${lanes.length} lanes from ${from} to ${to}; ${broken} lanes miss a target`,
    policyVersion: `carrier-targets v${version}`,
  });
  return { id, from, to, targetsVersion: version, lanes, actor: actor.name, at };
}

async function readTargets(db: Queryable): Promise<{ version: number; targets: CarrierTargets }> {
  const { rows } = await db.query<{ version: number; body: CarrierTargets }>(
    "SELECT version, body FROM policies WHERE name = 'carrier-targets' ORDER BY version DESC LIMIT 1",
  );
  return rows[0] ? { version: rows[0].version, targets: rows[0].body } : { version: 0, targets: defaultCarrierTargets };
}
