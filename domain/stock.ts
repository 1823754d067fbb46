/** Which stock an order takes, and what it costs. Whole units. Requirement F1, F3. */
import { multiplyMinor, shareMinor, sumMinor } from './money.ts';

export interface SkuQuantity {
  sku: string;
  quantity: number;
}

export interface StockLine extends SkuQuantity {
  lineNumber: number;
}

export interface WarehouseStock extends SkuQuantity {
  warehouseId: string;
}

export interface Reservation extends WarehouseStock {
  lineNumber: number;
}

export interface Shortage {
  lineNumber: number;
  sku: string;
  missing: number;
}

export interface ReservationPlan {
  outcome: 'reserved' | 'partial' | 'short';
  /** Sorted by SKU, warehouse and line: the order in which stock rows are locked. Empty when short. */
  reservations: Reservation[];
  shortages: Shortage[];
}

/** One entry per SKU, sorted: two lines of one SKU are one demand. */
export function sumDemand(lines: readonly SkuQuantity[]): SkuQuantity[] {
  const demand = new Map<string, number>();
  for (const { sku, quantity } of lines) demand.set(sku, sumMinor([demand.get(sku) ?? 0, quantity]));
  return [...demand].map(([sku, quantity]) => ({ sku, quantity })).sort((a, b) => compareText(a.sku, b.sku));
}

/** Among so many warehouses the fewest that serve an order are looked for one set at a time; among more, biggest share first is near enough. */
const warehousesCompared = 10;

/**
 * Plans what to reserve where, from the fewest warehouses that give all there is to have. Of those the one that covers most of the order
 * serves first, then the one that covers most of the rest, ties by warehouse id; lines are served by line number and share one
 * availability. A shortage without back-order, or nothing available at all, is 'short' and reserves nothing. With `warehouseOrder`,
 * warehouses serve in that order instead, each whatever it can: fewer kilometres, maybe more shipments.
 */
export function planReservation(input: {
  lines: readonly StockLine[];
  available: readonly WarehouseStock[];
  backOrderAllowed: boolean;
  warehouseOrder?: readonly string[] | undefined;
}): ReservationPlan {
  const place = new Map(input.warehouseOrder?.map((warehouseId, index) => [warehouseId, index]));
  const warehouseIds = [...new Set(input.available.map(({ warehouseId }) => warehouseId))].sort(
    (a, b) => (place.get(a) ?? place.size) - (place.get(b) ?? place.size) || compareText(a, b),
  );
  const bySteps = serve(input, warehouseIds);
  const fewer = input.warehouseOrder ? undefined : fewerWarehouses(input, warehouseIds, bySteps.reservations);
  const { reservations, open } = fewer ? serve(input, fewer) : bySteps;
  const shortages = open.map(({ lineNumber, sku, quantity }) => ({ lineNumber, sku, missing: quantity }));
  if (shortages.length > 0 && (!input.backOrderAllowed || reservations.length === 0)) {
    return { outcome: 'short', reservations: [], shortages };
  }
  return { outcome: shortages.length > 0 ? 'partial' : 'reserved', reservations: reservations.sort(byStockRow), shortages };
}

/**
 * Moving-average cost of the quantity taken out of `onHand` units worth `valueMinor`; taking all takes the whole value, so
 * no rounding remainder is left on an empty shelf. RangeError when more is taken than there is. Source: ERPNext, Moving Average.
 */
export function stockCost(input: { onHand: number; valueMinor: number; quantity: number }): number {
  const { onHand, valueMinor, quantity } = input;
  if (quantity < 0 || quantity > onHand) throw new RangeError(`cannot take ${quantity} of ${onHand} units`);
  return quantity === 0 ? 0 : shareMinor(valueMinor, quantity, onHand);
}

/**
 * What a count says against the books. Found units are worth the moving average of those on hand; on an empty shelf they need a
 * cost of their own, without which the answer is undefined. Source: ERPNext, Stock Reconciliation.
 */
export function countStock(input: {
  onHand: number;
  valueMinor: number;
  counted: number;
  unitCostMinor: number | undefined;
}): { kind: 'found' | 'lost'; quantity: number; valueMinor: number } | undefined {
  const { onHand, valueMinor, counted, unitCostMinor } = input;
  if (counted < onHand) {
    const quantity = onHand - counted;
    return { kind: 'lost', quantity, valueMinor: stockCost({ onHand, valueMinor, quantity }) };
  }
  const quantity = counted - onHand;
  if (quantity === 0) return { kind: 'found', quantity, valueMinor: 0 };
  if (onHand > 0) return { kind: 'found', quantity, valueMinor: shareMinor(valueMinor, quantity, onHand) };
  return unitCostMinor === undefined
    ? undefined
    : { kind: 'found', quantity, valueMinor: multiplyMinor(unitCostMinor, quantity) };
}

/** Units reserved for a shipment that nobody has picked yet, and how its order was promised. */
export interface Withdrawable {
  orderId: string;
  quantity: number;
  promisedOn: string;
  placedAt: string;
}

