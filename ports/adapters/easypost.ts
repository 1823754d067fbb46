import { readDecimal } from '../../domain/bank-line.ts';
import type { CarrierRate } from '../../domain/carrier-service.ts';
import type { CarrierBooking, CarrierPort, CarrierRefusal, CarrierRequest, Parcel } from '../carrier.ts';

export interface EasyPostSettings {
  apiKey: string;
  /** Absent: EasyPost itself. */
  url?: string | undefined;
}

/* Of EasyPost's objects what is read here (https://docs.easypost.com/docs/shipments). */
interface Rate {
  id: string;
  carrier: string;
  service: string;
  /** '7.42' */
  rate: string;
  currency: string;
  delivery_days: number | null;
  est_delivery_days: number | null;
}
interface Shipment {
  id: string;
  tracking_code: string | null;
  selected_rate: Rate | null;
  rates: Rate[];
  messages: { carrier: string; message: string }[] | null;
}
interface Failure {
  code: string;
  message: string;
  errors?: (string | { field?: string; message?: string })[];
}

const timeoutMilliseconds = 20_000;
const gramsPerOunce = 28.349523125;
/** Of a service that does not say how long it takes: it keeps no promise that another one keeps. */
const unknownTransitDays = 30;

/**
 * EasyPost, which books parcels with the carriers of the company's account (S1, S2). It has no idempotency keys: our key is the shipment's
 * reference, by which a repeated request finds what the first one made, and a label is bought once for a shipment.
 */
export function createEasyPost({ apiKey, url = 'https://api.easypost.com' }: EasyPostSettings): CarrierPort {
  const authorization = `Basic ${Buffer.from(`${apiKey}:`).toString('base64')}`;

  async function ask<Answer>(
    method: 'GET' | 'POST',
    path: string,
    body?: object,
  ): Promise<{ answer: Answer } | { failure: Failure; status: number }> {
    const response = await fetch(`${url}/v2${path}`, {
      method,
      headers: { authorization, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    const text = await response.text();
    if (response.ok) return { answer: JSON.parse(text) as Answer };
    // What is wrong with the request stays wrong; credentials, an empty purse, limits and outages do not.
    if (response.status !== 404 && response.status !== 422)
      throw new Error(`EasyPost answered ${response.status} to ${method} ${path}`);
    return { failure: (JSON.parse(text) as { error: Failure }).error, status: response.status };
  }

  const create = (parcel: Parcel, reference?: string) =>
    ask<Shipment>('POST', '/shipments', {
      shipment: {
        ...(reference !== undefined && { reference }),
        from_address: addressOf(parcel.shipFrom),
        to_address: addressOf(parcel.shipTo),
        parcel: { weight: Math.max(0.1, Math.ceil((parcel.weightGrams / gramsPerOunce) * 10) / 10) },
      },
    });

  /** The shipment of an earlier request under the key, or a new one. */
  async function shipmentOf(request: CarrierRequest) {
    const known = await ask<Shipment>('GET', `/shipments/${encodeURIComponent(request.key)}`);
    return 'answer' in known ? known : create(request, request.key);
  }

  return {
    async rates(parcel) {
      const made = await create(parcel);
      return 'answer' in made ? made.answer.rates.flatMap(rateOf) : [];
    },
    async book(request) {
      const made = await shipmentOf(request);
      if ('failure' in made) return refusalOf(made.failure);
      const { id, rates, messages } = made.answer;
      const booked = bookingOf(made.answer);
      if (booked) return booked;
      const rate = rates.find((each) => serviceOf(each) === request.service) ?? rates[0];
      if (!rate) {
        const said = (messages ?? []).map(({ carrier, message }) => `${carrier}: ${message}`).join(' ');
        return { refused: { code: 'other', reason: said || 'No carrier of the account takes this parcel.' } };
      }
      const bought = await ask<Shipment>('POST', `/shipments/${id}/buy`, { rate: { id: rate.id } });
      if ('answer' in bought) {
        const booking = bookingOf(bought.answer);
        if (!booking) throw new Error(`EasyPost has bought ${id} and names no tracking code`);
        return booking;
      }
      // Another request under the key was quicker.
      const again = await ask<Shipment>('GET', `/shipments/${id}`);
      return ('answer' in again && bookingOf(again.answer)) || refusalOf(bought.failure);
    },
    async void({ carrier, trackingNumber }) {
      // One that cannot be given back any more, or was, is answered with 422: nothing is left to do about it here.
      await ask('POST', '/refunds', { refund: { carrier, tracking_codes: [trackingNumber] } });
    },
  };
}

const serviceOf = ({ carrier, service }: Rate): string => `${carrier} ${service}`;

function rateOf(rate: Rate): CarrierRate[] {
  const priceMinor = readDecimal(rate.rate, rate.currency, '.');
  if (priceMinor === undefined) return [];
  const transitDays = rate.delivery_days ?? rate.est_delivery_days ?? unknownTransitDays;
  return [{ carrier: rate.carrier, service: serviceOf(rate), currency: rate.currency, priceMinor, transitDays }];
}

const bookingOf = ({ tracking_code, selected_rate }: Shipment): CarrierBooking | undefined =>
  tracking_code && selected_rate ? { carrier: selected_rate.carrier, trackingNumber: tracking_code } : undefined;

const addressOf = ({ name, street, city, postalCode, country }: Parcel['shipTo']) => ({
  name,
  street1: street,
  city,
  zip: postalCode,
  country,
});

function refusalOf({ code, message, errors = [] }: Failure): CarrierRefusal {
  const details = errors.map((error) =>
    typeof error === 'string' ? error : [error.field, error.message].filter(Boolean).join(' '),
  );
  const reason = [message, ...details].join(' ').slice(0, 500);
  return { refused: { code: code.startsWith('ADDRESS') ? 'address' : /weight/i.test(reason) ? 'weight' : 'other', reason } };
}
