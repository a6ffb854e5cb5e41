/** Where a member is: the path of the address, which the server can preview for chats, and which survives a reload. */
export type Route =
  | { readonly page: 'now' }
  | { readonly page: 'library'; readonly category?: string; readonly query?: string }
  | { readonly page: 'film'; readonly id: string }
  /** The item of the channel that begins at an instant. */
  | { readonly page: 'programme'; readonly startAtMs: number }
  | { readonly page: 'notices' }
  | { readonly page: 'sign-in' }
  /** An address that names nothing. */
  | { readonly page: 'absent' };

/** Reads an address. Addresses with a hash are those of links that were shared before. */
export function routeOf({ pathname, search, hash }: Pick<URL, 'pathname' | 'search' | 'hash'>): Route {
  const path = hash.startsWith('#/') ? hash.slice(1) : pathname;
  const [, page = '', name = ''] = /^\/([a-z-]*)\/?([0-9a-z-]*)\/?$/.exec(path) ?? [];
  if (page === 'film' && name !== '') return { page, id: name };
  if (page === 'programme' && /^\d{12,13}$/.test(name)) return { page, startAtMs: Number(name) };
  if (page === 'library') return { page, ...searchOf(new URLSearchParams(search)) };
  if (page === 'notices' || page === 'board') return { page: 'notices' };
  if (page === 'sign-in') return { page };
  return { page: path === '/' || path === '/index.html' ? 'now' : 'absent' };
}

function searchOf(asked: URLSearchParams) {
  const [category, query] = [asked.get('category'), asked.get('query')];
  return { ...(category === null ? {} : { category }), ...(query === null ? {} : { query }) };
}

/** The address of a route; `place` is the code of the place that the page is opened for. */
export function addressOf(route: Route, place?: string): string {
  const asked = new URLSearchParams(place === undefined ? {} : { code: place });
  if (route.page === 'library') {
    if (route.category !== undefined) asked.set('category', route.category);
    if (route.query !== undefined && route.query !== '') asked.set('query', route.query);
  }
  const search = asked.toString();
  return `${pathOf(route)}${search === '' ? '' : `?${search}`}`;
}

function pathOf(route: Route): string {
  switch (route.page) {
    case 'now':
    case 'absent':
      return '/';
    case 'film':
      return `/film/${route.id}`;
    case 'programme':
      return `/programme/${route.startAtMs}`;
    case 'library':
    case 'notices':
    case 'sign-in':
      return `/${route.page}`;
  }
}
