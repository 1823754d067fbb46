import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { type Place, pages } from './page.ts';
import { BrokenPage, NoSuchPage } from './shell/broken-page.tsx';
import { Shell } from './shell/shell.tsx';

/** The pages of one place, each loaded when it is opened. Everything in the address after `?` is text. */
export function createPlaceRouter(place: Place) {
  const root = createRootRoute({ component: Shell, notFoundComponent: NoSuchPage, errorComponent: BrokenPage });
  const children = pages
    .filter((page) => page.places.includes(place))
    .map((page) =>
      createRoute({
        getParentRoute: () => root,
        path: page.path,
        component: lazyRouteComponent(page.view),
        errorComponent: BrokenPage,
      }),
    );
  return createRouter({
    routeTree: root.addChildren(children),
    basepath: `/${place}`,
    defaultPreload: 'intent',
    scrollRestoration: true,
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch(search) {
      const given = Object.entries(search).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
      const text = new URLSearchParams(given).toString();
      return text && `?${text}`;
    },
  });
}
