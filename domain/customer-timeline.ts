/**
 * What a customer reads of its own timelines: what it did, and what it sees happen anyway. A list of what is open and not of what is
 * secret, because an action that somebody adds later is then internal until it is named here. `%` stands for any rest.
 */
const names = (text: string): readonly string[] => text.trim().split(/\s+/);

/** What everybody of the customer reads: its orders and its goods. */
export const openToItsPeople = names(`
  customer-created customer-changed
  draft-% quote-% order-% amended cancelled% closed document-ordered choice-made choice-offered
  back-ordered production-% reservation-withdrawn
  released-to-warehouse picked% packed goods-issued delivered tracking-%
  return-requested return-opened return-approved return-refused return-received return-inspected return-cancelled
`);

/** And what only those read who look after its money. */
export const openToCustomers = [
  ...openToItsPeople,
  ...names(`
    limit-changed credit-frozen credit-thawed hold-lifted put-on-hold
    credit-application-begun credit-application-changed credit-application-document-added credit-application-submitted
    credit-application-withdrawn credit-approved credit-denied credit-held credit-released
    pro-forma-replaced prepayment-% deposit-released
    invoiced invoice-% links-revoked notice-bounced opening-item opening-credit credit-note-% dispute-% interest-noted fee-charged
    payment-received payment-applied payment-bounced payment-undone
    promise-% card-payment-% cheque-% part-paid settled reopened discount-granted refund-approved
    reminded overdue dunned handed-to-collections
  `),
];
