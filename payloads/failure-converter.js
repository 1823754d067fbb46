import { DefaultFailureConverter } from '@temporalio/common';

/**
 * Messages and stack traces of failures travel in a payload, which is encrypted like every other: a mail server's refusal names its
 * recipient. The SDK loads this file by its path, in the worker's process and in the workflow sandbox, so it is plain JavaScript.
 */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
