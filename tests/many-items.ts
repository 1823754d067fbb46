import type { Transaction } from '../db/client.ts';
import { nextInvoiceNumbers } from '../db/statements/invoices.ts';
import { bookAll } from '../db/statements/ledger.ts';
import { receivableWorkflowId } from '../domain/ids.ts';
import { paymentReference } from '../domain/invoice.ts';
import { openingReceivable } from '../domain/ledger.ts';

export interface ManyItem {
  customerId: string;
  amountMinor: number;
  /** Absent: as all the others. */
  dueOn?: string | undefined;
}

const atOnce = 1_000;

/** Thousands of debit items from the system before this one, in a few statements; nobody walks their plans. Gives their numbers. */
export async function takeOverMany(
  tx: Transaction,
  wanted: ManyItem[],
  { issuedOn, dueOn, at }: { issuedOn: string; dueOn: string; at: string },
): Promise<string[]> {
  const ids = await nextInvoiceNumbers(tx, 'opening-item', Number(at.slice(0, 4)), wanted.length);
  const items = wanted.map((item, index) => ({ id: ids[index]!, ...item }));
  for (let from = 0; from < items.length; from += atOnce) {
    const some = items.slice(from, from + atOnce);
    await tx.query(
      `INSERT INTO invoices (id, kind, customer_id, payment_reference, currency, net_minor, tax_minor, gross_minor, open_minor, issued_on,
         due_on, dunning_policy_version, plan, holder_workflow_id, facts, at)
       SELECT i.id, 'opening-item', i.customer_id, i.reference, 'EUR', i.minor, 0, i.minor, i.minor, $1, coalesce(i.due_on, $2), 1,
         '{"policyVersion": 1, "steps": []}', i.holder, '{"reference": "OLD"}', $3
       FROM unnest($4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[], $9::date[])
         AS i (id, customer_id, reference, minor, holder, due_on)`,
      [
        issuedOn,
        dueOn,
        at,
        some.map(({ id }) => id),
        some.map(({ customerId }) => customerId),
        some.map(({ id }) => paymentReference(id)),
        some.map(({ amountMinor }) => amountMinor),
        some.map(({ id }) => receivableWorkflowId(id)),
        some.map((item) => item.dueOn),
      ],
    );
    await bookAll(
      tx,
      some.map(({ id, customerId, amountMinor }) => ({
        entry: {
          eventId: `${id}:opening`,
          kind: 'opening-item',
          bookedOn: at.slice(0, 10),
          currency: 'EUR',
          customerId,
          invoiceId: id,
          at,
        },
        postings: openingReceivable({ amountMinor }),
      })),
    );
  }
  await tx.query(
    `UPDATE credit_accounts a SET open_receivables_minor = open_receivables_minor + i.minor
     FROM (SELECT customer_id, sum(minor)::bigint AS minor FROM unnest($1::text[], $2::bigint[]) AS i (customer_id, minor) GROUP BY 1) i
     WHERE a.customer_id = i.customer_id`,
    [items.map(({ customerId }) => customerId), items.map(({ amountMinor }) => amountMinor)],
  );
  return ids;
}
