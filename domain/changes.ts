/** What is new for each kind of work, by the actions of the audit log that tell of it. Requirement O5. */

const byWork = {
  sales: ['order-received', 'quote-accepted', 'quote-declined', 'document-parked', 'cancelled'],
  credit: ['credit-application-submitted', 'credit-review-opened', 'credit-approved', 'credit-denied', 'put-on-hold'],
  warehouse: ['released-to-warehouse', 'goods-received', 'pick-shortage', 'return-received'],
  shipping: ['packed', 'goods-issued', 'pickup-missed', 'shipment-undelivered'],
  receivables: [
    'payment-received',
    'payment-bounced',
    'overdue',
    'dispute-raised',
    'documentation-clock-started',
    'promise-broken',
  ],
  finance: [
    'payment-received',
    'put-on-hold',
    'hold-lifted',
    'hold-override-proposed',
    'write-off-proposed',
    'refund-requested',
    'period-closed',
    'period-reopened',
  ],
  admin: ['order-received', 'goods-issued', 'payment-received', 'overdue', 'job-failed', 'integrity-broken'],
} as const;

type Work = keyof typeof byWork;
export type ChangeKind = (typeof byWork)[Work][number];

export const changeKinds = [...new Set(Object.values(byWork).flat())] as [ChangeKind, ...ChangeKind[]];

/** Of all that somebody does, each once and the nearest to the money last; who may do everything is told of the whole. */
export function changesFor(roles: readonly string[]): ChangeKind[] {
  if (roles.includes('admin')) return [...byWork.admin];
  const works = Object.keys(byWork) as Work[];
  return [...new Set(works.filter((work) => roles.includes(work)).flatMap((work): readonly ChangeKind[] => byWork[work]))];
}
