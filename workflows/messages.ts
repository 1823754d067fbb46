import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type {
  Actor,
  AmendOrderInput,
  AmendOrderOutcome,
  CancelOrderOutcome,
  ChooseShortageOutcome,
  ConfirmOutcome,
  DecideCreditOutcome,
} from '../activities/index.ts';
import type { ShortageChoice } from '../domain/fulfilment.ts';
import type { OrderStatus, ShipmentStatus, Stage } from '../domain/order.ts';

// Hints: something in PostgreSQL has changed; the workflow asks it again. The same hint twice is harmless.
export const creditMayHaveRoom = defineSignal('creditMayHaveRoom');
export const stockArrived = defineSignal('stockArrived');
export const shipmentsWithdrawn = defineSignal('shipmentsWithdrawn');
export const shipmentChanged = defineSignal<[{ shipmentId: string }]>('shipmentChanged');
export const receivableChanged = defineSignal<[{ invoiceId: string }]>('receivableChanged');

// Decisions of people, with an answer.
export interface CreditDecisionRequest {
  decision: 'approve' | 'deny' | 'release' | 'prepay';
  limitMinor?: number | undefined;
  expiresAt?: string | undefined;
  reason: string;
  actor: Actor;
}
export const decideCredit = defineUpdate<DecideCreditOutcome, [CreditDecisionRequest]>('decideCredit');

export interface PickRequest {
  shipmentId: string;
  short: { lineNumber: number; pickedQuantity: number; reason?: string | undefined }[];
  packed: boolean;
  cartons?: { weightGrams: number }[] | undefined;
  actor: Actor;
}
export const confirmPick = defineUpdate<ConfirmOutcome, [PickRequest]>('confirmPick');
export interface PackRequest {
  shipmentId: string;
  cartons?: { weightGrams: number }[] | undefined;
  actor: Actor;
}
export const confirmPack = defineUpdate<ConfirmOutcome, [PackRequest]>('confirmPack');
export const cancelOrder = defineUpdate<CancelOrderOutcome, [{ reason: string; actor: Actor }]>('cancelOrder');

export type Amendment = Omit<AmendOrderInput, 'orderId' | 'eventId' | 'at'>;
export const amendOrder = defineUpdate<AmendOrderOutcome, [Amendment]>('amendOrder');

export const chooseShortage = defineUpdate<ChooseShortageOutcome, [{ choice: ShortageChoice; actor: Actor }]>('chooseShortage');

/**
 * A credit decision as an operator sends it from the Temporal UI or CLI: {"decision": "approve", "limitMinor": 500000,
 * "by": "anna", "reason": "…"}. Nobody has checked who sent it, so its actor is recorded as unverified.
 */
export const creditDecision = defineSignal<[unknown]>('creditDecision');

export interface LiveOrder {
  orderId: string;
  status: OrderStatus;
  stage: Stage;
  shipments: { shipmentId: string; status: ShipmentStatus }[];
  openInvoices: string[];
  /** The company's time in this workflow. */
  now: string;
}
export const liveOrder = defineQuery<LiveOrder>('liveOrder');
