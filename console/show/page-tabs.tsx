import { Link } from '@tanstack/react-router';

/** Pages that belong together, as links above each of them. */
export function PageTabs({ label, tabs }: { label: string; tabs: readonly { to: string; title: string }[] }) {
  return (
    <nav className="page-tabs" aria-label={label}>
      {tabs.map(({ to, title }) => (
        <Link key={to} to={to} activeOptions={{ exact: true, includeSearch: false }}>
          {title}
        </Link>
      ))}
    </nav>
  );
}
