import { createHash } from 'node:crypto';
import type { CarrierBooking, CarrierPort, CarrierRefusal, CarrierRequest, Parcel } from '../carrier.ts';

export interface CarrierSimulatorOptions {
  /** Called for every booking and voiding that reaches the carrier, so that tests can count them by key and see the service. */
  onRequest?: (kind: 'book' | 'void', key: string, service?: string) => void;
  /** The share of calls that fail as an outage does, before or after the work was done; 0 to 1. */
  failureShare?: number;
  random?: () => number;
}

const carrier = 'Parcel Simulator';

/** Above this it takes nothing, as the driver's lift would not. */
const weightGramsMaximum = 24_000_000;

const refusals: Record<string, CarrierRefusal['refused']> = {
  'sim-bad-address': { code: 'address', reason: 'The address cannot be delivered to.' },
  'sim-too-heavy': { code: 'weight', reason: 'The parcel is heavier than we carry.' },
};

/**
 * A carrier that behaves like one: it remembers bookings by key, answers a repeated key with the first booking, and now
 * and then fails, before the booking or, which is worse, after it. What it does with a parcel follows from the address alone, so
 * that a test or a demonstration can ask for it: 'sim-bad-address' and 'sim-too-heavy' in name or street are refused for good,
 * 'sim-outage' is an outage once for every key.
 */
export function createCarrierSimulator(options: CarrierSimulatorOptions = {}): CarrierPort {
  const bookings = new Map<string, CarrierBooking>();
  const failedOnce = new Set<string>();
  const random = options.random ?? Math.random;
  const mayFail = () => {
    if (random() < (options.failureShare ?? 0) / 2) throw new Error('the carrier did not answer');
  };
  const refusalOf = ({ shipTo, weightGrams }: Parcel): CarrierRefusal['refused'] | undefined => {
    if (weightGrams > weightGramsMaximum) return refusals['sim-too-heavy'];
    const asked = `${shipTo.name} ${shipTo.street}`.match(/sim-[a-z-]+/g) ?? [];
    return asked.map((marker) => refusals[marker]).find((refusal) => refusal !== undefined);
  };
  const bookingOf = ({ key }: CarrierRequest): CarrierBooking => {
    // The number follows from the key, so a simulator that was restarted answers like the one before.
    const digits = BigInt(`0x${createHash('sha256').update(key).digest('hex').slice(0, 15)}`)
      .toString()
      .slice(0, 12);
    return { carrier, trackingNumber: `PS${digits.padStart(12, '0')}` };
  };
  return {
    async rates(parcel) {
      if (refusalOf(parcel)) return [];
      const kilograms = Math.ceil(parcel.weightGrams / 1_000);
      return [
        { carrier, service: 'standard', currency: 'EUR', priceMinor: 490 + 20 * kilograms, transitDays: 2 },
        { carrier, service: 'express', currency: 'EUR', priceMinor: 1_490 + 45 * kilograms, transitDays: 1 },
      ];
    },
    async book(request) {
      const { key, shipTo } = request;
      mayFail();
      options.onRequest?.('book', key, request.service);
      if (`${shipTo.name} ${shipTo.street}`.includes('sim-outage') && !failedOnce.has(key)) {
        failedOnce.add(key);
        throw new Error('the carrier did not answer');
      }
      const refused = refusalOf(request);
      if (refused) return { refused };
      const booking = bookings.get(key) ?? bookingOf(request);
      bookings.set(key, booking);
      mayFail();
      return booking;
    },
    async void({ trackingNumber }) {
      options.onRequest?.('void', trackingNumber);
    },
  };
}
