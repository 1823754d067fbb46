export interface CarrierBooking {
  carrier: string;
  trackingNumber: string;
}

export interface CarrierRequest {
  /** The carrier answers the same key with the same booking. */
  key: string;
  warehouseId: string;
  shipTo: { name: string; street: string; city: string; postalCode: string; country: string };
  weightGrams: number;
}

/** A company that carries parcels. A real one is reached over HTTP; the simulator behaves like one, badly too. */
export interface CarrierPort {
  book(request: CarrierRequest): Promise<CarrierBooking>;
  /** Gives a booking back before the pickup. Voiding twice is fine. */
  void(trackingNumber: string): Promise<void>;
}
