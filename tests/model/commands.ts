import fc, { type AsyncCommand } from 'fast-check';
import { type ShortageChoice, shortageChoices } from '../../domain/fulfilment.ts';
import { mayAmend } from '../../domain/order.ts';
import { type Company, type Snapshot, warehouses } from './company.ts';
import { askedMinor, type Expected, grossOf, type Moved, paidOf, sum } from './expected.ts';

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
  moved?: Moved | ((subject: Subject) => Moved);
}

function command<Subject>(words: string, { of, run, moved }: Step<Subject>): CompanyCommand {
  return {
    check: (model) => of(model) !== undefined,
    async run(model, company) {
      const subject = of(model)!;
      await run(company, subject, model);
      const now = await company.atRest();
      const faults = model.faultsOf(now, typeof moved === 'function' ? moved(subject) : moved);
      if (faults.length > 0) throw new Error([`after ${words}:`, ...faults].join('\n- '));
      model.last = now;
      const name = words.replace(/\(.*/, '');
      model.done.set(name, (model.done.get(name) ?? 0) + 1);
      for (const { status } of now.orders) model.statuses.add(status);
    },
    toString: () => words,
  };
}

export const place = (who: number, quantity: number) =>
  command(`order(${who}, ${quantity})`, {
    of: ({ customers }) => choose(customers, who),
    async run(company, { id, backOrderAllowed }, model) {
      const orderId = await company.order(id, quantity);
      const refused = model.overdueMinor(id) > 0 || (!backOrderAllowed && quantity > model.leftAfter(model.last.orders));
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

export const pick = (any: number, missing: number) =>
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
      model.shipped.set(id, { quantity: quantity - lost, returned: 0, credited: 0, creditedMinor: 0, delivered: false });
      model.orders.get(orderId)!.shipped += quantity - lost;
    },
  });

export const chooseShortage = (any: number, choice: ShortageChoice) =>
  command(`choose(${any}, ${choice})`, {
    of: ({ last }) =>
      choose(
        last.orders.filter(({ status }) => status === 'awaiting-choice'),
        any,
      ),
    async run(company, { id, customerId, wanted, shipped }, model) {
      const isChosen = await company.choose(id, choice);
      const { orders } = model.last;
      const left = model.leftAfter(orders.slice(0, orders.indexOf(model.orderOf(id))));
      const mayShip = left > 0 && model.overdueMinor(customerId) === 0;
      if (isChosen !== (choice !== 'ship-part' || mayShip))
        throw new Error(`${id}: ${choice} is ${isChosen ? '' : 'not '}possible`);
      if (!isChosen || choice === 'wait') return;
      model.orders.get(id)!.wanted = choice === 'cancel' ? shipped : Math.min(wanted, shipped + left);
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

export const openItems = ({ last }: Expected) => last.items.filter(({ openMinor }) => openMinor > 0);

/** A part of an item, all of it, or more; with its reference, with all of the customer's, or with none. */
export const pay = (any: number, percent: number, names: 'it' | 'all' | 'nothing') =>
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

export const withCash = (model: Expected) => withBalance(model, ({ buckets }) => buckets.unappliedCashMinor);

export const applyCash = (any: number) =>
  command(`apply cash(${any})`, {
    of: (model) => choose(withCash(model), any),
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
        [...shipped].filter(([, { quantity, returned, credited }]) => returned + credited < quantity),
        any,
      ),
    async run(company, [shipmentId, shipment], model) {
      const returned = Math.min(units, shipment.quantity - shipment.returned - shipment.credited);
      const restocked = Math.round((returned * restockedShare) / 100);
      await company.giveBack(shipmentId, restocked, returned - restocked);
      shipment.returned += returned;
      model.unitsRestocked += restocked;
    },
  });

/** A payment that names an item of which something was given up: what is open of it first, then the rest. */
const recover = (any: number, percent: number) =>
  command(`recover(${any}, ${percent} %)`, {
    of: ({ last }) =>
      choose(
        last.items.filter(({ givenUpMinor }) => givenUpMinor > 0),
        any,
      ),
    async run(company, { id, customerId, openMinor, givenUpMinor }, model) {
      const amountMinor = Math.max(1, Math.floor(((openMinor + givenUpMinor) * percent) / 100));
      await company.pay(customerId, amountMinor, [id]);
      model.moneyMinor.set(customerId, (model.moneyMinor.get(customerId) ?? 0) + amountMinor);
      const item = (await company.atRest()).items.find((one) => one.id === id)!;
      const recovered = Math.min(givenUpMinor, Math.max(0, amountMinor - openMinor));
      if (givenUpMinor - item.givenUpMinor !== recovered)
        throw new Error(`${recovered} of ${id} was recovered, and ${item.givenUpMinor} of ${givenUpMinor} is still given up`);
    },
  });

export const writeOff = (any: number, percent: number) =>
  command(`write off(${any}, ${percent} %)`, {
    of: (model) => choose(openItems(model), any),
    async run(company, { id, openMinor, disputedMinor, givenUpMinor }) {
      const amountMinor = Math.max(1, Math.floor((openMinor * percent) / 100));
      const isDone = await company.writeOff(id, amountMinor);
      if (isDone !== (disputedMinor === 0)) throw new Error(`${id} was ${isDone ? '' : 'not '}written off`);
      if (!isDone) return;
      const item = (await company.atRest()).items.find((one) => one.id === id)!;
      if (item.givenUpMinor !== givenUpMinor + amountMinor || item.openMinor !== openMinor - amountMinor)
        throw new Error(`${amountMinor} of ${id} was written off: ${item.openMinor} is open`);
    },
    moved: ({ id }) => ({ givenUp: [id] }),
  });

/** The bank takes all of it back or a part, or it was never theirs. What it had paid is open again, to the cent. */
const takeBack = (any: number, kind: 'bounce' | 'undo', percent = 100) =>
  command(`${kind}(${any}${percent === 100 ? '' : `, ${percent} %`})`, {
    of: ({ last }) =>
      choose(
        last.payments.filter(({ amountMinor, takenBackMinor }) => takenBackMinor < amountMinor),
        any,
      ),
    async run(company, { id, customerId, refundedMinor, takenBackMinor, paid, ...payment }, model) {
      const leftMinor = payment.amountMinor - takenBackMinor;
      const amountMinor = kind === 'undo' ? leftMinor : Math.max(1, Math.floor((leftMinor * percent) / 100));
      const isDone = await company.takeBack(id, kind, amountMinor);
      const may = kind === 'bounce' || (refundedMinor === 0 && takenBackMinor === 0);
      if (isDone !== may) throw new Error(`${id} was ${isDone ? '' : 'not '}taken back`);
      if (!isDone) return;
      model.moneyMinor.set(customerId, model.moneyMinor.get(customerId)! - amountMinor);
      const now = await company.atRest();
      const paidIds = [...new Set(paid.map(({ itemId }) => itemId))];
      const again = paidIds.map((itemId) => {
        const [after, before] = [now, model.last].map((of) => of.items.find((item) => item.id === itemId)!);
        const paidMinor = sum(paid.filter((part) => part.itemId === itemId).map((part) => part.amountMinor));
        const openAgainMinor = after!.openMinor - before!.openMinor;
        const givenUpAgainMinor = after!.givenUpMinor - before!.givenUpMinor;
        // Of what it had recovered as much as was taken back is given up again, before anything is open.
        const recoveredMinor = model.recovered.get(id)?.get(itemId) ?? 0;
        if (givenUpAgainMinor !== Math.min(recoveredMinor, openAgainMinor + givenUpAgainMinor))
          throw new Error(`${givenUpAgainMinor} of ${itemId} is given up again: ${id} had recovered ${recoveredMinor} of it`);
        model.recovered.get(id)?.set(itemId, recoveredMinor - givenUpAgainMinor);
        return { itemId, paidMinor, openAgainMinor, backMinor: openAgainMinor + givenUpAgainMinor };
      });
      const after = now.payments.find((one) => one.id === id)!;
      const refunds = (of: Snapshot) =>
        sum(of.items.filter((item) => item.customerId === customerId && item.isReturnedRefund).map((item) => item.grossMinor));
      const owedAgainMinor = refunds(now) - refunds(model.last);
      const takenMinor = payment.unappliedMinor - after.unappliedMinor + sum(again.map((one) => one.backMinor));
      if (takenMinor + owedAgainMinor !== amountMinor || after.takenBackMinor !== takenBackMinor + amountMinor)
        throw new Error(`${takenMinor} and ${owedAgainMinor} of ${id} were taken back, not ${amountMinor}`);
      const isAll = again.every(({ paidMinor, backMinor }) => backMinor === paidMinor) && after.unappliedMinor === 0;
      // What waits goes first, and what was refunded is asked for when nothing else is left.
      if (sum(again.map((one) => one.backMinor)) > 0 && after.unappliedMinor > 0) throw new Error(`${id} has money that waits`);
      if ((owedAgainMinor > 0 || amountMinor === leftMinor) && !isAll) throw new Error(`${id} has paid what is asked for again`);
      for (const { itemId, openAgainMinor } of again) {
        if (openAgainMinor === 0) continue;
        model.reopened.add(itemId);
        model.interrupted.add(itemId);
      }
    },
    moved: ({ paid }) => ({ givenUp: paid.map(({ itemId }) => itemId) }),
  });

const refund = (any: number, percent: number) =>
  command(`refund(${any}, ${percent} %)`, {
    of: ({ last }) =>
      choose(
        [
          ...last.payments.map((payment) => ({ ...payment, source: { paymentId: payment.id } })),
          ...last.creditNotes.map((note) => ({ ...note, source: { creditNoteId: note.id } })),
        ].filter(({ unappliedMinor }) => unappliedMinor > 0),
        any,
      ),
    async run(company, { source, customerId, unappliedMinor }, model) {
      const amountMinor = Math.max(1, Math.floor((unappliedMinor * percent) / 100));
      await company.refund(source, amountMinor);
      model.moneyMinor.set(customerId, (model.moneyMinor.get(customerId) ?? 0) - amountMinor);
    },
  });

export const openInvoices = (model: Expected) =>
  openItems(model).flatMap((item) => (item.shipmentId ? [{ ...item, shipmentId: item.shipmentId }] : []));

export const dispute = (any: number, units: number) =>
  command(`dispute(${any}, ${units})`, {
    of: (model) => choose(openInvoices(model), any),
    async run(company, { id, shipmentId, ...item }, model) {
      const left = model.unitsLeft(shipmentId);
      const isRaised = await company.dispute(id, units);
      const now = await company.atRest();
      const found = now.disputes.find(({ itemId }) => itemId === id);
      if (isRaised) {
        if (units > left || item.disputedMinor > 0) throw new Error(`${units} of ${left} units of ${id} are disputed`);
        model.claimed.set(found!.id, units);
        model.interrupted.add(id);
        const { disputedMinor } = now.items.find((one) => one.id === id)!;
        const asked = model.shipped.get(shipmentId)!.creditedMinor === 0 ? grossOf(units) : disputedMinor;
        // Tax rounds on every document of its own.
        if (Math.abs(disputedMinor - asked) > model.last.creditNotes.length || disputedMinor > item.openMinor)
          throw new Error(`${disputedMinor} of ${id} is disputed for ${units} units, of ${item.openMinor}`);
      } else {
        // A unit of which a few cents of net are left may be worth nothing, and one that is credited in full is.
        const isWorth = item.netMinor - model.creditedNetMinor(id) >= 12;
        const isLess = grossOf(units) + model.last.creditNotes.length < item.openMinor;
        if (units <= left && item.disputedMinor === 0 && isWorth && isLess)
          throw new Error(`${units} units of ${id} cannot be disputed`);
      }
    },
  });

export const uphold = (any: number) =>
  command(`uphold(${any})`, {
    of: ({ last }) => choose(last.disputes, any),
    async run(company, { id, itemId }, model) {
      const { shipmentId, netMinor } = model.last.items.find((item) => item.id === itemId)!;
      const units = model.claimed.get(id)!;
      const may = units <= model.unitsLeft(shipmentId!) && model.creditedNetMinor(itemId) < netMinor;
      const isUpheld = await company.uphold(id);
      // A few cents of net may be left of several units, and then one of them is worth nothing.
      if (isUpheld && !may) throw new Error(`${id} was upheld over ${units} units`);
      if (!isUpheld && may && model.shipped.get(shipmentId!)!.creditedMinor === 0) throw new Error(`${id} was not upheld`);
      if (isUpheld) model.shipped.get(shipmentId!)!.credited += units;
    },
  });

export const reject = (any: number) =>
  command(`reject(${any})`, {
    of: ({ last }) => choose(last.disputes, any),
    run: (company, { id }) => company.reject(id),
  });

/** By amount: so much of the net that is left of an invoice, whether it is open or paid. */
const credit = (any: number, percent: number) =>
  command(`credit(${any}, ${percent} %)`, {
    of: (model) =>
      choose(
        model.last.items.flatMap(({ id, shipmentId, netMinor }) => {
          const leftMinor = netMinor - model.creditedNetMinor(id);
          return shipmentId && leftMinor > 0 ? [{ id, shipmentId, leftMinor }] : [];
        }),
        any,
      ),
    async run(company, { id, shipmentId, leftMinor }, model) {
      const amountMinor = Math.max(1, Math.floor((leftMinor * percent) / 100));
      await company.credit(id, amountMinor);
      model.shipped.get(shipmentId)!.creditedMinor += amountMinor;
    },
  });

/** Items that are asked for and not promised already. */
export const promisable = (model: Expected) =>
  openItems(model).filter(
    (item) => askedMinor(item) > 0 && !model.last.promises.some(({ itemId, status }) => itemId === item.id && status === 'open'),
  );

/** Of one of them, a part or all of it. */
export const promise = (any: number, percent: number, days: number) =>
  command(`promise(${any}, ${percent} %, in ${days} days)`, {
    of: (model) => choose(promisable(model), any),
    async run(company, item, model) {
      await company.promise(item.id, Math.max(1, Math.floor((askedMinor(item) * percent) / 100)), days);
      model.interrupted.add(item.id);
      const now = await company.atRest();
      const given = now.promises.find(({ itemId, status }) => itemId === item.id && status === 'open')!;
      model.promised.set(given.id, new Map(now.payments.map((payment) => [payment.id, paidOf(payment, item.id)])));
    },
  });

const holdOff = (any: number, days: number) =>
  command(`hold off(${any}, ${days} days)`, {
    of: (model) =>
      choose(
        openItems(model).filter(({ id }) => !model.last.heldOff.includes(id)),
        any,
      ),
    async run(company, { id }, model) {
      await company.holdOff(id, days);
      model.interrupted.add(id);
    },
  });

export const receiveGoods = (where: number, quantity: number) =>
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

export const advance = (days: number) =>
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
      fc.tuple(any, fc.constantFrom(30, 100)).map((choice) => writeOff(...choice)),
      ...usual(
        2,
        fc.tuple(any, fc.constantFrom(50, 100, 120)).map((choice) => recover(...choice)),
      ),
      ...usual(
        2,
        fc.tuple(any, fc.constantFrom<'bounce' | 'undo'>('bounce', 'undo')).map((choice) => takeBack(...choice)),
      ),
      fc.tuple(any, fc.constantFrom(20, 60)).map(([one, percent]) => takeBack(one, 'bounce', percent)),
      fc.tuple(any, fc.constantFrom(40, 100)).map((choice) => refund(...choice)),
      ...usual(
        2,
        fc.tuple(any, fc.integer({ min: 1, max: 5 })).map((choice) => dispute(...choice)),
      ),
      ...usual(2, any.map(uphold)),
      any.map(reject),
      fc.tuple(any, fc.constantFrom(10, 50, 100)).map((choice) => credit(...choice)),
      ...usual(
        2,
        fc.tuple(any, fc.constantFrom(50, 100), fc.constantFrom(0, 2, 9)).map((choice) => promise(...choice)),
      ),
      fc.tuple(any, fc.constantFrom(1, 5, 12)).map((choice) => holdOff(...choice)),
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

/** Stories in which one thing is crossed by another, and chance brings them together too seldom. */
export function crossings(): Record<string, CompanyCommand[]> {
  const billed = [receiveGoods(0, 9), place(1, 6), pick(0, 0)];
  return {
    'a promise whose part payment bounced is kept by other money, or not at all': [
      ...billed,
      promise(0, 100, 2),
      pay(0, 40, 'it'),
      takeBack(0, 'bounce'),
      pay(0, 70, 'it'),
      advance(9),
    ],
    'a payment that had kept a promise bounces, and so does the one after it': [
      ...billed,
      advance(17),
      promise(0, 100, 2),
      pay(0, 100, 'it'),
      advance(1),
      takeBack(0, 'bounce'),
      promise(0, 50, 2),
      pay(0, 100, 'all'),
      takeBack(0, 'bounce'),
      advance(9),
    ],
    'an item is disputed, paid, open again, and its dispute rejected': [
      ...billed,
      dispute(0, 6),
      pay(0, 100, 'it'),
      advance(17),
      takeBack(0, 'undo'),
      reject(0),
      advance(9),
    ],
    'a dispute is upheld after its item was paid, and the payment bounces': [
      ...billed,
      dispute(0, 3),
      pay(0, 100, 'it'),
      uphold(0),
      takeBack(0, 'bounce'),
      applyCredit(0),
    ],
    'a disputed item is paid beyond what is asked for, credited by amount, and held off': [
      ...billed,
      dispute(0, 3),
      pay(0, 40, 'it'),
      credit(0, 50),
      takeBack(0, 'undo'),
      holdOff(0, 12),
      advance(17),
      reject(0),
      advance(3),
    ],
    'what was given up in part is recovered, bounces and is given up again, and is credited': [
      ...billed,
      advance(17),
      pay(0, 40, 'it'),
      writeOff(0, 30),
      takeBack(0, 'undo'),
      recover(0, 50),
      recover(0, 120),
      takeBack(1, 'bounce', 60),
      takeBack(1, 'bounce'),
      recover(0, 120),
      refund(0, 100),
      credit(0, 50),
    ],
    'the rest of a paid item is given up, its payment bounces, and so does what recovers the rest': [
      ...billed,
      pay(0, 40, 'it'),
      writeOff(0, 100),
      takeBack(0, 'bounce', 60),
      pay(0, 40, 'it'),
      takeBack(0, 'bounce'),
      takeBack(0, 'undo'),
      advance(17),
      recover(0, 120),
      takeBack(0, 'undo'),
      recover(0, 120),
      refund(0, 100),
    ],
    'an item that was open again is given up, and recovered by a credit note': [
      ...billed,
      pay(0, 100, 'it'),
      takeBack(0, 'bounce'),
      writeOff(0, 100),
      giveBack(0, 2, 50),
      credit(0, 100),
      giveBack(0, 4, 100),
    ],
    'money is applied, its rest refunded, and then it bounces in parts: what was refunded is owed, dunned and paid': [
      ...billed,
      pay(0, 130, 'it'),
      refund(0, 40),
      takeBack(0, 'undo'),
      takeBack(0, 'bounce', 60),
      takeBack(0, 'bounce'),
      advance(17),
      pay(0, 100, 'all'),
      credit(0, 10),
      refund(0, 100),
    ],
    'a part of what had paid two items bounces, and what had kept a promise stays': [
      ...billed,
      place(1, 2),
      pick(0, 0),
      promise(0, 50, 9),
      pay(0, 100, 'all'),
      takeBack(0, 'bounce', 20),
      takeBack(0, 'bounce', 60),
      advance(17),
    ],
  };
}

/** Tells one of them: every command must be possible when its turn comes. */
export async function tell(commands: readonly CompanyCommand[], model: Expected, company: Company): Promise<void> {
  for (const next of commands) {
    if (!next.check(model)) throw new Error(`${next.toString()} cannot be told`);
    await next.run(model, company);
  }
  await windUp(model, company);
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
