type Tone = 'good' | 'warn' | 'bad' | 'busy' | 'quiet';

/** By the words that records use for how they stand; a word that is not here is quiet. */
const tones: Record<string, Tone> = {
  delivered: 'good',
  holds: 'good',
  'does-not-hold': 'bad',
  proposed: 'warn',
  rejected: 'bad',
  disabled: 'bad',
  revoked: 'bad',
  active: 'good',
  settled: 'good',
  credited: 'good',
  finished: 'good',
  paid: 'good',
  closed: 'good',
  completed: 'good',
  accepted: 'good',
  'credit-review': 'warn',
  'over-limit': 'warn',
  'waiting-for-payment': 'warn',
  'awaiting-prepayment': 'warn',
  'awaiting-card': 'warn',
  'awaiting-choice': 'warn',
  'back-ordered': 'warn',
  requested: 'warn',
  exception: 'warn',
  declined: 'bad',
  refused: 'bad',
  damaged: 'bad',
  lost: 'bad',
  returned: 'bad',
  undelivered: 'bad',
  denied: 'bad',
  frozen: 'bad',
  'on-hold': 'bad',
  cancelled: 'bad',
  received: 'busy',
  approved: 'busy',
  'in-fulfilment': 'busy',
  picking: 'busy',
  packing: 'busy',
  packed: 'busy',
  shipped: 'busy',
  invoiced: 'busy',
  open: 'busy',
  started: 'busy',
  filed: 'busy',
  'picked-up': 'busy',
  'in-transit': 'busy',
  'out-for-delivery': 'busy',
  claimed: 'busy',
};

export const inWords = (word: string): string => (word.charAt(0).toUpperCase() + word.slice(1)).replaceAll('-', ' ');

/** How a record stands: the word says it, the dot lets the eye find it. */
export function Status({ of }: { of: string }) {
  return (
    <span className="status" data-tone={tones[of] ?? 'quiet'}>
      {inWords(of)}
    </span>
  );
}
