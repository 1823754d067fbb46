import { describe, expect, it } from 'vitest';
import {
  simulatedDispute,
  simulatedDisputeEvents,
  simulatedRefund,
  simulatedRefundEvents,
  simulatedRefundId,
} from './simulated-gateway.ts';

const takenAt = '2027-03-01T12:00:00.000Z';
const payment = (paymentMethod: string) => ({
  gatewayId: 'sim_1',
  paymentMethod,
  amountMinor: 10_001,
  currency: 'EUR',
  takenAt,
});
const told = (paymentMethod: string) =>
  simulatedDisputeEvents(payment(paymentMethod)).map(({ type, dueAt }) => [type, dueAt.slice(0, 10)]);

describe('the simulated gateway', () => {
  it('P1: says what the card asks for, and nothing of others', () => {
    expect(told('pm_card')).toEqual([]);
    expect(told('pm_disputed')).toEqual([['charge.dispute.created', '2027-03-02']]);
    expect(told('pm_disputed-won')).toEqual([
      ['charge.dispute.created', '2027-03-02'],
      ['charge.dispute.closed', '2027-03-05'],
    ]);
    expect(simulatedDisputeEvents(payment('pm_disputed-lost-twice')).map(({ eventId }) => eventId)).toEqual([
      'evt_sim_sim_1_created',
      'evt_sim_sim_1_created',
      'evt_sim_sim_1_closed',
      'evt_sim_sim_1_closed',
    ]);
    const [created, closed] = simulatedDisputeEvents(payment('pm_disputed-lost-shuffled'));
    expect(created!.dueAt > closed!.dueAt).toBe(true);
  });

  it('P1: knows of a dispute by its id and the time alone', () => {
    const at = (paymentMethod: string, time: string) =>
      simulatedDispute(simulatedDisputeEvents(payment(paymentMethod))[0]!.objectId, time);
    expect(at('pm_disputed-lost', '2027-03-05T11:59:59.000Z')).toMatchObject({ status: 'open', amountMinor: 10_001 });
    expect(at('pm_disputed-lost', '2027-03-05T12:00:00.000Z')).toMatchObject({ status: 'lost', gatewayId: 'sim_1' });
    expect(at('pm_disputed-part', '2028-01-01T00:00:00.000Z')).toMatchObject({ status: 'open', amountMinor: 5_000 });
    expect(at('pm_inquiry', takenAt)).toMatchObject({ status: 'inquiry', evidenceDueAt: '2027-03-09T12:00:00.000Z' });
    expect(at('pm_inquiry', '2027-04-01T00:00:00.000Z')).toMatchObject({ status: 'withdrawn' });
    for (const id of ['dp_1', 'dp_sim_', 'dp_sim_%%%']) expect(simulatedDispute(id, takenAt)).toBeUndefined();
  });

  it('P1: tells of a refund that fails when it has failed', () => {
    const failsAt = '2027-03-02T12:00:00.000Z';
    const refundId = simulatedRefundId({ key: 'RFD-1', gatewayId: 'sim_1', amountMinor: 5, failsAt });
    expect(simulatedRefundEvents(refundId)).toMatchObject([{ type: 'refund.failed', objectId: refundId, dueAt: failsAt }]);
    expect(simulatedRefund(refundId, takenAt)).toMatchObject({ key: 'RFD-1', hasFailed: false });
    expect(simulatedRefund(refundId, failsAt)).toMatchObject({ hasFailed: true });
    expect(simulatedRefundEvents(simulatedRefundId({ key: 'RFD-2', gatewayId: 'sim_1', amountMinor: 5 }))).toEqual([]);
  });
});
