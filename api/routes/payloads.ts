import type { Payload } from '@temporalio/common';
import { z } from 'zod';
import { Refusal } from '../../domain/failures.ts';
import { UnreadablePayload } from '../../payloads/codec.ts';
import { type Route, reply, route, type Services } from '../contract.ts';

/*
 * Temporal's protocol of codec servers (https://docs.temporal.io/codec-server), by which its UI and its command line show operators what
 * is encrypted in the engine, and encrypt what is sent from there. With the client's own codec: they read what the workers read.
 */
const roles = ['admin'] as const;
// A payload may have 2 MB, and a page of events comes as several.
const bodyLimitBytes = 16 * 1024 * 1024;

const payloads = z.strictObject({
  payloads: z
    .array(
      z.looseObject({
        metadata: z.record(z.string().max(100), z.base64()).optional(),
        data: z.base64().optional(),
      }),
    )
    .max(10_000),
});
type SentPayload = z.infer<typeof payloads>['payloads'][number];

type Coding = 'encode' | 'decode';

const codingRoute = (coding: Coding, summary: string): Route =>
  route({
    method: 'post',
    path: `/v1/payloads/${coding}`,
    summary,
    roles,
    body: payloads,
    bodyLimitBytes,
    openToTemporalUi: true,
    readsClockItself: true,
    responses: { 200: payloads.meta({ id: 'TemporalPayloads' }) },
    handler: async ({ client, body }) => reply(200, { payloads: await recode(client, coding, body.payloads) }),
  });

async function recode(client: Services['client'], coding: Coding, sent: SentPayload[]): Promise<SentPayload[]> {
  let recoded: Payload[] = sent.map(fromJson);
  try {
    for (const codec of client?.options.loadedDataConverter.payloadCodecs ?? []) recoded = await codec[coding](recoded);
  } catch (error) {
    if (error instanceof UnreadablePayload) throw new Refusal(422, 'unreadable-payload', `${error.message}.`);
    throw error;
  }
  return recoded.map(toJson);
}

const bytes = (base64: string) => Buffer.from(base64, 'base64');
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

function fromJson({ metadata = {}, data = '' }: SentPayload): Payload {
  return { metadata: Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, bytes(value)])), data: bytes(data) };
}

function toJson({ metadata, data }: Payload): SentPayload {
  return {
    metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([key, value]) => [key, base64(value)])),
    data: base64(data ?? Buffer.alloc(0)),
  };
}

export const payloadRoutes: Route[] = [
  codingRoute('decode', 'Decrypt payloads of the engine, for Temporal’s UI and command line'),
  codingRoute('encode', 'Encrypt payloads that are sent to a workflow by hand'),
];
