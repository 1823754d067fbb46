import type { CollectionCase, ContactKind, ContactOutcome } from '../../domain/collections.ts';
import { currencyExponent } from '../../domain/money.ts';
import type { IsoDate, IsoInstant } from '../../domain/time.ts';
import type { Queryable } from '../client.ts';
import { readCompany } from '../statements/company.ts';
import { filter, type Page } from './page.ts';

export interface Contact {
  id: string;
  customerId: string;
  invoiceIds: string[];
  kind: ContactKind;
  outcome: ContactOutcome;
  /** The company's date of `at`. */
  contactOn: IsoDate;
  /** Who was spoken to. */
  person: string | null;
  note: string;
  nextStepOn: IsoDate | null;
  nextStep: string | null;
  actor: string;
  at: IsoInstant;
}

const columns = `id, customer_id AS "customerId", invoice_ids AS "invoiceIds", kind, outcome, contact_on AS "contactOn", person, note,
  next_step_on AS "nextStepOn", next_step AS "nextStep", actor, at`;

/** Newest first. */
export async function listContacts(db: Queryable, customerId: string, page: Page): Promise<Contact[]> {
  const { where, limit, values } = filter({ 'customer_id = ?': customerId, 'id < ?': page.after }, page.limit);
  return (await db.query<Contact>(`SELECT ${columns} FROM collection_contacts ${where} ORDER BY id DESC ${limit}`, values)).rows;
}

/** As many customers as are ranked. Nobody brings more than is overdue, so those with the least are the ones to leave out. */
export const casesMaximum = 1_000;

export interface WorklistCase extends CollectionCase {
  name: string;
  /** Unfinished contact and collection tasks, the oldest first. */
  tasks: { id: string; kind: string; title: string; dueAt: IsoInstant | null; owner: string | null }[];
}

/** What a minor unit of each currency is in minor units of the company's, at the newest rates by a day. */
async function unitValues(db: Queryable, on: IsoDate): Promise<Record<string, number>> {
  const { currency: own } = await readCompany(db);
  const { rows } = await db.query<{ currency: string; rate: string }>(
    'SELECT DISTINCT ON (currency) currency, rate FROM exchange_rates WHERE valid_on <= $1 ORDER BY currency, valid_on DESC, id DESC',
    [on],
  );
  const values = rows.map(({ currency, rate }) => [
    currency,
    Number(rate) * 10 ** (currencyExponent(own) - currencyExponent(currency)),
  ]);
  return { ...Object.fromEntries(values), [own]: 1 };
}

/**
 * Customers with something overdue and undisputed on a day, with what a collector needs to know of them; those that owe most, in the
 * company's currency.
 */
export async function collectionCases(
  db: Queryable,
  today: IsoDate,
  customerId: string | undefined,
): Promise<{ cases: WorklistCase[]; overdueCount: number }> {
  const unitValue = await unitValues(db, today);
  const { rows } = await db.query<WorklistCase & { overdueCount: number }>(
    `WITH overdue AS (
       SELECT customer_id, currency, count(*) OVER ()::int AS found,
         jsonb_agg(jsonb_build_object('invoiceId', invoice_id, 'dueOn', due_on, 'openMinor', undisputed_minor) ORDER BY due_on, invoice_id) AS items
       FROM open_instalments WHERE due_on < $1 AND undisputed_minor > 0 AND ($4::text IS NULL OR customer_id = $4)
       GROUP BY 1, 2 ORDER BY sum(undisputed_minor) * ($3::jsonb ->> currency)::float8 DESC NULLS FIRST, 1 LIMIT $2)
     SELECT o.found AS "overdueCount", o.customer_id AS "customerId", c.name, o.currency, o.items AS overdue, r.late_chance AS "lateChance",
       coalesce(a.unapplied_cash_minor + a.open_credit_notes_minor, 0) AS "unappliedMinor",
       (SELECT jsonb_build_object('on', n.contact_on, 'kind', n.kind, 'outcome', n.outcome) FROM collection_contacts n
        WHERE n.customer_id = o.customer_id ORDER BY n.id DESC LIMIT 1) AS "lastContact",
       (SELECT CASE WHEN n.next_step_on IS NOT NULL THEN jsonb_build_object('on', n.next_step_on, 'text', n.next_step) END
        FROM collection_contacts n WHERE n.customer_id = o.customer_id ORDER BY n.id DESC LIMIT 1) AS "nextStep",
       (SELECT coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'kind', t.kind, 'title', t.title, 'dueAt', t.due_at, 'owner', t.owner)
          ORDER BY t.id), '[]') FROM tasks t WHERE t.invoice_id = ANY (ARRAY(SELECT i ->> 'invoiceId' FROM jsonb_array_elements(o.items) i))
          AND t.status IN ('open', 'claimed') AND t.kind IN ('overdue-contact', 'collections')) AS tasks
     FROM overdue o JOIN customers c ON c.id = o.customer_id LEFT JOIN credit_accounts a ON a.customer_id = o.customer_id
       LEFT JOIN risk_scores r ON r.customer_id = o.customer_id`,
    [today, casesMaximum, JSON.stringify(unitValue), customerId],
  );
  const cases = rows.map((row) => ({ ...row, unitValue: unitValue[row.currency] ?? null }));
  return { cases, overdueCount: rows[0]?.overdueCount ?? 0 };
}
