import { PageTabs } from '../show/page-tabs.tsx';

const tabs = [
  { to: '/reports', title: 'Measures' },
  { to: '/reports/month-ends', title: 'DSO and ageing' },
  { to: '/reports/ageing', title: 'Ageing by customer' },
  { to: '/reports/cash', title: 'Cash forecast' },
  { to: '/reports/credit-decisions', title: 'Credit decisions' },
  { to: '/reports/collectors', title: 'Collectors' },
  { to: '/carrier-audits', title: 'Carriers' },
];

export function ReportTabs() {
  return <PageTabs label="Reports" tabs={tabs} />;
}
