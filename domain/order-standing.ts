import { finalOrderStatuses, mayAmend, mayOrder, type OrderStatus, orderTransitions, type ShipmentStatus } from './order.ts';

/** What is known of an order when somebody asks where it stands. */
export interface StandingFacts {
  status: OrderStatus;
  /** For staff: what was written down when it came to wait. */
  statusReason: string | null;
  shipments: readonly { status: ShipmentStatus }[];
  invoices: readonly { status: 'open' | 'settled'; overdue: boolean }[];
  /** Whether its customer's credit is frozen. */
  creditFrozen: boolean;
  tasks: readonly { id: string; role: string; owner: string | null; dueAt: string | null }[];
  /** Neither paid by card nor with credit held for it: it can still be turned into payment in advance. */
  mayPrepay: boolean;
  /** When the order ends or is asked about by itself: a prepayment's, a card's or a choice's deadline. */
  deadlineAt: string | null;
}

export const laneStages = [
  'order',
  'credit',
  'fulfilment',
  'shipping',
  'invoicing',
  'receivables',
  'collections',
  'closed',
] as const;
export type LaneStage = (typeof laneStages)[number];
/** 'skipped': it ended before, or had no need of it. */
export type LaneState = 'done' | 'now' | 'ahead' | 'stopped' | 'skipped';

export const orderActions = ['amend', 'cancel', 'decide-credit', 'prepay', 'give-card', 'choose-shortage'] as const;
export type OrderAction = (typeof orderActions)[number];

interface Standing {
  lane: { stage: LaneStage; state: LaneState }[];
  /** In the words of the table of transitions. */
  means: string;
  reason: string | null;
  until: string | null;
  movedBy: { role: string; person: string | null; taskId: string | null }[];
}

const afterCredit: readonly OrderStatus[] = ['approved', 'back-ordered', 'awaiting-choice', 'in-fulfilment'];
const inWork: readonly ShipmentStatus[] = ['picking', 'packing', 'packed'];

/** The order on its way through the company: where it is, why it waits, until when, and who can move it (O5). */
export function standingOf(facts: StandingFacts): Standing {
  const open = [...facts.tasks].sort((a, b) => ((a.dueAt ?? '~') < (b.dueAt ?? '~') ? -1 : 1));
  return {
    lane: laneOf(facts),
    means: meansOf(facts.status),
    reason: facts.statusReason,
    until: facts.deadlineAt ?? open[0]?.dueAt ?? null,
    movedBy: [
      // Ours may have tasks about it too, and still it goes on only with the customer.
      ...(open.length === 0 || isCustomersMove(facts.status)
        ? moversOf(facts).map((role) => ({ role, person: null, taskId: null }))
        : []),
      ...open.map(({ id, role, owner }) => ({ role, person: owner, taskId: id })),
    ],
  };
}

/** Orders that go on only when their customer does something about them. */
export const waitingForCustomer = [
  'waiting-for-payment',
  'awaiting-prepayment',
  'awaiting-card',
  'awaiting-choice',
] as const satisfies readonly OrderStatus[];

const isCustomersMove = (status: OrderStatus) => (waitingForCustomer as readonly OrderStatus[]).includes(status);

/** Whose move it is where no task says so. */
const moversByStatus: Partial<Record<OrderStatus, readonly string[]>> = {
  ...Object.fromEntries(waitingForCustomer.map((status) => [status, ['customer']])),
  'in-fulfilment': ['warehouse'],
  invoiced: ['customer'],
};

function moversOf({ status, creditFrozen }: StandingFacts): readonly string[] {
  // No payment lifts a freeze.
  if (status === 'waiting-for-payment' && creditFrozen) return ['credit'];
  return moversByStatus[status] ?? [];
}

/** In the words of the table of transitions. */
export function meansOf(status: OrderStatus): string {
  if (status === 'received') return 'accepted; credit is next';
  return Object.values(orderTransitions).find(({ to }) => to === status)!.means;
}

/** What tells where on its way an order is. */
type LaneFacts = Pick<StandingFacts, 'status' | 'shipments' | 'invoices'>;

/** Its stages, and how it stands in each. */
export function laneOf(facts: LaneFacts): { stage: LaneStage; state: LaneState }[] {
  const at = laneStages.indexOf(whereIs(facts));
  const ended = facts.status === 'declined' || facts.status === 'cancelled';
  return laneStages.map((stage, index) => {
    if (facts.status === 'closed') return { stage, state: stage === 'collections' && !hasOverdue(facts) ? 'skipped' : 'done' };
    if (index < at) return { stage, state: 'done' };
    if (index === at) return { stage, state: ended ? 'stopped' : 'now' };
    return { stage, state: ended ? 'skipped' : 'ahead' };
  });
}

const hasOverdue = ({ invoices }: LaneFacts) => invoices.some(({ overdue }) => overdue);

function whereIs(facts: LaneFacts): LaneStage {
  const { status, shipments } = facts;
  if (status === 'received') return 'order';
  if (status === 'declined') return 'credit';
  if (status === 'closed') return 'closed';
  if (status === 'cancelled') return shipments.length > 0 ? 'fulfilment' : 'order';
  if (status === 'shipped') return 'invoicing';
  if (status === 'invoiced') return hasOverdue(facts) ? 'collections' : 'receivables';
  if (!afterCredit.includes(status)) return 'credit';
  const live = shipments.filter((shipment) => inWork.includes(shipment.status));
  return live.length > 0 && live.every((shipment) => shipment.status === 'packed') ? 'shipping' : 'fulfilment';
}

/** Who may do it at all; the contract's routes name the same roles, and a test holds both against each other. */
const buyers = ['buyer', 'sales', 'admin'];

export const rolesByAction: Record<OrderAction, readonly string[]> = {
  amend: buyers,
  cancel: buyers,
  'decide-credit': ['credit', 'finance', 'admin'],
  prepay: ['buyer', 'sales', 'credit', 'finance', 'admin'],
  'give-card': buyers,
  'choose-shortage': buyers,
};

/** What somebody with these roles can do to an order as it stands, by the table of transitions. */
export function actionsOn(
  { status, mayPrepay }: Pick<StandingFacts, 'status' | 'mayPrepay'>,
  roles: readonly string[],
): OrderAction[] {
  if (finalOrderStatuses.includes(status)) return [];
  const open: Record<OrderAction, boolean> = {
    amend: mayAmend(status),
    cancel: mayOrder(status, 'cancel'),
    'decide-credit': status === 'credit-review' || status === 'over-limit',
    prepay: mayPrepay && status !== 'received' && mayOrder(status, 'ask-for-prepayment'),
    'give-card': status === 'awaiting-card',
    'choose-shortage': status === 'awaiting-choice',
  };
  return orderActions.filter((action) => open[action] && rolesByAction[action].some((role) => roles.includes(role)));
}
