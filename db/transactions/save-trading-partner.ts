import { ediDecimalsMaximum } from '../../domain/edi/invoice.ts';
import { type Fault, Refusal } from '../../domain/failures.ts';
import { currencyExponent } from '../../domain/money.ts';
import type { Transaction } from '../client.ts';
import { readPartner } from '../queries/edi.ts';
import { type Actor, record } from '../statements/audit.ts';
import type { TradingPartner } from '../statements/edi.ts';

export type SaveTradingPartnerInput = Omit<TradingPartner, 'lastControlNumber'> & { actor: Actor; at: string };

/** Makes a customer a trading partner, or changes how it is one (O1); its control numbers go on from where they are. */
export async function saveTradingPartner(tx: Transaction, input: SaveTradingPartnerInput): Promise<{ created: boolean }> {
  const { actor, at, ...partner } = input;
  const { customerId } = partner;
  const { rows } = await tx.query<{ currency: string; namesake: string | null }>(
    `SELECT currency, (SELECT customer_id FROM trading_partners WHERE qualifier = $2 AND interchange_id = $3 AND customer_id <> $1) AS namesake
     FROM customers WHERE id = $1`,
    [customerId, partner.qualifier, partner.interchangeId],
  );
  if (!rows[0]) throw new Refusal(404, 'unknown-customer', `There is no customer ${customerId}.`);
  const { currency, namesake } = rows[0];
  const faults: Fault[] = [];
  if (namesake !== null) {
    const detail = `${partner.qualifier}:${partner.interchangeId} is ${namesake}.`;
    faults.push({ path: '/interchangeId', code: 'taken', detail });
  }
  if (currencyExponent(currency) > ediDecimalsMaximum) {
    faults.push({
      path: '/customerId',
      code: 'currency',
      detail: `An 810 has two decimals, and ${customerId} buys in ${currency}.`,
    });
  }
  if (faults.length > 0) throw new Refusal(422, 'invalid-trading-partner', 'The trading partner cannot be saved.', { faults });
  const before = await readPartner(tx, customerId);
  await tx.query(
    `INSERT INTO trading_partners (customer_id, qualifier, interchange_id, group_id, own_qualifier, own_interchange_id, own_group_id,
       version, documents, mail_to, is_test, acknowledge_within_hours, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     ON CONFLICT (customer_id) DO UPDATE SET qualifier = excluded.qualifier, interchange_id = excluded.interchange_id,
       group_id = excluded.group_id, own_qualifier = excluded.own_qualifier, own_interchange_id = excluded.own_interchange_id,
       own_group_id = excluded.own_group_id, version = excluded.version, documents = excluded.documents, mail_to = excluded.mail_to,
       is_test = excluded.is_test, acknowledge_within_hours = excluded.acknowledge_within_hours, at = excluded.at`,
    [
      customerId,
      partner.qualifier,
      partner.interchangeId,
      partner.groupId,
      partner.ownQualifier,
      partner.ownInterchangeId,
      partner.ownGroupId,
      partner.version,
      partner.documents,
      partner.mailTo,
      partner.isTest,
      partner.acknowledgeWithinHours,
      at,
    ],
  );
  await record(tx, {
    at,
    actor,
    action: 'trading-partner-saved',
    summary: `${customerId} trades by EDI as ${partner.qualifier}:${partner.interchangeId}`,
    customerId,
    before,
    after: partner,
  });
  return { created: before === undefined };
}
