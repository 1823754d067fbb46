/**
 * The documentation clock: how long money that may have come in has to be documented, and how long the letters to its payer wait for
 * that. Requirement P1.
 */
import { addBusinessDays, addDays, compareDates, type IsoDate, type IsoInstant, instantAt, localDate, toMillis } from './time.ts';

/** The written policy of money that has been announced or seen and is not documented as a payment yet. */
export interface DocumentationPolicy {
  name: 'documentation';
  version: number;
  /** How long we have; after that a person is told. Public holidays are those of the company's country, and of its region. */
  businessDays: number;
  holidayRegion: string | null;
  /** Calendar days from the start after which the payer gets letters again, documented or not. */
  blockDays: number;
  /** A customer whose word was not borne out cannot put letters off again by another word for so many days. */
  wordAgainAfterDays: number;
  /** When a cheque is money: when it is given to the bank, or when the bank has it. */
  chequesCountFrom: 'deposit' | 'clearing';
  chequeClearingBusinessDays: number;
}

export const defaultDocumentationPolicy: DocumentationPolicy = {
  name: 'documentation',
  version: 1,
  businessDays: 1,
  holidayRegion: null,
  blockDays: 5,
  wordAgainAfterDays: 30,
  chequesCountFrom: 'clearing',
  chequeClearingBusinessDays: 5,
};

/** What starts a clock. The last two are the customer's own word. */
export const clockSources = ['bank-line', 'cheque', 'remittance-advice', 'payment-claim'] as const;
export type ClockSource = (typeof clockSources)[number];
export const isWord = (source: ClockSource): boolean => source === 'remittance-advice' || source === 'payment-claim';

/** 'lapsed': the letters go on, the money is still looked for. 'rejected': a person found that there is none. */
export const clockStatuses = ['running', 'lapsed', 'documented', 'rejected'] as const;
export type ClockStatus = (typeof clockStatuses)[number];

export interface ClockTimes {
  startedAt: IsoInstant;
  /** From then on a person is to look for the money. */
  dueAt: IsoInstant;
  /** Until then no letter asks the payer for money. Equal to the start when it blocks nothing. */
  blocksUntil: IsoInstant;
}

export interface ClockStart {
  policy: Pick<DocumentationPolicy, 'businessDays' | 'blockDays'>;
  /** The instant that it is about; for a day, such as a bank line's value date, the close of business of that day. */
  start: { at: IsoInstant } | { on: IsoDate };
  /** Wall time at which the letters go out again. */
  letterTime: string;
  timeZone: string;
  closedOn: ReadonlySet<IsoDate>;
  /** Until when the customer's earlier words block that were not borne out; a further word blocks no longer than they. */
  earlierWords?: readonly IsoInstant[];
}

const closeOfBusiness = '17:00';

/** When a clock starts, when it is due, and how long it keeps letters back: never less than until it is due. */
export function startClock({ policy, start, letterTime, timeZone, closedOn, earlierWords = [] }: ClockStart): ClockTimes {
  const startedAt = 'at' in start ? start.at : instantAt(start.on, closeOfBusiness, timeZone);
  const dueAt = addBusinessDays(startedAt, policy.businessDays, timeZone, closedOn);
  const dueOn = localDate(dueAt, timeZone);
  const lastDay = addDays(localDate(startedAt, timeZone), policy.blockDays);
  const day = compareDates(lastDay, dueOn) < 0 ? dueOn : lastDay;
  const atLetterTime = instantAt(day, letterTime, timeZone);
  const own = toMillis(atLetterTime) < toMillis(dueAt) ? instantAt(addDays(day, 1), letterTime, timeZone) : atLetterTime;
  const shortest = earlierWords.reduce((least, until) => (toMillis(until) < toMillis(least) ? until : least), own);
  return { startedAt, dueAt, blocksUntil: toMillis(shortest) < toMillis(startedAt) ? startedAt : shortest };
}

/** What is known of money that is looked for. Null: nobody has said. */
export interface ExpectedMoney {
  currency: string;
  amountMinor: number | null;
  /** The day on which the payer says to have paid, or on which it was seen. */
  paidOn: IsoDate;
  reference: string | null;
  invoiceIds: readonly string[];
}

export interface RecordedMoney {
  currency: string;
  amountMinor: number;
  valueOn: IsoDate;
  externalReference: string | null;
  /** What it has paid, in part at least. */
  invoiceIds: readonly string[];
}

/** Banks and people differ by a few days about when something was paid. */
const datesApartDays = 3;

/**
 * Whether a payment is the money that was looked for: it bears its reference, or it comes to the same amount, not earlier, and for
 * none but the same invoices. What this cannot tell, a person links.
 */
export function isTheMoney(expected: ExpectedMoney, recorded: RecordedMoney): boolean {
  if (expected.currency !== recorded.currency) return false;
  const reference = plain(expected.reference ?? '');
  if (reference !== '' && reference === plain(recorded.externalReference ?? '')) return true;
  if (expected.amountMinor !== recorded.amountMinor) return false;
  if (compareDates(recorded.valueOn, addDays(expected.paidOn, -datesApartDays)) < 0) return false;
  const { invoiceIds } = recorded;
  return expected.invoiceIds.length === 0 || invoiceIds.length === 0 || expected.invoiceIds.some((id) => invoiceIds.includes(id));
}

const plain = (reference: string): string => reference.toUpperCase().replace(/[^A-Z0-9]/g, '');
