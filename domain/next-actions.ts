/**
 * Every next action: what will happen by itself, when, by which line of which policy, what would cancel it, and who is told. The instants
 * are those that the workflows and jobs wait for, or follow from the rules by which they set them. Requirement X5.
 */
import { type CreditPolicy, flaggedThrough } from './credit.ts';
import { type DunningBlock, whatStops } from './dunning.ts';
import { type Invoicing, runTakesBefore } from './invoice-run.ts';
import { type JobName, jobNames, nextDue, type PolicyRhythms, rhythmOf } from './jobs.ts';
import { formatMoney, sumMinor } from './money.ts';
import { renewedAfterSeconds } from './order-card.ts';
import { type CustomerReceivables, type ForecastStep, forecastReceivables, lapsesAt } from './receivable-forecast.ts';
import {
  addDays,
  fromMillis,
  type IsoDate,
  type IsoInstant,
  instantAt,
  later,
  localDate,
  plusSeconds,
  toMillis,
} from './time.ts';

/** Deadlines that stand in the database, each set by the transaction that began to wait; and what a job will find when it comes round. */
export const timerKinds = [
  'prepayment-deadline',
  'card-deadline',
  'choice-deadline',
  'credit-release-lapses',
  'card-hold-renewal',
  'pickup-cut-off',
  'delivery-expected',
  'requested-day',
  'production-due',
  'invoice-run',
  'unbilled-shipment',
  'discount-ends',
  'task-escalates',
  'task-due',
  'promise-ends',
  'hold-off-ends',
  'clock-due',
  'clock-lapses',
  'agreed-step',
  'draft-expires',
  'quote-expires',
  'approval-renewal',
  'approval-ends',
  'hold-override-ends',
  'statement',
] as const;
export type TimerKind = (typeof timerKinds)[number];
export const nextActionKinds = [...timerKinds, 'reminder', 'overdue', 'letter', 'collections', 'job'] as const;
export type NextActionKind = (typeof nextActionKinds)[number];

/** What comes next of an order itself and of its goods; the rest is about money that is owed. */
export const kindsOfOrders: readonly NextActionKind[] = [
  'prepayment-deadline',
  'card-deadline',
  'choice-deadline',
  'pickup-cut-off',
  'delivery-expected',
  'requested-day',
  'production-due',
  'task-escalates',
  'draft-expires',
  'quote-expires',
];

export const audiences = ['customer', 'sales', 'credit', 'warehouse', 'shipping', 'receivables', 'finance', 'admin'] as const;
export type Audience = (typeof audiences)[number];

/** What is known of a timer. It ends at an instant, or with a day; of what a job finds, `at` is the instant that it counts from. */
export interface Timer {
  kind: TimerKind;
  at: IsoInstant | null;
  on: IsoDate | null;
  /** When it was set, where the version of its policy is not kept beside it. */
  setAt: IsoInstant | null;
  policyVersion: number | null;
  record: string;
  customerId: string | null;
  orderId: string | null;
  invoiceId: string | null;
  details: {
    amountMinor?: number;
    currency?: string;
    carrier?: string;
    warehouseId?: string;
    sku?: string;
    quantity?: number;
    title?: string;
    taskKind?: string;
    role?: Audience;
    text?: string;
    invoicing?: Invoicing;
    number?: string;
  };
}

/** Where it is written that it happens then: a line of a policy, of a record that somebody decides about, or the rhythm of a job. */
export interface Basis {
  kind: 'policy' | 'record' | 'job';
  name: string;
  /** Of a policy. */
  version: number | null;
  /** A JSON pointer; null of a job. */
  path: string | null;
}

export interface NextAction {
  /** The same for as long as the action is the same. */
  key: string;
  at: IsoInstant;
  kind: NextActionKind;
  what: string;
  /** False: nothing is done by itself; it is a day that counts. */
  acts: boolean;
  record: string;
  customerId: string | null;
  orderId: string | null;
  invoiceIds: string[];
  by: Basis;
  cancelledBy: string[];
  /** What would put it off. */
  delayedBy: string[];
  told: readonly Audience[];
  /** As its customer reads it; null: it is ours. */
  forCustomer: { what: string; cancelledBy: string[] } | null;
}

