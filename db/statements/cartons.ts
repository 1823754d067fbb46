import { ssccOf } from '../../domain/sscc.ts';
import type { Transaction } from '../client.ts';
import { readCompany } from './company.ts';

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
  const { gs1CompanyPrefix } = await readCompany(tx);
  const cartons = stated && stated.length > 0 ? stated : [{ weightGrams: await goodsWeight(tx, shipmentId) }];
  const { rows } = await tx.query<{ serial: number }>(
    `SELECT nextval('sscc_serials') AS serial FROM generate_series(1, $1::int)`,
    [cartons.length],
  );
  await tx.query(
    `INSERT INTO cartons (sscc, shipment_id, number, weight_grams, at)
     SELECT c.sscc, $1, c.number, c.weight_grams, $2 FROM unnest($3::text[], $4::int[], $5::int[]) AS c (sscc, number, weight_grams)`,
    [
      shipmentId,
      at,
      rows.map(({ serial }) => ssccOf(gs1CompanyPrefix, serial)),
      cartons.map((_, index) => index + 1),
      cartons.map(({ weightGrams }) => weightGrams),
    ],
  );
}

async function goodsWeight(tx: Transaction, shipmentId: string): Promise<number> {
  const { rows } = await tx.query<{ weightGrams: number }>(
    `SELECT least(2147483647, coalesce(sum(p.weight_grams::bigint * coalesce(l.picked_quantity, l.quantity)), 0)) AS "weightGrams"
     FROM shipment_lines l JOIN products p USING (sku) WHERE l.shipment_id = $1`,
    [shipmentId],
  );
  return Number(rows[0]!.weightGrams);
}
