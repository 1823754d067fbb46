import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mulberry32 } from '../tests/random.ts';
import { behaviourOf, forecastCash, forecastWeeks, invoiceToCome, stillOpen } from './cash-forecast.ts';
import { addDays } from './time.ts';

const today = '2027-03-01';
const punctual = { items: 20, meanDaysLate: 0, deviationDays: 3 };
const late = { items: 20, meanDaysLate: 21, deviationDays: 3 };
const none = {
  promises: [],
  endedPromises: new Map(),
  invoices: [],
  behaviours: new Map(),
  company: punctual,
  cashByCustomer: new Map(),
  unknownCashMinor: 0,
  today,
};
const item = (dueOn: string, openMinor = 100_000, promiseId: string | null = null) => ({
  customerId: 'ADA',
  dueOn,
  openMinor,
  promiseId,
});
const orderOf = {
  customerId: 'ADA',
  terms: { kind: 'net', days: 30 },
  invoicing: { kind: 'per-shipment' },
  paysByCard: false,
  amountMinor: 100_000,
  passesOn: null,
} as const;
const sum = (amounts: number[]) => amounts.reduce((total, one) => total + one, 0);
const biggest = (weeks: { expectedMinor: number }[]) =>
  weeks.findIndex(({ expectedMinor }) => expectedMinor === Math.max(...weeks.map((week) => week.expectedMinor)));

