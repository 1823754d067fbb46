import { Group, Select, TextInput } from '@mantine/core';
import type { Schema } from '../api/client.ts';
import { choicesOf } from '../form/choices.ts';
import type { Fields } from '../form/entries.ts';
import type { FaultAt } from '../form/faults.ts';
import { AmountField } from '../form/fields.tsx';
import { majorOf, minorOf } from '../show/money.tsx';

type Invoice = Schema<'Invoice'>;
type Claim = Schema<'LineCorrection'>;

/** The codes of the API, as people say them. */
const correctionReasons = choicesOf<Schema<'NewDispute'>['reason']>({
  'price-error': 'Price that was not agreed',
  'quantity-error': 'Another quantity than was delivered',
  'not-delivered': 'Goods that never arrived',
  damaged: 'Goods that arrived damaged',
  'wrong-item': 'Goods that were not ordered',
  'tax-error': 'Wrong tax category or rate',
  'address-error': 'Wrong name, address or tax id',
  'terms-error': 'Other terms of payment than agreed',
  'interest-error': 'Interest for days on which nothing was owed',
  duplicate: 'Goods that were billed twice',
  goodwill: 'Goodwill: nothing was wrong',
});

/** Interest is asked for by interest notes alone. */
export const reasonsFor = <Reason extends { value: string }>(kind: Invoice['kind'], reasons: readonly Reason[]): Reason[] =>
  reasons.filter(({ value }) => value !== 'interest-error' || kind === 'interest-note');

export function ReasonSelect({
  kind,
  error,
  defaultValue,
}: {
  kind: Invoice['kind'];
  error?: string | undefined;
  defaultValue?: string;
}) {
  return (
    <Select
      name="reason"
      label="What is wrong"
      required
      searchable
      allowDeselect={false}
      defaultValue={defaultValue ?? null}
      data={reasonsFor(kind, correctionReasons)}
      error={error}
    />
  );
}

/** What an opening item or a note is known by is its amount alone; it stands for its one line. */
const linesOf = ({ kind, lines }: Pick<Invoice, 'kind' | 'lines'>) =>
  kind === 'opening-item' || lines.length === 0 ? [{ lineNumber: 1, description: 'All of it', quantity: 1 }] : lines;

/** Line by line, what is too much; nothing said of any line means all of it. */
export function LineClaims({ invoice, faultAt }: { invoice: Pick<Invoice, 'kind' | 'lines' | 'currency'>; faultAt: FaultAt }) {
  const byAmountAlone = invoice.kind === 'opening-item';
  return (
    <>
      {linesOf(invoice).map(({ lineNumber, description, quantity }) => (
        <Group key={lineNumber} gap="xs" align="flex-end" wrap="nowrap">
          <Select
            style={{ flex: 1, minWidth: 0 }}
            name={`line ${lineNumber} kind`}
            label={byAmountAlone ? description : `${description} (${quantity} charged)`}
            placeholder="Nothing"
            clearable
            clearButtonProps={{ 'aria-label': `Nothing of ${description}`, tabIndex: -1 }}
            data={[
              ...(byAmountAlone
                ? []
                : [
                    { value: 'quantity', label: 'So many units too many' },
                    { value: 'unitPriceMinor', label: 'The price that was agreed' },
                  ]),
              { value: 'amountMinor', label: 'So much too much, without tax' },
            ]}
          />
          <TextInput
            w={120}
            name={`line ${lineNumber} value`}
            aria-label={`How much of ${description}, units or ${invoice.currency}`}
            placeholder="0"
            inputMode="decimal"
            pattern="\d{1,12}([.,]\d{1,3})?"
          />
        </Group>
      ))}
      {faultAt('/lines', 'within') && <div className="refused">{faultAt('/lines', 'within')}</div>}
    </>
  );
}

