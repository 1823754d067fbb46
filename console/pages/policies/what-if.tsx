import { Button, List, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { api, ask, problemOf, type Schema } from '../../api/client.ts';
import { type NextPage, usePages } from '../../api/use-pages.ts';
import type { Role } from '../../page.ts';
import { Unanswered } from '../../shell/broken-page.tsx';
import { showProblem } from '../../shell/toasts.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Day, Moment } from '../../show/moment.tsx';
import { Money } from '../../show/money.tsx';
import { Panel } from '../../show/panel.tsx';
import { DigitsCell, MoneyCell, Rows, right } from '../../show/rows.tsx';
import { inWords } from '../../show/status.tsx';
import { More } from '../../table/more.tsx';

type Answer = Schema<'WhatIf'>;
type Different = Schema<'DecidedDifferently'>;
type Verdict = Schema<'Verdict'>;

/** A policy that somebody thinks about, and over which days. */
export interface Candidate {
  policy: unknown;
  from?: string | undefined;
  to?: string | undefined;
}

const reporters: readonly Role[] = ['finance', 'receivables', 'admin'];

/** Those whom the contract lets ask what a policy would have decided; nobody, where what was decided from is not kept. */
export function whatIfRoles(name: string): readonly Role[] {
  if (name === 'credit') return [...reporters, 'credit'];
  return ['cash', 'bad-debt', 'dunning'].includes(name) || name.startsWith('dunning:') ? reporters : [];
}

/** Every policy has an address and a shape of its own; which shape this one has, the API checks. */
const addressOf = (name: string) =>
  `/v1/policies/${name.replace('dunning:', 'dunning/')}/what-if` as '/v1/policies/credit/what-if';

const words: Record<string, { value: string; asked: string }> = {
  credit: { value: 'Limit', asked: 'Asked for' },
  cash: { value: 'Posted', asked: 'Received' },
  'bad-debt': { value: 'Provided', asked: 'Owed' },
  dunning: { value: 'Fees', asked: 'Invoiced' },
};

/** What the candidate would have decided otherwise than it was decided: counts and amounts, then one by one (X6). */
export function WhatIf({ name, candidate }: { name: string; candidate: Candidate }) {
  const { policy, from, to } = candidate;
  const period = { ...(from && { from }), ...(to && { to }) };
  const body = { policy: policy as never };
  const { query, items } = usePages(
    ['what-if', name, candidate],
    (after) => ask(api.POST(addressOf(name), { params: { query: { ...period, limit: 50, ...after } }, body })),
    // What is wrong with a policy does not pass by being asked again.
    { retry: false },
  );
  // It stands below all that it was asked with: without this nobody would see that it has come.
  const place = useRef<HTMLDivElement>(null);
  const { status } = query;
  useEffect(() => {
    if (status !== 'pending') place.current?.scrollIntoView({ block: 'start' });
  }, [status]);
  return (
    <div ref={place} style={{ scrollMarginTop: '4rem' }}>
      {query.isSuccess ? (
        <Found
          name={name}
          answer={query.data.pages[0]}
          items={items}
          onExport={() => void download(`${addressOf(name)}.csv?${new URLSearchParams(period)}`, body)}
          more={query}
        />
      ) : (
        <Unanswered query={query} height={160} />
      )}
    </div>
  );
}

interface FoundProps {
  name: string;
  /** What its first page says of all. */
  answer: Answer | undefined;
  items: readonly Different[];
  onExport: () => void;
  more: NextPage;
}

function Found({ name, answer, items, onExport, more }: FoundProps) {
  const label = words[name] ?? words.dunning!;
  return (
    <Panel
      title="What if"
      actions={
        items.length > 0 && (
          <Button variant="default" size="compact-sm" onClick={onExport}>
            Export CSV
          </Button>
        )
      }
    >
      <Stack gap="sm">
        {answer?.summary && <Summed answer={answer} summary={answer.summary} label={label} />}
        {items.length > 0 && (
          <Rows
            label="Decided differently"
            headings={[
              'When',
              'About',
              'Customer',
              right(label.asked),
              'Was decided',
              'Would have been',
              ...sinceHeadings(items[0]!.since),
            ]}
          >
            {items.map((item) => (
              <tr key={`${item.id} ${item.customerId} ${item.currency}`}>
                <td className="nowrap">
                  <Moment at={item.at} />
                </td>
                <td>
                  <About of={item} />
                </td>
                <td>
                  {item.customerId && <Link to={`/customers/${encodeURIComponent(item.customerId)}`}>{item.customerId}</Link>}
                </td>
                <MoneyCell minor={item.amountMinor} currency={item.currency} />
                <td>
                  <Said verdict={item.before} currency={item.currency}>
                    <span className="faint">by version {item.policyVersion}</span>
                  </Said>
                </td>
                <td>
                  <Said verdict={item.after} currency={item.currency}>
                    <Points before={item.before} after={item.after} />
                  </Said>
                </td>
                <SinceCells since={item.since} currency={item.currency} />
              </tr>
            ))}
          </Rows>
        )}
        <More of={more}>More of them</More>
      </Stack>
    </Panel>
  );
}

function Summed({
  answer: { from, to },
  summary: { decisions, differing, rescored, withoutFacts, changes },
  label,
}: {
  answer: Answer;
  summary: NonNullable<Answer['summary']>;
  label: { value: string; asked: string };
}) {
  return (
    <>
      <Text size="sm" role="status">
        {decisions === 0
          ? 'Nothing was decided by this policy from '
          : `Of ${decisions} decisions ${differing === 0 ? 'none' : differing} would have been another, from `}
        <Day on={from} /> to <Day on={to} />.{rescored > 0 && ` ${rescored} more have another score and the same outcome.`}
        {withoutFacts > 0 && ` ${withoutFacts} are left out: what they were taken from was not kept as it is today.`}
      </Text>
      {changes.length > 0 && (
        <Rows
          label="Changes"
          headings={[
            'Was decided',
            'Would have been',
            right('Decisions'),
            right(label.asked),
            right(`${label.value} then`),
            right(`${label.value} now`),
            ...sinceHeadings(changes[0]!.since),
          ]}
        >
          {changes.map(({ currency, before, after, since, ...sum }) => (
            <tr key={`${currency} ${before} ${after}`}>
              <td>{inWords(before)}</td>
              <td>{inWords(after)}</td>
              <DigitsCell>{sum.decisions}</DigitsCell>
              <MoneyCell minor={sum.amountMinor} currency={currency} />
              <MoneyCell minor={sum.beforeMinor} currency={currency} />
              <MoneyCell minor={sum.afterMinor} currency={currency} />
              <SinceCells since={since} currency={currency} />
            </tr>
          ))}
        </Rows>
      )}
    </>
  );
}

/** What came of it is known of credit alone. */
const sinceHeadings = (since: Different['since']) =>
  since ? [right('Sold since'), right('Paid of it'), right('Lost of it')] : [];

function SinceCells({ since, currency }: { since: Different['since']; currency: string }) {
  if (!since) return null;
  return (
    <>
      <MoneyCell minor={since.invoicedMinor} currency={currency} />
      <MoneyCell minor={since.paidMinor} currency={currency} />
      <MoneyCell minor={since.lostMinor} currency={currency} />
    </>
  );
}

function About({ of: { id, orderId } }: { of: Different }) {
  // A decision about an application is known by that application.
  const subject = orderId ?? id.split(':', 1)[0]!;
  const page = [
    ['ORD-', '/orders/'],
    ['REV-', '/reviews/'],
    ['INV-', '/invoices/'],
    ['OPN-', '/invoices/'],
    ['INT-', '/invoices/'],
    ['FEE-', '/invoices/'],
  ].find(([prefix]) => subject.startsWith(prefix!));
  return page ? (
    <Identifier id={subject} to={`${page[1]}${encodeURIComponent(subject)}`} />
  ) : (
    <span className="digits">{subject}</span>
  );
}

function Said({ verdict, currency, children }: { verdict: Verdict; currency: string; children: ReactNode }) {
  const { outcome, valueMinor, score, reasons, effects } = verdict;
  const said = [...reasons, ...effects];
  return (
    <Stack gap={2}>
      <span>
        <b>{inWords(outcome)}</b> {valueMinor !== null && <Money minor={valueMinor} currency={currency} />}{' '}
        {score !== null && <span className="faint">{score} points</span>}
      </span>
      {said.length > 0 && (
        <List size="xs">
          {said.map((reason) => (
            <List.Item key={reason}>{inWords(reason)}</List.Item>
          ))}
        </List>
      )}
      {children}
    </Stack>
  );
}

/** The factors that would have earned other points. */
function Points({ before, after }: { before: Verdict; after: Verdict }) {
  const other = after.points.flatMap(({ factor, points }) => {
    const earned = before.points.find((one) => one.factor === factor)?.points ?? 0;
    return earned === points ? [] : [`${factor} ${earned} → ${points}`];
  });
  if (other.length === 0) return null;
  return <span className="faint">Points: {other.join(', ')}</span>;
}

/** The file is asked for with the candidate, which no link can carry. */
async function download(address: string, body: unknown): Promise<void> {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => undefined);
  if (!response?.ok) {
    showProblem(response ? await problemOf(response) : new Error('No answer from the server.'));
    return;
  }
  const href = URL.createObjectURL(await response.blob());
  Object.assign(document.createElement('a'), { href, download: 'what-if.csv' }).click();
  URL.revokeObjectURL(href);
}
