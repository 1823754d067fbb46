import type { ClaimStatus } from '../../domain/transit.ts';
import type { Queryable } from '../client.ts';
import { filter, type Page } from './page.ts';

export interface CarrierClaim {
  id: string;
  shipmentId: string;
  orderId: string;
  customerId: string;
  carrier: string;
  reference: string | null;
  currency: string;
  claimedMinor: number;
  acceptedMinor: number | null;
  status: ClaimStatus;
  statusReason: string | null;
  filedBy: string;
  filedAt: string;
  changedAt: string;
}

/** Newest first. */
export async function listCarrierClaims(
  db: Queryable,
  wanted: { status?: ClaimStatus | undefined; carrier?: string | undefined; shipmentId?: string | undefined },
  page: Page,
): Promise<CarrierClaim[]> {
  const { where, limit, values } = filter(
    {
      'status = ?': wanted.status,
      'carrier = ?': wanted.carrier,
      'shipment_id = ?': wanted.shipmentId,
      'id < ?': page.after,
    },
    page.limit,
  );
  const { rows } = await db.query<CarrierClaim>(
    `SELECT id, shipment_id AS "shipmentId", order_id AS "orderId", customer_id AS "customerId", carrier, reference, currency,
       claimed_minor AS "claimedMinor", accepted_minor AS "acceptedMinor", status, status_reason AS "statusReason",
       filed_by AS "filedBy", filed_at AS "filedAt", changed_at AS "changedAt"
     FROM carrier_claims ${where} ORDER BY id DESC ${limit}`,
    values,
  );
  return rows;
}
