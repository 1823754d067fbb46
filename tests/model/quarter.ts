import { daysSalesOutstanding } from '../../domain/metrics.ts';
import { daysBetween } from '../../domain/time.ts';
import { mulberry32 } from '../random.ts';
import type { CompanyCommand } from './commands.ts';
import * as commands from './commands.ts';
import type { Company, Customer, Snapshot } from './company.ts';
import { askedMinor, type Expected, sum } from './expected.ts';

/*
 * A company left to itself for days: orders come, goods go out, and customers pay as they are used to, or do not. The same for a seed, on
 * whatever company it is told; what must hold holds after every command (X7).
 */

/** How somebody buys and pays. */
export interface Habits extends Customer {
  /** The chance of an order on a day. */
  orders: number;
  /** So many units, or any number below. */
  unitsMaximum: number;
  /** Days from the due date to the payment, negative for who pays early, at least and at most; null: never. */
  paysLate: readonly [number, number] | null;
  /** The chance that an invoice is disputed. */
  disputes: number;
  /** The chance that a letter is answered by a promise. */
  promises: number;
}

export const people: readonly Habits[] = [
  { id: 'PROMPT', backOrderAllowed: true, orders: 0.7, unitsMaximum: 6, paysLate: [-5, 0], disputes: 0.05, promises: 0 },
  { id: 'STEADY', backOrderAllowed: true, orders: 0.5, unitsMaximum: 9, paysLate: [-2, 4], disputes: 0.08, promises: 0.2 },
  { id: 'WHOLE', backOrderAllowed: false, orders: 0.4, unitsMaximum: 12, paysLate: [-3, 2], disputes: 0.06, promises: 0 },
  { id: 'SLOW', backOrderAllowed: false, orders: 0.4, unitsMaximum: 5, paysLate: [8, 30], disputes: 0.12, promises: 0.4 },
  { id: 'FAILING', backOrderAllowed: true, orders: 0.3, unitsMaximum: 4, paysLate: null, disputes: 0.06, promises: 0.5 },
];

/** The figures of seven days, or of what is left of them; amounts are in minor units. */
export interface Week {
  from: string;
  to: string;
  orders: number;
  refused: number;
  billedMinor: number;
  cashMinor: number;
  writtenOffMinor: number;
  /** Items that rose by a level of letters. */
  letters: number;
  /** At the end. */
  receivablesMinor: number;
  onHold: number;
  /** Over the last thirty days; null while nothing has been sold in them. */
  dso: number | null;
}

const writtenOffAfterDays = 60;
const disputeDays = 5;
const dsoDays = 30;

