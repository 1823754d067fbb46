import { Checkbox, Group, Textarea, TextInput } from '@mantine/core';
import { api, ask, type Schema } from '../../api/client.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { notTaken } from '../../form/not-taken.ts';

type Calendar = Schema<'PickupCalendar'>;
type Exception = Calendar['exceptions'][number];

/** In the order of their numbers: 1 is Monday. */
export const weekdayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** A day unlike the others as it is shown and written: '2026-12-24 11:00', or '2026-12-28 none'. */
export const exceptionText = ({ on, cutOff }: Exception) => `${on} ${cutOff ?? 'none'}`;

/** A line that is none of these goes on as it is, for the API to say what is wrong with it. */
const exceptionsIn = (text: string): Exception[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [on = '', cutOff = ''] = line.split(/\s+/);
      return { on, cutOff: cutOff === 'none' ? null : cutOff };
    });

/** Says when a carrier comes to a warehouse, or changes it. */
export function SaveCalendar({
  warehouseId,
  calendar,
  known = [],
}: {
  warehouseId: string;
  calendar?: Calendar;
  known?: readonly Calendar[];
}) {
  return (
    <CommandButton
      label={calendar ? 'Change' : 'Add a carrier'}
      title={calendar ? `When ${calendar.carrier} comes to ${warehouseId}` : `A carrier that collects at ${warehouseId}`}
      submit={calendar ? 'Save the calendar' : 'Add the carrier'}
      wide
      changes={[['pickup-calendars'], ['shipments']]}
      send={async (form) => {
        const carrier = calendar?.carrier ?? form('carrier');
        if (!calendar)
          notTaken(
            known.some((one) => one.carrier === carrier),
            '/path/carrier',
            carrier,
          );
        const [country, region] = [form('holidayCountry').toUpperCase(), form('holidayRegion').toUpperCase()];
        const saved = await ask(
          api.PUT('/v1/warehouses/{warehouseId}/pickup-calendars/{carrier}', {
            params: { path: { warehouseId, carrier } },
            body: {
              weekdays: weekdayNames.flatMap((name, index) => (form(name) === '' ? [] : [index + 1])),
              cutOff: form('cutOff'),
              timeZone: form('timeZone'),
              transitDays: Number(form('transitDays')),
              holidayCountry: country === '' ? null : country,
              holidayRegion: region === '' ? null : region,
              exceptions: exceptionsIn(form('exceptions')),
            },
          }),
        );
        return `${saved.carrier} comes to ${warehouseId} as said here.`;
      }}
    >
      {(faultAt) => (
        <>
          {!calendar && (
            <TextInput
              name="carrier"
              label="Carrier"
              description="As the carrier’s own connection calls itself."
              required
              maxLength={100}
              error={faultAt('/path/carrier')}
            />
          )}
          <Checkbox.Group
            label="Collects on"
            defaultValue={weekdayNames.filter((_, index) => calendar?.weekdays.includes(index + 1) ?? index < 5)}
            error={faultAt('/weekdays', 'within')}
          >
            <Group gap="sm" mt={4}>
              {weekdayNames.map((name) => (
                <Checkbox key={name} name={name} value={name} label={name} />
              ))}
            </Group>
          </Checkbox.Group>
          <Group grow align="flex-start">
            <TextInput
              name="cutOff"
              type="time"
              label="Cut-off"
              description="What is packed by then goes that day."
              required
              defaultValue={calendar?.cutOff ?? '15:00'}
              error={faultAt('/cutOff')}
            />
            <TextInput
              name="timeZone"
              label="Time zone"
              description="Of the cut-off, as Europe/Berlin."
              required
              maxLength={60}
              defaultValue={calendar?.timeZone ?? ''}
              error={faultAt('/timeZone')}
            />
            <TextInput
              name="transitDays"
              type="number"
              label="Working days to deliver"
              description="From the pickup on."
              min={0}
              max={60}
              required
              defaultValue={String(calendar?.transitDays ?? 1)}
              error={faultAt('/transitDays')}
            />
          </Group>
          <Group grow align="flex-start">
            <TextInput
              name="holidayCountry"
              label="Public holidays of, two letters"
              description="Nobody comes on them. Empty: they work on."
              maxLength={2}
              defaultValue={calendar?.holidayCountry ?? ''}
              error={faultAt('/holidayCountry')}
            />
            <TextInput
              name="holidayRegion"
              label="Region"
              description="The second part of its ISO 3166-2 code, as BY."
              maxLength={5}
              defaultValue={calendar?.holidayRegion ?? ''}
              error={faultAt('/holidayRegion')}
            />
          </Group>
          <Textarea
            name="exceptions"
            label="Days unlike the others"
            description="One a line: 2026-12-24 11:00 for another cut-off, 2026-12-28 none for no pickup."
            autosize
            minRows={2}
            maxRows={8}
            defaultValue={calendar?.exceptions.map(exceptionText).join('\n') ?? ''}
            error={faultAt('/exceptions', 'within')}
          />
        </>
      )}
    </CommandButton>
  );
}
