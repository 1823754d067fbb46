import { PageTabs } from '../show/page-tabs.tsx';

const tabs = [
  { to: '/reviews', title: 'Reviews' },
  { to: '/reviews/provisions', title: 'Provisions set by hand' },
];

export function ReviewTabs() {
  return <PageTabs label="Reviews" tabs={tabs} />;
}
