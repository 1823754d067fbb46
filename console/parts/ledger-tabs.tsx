import { PageTabs } from '../show/page-tabs.tsx';

const tabs = [
  { to: '/ledger', title: 'Trial balance' },
  { to: '/ledger/journal', title: 'Journal' },
  { to: '/ledger/periods', title: 'Periods' },
  { to: '/ledger/manual', title: 'Manual journals' },
  { to: '/ledger/rates', title: 'Exchange rates' },
  { to: '/ledger/base-rates', title: 'Base rates' },
];

export function LedgerTabs() {
  return <PageTabs label="Ledger" tabs={tabs} />;
}
