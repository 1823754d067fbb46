import { ActionIcon, Button, Checkbox, Group, Menu, Popover, Stack, Text, TextInput } from '@mantine/core';
import { Columns3, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { entriesOf, fieldsOf } from '../form/entries.ts';
import type { Filters } from './filters.ts';
import { useSavedViews } from './views.ts';

interface TableMenusProps {
  name: string;
  columns: readonly { id: string; header: string }[];
  hidden: readonly string[];
  setHidden: (hidden: string[]) => void;
  filters: Filters;
  setFilters: (changed: Record<string, string | undefined>) => void;
}

/** Which columns are shown, and what is kept under a name. */
export function TableMenus({ name, columns, hidden, setHidden, filters, setFilters }: TableMenusProps) {
  const { views, save, forget } = useSavedViews(name);
  const [opened, setOpened] = useState(false);
  const onSave = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = fieldsOf(entriesOf(event.currentTarget))('name');
    if (given === '') return;
    save({ name: given, filters, hidden: [...hidden] });
    setOpened(false);
  };
  const show = (view: { filters: Filters; hidden: string[] }) => {
    setHidden(view.hidden);
    setFilters({ ...Object.fromEntries(Object.keys(filters).map((id) => [id, undefined])), ...view.filters });
    setOpened(false);
  };
  return (
    <>
      <Popover opened={opened} onChange={setOpened} position="bottom-end" width={260} trapFocus>
        <Popover.Target>
          <Button variant="default" size="compact-sm" onClick={() => setOpened(!opened)}>
            Views
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <Stack gap="xs">
            {views.length === 0 && (
              <Text size="sm" c="dimmed">
                Filters and columns that you need again are kept here under a name, in this browser.
              </Text>
            )}
            {views.map((view) => (
              <Group key={view.name} justify="space-between" wrap="nowrap">
                <Button variant="subtle" size="compact-sm" onClick={() => show(view)}>
                  {view.name}
                </Button>
                <ActionIcon variant="subtle" color="gray" aria-label={`Forget ${view.name}`} onClick={() => forget(view.name)}>
                  <X size={14} aria-hidden />
                </ActionIcon>
              </Group>
            ))}
            <form onSubmit={onSave}>
              <Group gap="xs" wrap="nowrap">
                <TextInput name="name" aria-label="Name of this view" placeholder="Name of this view" size="xs" maxLength={40} />
                <Button type="submit" size="compact-sm">
                  Keep
                </Button>
              </Group>
            </form>
          </Stack>
        </Popover.Dropdown>
      </Popover>
      <Menu position="bottom-end" closeOnItemClick={false}>
        <Menu.Target>
          <Button variant="default" size="compact-sm" leftSection={<Columns3 size={14} aria-hidden />} visibleFrom="sm">
            Columns
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {columns.map(({ id, header }) => {
            const isShown = !hidden.includes(id);
            return (
              <Menu.Item
                key={id}
                role="menuitemcheckbox"
                aria-checked={isShown}
                // The last one stays: a table without columns cannot be got back.
                disabled={isShown && hidden.length >= columns.length - 1}
                onClick={() => setHidden(isShown ? [...hidden, id] : hidden.filter((other) => other !== id))}
                leftSection={<Checkbox.Indicator checked={isShown} size="xs" aria-hidden />}
              >
                {header}
              </Menu.Item>
            );
          })}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
