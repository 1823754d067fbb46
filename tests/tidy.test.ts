import { readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/*
 * The shape of the project, as rules over its files. A folder or a named file of it is a part; a file belongs to the
 * longest part that fits it, and the parts of one folder may import each other unless they stand in `apart`.
 */
interface Arrows {
  /** The other parts it may import. */
  ours: string[];
  /** Parts it may import by `import type` only. */
  typesOnly?: string[];
  /** The libraries it may import; absent: any. Node's own modules count as `node:`. */
  libraries?: string[];
}

const arrows: Record<string, Arrows> = {
  domain: { ours: [], libraries: ['dinero.js', 'temporal-polyfill'] },
  workflows: { ours: ['domain'], typesOnly: ['activities'], libraries: ['@temporalio/workflow', '@temporalio/common'] },
  'workflows/messages.ts': {
    ours: ['domain'],
    typesOnly: ['activities'],
    libraries: ['@temporalio/workflow', '@temporalio/common'],
  },
  'workflows/search-attributes.ts': { ours: [], libraries: ['@temporalio/common'] },
  activities: {
    ours: ['db', 'documents', 'ports', 'domain'],
    libraries: ['@temporalio/activity', '@temporalio/common', 'node:'],
  },
  documents: {
    ours: ['db', 'domain'],
    libraries: ['pdfmake', 'bwip-js', 'postal-mime', 'csv-parse', 'fast-xml-parser', 'xmlbuilder2', 'zod', 'node:'],
  },
  db: { ours: ['domain'], libraries: ['pg', 'node:'] },
  // The calendar of public holidays: data in the shape of a library.
  'db/statements/public-holidays.ts': { ours: ['domain'], libraries: ['date-holidays'] },
  // How alike two names are.
  'db/statements/payer-names.ts': { ours: [], libraries: ['fuzzball'] },
  ports: { ours: ['domain'], libraries: [] },
  'ports/adapters': { ours: ['ports', 'domain'] },
  outbox: {
    ours: ['db', 'domain', 'ports', 'workflows/search-attributes.ts'],
    libraries: ['@temporalio/client', '@temporalio/common', 'standardwebhooks'],
  },
  payloads: { ours: [], libraries: ['@temporalio/common', '@temporalio/proto', 'node:'] },
  clock: { ours: ['db', 'domain', 'outbox'], libraries: ['@temporalio/client', '@temporalio/common', 'node:'] },
  // The composition root: the only part that reaches the adapters.
  workers: { ours: ['activities', 'ports', 'ports/adapters', 'db', 'outbox', 'payloads', 'domain'] },
  api: { ours: ['db', 'domain', 'outbox', 'payloads', 'clock', 'documents', 'workflows/messages.ts'] },
  // The pages of the browser: of ours they know the API's contract alone, as console/contract.ts has it.
  console: {
    ours: [],
    libraries: [
      'react',
      'react-dom',
      '@tanstack',
      '@mantine',
      '@fontsource-variable',
      'lucide-react',
      'openapi-fetch',
      'echarts',
      'bwip-js',
    ],
  },
  'console/vite.config.ts': { ours: [], libraries: ['vite', '@vitejs/plugin-react', 'node:'] },
  // The local stack starts the worker and the API as processes and speaks HTTP to them.
  stack: { ours: ['db', 'domain'] },
  // A visitor of the API, like a customer's program.
  docs: { ours: ['domain'], libraries: ['node:'] },
  // A visitor too, that writes amounts as the domain does.
  demo: { ours: ['domain'], libraries: ['node:'] },
  bench: { ours: ['*'] },
  tests: { ours: ['*'] },
};
/** Parts that the rest of their own folder may not import either. */
const apart = new Set(['ports/adapters']);

const root = fileURLToPath(new URL('../', import.meta.url));
const foreignFolders = new Set(['node_modules', '.git', '.data', '.tmp', 'dist', 'coverage']);
const codeExtensions = new Set(['.ts', '.tsx', '.js', '.mjs']);

function walk(folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return foreignFolders.has(entry.name) ? [] : walk(path);
    return entry.isFile() ? [path] : [];
  });
}

interface Import {
  of: string;
  typeOnly: boolean;
}

