import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, ask, type Schema } from '../../api/client.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { NoteField } from '../../form/fields.tsx';
import { useMay } from '../../session/session.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Moment } from '../../show/moment.tsx';
import { Panel } from '../../show/panel.tsx';
import { Records } from '../../show/records.tsx';
import { DigitsCell, Rows, right } from '../../show/rows.tsx';
import { Status } from '../../show/status.tsx';
import { percent } from './percent.ts';

type Quality = Schema<'RiskQuality'>;

const shown = 20;
const readModels = () => ask(api.GET('/v1/risk/models', { params: { query: { limit: shown } } }));
type Model = Awaited<ReturnType<typeof readModels>>['items'][number];

const three = (figure: number | null) => (figure === null ? '–' : figure.toFixed(3));

/** The fits of the model: which is in force, which runs beside it in shadow, and how well each tells who pays late. */
export function Models() {
  const models = useQuery({ queryKey: ['risk', 'models'], queryFn: readModels });
  const mayFit = useMay('POST /v1/risk/models');
  const mayAdopt = useMay('POST /v1/risk/models/{version}/adopt');
  if (!models.isSuccess) return <Unanswered query={models} height={120} />;
  const { items } = models.data;
  const shadow = items.find(({ status }) => status === 'shadow');
  return (
    <>
      <Panel
        title="Models"
        actions={
          mayFit && (
            <CommandButton
              label="Fit anew"
              changes={[['risk', 'models']]}
              send={async (_, key) => {
                const { version } = await ask(api.POST('/v1/risk/models', { params: { header: { 'Idempotency-Key': key } } }));
                return `Version ${version} runs in shadow until somebody adopts it.`;
              }}
            />
          )
        }
      >
        <Records
          rows={items}
          keyOf={({ version }) => String(version)}
          empty="Customers are scored by points. A model is fitted on the company’s own closed invoices once there are enough of them; it counts when somebody adopts it."
          columns={[
            { header: 'Version', cell: ({ version }) => version },
            { header: 'Status', cell: ({ status }) => <Status of={status} /> },
            {
              header: 'Fitted',
              cell: ({ fittedBy, at }) => (
                <>
                  <Moment at={at} /> <span className="faint">{fittedBy}</span>
                </>
              ),
            },
            {
              header: 'Learnt from',
              align: 'right',
              cell: ({ model }) => (
                <span className="digits">
                  {model.examples} invoices, {model.lateExamples} late
                </span>
              ),
            },
            { header: 'AUC', align: 'right', cell: ({ quality }) => <span className="digits">{three(quality.auc)}</span> },
            { header: 'KS', align: 'right', cell: ({ quality }) => <span className="digits">{three(quality.ks)}</span> },
            { header: 'Brier', align: 'right', cell: ({ quality }) => <span className="digits">{three(quality.brier)}</span> },
            {
              header: 'Adopted',
              cell: ({ adoptedAt, adoptedBy }) =>
                adoptedAt && (
                  <>
                    <Moment at={adoptedAt} /> <span className="faint">{adoptedBy}</span>
                  </>
                ),
            },
            {
              header: 'What to do',
              align: 'right',
              // The shadow has it beside its measures.
              cell: ({ version, status }) => mayAdopt && status === 'retired' && <Adopt version={version} />,
            },
          ]}
        />
        {items.length === shown && <Text className="faint">Older ones are not shown.</Text>}
      </Panel>
      {shadow && <Shadow of={shadow} mayAdopt={mayAdopt} />}
    </>
  );
}

/** The shadow and what is in force, measured on the same invoices, which neither the fit has learnt from. */
function Shadow({ of: { version, quality, currentQuality }, mayAdopt }: { of: Model; mayAdopt: boolean }) {
  const measures = [
    ['AUC: 1 tells all late payers from the others, 0.5 none', quality.auc, currentQuality.auc],
    ['KS: how far it parts them at best', quality.ks, currentQuality.ks],
    ['Brier: how far it is off, 0 is never', quality.brier, currentQuality.brier],
  ] as const;
  return (
    <Panel title={`Version ${version}, in shadow, beside what is in force`} actions={mayAdopt && <Adopt version={version} />}>
      <Text mb="xs">
        Measured on {quality.examples} newer {quality.examples === 1 ? 'invoice' : 'invoices'} that the fit has not seen.
      </Text>
      <Group align="flex-start" gap="xl">
        <Rows label="Measures" headings={['Measure', right('Shadow'), right('In force')]}>
          {measures.map(([name, its, ours]) => (
            <tr key={name}>
              <td>{name}</td>
              <DigitsCell>{three(its)}</DigitsCell>
              <DigitsCell>{three(ours)}</DigitsCell>
            </tr>
          ))}
        </Rows>
        <Calibration label="Calibration of the shadow" of={quality} />
        <Calibration label="Calibration in force" of={currentQuality} />
      </Group>
    </Panel>
  );
}

function Adopt({ version }: { version: number }) {
  return (
    <CommandButton
      label="Adopt"
      title={`Adopt version ${version}`}
      submit={`Score every customer by version ${version}`}
      changes={[['risk'], ['customer']]}
      send={async (form, key) => {
        const { customers } = await ask(
          api.POST('/v1/risk/models/{version}/adopt', {
            params: { path: { version }, header: { 'Idempotency-Key': key } },
            body: { reason: form('reason') },
          }),
        );
        return `Version ${version} is in force: ${customers} customers are scored by it.`;
      }}
    >
      {(faultAt) => (
        <>
          <Text size="sm">It brings the model into force and scores every customer anew. Another one replaces it.</Text>
          <NoteField error={faultAt('/reason')} />
        </>
      )}
    </CommandButton>
  );
}

/** Of those to whom it gave such a chance, how many paid late. */
function Calibration({ label, of: { calibration } }: { label: string; of: Quality }) {
  return (
    <div>
      <Text fw={600} size="sm">
        {label}
      </Text>
      <Rows label={label} headings={['Said', right('Invoices'), right('Predicted'), right('Were late')]}>
        {calibration.map(({ from, to, examples, predicted, observed }) => (
          <tr key={from}>
            <td className="nowrap">
              {percent(from)} to {percent(to)}
            </td>
            <DigitsCell>{examples}</DigitsCell>
            <DigitsCell>{percent(predicted)}</DigitsCell>
            <DigitsCell>{percent(observed)}</DigitsCell>
          </tr>
        ))}
      </Rows>
    </div>
  );
}
