/** What each account is: the chart as finance reads it, and who keeps its balance. Requirement A3. */
import { type Account, accounts } from './ledger.ts';

export const accountKinds = ['asset', 'liability', 'income', 'expense'] as const;
export type AccountKind = (typeof accountKinds)[number];

interface AccountDetails {
  code: string;
  name: string;
  kind: AccountKind;
  /** What keeps its balance item by item; such an account is corrected by correcting that, never by hand. */
  keptBy?: string;
}

// The type makes sure that no account is forgotten when one is added to the ledger.
const details: Record<Account, AccountDetails> = {
  bank: { code: '1000', name: 'Bank', kind: 'asset' },
  'accounts-receivable': { code: '1100', name: 'Accounts receivable', kind: 'asset', keptBy: 'the debit items' },
  'unbilled-receivables': { code: '1150', name: 'Unbilled receivables', kind: 'asset', keptBy: 'shipments without an invoice' },
  'bad-debt-allowance': { code: '1190', name: 'Allowance for bad debts', kind: 'asset' },
  inventory: { code: '1200', name: 'Inventory', kind: 'asset', keptBy: 'the stock' },
  'goods-in-transit': { code: '1250', name: 'Goods in transit', kind: 'asset', keptBy: 'shipments under D-terms' },
  'carrier-claims': { code: '1170', name: 'Claims on carriers', kind: 'asset', keptBy: 'the claims' },
  'unapplied-cash': {
    code: '2000',
    name: 'Unapplied cash',
    kind: 'liability',
    keptBy: 'the payments and the bank lines in suspense',
  },
  'customer-credits': { code: '2050', name: 'Credit balances of customers', kind: 'liability', keptBy: 'the credit notes' },
  'customer-deposits': { code: '2100', name: 'Deposits of customers', kind: 'liability', keptBy: 'the deposits' },
  'tax-payable': { code: '2200', name: 'Tax payable', kind: 'liability' },
  'goods-received-clearing': { code: '2300', name: 'Goods received, not billed', kind: 'liability' },
  'opening-balance': { code: '2900', name: 'Opening balances', kind: 'liability' },
  revenue: { code: '4000', name: 'Revenue', kind: 'income' },
  returns: { code: '4100', name: 'Returns', kind: 'income', keptBy: 'the credit notes' },
  'discounts-granted': { code: '4200', name: 'Discounts granted', kind: 'income' },
  'other-income': { code: '4900', name: 'Other income', kind: 'income' },
  'exchange-gains': { code: '4950', name: 'Exchange gains', kind: 'income' },
  'cost-of-goods-sold': { code: '5000', name: 'Cost of goods sold', kind: 'expense' },
  shrinkage: { code: '5100', name: 'Shrinkage', kind: 'expense' },
  'small-differences': { code: '6000', name: 'Small differences', kind: 'expense' },
  'bank-charges': { code: '6050', name: 'Bank charges', kind: 'expense' },
  impairment: { code: '6100', name: 'Impairment of receivables', kind: 'expense' },
  'exchange-differences': { code: '6200', name: 'Exchange differences', kind: 'expense' },
  'exchange-losses': { code: '6210', name: 'Exchange losses', kind: 'expense' },
};

export const chartOfAccounts = accounts.map((account) => ({ account, ...details[account] }));

/** What keeps the account's balance, when something does. */
export const keeperOf = (account: Account): string | undefined => details[account].keptBy;