/** The lines that something was said of; none: all of the invoice. */
export function claimsOf(form: Fields, invoice: Pick<Invoice, 'kind' | 'lines' | 'currency'>): Claim[] {
  return linesOf(invoice).flatMap(({ lineNumber }): Claim[] => {
    const kind = form(`line ${lineNumber} kind`);
    const value = form(`line ${lineNumber} value`);
    if (kind === 'quantity') return [{ lineNumber, quantity: Number(value) }];
    if (kind === 'unitPriceMinor') return [{ lineNumber, unitPriceMinor: minorOf(value, invoice.currency) }];
    if (kind === 'amountMinor') return [{ lineNumber, amountMinor: minorOf(value, invoice.currency) }];
    return [];
  });
}

type Revision = Schema<'LineRevision'>;
/** As the finder writes it, whose tax category is any word. */
type Suggested = NonNullable<Schema<'Breakdown'>['suggestion']>['lines'][number];

/** UNCL 5305, as invoices name them. */
const taxCategories = [
  { value: 'S', label: 'Standard' },
  { value: 'Z', label: 'Zero rated' },
  { value: 'E', label: 'Exempt' },
  { value: 'AE', label: 'Reverse charge' },
  { value: 'K', label: 'Within the EU' },
  { value: 'G', label: 'Export' },
  { value: 'O', label: 'Outside of tax' },
];

/** Each line as the revised invoice will charge it; what nobody changes stays as it is. */
export function LineRevisions({
  invoice,
  suggested = [],
  faultAt,
}: {
  invoice: Pick<Invoice, 'lines' | 'currency'>;
  suggested?: readonly Suggested[];
  faultAt: FaultAt;
}) {
  return (
    <>
      {invoice.lines.map(({ lineNumber, description, quantity, unitPriceMinor, taxCategory, taxRate }) => {
        const right = suggested.find((line) => line.lineNumber === lineNumber);
        return (
          <Group key={lineNumber} gap="xs" wrap="nowrap" component="fieldset" m={0} p={0} style={{ border: 0 }}>
            <legend>{description}</legend>
            <TextInput
              name={`revised ${lineNumber} quantity`}
              label="Units"
              inputMode="numeric"
              pattern="\d{1,7}"
              defaultValue={String(right?.quantity ?? quantity)}
            />
            <AmountField
              label="Price"
              currency={invoice.currency}
              name={`revised ${lineNumber} price`}
              defaultValue={majorOf(right?.unitPriceMinor ?? unitPriceMinor, invoice.currency)}
            />
            <Select
              name={`revised ${lineNumber} category`}
              label="Tax"
              allowDeselect={false}
              defaultValue={right?.taxCategory ?? taxCategory}
              data={taxCategories}
            />
            <TextInput name={`revised ${lineNumber} tax`} label="Tax rate" defaultValue={right?.taxRate ?? taxRate} />
          </Group>
        );
      })}
      {faultAt('/lines', 'within') && <div className="refused">{faultAt('/lines', 'within')}</div>}
    </>
  );
}

/** The lines that differ from what is charged. */
export function revisionsOf(form: Fields, { lines, currency }: Pick<Invoice, 'lines' | 'currency'>): Revision[] {
  return lines.flatMap((line): Revision[] => {
    const { lineNumber } = line;
    const quantity = Number(form(`revised ${lineNumber} quantity`));
    const unitPriceMinor = minorOf(form(`revised ${lineNumber} price`), currency);
    const taxRate = form(`revised ${lineNumber} tax`);
    const taxCategory = form(`revised ${lineNumber} category`);
    const changed: Revision = {
      lineNumber,
      ...(quantity !== line.quantity && { quantity }),
      ...(unitPriceMinor !== line.unitPriceMinor && { unitPriceMinor }),
      ...(taxRate !== line.taxRate && { taxRate }),
      ...(taxCategory !== line.taxCategory && { taxCategory: taxCategory as NonNullable<Revision['taxCategory']> }),
    };
    return Object.keys(changed).length > 1 ? [changed] : [];
  });
}
