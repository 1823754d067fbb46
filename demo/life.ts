import { setTimeout as sleep } from 'node:timers/promises';
import { day, doing, heading, isoDate, line, money, time } from './page.ts';
import type { Stack } from './stack.ts';

export interface Order {
  id: string;
  status: string;
  stage: string;
  currency: string;
  shipments: { id: string; status: string }[];
  invoices: { id: string; openMinor: number }[];
}

export interface OpenItem {
  id: string;
  kind: string;
  orderId: string | null;
  paymentReference: string;
  openMinor: number;
}

interface Account {
  currency: string;
  standing: string;
  limitMinor: number | null;
  exposureMinor: number;
  onHold: boolean;
  overdueMinor: number;
  openItems: OpenItem[];
}

interface Entry {
  sequence: number;
  at: string;
  actor: string;
  summary: string;
  reason: string | null;
}

interface Notice {
  key: string;
  kind: string;
  orderId: string | null;
  invoiceId: string | null;
  recipient: string;
  status: 'queued' | 'sent' | 'suppressed';
  at: string;
}

interface Page<Item> {
  items: Item[];
  next: string | null;
}

const dayMs = 86_400_000;
const hopMs = 7 * dayMs;
const settleSeconds = 20;
const pollMs = 150;

/** One customer and its one order while the story runs. */
export interface Life {
  readonly stack: Stack;
  readonly customerId: string;
  readonly timeZone: string;
  orderId: string | undefined;
  /** The company's now. */
  now(): Promise<string>;
  today(): Promise<string>;
  order(): Promise<Order>;
  account(): Promise<Account>;
  /** Moves the company's time to so many days after the beginning, and tells what happened on the way. */
  goTo(days: number): Promise<void>;
  /** Waits until the engine has nothing to do for the order; `until` adds what must have come about. */
  settle(until?: (order: Order) => boolean): Promise<void>;
  /** Heads the next part of the story: what somebody does now. */
  announce(who: string, what: string): Promise<void>;
  /** Tells what was written down since the last time, and where the order stands. */
  tellNews(): Promise<void>;
}

