import { readFileSync } from 'node:fs';

/** Who does it: the name of one of the local stack's keys. */
export const people = [
  'sales',
  'credit',
  'credit-2',
  'warehouse',
  'shipping',
  'receivables',
  'finance',
  'finance-2',
  'admin',
] as const;
export type Person = (typeof people)[number];

interface When {
  /** Days after the story begins. */
  day: number;
  by: Person;
}

/** Something that a person does, or that is only waited for. */
export type Action = When &
  (
    | { do: 'order' /** The problem that must come back instead of an order. */; refused?: string }
    | { do: 'decide'; decision: 'approve' | 'deny' | 'release'; limitMinor?: number; reason: string }
    | { do: 'receive'; sku: string; quantity: number }
    | { do: 'pick'; short?: { lineNumber: number; pickedQuantity: number }[] }
    | { do: 'deliver' }
    | {
        do: 'resolve' /** What becomes of parcels that their carrier reports lost or damaged. */;
        decision: 'credit' | 'take-back';
        reason: string;
      }
    | { do: 'pay' /** Absent: all that is open. */; amountMinor?: number; pays?: 'order' | 'account' }
    | {
        do: 'promise' /** So much of what is open will be paid in so many days. */;
        amountMinor: number;
        inDays: number;
        note: string;
      }
    | { do: 'bounce' /** The bank takes the customer's last payment back. */; reason: string; feeMinor?: number }
    | { do: 'report'; task: string; note: string; result?: string }
    | { do: 'cancel'; reason: string }
    | { do: 'wait' }
  );

export interface OrderFile {
  title: string;
  story: string;
  /** As PUT /v1/customers/{id} takes it, with its id. */
  customer: { id: string; name: string; currency: string; [field: string]: unknown };
  /** A credit limit that was agreed before. */
  credit?: { limitMinor: number; reason: string };
  /** Unpaid items of the books before these. */
  openItems?: { reference: string; amountMinor: number; issuedDaysAgo: number; dueInDays: number }[];
  /** As PUT /v1/products/{sku} takes them, with their SKU and the goods that arrive first. */
  products: {
    sku: string;
    name: string;
    receive: { warehouseId: string; quantity: number; unitCostMinor: number };
    [field: string]: unknown;
  }[];
  /** As POST /v1/orders takes it. */
  order: { customerId: string; externalReference?: string; lines: { sku: string; quantity: number }[]; [field: string]: unknown };
  script: Action[];
  /** How the order must have ended. */
  ends: string;
}

/** What is wrong with the file, all of it, in words. */
export class FaultyFile extends Error {}

export function readOrderFile(path: string): OrderFile {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new FaultyFile(missing ? `There is no file ${path}.` : `${path} cannot be read: ${(error as Error).message}`);
  }
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch (error) {
    throw new FaultyFile(`${path} is not JSON: ${(error as Error).message}`);
  }
  const faults = orderFile(file, '');
  if (faults.length > 0)
    throw new FaultyFile([`${path} is not an order file:`, ...faults.map((fault) => `  ${fault}`)].join('\n'));
  return file as OrderFile;
}

/** Gives what is wrong with a value; the path leads to it. */
type Check = (value: unknown, path: string) => string[];

const test =
  (is: (value: unknown) => boolean, expected: string): Check =>
  (value, path) =>
    is(value) ? [] : [`${path || '/'}: ${value === undefined ? 'is missing; it must be' : 'must be'} ${expected}`];
const text = test((value) => typeof value === 'string' && value.trim() !== '', 'a text');
const whole = (minimum: number) =>
  test((value) => Number.isSafeInteger(value) && (value as number) >= minimum, `a whole number from ${minimum} up`);
const anyWhole = test(Number.isSafeInteger, 'a whole number');
const oneOf = (...values: readonly string[]) => test((value) => values.includes(value as string), `one of ${values.join(', ')}`);

const optional =
  (check: Check): Check =>
  (value, path) =>
    value === undefined ? [] : check(value, path);

const list =
  (check: Check, minimum = 1): Check =>
  (value, path) => {
    if (!Array.isArray(value) || value.length < minimum) return [`${path}: must be a list with at least ${minimum} in it`];
    return value.flatMap((item, index) => check(item, `${path}/${index}`));
  };

