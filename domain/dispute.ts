/** What a customer refuses to pay, and what may become of it. Requirement A5. */
export const disputeStatuses = ['open', 'upheld', 'partly-upheld', 'rejected', 'withdrawn'] as const;
export type DisputeStatus = (typeof disputeStatuses)[number];
