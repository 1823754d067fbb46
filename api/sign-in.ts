import { createHash } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { fromNodeHeaders } from 'better-auth/node';
import { genericOAuth, twoFactor } from 'better-auth/plugins';
import express, { type Request, type Response, Router } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { Database } from '../db/client.ts';
import { readPerson, readSessionState } from '../db/queries/people.ts';
import { readClock } from '../db/statements/company.ts';
import { noteOwnChange } from '../db/transactions/save-person.ts';
import type { Principal, Role } from './contract.ts';
import { problemOf, sendProblem } from './problem.ts';

export interface SignInOptions {
  /** Its instants come as dates, which is what the library compares. */
  pool: pg.Pool;
  database: Database;
  /** Signs the cookies; at least 32 characters. */
  secret: string;
  /** Where people reach this server, when it is not where requests say. */
  publicUrl?: string | undefined;
  /** The company's own identity provider. */
  oidc?: { discoveryUrl: string; clientId: string; clientSecret: string; name: string } | undefined;
  /** People of a local stack, whose passwords the sign-in page shows. */
  localPeople?: readonly LocalPerson[] | undefined;
  attemptsPerMinute?: number;
  logger: Logger;
}

export interface LocalPerson {
  name: string;
  email: string;
  password: string;
  roles: readonly string[];
}

export interface SignIn {
  router: Router;
  /** Whose session the request belongs to; undefined without a live one. */
  identify(request: Request): Promise<Principal | undefined>;
}

type OwnChange = Pick<Parameters<typeof noteOwnChange>[1], 'id' | 'change'>;

// How long the rest of a session is not read anew: what its cookie is signed with, and how long it still has.
const trustedForMs = 5_000;
const knownMaximum = 10_000;
const sessionSeconds = 12 * 3_600;

/** What of the library is open to the world; it has more doors, and each is one more to watch. */
const open = new Set([
  'POST /sign-in/email',
  'POST /sign-in/social',
  'GET /callback/oidc',
  'POST /sign-out',
  'POST /change-password',
  'POST /two-factor/enable',
  'POST /two-factor/disable',
  'POST /two-factor/verify-totp',
  'POST /two-factor/verify-backup-code',
]);
/** Where somebody may be guessing: every door that a password or a code opens. */
const guessed = new Set([
  '/sign-in/email',
  '/change-password',
  '/two-factor/enable',
  '/two-factor/disable',
  '/two-factor/verify-totp',
  '/two-factor/verify-backup-code',
]);

