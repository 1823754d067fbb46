import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { type JobName, jobNames } from '../domain/jobs.ts';
import { type NextActionKind, nextActionKinds } from '../domain/next-actions.ts';

/*
 * Whoever adds a timer says here how it is forecast, or why it is nobody's next action (X5). Timers live in three places: a workflow that
 * waits until an instant, a job that looks for what has come due, and a column that says until when something holds.
 */
type Forecast = NextActionKind[] | string;

/** By file and deadline, as the code writes it. */
const waits: Record<string, Forecast> = {
  'order.ts credit.dueAt': ['prepayment-deadline', 'task-escalates'],
  'order.ts asked.dueAt': ['card-deadline'],
  'order.ts release.dueAt': ['choice-deadline'],
  'receivable.ts step?.at': ['reminder', 'overdue', 'letter', 'collections'],
};

const jobs: Record<JobName, Forecast> = {
  'missed-pickups': ['pickup-cut-off'],
  'credit-reviews': ['task-escalates'],
  'dispute-escalations': ['task-escalates'],
  'dunning-pauses': ['promise-ends', 'hold-off-ends'],
  'documentation-clocks': ['clock-due', 'clock-lapses'],
  'approval-renewals': ['approval-renewal', 'job'],
  'unbilled-shipments': ['unbilled-shipment'],
  'invoice-runs': ['invoice-run', 'job'],
  'risk-scores': ['job'],
  'carrier-audit': ['job'],
  'simulated-tracking': 'it stands for carriers, whose parcels nobody foresees',
  'card-holds': ['card-hold-renewal', 'job'],
  'simulated-gateway': 'it stands for banks and the gateway',
  integrity: ['job'],
  'workflow-check': ['job'],
  'audit-seals': 'every minute, over all that was written meanwhile: no record waits for it',
  statements: ['statement', 'job'],
  'overdue-review': ['job'],
  'cash-forecast': ['job'],
  'kept-months': 'what reports read: nobody’s record changes',
  'edi-acknowledgements': 'a partner that does not acknowledge is a task when it is late: its document is no record that waits',
  manifests: 'what has been handed over is written down: no shipment waits for it',
  'orders-mailbox': 'every minute: nobody knows which mail will have come',
};

const access = 'it is about who gets in, not about business';
const document = 'a date of the document, from which the steps of its plan are counted';
const columns: Record<string, Forecast> = {
  'api_keys.expires_at': access,
  'user_sessions.expires_at': access,
  'user_accounts.access_token_expires_at': access,
  'user_accounts.refresh_token_expires_at': access,
  'user_verifications.expires_at': access,
  'user_second_factors.locked_until': access,
  'carrier_webhooks.previous_until': access,
  'webhook_endpoints.previous_until': access,
  'invitation_links.expires_at': access,
  'invoice_links.expires_at': 'a link of a mail lapses; its invoice stays where it was',
  'outbox.claimed_until': 'a lease of seconds',
  'webhook_deliveries.due_at': 'the next attempt to reach a receiver, by the clock on the wall',
  'credit_accounts.expires_at': ['approval-renewal', 'approval-ends'],
  'orders.requested_on': ['requested-day'],
  'orders.promised_on': 'its place in the line for stock; the day that was asked for is forecast',
  'orders.choice_due_at': ['choice-deadline'],
  'invoices.due_on': ['overdue'],
  'invoices.next_step_at': ['reminder', 'overdue', 'letter', 'collections'],
  'invoice_instalments.due_on': ['overdue'],
  'paid_dunning_levels.due_on': 'the instalment whose level is kept; its own due date is forecast',
  'receivable_movements.due_on': document,
  'tasks.due_at': ['task-due', 'task-escalates'],
  'price_lists.valid_from': 'a price list is nobody’s order: what is placed keeps its prices',
  'price_lists.valid_until': 'a price list is nobody’s order: what is placed keeps its prices',
  'exchange_rates.valid_on': 'the day of a rate',
  'base_rates.valid_from': 'interest is counted when an item is settled; nothing happens on the day of a rate',
  'drafts.valid_until': ['draft-expires'],
  'quotes.valid_until': ['quote-expires'],
  'shipments.pickup_cut_off_at': ['pickup-cut-off'],
  'shipments.first_cut_off_at': 'what carriers are held against: the first plan',
  'shipments.expected_delivery_on': ['delivery-expected'],
  'prepayments.due_on': ['prepayment-deadline'],
  'prepayments.due_at': ['prepayment-deadline'],
  'superseded_pro_formas.due_on': 'another pro-forma has taken its place',
  'production_requests.requested_on': ['requested-day'],
  'production_requests.first_due_on': 'what production is held against: the first plan',
  'production_requests.due_on': ['production-due'],
  'simulated_reports.due_at': 'it stands for carriers, whose parcels nobody foresees',
  'simulated_gateway_events.due_at': 'it stands for banks and the gateway',
  'books.closed_through': 'months that are closed',
  'books.locked_through': 'months that are closed',
  'closed_items.due_on': 'the table is gone: kept_items has taken its place',
  'closed_months.recorded_until': 'the table is gone: kept_months has taken its place',
  'kept_items.due_on': document,
  'kept_due.due_on': document,
  'kept_months.recorded_until': 'up to when what was kept of a month counts',
  'disputes.due_at': ['task-escalates'],
  'hold_overrides.through_on': ['hold-override-ends'],
  'collection_contacts.next_step_on': ['agreed-step'],
  'review_accounts.next_step_on': 'a line of a review, read with its review',
  'review_accounts.next_step_at': 'when the line was written',
  'documentation_clocks.due_at': ['clock-due'],
  'documentation_clocks.blocks_until': ['clock-lapses'],
  'promises.promised_on': ['promise-ends'],
  'promises.receipts_until': ['promise-ends'],
  'promises.due_at': ['promise-ends'],
  'hold_offs.until_on': ['hold-off-ends'],
  'hold_offs.due_at': ['hold-off-ends'],
  'order_cards.due_at': ['card-deadline'],
  'card_disputes.evidence_due_at': ['task-due'],
};