/** `open` lets further fields through: they are the API's to judge. */
const fields =
  (checks: Record<string, Check>, open = false): Check =>
  (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path || '/'}: must be an object`];
    const unknown = open ? [] : Object.keys(value).filter((name) => !(name in checks));
    return [
      ...Object.entries(checks).flatMap(([name, check]) => check((value as Record<string, unknown>)[name], `${path}/${name}`)),
      ...unknown.map((name) => `${path}/${name}: there is no such field`),
    ];
  };

const when = { day: whole(0), by: oneOf(...people) };
const reportable = oneOf('invoice-review', 'overdue-contact', 'shortage', 'collections');
const actions: Record<Action['do'], Record<string, Check>> = {
  order: { refused: optional(text) },
  decide: { decision: oneOf('approve', 'deny', 'release'), limitMinor: optional(whole(0)), reason: text },
  receive: { sku: text, quantity: whole(1) },
  pick: { short: optional(list(fields({ lineNumber: whole(1), pickedQuantity: whole(0) }))) },
  deliver: {},
  resolve: { decision: oneOf('credit', 'take-back'), reason: text },
  pay: { amountMinor: optional(whole(1)), pays: optional(oneOf('order', 'account')) },
  promise: { amountMinor: whole(1), inDays: whole(0), note: text },
  bounce: { reason: text, feeMinor: optional(whole(0)) },
  report: { task: reportable, note: text, result: optional(text) },
  cancel: { reason: text },
  wait: {},
};

const action: Check = (value, path) => {
  const kind = (value as { do?: unknown } | null)?.do;
  const known = typeof kind === 'string' && Object.hasOwn(actions, kind);
  if (!known) return oneOf(...Object.keys(actions))(kind, `${path}/do`);
  return fields({ do: text, ...when, ...actions[kind as Action['do']] })(value, path);
};

const shape = fields({
  title: text,
  story: text,
  customer: fields(
    {
      id: test(
        (id) => typeof id === 'string' && /^[A-Z0-9][A-Z0-9-]{0,29}$/.test(id),
        'capital letters, digits and hyphens, at most 30',
      ),
      name: text,
      currency: text,
    },
    true,
  ),
  credit: optional(fields({ limitMinor: whole(0), reason: text })),
  openItems: optional(list(fields({ reference: text, amountMinor: whole(1), issuedDaysAgo: whole(0), dueInDays: anyWhole }))),
  products: list(
    fields(
      {
        sku: text,
        name: text,
        receive: fields({ warehouseId: text, quantity: whole(1), unitCostMinor: whole(0) }),
      },
      true,
    ),
  ),
  order: fields({ customerId: text, lines: list(fields({ sku: text, quantity: whole(1) }, true)) }, true),
  script: list(action),
  ends: oneOf(
    'received',
    'credit-review',
    'over-limit',
    'waiting-for-payment',
    'back-ordered',
    'awaiting-choice',
    'in-fulfilment',
    'invoiced',
    'closed',
    'declined',
    'cancelled',
  ),
});

const orderFile: Check = (value, path) => {
  const faults = shape(value, path);
  return faults.length > 0 ? faults : contradictions(value as OrderFile);
};

/** What no single field can tell. */
function contradictions({ customer, products, order, script }: OrderFile): string[] {
  const skus = products.map(({ sku }) => sku);
  const named = [
    ...order.lines.map((line, index) => ({ sku: line.sku, path: `/order/lines/${index}/sku` })),
    ...script.flatMap((step, index) => (step.do === 'receive' ? [{ sku: step.sku, path: `/script/${index}/sku` }] : [])),
  ];
  return [
    ...(order.customerId === customer.id ? [] : [`/order/customerId: must be the customer above, ${customer.id}`]),
    ...named.filter(({ sku }) => !skus.includes(sku)).map(({ sku, path }) => `${path}: ${sku} is not among the products`),
    ...script.flatMap(({ day }, index) =>
      index > 0 && day < script[index - 1]!.day
        ? [`/script/${index}/day: comes before day ${script[index - 1]!.day} of the step above`]
        : [],
    ),
    ...(script.some((step) => step.do === 'order' && step.refused === undefined) ? [] : ['/script: nobody places the order']),
  ];
}