/** Sign-in of people, beside the keys of programs: sessions in PostgreSQL, a cookie that no script reads, no telemetry. */
export function createSignIn(options: SignInOptions): SignIn {
  const { database } = options;
  const auth = openAuth(options);
  const known = new Map<string, { principal: Principal & { sessionId: string }; changedAt: string; untilMs: number }>();

  async function identify(request: Request): Promise<Principal | undefined> {
    const { cookie } = request.headers;
    if (cookie === undefined || !cookie.includes(`${cookiePrefix}.session_token=`)) return undefined;
    const name = cookieName(cookie);
    const cached = known.get(name);
    // Whoever is disabled, signed out elsewhere or given other rights is so at once, whichever process was told.
    if (cached && cached.untilMs > Date.now()) {
      const state = await readSessionState(database, cached.principal.sessionId);
      if (state?.changedAt === cached.changedAt) return cached.principal;
    }
    known.delete(name);
    const session = await auth.api.getSession({ headers: fromNodeHeaders(request.headers) });
    // Before the person: what changes in between is noticed the next time.
    const state = session && (await readSessionState(database, session.session.id));
    const person = state && (await readPerson(database, session.user.id));
    if (!person || person.disabledAt !== null) return undefined;
    const principal = {
      keyId: `person:${person.id}`,
      personId: person.id,
      sessionId: session.session.id,
      passwordToChange: person.passwordToChange,
      actor: { name: person.id, verified: true },
      roles: person.roles as Role[],
      customerId: person.customerId ?? undefined,
    } satisfies Principal;
    if (known.size >= knownMaximum) known.clear();
    known.set(name, { principal, changedAt: state.changedAt, untilMs: Date.now() + trustedForMs });
    return principal;
  }

  /**
   * Whose password or code is tried. Behind a session it is the person, because whoever guesses there can put any other cookie beside
   * it and any address into the body.
   */
  async function attemptedName(request: Request): Promise<string> {
    if (request.path === '/auth/sign-in/email') {
      const { email } = (request.body ?? {}) as { email?: unknown };
      return `email:${typeof email === 'string' ? email.slice(0, 254).toLowerCase() : ''}`;
    }
    const principal = await identify(request);
    if (principal) return principal.keyId;
    // Half signed in. However these cookies are written, ten wrong codes lock the account: the library counts them by person.
    const [, challenge = ''] = new RegExp(`${cookiePrefix}\\.two_factor=([^;]*)`).exec(request.headers.cookie ?? '') ?? [];
    return `challenge:${cookieName(challenge)}`;
  }

  const router = Router();
  router.get('/auth/options', (request, response) => {
    response.set('Cache-Control', 'no-store').json({
      oidc: options.oidc ? { name: options.oidc.name } : null,
      // Only for who sits at the machine: by a name of its own, another page could ask for them.
      people: options.localPeople && isLoopback(request) ? options.localPeople : [],
    });
  });
  const limit = options.attemptsPerMinute ?? 10;
  const limits = { windowMs: 60_000, limit, standardHeaders: 'draft-8', legacyHeaders: false } as const;
  const skip = (request: Request) => !guessed.has(request.path.slice('/auth'.length));
  const handler = (_request: Request, response: Response) =>
    sendProblem(response, {
      status: 429,
      slug: 'too-many-requests',
      detail: 'Too many attempts to sign in. Wait a minute.',
      retryAfterSeconds: 60,
    });
  // By address against who tries many names, by name against who tries from many addresses.
  const byAddress = rateLimit({
    ...limits,
    limit: limit * 10,
    skip,
    handler,
    keyGenerator: ({ ip }) => ipKeyGenerator(ip ?? ''),
  });
  const byName = rateLimit({ ...limits, skip, handler, keyGenerator: attemptedName });
  // First of all, so that another site's page cannot use up somebody's attempts either.
  router.all('/auth/{*path}', (request, response, next) => {
    if (request.method === 'GET' || isSameOrigin(request)) next();
    else sendProblem(response, crossSite);
  });
  router.all('/auth/{*path}', byAddress, express.json({ limit: '16kb' }), byName, async (request, response) => {
    try {
      const path = request.path.slice('/auth'.length);
      if (!open.has(`${request.method} ${path}`)) {
        sendProblem(response, { status: 404, slug: 'unknown-route', detail: `There is nothing at ${request.path}.` });
        return;
      }
      if (path === '/sign-out') known.delete(cookieName(request.headers.cookie ?? ''));
      if (path === '/change-password' && isSamePassword(request.body)) {
        sendProblem(response, { status: 422, slug: 'same-password', detail: 'That is the password which you have already.' });
        return;
      }
      await pass(request, response, await ownChangeBy(request, path));
    } catch (error) {
      const problem = problemOf(error);
      if (problem) sendProblem(response, problem);
      else throw error;
    }
  });

  /** What this request changes about the asker's own sign-in, if it goes well. */
  async function ownChangeBy(request: Request, path: string): Promise<OwnChange | undefined> {
    if (path !== '/change-password' && !path.startsWith('/two-factor/')) return undefined;
    // Who is half signed in proves a factor that was on before.
    const principal = await identify(request);
    const person = principal?.personId === undefined ? undefined : await readPerson(database, principal.personId);
    if (!person) return undefined;
    const { id } = person;
    if (path === '/change-password') return { id, change: 'password-changed' };
    if (path === '/two-factor/verify-totp' && !person.secondFactor) return { id, change: 'second-factor-on' };
    if (path === '/two-factor/disable' && person.secondFactor) return { id, change: 'second-factor-off' };
    return undefined;
  }

  async function pass(request: Request, response: Response, change: OwnChange | undefined): Promise<void> {
    const answered = await auth.handler(
      new Request(`http://${request.headers.host}${request.originalUrl}`, {
        method: request.method,
        headers: fromNodeHeaders({ ...request.headers, 'content-length': undefined }),
        ...(request.method === 'GET' ? {} : { body: JSON.stringify(request.body ?? {}) }),
      }),
    );
    if (change && answered.ok) {
      await database.transaction(async (tx) => {
        const { at } = await readClock(tx);
        await noteOwnChange(tx, { ...change, actor: { name: change.id, verified: true }, at });
      });
    }
    const cookies = answered.headers.getSetCookie();
    if (cookies.length > 0) response.set('Set-Cookie', cookies);
    response.set('Cache-Control', 'no-store');
    const location = answered.headers.get('location');
    if (location) {
      response.redirect(answered.status, location);
      return;
    }
    const body: unknown = await answered.json().catch(() => ({}));
    if (answered.ok) response.status(answered.status).json(body);
    else sendProblem(response, problemOfLibrary(answered.status, body));
  }

  return { router, identify };
}

