/**
 * Orders that are paid by card: held when the order is accepted, taken when a shipment is invoiced. A gateway takes a held amount once,
 * in full or in part, and lets the rest go. What to ask it next follows from what was asked before; each request is written down before
 * it is made, so that one whose outcome nobody has heard is made again under its key. Requirements P1, C1.
 */
import type { PaymentTerms } from './invoice.ts';
import { addDays, type IsoInstant, instantAt, localDate, toMillis } from './time.ts';

/** The terms of an order that is paid by card: what could not be taken is due at once. */
export const cardTerms: PaymentTerms = { kind: 'due-on-receipt', days: 0 };

/** For credit policies that do not say. Gateways hold an amount for seven days. */
export const defaultAnotherCardDays = 3;
export const defaultCardAuthorisationDays = 6;

export interface CardAuthorisation {
  key: string;
  amountMinor: number;
  status: 'requested' | 'held' | 'declined' | 'capturing' | 'captured' | 'expired' | 'releasing' | 'released';
  /** Null: held for what is still to be invoiced. */
  invoiceId: string | null;
  heldAt: IsoInstant | null;
  code: string | null;
}

/** `hold` is a new authorisation, `ask-again` one whose outcome is not known. */
export type CardStep =
  | { next: 'hold'; amountMinor: number }
  | { next: 'ask-again' | 'capture' | 'release'; key: string }
  | { next: 'give-up'; code: string }
  | { next: 'nothing' };

/** For the acceptance of an order of this gross. One that was held for less, before the order was amended, is let go first. */
export function stepToAccept(authorisations: readonly CardAuthorisation[], grossMinor: number): CardStep {
  const unfinished = firstUnfinished(authorisations);
  if (unfinished) return unfinished;
  const held = authorisations.find(({ status }) => status === 'held');
  if (!held) return { next: 'hold', amountMinor: grossMinor };
  return held.amountMinor < grossMinor ? { next: 'release', key: held.key } : { next: 'nothing' };
}

/**
 * For an invoice with so much open. What is held and still good is taken, in part where it is more; what is too old or too little
 * gives way to an authorisation of this invoice's own, and after a no, or a second one that has lapsed, it is given up.
 */
export function stepToTake(
  authorisations: readonly CardAuthorisation[],
  { invoiceId, openMinor, at, validDays }: { invoiceId: string; openMinor: number; at: IsoInstant; validDays: number },
): CardStep {
  const own = authorisations.filter((each) => each.invoiceId === invoiceId);
  if (own.some(({ status }) => status === 'captured')) return { next: 'nothing' };
  const capturing = own.find(({ status }) => status === 'capturing');
  if (capturing) return { next: 'capture', key: capturing.key };
  const unfinished = firstUnfinished(own);
  if (unfinished) return unfinished;
  const ownHeld = own.find(({ status }) => status === 'held');
  if (openMinor === 0) return ownHeld ? { next: 'release', key: ownHeld.key } : { next: 'nothing' };
  const isGood = ({ amountMinor, heldAt }: CardAuthorisation) =>
    amountMinor >= openMinor && heldAt !== null && toMillis(at) - toMillis(heldAt) < validDays * 86_400_000;
  const held = ownHeld ?? authorisations.find((each) => each.status === 'held' && each.invoiceId === null);
  if (held) return { next: isGood(held) ? 'capture' : 'release', key: held.key };
  const declined = own.find(({ status }) => status === 'declined');
  if (declined) return { next: 'give-up', code: declined.code ?? 'declined' };
  if (own.filter(({ status }) => status === 'expired').length > 1) return { next: 'give-up', code: 'authorisation-expired' };
  return { next: 'hold', amountMinor: openMinor };
}

/**
 * For what of the order is still to be invoiced: the rest is held anew, once, and what nothing needs any more is let go. While an invoice
 * is still to be taken from the card (`untakenMinor`), what is held waits for it: whoever takes it asks again afterwards.
 */
export function stepForRest(authorisations: readonly CardAuthorisation[], restMinor: number, untakenMinor = 0): CardStep {
  const spare = authorisations.filter(({ invoiceId }) => invoiceId === null);
  const unfinished = firstUnfinished(spare);
  if (unfinished) return unfinished;
  const held = spare.find(({ status }) => status === 'held');
  if (restMinor === 0) return held && untakenMinor === 0 ? { next: 'release', key: held.key } : { next: 'nothing' };
  // A card that says no to the rest is asked again when there is something to take.
  return held || spare.at(-1)?.status === 'declined' ? { next: 'nothing' } : { next: 'hold', amountMinor: restMinor };
}

/**
 * For an amount that the gateway will not hold much longer, or holds no more, while goods of the order have not left: it is held anew, and
 * the old one let go only then. After a no the old one stays for as long as it lasts, and a person is told.
 */
export function stepToRenew(authorisations: readonly CardAuthorisation[], key: string, restMinor: number): CardStep {
  const spare = authorisations.filter(({ invoiceId }) => invoiceId === null);
  const position = spare.findIndex((each) => each.key === key);
  const old = spare[position];
  const newer = spare.slice(position + 1);
  if (!old || restMinor === 0 || !['held', 'expired', 'releasing'].includes(old.status)) return { next: 'nothing' };
  const unfinished = firstUnfinished([old, ...newer]);
  if (unfinished) return unfinished;
  if (newer.some(({ status }) => status === 'held')) {
    return old.status === 'held' ? { next: 'release', key } : { next: 'nothing' };
  }
  const last = newer.at(-1);
  if (last?.status === 'declined') return { next: 'give-up', code: last.code ?? 'declined' };
  return last ? { next: 'nothing' } : { next: 'hold', amountMinor: restMinor };
}

function firstUnfinished(authorisations: readonly CardAuthorisation[]): CardStep | undefined {
  const unfinished = authorisations.find(({ status }) => status === 'requested' || status === 'releasing');
  return unfinished && { next: unfinished.status === 'requested' ? 'ask-again' : 'release', key: unfinished.key };
}

/** How long an amount is held on a card before it is held anew: a day less than what is held can be taken. */
export const renewedAfterSeconds = ({
  cardAuthorisationDays = defaultCardAuthorisationDays,
}: {
  cardAuthorisationDays?: number | undefined;
}): number => (cardAuthorisationDays - 1) * 86_400;

/** The last local day on which another card may come, and the instant after it. */
export function anotherCardDue(at: IsoInstant, days: number, timeZone: string): IsoInstant {
  return instantAt(addDays(localDate(at, timeZone), days + 1), '00:00', timeZone);
}

const reasons: Record<string, string> = {
  insufficient_funds: 'there is not enough money on it, or its limit is reached',
  expired_card: 'it has expired',
  incorrect_cvc: 'its security code is wrong',
  lost_card: 'its bank does not accept it',
  stolen_card: 'its bank does not accept it',
  'authentication-required': 'its bank wants you to confirm the payment in person, which is not possible here',
  'authorisation-expired': 'its bank did not hold the amount for long enough',
  'no-gateway': 'we take no cards at the moment',
};

/** Why a card was declined, in words for its holder: what the gateway's words would give away to a thief stays with us. */
export const declineInWords = (code: string): string => reasons[code] ?? 'its bank has declined it, without saying why';
