export interface IncomingMail {
  /** The mail as it came; only its beginning when it is longer than the limit. */
  raw: Uint8Array;
  isTooLong: boolean;
}

/** The mailbox that customers send their orders to. */
export interface OrdersMailboxPort {
  /**
   * Gives unseen mails to `take`, oldest first, and marks each as seen once `take` has returned. One for which it throws stays
   * unseen, holds up no other, and its error is among those returned. Throws when the server cannot be reached or read.
   */
  takeUnseen(take: (mail: IncomingMail) => Promise<void>): Promise<Error[]>;
}
