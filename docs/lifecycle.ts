import { readFileSync, writeFileSync } from 'node:fs';
import { defaultCreditPolicy } from '../domain/credit.ts';
import { defaultDunningPolicy, type PlanStep, planDunning } from '../domain/dunning.ts';
import { defaultFulfilmentPolicy } from '../domain/fulfilment.ts';
import {
  finalOrderStatuses,
  type OrderStatus,
  orderStatuses,
  orderTransitions,
  type ShipmentStatus,
  shipmentTransitions,
  stageOf,
  stages,
} from '../domain/order.ts';
import { type ReturnStatus, returnStatuses, returnTransitions } from '../domain/return.ts';
import { localDate } from '../domain/time.ts';

/*
 * Writes docs/lifecycle.md from the tables in domain/order.ts and domain/return.ts, and from the default policies. With --check it writes
 * nothing and fails when the page is not what it would write.
 */
const page = new URL('lifecycle.md', import.meta.url);

/** Who or what moves an order on. A status without a line here does not compile. */
const whoMovesIt: Record<OrderStatus, string> = {
  received:
    'The workflow asks for credit at once. An order that stays here has no worker, or no Temporal, to begin it; nothing is lost meanwhile.',
  'credit-review': `A \`credit-review\` task for the role credit, due after ${defaultCreditPolicy.reviewBusinessDays} business day; then the timer hands it to finance. A frozen customer's order waits here until somebody lifts the freeze. The decision is approve, with a limit (without one: just what this order needs), or deny.`,
  'over-limit': `An \`over-limit\` task for the role credit with the same timer. It ends when room appears (a payment, a cancelled order, a higher limit) or by a decision: approve sets a new limit, release lets this one order go beyond the limit (for 5 business days), deny ends the order and leaves the customer's standing alone; prepay turns it into an order that is paid in advance.`,
  'waiting-for-payment':
    "The customer was told by mail what is overdue. No task, no timer: every payment sends a hint, and the order goes on once what is overdue is not above the policy's minimum. The hold is looked for before credit is held and, again, at the release to the warehouse. An order that was paid in advance waits here for what of that its bank has taken back, and an accepted one of a customer whose credit is frozen, unless it is paid for, until somebody lifts the freeze.",
  'awaiting-prepayment': `The customer has a pro-forma with amount, reference and deadline (${defaultCreditPolicy.prepaymentDays} days). Money that quotes it goes to this order alone; once it is there in full the order goes on by itself, without any credit. At the deadline the order is cancelled, the customer is told, and what had come in waits as unapplied cash.`,
  'awaiting-card': `The bank has declined the order's card, and the customer was told why. It, or sales, gives another card until the deadline (${defaultCreditPolicy.anotherCardDays} days from the first refusal), which is tried at once; at the deadline the order is cancelled.`,
  approved: 'The workflow reserves stock in the same workflow task; nobody sees an order here for long.',
  'back-ordered':
    'Goods received, or stock and places in the line that other orders give up, send hints, oldest promise first; the order then asks for its stock again, and leaves to those before it what they are owed ([decision 46](decisions/0046-the-line-for-stock.md)). No timer. The open units can be cancelled.',
  'awaiting-choice': `The customer was told by mail what is missing and has ${defaultFulfilmentPolicy.choiceBusinessDays} business days to choose: wait for all of it, take what is there, or cancel. A timer runs; silence cancels what is open, before any billing. It keeps no goods from others meanwhile; when all of it turns up, the order goes on by itself.`,
  'in-fulfilment':
    'The warehouse confirms each shipment: picked, then packed, or both at once. Units not found at the pick are booked as a count loss and open a `shortage` task; the rest goes on where the customer takes back-orders, else the customer chooses what becomes of the order. What is not there yet is asked for when what is there has left, and stands in line meanwhile.',
  shipped: 'The invoice of the last shipment follows in the same workflow task.',
  invoiced:
    'Each invoice walks its plan (below) on one timer until it is paid. A payment sends a hint; the last one closes the order.',
  closed: 'Final: every invoice is settled.',
  declined: 'Final: the customer was told why, and that prepayment is welcome.',
  cancelled: 'Final: nothing was shipped; credit and stock were given back.',
};

