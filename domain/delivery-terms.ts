/** Incoterms 2020, and when control of the goods passes under them: then revenue is earned, and the invoice follows. Requirement I1. */
export const deliveryTerms = ['EXW', 'FCA', 'FAS', 'FOB', 'CFR', 'CIF', 'CPT', 'CIP', 'DAP', 'DPU', 'DDP'] as const;
export type DeliveryTerms = (typeof deliveryTerms)[number];

/** Under the D-terms the goods are ours until they arrive; under all others, and without terms, until the carrier has them. */
export const passesOnDelivery = (terms: DeliveryTerms | null): boolean => terms?.startsWith('D') ?? false;

/** A shipment whose control passed so long ago should have been invoiced. */
export const unbilledAfterSeconds = 3_600;
