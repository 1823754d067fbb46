import { createHash } from 'node:crypto';
import type { CarrierBooking, CarrierPort } from '../carrier.ts';

export interface CarrierSimulatorOptions {
  /** Called for every request that reaches the carrier, so that tests can count them by key. */
  onRequest?: (kind: 'book' | 'void', key: string) => void;
  /** The share of calls that fail as an outage does, before or after the work was done; 0 to 1. */
  failureShare?: number;
  random?: () => number;
}

/**
 * A carrier that behaves like one: it remembers bookings by key, answers a repeated key with the first booking, and now
 * and then fails, before the booking or, which is worse, after it.
 */
export function createCarrierSimulator(options: CarrierSimulatorOptions = {}): CarrierPort {
  const bookings = new Map<string, CarrierBooking>();
  const voided = new Set<string>();
  const random = options.random ?? Math.random;
  const mayFail = () => {
    if (random() < (options.failureShare ?? 0) / 2) throw new Error('the carrier did not answer');
  };
  return {
    async book({ key }) {
      mayFail();
      options.onRequest?.('book', key);
      let booking = bookings.get(key);
      if (!booking) {
        // The number follows from the key, so a simulator that was restarted answers like the one before.
        const digits = BigInt(`0x${createHash('sha256').update(key).digest('hex').slice(0, 15)}`)
          .toString()
          .slice(0, 12);
        booking = { carrier: 'Parcel Simulator', trackingNumber: `PS${digits.padStart(12, '0')}` };
        bookings.set(key, booking);
      }
      mayFail();
      return booking;
    },
    async void(trackingNumber) {
      options.onRequest?.('void', trackingNumber);
      voided.add(trackingNumber);
    },
  };
}
