import { Refusal } from '../../domain/failures.ts';
import type { Transaction } from '../client.ts';
import { accountColumns, type BankAccount } from '../queries/bank-statements.ts';
import { type Actor, record } from '../statements/audit.ts';

/** Takes one of the company's bank accounts in, or changes how it is called and its files are read. Its IBAN, number and currency stay. */
export async function saveBankAccount(
  tx: Transaction,
  { account, actor, at }: { account: BankAccount; actor: Actor; at: string },
): Promise<{ created: boolean }> {
  const { rows } = await tx.query<BankAccount>(
    `SELECT ${accountColumns} FROM bank_accounts WHERE id = $1 OR iban = $2 ORDER BY id FOR NO KEY UPDATE`,
    [account.id, account.iban],
  );
  const before = rows.find(({ id }) => id === account.id);
  if (
    rows.some(({ id }) => id !== account.id) ||
    (before &&
      (before.iban !== account.iban ||
        before.currency !== account.currency ||
        (before.accountNumber !== null && before.accountNumber !== account.accountNumber)))
  ) {
    throw new Refusal(
      409,
      'bank-account-identity',
      'An IBAN is one bank account, and an account keeps its IBAN, its number and its currency.',
    );
  }
  await tx.query(
    `INSERT INTO bank_accounts (id, name, iban, account_number, bic, currency, csv_mapping, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, account_number = excluded.account_number, bic = excluded.bic,
       csv_mapping = excluded.csv_mapping, version = bank_accounts.version + 1, at = excluded.at`,
    [
      account.id,
      account.name,
      account.iban,
      account.accountNumber,
      account.bic,
      account.currency,
      JSON.stringify(account.csvMapping),
      at,
    ],
  );
  await record(tx, {
    at,
    actor,
    action: before ? 'bank-account-changed' : 'bank-account-created',
    summary: `${account.name}, ${account.iban ?? account.accountNumber}`,
    before,
    after: account,
  });
  return { created: !before };
}

/** Says from which account these customers pay; of several a person is asked whose money it is. None: nobody any more. */
export async function savePayerAccount(
  tx: Transaction,
  { iban, customerIds, actor, at }: { iban: string; customerIds: string[]; actor: Actor; at: string },
): Promise<void> {
  const { rows } = await tx.query<{ id: string }>('SELECT id FROM customers WHERE id = ANY ($1)', [customerIds]);
  const faults = customerIds.flatMap((customerId, index) =>
    rows.some(({ id }) => id === customerId)
      ? []
      : [{ path: `/customerIds/${index}`, code: 'unknown-customer', detail: `There is no customer ${customerId}.` }],
  );
  if (faults.length > 0) throw new Refusal(422, 'invalid-payer-account', 'The account cannot be kept.', { faults });
  await tx.query(
    `INSERT INTO payer_accounts (iban, customer_ids, changed_by, at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (iban) DO UPDATE SET customer_ids = excluded.customer_ids, changed_by = excluded.changed_by, at = excluded.at`,
    [iban, customerIds, actor.name, at],
  );
  await record(tx, {
    at,
    actor,
    action: 'payer-account-saved',
    summary: `${iban}: ${customerIds.join(', ') || 'nobody'} pays from it`,
    after: { iban, customerIds },
  });
}
