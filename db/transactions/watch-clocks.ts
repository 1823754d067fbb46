import { formatMoney } from '../../domain/money.ts';
import { endOfBusinessDay } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { record, system } from '../statements/audit.ts';
import { readCompany } from '../statements/company.ts';
import { lockAccount } from '../statements/credit.ts';
import { clockTaskKey } from '../statements/documentation.ts';
import { openTask } from '../statements/tasks.ts';
import { dunAfterClock } from './take-receivable-step.ts';

/** In one transaction; what is left is for the next run. */
const batchMaximum = 100;

interface DueClock {
  id: string;
  source: string;
  customerId: string | null;
  currency: string;
  amountMinor: number | null;
  dueAt: string;
  blocksUntil: string;
  escalatedAt: string | null;
}

/**
 * Gives money that nobody has documented in time to a person, once, and lets the letters to its payer go on when the block ends (P1).
 * What is documented or rejected at this moment is left alone: each clock is asked again under its customer's lock.
 */
export async function watchClocks(
  tx: Transaction,
  { at }: { at: string },
): Promise<{ escalated: number; lapsed: number; more: boolean }> {
  const { timeZone } = await readCompany(tx);
  const { rows } = await tx.query<{ id: string; customerId: string | null }>(
    `SELECT id, customer_id AS "customerId" FROM documentation_clocks
     WHERE status = 'running' AND due_at <= $1 AND (escalated_at IS NULL OR blocks_until <= $1)
     ORDER BY customer_id, id LIMIT $2`,
    [at, batchMaximum],
  );
  let escalated = 0;
  let lapsed = 0;
  for (const { id, customerId } of rows) {
    const account = customerId === null ? undefined : await lockAccount(tx, customerId);
    const found = await tx.query<DueClock>(
      `SELECT id, source, customer_id AS "customerId", currency, amount_minor AS "amountMinor", due_at AS "dueAt",
         blocks_until AS "blocksUntil", escalated_at AS "escalatedAt"
       FROM documentation_clocks WHERE id = $1 AND status = 'running' AND due_at <= $2 FOR UPDATE`,
      [id, at],
    );
    const clock = found.rows[0];
    if (!clock) continue;
    if (clock.escalatedAt === null) {
      await escalate(tx, clock, { at, dueAt: endOfBusinessDay(at, timeZone) });
      escalated += 1;
    }
    if (clock.blocksUntil > at) continue;
    await tx.query("UPDATE documentation_clocks SET status = 'lapsed' WHERE id = $1", [id]);
    await record(tx, {
      at,
      actor: system,
      action: 'documentation-clock-lapsed',
      summary: `${id} is still not documented: letters go out again`,
      customerId: customerId ?? undefined,
      after: { clockId: id },
    });
    if (account) await dunAfterClock(tx, { account, clockId: id, at });
    lapsed += 1;
  }
  return { escalated, lapsed, more: rows.length === batchMaximum };
}

const seen: Record<string, string> = {
  'bank-line': 'on the bank statement',
  cheque: 'as a cheque',
  'remittance-advice': 'by a remittance advice',
  'payment-claim': 'by the customer’s word',
};

async function escalate(tx: Transaction, clock: DueClock, { at, dueAt }: { at: string; dueAt: string }): Promise<void> {
  const { id, source, customerId, currency, amountMinor } = clock;
  await tx.query('UPDATE documentation_clocks SET escalated_at = $2 WHERE id = $1', [id, at]);
  const money = amountMinor === null ? 'Money' : formatMoney({ currency, amountMinor });
  await openTask(tx, {
    key: clockTaskKey(clock),
    kind: 'undocumented-payment',
    role: 'receivables',
    title: `${money} of ${customerId ?? 'an unknown payer'}, known of ${seen[source]}, is not documented: find it, or reject ${id}`,
    details: { clockId: id, source, blocksUntil: clock.blocksUntil },
    customerId: customerId ?? undefined,
    dueAt,
    at,
  });
  await record(tx, {
    at,
    actor: system,
    action: 'documentation-clock-escalated',
    summary: `${id} was not documented in time: a person is to look for the money`,
    customerId: customerId ?? undefined,
    after: { clockId: id },
  });
}
