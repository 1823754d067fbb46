/** What a customer refuses to pay, and what may become of it. Requirement A5. */
export const disputeStatuses = ['open', 'upheld', 'partly-upheld', 'rejected', 'withdrawn'] as const;
export type DisputeStatus = (typeof disputeStatuses)[number];

/** What is answered stays answered, and while its correction waits for a second person there is nothing to answer anew. */
export const isToAnswer = ({ status, awaitsSecondPerson }: { status: DisputeStatus; awaitsSecondPerson: boolean }): boolean =>
  status === 'open' && !awaitsSecondPerson;
