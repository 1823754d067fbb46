import { Refusal } from '../../domain/failures.ts';
import type { Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import { pickupCalendars, type StoredCalendar } from '../statements/pickups.ts';
import { knowsHolidaysOf } from '../statements/public-holidays.ts';
import { replanPickups } from './replan-pickups.ts';

/**
 * Takes in when a carrier comes to a warehouse, or changes it. Shipments that have no pickup yet, or one that it has no more, are
 * planned at once, as many as one transaction takes on, and the rest by the job (S1).
 */
export async function savePickupCalendar(
  tx: Transaction,
  { calendar, actor, at }: { calendar: StoredCalendar; actor: Actor; at: string },
): Promise<{ created: boolean }> {
  const { carrier, warehouseId, holidayCountry, holidayRegion } = calendar;
  const warehouse = await tx.query('SELECT 1 FROM warehouses WHERE id = $1 FOR SHARE', [warehouseId]);
  if (warehouse.rows.length === 0) throw new Refusal(404, 'unknown-warehouse', `There is no warehouse ${warehouseId}.`);
  if (holidayCountry !== null && !knowsHolidaysOf(holidayCountry, holidayRegion)) {
    const path = knowsHolidaysOf(holidayCountry, null) ? '/holidayRegion' : '/holidayCountry';
    throw new Refusal(422, 'unknown-holidays', 'There is no calendar of public holidays for it.', {
      faults: [{ path, code: 'unknown', detail: 'Must be an ISO 3166 code of a country or region whose holidays are known.' }],
    });
  }
  const before = (await pickupCalendars(tx, warehouseId)).find((one) => one.carrier === carrier);
  await tx.query(
    `INSERT INTO pickup_calendars (carrier, warehouse_id, weekdays, cut_off, time_zone, transit_days, holiday_country, holiday_region,
       exceptions, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ON CONFLICT (carrier, warehouse_id) DO UPDATE SET weekdays = excluded.weekdays, cut_off = excluded.cut_off,
       time_zone = excluded.time_zone, transit_days = excluded.transit_days, holiday_country = excluded.holiday_country,
       holiday_region = excluded.holiday_region, exceptions = excluded.exceptions, at = excluded.at`,
    [
      carrier,
      warehouseId,
      calendar.weekdays,
      calendar.cutOff,
      calendar.timeZone,
      calendar.transitDays,
      holidayCountry,
      holidayRegion,
      JSON.stringify(calendar.exceptions),
      at,
    ],
  );
  await record(tx, {
    at,
    actor,
    action: before ? 'pickup-calendar-changed' : 'pickup-calendar-created',
    summary: `${carrier} comes to ${warehouseId} until ${calendar.cutOff}`,
    before,
    after: calendar,
  });
  await replanPickups(tx, { actor, at });
  return { created: !before };
}
