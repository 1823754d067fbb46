import { type Connection, isGrpcServiceError } from '@temporalio/client';

const notFound = 5;
const unimplemented = 12;

/** Asks after a workflow that does not exist: a server that can skip time looks for it, one that cannot refuses before. */
export async function supportsTimeSkipping(connection: Connection, namespace: string): Promise<boolean> {
  try {
    await connection.workflowService.pollWorkflowExecutionTimeSkipping({
      namespace,
      workflowExecution: { workflowId: 'throughline-time-skipping-probe' },
      fastForwardId: 'probe',
    });
    return true;
  } catch (error) {
    if (isGrpcServiceError(error) && error.code === notFound) return true;
    if (isGrpcServiceError(error) && error.code === unimplemented) return false;
    throw error;
  }
}
