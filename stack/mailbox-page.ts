import type { Message, MessageWithBody } from './mailbox.ts';

export function listPage(messages: Message[]): string {
  const rows = messages.slice(0, 500).map(
    (message) => `<tr>
      <td><time>${escapeHtml(message.date ?? message.receivedAt)}</time></td>
      <td>${escapeHtml(message.to.join(', '))}</td>
      <td><a href="/view/${message.id}">${escapeHtml(message.subject || '(no subject)')}</a>${deliveries(message)}</td>
      <td>${message.attachments.map(({ filename }) => escapeHtml(filename)).join(', ')}</td>
    </tr>`,
  );
  const empty = '<p>No mail yet. Everything that the local stack sends arrives here and goes nowhere else.</p>';
  const table = `<table>
    <thead><tr><th>Date</th><th>To</th><th>Subject</th><th>Attachments</th></tr></thead>
    <tbody>${rows.join('')}</tbody>
  </table>`;
  const older = messages.length > rows.length ? `<p>The newest ${rows.length} of ${messages.length}.</p>` : '';
  return page(
    'Mailbox',
    `<h1>Mailbox</h1>${messages.length === 0 ? empty : table}${older}`,
    '<meta http-equiv="refresh" content="5">',
  );
}

export function messagePage(message: MessageWithBody): string {
  const attachments = message.attachments.map(
    ({ filename, size }, number) =>
      `<li><a href="/messages/${message.id}/attachments/${number}">${escapeHtml(filename)}</a> (${Math.ceil(size / 1024)} kB)</li>`,
  );
  const body = message.html
    ? `<iframe sandbox title="Message" srcdoc="${escapeHtml(message.html)}"></iframe>`
    : `<pre>${escapeHtml(message.text ?? '')}</pre>`;
  return page(
    message.subject,
    `<p><a href="/">← Mailbox</a></p>
    <h1>${escapeHtml(message.subject || '(no subject)')}${deliveries(message)}</h1>
    <dl>
      <dt>From</dt><dd>${escapeHtml(message.from)}</dd>
      <dt>To</dt><dd>${escapeHtml(message.to.join(', '))}</dd>
      <dt>Date</dt><dd>${escapeHtml(message.date ?? '')}</dd>
      <dt>Received</dt><dd>${escapeHtml(message.receivedAt)}</dd>
      <dt>Message-ID</dt><dd>${escapeHtml(message.messageId)}</dd>
    </dl>
    ${attachments.length > 0 ? `<ul>${attachments.join('')}</ul>` : ''}
    ${body}`,
  );
}

const deliveries = (message: Message) => (message.deliveries > 1 ? ` <small>delivered ${message.deliveries} times</small>` : '');

const page = (title: string, body: string, head = '') => `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <title>${escapeHtml(title)} · Throughline mailbox</title>
  ${head}
  <style>
    :root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
    body { margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
    table { border-collapse: collapse; width: 100%; }
    th, td { border-bottom: 1px solid #8884; padding: 0.4rem 0.6rem; text-align: left; vertical-align: top; }
    td:first-child { white-space: nowrap; }
    dl { display: grid; gap: 0.1rem 1rem; grid-template-columns: max-content 1fr; }
    dd { margin: 0; overflow-wrap: anywhere; }
    pre { border: 1px solid #8884; overflow-wrap: anywhere; padding: 1rem; white-space: pre-wrap; }
    iframe { background: white; border: 1px solid #8884; height: 70vh; width: 100%; }
    small { background: #f0a03040; border-radius: 0.3rem; font-size: 0.75rem; font-weight: normal; padding: 0.1rem 0.4rem; }
  </style>
</head>
<body>${body}</body>
</html>`;

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character]!);
