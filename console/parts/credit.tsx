import { List, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask, type Schema } from '../api/client.ts';
import { Unanswered } from '../shell/broken-page.tsx';
import { Identifier } from '../show/identifier.tsx';
import { Moment } from '../show/moment.tsx';
import { Money, moneyText } from '../show/money.tsx';
import { Panel } from '../show/panel.tsx';
import { DigitsCell, MoneyCell, Rows, right } from '../show/rows.tsx';
import { inWords } from '../show/status.tsx';

type Assessment = Schema<'CreditAssessment'>;

export const useAccount = (id: string) =>
  useQuery({
    queryKey: ['account', id],
    queryFn: () => ask(api.GET('/v1/customers/{id}/account', { params: { path: { id } } })),
    enabled: id !== '',
  });

/** What the policy says of a customer now; for those who may decide credit. */
export const useAssessment = (id: string, orderGrossMinor: number, enabled: boolean) =>
  useQuery({
    queryKey: ['account', id, 'assessment', orderGrossMinor],
    queryFn: () => ask(api.GET('/v1/customers/{id}/credit/assessment', { params: { path: { id }, query: { orderGrossMinor } } })),
    enabled: enabled && id !== '',
  });

export const useCreditHistory = (id: string) =>
  useQuery({
    queryKey: ['account', id, 'history'],
    queryFn: () => ask(api.GET('/v1/customers/{id}/credit/history', { params: { path: { id }, query: { limit: 50 } } })),
    enabled: id !== '',
  });

const verdicts: Record<Assessment['outcome'], string> = {
  approve: 'The policy would approve',
  deny: 'The policy would deny',
  review: 'The policy leaves it to a person',
};

/** The scorecard point by point, and the fewest facts that would have to change for an approval. */
export function Scorecard({ of }: { of: Assessment }) {
  const { outcome, score, points, reasons, policyVersion, wouldTake, limitMinor, currency } = of;
  return (
    <Panel title="Scorecard">
      <div className="verdict">
        <b>
          {verdicts[outcome]}
          {outcome === 'approve' && limitMinor !== null && ` ${moneyText(limitMinor, currency)}`}
        </b>{' '}
        with {score} points (credit policy, version {policyVersion})
        {reasons.length > 0 && (
          <List size="sm">
            {reasons.map((reason) => (
              <List.Item key={reason}>{inWords(reason)}</List.Item>
            ))}
          </List>
        )}
        {wouldTake.length > 0 && (
          <>
            <Text size="sm" mt={6}>
              An approval would take:
            </Text>
            <List size="sm">
              {wouldTake.map(({ changes, score: reached, limitMinor: wouldBe }) => (
                <List.Item key={changes.join()}>
                  {changes.join(', and ')} ({reached} points
                  {wouldBe !== null && `, limit ${moneyText(wouldBe, currency)}`})
                </List.Item>
              ))}
            </List>
          </>
        )}
      </div>
      <Rows headings={['Factor', 'Known', right('Points')]}>
        {points.map(({ factor, value, points: earned, reason }) => (
          <tr key={factor}>
            <td title={reason}>{inWords(factor)}</td>
            <td>{value}</td>
            <DigitsCell>{earned}</DigitsCell>
          </tr>
        ))}
      </Rows>
    </Panel>
  );
}

/** How the customer has paid: the chance of late payment, and what it rests on, in words. */
export function Behaviour({ customerId }: { customerId: string }) {
  const risk = useQuery({
    queryKey: ['customer', customerId, 'risk'],
    queryFn: () => ask(api.GET('/v1/customers/{id}/risk', { params: { path: { id: customerId } } })),
    enabled: customerId !== '',
  });
  if (!risk.data) return <Unanswered query={risk} height={160} title="Payment behaviour" />;
  const { score, modelVersion } = risk.data;
  const { features, contributions, words, by, lateChance } = score;
  return (
    <Panel title="Payment behaviour" actions={<b className="digits">{Math.round(lateChance * 100)} % chance late</b>}>
      <Text size="sm" mb={6}>
        {words}
      </Text>
      <dl className="facts">
        <dt>Paid on time</dt>
        <dd>
          {features.invoices === 0
            ? 'no invoice yet'
            : `${Math.round(features.onTimeShare * 100)} % of ${features.invoices} ${features.invoices === 1 ? 'invoice' : 'invoices'}`}
        </dd>
        <dt>Days late, average</dt>
        <dd className="digits">{features.averageDaysLate.toFixed(1)}</dd>
        <dt>Trend</dt>
        <dd>
          {Math.abs(features.trendDays) < 0.5
            ? 'steady'
            : `${Math.abs(features.trendDays).toFixed(1)} days ${features.trendDays > 0 ? 'later' : 'earlier'} than before`}
        </dd>
        {contributions.map(({ factor, contribution, words: why }) => (
          <Contribution key={factor} weight={contribution} words={why} />
        ))}
      </dl>
      <Text size="xs" c="dimmed" mt={6}>
        {by === 'model' ? `By the fitted model, version ${modelVersion}` : 'By points: no fitted model has been adopted yet'}.{' '}
        <Link to="/credit/risk">All customers and the models</Link>
      </Text>
    </Panel>
  );
}

function Contribution({ weight, words }: { weight: number; words: string }) {
  if (Math.abs(weight) < 0.005) return null;
  return (
    <>
      <dt>{weight > 0 ? 'Raises it' : 'Lowers it'}</dt>
      <dd>{words}</dd>
    </>
  );
}

const changeWords: Record<string, string> = {
  proposed: 'Proposed, for a second person to agree',
  'propose-review': 'Proposed, for a second person to agree',
  'propose-one-off-release': 'Release proposed, for a second person to agree',
};

/** Every decision about the account: who, when, why, and what stood before. */
export function CreditHistory({ customerId }: { customerId: string }) {
  const history = useCreditHistory(customerId);
  const account = useAccount(customerId);
  if (!history.data) return <Unanswered query={history} height={90} title="Credit decisions" />;
  if (!account.data) return <Unanswered query={account} height={90} title="Credit decisions" />;
  const { currency } = account.data;
  return (
    <Panel title="Credit decisions">
      {history.data.items.length === 0 ? (
        <span className="faint">Nothing has been decided yet. The first order or application brings the first decision.</span>
      ) : (
        <Rows headings={['When', 'Decision', 'By', 'About', right('Limit'), right('Before')]}>
          {history.data.items.map(({ id, at, kind, outcome, actor, reason, orderId, applicationId, limitMinor, before }) => (
            <tr key={id}>
              <td className="nowrap">
                <Moment at={at} />
              </td>
              <td>
                {changeWords[outcome] ?? inWords(outcome)} <span className="faint">{inWords(kind).toLowerCase()}</span>
                {reason && <div className="faint">{reason}</div>}
              </td>
              <td>{actor}</td>
              <td>
                {orderId ? (
                  <Identifier id={orderId} to={`/orders/${orderId}`} />
                ) : (
                  applicationId && <Identifier id={applicationId} />
                )}
              </td>
              <MoneyCell minor={limitMinor} currency={currency} />
              <td data-align="right">
                {before && before.limitMinor !== null ? (
                  <Money minor={before.limitMinor} currency={currency} />
                ) : (
                  <span className="faint">{before ? inWords(before.standing) : ''}</span>
                )}
              </td>
            </tr>
          ))}
        </Rows>
      )}
    </Panel>
  );
}
