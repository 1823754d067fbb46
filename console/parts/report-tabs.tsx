import { PageTabs } from '../show/page-tabs.tsx';

const tabs = [
  { to: '/reports', title: 'Measures' },
  { to: '/reports/month-ends', title: 'DSO and ageing' },
  { to: '/reports/cash', title: 'Cash forecast' },
];

export function ReportTabs() {
  return <PageTabs label="Reports" tabs={tabs} />;
}
