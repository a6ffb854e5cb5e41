/** What reloading needs of a browser. */
export interface ReloadParts {
  readonly fetch: (url: string) => Promise<{ readonly ok: boolean }>;
  readonly reload: () => void;
}

/**
 * Reloads a page whose player is beyond cure, but only while its server answers: with the network away a box would end on its
 * browser's own error page, from which nothing comes back by itself.
 */
export async function reloadWhenReachable({ fetch, reload }: ReloadParts): Promise<void> {
  const reached = await fetch('/healthz').then(
    ({ ok }) => ok,
    () => false,
  );
  if (reached) reload();
}
