import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { RequestHandler } from 'express';
import { Refusal } from '../domain/failures.ts';
import type { SentFile } from './contract.ts';

/** Takes a file that is too long for memory onto the disk, until its request is answered. */
export function spoolFile(limitBytes: number): RequestHandler {
  return async (request, response, next) => {
    if (request.headers['content-encoding'] !== undefined && request.headers['content-encoding'] !== 'identity') {
      throw new Refusal(415, 'unsupported-media-type', 'Send the file as it is, without a Content-Encoding.');
    }
    const tooLarge = () => new Refusal(413, 'body-too-large', `The body is larger than ${limitBytes / 1_024} kB.`);
    if (Number(request.headers['content-length'] ?? 0) > limitBytes) throw tooLarge();
    const path = join(tmpdir(), `throughline-${randomUUID()}`);
    response.on('close', () => void unlink(path).catch(() => {}));
    const sha256 = createHash('sha256');
    let size = 0;
    const measure = new Transform({
      transform(piece: Buffer, _encoding, done) {
        size += piece.length;
        sha256.update(piece);
        if (size <= limitBytes) done(null, piece);
        else done(tooLarge());
      },
    });
    try {
      await pipeline(request, measure, createWriteStream(path, { mode: 0o600 }));
    } catch (error) {
      // Who hangs up gets no answer anyway; what is left of a body that is too large is not read.
      if (!(error instanceof Refusal)) throw new Refusal(400, 'invalid-request', 'The file did not arrive whole.');
      throw error;
    }
    response.locals.spooled = { path, sha256: sha256.digest('base64url'), size } satisfies SentFile['spooled'];
    next();
  };
}
