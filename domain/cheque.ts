export const chequeStatuses = ['received', 'deposited', 'cleared', 'bounced'] as const;
export type ChequeStatus = (typeof chequeStatuses)[number];

/** What can happen to a cheque, and from where. */
export const chequeTransitions = {
  deposit: ['received'],
  clear: ['deposited'],
  bounce: ['deposited', 'cleared'],
} as const satisfies Record<string, readonly ChequeStatus[]>;
export type ChequeCommand = keyof typeof chequeTransitions;

export const mayMoveCheque = (status: ChequeStatus, command: ChequeCommand): boolean =>
  (chequeTransitions[command] as readonly ChequeStatus[]).includes(status);
