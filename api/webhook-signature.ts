import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { Webhook } from 'standardwebhooks';
import Stripe from 'stripe';
import type { Database } from '../db/client.ts';
import { webhookSecrets } from '../db/transactions/renew-webhook-secret.ts';
import type { Principal } from './contract.ts';
import { sendProblem } from './problem.ts';

/**
 * Who sends a webhook is known by its signature (standardwebhooks: id, timestamp within five minutes of the time on the wall,
 * HMAC of both and the body), not by an API key. The message's id then stands for the request: sent again, it gets the first
 * answer, and with another body it is refused.
 */
export function verifyCarrierSignature(database: Database, whenWrong: RequestHandler): RequestHandler {
  return async (request, response, next) => {
    const carrier = String(request.params.carrier);
    const body: Buffer | undefined = response.locals.rawBody;
    const secrets = body && carrier.length <= 100 ? await webhookSecrets(database, carrier) : [];
    if (body && secrets.some((secret) => isSignedWith(secret, request, body))) {
      const principal: Principal = {
        keyId: `carrier:${carrier}`,
        actor: { name: `carrier:${carrier}`, verified: true },
        roles: [],
        customerId: undefined,
      };
      response.locals.principal = principal;
      response.locals.requestKey = {
        principal: principal.keyId,
        key: request.get('webhook-id')!,
        fingerprint: createHash('sha256').update(body).digest('base64url'),
      };
      next();
      return;
    }
    whenWrong(request, response, () => refuse(response));
  };
}

function isSignedWith(secret: string, request: Request, body: Buffer): boolean {
  try {
    new Webhook(secret).verify(
      body,
      {
        'webhook-id': request.get('webhook-id') ?? '',
        'webhook-timestamp': request.get('webhook-timestamp') ?? '',
        'webhook-signature': request.get('webhook-signature') ?? '',
      },
      { jsonParse: false },
    );
    return /^[\x21-\x7e]{1,200}$/.test(request.get('webhook-id') ?? '');
  } catch {
    return false;
  }
}

const gatewayToleranceSeconds = 300;

/**
 * The card gateway signs as Stripe does: time and body, within five minutes of the time on the wall. Its messages are taken once by
 * their ids and not by the request's content, because one that is sent again says in its body how often it still will be.
 */
export const verifyGatewaySignature = (secrets: readonly string[], whenWrong: RequestHandler): RequestHandler =>
  verifyOf('gateway', 'stripe-signature', isFromGateway, secrets, whenWrong);

/**
 * EasyPost signs the body alone, without a time: what it reports is taken once by the ids of its events, so that a message which
 * somebody sends again changes nothing.
 */
export const verifyEasyPostSignature = (secrets: readonly string[], whenWrong: RequestHandler): RequestHandler =>
  verifyOf('easypost', 'x-hmac-signature', isFromEasyPost, secrets, whenWrong);

function verifyOf(
  name: string,
  headerName: string,
  isRight: (secret: string, header: string, body: Buffer) => boolean,
  secrets: readonly string[],
  whenWrong: RequestHandler,
): RequestHandler {
  return (request, response, next) => {
    const body: Buffer | undefined = response.locals.rawBody;
    const header = request.get(headerName) ?? '';
    if (body && secrets.some((secret) => isRight(secret, header, body))) {
      const principal: Principal = { keyId: name, actor: { name, verified: true }, roles: [], customerId: undefined };
      response.locals.principal = principal;
      response.locals.requestKey = { principal: principal.keyId, key: randomUUID(), fingerprint: '' };
      next();
      return;
    }
    whenWrong(request, response, () => refuse(response, `sign with ${headerName}.`));
  };
}

function isFromEasyPost(secret: string, header: string, body: Buffer): boolean {
  const expected = Buffer.from(`hmac-sha256-hex=${createHmac('sha256', secret.normalize('NFKD')).update(body).digest('hex')}`);
  const given = Buffer.from(header);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function isFromGateway(secret: string, header: string, body: Buffer): boolean {
  try {
    Stripe.webhooks.constructEvent(body, header, secret, gatewayToleranceSeconds);
    return true;
  } catch {
    return false;
  }
}

/** One answer for an unknown sender, a wrong signature and an old timestamp: nobody learns which it was. */
function refuse(response: Response, how = 'sign with webhook-id, webhook-timestamp and webhook-signature.'): void {
  sendProblem(response, {
    status: 401,
    slug: 'unauthenticated',
    detail: `The signature is missing, wrong or too old: ${how}`,
  });
}