/**
 * Which reservations are taken back so that `units` of them are free again: the latest promise first, whole shipments, no more
 * than needed. Fewer units when there are no more.
 */
export function withdrawLatest<Candidate extends Withdrawable>(candidates: readonly Candidate[], units: number): Candidate[] {
  const latestFirst = [...candidates].sort(
    (a, b) => compareText(b.promisedOn, a.promisedOn) || compareText(b.placedAt, a.placedAt) || compareText(b.orderId, a.orderId),
  );
  let left = units;
  return latestFirst.filter(({ quantity }) => {
    if (left <= 0) return false;
    left -= quantity;
    return true;
  });
}

/** What these warehouses give, each in turn: the one with most for what is open, or with `warehouseOrder` the next that has anything. */
function serve(
  { lines, available, warehouseOrder }: Parameters<typeof planReservation>[0],
  warehouseIds: readonly string[],
): { reservations: Reservation[]; open: StockLine[] } {
  let open = [...lines].sort((a, b) => a.lineNumber - b.lineNumber);
  let left = [...warehouseIds];
  const reservations: Reservation[] = [];
  while (left.length > 0) {
    const offers = left.map((warehouseId) => offer(open, warehouseId, available));
    const best = warehouseOrder
      ? (offers.find((next) => next.length > 0) ?? [])
      : offers.reduce((most, next) => (units(next) > units(most) ? next : most));
    if (best.length === 0) break;
    reservations.push(...best);
    open = stillOpen(open, best);
    left = left.filter((_, index) => offers[index] !== best);
  }
  return { reservations, open };
}

/**
 * The smallest set of warehouses, the first by their ids, that gives as many units as were planned by steps, from fewer places; undefined
 * where there is none. Two are never too many: had one sufficed, it would have had most.
 */
function fewerWarehouses(
  { lines, available }: Parameters<typeof planReservation>[0],
  warehouseIds: readonly string[],
  planned: readonly Reservation[],
): string[] | undefined {
  const places = new Set(planned.map(({ warehouseId }) => warehouseId)).size;
  if (places <= 2) return undefined;
  const demand = sumDemand(lines);
  const free = new Map<string, number>();
  for (const { sku, warehouseId, quantity } of available) {
    const key = JSON.stringify([sku, warehouseId]);
    free.set(key, (free.get(key) ?? 0) + Math.max(0, quantity));
  }
  const offers = warehouseIds
    .map((warehouseId) => ({ warehouseId, units: demand.map(({ sku }) => free.get(JSON.stringify([sku, warehouseId])) ?? 0) }))
    .filter((one) => one.units.some((quantity) => quantity > 0));
  if (offers.length > warehousesCompared) return undefined;
  const wanted = units(planned);
  const covered = (set: typeof offers) =>
    sumMinor(demand.map(({ quantity }, index) => Math.min(quantity, sumMinor(set.map((one) => one.units[index]!)))));
  const find = (size: number, set: typeof offers, from: number): typeof offers | undefined => {
    if (set.length === size) return covered(set) === wanted ? set : undefined;
    for (let next = from; next <= offers.length - (size - set.length); next += 1) {
      const found = find(size, [...set, offers[next]!], next + 1);
      if (found) return found;
    }
    return undefined;
  };
  for (let size = 2; size < places; size += 1) {
    const found = find(size, [], 0);
    if (found) return found.map(({ warehouseId }) => warehouseId);
  }
  return undefined;
}

/** What one warehouse can give to the open lines. */
function offer(open: readonly StockLine[], warehouseId: string, available: readonly WarehouseStock[]): Reservation[] {
  const free = new Map(
    sumDemand(available.filter((stock) => stock.warehouseId === warehouseId)).map(({ sku, quantity }) => [sku, quantity]),
  );
  return open.flatMap(({ lineNumber, sku, quantity }) => {
    const taken = Math.min(quantity, free.get(sku) ?? 0);
    if (taken <= 0) return [];
    free.set(sku, (free.get(sku) ?? 0) - taken);
    return [{ lineNumber, sku, warehouseId, quantity: taken }];
  });
}

function stillOpen(open: readonly StockLine[], reserved: readonly Reservation[]): StockLine[] {
  const taken = new Map(reserved.map(({ lineNumber, quantity }) => [lineNumber, quantity]));
  return open
    .map((line) => ({ ...line, quantity: line.quantity - (taken.get(line.lineNumber) ?? 0) }))
    .filter(({ quantity }) => quantity > 0);
}

function units(reservations: readonly Reservation[]): number {
  return sumMinor(reservations.map(({ quantity }) => quantity));
}

function byStockRow(a: Reservation, b: Reservation): number {
  return compareText(a.sku, b.sku) || compareText(a.warehouseId, b.warehouseId) || a.lineNumber - b.lineNumber;
}

/** By code unit: the same order on every machine, and the one in which rows are locked. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
