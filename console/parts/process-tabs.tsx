import { PageTabs } from '../show/page-tabs.tsx';

const tabs = [
  { to: '/process', title: 'Process map' },
  { to: '/process/effects', title: 'Stage effects' },
  { to: '/process/cycles', title: 'Cycles' },
  { to: '/process/people', title: 'By person' },
  { to: '/process/products', title: 'By product' },
];

export function ProcessTabs() {
  return <PageTabs label="Process" tabs={tabs} />;
}
