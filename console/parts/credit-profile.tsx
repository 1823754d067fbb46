import { Group, NativeSelect, TextInput } from '@mantine/core';
import type { Schema } from '../api/client.ts';
import { choicesOf } from '../form/choices.ts';
import type { Fields } from '../form/entries.ts';
import type { FaultAt } from '../form/faults.ts';
import { Part } from '../form/part.tsx';
import { majorOf, minorOf } from '../show/money.tsx';

type Profile = NonNullable<Schema<'CustomerDetails'>['creditProfile']>;
type Rating = NonNullable<Profile['externalRating']>;

export function profileIn(form: Fields, currency: string): Profile {
  const [years, turnover, references, rating] = ['yearsTrading', 'turnover', 'tradeReferences', 'externalRating'].map(form);
  return {
    ...(years && { yearsTrading: Number(years) }),
    ...(turnover && { annualTurnoverMinor: minorOf(turnover, currency) }),
    ...(references && { tradeReferences: Number(references) }),
    ...(rating && { externalRating: rating as Rating }),
  };
}

export function ProfileFields({
  profile = {},
  currency,
  faultAt,
}: {
  profile: Profile | undefined;
  currency: string;
  faultAt: FaultAt;
}) {
  return (
    <Part title="What automatic approvals are decided from">
      <Group grow align="flex-start">
        <TextInput
          name="yearsTrading"
          type="number"
          label="Years trading"
          min={0}
          defaultValue={String(profile.yearsTrading ?? '')}
          error={faultAt('/creditProfile/yearsTrading')}
        />
        <TextInput
          name="turnover"
          label={`Annual turnover in ${currency}`}
          inputMode="decimal"
          defaultValue={profile.annualTurnoverMinor === undefined ? '' : majorOf(profile.annualTurnoverMinor, currency)}
          error={faultAt('/creditProfile/annualTurnoverMinor')}
        />
        <TextInput
          name="tradeReferences"
          type="number"
          label="Trade references"
          min={0}
          max={100}
          defaultValue={String(profile.tradeReferences ?? '')}
          error={faultAt('/creditProfile/tradeReferences')}
        />
        <NativeSelect
          name="externalRating"
          label="External rating"
          data={[{ value: '', label: 'None' }, ...choicesOf<Rating>({ A: true, B: true, C: true, D: true })]}
          defaultValue={profile.externalRating ?? ''}
        />
      </Group>
    </Part>
  );
}