export async function beginLife(stack: Stack, customerId: string, timeZone: string): Promise<Life> {
  const clock = () => stack.get<{ at: string }>('/v1/local/clock');
  const startMs = Date.parse((await clock()).at);
  const path = `/v1/customers/${customerId}`;
  const told = new Set<string>();
  let toldDay = '';
  let toldTitle: string | undefined;
  let toldState = '';

  const all = async <Item>(listPath: string): Promise<Item[]> => {
    const items: Item[] = [];
    for (let after = ''; ; ) {
      const page = await stack.get<Page<Item>>(`${listPath}${listPath.includes('?') ? '&' : '?'}limit=200${after}`);
      items.push(...page.items);
      if (page.next === null) return items;
      after = `&after=${page.next}`;
    }
  };
  const timeline = () => all<Entry>(`${path}/timeline`);
  const notices = () => all<Notice>(`/v1/notices?customerId=${customerId}`);

  const life: Life = {
    stack,
    customerId,
    timeZone,
    orderId: undefined,
    now: async () => (await clock()).at,
    today: async () => isoDate((await clock()).at, timeZone),
    order: () => stack.get<Order>(`/v1/orders/${life.orderId}`),
    account: () => stack.get<Account>(`${path}/account`),

    async goTo(days) {
      const targetMs = startMs + days * dayMs;
      for (;;) {
        const nowMs = Date.parse(await life.now());
        if (nowMs >= targetMs) break;
        // In hops, so that what happens on the way is told as it happens.
        const to = new Date(Math.min(targetMs, nowMs + hopMs)).toISOString();
        doing(`… moving the company clock to ${day(to, timeZone)}`);
        await stack.post('/v1/local/clock/advance', { to }, 'admin');
        doing('');
        await life.settle();
        await tellEntries('Time passes');
      }
      if (toldTitle !== undefined) await tellState();
    },

    async announce(who, what) {
      const at = await life.now();
      toldDay = dayOf(at);
      heading(`${toldDay}: ${who} ${what}`);
    },

    async settle(until = () => true) {
      const deadline = Date.now() + settleSeconds * 1000;
      for (let before = -1; Date.now() < deadline; await sleep(pollMs)) {
        const entries = (await timeline()).length;
        const isQuiet = entries === before;
        before = entries;
        if (!isQuiet || (await notices()).some((notice) => notice.status === 'queued')) continue;
        if (life.orderId === undefined) return;
        const order = await life.order();
        if (isAtRest(order) && until(order)) return;
      }
    },

    async tellNews() {
      await tellEntries();
      await tellState();
    },
  };

  /** A day is named where the one before was another. */
  const dayOf = (at: string) => {
    const days = (Date.parse(isoDate(at, timeZone)) - Date.parse(isoDate(startMs, timeZone))) / dayMs;
    return `${day(at, timeZone)}, day ${days}`;
  };

  /** The heading stands only over something. */
  async function tellEntries(title?: string): Promise<void> {
    const entries = (await timeline()).map((entry) => ({
      key: `entry ${entry.sequence}`,
      at: entry.at,
      who: entry.actor,
      what: entry.summary,
      why: entry.reason,
    }));
    const letters = (await notices())
      .filter((notice) => notice.status !== 'queued')
      .map((notice) => ({ key: `notice ${notice.key}`, at: notice.at, who: 'mail', what: inWords(notice), why: null }));
    const news = [...entries, ...letters].filter(({ key }) => !told.has(key));
    news.sort((left, right) => Date.parse(left.at) - Date.parse(right.at));
    if (title && news.length > 0 && toldTitle !== title) heading(title);
    if (news.length > 0) toldTitle = title;
    for (const { key, at, who, what, why } of news) {
      told.add(key);
      if (dayOf(at) !== toldDay) line(dayOf(at));
      toldDay = dayOf(at);
      line(what, `    ${time(at, timeZone)}  ${who.padEnd(11)} `);
      if (why) line(why, ' '.repeat(23));
    }
  }

  async function tellState(): Promise<void> {
    const { currency, limitMinor, exposureMinor, onHold, overdueMinor, openItems } = await life.account();
    const openMinor = openItems.reduce((total, item) => total + item.openMinor, 0);
    const order = life.orderId ? await life.order() : undefined;
    const state = [
      order ? `${order.id} is ${order.status}, stage ${order.stage}` : 'no order yet',
      `open ${money(openMinor, currency)}`,
      `exposure ${money(exposureMinor, currency)}${limitMinor === null ? ', no limit yet' : ` of ${money(limitMinor, currency)}`}`,
      ...(onHold ? [`ON HOLD for ${money(overdueMinor, currency)}`] : []),
    ].join('; ');
    if (state !== toldState) line(state, '  → ');
    toldState = state;
  }

  return life;
}

/** Nothing is on its way from one status to the next, except what people have to do. */
function isAtRest({ status, shipments, invoices }: Order): boolean {
  if (['received', 'approved', 'shipped'].includes(status)) return false;
  if (shipments.some((shipment) => shipment.status === 'packed')) return false;
  return !(status === 'invoiced' && invoices.every(({ openMinor }) => openMinor === 0));
}

const names: Record<string, string> = {
  shipped: 'goods are on their way',
  invoice: 'invoice with its PDF',
  dunning: 'letter about what is overdue',
  'interest-note': 'interest note with its PDF',
  'payment-received': 'thanks for the payment',
  'payment-bounced': 'a payment was returned',
};

function inWords({ kind, status, recipient, invoiceId, orderId }: Notice): string {
  const about = invoiceId ?? orderId;
  const words = `${names[kind] ?? kind.replaceAll('-', ' ')}${about ? ` for ${about}` : ''}`;
  return status === 'suppressed' ? `not sent, because the money is there: ${words}` : `to ${recipient}: ${words}`;
}
