/** A value of a record that has no form of its own, as text. */
export function plainly(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
