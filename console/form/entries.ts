/** What stands in a form's fields of text, by name; files are not among them. */
export function entriesOf(form: HTMLFormElement): [string, string][] {
  return [...new FormData(form)].flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value.trim()]] : [],
  );
}

/** The same to be asked by name; a field that is not there is empty. */
export type Fields = (name: string) => string;

export const fieldsOf =
  (entries: readonly (readonly [string, string])[]): Fields =>
  (name) =>
    entries.find(([of]) => of === name)?.[1] ?? '';

/** A fact that is left out when nothing was written. */
export const given = <Name extends string, Text extends string>(name: Name, text: Text) =>
  (text === '' ? {} : { [name]: text }) as Partial<Record<Name, Text>>;