/** Without a column of its own: a one-off release is in its decision, an authorisation counts from when it was held, offers are printed facts. */
const elsewhere: NextActionKind[] = ['credit-release-lapses', 'card-hold-renewal', 'discount-ends'];

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** Every wait of a workflow that ends by itself: `until(met, deadline)`, and whatever of Temporal's own takes a time. */
function waitsOf(name: string, text: string): string[] {
  const found: string[] = [];
  const see = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const called = node.expression.getText().split('.').at(-1);
      const [first, second] = node.arguments;
      if (called === 'until' && second) found.push(`${name} ${second.getText()}`);
      if (called === 'condition' && second) found.push(`${name} ${second.getText()}`);
      if (called === 'sleep' && first) found.push(`${name} ${first.getText()}`);
    }
    ts.forEachChild(node, see);
  };
  see(ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true));
  return found;
}

/** Columns that hold a day or an instant and are named like a deadline, by table. */
function deadlineColumns(sql: string): string[] {
  const found: string[] = [];
  let table = '';
  for (const line of sql.split('\n')) {
    table = /^(?:CREATE|ALTER) TABLE (?:IF NOT EXISTS )?(\w+)/.exec(line)?.[1] ?? table;
    for (const [, column] of line.matchAll(/(?:^\s+|ADD COLUMN )(\w+) (?:date|timestamptz)\b/g)) {
      if (
        /(^|_)(due|until|expires|through|cut_off|valid|expected|promised|next_step|deadline|ends)(_|$)|^requested_on$/.test(
          column!,
        )
      ) {
        found.push(`${table}.${column}`);
      }
    }
  }
  return found;
}

describe('every timer is forecast, or it is said why not', () => {
  it('X5: workflows wait for nothing else', () => {
    const found = readdirSync(join(root, 'workflows')).flatMap((name) => waitsOf(name, read(`workflows/${name}`)));
    // The one place where a deadline becomes a timer.
    const own = found.filter((wait) => wait !== 'company-time.ts remainingMs');
    expect([...new Set(own)].sort()).toEqual(Object.keys(waits).sort());
    expect(
      waitsOf('planted.ts', 'await sleep("1 day"); await order.until(news, quote.validUntil); await condition(met, 5)'),
    ).toHaveLength(3);
  });

  it('X5: jobs look for nothing else', () => {
    expect(Object.keys(jobs).sort()).toEqual([...jobNames].sort());
  });

  it('X5: no column holds another deadline', () => {
    const migrations = readdirSync(join(root, 'db/migrations')).filter((name) => name.endsWith('.sql'));
    const found = migrations.flatMap((name) => deadlineColumns(read(`db/migrations/${name}`)));
    expect([...new Set(found)].sort()).toEqual(Object.keys(columns).sort());
    expect(deadlineColumns('ALTER TABLE orders\n  ADD COLUMN insured_until date,\n  ADD COLUMN colour text;')).toEqual([
      'orders.insured_until',
    ]);
  });

  it('X5: every kind is something’s, and the documentation lists it', () => {
    const named = [waits, jobs, columns].flatMap((table) => Object.values(table).filter((one) => typeof one !== 'string')).flat();
    expect([...new Set([...named, ...elsewhere])].sort()).toEqual([...nextActionKinds].sort());
    const page = read('docs/next-actions.md');
    expect(nextActionKinds.filter((kind) => !page.includes(`| \`${kind}\``))).toEqual([]);
  });
});
