import { readFile } from 'node:fs/promises';
import type { Payload } from '@temporalio/common';
import { defaultPayloadConverter } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { createPayloadCodec, UnreadablePayload } from './codec.ts';
import { failureConverter } from './failure-converter.js';

const [older, newer] = [1, 2].map((byte) => Buffer.alloc(32, byte).toString('base64')) as [string, string];
const secret = { name: 'Ottilie Quietwater', lines: [1, null, 'ß€𝄞'] };
const plain = defaultPayloadConverter.toPayload(secret);
const codec = createPayloadCodec(older);
const one = async (coded: Promise<Payload[]>) => (await coded)[0]!;
const encrypted = await one(codec.encode([plain]));

describe('payloads', () => {
  it('X3: are encrypted, each time otherwise, and come back as they were', async () => {
    expect(Buffer.from(encrypted.data!).includes('Ottilie')).toBe(false);
    const again = await one(codec.encode([plain]));
    expect(again.data).not.toEqual(encrypted.data);
    for (const payload of [encrypted, again])
      expect(defaultPayloadConverter.fromPayload(await one(codec.decode([payload])))).toEqual(secret);
    const bare = [defaultPayloadConverter.toPayload(undefined), { metadata: {} }];
    const [nothing, empty] = await codec.decode(await codec.encode(bare));
    expect(defaultPayloadConverter.fromPayload(nothing!)).toBeUndefined();
    expect(empty!.data ?? Buffer.alloc(0)).toHaveLength(0);
    expect(await codec.encode([])).toEqual([]);
  });

  it('X3: with every byte of one that is changed, and at every length to which it is cut, it is refused', async () => {
    for (const at of encrypted.data!.keys()) {
      const data = Buffer.from(encrypted.data!);
      data[at]! ^= 1;
      await expect(codec.decode([{ ...encrypted, data }]), `byte ${at}`).rejects.toThrow(UnreadablePayload);
      await expect(codec.decode([{ ...encrypted, data: data.subarray(0, at) }]), `${at} bytes`).rejects.toThrow(
        UnreadablePayload,
      );
    }
    await expect(codec.decode([{ metadata: encrypted.metadata! }])).rejects.toThrow(UnreadablePayload);
  });

  it('X3: while keys change the first of them encrypts and all of them decrypt', async () => {
    const [reader, writer, later] = [`${older},${newer}`, `${newer}, ${older}`, newer].map(createPayloadCodec);
    const written = await one(writer!.encode([plain]));
    for (const both of [reader!, writer!])
      expect((await both.decode([encrypted, written])).map((payload) => defaultPayloadConverter.fromPayload(payload))).toEqual([
        secret,
        secret,
      ]);
    expect(defaultPayloadConverter.fromPayload(await one(later!.decode([written])))).toEqual(secret);
    await expect(later!.decode([encrypted])).rejects.toThrow('PAYLOAD_KEYS has no key');
    await expect(codec.decode([written])).rejects.toThrow(UnreadablePayload);
    // The key that another program means by the same name is another key.
    const renamed = { ...written, metadata: encrypted.metadata! };
    await expect(codec.decode([renamed])).rejects.toThrow('was changed');
  });

  it('X1: what is not encrypted passes unread, as older workflows and messages by hand have it', async () => {
    const foreign = { metadata: { encoding: Buffer.from('binary/other') }, data: Buffer.from('x') };
    const passed = [plain, foreign, {}];
    expect(await codec.decode(passed)).toEqual(passed);
  });

  it('X3: a setting that holds no keys is refused without telling it', () => {
    const short = Buffer.alloc(16, 1).toString('base64');
    for (const setting of ['', short, `${older},`, 'throughline', `${older} ${newer}`, Buffer.alloc(32, 1).toString('hex')]) {
      expect(() => createPayloadCodec(setting), setting).toThrow('openssl rand -base64 32');
      expect(() => createPayloadCodec(setting)).not.toThrow(setting === '' ? /^$/ : setting);
    }
  });

  it('X3: a failure says nothing outside of its payload, and recorded ones are read as before', async () => {
    const error = new Error('550 no mailbox ottilie@quietwater.example', { cause: new Error('Ottilie') });
    const failure = failureConverter.errorToFailure(error, defaultPayloadConverter);
    for (const level of [failure, failure.cause!]) {
      expect({ message: level.message, stackTrace: level.stackTrace }).toEqual({ message: 'Encoded failure', stackTrace: '' });
      expect(level.encodedAttributes).toBeDefined();
    }
    expect(failureConverter.failureToError(failure, defaultPayloadConverter)).toMatchObject({ message: error.message });
    const recorded = { message: 'as it was', stackTrace: 'at old.ts', applicationFailureInfo: { type: 'Old' } };
    expect(failureConverter.failureToError(recorded, defaultPayloadConverter)).toMatchObject({ message: 'as it was' });
    // The sandbox of the workflows bundles it: nothing of Node may come along.
    expect(await readFile(new URL('./failure-converter.js', import.meta.url), 'utf8')).not.toContain('node:');
  });
});
