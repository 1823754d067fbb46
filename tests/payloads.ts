import { createDataConverter } from '../payloads/codec.ts';

/** The key of tests and benches. It guards nothing. */
export const payloadKeys = Buffer.alloc(32, 'throughline').toString('base64');
export const dataConverter = createDataConverter(payloadKeys);
