import { readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';
import { currencyExponents } from '../domain/money.ts';
import { openApiDocument } from './openapi.ts';
import { routes } from './routes/index.ts';

/*
 * `npm run console:contract` writes console/contract.ts: the contract as types, and the decimals of currencies, without which nobody can
 * read its amounts. That is all of ours that the console knows. With `--check` it fails when the file is stale. Paths are sorted, so that two branches that add routes merge; on a conflict, run it again.
 */
interface Operation {
  operationId?: string;
  responses: Record<string, { content?: object }>;
}
const file = new URL('../console/contract.ts', import.meta.url);
const document = openApiDocument(routes) as {
  paths: Record<string, Record<string, Operation>>;
  components: Record<string, Record<string, object>>;
};
// Every problem has the same shape: once per operation is enough to read.
for (const operation of Object.values(document.paths).flatMap((path) => Object.values(path))) {
  const given = Object.entries(operation.responses).filter(([status]) => status < '400');
  operation.responses = Object.fromEntries([...given, ['default', { $ref: '#/components/responses/Problem' } as object]]);
  // Without its name an operation is written where its path is, and only there.
  delete operation.operationId;
}
document.components.responses = {
  Problem: {
    description: 'A problem',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  },
};
const types = astToString(await openapiTS(document as unknown as string, { alphabetize: true }));
// Browsers know other decimals than ISO 4217, those of cash: none for the forint.
const exponents = Object.fromEntries([...currencyExponents].filter(([, exponent]) => exponent !== 2));
const text = `// Written by \`npm run console:contract\` from the routes of api/; do not edit.
/** Decimals of a currency by ISO 4217; two where it is not named. */
export const exponents: Readonly<Record<string, number>> = ${JSON.stringify(exponents)};
${types}`;
if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (readFileSync(file, 'utf8') !== text) {
  console.error('console/contract.ts is stale: run `npm run console:contract`.');
  process.exit(1);
}
