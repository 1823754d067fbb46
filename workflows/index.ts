export { bankStatementWorkflow } from './bank-statement.ts';
export { cardWorkflow } from './card.ts';
export { cardPaymentWorkflow } from './card-payment.ts';
export { ediDocumentWorkflow } from './edi.ts';
export { jobsWorkflow } from './jobs.ts';
export { noticeWorkflow } from './notice.ts';
export { orderWorkflow } from './order.ts';
export { receivableWorkflow } from './receivable.ts';
