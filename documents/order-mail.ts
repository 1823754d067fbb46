import { CsvError, parse } from 'csv-parse/sync';
import PostalMime, { type Attachment } from 'postal-mime';
import { noNewOrder, printable, type ReadOrder, readOrderJson, readOrderTable, readOrderText } from '../domain/order-document.ts';

/** A mail that came to the orders' mailbox, and the order that is in it as far as it can be read. */
export interface OrderMail {
  /** The mail's own id; undefined when it has none. */
  messageId: string | undefined;
  /** The address that it says it is from, in lower case. */
  sender: string | undefined;
  subject: string;
  /** What the order was read from: the attachment's name, or 'body'. */
  readFrom: string;
  order: ReadOrder;
  /** The text that the order was read from, in whose lines its faults stand; '' for what is no text. */
  source: string;
  /** Attached instead of an order: an X12 interchange. */
  interchange?: Uint8Array | undefined;
}

const tables = ['text/csv', 'text/tab-separated-values', 'application/csv', 'application/vnd.ms-excel'];

/**
 * Reads a mail (RFC 822): the one CSV, JSON or X12 attachment, or else the lines of its body, where it is no answer to another. Never throws for what a stranger may send:
 * what cannot be read is in `order.faults`.
 */
export async function readOrderMail(raw: Uint8Array): Promise<OrderMail> {
  const mail = await PostalMime.parse(raw).catch(() => undefined);
  const nothing = { messageId: undefined, sender: undefined, subject: '', readFrom: 'body', source: '' };
  if (!mail) return { ...nothing, order: unreadable('mail', 'It is not a mail.') };
  const about = {
    messageId: mail.messageId && printable(mail.messageId),
    sender: mail.from?.address && printable(mail.from.address.toLowerCase()).slice(0, 320),
    subject: printable((mail.subject ?? '').slice(0, 200)),
  };
  const orders = mail.attachments.filter((attachment) => isTable(attachment) || isJson(attachment) || isX12(attachment));
  if (orders.length > 1) {
    return {
      ...about,
      readFrom: 'attachments',
      source: mail.text ?? '',
      order: unreadable('attachments', `It has ${orders.length} orders attached; send one.`),
    };
  }
  const [attachment] = orders;
  const body = mail.text ?? '';
  if (!attachment) {
    const order = readOrderText(body);
    const isInReply = Boolean(mail.inReplyTo?.trim() || mail.references?.trim());
    const no = noNewOrder({ subject: about.subject, text: body, isInReply });
    return { ...about, readFrom: 'body', order: no ? { ...order, faults: [no, ...order.faults] } : order, source: body };
  }
  const readFrom = printable(attachment.filename?.slice(0, 200) ?? 'attachment');
  if (isX12(attachment)) {
    return { ...about, readFrom, order: { lines: [], faults: [] }, source: '', interchange: bytesOf(attachment) };
  }
  const text = asText(attachment);
  const order =
    text === undefined
      ? unreadable('document', 'It is not UTF-8 text.')
      : isJson(attachment)
        ? readOrderJson(text)
        : readCsv(text);
  return { ...about, readFrom, order, source: text ?? '' };
}

const nameOf = ({ filename }: Attachment): string => (filename ?? '').toLowerCase();
const isJson = (attachment: Attachment): boolean =>
  attachment.mimeType === 'application/json' || nameOf(attachment).endsWith('.json');
const isTable = (attachment: Attachment): boolean =>
  tables.includes(attachment.mimeType) || /\.(csv|tsv)$/.test(nameOf(attachment));

const isX12 = (attachment: Attachment): boolean =>
  attachment.mimeType === 'application/edi-x12' || /\.(edi|x12|850)$/.test(nameOf(attachment));

const bytesOf = ({ content }: Attachment): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);

function asText(attachment: Attachment): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytesOf(attachment));
  } catch {
    return undefined;
  }
}

function readCsv(text: string): ReadOrder {
  try {
    const [header = ''] = text.split(/[\r\n]/, 1);
    const delimiter = [';', '\t'].find((candidate) => header.includes(candidate)) ?? ',';
    const options = { bom: true, delimiter, info: true, relax_column_count: true, skip_empty_lines: true };
    const records = parse(text, options) as unknown as { record: string[]; info: { lines: number } }[];
    return readOrderTable(records.map(({ record, info }) => ({ line: info.lines, fields: record })));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return unreadable('document', error.message.slice(0, 200));
  }
}

const unreadable = (field: string, detail: string): ReadOrder => ({
  lines: [],
  faults: [{ line: null, field, code: 'unreadable', detail }],
});
