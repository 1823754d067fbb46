import type { Database } from '../../db/client.ts';
import { confirmPick } from '../../db/transactions/confirm-pick.ts';
import { holdCredit } from '../../db/transactions/hold-credit.ts';
import { issueGoods } from '../../db/transactions/issue-goods.ts';
import { issueInvoice } from '../../db/transactions/issue-invoice.ts';
import { receivePayment } from '../../db/transactions/receive-payment.ts';
import { releaseOrder } from '../../db/transactions/release-order.ts';
import { closeOrder } from '../../db/transactions/settle.ts';
import type { CarrierPort } from '../../ports/carrier.ts';
import { type NaiveActivities, parcel } from './activities.ts';

/** The naive program's activities with our own transactions in them: then only the way of using the engine differs. */
export function createActivitiesWithOurSql(database: Database, carrier: CarrierPort): NaiveActivities {
  const actor = { name: 'bench', verified: true };
  const now = () => new Date().toISOString();
  const shipmentOf = async (orderId: string): Promise<string> =>
    (await database.query<{ id: string }>('SELECT id FROM shipments WHERE order_id = $1', [orderId])).rows[0]!.id;
  return {
    async holdCredit({ orderId }) {
      await database.transaction((tx) => holdCredit(tx, { orderId, attempt: 1, at: now() }));
    },
    async reserveStock({ orderId }) {
      await database.transaction((tx) => releaseOrder(tx, { orderId, attempt: '1.1', at: now() }));
    },
    async ship({ orderId }) {
      const shipmentId = await shipmentOf(orderId);
      await database.transaction((tx) =>
        confirmPick(tx, { orderId, shipmentId, short: [], packed: true, eventId: 'packed', actor, at: now() }),
      );
      const booking = await carrier.book({ ...parcel, key: shipmentId });
      if ('refused' in booking) throw new Error(booking.refused.reason);
      await database.transaction((tx) => issueGoods(tx, { orderId, shipmentId, ...booking, at: now() }));
    },
    async invoice({ orderId }) {
      const shipmentId = await shipmentOf(orderId);
      await database.transaction((tx) => issueInvoice(tx, { orderId, shipmentId, at: now() }));
    },
    async settle({ orderId, customerId, grossMinor }) {
      const { rows } = await database.query<{ id: string }>('SELECT id FROM invoices WHERE order_id = $1', [orderId]);
      await database.transaction((tx) =>
        receivePayment(tx, {
          customerId,
          method: 'bank-transfer',
          currency: 'EUR',
          amountMinor: grossMinor,
          valueOn: now().slice(0, 10),
          invoiceIds: [rows[0]!.id],
          actor,
          at: now(),
          offsetMs: 0,
        }),
      );
      await database.transaction((tx) => closeOrder(tx, { orderId, at: now() }));
    },
  };
}
