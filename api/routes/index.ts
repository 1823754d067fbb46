import type { Route } from '../contract.ts';
import { apiKeyRoutes } from './api-keys.ts';
import { clockRoutes } from './clock.ts';
import { companyRoutes } from './company.ts';
import { customerRoutes } from './customers.ts';
import { invoiceRoutes } from './invoices.ts';
import { ledgerRoutes } from './ledger.ts';
import { orderRoutes } from './orders.ts';
import { paymentRoutes } from './payments.ts';
import { productRoutes } from './products.ts';
import { riskRoutes } from './risk.ts';
import { shipmentRoutes } from './shipments.ts';
import { taskRoutes } from './tasks.ts';

/** Every endpoint of /v1, in the order of the documentation; there are no others. */
export const routes: readonly Route[] = [
  ...orderRoutes,
  ...shipmentRoutes,
  ...invoiceRoutes,
  ...paymentRoutes,
  ...taskRoutes,
  ...customerRoutes,
  ...riskRoutes,
  ...productRoutes,
  ...ledgerRoutes,
  ...companyRoutes,
  ...apiKeyRoutes,
  ...clockRoutes,
];