interface SourceFile {
  path: string;
  imports: Import[];
  tree: ts.SourceFile;
}

function parse(path: string, text: string): SourceFile {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const imports: Import[] = [];
  const add = (of: ts.Node | undefined, typeOnly: boolean) => {
    if (of && ts.isStringLiteralLike(of)) imports.push({ of: of.text, typeOnly });
  };
  visit(tree, (node) => {
    // `import { type A }` leaves `import {}` behind, which still loads the module: only `import type` is without effect.
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    else if (ts.isExternalModuleReference(node)) add(node.expression, false);
    else if (
      ts.isCallExpression(node) &&
      (node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === 'require')
    ) {
      add(node.arguments[0], false);
    }
  });
  return { path, imports, tree };
}

function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  ts.forEachChild(node, (child) => visit(child, see));
}

const line = ({ path, tree }: SourceFile, node: ts.Node): string =>
  `${path}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;

const isTest = (path: string): boolean => path.endsWith('.test.ts');
const folderOf = (path: string): string => path.split('/')[0]!;

/** The longest part that the path lies in. Tests, wherever they stand, are part of `tests`. */
function partOf(path: string): string {
  if (isTest(path)) return 'tests';
  const parts = Object.keys(arrows).filter((part) => path === part || path.startsWith(`${part}/`));
  return parts.sort((a, b) => b.length - a.length)[0] ?? folderOf(path);
}

function wrongArrows(files: SourceFile[]): string[] {
  const wrong: string[] = [];
  for (const { path, imports } of files) {
    const from = partOf(path);
    const allowed = arrows[from];
    // Settings in the root belong to the tools that read them.
    if (!allowed && path.includes('/')) wrong.push(`${path}: ${from}/ has no row in the table of arrows`);
    if (!allowed || allowed.ours.includes('*')) continue;
    for (const { of, typeOnly } of imports) {
      if (of.startsWith('.')) {
        const to = partOf(normalize(join(dirname(path), of)));
        const neighbours = folderOf(from) === folderOf(to) && (from === to || !apart.has(to));
        if (neighbours || allowed.ours.includes(to) || (typeOnly && allowed.typesOnly?.includes(to))) continue;
        const rather = allowed.typesOnly?.includes(to) ? ', except by `import type`' : '';
        wrong.push(`${path}: ${from} may not import ${to}${rather} ('${of}')`);
      } else if (allowed.libraries && !allowed.libraries.some((library) => isOf(library, of))) {
        wrong.push(`${path}: ${from} may not import the library '${of}'`);
      }
    }
  }
  return wrong;
}

const isOf = (library: string, specifier: string): boolean =>
  library === 'node:' ? specifier.startsWith(library) : specifier === library || specifier.startsWith(`${library}/`);

/** Everything that the bundler takes along from an entry: the closure over imports that are not types only. */
function bundled(files: SourceFile[], entry: string): { reached: Set<string>; libraries: Set<string> } {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const reached = new Set<string>();
  const libraries = new Set<string>();
  const waiting = [entry];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    for (const { of, typeOnly } of byPath.get(path)?.imports ?? []) {
      if (typeOnly) continue;
      if (of.startsWith('.')) waiting.push(normalize(join(dirname(path), of)));
      else libraries.add(of);
    }
  }
  return { reached, libraries };
}

/** Asking a clock, in code or in SQL: effective times come in as arguments. */
function clockReadings(file: SourceFile): string[] {
  const found: string[] = [];
  visit(file.tree, (node) => {
    const readsNow = ts.isCallExpression(node) && /^(Date|performance)\.now$/.test(node.expression.getText());
    const makesNow =
      ts.isNewExpression(node) &&
      node.expression.getText() === 'Date' &&
      (node.arguments === undefined || node.arguments.length === 0);
    const temporalNow = ts.isPropertyAccessExpression(node) && node.getText() === 'Temporal.Now';
    const sqlNow =
      (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node)) &&
      /\b(now|clock_timestamp|statement_timestamp)\(\)|\bcurrent_(date|timestamp)\b/i.test(node.text);
    if (readsNow || makesNow || temporalNow || sqlNow) found.push(line(file, node));
  });
  return found;
}

function anys(file: SourceFile): string[] {
  const found: string[] = [];
  visit(file.tree, (node) => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) found.push(line(file, node));
  });
  return found;
}

const paths = walk();
const code = paths.filter((path) => codeExtensions.has(extname(path)));
const files = code.map((path) => parse(path, readFileSync(join(root, path), 'utf8')));
const product = files.filter(({ path }) => path.includes('/') && !isTest(path) && !path.startsWith('tests/'));

describe('tidy: the arrows of the architecture', () => {
  it('reads the whole project', () => {
    // A checker that reads nothing finds nothing.
    for (const folder of ['domain', 'workflows', 'activities', 'db', 'ports', 'outbox', 'clock', 'workers', 'stack', 'tests']) {
      expect(code.filter((path) => folderOf(path) === folder).length, folder).toBeGreaterThan(0);
    }
    expect(code.length).toBeGreaterThan(100);
    expect(files.reduce((total, { imports }) => total + imports.length, 0)).toBeGreaterThan(400);
  });

  it('every import follows an arrow', () => {
    expect(wrongArrows(files)).toEqual([]);
  });

  it.each([
    ['a library in the domain', 'domain/planted.ts', "import { z } from 'zod';"],
    ['a clock of Node in the domain', 'domain/planted.ts', "import { setTimeout } from 'node:timers/promises';"],
    ['the database in the domain, as a type', 'domain/planted.ts', "import type { Database } from '../db/client.ts';"],
    ['activities in a workflow', 'workflows/planted.ts', "import { createActivities } from '../activities/index.ts';"],
    [
      'activities in a workflow, a type inside braces',
      'workflows/planted.ts',
      "import { type Actor } from '../activities/index.ts';",
    ],
    ['activities re-exported by a workflow', 'workflows/planted.ts', "export * from '../activities/index.ts';"],
    ['the database in a workflow, as a type', 'workflows/planted.ts', "import type { Database } from '../db/client.ts';"],
    ['an order workflow in the outbox', 'outbox/planted.ts', "import { orderWorkflow } from '../workflows/order.ts';"],
    ['an adapter in an activity', 'activities/planted.ts', "import { createSmtp } from '../ports/adapters/smtp.ts';"],
    ['an adapter in its own port', 'ports/planted.ts', "import { createSmtp } from './adapters/smtp.ts';"],
    ['an adapter in the API', 'api/routes/planted.ts', "const { createSmtp } = await import('../../ports/adapters/smtp.ts');"],
    ['an activity in the API', 'api/planted.ts', "type A = import('../activities/index.ts').Activities;"],
    ['the outbox in the database', 'db/transactions/planted.ts', "import '../../outbox/deliver.ts';"],
    ['a rule in the console', 'console/pages/orders/planted.tsx', "import { mayOrder } from '../../../domain/order.ts';"],
    ['the contract itself in the console', 'console/planted.ts', "import type { Route } from '../api/contract.ts';"],
    ['a folder without a row', 'shared/planted.ts', 'export {};'],
  ])('finds %s', (_, path, text) => {
    expect(wrongArrows([parse(path, text)])).toHaveLength(1);
  });

  it('lets through what the table allows', () => {
    const fine = [
      parse('workflows/planted.ts', "import type { Actor } from '../activities/index.ts';"),
      parse('workflows/planted.ts', "import { orderWorkflow } from './order.ts';"),
      parse('outbox/planted.ts', "import * as attributes from '../workflows/search-attributes.ts';"),
      parse('workers/planted.ts', "import { createSmtp } from '../ports/adapters/smtp.ts';"),
      parse('domain/planted.test.ts', "import { it } from 'vitest';"),
    ];
    expect(wrongArrows(fine)).toEqual([]);
  });

  it('the workflow bundle takes only the domain and two libraries along', () => {
    const { reached, libraries } = bundled(files, 'workflows/index.ts');
    expect([...reached].map(folderOf).filter((folder) => folder !== 'workflows' && folder !== 'domain')).toEqual([]);
    expect(reached).toContain('domain/time.ts');
    const allowed = ['@temporalio/workflow', '@temporalio/common', 'dinero.js', 'temporal-polyfill'];
    expect([...libraries].filter((library) => !allowed.some((one) => isOf(one, library)))).toEqual([]);
  });
});

describe('tidy: habits', () => {
  it('no folder is named for what it is not', () => {
    const names = new Set(paths.flatMap((path) => path.split('/').slice(0, -1)));
    for (const name of ['src', 'utils', 'util', 'common', 'helpers', 'misc']) expect(names).not.toContain(name);
  });

  it('the domain and the database ask no clock for an effective time', () => {
    const edges = new Set([
      // The company's clock itself, and intake, which reads it within its one statement.
      'db/statements/company.ts',
      'db/transactions/place-order.ts',
      // Keys, links and sessions of people and programs end by wall time, not by the company's.
      'db/statements/invitation-links.ts',
      'db/transactions/create-api-key.ts',
      'db/transactions/customer-people.ts',
      'db/transactions/renew-webhook-secret.ts',
      'db/transactions/save-person.ts',
    ]);
    const watched = product.filter(({ path }) => /^(domain|db\/(transactions|statements))\//.test(path) && !edges.has(path));
    expect(watched.length).toBeGreaterThan(30);
    expect(watched.flatMap(clockReadings)).toEqual([]);
  });

  it.each([
    'Date.now()',
    'new Date()',
    'new Date',
    'Temporal.Now.instant()',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is code.
    '`SELECT ${1} + now()`',
    "'at > clock_timestamp()'",
  ])('finds the clock in %s', (text) => {
    expect(clockReadings(parse('domain/planted.ts', `const at = ${text};`))).toHaveLength(1);
  });

  it('no any, but where a statement names the shape of its own rows', () => {
    expect(anys(parse('api/planted.ts', 'export function f(x: any) { return x as any; }'))).toHaveLength(2);
    expect(files.filter(({ path }) => path !== 'db/client.ts').flatMap(anys)).toEqual([]);
  });

  it('no file names a machine or a private registry', () => {
    const machinePath = /(?<![\w.~*:-])\/(?:work|root|home|Users)\/[\w.-]+/;
    const privateHost = /https?:\/\/(?!registry\.npmjs\.org)[\w.-]*(?:artifactory|nexus|verdaccio|npm-proxy|goproxy|pypi)[\w.-]*/;
    const findings = (text: string) =>
      text.split('\n').flatMap((row, index) => {
        const found = machinePath.exec(row) ?? privateHost.exec(row);
        return found ? [`${index + 1}: ${found[0]}`] : [];
      });
    expect(findings(`see ${['', 'home', 'anna', 'x'].join('/')}`)).toHaveLength(1);
    expect(findings('const url = "/v1/work/orders"')).toEqual([]);
    const binary = new Set(['.png', '.jpg', '.pdf', '.woff2', '.ico']);
    const texts = paths.filter((path) => !binary.has(extname(path)));
    expect(texts.flatMap((path) => findings(readFileSync(join(root, path), 'utf8')).map((found) => `${path}:${found}`))).toEqual(
      [],
    );
  });

  it('O5: no two pages of the console or of the portal are reached by the same letter after g', async () => {
    // By a name that the compiler does not follow: the pages are of the browser, and have a project of their own.
    const console = '../console/page.ts';
    const { pages } = (await import(console)) as { pages: { path: string; places: string[]; menu?: { key?: string } }[] };
    expect(pages.length).toBeGreaterThan(50);
    // Whatever the roles are: one person may have several.
    const twins = ['console', 'portal'].flatMap((place) => {
      const keyed = pages.flatMap(({ path, places, menu }) =>
        menu?.key && places.includes(place) ? [{ path, key: menu.key }] : [],
      );
      expect(keyed.length).toBeGreaterThan(5);
      return keyed.filter(({ key, path }) => keyed.some((other) => other.key === key && other.path !== path));
    });
    expect(twins).toEqual([]);
  });

  it('the lock file names no other registry than the public one', () => {
    const lock: { packages: Record<string, { resolved?: string }> } = JSON.parse(
      readFileSync(join(root, 'package-lock.json'), 'utf8'),
    );
    const hosts = new Set(Object.values(lock.packages).flatMap(({ resolved }) => (resolved ? [new URL(resolved).host] : [])));
    expect([...hosts].filter((host) => host !== 'registry.npmjs.org')).toEqual([]);
    expect(readFileSync(join(root, '.npmrc'), 'utf8')).not.toContain('registry');
  });
});
