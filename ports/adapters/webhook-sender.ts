import { lookup } from 'node:dns';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import type { WebhookReceiverPort } from '../webhook-receiver.ts';

const answerBytesMaximum = 1_000;

// What is not of the public internet (IANA's registries of special-purpose addresses). A list for each kind of address, because one
// with rules for both holds the IPv4 addresses against the rules for IPv6 too.
const notPublic = { ipv4: new BlockList(), ipv6: new BlockList() };
const ranges = {
  ipv4: [
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.88.99.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
    ['224.0.0.0', 3],
  ],
  // Only 2000::/3 is public, and of that not the tunnels, which lead to IPv4 addresses, nor what is for documentation.
  ipv6: [
    ['::', 3],
    ['4000::', 2],
    ['8000::', 1],
    ['2001::', 23],
    ['2001:db8::', 32],
    ['2002::', 16],
    ['3fff::', 20],
  ],
} as const;
for (const kind of ['ipv4', 'ipv6'] as const) {
  for (const [network, bits] of ranges[kind]) notPublic[kind].addSubnet(network, bits, kind);
}

export function isPublicAddress(address: string): boolean {
  const kind = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  return !notPublic[kind].check(address, kind);
}

export interface WebhookSenderOptions {
  /** On a local stack receivers may be local, and without TLS. */
  localReceivers?: boolean;
  /** From the first packet to the last byte that is read. */
  answerWithinMs?: number;
}

/**
 * Sends webhooks over HTTPS. Which machine a name leads to is decided once, and held against the list above, for the very connection
 * that is then made: a name that is pointed at one of our own machines later gets nothing (SSRF, DNS rebinding).
 */
export function createWebhookSender({
  localReceivers = false,
  answerWithinMs = 10_000,
}: WebhookSenderOptions = {}): WebhookReceiverPort {
  const lookupPublic: LookupFunction = (hostname, options, answer) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      const addresses = error ? [] : found.filter(({ address }) => localReceivers || isPublicAddress(address));
      const [first] = addresses;
      if (error || !first) answer(error ?? new Error(`${hostname} leads to no public address`), '', 0);
      else if (options.all) answer(null, addresses);
      else answer(null, first.address, first.family);
    });
  };
  return {
    post: ({ url: text, headers, body }) =>
      new Promise((resolve, reject) => {
        const url = new URL(text);
        const host = url.hostname.replace(/^\[|\]$/g, '');
        if (!localReceivers && url.protocol !== 'https:') throw new Error('only https is spoken to receivers');
        // An address in the url itself is never looked up.
        if (!localReceivers && isIP(host) && !isPublicAddress(host)) throw new Error(`${host} is no public address`);
        const call = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
          method: 'POST',
          headers: { ...headers, 'Content-Length': Buffer.byteLength(body) },
          lookup: lookupPublic,
          // A connection of its own: one that was kept may have been looked up long ago.
          agent: false,
        });
        // The socket's own time-out would begin anew with each byte.
        const late = setTimeout(() => {
          reject(new Error(`no answer within ${answerWithinMs / 1_000} s`));
          call.destroy();
        }, answerWithinMs);
        call.once('close', () => clearTimeout(late));
        call.on('error', reject);
        call.once('response', (response) => {
          const { statusCode = 0 } = response;
          readBeginning(response).then((answer) => {
            resolve({ statusCode, answer });
            call.destroy();
          }, reject);
        });
        call.end(body);
      }),
  };
}

async function readBeginning(response: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of response as AsyncIterable<Buffer>) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes >= answerBytesMaximum) break;
  }
  // PostgreSQL stores no zero bytes.
  return Buffer.concat(pieces).subarray(0, answerBytesMaximum).toString('utf8').replaceAll('\0', '');
}
