import nodemailer from 'nodemailer';
import type { EmailPort } from '../email.ts';

/** Sends over SMTP. `url` as nodemailer reads it: smtp://user:password@host:port. */
export function createSmtp(url: string): EmailPort & { close(): void } {
  // TLS certificates are checked unless the url itself says otherwise; connections are kept and reused.
  const transport = nodemailer.createTransport(url, { pool: true } as never);
  return {
    async send(email) {
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
    },
    close: () => transport.close(),
  };
}
