import type { Route } from '../contract.ts';
import { apiKeyRoutes } from './api-keys.ts';
import { auditRoutes } from './audit.ts';
import { bankAccountRoutes, bankLineRoutes, bankStatementRoutes } from './bank-statements.ts';
import { breakdownRoutes } from './breakdown.ts';
import { cardGatewayRoutes } from './card-gateway.ts';
import { cardPaymentRoutes } from './card-payments.ts';
import { cashForecastRoutes } from './cash-forecast.ts';
import { changeRoutes } from './changes.ts';
import { chequeRoutes } from './cheques.ts';
import { clockRoutes } from './clock.ts';
import { collectionRoutes } from './collections.ts';
import { companyRoutes } from './company.ts';
import { correctionRoutes } from './corrections.ts';
import { creditApplicationRoutes } from './credit-applications.ts';
import { creditNoteRoutes } from './credit-notes.ts';
import { creditQuestionRoutes } from './credit-questions.ts';
import { customerPeopleRoutes } from './customer-people.ts';
import { customerRoutes } from './customers.ts';
import { disputeRoutes } from './disputes.ts';
import { documentExportRoutes } from './document-exports.ts';
import { documentationRoutes } from './documentation.ts';
import { draftRoutes } from './drafts.ts';
import { dunningRoutes } from './dunning.ts';
import { ediRoutes } from './edi.ts';
import { exchangeRateRoutes } from './exchange-rates.ts';
import { exportRoutes } from './exports.ts';
import { holdOffRoutes } from './hold-offs.ts';
import { holdOverrideRoutes } from './hold-overrides.ts';
import { importRoutes } from './imports.ts';
import { integrityRoutes } from './integrity.ts';
import { invoiceReviewRoutes } from './invoice-review.ts';
import { invoiceRunRoutes } from './invoice-runs.ts';
import { invoiceRoutes } from './invoices.ts';
import { jobRoutes } from './jobs.ts';
import { ledgerRoutes } from './ledger.ts';
import { mailRoutes } from './mails.ts';
import { manualJournalRoutes } from './manual-journals.ts';
import { nextActionRoutes } from './next-actions.ts';
import { operationsRoutes } from './operations.ts';
import { orderDocumentRoutes } from './order-documents.ts';
import { orderPriceRoutes } from './order-prices.ts';
import { orderStandingRoutes } from './order-standing.ts';
import { orderRoutes } from './orders.ts';
import { payloadRoutes } from './payloads.ts';
import { paymentRoutes } from './payments.ts';
import { peopleRoutes } from './people.ts';
import { periodRoutes } from './periods.ts';
import { policyRoutes } from './policies.ts';
import { priceListRoutes } from './price-lists.ts';
import { processMapRoutes } from './process-map.ts';
import { productionRoutes } from './production.ts';
import { productRoutes } from './products.ts';
import { promiseRoutes } from './promises.ts';
import { publicRoutes } from './public.ts';
import { quoteRoutes } from './quotes.ts';
import { refundRoutes } from './refunds.ts';
import { measureRoutes } from './reports.ts';
import { returnRoutes } from './returns.ts';
import { reviewRoutes } from './reviews.ts';
import { riskRoutes } from './risk.ts';
import { searchRoutes } from './search.ts';
import { shipmentRoutes } from './shipments.ts';
import { shippingRoutes } from './shipping.ts';
import { stageWorkRoutes } from './stage-work.ts';
import { statementRoutes } from './statements.ts';
import { stockRoutes } from './stock.ts';
import { taskRoutes } from './tasks.ts';
import { trackingRoutes } from './tracking.ts';
import { transitRoutes } from './transit.ts';
import { webhookRoutes } from './webhooks.ts';
import { whatIfPolicyRoutes } from './what-if.ts';
import { writeOffRoutes } from './write-offs.ts';

/** Every endpoint of /v1, in the order of the documentation; there are no others. */
export const routes: readonly Route[] = [
  ...orderRoutes,
  ...orderPriceRoutes,
  ...orderStandingRoutes,
  ...nextActionRoutes,
  ...operationsRoutes,
  ...payloadRoutes,
  ...orderDocumentRoutes,
  ...ediRoutes,
  ...draftRoutes,
  ...quoteRoutes,
  ...shipmentRoutes,
  ...shippingRoutes,
  ...trackingRoutes,
  ...transitRoutes,
  ...returnRoutes,
  ...invoiceRoutes,
  ...invoiceRunRoutes,
  ...breakdownRoutes,
  ...invoiceReviewRoutes,
  ...creditNoteRoutes,
  ...correctionRoutes,
  ...disputeRoutes,
  ...publicRoutes,
  ...paymentRoutes,
  ...refundRoutes,
  ...bankAccountRoutes,
  ...bankStatementRoutes,
  ...bankLineRoutes,
  ...cardPaymentRoutes,
  ...cardGatewayRoutes,
  ...chequeRoutes,
  ...documentationRoutes,
  ...promiseRoutes,
  ...holdOffRoutes,
  ...taskRoutes,
  ...changeRoutes,
  ...searchRoutes,
  ...customerRoutes,
  ...customerPeopleRoutes,
  ...creditApplicationRoutes,
  ...creditQuestionRoutes,
  ...collectionRoutes,
  ...holdOverrideRoutes,
  ...writeOffRoutes,
  ...measureRoutes,
  ...cashForecastRoutes,
  ...processMapRoutes,
  ...stageWorkRoutes,
  ...reviewRoutes,
  ...statementRoutes,
  ...riskRoutes,
  ...productRoutes,
  ...stockRoutes,
  ...productionRoutes,
  ...priceListRoutes,
  ...importRoutes,
  // Before the named dunning policies, whose codes none of these is.
  ...whatIfPolicyRoutes,
  ...dunningRoutes,
  ...exportRoutes,
  ...documentExportRoutes,
  ...ledgerRoutes,
  ...exchangeRateRoutes,
  ...manualJournalRoutes,
  ...periodRoutes,
  ...integrityRoutes,
  ...auditRoutes,
  ...companyRoutes,
  ...policyRoutes,
  ...jobRoutes,
  ...apiKeyRoutes,
  ...webhookRoutes,
  ...peopleRoutes(() => routes),
  ...clockRoutes,
  ...mailRoutes,
];