/** Tells so many days, one after another, and gives the figures of each week. Throws what is wrong as soon as it is. */
export async function simulate(
  model: Expected,
  company: Company,
  { habits, days, seed }: { habits: readonly Habits[]; days: number; seed: number },
): Promise<Week[]> {
  const random = mulberry32(seed);
  const chance = (share: number) => random() < share;
  const between = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  const run = async (command: CompanyCommand) => {
    if (command.check(model)) await command.run(model, company);
  };
  const indexIn = <Row extends { id: string }>(rows: readonly Row[], id: string) => rows.findIndex((row) => row.id === id);
  const indexOpen = (id: string) => indexIn(commands.openItems(model), id);
  /** What each item's customer will do about it, decided as it is first seen. */
  const intentions = new Map<string, { paysOn: number; disputesOn: number }>();
  const disputedOn = new Map<string, number>();
  const billed: { day: number; minor: number }[] = [];
  const weeks: Week[] = [];
  let before: Snapshot = model.last;
  let refused = 0;

  async function receiveWhatIsShort(): Promise<void> {
    const wanted = sum(model.last.orders.map((order) => Math.max(0, order.wanted - order.shipped - order.reserved)));
    if (model.available() < 40 + wanted && chance(0.5)) await run(commands.receiveGoods(between(0, 1), 120));
  }

  async function placeOrders(): Promise<void> {
    for (const [who, one] of habits.entries()) {
      if (!chance(one.orders)) continue;
      const orders = model.orders.size;
      await run(commands.place(who, between(1, one.unitsMaximum)));
      if (model.orders.size === orders) refused += 1;
    }
  }

  async function work(): Promise<void> {
    for (const { id } of model.last.shipments.filter(({ status }) => status === 'picking')) {
      const picking = model.last.shipments.filter(({ status }) => status === 'picking');
      const index = indexIn(picking, id);
      if (index >= 0) await run(commands.pick(index, chance(0.02) ? 1 : 0));
    }
    for (const { id } of model.last.orders.filter(({ status }) => status === 'awaiting-choice')) {
      const waiting = model.last.orders.filter(({ status }) => status === 'awaiting-choice');
      if (chance(0.6)) await run(commands.chooseShortage(indexIn(waiting, id), chance(0.5) ? 'wait' : 'ship-part'));
    }
  }

  async function payAndDispute(day: number): Promise<void> {
    for (const { id, customerId, dueOn, shipmentId } of commands.openItems(model)) {
      const one = habits.find((habit) => habit.id === customerId)!;
      const dueDay = day + daysBetween(model.last.today, dueOn);
      if (!intentions.has(id)) {
        intentions.set(id, {
          paysOn: one.paysLate === null ? Number.POSITIVE_INFINITY : dueDay + between(...one.paysLate),
          disputesOn: shipmentId !== null && chance(one.disputes) ? day + between(1, 10) : Number.POSITIVE_INFINITY,
        });
      }
      const { paysOn, disputesOn } = intentions.get(id)!;
      if (disputesOn === day && shipmentId !== null) {
        const invoices = commands.openInvoices(model);
        await run(commands.dispute(indexIn(invoices, id), 1));
        disputedOn.set(id, day);
      }
      const isDisputed = model.last.disputes.some(({ itemId }) => itemId === id);
      if (day >= paysOn && !isDisputed && indexOpen(id) >= 0) {
        await run(commands.pay(indexOpen(id), chance(0.08) ? 40 : chance(0.08) ? 130 : 100, chance(0.1) ? 'all' : 'it'));
      }
    }
  }

  async function decide(day: number): Promise<void> {
    for (const { id, itemId } of model.last.disputes) {
      if (day - (disputedOn.get(itemId) ?? day) < disputeDays) continue;
      const index = indexIn(model.last.disputes, id);
      await run(chance(0.5) ? commands.uphold(index) : commands.reject(index));
    }
    for (const { customerId } of model.last.accounts.filter(({ buckets }) => buckets.unappliedCashMinor > 0)) {
      const index = commands.withCash(model).findIndex((account) => account.customerId === customerId);
      if (index >= 0) await run(commands.applyCash(index));
    }
    for (const item of commands.openItems(model)) {
      const late = daysBetween(item.dueOn, model.last.today);
      const habit = habits.find((one) => one.id === item.customerId)!;
      if (item.dunningLevel > 0 && askedMinor(item) > 0 && chance(habit.promises / 10)) {
        await run(
          commands.promise(
            commands.promisable(model).findIndex(({ id }) => id === item.id),
            100,
            9,
          ),
        );
      }
      if (late >= writtenOffAfterDays && item.disputedMinor === 0) await run(commands.writeOff(indexOpen(item.id), 100));
    }
  }

  function close(day: number, from: string): Week {
    const now = model.last;
    const had = <Row extends { id: string }>(rows: readonly Row[], id: string) => rows.find((row) => row.id === id);
    const billedMinor = sum(
      now.items.filter((item) => item.shipmentId && !had(before.items, item.id)).map(({ grossMinor }) => grossMinor),
    );
    billed.push({ day, minor: billedMinor });
    const receivablesMinor = sum(now.items.map(({ openMinor }) => openMinor));
    const salesMinor = sum(billed.filter((week) => week.day > day - dsoDays).map(({ minor }) => minor));
    const week: Week = {
      from,
      to: now.today,
      orders: now.orders.length - before.orders.length,
      refused,
      billedMinor,
      cashMinor: sum(now.payments.slice(before.payments.length).map(({ amountMinor }) => amountMinor)),
      writtenOffMinor: sum(now.items.map((item) => item.givenUpMinor - (had(before.items, item.id)?.givenUpMinor ?? 0))),
      letters: sum(now.items.map((item) => item.dunningLevel - (had(before.items, item.id)?.dunningLevel ?? 0))),
      receivablesMinor,
      onHold: now.accounts.filter(({ onHold }) => onHold).length,
      dso: daysSalesOutstanding({ receivablesMinor, salesMinor, days: Math.min(day, dsoDays) }),
    };
    before = now;
    refused = 0;
    return week;
  }

  let from = model.last.today;
  for (let day = 1; day <= days; day += 1) {
    if (day % 7 === 1) from = model.last.today;
    await receiveWhatIsShort();
    await placeOrders();
    await work();
    await payAndDispute(day);
    await decide(day);
    if (day % 7 === 0 || day === days) weeks.push(close(day, from));
    await run(commands.advance(1));
  }
  return weeks;
}
