/** When an invoice is to be paid, by the terms of its order: the same for one that takes another's place. Requirements I2, I4. */
import { type DunningPlan, type DunningPolicy, type PolicyAssignment, planInstalments } from './dunning.ts';
import { type DiscountOffer, discountOffers } from './early-payment.ts';
import { type Instalment, instalmentsOf } from './instalments.ts';
import type { PaymentTerms } from './invoice.ts';
import type { IsoDate } from './time.ts';

export interface PaymentSchedule {
  instalments: Instalment[];
  /** Of the first instalment. */
  dueOn: IsoDate;
  /** What is less than what is still to be paid: a discount alone settles nothing. */
  discounts: DiscountOffer[];
  plan: DunningPlan;
}

export function paymentSchedule(
  terms: PaymentTerms,
  invoice: {
    invoiceId: string;
    issuedOn: IsoDate;
    grossMinor: number;
    paidMinor: number;
    policy: DunningPolicy;
    assignedBy?: PolicyAssignment | undefined;
    timeZone: string;
  },
): PaymentSchedule {
  const { issuedOn, grossMinor, paidMinor } = invoice;
  const instalments = instalmentsOf(terms, issuedOn, grossMinor);
  const discounts = discountOffers(terms, issuedOn, instalments.at(-1)!.dueOn, grossMinor);
  return {
    instalments,
    dueOn: instalments[0]!.dueOn,
    discounts: discounts.filter(({ discountMinor }) => discountMinor < grossMinor - paidMinor),
    plan: planInstalments(invoice, instalments),
  };
}
