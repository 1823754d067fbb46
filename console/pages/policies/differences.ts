export interface Difference {
  /** As a pointer into the policy: '/hardRules/denyAboveDaysOverdue'. */
  path: string;
  before: string | undefined;
  after: string | undefined;
}

/** Every value that is another, new or gone from one version to the other, by its path. */
export function differences(before: unknown, after: unknown): Difference[] {
  const old = valuesOf(before);
  const now = valuesOf(after);
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((path) => {
    const difference = { path, before: old.get(path), after: now.get(path) };
    return difference.before === difference.after ? [] : [difference];
  });
}

function valuesOf(value: unknown, path = ''): Map<string, string> {
  if (typeof value !== 'object' || value === null) return new Map([[path, JSON.stringify(value)]]);
  const entries = Object.entries(value).flatMap(([key, inner]) => [...valuesOf(inner, `${path}/${key}`)]);
  return new Map(entries.length > 0 ? entries : [[path, Array.isArray(value) ? '[]' : '{}']]);
}
