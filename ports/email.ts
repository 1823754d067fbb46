export interface Email {
  /** The same message, sent again, carries the same id: a receiver drops the second one. */
  messageId: string;
  from: string;
  to: string;
  subject: string;
  /** When it was owed, by the company's clock. */
  date: string;
  text: string;
  attachments: { filename: string; contentType: string; content: Uint8Array }[];
}

export interface EmailPort {
  send(email: Email): Promise<void>;
}
