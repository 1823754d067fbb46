import { describe, expect, it, test } from 'vitest';
import { nearestFirst } from './fulfilment.ts';
import { planReservation } from './stock.ts';

const at = (id: string, country: string, postalCode: string) => ({ id, address: { country, postalCode } });
const warehouses = [
  at('BREMEN', 'DE', '28195'),
  at('HAMBURG', 'DE', '20457'),
  at('MUNICH', 'DE', '80331'),
  at('VIENNA', 'AT', '1010'),
];

describe('F3: nearest first', () => {
  test.each([
    ['DE', '20459', ['HAMBURG', 'BREMEN', 'MUNICH', 'VIENNA']],
    ['DE', '80-339', ['MUNICH', 'BREMEN', 'HAMBURG', 'VIENNA']],
    // The same digits in another country are no neighbourhood.
    ['AT', '2045', ['VIENNA', 'BREMEN', 'HAMBURG', 'MUNICH']],
    ['FR', '75001', ['BREMEN', 'HAMBURG', 'MUNICH', 'VIENNA']],
  ])('%s %s: %s', (country, postalCode, expected) => {
    expect(nearestFirst({ country, postalCode }, warehouses)).toEqual(expected);
  });

  it('F3: the nearest gives what it has, where the fewest shipments would take all from one farther away', () => {
    const order = {
      lines: [
        { lineNumber: 1, sku: 'CHAIR', quantity: 4 },
        { lineNumber: 2, sku: 'DESK', quantity: 1 },
      ],
      available: [
        { sku: 'CHAIR', warehouseId: 'HAMBURG', quantity: 3 },
        { sku: 'CHAIR', warehouseId: 'MUNICH', quantity: 10 },
        { sku: 'DESK', warehouseId: 'MUNICH', quantity: 10 },
      ],
      backOrderAllowed: false,
    };
    const taken = (warehouseOrder?: string[]) =>
      planReservation({ ...order, warehouseOrder }).reservations.map(
        ({ sku, warehouseId, quantity }) => `${quantity} ${sku} ${warehouseId}`,
      );
    expect(taken()).toEqual(['4 CHAIR MUNICH', '1 DESK MUNICH']);
    const nearest = nearestFirst({ country: 'DE', postalCode: '20459' }, warehouses);
    expect(taken(nearest)).toEqual(['3 CHAIR HAMBURG', '1 CHAIR MUNICH', '1 DESK MUNICH']);
    // A warehouse that is not in the order serves last.
    expect(taken(['MUNICH'])).toEqual(['4 CHAIR MUNICH', '1 DESK MUNICH']);
  });
});
