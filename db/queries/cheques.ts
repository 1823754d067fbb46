import type { ChequeStatus } from '../../domain/cheque.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Queryable } from '../client.ts';
import { filter, type Page } from './page.ts';

export interface Cheque {
  id: string;
  customerId: string;
  number: string;
  bank: string;
  currency: string;
  amountMinor: number;
  invoiceIds: string[];
  remittanceText: string | null;
  countsFrom: 'deposit' | 'clearing';
  status: ChequeStatus;
  receivedOn: IsoDate;
  depositedOn: IsoDate | null;
  clearedOn: IsoDate | null;
  bouncedOn: IsoDate | null;
  bounceReason: string | null;
  /** The receipt, once it counts as money. */
  paymentId: string | null;
}

export const chequeColumns = `id, customer_id AS "customerId", number, bank, currency, amount_minor AS "amountMinor",
  invoice_ids AS "invoiceIds", remittance_text AS "remittanceText", counts_from AS "countsFrom", status, received_on AS "receivedOn",
  deposited_on AS "depositedOn", cleared_on AS "clearedOn", bounced_on AS "bouncedOn", bounce_reason AS "bounceReason",
  payment_id AS "paymentId"`;

/** Newest first. */
export async function listCheques(
  db: Queryable,
  { customerId, status }: { customerId: string | undefined; status: ChequeStatus | undefined },
  page: Page,
): Promise<Cheque[]> {
  const { where, limit, values } = filter(
    { 'customer_id = ?': customerId, 'status = ?': status, 'id < ?': page.after },
    page.limit,
  );
  const { rows } = await db.query<Cheque>(`SELECT ${chequeColumns} FROM cheques ${where} ORDER BY id DESC ${limit}`, values);
  return rows;
}
