import type { CarrierRate } from '../domain/carrier-service.ts';

export interface CarrierBooking {
  carrier: string;
  trackingNumber: string;
}

/** The carrier's no for good: the same parcel to the same address would be refused again. A person has to change something. */
export interface CarrierRefusal {
  refused: { code: 'address' | 'weight' | 'other'; reason: string };
}

interface PostalAddress {
  name: string;
  street: string;
  city: string;
  postalCode: string;
  /** ISO 3166, two letters. */
  country: string;
}

export interface Parcel {
  shipFrom: PostalAddress;
  shipTo: PostalAddress;
  weightGrams: number;
}

export interface CarrierRequest extends Parcel {
  /** The carrier answers the same key with the same booking. */
  key: string;
  service: string;
}

/**
 * Who carries parcels, or books them with several that do. A real one is reached over HTTP; the simulator behaves like one, badly too. A
 * refusal is a value; whatever is thrown is an outage, and is tried again.
 */
export interface CarrierPort {
  /** What it would carry the parcel for, by service. None for a parcel that it does not take: booking it says why. */
  rates(parcel: Parcel): Promise<CarrierRate[]>;
  /** Asks for the label: from here on the carrier expects the parcel. */
  book(request: CarrierRequest): Promise<CarrierBooking | CarrierRefusal>;
  /** Gives a booking back before the pickup. Voiding twice is fine. */
  void(booking: CarrierBooking): Promise<void>;
}