describe('the cash forecast', () => {
  it('R3: money is expected when its customer usually pays; the company stands in for who has little history', () => {
    const dueOn = '2027-03-18';
    expect(biggest(forecastCash({ ...none, items: [item(dueOn)] }).weeks)).toBe(2);
    const own = new Map([['ADA', late]]);
    expect(biggest(forecastCash({ ...none, behaviours: own, items: [item(dueOn)] }).weeks)).toBe(5);
    const few = new Map([['ADA', { ...late, items: 4 }]]);
    expect(biggest(forecastCash({ ...none, behaviours: few, items: [item(dueOn)] }).weeks)).toBe(2);
  });

  it('R3: cash that is here already stands for the oldest items and is expected no more', () => {
    const items = [item('2027-03-05', 60_000), item('2027-05-20', 40_000)];
    const forecast = forecastCash({ ...none, items, cashByCustomer: new Map([['ADA', 50_000]]), unknownCashMinor: 20_000 });
    expect(forecast).toMatchObject({ openMinor: 30_000, cashMinor: 70_000 });
    expect(biggest(forecast.weeks)).toBe(11);
    // Another customer's cash pays nothing of it, and more cash than is open leaves nothing to expect.
    expect(forecastCash({ ...none, items, cashByCustomer: new Map([['BOB', 50_000]]) }).cashMinor).toBe(0);
    expect(forecastCash({ ...none, items, cashByCustomer: new Map([['ADA', 500_000]]) })).toMatchObject({
      openMinor: 0,
      laterMinor: 0,
    });
  });

  it('R3: an item that is long overdue comes little by little, with the same chance each week', () => {
    const weekly = (now: number) => 1 - stillOpen(punctual, now, now + 7);
    expect(weekly(60)).toBeCloseTo(weekly(300), 6);
    expect(weekly(300)).toBeGreaterThan(0);
    expect(weekly(300)).toBeLessThan(1);
    expect(stillOpen(punctual, 5_000, 5_000)).toBe(1);
  });

  it('R3: mean and deviation come from sums', () => {
    // −2, 4, 10.
    const { meanDaysLate, deviationDays } = behaviourOf({ items: 3, sum: 12, squares: 120 });
    expect([meanDaysLate, deviationDays]).toEqual([4, Math.sqrt(24)]);
    expect(behaviourOf({ items: 0, sum: 0, squares: 0 })).toMatchObject({ items: 0, meanDaysLate: 0 });
  });

  it('R3: of what is promised the share that such promises keep is expected on its day, and the rest as ever', () => {
    const promises = [{ id: 'PRM-1', customerId: 'ADA', promisedOn: '2027-03-16', missingMinor: 60_000 }];
    const items = [item('2027-02-01', 50_000, 'PRM-1'), item('2027-02-10', 50_000, 'PRM-1'), item('2027-02-10', 10_000)];
    const promised = (ended: [string, { kept: number; broken: number }][], missingMinor = 60_000) =>
      forecastCash({ ...none, items, promises: [{ ...promises[0]!, missingMinor }], endedPromises: new Map(ended) });
    const { weeks, openMinor } = promised([['ADA', { kept: 8, broken: 0 }]]);
    // Nine of ten, in the third week, and no more than all of it in all.
    expect(weeks.map(({ promisesMinor }) => promisesMinor).filter((minor) => minor > 0)).toEqual([54_000]);
    expect(weeks[2]).toMatchObject({ from: '2027-03-15', promisesMinor: 54_000 });
    expect(openMinor).toBe(110_000);
    // With few of its own, all customers' together stand in; while none has ended, a half.
    expect(
      promised([
        ['ADA', { kept: 0, broken: 4 }],
        ['BOB', { kept: 12, broken: 0 }],
      ]).weeks[2]!.promisesMinor,
    ).toBe(43_333);
    expect(promised([]).weeks[2]!.promisesMinor).toBe(30_000);
    // Nobody pays more of its items than is open of them, and a day within the grace is this week.
    expect(promised([], 900_000).weeks[2]!.promisesMinor).toBe(50_000);
    const late = forecastCash({ ...none, items, promises: [{ ...promises[0]!, promisedOn: '2027-02-27' }] });
    expect(late.weeks[0]!.promisesMinor).toBe(30_000);
  });

  it('R3: an order that is not invoiced yet is paid after its invoice, by its terms and its customer', () => {
    expect(invoiceToCome({ ...orderOf, passesOn: '2027-03-08' }, today)).toMatchObject([
      { issuedOn: '2027-03-08', dueOn: '2027-04-07', amountMinor: 100_000 },
    ]);
    // What is late, and what nobody knows the day of, goes today; what is billed with others waits for its run.
    expect(invoiceToCome({ ...orderOf, passesOn: '2027-02-08' }, today)[0]!.issuedOn).toBe(today);
    const monthly = { kind: 'consolidated', every: 'month', day: 1 } as const;
    expect(invoiceToCome({ ...orderOf, invoicing: monthly }, today)[0]!.issuedOn).toBe('2027-04-01');
    const card = { ...orderOf, invoicing: monthly, paysByCard: true };
    expect(invoiceToCome(card, today)).toMatchObject([{ issuedOn: today, dueOn: today }]);
    const instalments = [
      { share: '0.3', days: 0 },
      { share: '0.7', days: 30 },
    ];
    const parts = invoiceToCome({ ...orderOf, terms: { kind: 'net', days: 30, instalments } }, today);
    expect(parts.map(({ amountMinor }) => amountMinor)).toEqual([30_000, 70_000]);

    const ordered = (order: Parameters<typeof invoiceToCome>[0], company = punctual) =>
      forecastCash({ ...none, items: [], company, invoices: invoiceToCome(order, today) });
    expect(biggest(ordered({ ...orderOf, passesOn: '2027-03-08' }).weeks)).toBe(5);
    // Who has always paid early does not pay before there is an invoice.
    const early = { items: 20, meanDaysLate: -60, deviationDays: 3 };
    const { weeks } = ordered({ ...orderOf, passesOn: '2027-03-22' }, early);
    expect(sum(weeks.slice(0, 3).map(({ ordersMinor }) => ordersMinor))).toBe(0);
    expect(weeks[3]!.ordersMinor).toBeGreaterThan(80_000);
    expect(ordered({ ...card, passesOn: '2027-03-09' }).weeks[1]!.ordersMinor).toBe(100_000);
    // Cash of the customer's that no item needs is not expected once more.
    const paid = forecastCash({
      ...none,
      items: [item('2027-03-05', 30_000)],
      invoices: invoiceToCome(orderOf, today),
      cashByCustomer: new Map([['ADA', 50_000]]),
    });
    expect(paid).toMatchObject({ openMinor: 0, ordersMinor: 80_000 });
  });

  it('R3: every minor unit that is open or ordered is in one week, or later, or here already', () => {
    const when = (min: number) => fc.integer({ min, max: 200 }).map((days) => addDays(today, days));
    const customerId = fc.constantFrom('ADA', 'BOB');
    const items = fc.array(
      fc.record({
        customerId,
        dueOn: when(-900),
        openMinor: fc.integer({ min: 1, max: 10_000_000 }),
        promiseId: fc.constantFrom(null, 'PRM-1', 'PRM-2'),
      }),
      { maxLength: 10 },
    );
    const promise = fc.record({ customerId, promisedOn: when(-5), missingMinor: fc.nat(20_000_000) });
    const orders = fc.array(
      fc.record({
        customerId,
        passesOn: when(-20),
        amountMinor: fc.integer({ min: 1, max: 10_000_000 }),
        paysByCard: fc.boolean(),
      }),
      { maxLength: 5 },
    );
    const behaviour = fc.record({
      items: fc.nat(10),
      meanDaysLate: fc.double({ min: -30, max: 90, noNaN: true }),
      deviationDays: fc.double({ min: 0, max: 60, noNaN: true }),
    });
    const cash = fc.nat(2_000_000);
    const ended = fc.record({ kept: fc.nat(9), broken: fc.nat(9) });
    fc.assert(
      fc.property(
        items,
        promise,
        orders,
        ended,
        behaviour,
        behaviour,
        cash,
        cash,
        (all, promised, ordered, ofPromises, ada, company, ofAda, unknownCashMinor) => {
          const { weeks, laterMinor, later, openMinor, cashMinor, ordersMinor } = forecastCash({
            items: all,
            promises: [{ id: 'PRM-1', ...promised }],
            endedPromises: new Map([['ADA', ofPromises]]),
            invoices: ordered.flatMap((one) => invoiceToCome({ ...orderOf, ...one }, today)),
            behaviours: new Map([['ADA', ada]]),
            company,
            cashByCustomer: new Map([['ADA', ofAda]]),
            unknownCashMinor,
            today,
          });
          expect(weeks).toHaveLength(forecastWeeks);
          const rows = [...weeks, { expectedMinor: laterMinor, ...later }];
          for (const row of rows) {
            const layers = [row.itemsMinor, row.promisesMinor, row.ordersMinor];
            expect(layers.every((minor) => minor >= 0)).toBe(true);
            expect(sum(layers)).toBe(row.expectedMinor);
          }
          expect(sum(rows.map((row) => row.ordersMinor))).toBe(ordersMinor);
          expect(sum(rows.map((row) => row.expectedMinor))).toBe(openMinor + ordersMinor);
          expect(openMinor + cashMinor).toBe(sum(all.map((one) => one.openMinor)));
        },
      ),
    );
  });

  it('R3: in about eight weeks of ten what comes is in the range, whether many customers owe little or few owe much', () => {
    const random = mulberry32(5);
    for (const [customers, itemsOfEach] of [
      [60, 1],
      [12, 5],
      [5, 3],
    ] as const) {
      const items = Array.from({ length: customers * itemsOfEach }, (_, index) => ({
        ...item(addDays('2027-02-10', (index * 7) % 40), 20_000 + ((index * 7_919) % 90_000)),
        customerId: `C${index % customers}`,
      }));
      const { weeks, parts } = forecastCash({ ...none, company: { items: 50, meanDaysLate: 6, deviationDays: 9 }, items });
      for (const week of [0, 1, 3]) {
        const { p10Minor, p50Minor, p90Minor, expectedMinor } = weeks[week]!;
        expect([0, p10Minor, p50Minor, p90Minor].toSorted((one, other) => one - other)).toEqual([
          0,
          p10Minor,
          p50Minor,
          p90Minor,
        ]);
        expect(p50Minor).toBeLessThanOrEqual(expectedMinor);
        let within = 0;
        for (let run = 0; run < 200; run += 1) {
          const luck = new Map(Array.from({ length: customers }, (_, index) => [`C${index}`, random()]));
          const comes = sum(
            parts.map(({ customerId, byWeek, wholeMinor }) =>
              luck.get(customerId)! * wholeMinor < byWeek[week]! ? wholeMinor : 0,
            ),
          );
          if (comes >= p10Minor && comes <= p90Minor) within += 1;
        }
        expect(within, `${customers} customers, week ${week}`).toBeGreaterThan(145);
        expect(within, `${customers} customers, week ${week}`).toBeLessThan(195);
      }
    }
  });

  it('R3: what is sure has no range: a card is charged with its invoice', () => {
    const [card] = invoiceToCome({ ...orderOf, paysByCard: true }, today);
    const [first] = forecastCash({ ...none, items: [], invoices: [card!] }).weeks;
    expect(first).toMatchObject({ expectedMinor: 100_000, p10Minor: 100_000, p50Minor: 100_000, p90Minor: 100_000 });
  });
});