const whoMovesShipment: Record<ShipmentStatus, string> = {
  picking: 'The warehouse picks and confirms; a line that is not named was picked in full.',
  packing: 'The warehouse packs and confirms.',
  packed:
    'The workflow books a carrier, for as long as the carrier takes to answer, then issues the goods. A carrier that refuses for good opens a `carrier-refused` task, and is asked again when a person says so.',
  shipped:
    'The customer gets the tracking number, and the invoice. Delivery is confirmed by the carrier, or by a person. Exceptions, damage, loss and returns are a `shipment-exception` task; what is sent back opens a return, and what is lost or damaged is credited or taken back by a person.',
  delivered: 'Final.',
  undelivered:
    'Final: under D-terms its goods were ours and will not arrive. Its units are owed again, and the order ships them anew.',
  cancelled: 'Final: its stock was given back. A carrier that had been booked meanwhile is cancelled.',
};

const whoMovesReturn: Record<ReturnStatus, string> = {
  requested:
    'The customer, or sales for it, has named lines of one shipment with units and reasons: no more than were shipped and are not returned yet. Sales approves or refuses; no timer.',
  approved:
    'The customer was told by mail to send the goods. A return that the carrier has caused begins here, without a request. The warehouse counts what arrives, line by line; what was lost or spoilt on its way is written off at once, and credited.',
  refused: 'Final: the customer was told why. Its units may be asked for again.',
  received: 'The warehouse inspects every unit that was counted: back on the shelf, or scrapped.',
  credited:
    'Final: in one transaction with the inspection, restocked units are on hand again at the cost at which they left, and a credit note over all units that came back took off the invoice what was open of it; what is beyond is the customer’s credit balance.',
  cancelled: 'Final: the customer keeps the goods. Its units may be asked for again.',
};

const whatHappens: Record<PlanStep['kind'], string> = {
  reminder: 'Mail to the customer; `invoice-review` task for receivables, due at the end of the business day.',
  overdue:
    'Item flagged, account on hold, stage `collections`; `overdue-contact` task with the script, due at the end of the business day.',
  dunning: 'Letter to the customer with every item that is due for a level, one letter a day at most.',
  collections: '`collections` task for receivables.',
};

type Transitions = Record<string, { from: readonly string[]; to: string; means: string }>;
interface Edge {
  from: string;
  to: string;
  command: string;
}

function diagram(states: readonly string[], transitions: Transitions, direction: 'TB' | 'LR'): string {
  const groups = findGroups(transitions);
  const groupName = (index: number) => `group${index + 1}`;
  const edges: Edge[] = [];
  for (const [command, { from, to }] of Object.entries(transitions)) {
    const left = new Set(from.filter((state) => state !== to));
    // Many states that go the same way are drawn as one box, unless the way leads into the box itself.
    for (const [index, group] of groups.entries()) {
      if (group.includes(to) || !group.every((state) => left.has(state))) continue;
      edges.push({ from: groupName(index), to, command });
      for (const state of group) left.delete(state);
    }
    edges.push(...[...left].map((state) => ({ from: state, to, command })));
  }
  const inGroups = new Set(groups.flat());
  const declare = (state: string, indent: string) => `${indent}state "${state}" as ${idOf(state)}`;
  const goesOn = new Set(Object.values(transitions).flatMap(({ from }) => from));
  return [
    '```mermaid',
    'stateDiagram-v2',
    `  direction ${direction}`,
    ...groups.flatMap((group, index) => [
      `  state "${groupTitle(group)}" as ${groupName(index)} {`,
      ...group.map((state) => declare(state, '    ')),
      ...edges
        .filter((edge) => group.includes(edge.from) && group.includes(edge.to))
        .map((edge) => `    ${idOf(edge.from)} --> ${idOf(edge.to)}`),
      '  }',
    ]),
    ...states.filter((state) => !inGroups.has(state)).map((state) => declare(state, '  ')),
    `  [*] --> ${idOf(states[0] ?? '')}`,
    ...edges
      .filter((edge) => !groups.some((group) => group.includes(edge.from) && group.includes(edge.to)))
      .map((edge) => `  ${idOf(edge.from)} --> ${idOf(edge.to)}: ${edge.command}`),
    ...states.filter((state) => !goesOn.has(state)).map((state) => `  ${idOf(state)} --> [*]`),
    '```',
  ].join('\n');
}

/** Sets of states that at least two commands leave together, the most common first, none sharing a state. */
function findGroups(transitions: Transitions): string[][] {
  const groups: string[][] = [];
  for (;;) {
    const taken = new Set(groups.flat());
    const counts = new Map<string, number>();
    for (const { from } of Object.values(transitions)) {
      const rest = from.filter((state) => !taken.has(state));
      if (rest.length > 2) counts.set(rest.join(' '), (counts.get(rest.join(' ')) ?? 0) + 1);
    }
    const [best] = [...counts].filter(([, count]) => count > 1).sort(([, left], [, right]) => right - left);
    if (!best) return groups;
    groups.push(best[0].split(' '));
  }
}

