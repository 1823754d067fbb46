/** SQL: what has left of that order stands on no invoice. Only an order that is not invoiced yet can have such, so that no history is read. */
export const isUnbilled = (order: string, shipment: string): string =>
  `${order}.status NOT IN ('invoiced', 'closed', 'declined', 'cancelled') AND ${shipment}.status IN ('shipped', 'delivered')
   AND NOT EXISTS (SELECT FROM billings b WHERE b.shipment_id = ${shipment}.id)`;

/** SQL: the order is billed with others, as `isConsolidated` says: what is paid in advance or by card never is. */
export const isBilledWithOthers = (order: string): string =>
  `${order}.invoicing ->> 'kind' = 'consolidated' AND ${order}.terms ->> 'kind' <> 'prepayment' AND NOT ${order}.pays_by_card`;
