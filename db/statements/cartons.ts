import { ssccOf } from '../../domain/sscc.ts';
import type { Transaction } from '../client.ts';

/** A carton as the packer states it. */
export interface PackedCarton {
  weightGrams: number;
}

/** Numbers the cartons of a shipment that has just been packed; of one that was stated without any, one with all its goods. */
export async function packCartons(
  tx: Transaction,
  shipmentId: string,
  stated: readonly PackedCarton[] | undefined,
  at: string,
): Promise<void> {
  // A row for each carton, all with what they share.
  const { rows } = await tx.query<{ serial: number; gs1CompanyPrefix: string; goodsGrams: number }>(
    `SELECT nextval('sscc_serials') AS serial, gs1_company_prefix AS "gs1CompanyPrefix", goods.grams AS "goodsGrams"
     FROM generate_series(1, $2::int), company, (
       SELECT least(2147483647, coalesce(sum(p.weight_grams::bigint * coalesce(l.picked_quantity, l.quantity)), 0))::int AS grams
       FROM shipment_lines l JOIN products p USING (sku) WHERE l.shipment_id = $1) goods`,
    [shipmentId, stated?.length || 1],
  );
  await tx.query(
    `INSERT INTO cartons (sscc, shipment_id, number, weight_grams, at)
     SELECT c.sscc, $1, c.number, c.weight_grams, $2 FROM unnest($3::text[], $4::int[], $5::int[]) AS c (sscc, number, weight_grams)`,
    [
      shipmentId,
      at,
      rows.map(({ serial, gs1CompanyPrefix }) => ssccOf(gs1CompanyPrefix, serial)),
      rows.map((_, index) => index + 1),
      rows.map(({ goodsGrams }, index) => stated?.[index]?.weightGrams ?? goodsGrams),
    ],
  );
}
