/**
 * The life of an order as data: documentation, guards, tests and the console's buttons are all read from these tables.
 * A shipment has its own life (picking, packing, packed, shipped, delivered), because one order may have several.
 */
export const orderStatuses = [
  'received',
  'credit-review',
  'over-limit',
  'waiting-for-payment',
  'awaiting-prepayment',
  'awaiting-card',
  'approved',
  'back-ordered',
  'awaiting-choice',
  'in-fulfilment',
  'shipped',
  'invoiced',
  'closed',
  'declined',
  'cancelled',
] as const;
export type OrderStatus = (typeof orderStatuses)[number];

export const stages = ['order', 'credit', 'fulfilment', 'invoicing', 'receivables', 'collections', 'done'] as const;
export type Stage = (typeof stages)[number];

export type ShipmentStatus = 'picking' | 'packing' | 'packed' | 'shipped' | 'delivered' | 'undelivered' | 'cancelled';

interface Transition<Status> {
  from: readonly Status[];
  to: Status;
  /** Told to people, in the present tense. */
  means: string;
}

const beforeApproval = ['received', 'credit-review', 'over-limit', 'waiting-for-payment'] as const;
const approvedUnshipped = ['approved', 'back-ordered', 'awaiting-choice', 'in-fulfilment'] as const;

/** What can happen to an order. A command that is not listed for the present status is refused. */
export const orderTransitions = {
  'send-to-credit-review': { from: beforeApproval, to: 'credit-review', means: 'waits for a credit analyst' },
  'find-over-limit': { from: beforeApproval, to: 'over-limit', means: 'waits for room under the credit limit' },
  'find-on-hold': {
    from: [...beforeApproval, 'approved', 'back-ordered', 'in-fulfilment'],
    to: 'waiting-for-payment',
    means: 'waits until the customer has paid what is overdue, or its credit is frozen no more',
  },
  'approve-credit': { from: beforeApproval, to: 'approved', means: 'credit is held; stock is next' },
  'ask-for-prepayment': {
    from: beforeApproval,
    to: 'awaiting-prepayment',
    means: 'waits for payment in advance, until a deadline',
  },
  'accept-prepayment': {
    from: ['received', 'awaiting-prepayment'],
    to: 'approved',
    means: 'it is paid in advance and needs no credit; stock is next',
  },
  'ask-for-card': {
    from: ['received'],
    to: 'awaiting-card',
    means: 'its card was declined; waits for another, until a deadline',
  },
  'accept-card': {
    from: ['received', 'awaiting-card'],
    to: 'approved',
    means: 'its amount is held on a card and it needs no credit; stock is next',
  },
  decline: { from: beforeApproval, to: 'declined', means: 'credit was refused; the order has ended' },
  'release-to-warehouse': {
    from: [...approvedUnshipped, 'waiting-for-payment'],
    to: 'in-fulfilment',
    means: 'stock is reserved and the warehouse works on it',
  },
  'back-order': {
    // From shipped: goods that were ours until they arrived have not arrived.
    from: ['approved', 'waiting-for-payment', 'back-ordered', 'awaiting-choice', 'in-fulfilment', 'shipped'],
    to: 'back-ordered',
    means: 'units are still owed and wait for stock',
  },
  'offer-choice': {
    from: ['approved', 'waiting-for-payment', 'in-fulfilment', 'back-ordered'],
    to: 'awaiting-choice',
    means: 'stock has failed it; the customer chooses, and silence cancels',
  },
  'ship-everything': {
    from: [...approvedUnshipped, 'waiting-for-payment'],
    to: 'shipped',
    means: 'every unit that was not cancelled has been shipped',
  },
  'invoice-everything': { from: ['shipped'], to: 'invoiced', means: 'everything shipped has been invoiced; payment is awaited' },
  close: { from: ['invoiced'], to: 'closed', means: 'every invoice of the order is settled' },
  cancel: {
    from: [...beforeApproval, 'awaiting-prepayment', 'awaiting-card', ...approvedUnshipped],
    to: 'cancelled',
    means: 'ended before anything was shipped; credit and stock were released',
  },
} as const satisfies Record<string, Transition<OrderStatus>>;
export type OrderCommand = keyof typeof orderTransitions;

/** What can happen to a shipment. */
export const shipmentTransitions = {
  pick: { from: ['picking'], to: 'packing', means: 'the lines were picked and confirmed' },
  pack: { from: ['packing'], to: 'packed', means: 'the goods are packed and wait for the carrier' },
  ship: { from: ['packed'], to: 'shipped', means: 'the goods have left with the carrier' },
  deliver: { from: ['shipped'], to: 'delivered', means: 'the customer has the goods' },
  'send-again': {
    from: ['shipped'],
    to: 'undelivered',
    means: 'under D-terms it was ours until it arrived, and it will not: its units are owed again',
  },
  cancel: { from: ['picking', 'packing', 'packed'], to: 'cancelled', means: 'cancelled before it left' },
} as const satisfies Record<string, Transition<ShipmentStatus>>;
export type ShipmentCommand = keyof typeof shipmentTransitions;

export const finalOrderStatuses: readonly OrderStatus[] = orderStatuses.filter((status) =>
  Object.values(orderTransitions).every((transition) => !(transition.from as readonly OrderStatus[]).includes(status)),
);

export const isFinal = (status: OrderStatus): boolean => finalOrderStatuses.includes(status);

export function mayOrder(status: OrderStatus, command: OrderCommand): boolean {
  return (orderTransitions[command].from as readonly OrderStatus[]).includes(status);
}

/** Whether lines, address and date can still be changed: as long as something may be left to ship. */
export const mayAmend = (status: OrderStatus): boolean => mayOrder(status, 'cancel');

export function mayShipment(status: ShipmentStatus, command: ShipmentCommand): boolean {
  return (shipmentTransitions[command].from as readonly ShipmentStatus[]).includes(status);
}

const stageByStatus: Record<OrderStatus, Stage> = {
  received: 'order',
  'credit-review': 'credit',
  'over-limit': 'credit',
  'waiting-for-payment': 'credit',
  'awaiting-prepayment': 'credit',
  'awaiting-card': 'credit',
  approved: 'fulfilment',
  'back-ordered': 'fulfilment',
  'awaiting-choice': 'fulfilment',
  'in-fulfilment': 'fulfilment',
  shipped: 'invoicing',
  invoiced: 'receivables',
  closed: 'done',
  declined: 'done',
  cancelled: 'done',
};

/** The stage of the process map that an order stands in; a receivable that went overdue moves it to collections. */
export function stageOf(status: OrderStatus, overdue = false): Stage {
  return status === 'invoiced' && overdue ? 'collections' : stageByStatus[status];
}

/** Whether goods may be kept for an order: reserved or made for it, or by its place in the line for stock, to which a held one comes back. */
export const mayKeepGoods = (status: OrderStatus): boolean =>
  stageOf(status) === 'fulfilment' || status === 'waiting-for-payment';

/** A line's quantities, each unit in exactly one of: shipped, cancelled, open. */
export interface LineQuantities {
  quantity: number;
  shippedQuantity: number;
  cancelledQuantity: number;
}

export const openQuantity = (line: LineQuantities): number => line.quantity - line.shippedQuantity - line.cancelledQuantity;