/** Only orders have groups; a box is named for the stages of what is in it. */
const groupTitle = (group: string[]): string =>
  [...new Set(orderStatuses.filter((status) => group.includes(status)).map((status) => stageOf(status)))].join(', ');

/** Mermaid reads a hyphen as the beginning of an arrow. */
const idOf = (state: string): string => state.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const code = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

function commands(transitions: Transitions): string {
  return table(
    ['command', 'from', 'to', 'means'],
    Object.entries(transitions).map(([command, { from, to, means }]) => [`\`${command}\``, code(from), `\`${to}\``, means]),
  );
}

function planTable(): string {
  const timeZone = 'Europe/Berlin';
  const plan = planDunning({
    policy: defaultDunningPolicy,
    invoiceId: 'INV-2027-000001',
    issuedOn: '2027-03-01',
    dueOn: '2027-03-31',
    termsDays: 30,
    timeZone,
  });
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
  return table(
    ['step', 'when', 'what happens'],
    plan.steps.map(({ step, kind, at }) => [
      `\`${step}\``,
      `${localDate(at, timeZone)} ${clock.format(new Date(at))}`,
      whatHappens[kind],
    ]),
  );
}

const text = `<!-- Written by docs/lifecycle.ts from domain/order.ts, domain/return.ts and the default policies. Do not edit. -->
# Life of an order

\`domain/order.ts\` holds the tables; \`moveOrder\` in \`db/statements/orders.ts\` is the only code that writes \`orders.status\`, and it
refuses what the table does not list. A command that changes nothing (back-ordered again) is allowed and left out of the drawing.

${diagram(orderStatuses, orderTransitions, 'TB')}

${commands(orderTransitions)}

Final: ${code(finalOrderStatuses)}.

Cancelling takes back only what has not been shipped. Before anything was shipped the order ends \`cancelled\`; after that it lives
on for the shipped part, and its status follows from its quantities: open units left, shipped, or invoiced.

## What people and timers do in each status

${table(
  ['status', 'stage', 'who or what moves it on'],
  orderStatuses.map((status) => [`\`${status}\``, stageOf(status), whoMovesIt[status]]),
)}

An order that is \`invoiced\` and has an overdue invoice stands in stage \`${stageOf('invoiced', true)}\` in PostgreSQL.
${unusedStages()}

## Shipments

An order has one shipment per warehouse and release; a back-order makes further ones. Each shipment has its own invoice.

${diagram(Object.keys(whoMovesShipment), shipmentTransitions, 'LR')}

${commands(shipmentTransitions)}

${table(
  ['status', 'who or what moves it on'],
  Object.entries(whoMovesShipment).map(([status, who]) => [`\`${status}\``, who]),
)}

## Returns

An order may have several returns (RMA), each of one shipment and its invoice; they need no workflow, so the goods of a closed order
come back the same way.

${diagram(returnStatuses, returnTransitions, 'LR')}

${commands(returnTransitions)}

${table(
  ['status', 'who or what moves it on'],
  returnStatuses.map((status) => [`\`${status}\``, whoMovesReturn[status]]),
)}

## An invoice's plan

The plan is made once, when the invoice is issued, from the dunning policy in force then, and its letters are judged by that version:
a later one touches later invoices only. With the default policy, an invoice of 1 March 2027, net 30, in ${'`Europe/Berlin`'}:

${planTable()}

Terms under ${2 * defaultDunningPolicy.reminderDaysAfterInvoice} days are reminded at half the term, terms due on receipt not at all. \`overdue\` falls on local midnight; the rest
comes at ${defaultDunningPolicy.letterTime} plus 0 to 9 minutes, by invoice number, so that a day's deadlines spread out. A letter raises an item by one level at
most, keeps ${defaultDunningPolicy.intervalDays} days' distance from the one before, and leaves out what the customer's unapplied cash
covers; that is looked at again when the letter is sent.
An item settled late gets an interest note: a debit item of its own, held by a \`receivableWorkflow\`, with a plan of its own.
`;

function unusedStages(): string {
  const used = new Set([
    ...orderStatuses.map((status) => stageOf(status)),
    ...orderStatuses.map((status) => stageOf(status, true)),
  ]);
  const unused = stages.filter((stage) => !used.has(stage));
  return unused.length > 0 ? `No status of an order maps to ${code(unused)}: that part of the way is told by its shipments.` : '';
}

if (process.argv.includes('--check')) {
  const written = readFileSync(page, 'utf8');
  if (written !== text) {
    console.error('docs/lifecycle.md is stale: run `node --import tsx docs/lifecycle.ts`.');
    process.exitCode = 1;
  }
} else {
  writeFileSync(page, text);
}
