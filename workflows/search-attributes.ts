import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

// What operators search orders by in the Temporal UI. Ids only, never names: these are readable to whoever runs the engine.
export const customerId = defineSearchAttributeKey('CustomerId', SearchAttributeType.KEYWORD);
export const orderStatus = defineSearchAttributeKey('OrderStatus', SearchAttributeType.KEYWORD);
export const stage = defineSearchAttributeKey('Stage', SearchAttributeType.KEYWORD);
export const channel = defineSearchAttributeKey('Channel', SearchAttributeType.KEYWORD);
export const amountMinor = defineSearchAttributeKey('AmountMinor', SearchAttributeType.INT);
export const dueDate = defineSearchAttributeKey('DueDate', SearchAttributeType.DATETIME);
