import PostalMime, { type Attachment } from 'postal-mime';
import { printable } from '../domain/order-document.ts';

/** What a delivery status notification says of a mail that failed. */
export interface Bounce {
  /** Of the mail that did not arrive. */
  messageId: string;
  recipient: string | undefined;
  reason: string;
}

const isReport = /^multipart\/report\b/i;

/**
 * Reads a delivery status notification (RFC 3464): undefined for any other mail, for one that only says that a mail is late, and
 * for one that does not say which mail it is about.
 */
export async function readBounce(raw: Uint8Array): Promise<Bounce | undefined> {
  const mail = await PostalMime.parse(raw, { forceRfc822Attachments: true }).catch(() => undefined);
  const contentType = mail?.headers.find(({ key }) => key === 'content-type')?.value ?? '';
  if (!mail || !isReport.test(contentType)) return undefined;
  const status = mail.attachments.find(({ mimeType }) => mimeType === 'message/delivery-status');
  const original = mail.attachments.find(({ mimeType }) => /^(message\/rfc822|text\/rfc822-headers)$/.test(mimeType));
  if (!status || !original) return undefined;
  const report = unfolded(status);
  const messageId = field(unfolded(original).split(/\r?\n\r?\n/)[0]!, 'Message-ID');
  if (!messageId || field(report, 'Action')?.toLowerCase() !== 'failed') return undefined;
  const diagnostic = field(report, 'Diagnostic-Code') ?? field(report, 'Status') ?? 'it was returned';
  return {
    messageId,
    // 'rfc822; gone@customer.example': the type stands first.
    recipient: afterType(field(report, 'Final-Recipient') ?? field(report, 'Original-Recipient')),
    reason: afterType(diagnostic) ?? diagnostic,
  };
}

const unfolded = ({ content }: Attachment): string =>
  (typeof content === 'string' ? content : new TextDecoder().decode(new Uint8Array(content)))
    .slice(0, 100_000)
    .replaceAll(/\r?\n[ \t]+/g, ' ');

const field = (text: string, name: string): string | undefined => {
  const found = new RegExp(`^${name}:[ \\t]*(.+)$`, 'im').exec(text)?.[1];
  return found && printable(found.trim()).slice(0, 300);
};

const afterType = (value: string | undefined): string | undefined => value?.replace(/^[\w-]+;\s*/, '').trim() || undefined;
