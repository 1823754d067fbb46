import { PageTabs } from '../show/page-tabs.tsx';

const tabs = [
  { to: '/invoices', title: 'Invoices' },
  { to: '/invoices/runs', title: 'Bill a period' },
];

export function InvoiceTabs() {
  return <PageTabs label="Invoices" tabs={tabs} />;
}
