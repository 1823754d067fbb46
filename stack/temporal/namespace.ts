import { Client, type Connection, isGrpcServiceError } from '@temporalio/client';
import type { SearchAttributePair, SearchAttributeType } from '@temporalio/common';
import { encodeSearchAttributeIndexedValueType } from '@temporalio/common/lib/search-attributes';
import { msToTs } from '@temporalio/common/lib/time';
import { until } from '../until.ts';
import type { TemporalSettings } from './settings.ts';

const alreadyExists = 6;
const notFound = 5;

/** Finds or makes the namespace with its search attributes, and returns once a workflow can be started with all of them. */
export async function prepareNamespace(connection: Connection, settings: TemporalSettings): Promise<void> {
  const { namespace, searchAttributes } = settings;
  await registerNamespace(connection, namespace);

  const { customAttributes } = await until(`Temporal namespace ${namespace}`, 30, () =>
    connection.operatorService.listSearchAttributes({ namespace }),
  );
  const missing = Object.entries(searchAttributes).filter(([name]) => customAttributes?.[name] === undefined);
  if (missing.length === 0) return;

  await until('adding the search attributes', 30, () =>
    connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(missing.map(([name, type]) => [name, indexedType(type)])),
    }),
  );
  await until('starting a workflow with the search attributes', 30, () => tryStart(connection, settings));
}

async function registerNamespace(connection: Connection, namespace: string): Promise<void> {
  const { workflowService } = connection;
  try {
    await workflowService.describeNamespace({ namespace });
    return;
  } catch (error) {
    if (!isGrpcServiceError(error) || error.code !== notFound) throw error;
  }
  await workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: msToTs('30 days') }).catch((error) => {
    if (!isGrpcServiceError(error) || error.code !== alreadyExists) throw error;
  });
}

/** The parts of the server learn of a new attribute one after the other, and only a start goes through all of them. */
async function tryStart(connection: Connection, { namespace, searchAttributes }: TemporalSettings): Promise<true> {
  const client = new Client({ connection, namespace });
  const handle = await client.workflow.start('probe', {
    workflowId: 'throughline-search-attribute-probe',
    taskQueue: 'throughline-search-attribute-probe',
    workflowIdConflictPolicy: 'TERMINATE_EXISTING',
    typedSearchAttributes: Object.entries(searchAttributes).map(sample),
  });
  // Deleting it while it runs ends it too. A closed one would stay in the list for minutes.
  await connection.workflowService.deleteWorkflowExecution({ namespace, workflowExecution: { workflowId: handle.workflowId } });
  return true;
}

function sample([name, typeName]: [string, string]): SearchAttributePair {
  const type = attributeType(typeName);
  return { key: { name, type }, value: sampleValues[type] } as SearchAttributePair;
}

const sampleValues = { TEXT: '', KEYWORD: '', KEYWORD_LIST: [], INT: 0, DOUBLE: 0, BOOL: false, DATETIME: new Date(0) };

/** `KeywordList` on the command line is `KEYWORD_LIST` in the SDK. */
const attributeType = (type: string) => type.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase() as SearchAttributeType;

const indexedType = (type: string) => encodeSearchAttributeIndexedValueType(attributeType(type))!;
