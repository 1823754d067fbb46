import { Refusal } from '../../domain/failures.ts';
import { carrierClaimAccepted, carrierClaimPaid } from '../../domain/ledger.ts';
import { formatMoney } from '../../domain/money.ts';
import { localDate } from '../../domain/time.ts';
import { type ClaimCommand, type ClaimStatus, claimTransitions, mayClaim } from '../../domain/transit.ts';
import { only, type Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import { readCompany } from '../statements/company.ts';
import { book } from '../statements/ledger.ts';
import { lockOrder } from '../statements/orders.ts';
import { customerOfShipment } from '../statements/shipments.ts';

interface ClaimRow {
  id: string;
  shipmentId: string;
  customerId: string;
  orderId: string;
  carrier: string;
  currency: string;
  claimedMinor: number;
  acceptedMinor: number | null;
  status: ClaimStatus;
}

export interface MovedClaim {
  claimId: string;
  status: ClaimStatus;
}

/**
 * Notes what a carrier is asked to pay for a shipment, once per shipment (S3). It is no asset until the carrier has agreed.
 * The order's lock makes two people who file at once go one by one.
 */
export async function fileClaim(
  tx: Transaction,
  input: { shipmentId: string; amountMinor: number; reference?: string | undefined; actor: Actor; at: string },
): Promise<MovedClaim> {
  const { shipmentId, amountMinor, actor, at } = input;
  const { customerId, orderId } = await customerOfShipment(tx, shipmentId);
  await lockOrder(tx, orderId);
  const { currency } = await readCompany(tx);
  const shipment = only(
    await tx.query<{ carrier: string | null; trackingStatus: string | null; damaged: boolean; claimId: string | null }>(
      `SELECT carrier, tracking_status AS "trackingStatus", damaged,
         (SELECT c.id FROM carrier_claims c WHERE c.shipment_id = s.id) AS "claimId" FROM shipments s WHERE id = $1`,
      [shipmentId],
    ),
  );
  const { carrier, trackingStatus, damaged, claimId } = shipment;
  if (claimId) {
    throw new Refusal(409, 'claim-exists', `${claimId} claims for ${shipmentId} already.`, { extra: { claimId } });
  }
  const isHarmed = damaged || ['lost', 'returned', 'exception'].includes(trackingStatus ?? '');
  // A parcel that was found after it had been credited has cost us all the same.
  const credited = await tx.query("SELECT 1 FROM returns WHERE shipment_id = $1 AND cause <> 'customer' LIMIT 1", [shipmentId]);
  if (carrier === null || !(isHarmed || credited.rows.length > 0)) {
    throw new Refusal(409, 'nothing-to-claim', `Nothing has happened to ${shipmentId} on its way that its carrier has reported.`);
  }
  const { rows } = await tx.query<{ id: string }>(
    `INSERT INTO carrier_claims (shipment_id, order_id, customer_id, carrier, reference, currency, claimed_minor, filed_by, filed_at, changed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9) RETURNING id`,
    [shipmentId, orderId, customerId, carrier, input.reference, currency, amountMinor, actor.name, at],
  );
  const { id } = rows[0]!;
  await record(tx, {
    at,
    actor,
    action: 'carrier-claim-filed',
    summary: `${id}: ${formatMoney({ currency, amountMinor })} claimed from ${carrier} for ${shipmentId}`,
    customerId,
    orderId,
    shipmentId,
    after: { claimId: id, claimedMinor: amountMinor, reference: input.reference },
  });
  return { claimId: id, status: 'filed' };
}

/** The carrier's answer, or our own second thought. What it accepts, all or less, is owed to us from now on. */
export async function decideClaim(
  tx: Transaction,
  input: {
    claimId: string;
    decision: Exclude<ClaimCommand, 'pay'>;
    /** Of an acceptance; absent: all that was claimed. */
    amountMinor?: number | undefined;
    reason: string;
    actor: Actor;
    at: string;
  },
): Promise<MovedClaim> {
  const { decision, reason } = input;
  const claim = await lockClaim(tx, input.claimId, decision);
  const acceptedMinor = decision === 'accept' ? (input.amountMinor ?? claim.claimedMinor) : null;
  if (acceptedMinor !== null && acceptedMinor > claim.claimedMinor) {
    const detail = `${formatMoney({ currency: claim.currency, amountMinor: claim.claimedMinor })} were claimed.`;
    throw new Refusal(422, 'invalid-claim', 'The carrier cannot accept more than was claimed.', {
      faults: [{ path: '/amountMinor', code: 'more-than-claimed', detail }],
    });
  }
  await moveClaim(tx, claim, decision, { ...input, acceptedMinor, reason });
  if (acceptedMinor !== null)
    await bookClaim(tx, claim, 'accepted', carrierClaimAccepted({ amountMinor: acceptedMinor }), input.at);
  return { claimId: claim.id, status: claim.status };
}

/** The carrier has paid what it accepted. */
export async function payClaim(
  tx: Transaction,
  input: { claimId: string; note?: string | undefined; actor: Actor; at: string },
): Promise<MovedClaim> {
  const claim = await lockClaim(tx, input.claimId, 'pay');
  const amountMinor = claim.acceptedMinor!;
  await moveClaim(tx, claim, 'pay', { ...input, acceptedMinor: amountMinor, reason: input.note });
  await bookClaim(tx, claim, 'paid', carrierClaimPaid({ amountMinor }), input.at);
  return { claimId: claim.id, status: claim.status };
}

/** A claim hangs on nothing else once it is filed, so its own row is the only lock. */
async function lockClaim(tx: Transaction, claimId: string, command: ClaimCommand): Promise<ClaimRow> {
  const { rows } = await tx.query<ClaimRow>(
    `SELECT id, shipment_id AS "shipmentId", customer_id AS "customerId", order_id AS "orderId", carrier, currency,
       claimed_minor AS "claimedMinor", accepted_minor AS "acceptedMinor", status FROM carrier_claims WHERE id = $1 FOR UPDATE`,
    [claimId],
  );
  const claim = rows[0];
  if (!claim) throw new Refusal(404, 'unknown-claim', `There is no claim ${claimId}.`);
  if (!mayClaim(claim.status, command)) {
    throw new Refusal(409, 'claim-state', `Claim ${claimId} is ${claim.status}: ${command} is not possible.`);
  }
  return claim;
}

async function moveClaim(
  tx: Transaction,
  claim: ClaimRow,
  command: ClaimCommand,
  how: { acceptedMinor: number | null; reason: string | undefined; actor: Actor; at: string },
): Promise<void> {
  const before = claim.status;
  claim.status = claimTransitions[command].to;
  const { acceptedMinor, reason, actor, at } = how;
  await tx.query(
    `UPDATE carrier_claims SET status = $2, accepted_minor = $3, status_reason = coalesce($4, status_reason), changed_at = $5
     WHERE id = $1`,
    [claim.id, claim.status, acceptedMinor, reason, at],
  );
  const { id, carrier, shipmentId, customerId, orderId, status } = claim;
  await record(tx, {
    at,
    actor,
    action: `carrier-claim-${status}`,
    summary: `${id} on ${carrier} for ${shipmentId}: ${status}${acceptedMinor === null ? '' : `, ${formatMoney({ currency: claim.currency, amountMinor: acceptedMinor })}`}`,
    reason,
    customerId,
    orderId,
    shipmentId,
    before: { status: before },
    after: { claimId: id, status, acceptedMinor },
  });
}

async function bookClaim(
  tx: Transaction,
  { id, currency, orderId }: ClaimRow,
  what: 'accepted' | 'paid',
  postings: ReturnType<typeof carrierClaimPaid>,
  at: string,
): Promise<void> {
  const { timeZone } = await readCompany(tx);
  const entry = {
    eventId: `${id}:${what}`,
    kind: `carrier-claim-${what}`,
    bookedOn: localDate(at, timeZone),
    currency,
    orderId,
    at,
  };
  await book(tx, entry, postings);
}
