import {
  ActionIcon,
  AppShell,
  Burger,
  Group,
  Kbd,
  Menu,
  Modal,
  Text,
  UnstyledButton,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure, useHotkeys, useNetwork } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useLocation, useNavigate, useRouter } from '@tanstack/react-router';
import { Keyboard, KeyRound, LogOut, Moon, Search as SearchIcon, Sun, UserRound } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { askSignIn } from '../api/client.ts';
import { groups, groupsOfCustomers, isFor, pages } from '../page.ts';
import { meKey, useSession } from '../session/session.tsx';
import { keysEverywhere, useGoKeys } from './keyboard.ts';
import { openSearch, Search } from './search.tsx';
import { showProblem } from './toasts.tsx';

/** What is around every page: sidebar by role, search, theme, keyboard, and who is signed in. */
export function Shell() {
  const { me, place } = useSession();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [menuOpen, menu] = useDisclosure(false);
  const [keysOpen, keys] = useDisclosure(false);
  const mine = useMemo(() => pages.filter((page) => isFor(page, place, me.roles)), [place, me.roles]);
  const goKeys = useMemo(
    () =>
      new Map(
        mine.flatMap(({ menu: line, path }) => (line?.key ? [[line.key, () => void navigate({ to: path })] as const] : [])),
      ),
    [mine, navigate],
  );
  useGoKeys(goKeys, keys.open);
  useHotkeys([['/', openSearch]]);
  useHotkeys([['mod+K', openSearch]], []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address closes the menu of a phone.
  useEffect(menu.close, [pathname]);
  const router = useRouter();
  // What led here has gone with its page: whoever goes on by Tab goes on in the new one.
  useEffect(
    () =>
      router.subscribe('onRendered', ({ pathChanged }) => {
        if (pathChanged && document.activeElement === document.body)
          document.getElementById('page')?.focus({ preventScroll: true });
      }),
    [router],
  );
  return (
    <AppShell
      header={{ height: 48 }}
      navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: !menuOpen } }}
      padding="md"
      withBorder
    >
      <AppShell.Header>
        <a className="skip" href="#page">
          To the page
        </a>
        <Group h="100%" px="md" gap="sm" wrap="nowrap">
          <Burger opened={menuOpen} onClick={menu.toggle} hiddenFrom="sm" size="sm" aria-label="Menu" />
          <Link to="/" className="plain">
            <Text fw={650}>Throughline</Text>
          </Link>
          <UnstyledButton className="search-button" onClick={openSearch} ml="auto" aria-label="Find anything">
            <Group gap={8} wrap="nowrap">
              <SearchIcon size={15} aria-hidden />
              <Text span size="sm" c="dimmed" visibleFrom="xs">
                Find anything
              </Text>
              <Kbd size="xs" visibleFrom="xs">
                /
              </Kbd>
            </Group>
          </UnstyledButton>
          <ThemeSwitch />
          <Account openKeys={keys.open} />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label="Pages" component="nav" style={{ overflowY: 'auto' }}>
        {groups.map((group) => {
          const lines = mine.flatMap((page) => (page.menu?.group === group ? [{ ...page, menu: page.menu }] : []));
          if (lines.length === 0) return null;
          return (
            <div key={group}>
              <div className="menu-group">{place === 'portal' ? (groupsOfCustomers[group] ?? group) : group}</div>
              {lines
                .sort((a, b) => a.menu.order - b.menu.order)
                .map(({ path, title, menu: { icon: Icon, key } }) => (
                  <Link key={path} to={path} className="menu-link" activeOptions={{ exact: path === '/' }}>
                    <Icon size={16} aria-hidden />
                    {title}
                    {key && <kbd aria-hidden>g {key}</kbd>}
                  </Link>
                ))}
            </div>
          );
        })}
      </AppShell.Navbar>
      <AppShell.Main id="page" tabIndex={-1}>
        <OfflineNotice />
        <Outlet />
      </AppShell.Main>
      <Search pages={mine} />
      <Modal opened={keysOpen} onClose={keys.close} title="Keyboard" closeButtonProps={{ 'aria-label': 'Close' }}>
        <table className="rows">
          <tbody>
            {[
              ...keysEverywhere,
              ...mine.flatMap(({ title, menu: line }) => (line?.key ? [[`g ${line.key}`, title] as const] : [])),
            ].map(([key, what]) => (
              <tr key={key}>
                <th scope="row">
                  <Kbd>{key}</Kbd>
                </th>
                <td>{what}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Modal>
    </AppShell>
  );
}

function ThemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const dark = colorScheme === 'dark' || (colorScheme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  const Icon = dark ? Sun : Moon;
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={dark ? 'Light colours' : 'Dark colours'}
      onClick={() => setColorScheme(dark ? 'light' : 'dark')}
    >
      <Icon size={17} aria-hidden />
    </ActionIcon>
  );
}

function Account({ openKeys }: { openKeys: () => void }) {
  const { me } = useSession();
  const queries = useQueryClient();
  const signOut = () =>
    askSignIn('/sign-out', {})
      .then(() => {
        queries.clear();
        // What somebody was about to do in this tab is not for whoever signs in next.
        sessionStorage.clear();
        queries.setQueryData(meKey, null);
        location.reload();
      })
      .catch(showProblem);
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`Account of ${me.name}`}>
          <UserRound size={17} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {me.name}
          <br />
          {me.customerId ?? me.roles.join(', ')}
        </Menu.Label>
        <Menu.Item component={Link} to="/security" leftSection={<KeyRound size={15} aria-hidden />}>
          Password and sign-in
        </Menu.Item>
        <Menu.Item leftSection={<Keyboard size={15} aria-hidden />} onClick={openKeys}>
          Keyboard
        </Menu.Item>
        <Menu.Item leftSection={<LogOut size={15} aria-hidden />} onClick={() => void signOut()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function OfflineNotice() {
  const { online } = useNetwork();
  if (online) return null;
  return (
    <Text role="status" size="sm" mb="sm" fw={600}>
      You are offline: what you see may be old, and nothing can be changed.
    </Text>
  );
}
