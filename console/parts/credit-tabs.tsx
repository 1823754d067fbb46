import { PageTabs } from '../show/page-tabs.tsx';

const tabs = [
  { to: '/credit', title: 'To decide' },
  { to: '/credit/risk', title: 'Risk of late payment' },
];

export function CreditTabs() {
  return <PageTabs label="Credit" tabs={tabs} />;
}