export interface NextActionFacts {
  timers: readonly Timer[];
  receivables: readonly (CustomerReceivables & {
    customerId: string;
    /** Of each item: the orders that it bills. */
    ordersOf: ReadonlyMap<string, readonly string[]>;
  })[];
  /** Every version of the policies that deadlines are counted by. */
  versions: readonly { name: string; version: number; at: IsoInstant }[];
  credit: Pick<CreditPolicy, 'renewalNoticeDays' | 'cardAuthorisationDays'>;
  rhythms: PolicyRhythms;
  timeZone: string;
  now: IsoInstant;
}

/** Who wants to know: an order with what it is billed by, a customer, or the company, which has the jobs that concern all of its records. */
export type NextActionsOf = { orderId: string } | { customerId: string } | 'company';

/** What comes next, in order of time; nothing is before now: what is late and happens by itself happens at once. */
export function nextActions(facts: NextActionFacts, of: NextActionsOf): NextAction[] {
  const ofOrder = typeof of === 'object' && 'orderId' in of ? of.orderId : undefined;
  const actions = new Map<string, NextAction>();
  for (const timer of facts.timers) {
    const action = actionOfTimer(timer, facts);
    // Shipments of an order that one run bills are one action.
    if (action && !actions.has(action.key)) actions.set(action.key, action);
  }
  for (const customer of facts.receivables) {
    for (const step of forecastReceivables(customer, facts.now, facts.timeZone)) {
      const orders = [...new Set(step.items.flatMap(({ invoiceId }) => customer.ordersOf.get(invoiceId) ?? []))];
      if (ofOrder !== undefined && !orders.includes(ofOrder)) continue;
      const action = actionOfStep(step, customer, ofOrder ?? (orders.length === 1 ? orders[0]! : null));
      actions.set(action.key, action);
    }
  }
  const jobs = of === 'company' ? jobNames.flatMap((name) => actionOfJob(name, facts)) : [];
  return [...actions.values(), ...jobs].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

/** What lists are sorted and paged by. */
export const sortKey = ({ at, key }: Pick<NextAction, 'at' | 'key'>): string => `${at} ${key}`;

interface TimerRule {
  /** Absent: at the timer's instant, or as its day ends. */
  when?(timer: Timer, facts: NextActionFacts): IsoInstant | undefined;
  /** True of what happens by itself, even when it is late. */
  acts: boolean;
  by(timer: Timer): Omit<Basis, 'version'>;
  what(timer: Timer): string;
  cancelledBy: readonly string[];
  delayedBy?: readonly string[];
  told: readonly Audience[] | ((timer: Timer) => readonly Audience[]);
  forCustomer?(timer: Timer): { what: string; cancelledBy: string[] } | null;
}

const ofPolicy = (name: string, path: string) => () => ({ kind: 'policy', name, path }) as const;
const ofRecord = (path: string) => (timer: Timer) => ({ kind: 'record', name: timer.record, path }) as const;
const money = ({ details: { amountMinor, currency } }: Timer): string =>
  amountMinor === undefined || currency === undefined ? 'money' : formatMoney({ currency, amountMinor });

const cancelling = 'cancelling the order';
const timerRules: Record<TimerKind, TimerRule> = {
  'prepayment-deadline': {
    acts: true,
    by: ofPolicy('credit', '/prepaymentDays'),
    what: (timer) => `${timer.orderId} is cancelled, and its goods are let go: ${money(timer)} has not been paid in advance`,
    cancelledBy: ['payment of the whole amount', cancelling],
    delayedBy: ['an amendment, which asks for another amount until another day'],
    told: ['customer'],
    forCustomer: (timer) => ({
      what: `Pay ${money(timer)} in advance before this, or the order is cancelled`,
      cancelledBy: ['your payment of the whole amount', 'your cancelling the order'],
    }),
  },
  'card-deadline': {
    acts: true,
    by: ofPolicy('credit', '/anotherCardDays'),
    what: ({ orderId }) => `${orderId} is cancelled: no card has been accepted for it`,
    cancelledBy: ['another card that is accepted', cancelling],
    told: ['customer'],
    forCustomer: () => ({
      what: 'Give another card before this, or the order is cancelled',
      cancelledBy: ['another card that is accepted', 'your cancelling the order'],
    }),
  },
  'choice-deadline': {
    acts: true,
    by: ofPolicy('fulfilment', '/choiceBusinessDays'),
    what: ({ orderId }) => `${orderId} is cancelled: its customer has not chosen what becomes of it without the missing goods`,
    cancelledBy: ['the choice to wait, to take what is there, or to cancel', cancelling],
    told: ['customer'],
    forCustomer: () => ({
      what: 'Choose before this what becomes of the missing goods, or the order is cancelled',
      cancelledBy: ['your choice to wait, to take what is there, or to cancel'],
    }),
  },
  'credit-release-lapses': {
    acts: false,
    by: ofRecord('/expiresAt'),
    what: (timer) => `The one-off release of ${money(timer)} for ${timer.orderId} lapses: it needs room under the limit again`,
    cancelledBy: ['room under the limit, with which the order goes on', cancelling],
    told: [],
  },
  'card-hold-renewal': {
    when: ({ at }, { credit, rhythms, timeZone }) => {
      const from = plusSeconds(at!, renewedAfterSeconds(credit));
      return firstDueFrom('card-holds', from, { rhythms, timeZone });
    },
    acts: true,
    by: ofPolicy('credit', '/cardAuthorisationDays'),
    what: (timer) => `${money(timer)} is held on the card anew before its bank lets it go`,
    cancelledBy: ['an invoice that takes it', cancelling],
    told: [],
  },
  'pickup-cut-off': {
    when: ({ at }) => nextDue({ every: 'minute' }, at!, 'UTC'),
    acts: true,
    by: ({ details: { carrier, warehouseId } }) =>
      ({ kind: 'record', name: `pickup calendar of ${carrier} at ${warehouseId}`, path: '/cutOff' }) as const,
    what: ({ record: shipment, on, details: { carrier } }) =>
      `${shipment} has missed the pickup of ${carrier} on ${on}, and is planned onto the next one`,
    cancelledBy: ['goods issue by then', 'cancelling the shipment'],
    told: ['shipping'],
  },
  'delivery-expected': {
    acts: false,
    by: ({ details: { carrier, warehouseId } }) =>
      ({ kind: 'record', name: `pickup calendar of ${carrier} at ${warehouseId}`, path: '/transitDays' }) as const,
    what: ({ record: shipment, on }) => `${shipment} is expected to arrive on ${on}`,
    cancelledBy: ['its delivery', 'a pickup that it misses, with which it is expected later'],
    told: [],
    forCustomer: ({ on }) => ({ what: `Your goods are expected to arrive on ${on}`, cancelledBy: [] }),
  },
  'requested-day': {
    acts: false,
    by: ofRecord('/requestedOn'),
    what: ({ orderId, on }) => `${orderId} was asked for by ${on}: what arrives after that day is late`,
    cancelledBy: ['shipment of all of it', 'an amendment of the date', cancelling],
    told: [],
  },
  'production-due': {
    acts: false,
    by: ofRecord('/dueOn'),
    what: ({ record: request, on, details: { quantity, sku } }) => `${request}: ${quantity} of ${sku} are to be made by ${on}`,
    cancelledBy: ['their being finished', 'production’s cancelling them', cancelling],
    delayedBy: ['a later day that production names; then the customer is told'],
    told: [],
    forCustomer: ({ on, details: { quantity, sku } }) => ({
      what: `${quantity} of ${sku} are made for you by ${on}`,
      cancelledBy: [],
    }),
  },
  'invoice-run': {
    when: ({ at, details: { invoicing } }, { now, rhythms, timeZone }) =>
      runThatBills(invoicing!, at!, { now, rhythms, timeZone }),
    acts: true,
    by: ofRecord('/invoicing'),
    what: ({ orderId }) => `What ${orderId} has shipped and was not billed yet goes on the consolidated invoice of its period`,
    cancelledBy: ['a run by hand before it'],
    told: ['customer'],
    forCustomer: () => ({ what: 'Your shipments of the period are invoiced together', cancelledBy: [] }),
  },
  'unbilled-shipment': {
    acts: true,
    by: () => ({ kind: 'job', name: 'unbilled-shipments', path: null }) as const,
    what: ({ record: shipment }) => `${shipment} is flagged: it should have been invoiced by now`,
    cancelledBy: ['its invoice'],
    told: ['receivables'],
  },
  'discount-ends': {
    acts: false,
    by: ofRecord('/discounts'),
    what: (timer) => `The discount of ${money(timer)} on ${timer.invoiceId} ends with ${timer.on}`,
    cancelledBy: ['payment of the invoice less the discount'],
    told: [],
    forCustomer: (timer) => ({
      what: `Pay ${timer.invoiceId} by ${timer.on} and keep ${money(timer)} as a discount`,
      cancelledBy: ['your payment'],
    }),
  },
  'task-escalates': {
    acts: true,
    by: ({ details: { taskKind } }) =>
      taskKind === 'dispute'
        ? ({ kind: 'policy', name: 'corrections', path: '/disputeBusinessDays' } as const)
        : ({ kind: 'policy', name: 'credit', path: '/reviewBusinessDays' } as const),
    what: ({ record: task, details: { title } }) => `${task} goes to finance, because it has waited too long: ${title}`,
    cancelledBy: ['the decision that it asks for', 'whatever makes it pointless'],
    told: ['finance'],
    forCustomer: ({ details: { taskKind } }) => ({
      what: taskKind === 'dispute' ? 'Your dispute is to be answered by then' : 'Your credit is to be decided on by then',
      cancelledBy: [],
    }),
  },
  'task-due': {
    acts: false,
    by: ofRecord('/dueAt'),
    what: ({ record: task, details: { title } }) => `${task} is due: ${title}`,
    cancelledBy: ['finishing the task'],
    told: ({ details: { role } }) => (role ? [role] : []),
  },
  'promise-ends': {
    acts: true,
    by: ofPolicy('dunning', '/promises/graceDays'),
    what: (timer) => `${timer.record} is broken: ${money(timer)}, promised by ${timer.on}, has not come; letters go on`,
    cancelledBy: ['payment of the amount promised', 'settling its invoices', 'cancelling the promise'],
    told: ['customer', 'receivables'],
    forCustomer: (timer) => ({
      what: `You promised ${money(timer)} by ${timer.on}: letters go on from here if it has not come`,
      cancelledBy: ['your payment'],
    }),
  },
  'hold-off-ends': {
    acts: true,
    by: ofRecord('/untilOn'),
    what: ({ invoiceId }) => `Letters about ${invoiceId} go on: nobody holds them off any more`,
    cancelledBy: ['settling the invoice'],
    told: [],
  },
  'clock-due': {
    acts: true,
    by: ofPolicy('documentation', '/businessDays'),
    what: (timer) => `${timer.record}: somebody is told to find ${money(timer)} that may have come in`,
    cancelledBy: ['documenting the payment', 'finding that there is none'],
    told: ['receivables'],
  },
  'clock-lapses': {
    when: ({ at, details: { text } }) => lapsesAt({ dueAt: text!, blocksUntil: at! }),
    acts: true,
    by: ofPolicy('documentation', '/blockDays'),
    what: ({ record: clock }) => `${clock} keeps letters back no longer, though its money has not been found`,
    cancelledBy: ['documenting the payment', 'finding that there is none'],
    told: [],
  },
  'agreed-step': {
    when: ({ on }, { timeZone }) => instantAt(on!, '00:00', timeZone),
    acts: false,
    by: ofRecord('/nextStepOn'),
    what: ({ customerId, details: { text } }) => `The next step that was agreed with ${customerId}${text ? `: ${text}` : ''}`,
    cancelledBy: ['another contact', 'payment of all that is overdue'],
    told: ['receivables'],
  },
  'draft-expires': {
    acts: false,
    by: ofRecord('/validUntil'),
    what: ({ record: draft }) => `${draft} can be placed no longer`,
    cancelledBy: ['placing it', 'another last day'],
    told: [],
  },
  'quote-expires': {
    acts: false,
    by: ofRecord('/validUntil'),
    what: ({ record: quote }) => `${quote} can be accepted no longer, and its prices hold no longer`,
    cancelledBy: ['its customer’s accepting or declining it', 'another quote in its place'],
    told: [],
    forCustomer: ({ record: quote, on }) => ({
      what: `${quote} holds through ${on}: accept it by then`,
      cancelledBy: ['your accepting or declining it'],
    }),
  },
  'approval-renewal': {
    when: ({ at }, { now, credit, rhythms, timeZone }) => {
      // The first look whose notice reaches the end: no days are looked at before it can.
      const daysShort = Math.floor((toMillis(at!) - toMillis(flaggedThrough(now, credit, timeZone))) / dayMs) - 1;
      let look = firstDueFrom('approval-renewals', plusSeconds(now, Math.max(0, daysShort) * 86_400), { rhythms, timeZone });
      while (flaggedThrough(look, credit, timeZone) < at!) look = nextDue(rhythmOf('approval-renewals', rhythms), look, timeZone);
      return look;
    },
    acts: true,
    by: ofPolicy('credit', '/renewalNoticeDays'),
    what: ({ customerId }) => `Credit is asked to renew the approval of ${customerId}, which ends soon`,
    cancelledBy: ['setting the limit again', 'freezing the credit'],
    told: ['credit'],
  },
  'approval-ends': {
    acts: false,
    by: ofRecord('/expiresAt'),
    what: ({ customerId }) => `The credit approval of ${customerId} ends: its next order applies anew`,
    cancelledBy: ['setting the limit again'],
    told: [],
    forCustomer: () => ({ what: 'Your credit approval ends: your next order is decided on anew', cancelledBy: ['its renewal'] }),
  },
  'hold-override-ends': {
    acts: false,
    by: ofRecord('/throughOn'),
    what: ({ customerId }) => `Orders of ${customerId} pass its hold no longer`,
    cancelledBy: ['payment of what is overdue', 'ending the override before'],
    told: [],
  },
  statement: {
    when: (_, { now, rhythms, timeZone }) => nextDue(rhythmOf('statements', rhythms), now, timeZone),
    acts: true,
    by: ofRecord('/monthlyStatements'),
    what: ({ customerId }) => `${customerId} gets its statement of account of the month`,
    cancelledBy: ['its wish for none'],
    told: ['customer'],
    forCustomer: () => ({ what: 'Your statement of account of the month is sent to you', cancelledBy: [] }),
  },
};

function actionOfTimer(timer: Timer, facts: NextActionFacts): NextAction | undefined {
  const { when, acts, by, what, cancelledBy, delayedBy, told, forCustomer } = timerRules[timer.kind];
  const due = when ? when(timer, facts) : (timer.at ?? instantAt(addDays(timer.on!, 1), '00:00', facts.timeZone));
  if (due === undefined || (due < facts.now && !acts)) return undefined;
  const at = later(due, facts.now);
  const basis = by(timer);
  // Runs of one day over shipments of one order are one; what comes again each month, or by steps, is another one each time.
  const isRun = timer.kind === 'invoice-run';
  const isOneOfMany = isRun || timer.kind === 'statement' || timer.kind === 'discount-ends';
  const record = isRun ? timer.orderId! : timer.record;
  return {
    key: `${timer.kind}:${record}${isOneOfMany ? `:${localDate(at, facts.timeZone)}` : ''}`,
    at,
    kind: timer.kind,
    what: what(timer),
    acts,
    record,
    customerId: timer.customerId,
    orderId: timer.orderId,
    invoiceIds: timer.invoiceId === null ? [] : [timer.invoiceId],
    by: {
      ...basis,
      version: basis.kind === 'policy' ? (timer.policyVersion ?? versionThen(facts, basis.name, timer.setAt)) : null,
    },
    cancelledBy: [...cancelledBy],
    delayedBy: [...(delayedBy ?? [])],
    told: typeof told === 'function' ? told(timer) : told,
    forCustomer: timer.customerId === null ? null : (forCustomer?.(timer) ?? null),
  };
}

/** The version that was in force when the timer was set: a later one moves no deadline that stands. Null: by the newest, whenever it runs. */
function versionThen({ versions, now }: NextActionFacts, name: string, setAt: IsoInstant | null): number | null {
  const then = versions.filter((one) => one.name === name && one.at <= (setAt ?? now)).map(({ version }) => version);
  return then.length > 0 ? Math.max(...then) : null;
}

const dayMs = 86_400_000;

/** The first instant at or after `from` at which the job is due. */
function firstDueFrom(
  name: JobName,
  from: IsoInstant,
  { rhythms, timeZone }: Pick<NextActionFacts, 'rhythms' | 'timeZone'>,
): IsoInstant {
  return nextDue(rhythmOf(name, rhythms), fromMillis(toMillis(from) - 1), timeZone);
}

/** No period is longer. */
const periodDaysMaximum = 32;

/** The run that bills a shipment whose control passed then; undefined: it waits for none. */
function runThatBills(
  invoicing: Invoicing,
  passedAt: IsoInstant,
  { now, rhythms, timeZone }: Pick<NextActionFacts, 'now' | 'rhythms' | 'timeZone'>,
): IsoInstant | undefined {
  let run = nextDue(rhythmOf('invoice-runs', rhythms), later(passedAt, now), timeZone);
  for (let days = 0; days <= periodDaysMaximum; days += 1) {
    const before = runTakesBefore(invoicing, localDate(run, timeZone), timeZone);
    if (before !== undefined && passedAt < before) return run;
    run = nextDue(rhythmOf('invoice-runs', rhythms), run, timeZone);
  }
  return undefined;
}

const stepKinds = { reminder: 'reminder', overdue: 'overdue', dunning: 'letter', collections: 'collections' } as const;

const cancels: Record<string, string> = { payment: 'payment', 'credit-note': 'a credit note', 'write-off': 'a write-off' };
const delays: Record<DunningBlock, string> = {
  dispute: 'a dispute of what is asked for',
  promise: 'a promise to pay',
  'hold-off': 'holding it off',
  'candidate-payment': 'money that may be its payment',
};

function actionOfStep(step: ForecastStep, customer: NextActionFacts['receivables'][number], orderId: string | null): NextAction {
  const invoiceIds = step.items.map(({ invoiceId }) => invoiceId);
  const [first] = step.items as [ForecastStep['items'][number]];
  const about = invoiceIds.join(', ');
  const amount = formatMoney({ currency: first.currency, amountMinor: sumMinor(step.items.map(({ openMinor }) => openMinor)) });
  const { cancelledBy, skippedBy } = whatStops(step.kind);
  const isFinal = step.final ? ', the last before collections' : '';
  const words: Record<ForecastStep['kind'], { what: string; told: Audience[]; customer: string }> = {
    reminder: {
      what: step.tellsCustomer
        ? `The customer is reminded of ${amount} of ${about}, due ${first.dueOn}, and the invoice is reviewed`
        : `${about} is reviewed before ${amount} is due on ${first.dueOn}; no reminder, because the money may be there`,
      told: step.tellsCustomer ? ['customer', 'receivables'] : ['receivables'],
      customer: `You are reminded of ${amount} of ${about}, due ${first.dueOn}`,
    },
    overdue: {
      what: `${amount} of ${about} goes overdue: the account is flagged and on hold, and a contact task opens`,
      told: ['receivables'],
      customer: `Pay ${amount} of ${about} by ${first.dueOn}: after that it is overdue, and new orders wait for it`,
    },
    dunning: {
      what: `Letter of level ${step.level} about ${about}, ${amount}${isFinal}`,
      told: ['customer'],
      customer: `You get a letter about ${amount} of ${about}${isFinal}`,
    },
    collections: {
      what: `${amount} of ${about} is handed to collections`,
      told: ['receivables'],
      customer: `${amount} of ${about} is handed to collections`,
    },
  };
  const { what, told, customer: forCustomer } = words[step.kind];
  return {
    key: `${stepKinds[step.kind]}:${step.kind === 'dunning' ? customer.customerId : first.invoiceId}:${step.at}:${step.cause}`,
    at: step.at,
    kind: stepKinds[step.kind],
    what,
    acts: true,
    record: step.kind === 'dunning' ? customer.customerId : first.invoiceId,
    customerId: customer.customerId,
    orderId,
    invoiceIds,
    by:
      step.by === null
        ? { kind: 'record', name: first.invoiceId, version: null, path: '/dueOn' }
        : { kind: 'policy', name: step.by.policy.name, version: step.by.policy.version, path: step.by.path },
    cancelledBy: cancelledBy.map((cause) => cancels[cause] ?? cause),
    delayedBy: skippedBy.map((block) => delays[block]),
    told,
    forCustomer:
      step.kind === 'reminder' && !step.tellsCustomer
        ? null
        : { what: forCustomer, cancelledBy: ['your payment', 'a dispute of what is wrong with it'] },
  };
}

/** What those do that come round at a time of their own. What a job of every minute finds to do stands in the list itself, or is no record's. */
const jobsInWords: Record<JobName, { what: string; told: Audience[] } | null> = {
  'missed-pickups': null,
  'credit-reviews': null,
  'dispute-escalations': null,
  'dunning-pauses': null,
  'documentation-clocks': null,
  'unbilled-shipments': null,
  'simulated-tracking': null,
  'simulated-gateway': null,
  'audit-seals': null,
  'orders-mailbox': null,
  'edi-acknowledgements': null,
  manifests: null,
  'kept-months': null,
  'card-holds': { what: 'Amounts that cards have held for long are held anew', told: [] },
  'approval-renewals': { what: 'Approvals that end soon are flagged', told: ['credit'] },
  'invoice-runs': { what: 'Customers whose period has ended are invoiced', told: ['customer'] },
  'risk-scores': { what: 'Every customer’s chance of paying late is computed anew', told: [] },
  integrity: { what: 'The books are checked; what does not hold becomes a task', told: ['finance', 'admin'] },
  'workflow-check': { what: 'Open orders and items are held against the workflows that run', told: ['admin'] },
  statements: { what: 'Customers that want one get their statement of account', told: ['customer'] },
  'overdue-review': { what: 'All overdue accounts are reviewed', told: ['finance'] },
  'cash-forecast': { what: 'The forecast of cash is kept, to be held against what comes in', told: [] },
  'carrier-audit': { what: 'Carriers are held against their targets; a breach becomes a task', told: ['shipping'] },
};

/** The next time that a job comes round. */
function actionOfJob(name: JobName, { rhythms, timeZone, now }: NextActionFacts): NextAction[] {
  const rhythm = rhythmOf(name, rhythms);
  const words = jobsInWords[name];
  if (!words) return [];
  return [
    {
      key: `job:${name}`,
      at: nextDue(rhythm, now, timeZone),
      kind: 'job',
      what: words.what,
      acts: true,
      record: name,
      customerId: null,
      orderId: null,
      invoiceIds: [],
      by: { kind: 'job', name, version: null, path: null },
      cancelledBy: [],
      delayedBy: [],
      told: words.told,
      forCustomer: null,
    },
  ];
}
