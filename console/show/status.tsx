type Tone = 'good' | 'warn' | 'bad' | 'busy' | 'quiet';

/** By the words that records use for how they stand; a word that is not here is quiet. */
const tones: Record<string, Tone> = {
  delivered: 'good',
  settled: 'good',
  closed: 'good',
  completed: 'good',
  accepted: 'good',
  credited: 'good',
  kept: 'good',
  found: 'good',
  'credit-review': 'warn',
  'over-limit': 'warn',
  'waiting-for-payment': 'warn',
  'awaiting-prepayment': 'warn',
  'awaiting-card': 'warn',
  'awaiting-choice': 'warn',
  'back-ordered': 'warn',
  disputed: 'warn',
  sent: 'warn',
  awaited: 'warn',
  broken: 'bad',
  refused: 'bad',
  'not found': 'bad',
  declined: 'bad',
  cancelled: 'bad',
  requested: 'busy',
  submitted: 'busy',
  'looked for': 'busy',
  'in-transit': 'busy',
  'picked-up': 'busy',
  'out-for-delivery': 'busy',
  exception: 'warn',
  damaged: 'bad',
  lost: 'bad',
  received: 'busy',
  approved: 'busy',
  'in-fulfilment': 'busy',
  picking: 'busy',
  packing: 'busy',
  packed: 'busy',
  shipped: 'busy',
  invoiced: 'busy',
  open: 'busy',
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
