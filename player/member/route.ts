/** Where a member is: the hash of the address, so that links can be shared and BACK works in any chat browser. */
export type Route =
  | { readonly page: 'now' }
  | { readonly page: 'library' }
  | { readonly page: 'film'; readonly id: string }
  | { readonly page: 'board' }
  | { readonly page: 'sign-in' };

/** Reads the hash; what is unknown is the first page. */
export function routeOf(hash: string): Route {
  const [, page = '', id = ''] = /^#\/([a-z-]*)\/?([0-9a-z]*)$/.exec(hash) ?? [];
  if (page === 'film' && id !== '') return { page, id };
  if (page === 'library' || page === 'board' || page === 'sign-in') return { page };
  return { page: 'now' };
}
