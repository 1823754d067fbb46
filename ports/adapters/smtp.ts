import nodemailer from 'nodemailer';
import { type EmailPort, MailRefused } from '../email.ts';

/** A 5xx about the recipient or the text. One about us (the log-in, the sender) would meet every mail until it is repaired. */
function isFinal(error: unknown): error is { response: string } {
  const { responseCode, command } = error as { responseCode?: number; command?: string };
  return responseCode !== undefined && responseCode >= 500 && (command === 'RCPT TO' || command === 'DATA');
}

/** Sends over SMTP. `url` as nodemailer reads it: smtp://user:password@host:port. */
export function createSmtp(url: string): EmailPort & { close(): void } {
  // TLS certificates are checked unless the url itself says otherwise; connections are kept and reused.
  const transport = nodemailer.createTransport(url, { pool: true } as never);
  return {
    async send(email) {
      try {
        await transport.sendMail({
          messageId: email.messageId,
          from: email.from,
          to: email.to,
          subject: email.subject,
          date: email.date,
          text: email.text,
          attachments: email.attachments.map((attachment) => ({
            filename: attachment.filename,
            contentType: attachment.contentType,
            content: Buffer.from(attachment.content),
          })),
        });
      } catch (error) {
        throw isFinal(error) ? new MailRefused(error.response) : error;
      }
    },
    close: () => transport.close(),
  };
}
