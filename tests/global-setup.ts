import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../db/migrate.ts';
import { step } from '../stack/progress.ts';
import { startTestStack } from '../stack/testing.ts';
import { workflowBundle } from '../workers/bundle.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    temporalAddress: string;
    namespace: string;
    adminDatabaseUrl: string;
    templateDatabase: string;
    smtpUrl: string;
    mailboxUrl: string;
  }
}

export const templateDatabase = 'throughline_template';

/**
 * One real PostgreSQL, Temporal server and mailbox for the whole run; each test file takes its own copy of the template. The first of
 * the projects that need them starts them, and all are told where they are.
 */
export default async function setup({ vitest }: TestProject): Promise<undefined | (() => Promise<void>)> {
  const project = vitest.getRootProject();
  if ('temporalAddress' in project.getProvidedContext()) return;
  const stack = await step('Servers of this test run', (tell) => startTestStack({ progress: tell }));
  const admin = new pg.Client({ connectionString: stack.adminDatabaseUrl });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${templateDatabase}`);
  await admin.end();
  await migrate(stack.postgresUrl(templateDatabase));
  await workflowBundle();
  project.provide('temporalAddress', stack.temporalAddress);
  project.provide('namespace', stack.namespace);
  project.provide('adminDatabaseUrl', stack.adminDatabaseUrl);
  project.provide('templateDatabase', templateDatabase);
  project.provide('smtpUrl', stack.smtpUrl);
  project.provide('mailboxUrl', stack.mailbox.url);
  return () => stack.stop();
}
