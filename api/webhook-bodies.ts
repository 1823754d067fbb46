import { z } from 'zod';
import { testEvent, testEventType, type WebhookField, webhookEvents } from '../domain/webhook.ts';
import { currency, isoDate, isoInstant, minor } from './schemas.ts';

const fieldSchemas: Record<WebhookField, z.ZodType> = {
  id: z.string(),
  code: z.string(),
  currency,
  minor: minor.meta({ description: 'Minor units of the currency beside it.' }),
  date: isoDate,
  instant: isoInstant,
};

/** What each type of event sends, as the list in the domain has it. */
export const webhookBodies: [type: string, body: z.ZodType][] = Object.entries({
  ...webhookEvents,
  [testEventType]: testEvent,
}).map(([type, { means, fields }]) => [
  type,
  z
    .strictObject({
      id: z.string().meta({ description: 'The webhook-id: the same at every attempt. Whoever has seen it has nothing to do.' }),
      type: z.literal(type),
      timestamp: isoInstant.meta({ description: 'When it happened, by the company’s clock.' }),
      recordId: z.string(),
      sequence: z.int().meta({ description: 'Events may overtake each other: of two about a record the higher one is later.' }),
      link: z.string().meta({ description: 'Where the API has the record as it is now.' }),
      data: z.strictObject({
        customerId: type === testEventType ? z.null() : z.string(),
        ...Object.fromEntries(Object.entries(fields).map(([field, kind]) => [field, fieldSchemas[kind]])),
      }),
    })
    .meta({ description: means }),
]);