const cookiePrefix = 'throughline';

function openAuth({ pool, secret, publicUrl, oidc, logger }: SignInOptions) {
  if (secret.length < 32) throw new Error('The secret of sessions needs at least 32 characters.');
  return betterAuth({
    database: pool,
    secret,
    basePath: '/auth',
    ...(publicUrl ? { baseURL: publicUrl } : {}),
    // A page of this server, by whatever name it was asked for; `isSameOrigin` has seen to that by now.
    trustedOrigins: (request) =>
      request ? [`http://${request.headers.get('host')}`, `https://${request.headers.get('host')}`] : [],
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    logger: { level: 'error', log: (_level, message) => logger.warn({ message }, 'signing in failed') },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 128 },
    user: {
      modelName: 'users',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    session: {
      modelName: 'user_sessions',
      expiresIn: sessionSeconds,
      updateAge: 3_600,
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    account: {
      modelName: 'user_accounts',
      accountLinking: { enabled: true, trustedProviders: ['oidc'] },
      encryptOAuthTokens: true,
      fields: {
        accountId: 'account_id',
        providerId: 'provider_id',
        userId: 'user_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: {
      modelName: 'user_verifications',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    advanced: {
      cookiePrefix,
      useSecureCookies: publicUrl?.startsWith('https:') ?? false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
    },
    plugins: [
      twoFactor({
        issuer: 'Throughline',
        twoFactorTable: 'user_second_factors',
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            fields: {
              backupCodes: 'backup_codes',
              userId: 'user_id',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
      // Whom the provider knows and an administrator has not added stays outside.
      ...(oidc
        ? [
            genericOAuth({
              config: [{ providerId: 'oidc', ...oidc, scopes: ['openid', 'email', 'profile'], pkce: true, disableSignUp: true }],
            }),
          ]
        : []),
    ],
  });
}

/** Whether a page of this very server sent it: what browsers add by themselves, and no other page can forge. */
export function isSameOrigin(request: Request): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return request.get('sec-fetch-site') === 'same-origin';
  return URL.canParse(origin) && new URL(origin).host === host;
}

export const crossSite = {
  status: 403,
  slug: 'cross-site',
  detail: 'A session’s requests must come from a page of this server; programs use a key.',
} as const;

const cookieName = (cookie: string): string => createHash('sha256').update(cookie).digest('base64');

function isSamePassword(body: unknown): boolean {
  const { currentPassword, newPassword } = (body ?? {}) as { currentPassword?: unknown; newPassword?: unknown };
  return typeof newPassword === 'string' && newPassword === currentPassword;
}

function isLoopback(request: Request): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(request.headers.host ?? '');
}

function problemOfLibrary(status: number, body: unknown) {
  const { code = 'refused', message = 'It was refused.' } = body as { code?: string; message?: string };
  const slug = code.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return { status, slug, detail: status >= 500 ? 'Signing in does not work at the moment.' : message };
}
