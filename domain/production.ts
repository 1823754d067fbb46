/** Goods that are made when they are ordered. Requirement F5. */
import { addBusinessDays, compareDates, type IsoDate, type IsoInstant, localDate } from './time.ts';

export const productionStatuses = ['requested', 'started', 'finished', 'cancelled'] as const;
export type ProductionStatus = (typeof productionStatuses)[number];

/** What can happen to a production request. */
const productionTransitions = {
  start: ['requested'],
  slip: ['requested', 'started'],
  finish: ['requested', 'started'],
  cancel: ['requested', 'started'],
} as const satisfies Record<string, readonly ProductionStatus[]>;
export type ProductionCommand = keyof typeof productionTransitions;

export const mayProduce = (status: ProductionStatus, command: ProductionCommand): boolean =>
  (productionTransitions[command] as readonly ProductionStatus[]).includes(status);

/** The day on which goods that are ordered to be made now can be picked: so many business days later, public holidays not counted. */
export function productionDueOn(order: {
  at: IsoInstant;
  leadDays: number;
  timeZone: string;
  closedOn?: ReadonlySet<IsoDate> | undefined;
}): IsoDate {
  const { at, leadDays, timeZone, closedOn } = order;
  return localDate(addBusinessDays(at, leadDays, timeZone, closedOn), timeZone);
}

/** How an order's goods are made: in so many business days; null: the product is made to order no more, and what is under way is all. */
export interface MadeToOrder {
  leadDays: number | null;
  /** Units that are being made for the order. */
  openUnits: number;
}

/** Whether missing units will not come from production. */
export const isNotMade = (made: MadeToOrder | undefined, missing: number): boolean =>
  made === undefined || (made.leadDays === null && missing > made.openUnits);

/** Whether goods will be made too late for the date that the customer asked for. */
export const missesRequested = (dueOn: IsoDate, requestedOn: IsoDate | null): boolean =>
  requestedOn !== null && compareDates(dueOn, requestedOn) > 0;

interface MadeLine {
  lineNumber: number;
  sku: string;
  missing: number;
}

interface Request {
  lineNumber: number;
  quantity: number;
  status: ProductionStatus;
}

/**
 * How many units of each missing line are yet to be ordered from production: what no open request makes already. A line whose
 * request production has cancelled is not made again; it is a shortage like any other. One that ended because its units were wanted
 * no more stands in nobody's way.
 */
export function unitsToMake<Line extends MadeLine>(
  shortages: readonly Line[],
  requests: readonly (Request & { withdrawn: boolean })[],
): { toMake: Line[]; inProduction: Line[]; otherwise: Line[] } {
  const toMake: Line[] = [];
  const inProduction: Line[] = [];
  const otherwise: Line[] = [];
  for (const line of shortages) {
    const own = requests.filter(({ lineNumber }) => lineNumber === line.lineNumber);
    if (own.some(({ status, withdrawn }) => status === 'cancelled' && !withdrawn)) {
      otherwise.push(line);
      continue;
    }
    const open = own.filter(({ status }) => mayProduce(status, 'finish')).reduce((sum, { quantity }) => sum + quantity, 0);
    inProduction.push(line);
    if (line.missing > open) toMake.push({ ...line, missing: line.missing - open });
  }
  return { toMake, inProduction, otherwise };
}

/**
 * The open requests of a line of which so many units are wanted no more, with what is left of each to be made: what nobody has begun
 * gives way first, and of that the latest. 0 ends a request. What is finished has been made.
 */
export function withdrawUnits<Open extends Request & { id: string }>(
  requests: readonly Open[],
  units: number,
): (Open & { left: number })[] {
  let toGo = Math.max(0, units);
  return requests
    .filter(({ status }) => mayProduce(status, 'finish'))
    .sort((a, b) => Number(b.status === 'requested') - Number(a.status === 'requested') || (a.id < b.id ? 1 : -1))
    .flatMap((request) => {
      const gone = Math.min(request.quantity, toGo);
      toGo -= gone;
      return gone > 0 ? [{ ...request, left: request.quantity - gone }] : [];
    });
}
