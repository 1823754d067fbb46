import { pollOrdersMailbox } from '../../activities/orders-mailbox.ts';
import { openDatabase } from '../../db/client.ts';
import { createImapMailbox } from '../../ports/adapters/imap.ts';
import { createFailpoints } from './failpoints.ts';

/* One look into the orders' mailbox by a process that dies right after the first document has been committed. */
const { DATABASE_URL, ORDERS_IMAP_URL } = process.env as Record<string, string>;

const failpoints = createFailpoints();
failpoints.arm([{ name: 'a mail is taken, and not seen', at: 'INSERT INTO order_documents', about: '', when: 'after-commit' }]);
const database = failpoints.database(openDatabase({ url: DATABASE_URL!, role: 'throughline_worker' }));
await pollOrdersMailbox({ database, ordersMailbox: createImapMailbox(ORDERS_IMAP_URL!) });
