import { describe, expect, it } from 'vitest';
import { reloadWhenReachable } from '../../../../player/shared/reload-page.ts';

async function reloads(fetch: () => Promise<{ ok: boolean }>): Promise<boolean> {
  let reloaded = false;
  await reloadWhenReachable({ fetch, reload: () => (reloaded = true) });
  return reloaded;
}

describe('reloading a station whose player is beyond cure', () => {
  it('waits while the network or the server is away, so that the page never ends on the browser’s error page', async () => {
    expect(await reloads(() => Promise.reject(new TypeError('Failed to fetch')))).toBe(false);
    expect(await reloads(() => Promise.resolve({ ok: false }))).toBe(false);
  });

  it('reloads while the server answers', async () => {
    expect(await reloads(() => Promise.resolve({ ok: true }))).toBe(true);
  });
});
