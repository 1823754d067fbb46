import type { CreditApplicationFacts } from '../../domain/credit.ts';
import { type StatedApplication, withApplication } from '../../domain/credit-application.ts';
import { daysBetween } from '../../domain/time.ts';
import type { Queryable } from '../client.ts';
import type { CreditAccountRow } from './credit.ts';
import { readPolicyRate } from './exchange-rates.ts';

interface CreditProfile {
  yearsTrading?: number;
  annualTurnoverMinor?: number;
  tradeReferences?: number;
  externalRating?: 'A' | 'B' | 'C' | 'D';
}

// An invoice that was paid before it was written says nothing of how its customer pays; one that was written off says that it does not.
const showsPayment = `status = 'settled' AND kind IN ('invoice', 'opening-item') AND gross_minor > 0 AND NOT facts ? 'prepaidMinor'`;

/** What the policy judges: the customer's profile, its latest application and its own payment record here. */
export async function readApplicationFacts(
  db: Queryable,
  account: CreditAccountRow,
  orderGrossMinor: number,
  today: string,
): Promise<CreditApplicationFacts> {
  const { rows } = await db.query<{
    profile: CreditProfile;
    oldestDueOn: string | null;
    paidInvoices: number;
    paidOnTime: number;
    writeOffWithinMonths: number | null;
    application: StatedApplication | null;
  }>(
    `SELECT c.credit_profile AS profile,
       (SELECT min(due_on) FROM open_instalments WHERE customer_id = c.id AND undisputed_minor > 0 AND due_on < $2) AS "oldestDueOn",
       (SELECT count(*) FROM invoices i WHERE customer_id = c.id AND ${showsPayment}
          AND EXISTS (SELECT FROM settlements p WHERE p.invoice_id = i.id AND (NOT corrects OR kind = 'write-off')))::int AS "paidInvoices",
       (SELECT count(*) FROM invoices i WHERE customer_id = c.id AND ${showsPayment} AND due_on >=
          (SELECT CASE WHEN bool_or(kind = 'write-off') THEN 'infinity' ELSE max(value_on) FILTER (WHERE NOT corrects) END
           FROM settlements p WHERE p.invoice_id = i.id))::int AS "paidOnTime",
       (SELECT (extract(year FROM age($2::date, max(a.value_on))) * 12 + extract(month FROM age($2::date, max(a.value_on))))::int
          FROM write_offs w JOIN write_off_applications a ON a.write_off_id = w.id WHERE w.customer_id = c.id) AS "writeOffWithinMonths",
       (SELECT jsonb_build_object('id', a.id, 'verified', a.verified_at IS NOT NULL, 'references', a.trade_references,
                 'financials', a.financials)
          FROM credit_applications a WHERE a.customer_id = c.id AND a.status IN ('submitted', 'decided')
          ORDER BY a.submitted_at DESC, a.id DESC LIMIT 1) AS application
     FROM customers c WHERE c.id = $1`,
    [account.customerId, today],
  );
  const { profile, oldestDueOn, paidInvoices, paidOnTime, writeOffWithinMonths, application } = rows[0]!;
  const policyRate = await readPolicyRate(db, account.currency, today);
  const expired = account.standing === 'approved';
  const onFile: CreditApplicationFacts = {
    customerId: account.customerId,
    orderGrossMinor,
    currency: account.currency,
    ...(policyRate && { policyRate }),
    yearsTrading: profile.yearsTrading ?? null,
    annualTurnoverMinor: profile.annualTurnoverMinor ?? null,
    tradeReferences: profile.tradeReferences ?? 0,
    externalRating: profile.externalRating ?? null,
    writeOffWithinMonths,
    maxDaysOverdue: oldestDueOn ? daysBetween(oldestDueOn, today) : 0,
    paidInvoices,
    onTimeShare: paidInvoices > 0 ? paidOnTime / paidInvoices : null,
    frozen: account.standing === 'frozen',
    previousDecision: expired ? 'expired' : account.standing,
  };
  return withApplication(onFile, application ?? undefined, today);
}
