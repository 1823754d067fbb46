import { describe, expect, it } from 'vitest';
import {
  afterAttempt,
  attemptsMaximum,
  tellable,
  urlFault,
  webhookBody,
  webhookEvents,
  webhookEventTypes,
  whySwitchedOff,
} from './webhook.ts';

describe('attempts', () => {
  const failed = { statusCode: 500 };
  const wait = (tries: number, random: number) => {
    const after = afterAttempt(tries, failed, random);
    return after.status === 'pending' ? after.retryInSeconds : undefined;
  };

  it('X4: the waits grow threefold, each shortened by up to a quarter, and end after about a day', () => {
    expect([1, 2, 3].map((tries) => wait(tries, 0))).toEqual([10, 30, 90]);
    expect([1, 2, 3].map((tries) => wait(tries, 1))).toEqual([7.5, 22.5, 67.5]);
    const all = Array.from({ length: attemptsMaximum - 1 }, (_, index) => wait(index + 1, 0.5)!);
    const hours = all.reduce((sum, seconds) => sum + seconds, 0) / 3_600;
    expect(hours).toBeGreaterThan(20);
    expect(hours).toBeLessThan(28);
    expect(wait(attemptsMaximum, 0.5)).toBeUndefined();
    expect(afterAttempt(attemptsMaximum, failed, 0)).toEqual({ status: 'given-up' });
  });

  it('X4: any 2xx delivers, a redirect does not, silence is tried again and 410 is not', () => {
    expect([200, 204, 299].map((statusCode) => afterAttempt(1, { statusCode }, 0).status)).toEqual(Array(3).fill('delivered'));
    expect([null, 199, 301, 302, 404, 429, 503].map((statusCode) => afterAttempt(1, { statusCode }, 0).status)).toEqual(
      Array(7).fill('pending'),
    );
    expect(afterAttempt(1, { statusCode: 410 }, 0).status).toBe('given-up');
  });

  it('X4: an endpoint is switched off after three days of failures, or at once by 410', () => {
    const since = '2026-03-01T12:00:00.000Z';
    expect(whySwitchedOff(since, failed, '2026-03-04T11:59:59.999Z')).toBeUndefined();
    expect(whySwitchedOff(since, failed, '2026-03-04T12:00:00.000Z')).toContain(since);
    expect(whySwitchedOff(since, { statusCode: 410 }, since)).toContain('410');
  });
});

describe('addresses', () => {
  it('X4: only https to a host of the public internet, save on a local stack', () => {
    expect(urlFault('https://erp.example/hooks?a=b', false)).toBeUndefined();
    const wrong = [
      'http://erp.example/hooks',
      'ftp://erp.example',
      'erp.example',
      'https://user:word@erp.example',
      'https://erp.example/#part',
      'https://127.0.0.1/',
      'https://0x7f000001/',
      'https://2130706433/',
      'https://[::1]/',
      'https://localhost/',
      'https://intranet/',
    ];
    expect(wrong.filter((url) => urlFault(url, false) === undefined)).toEqual([]);
    expect(urlFault('http://127.0.0.1:8080/hooks', true)).toBeUndefined();
    expect(urlFault('ftp://erp.example', true)).toBeDefined();
  });
});

describe('events', () => {
  it('X4: each names a record among its own fields, and none a name or a text', () => {
    for (const type of webhookEventTypes) {
      const { record, fields } = webhookEvents[type];
      expect(fields, type).toHaveProperty(record, 'id');
      expect(Object.keys(fields).filter((field) => /name$|address|email|reason|^note/i.test(field))).toEqual([]);
    }
  });

  it('X4: the body holds the fields of its type and no other fact', () => {
    const facts = { orderId: 'ORD-1', currency: 'EUR', grossMinor: 100, reason: 'Ada Lovelace', grossIsRounded: true };
    const { recordId, data } = tellable('order.declined', facts);
    const event = {
      id: 'EVT-1',
      type: 'order.declined',
      customerId: 'CUST-1',
      recordId,
      sequence: 2,
      data,
      at: '2026-03-01T12:00:00.000Z',
    };
    expect(JSON.parse(webhookBody(event, 'https://api.example'))).toEqual({
      id: 'EVT-1',
      type: 'order.declined',
      timestamp: '2026-03-01T12:00:00.000Z',
      recordId: 'ORD-1',
      sequence: 2,
      link: 'https://api.example/v1/orders/ORD-1',
      data: { customerId: 'CUST-1', orderId: 'ORD-1', currency: 'EUR', grossMinor: 100 },
    });
    expect(() => tellable('order.declined', { orderId: 'ORD-1' })).toThrow('order.declined lacks currency');
  });
});
