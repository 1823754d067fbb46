import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { DataConverter, Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';

/*
 * What Temporal keeps of orders is encrypted before it leaves our processes: arguments, results, messages, memos, summaries and failures.
 * The layout is that of Temporal's own samples, so that their tools read it: the payload as protobuf, as initialisation vector (12
 * bytes), ciphertext and tag (16 bytes), with the id of the key beside it.
 */
const { Payload: PayloadMessage } = proto.temporal.api.common.v1;
const encoding = Buffer.from('binary/encrypted');
const algorithm = 'aes-256-gcm';
const keyBytes = 32;
const vectorBytes = 12;
const tagBytes = 16;

/** The SDK loads it by itself: into each process, and into the bundle of the workflows. From the root, for a worker bundled elsewhere. */
export const failureConverterPath = fileURLToPath(new URL('../payloads/failure-converter.js', import.meta.url));

/** A payload of ours that cannot be read: its key is not among those that are set, or it was changed. */
export class UnreadablePayload extends Error {
  override name = 'UnreadablePayload';
}

/**
 * What every client and worker of Temporal is given.
 * @param keys PAYLOAD_KEYS: keys of 32 bytes in Base64 with commas between them. The first encrypts, all of them decrypt.
 * @throws Error when there is none, or one that is no such key.
 */
export function createDataConverter(keys: string): DataConverter {
  return {
    payloadCodecs: [createPayloadCodec(keys)],
    failureConverterPath,
  };
}

/** AES-256-GCM. What carries no encryption of ours passes unread: older workflows, and messages that were sent by hand. */
export function createPayloadCodec(setting: string): PayloadCodec {
  const keys = new Map(setting.split(',').map(readKey));
  const [newestId, newest] = [...keys][0]!;
  const metadata = { encoding, 'encryption-key-id': Buffer.from(newestId) };

  function encrypt(payload: Payload): Payload {
    const vector = randomBytes(vectorBytes);
    const cipher = createCipheriv(algorithm, newest, vector);
    const inner = cipher.update(PayloadMessage.encode(payload).finish());
    cipher.final();
    return { metadata, data: Buffer.concat([vector, inner, cipher.getAuthTag()]) };
  }

  function decrypt(payload: Payload): Payload {
    const { metadata, data } = payload;
    if (!metadata?.encoding || !encoding.equals(metadata.encoding)) return payload;
    const keyId = Buffer.from(metadata['encryption-key-id'] ?? []).toString();
    const key = keys.get(keyId);
    if (!key) throw new UnreadablePayload(`PAYLOAD_KEYS has no key ${JSON.stringify(keyId)}, with which this was encrypted`);
    if (!data || data.length < vectorBytes + tagBytes) throw new UnreadablePayload('an encrypted payload was cut');
    const decipher = createDecipheriv(algorithm, key, data.subarray(0, vectorBytes), { authTagLength: tagBytes });
    decipher.setAuthTag(data.subarray(-tagBytes));
    const inner = decipher.update(data.subarray(vectorBytes, -tagBytes));
    try {
      decipher.final();
    } catch {
      throw new UnreadablePayload('an encrypted payload was changed');
    }
    return PayloadMessage.decode(inner) as Payload;
  }

  return {
    encode: async (payloads) => payloads.map(encrypt),
    decode: async (payloads) => payloads.map(decrypt),
  };
}

/** A key is named by its own hash, so that no two programs can mean different keys by one name. */
function readKey(text: string): [id: string, key: Buffer] {
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== keyBytes || key.toString('base64') !== text.trim())
    throw new Error('PAYLOAD_KEYS must be keys of 32 random bytes in Base64, with commas between them: openssl rand -base64 32');
  return [createHash('sha256').update(key).digest('hex').slice(0, 16), key];
}
