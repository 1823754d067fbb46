import { Link } from '@tanstack/react-router';
import { isFor, pages } from '../page.ts';
import { useSession } from '../session/session.tsx';

/** Pages that belong together, as links above each of them: those that who is signed in has, where that is more than the one. */
export function PageTabs({ label, tabs }: { label: string; tabs: readonly { to: string; title: string }[] }) {
  const { me, place } = useSession();
  const has = (to: string) => pages.some((page) => page.path === to && isFor(page, place, me.roles));
  const mine = tabs.filter(({ to }) => has(to));
  if (mine.length < 2) return null;
  return (
    <nav className="page-tabs" aria-label={label}>
      {mine.map(({ to, title }) => (
        <Link key={to} to={to} activeOptions={{ exact: true, includeSearch: false }}>
          {title}
        </Link>
      ))}
    </nav>
  );
}
