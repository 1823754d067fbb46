import fc, { type AsyncCommand } from 'fast-check';
import { type ShortageChoice, shortageChoices } from '../../domain/fulfilment.ts';
import { mayAmend } from '../../domain/order.ts';
import { type Company, type Snapshot, warehouses } from './company.ts';
import { type Expected, grossOf, sum } from './expected.ts';

/*
 * What can be asked of the company. A command finds its subject among what there is when its turn comes (`any` chooses), does one
 * thing, and writes down what must have come of it. A new one is a function and a line in `commandsOf`.
 */

export type CompanyCommand = AsyncCommand<Expected, Company>;

/** Any of these, by number; undefined when there is none. */
const choose = <Item>(items: readonly Item[], any: number): Item | undefined => items[any % items.length];

interface Step<Subject> {
  /** What it is about; undefined: it cannot be asked for now. */
  of(model: Expected): Subject | undefined;
  run(company: Company, subject: Subject, model: Expected): Promise<void>;
  moved?: { time?: true; limit?: true };
}

function command<Subject>(words: string, { of, run, moved }: Step<Subject>): CompanyCommand {
  return {
    check: (model) => of(model) !== undefined,
    async run(model, company) {
      await run(company, of(model)!, model);
      const now = await company.atRest();
      const faults = model.faultsOf(now, moved);
      if (faults.length > 0) throw new Error([`after ${words}:`, ...faults].join('\n- '));
      model.last = now;
      const name = words.replace(/\(.*/, '');
      model.done.set(name, (model.done.get(name) ?? 0) + 1);
      for (const { status } of now.orders) model.statuses.add(status);
    },
    toString: () => words,
  };
}

const place = (who: number, quantity: number) =>
  command(`order(${who}, ${quantity})`, {
    of: ({ customers }) => choose(customers, who),
    async run(company, { id, backOrderAllowed }, model) {
      const orderId = await company.order(id, quantity);
      const refused = model.overdueMinor(id) > 0 || (!backOrderAllowed && quantity > model.available());
      if (refused !== (orderId === undefined)) throw new Error(`an order of ${quantity} for ${id}: ${orderId ?? 'refused'}`);
      if (orderId !== undefined) model.orders.set(orderId, { wanted: quantity, shipped: 0 });
    },
  });

const amend = (any: number, quantity: number) =>
  command(`amend(${any}, ${quantity})`, {
    of: ({ last }) =>
      choose(
        last.orders.filter(({ status, wanted }) => mayAmend(status) && wanted !== quantity),
        any,
      ),
    async run(company, { id, shipped }, model) {
      if (!(await company.amend(id, quantity))) return;
      if (quantity < shipped) throw new Error(`${id} was amended to ${quantity}, less than was shipped`);
      model.orders.get(id)!.wanted = quantity;
    },
  });

const owesGoods = ({ last }: Expected) =>
  last.orders.filter(({ status, wanted, shipped }) => mayAmend(status) && wanted > shipped);

const cancel = (any: number) =>
  command(`cancel(${any})`, {
    of: (model) => choose(owesGoods(model), any),
    async run(company, { id, shipped }, model) {
      if (!(await company.cancel(id))) throw new Error(`${id} cannot be cancelled`);
      model.orders.get(id)!.wanted = shipped;
    },
  });

const pick = (any: number, missing: number) =>
  command(`pick(${any}, ${missing} missing)`, {
    of: ({ last }) =>
      choose(
        last.shipments.filter(({ status }) => status === 'picking'),
        any,
      ),
    async run(company, { id, orderId, quantity }, model) {
      const lost = Math.min(missing, quantity);
      const order = model.orderOf(orderId);
      await company.pick(id, lost);
      model.unitsLost += lost;
      const isWhole = lost === 0 || model.customers.find((customer) => customer.id === order.customerId)!.backOrderAllowed;
      if (!isWhole || lost === quantity) return;
      model.shipped.set(id, { quantity: quantity - lost, returned: 0, delivered: false });
      model.orders.get(orderId)!.shipped += quantity - lost;
    },
  });

const chooseShortage = (any: number, choice: ShortageChoice) =>
  command(`choose(${any}, ${choice})`, {
    of: ({ last }) =>
      choose(
        last.orders.filter(({ status }) => status === 'awaiting-choice'),
        any,
      ),
    async run(company, { id, customerId, wanted, shipped }, model) {
      const isChosen = await company.choose(id, choice);
      const available = model.available();
      const mayShip = available > 0 && model.overdueMinor(customerId) === 0;
      if (isChosen !== (choice !== 'ship-part' || mayShip))
        throw new Error(`${id}: ${choice} is ${isChosen ? '' : 'not '}possible`);
      if (!isChosen || choice === 'wait') return;
      model.orders.get(id)!.wanted = choice === 'cancel' ? shipped : Math.min(wanted, shipped + available);
    },
  });

const deliver = (any: number) =>
  command(`deliver(${any})`, {
    of: ({ shipped }) =>
      choose(
        [...shipped].filter(([, { delivered }]) => !delivered),
        any,
      ),
    async run(company, [shipmentId, shipment]) {
      await company.deliver(shipmentId);
      shipment.delivered = true;
    },
  });

const openItems = ({ last }: Expected) => last.items.filter(({ openMinor }) => openMinor > 0);

/** A part of an item, all of it, or more; with its reference, with all of the customer's, or with none. */
const pay = (any: number, percent: number, names: 'it' | 'all' | 'nothing') =>
  command(`pay(${any}, ${percent} %, naming ${names})`, {
    of: (model) => choose(openItems(model), any),
    async run(company, { id, customerId, openMinor }, model) {
      const all = openItems(model).filter((item) => item.customerId === customerId);
      const owedMinor = names === 'all' ? sum(all.map((item) => item.openMinor)) : openMinor;
      const amountMinor = Math.max(1, Math.floor((owedMinor * percent) / 100));
      const named = { it: [id], all: all.map((item) => item.id), nothing: [] }[names];
      await company.pay(customerId, amountMinor, named);
      model.moneyMinor.set(customerId, (model.moneyMinor.get(customerId) ?? 0) + amountMinor);
    },
  });

const withBalance = (model: Expected, of: (account: Snapshot['accounts'][number]) => number) =>
  model.last.accounts.filter(
    (account) => of(account) > 0 && openItems(model).some((item) => item.customerId === account.customerId),
  );

const applyCash = (any: number) =>
  command(`apply cash(${any})`, {
    of: (model) =>
      choose(
        withBalance(model, ({ buckets }) => buckets.unappliedCashMinor),
        any,
      ),
    run: (company, { customerId }) => company.applyCash(customerId),
  });

const applyCredit = (any: number) =>
  command(`apply credit(${any})`, {
    of: (model) =>
      choose(
        withBalance(model, ({ buckets }) => buckets.openCreditNotesMinor),
        any,
      ),
    run: (company, { customerId }) => company.applyCredit(customerId),
  });

const giveBack = (any: number, units: number, restockedShare: number) =>
  command(`give back(${any}, ${units}, ${restockedShare} %)`, {
    of: ({ shipped }) =>
      choose(
        [...shipped].filter(([, { quantity, returned }]) => returned < quantity),
        any,
      ),
    async run(company, [shipmentId, shipment], model) {
      const returned = Math.min(units, shipment.quantity - shipment.returned);
      const restocked = Math.round((returned * restockedShare) / 100);
      await company.giveBack(shipmentId, restocked, returned - restocked);
      shipment.returned += returned;
      model.unitsRestocked += restocked;
      model.returns += 1;
    },
  });

const receiveGoods = (where: number, quantity: number) =>
  command(`receive(${where}, ${quantity})`, {
    of: () => choose(warehouses, where),
    async run(company, warehouseId, model) {
      await company.receiveGoods(warehouseId, quantity);
      model.unitsReceived += quantity;
    },
  });

const changeLimit = (who: number, units: number) =>
  command(`limit(${who}, ${units} units)`, {
    of: ({ customers }) => choose(customers, who),
    run: (company, { id }) => company.changeLimit(id, grossOf(units)),
    moved: { limit: true },
  });

const advance = (days: number) =>
  command(`advance(${days} days)`, {
    of: () => days,
    async run(company, _, model) {
      const waiting = model.last.orders.filter(({ status }) => status === 'awaiting-choice');
      await company.advance(days);
      const now = await company.atRest();
      for (const { id, shipped } of waiting) {
        const { status } = now.orders.find((order) => order.id === id)!;
        // Two business days of silence cancel; whatever the weekends, six days are more than that.
        if (status === 'awaiting-choice' && days > 5) throw new Error(`${id} still waits for a choice after ${days} days`);
        if (['cancelled', 'invoiced', 'closed'].includes(status)) model.orders.get(id)!.wanted = shipped;
      }
    },
    moved: { time: true },
  });

/** Sequences of commands, the usual ones more often. */
export function commandsOf(options: { maxCommands: number; size: 'medium' | 'large' | 'max' }) {
  const any = fc.nat(99);
  const usual = (times: number, arbitrary: fc.Arbitrary<CompanyCommand>) => Array<typeof arbitrary>(times).fill(arbitrary);
  return fc.commands<Expected, Company, false>(
    [
      ...usual(
        4,
        fc.tuple(any, fc.integer({ min: 1, max: 9 })).map((choice) => place(...choice)),
      ),
      ...usual(
        2,
        fc.tuple(any, fc.integer({ min: 1, max: 12 })).map((choice) => amend(...choice)),
      ),
      any.map(cancel),
      ...usual(
        4,
        any.map((one) => pick(one, 0)),
      ),
      ...usual(
        2,
        fc.tuple(any, fc.integer({ min: 1, max: 6 })).map((choice) => pick(...choice)),
      ),
      ...usual(
        2,
        fc.tuple(any, fc.constantFrom(...shortageChoices)).map((choice) => chooseShortage(...choice)),
      ),
      any.map(deliver),
      ...usual(
        3,
        fc
          .tuple(any, fc.constantFrom(40, 100, 100, 130), fc.constantFrom('it', 'it', 'all', 'nothing'))
          .map((choice) => pay(...choice)),
      ),
      any.map(applyCash),
      any.map(applyCredit),
      ...usual(
        2,
        fc.tuple(any, fc.integer({ min: 1, max: 5 }), fc.constantFrom(0, 50, 100)).map((choice) => giveBack(...choice)),
      ),
      ...usual(
        2,
        fc.tuple(any, fc.integer({ min: 1, max: 9 })).map((choice) => receiveGoods(...choice)),
      ),
      fc.tuple(any, fc.integer({ min: 0, max: 25 })).map((choice) => changeLimit(...choice)),
      fc.constantFrom(1, 3, 6, 9, 17).map(advance),
    ],
    options,
  );
}

/** All is cancelled or shipped and paid: then every order has ended, and nobody owes anything. */
export async function windUp(model: Expected, company: Company): Promise<void> {
  const step = async (next: CompanyCommand) => {
    if (next.check(model)) await next.run(model, company);
  };
  while (owesGoods(model).length > 0) await step(cancel(0));
  // Interest on what is late becomes an item of its own, once.
  while (openItems(model).length > 0) await step(pay(0, 100, 'all'));
  const open = model.last.orders.filter(({ status }) => status !== 'closed' && status !== 'cancelled');
  if (open.length > 0) throw new Error(`after all is paid: ${open.map(({ id, status }) => `${id} is ${status}`).join(', ')}`);
}
