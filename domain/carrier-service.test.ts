import { describe, expect, it } from 'vitest';
import { type CarrierRate, chooseService } from './carrier-service.ts';

const rate = (service: string, priceMinor: number, transitDays: number, carrier = 'DHL'): CarrierRate => ({
  carrier,
  service,
  currency: 'EUR',
  priceMinor,
  transitDays,
});
const rates = [rate('express', 1_900, 1), rate('economy', 400, 6), rate('standard', 600, 2)];
const on = (promisedOn: string | null) => chooseService(rates, { handedOverOn: '2026-03-02', promisedOn, plannedCarrier: 'DHL' });

describe('choosing a service', () => {
  it('S1: the cheapest service that keeps the promise', () => {
    expect(on(null)).toBe('economy');
    expect(on('2026-03-08')).toBe('economy');
    expect(on('2026-03-07')).toBe('standard');
    expect(on('2026-03-04')).toBe('standard');
    expect(on('2026-03-03')).toBe('express');
  });

  it('S1: the quickest when no service keeps it, and the standard one of a carrier that names none', () => {
    expect(on('2026-03-02')).toBe('express');
    expect(chooseService([], { handedOverOn: '2026-03-02', promisedOn: null, plannedCarrier: null })).toBe('standard');
  });

  it('S1: of the carrier whose pickup is planned, and of any where that one offers none', () => {
    const both = [rate('cheap', 300, 4, 'UPS'), rate('dear', 900, 4)];
    const by = (plannedCarrier: string | null) =>
      chooseService(both, { handedOverOn: '2026-03-02', promisedOn: null, plannedCarrier });
    expect([by('DHL'), by('UPS'), by('FedEx'), by(null)]).toEqual(['dear', 'cheap', 'cheap', 'cheap']);
  });

  it('S1: of two at one price the quicker', () => {
    const equal = [rate('slow', 500, 5), rate('quick', 500, 2)];
    expect(chooseService(equal, { handedOverOn: '2026-03-02', promisedOn: null, plannedCarrier: null })).toBe('quick');
  });
});
