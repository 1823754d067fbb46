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
  /** Throws MailRefused when the server will never take this mail; anything else that is thrown may pass. */
  send(email: Email): Promise<void>;
}

/** The mail server's final no to one mail, in its own words. */
export class MailRefused extends Error {
  override name = 'MailRefused';
}
