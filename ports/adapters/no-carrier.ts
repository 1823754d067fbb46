import type { CarrierPort } from '../carrier.ts';

/** Where no carrier is set up, a person books every parcel, and enters its carrier and number. */
export const noCarrier: CarrierPort = {
  rates: async () => [],
  book: async () => ({
    refused: { code: 'other', reason: 'No carrier is set up here. Book the parcel with one, and enter its number.' },
  }),
  void: async () => {},
};
