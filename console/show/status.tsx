type Tone = 'good' | 'warn' | 'bad' | 'busy' | 'quiet';

/** By the words that records use for how they stand; a word that is not here is quiet. */
const tones: Record<string, Tone> = {
  asked: 'warn',
  answered: 'good',
  taken: 'good',
  parked: 'warn',
  failing: 'bad',
  'held-back': 'warn',
  missing: 'bad',
  paused: 'warn',
  up: 'good',
  delivered: 'good',
  holds: 'good',
  'does-not-hold': 'bad',
  proposed: 'warn',
  rejected: 'bad',
  disabled: 'bad',
  revoked: 'bad',
  active: 'good',
  enabled: 'good',
  pending: 'busy',
  'given-up': 'bad',
  settled: 'good',
  credited: 'good',
  finished: 'good',
  paid: 'good',
  closed: 'good',
  completed: 'good',
  accepted: 'good',
  kept: 'good',
  found: 'good',
  'credit-review': 'warn',
  'over-limit': 'warn',
  'waiting-for-payment': 'warn',
  'awaiting-prepayment': 'warn',
  'awaiting-card': 'warn',
  'awaiting-choice': 'warn',
  'back-ordered': 'warn',
  requested: 'warn',
  exception: 'warn',
  disputed: 'warn',
  sent: 'warn',
  awaited: 'warn',
  broken: 'bad',
  refused: 'bad',
  'not found': 'bad',
  overdue: 'bad',
  'on-hold': 'bad',
  suggested: 'warn',
  unmatched: 'warn',
  matched: 'good',
  done: 'good',
  cleared: 'good',
  issued: 'good',
  importing: 'busy',
  matching: 'busy',
  deposited: 'busy',
  bounced: 'bad',
  failed: 'bad',
  upheld: 'good',
  'partly-upheld': 'good',
  declined: 'bad',
  damaged: 'bad',
  lost: 'bad',
  returned: 'bad',
  undelivered: 'bad',
  denied: 'bad',
  frozen: 'bad',
  cancelled: 'bad',
  submitted: 'busy',
  'looked for': 'busy',
  'in-transit': 'busy',
  'picked-up': 'busy',
  'out-for-delivery': 'busy',
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
  claimed: 'busy',
};

/** Words of the API that people write otherwise than their parts. */
const spelled: Record<string, string> = {
  api: 'API',
  edi: 'EDI',
  'back-ordered': 'Back-ordered',
  'hold-off': 'Hold-off',
  'write-off': 'Write-off',
  'one-off-release': 'One-off release',
};

/** A word of the API as a heading or a label has it: 'over-limit' is 'Over limit'. */
export const inWords = (word: string): string =>
  spelled[word] ?? (word.charAt(0).toUpperCase() + word.slice(1)).replaceAll('-', ' ');

/** How a record stands: the word says it, the dot lets the eye find it. */
export function Status({ of }: { of: string }) {
  return (
    <span className="status" data-tone={tones[of] ?? 'quiet'}>
      {inWords(of)}
    </span>
  );
}
