import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { readToken, writeToken } from '../../server/playback/playback-token.ts';
import { demo } from './system.ts';

const secondMs = 1000;
const lifeS = 8;

/** Playback tokens that a page used, and what was refused to it. */
export interface SeenTokens {
  readonly tokens: ReadonlySet<string>;
  readonly refused: readonly string[];
}

/** Gives a page tokens for the county's channel that end after 8 s, so that it must renew them while it plays. */
export async function giveShortTokens(page: Page): Promise<SeenTokens> {
  const secret = (await readFile(join(demo().dataDir, 'secret'), 'utf8')).trim();
  const shortened = (url: string, expiresAtMs: number) =>
    url.replace(/\/p\/([^/]+)\//, (_, token: string) => {
      const claims = readToken([secret], token);
      if (claims === undefined) throw new Error('The key of the sample county reads no token of it.');
      return `/p/${writeToken(secret, { ...claims, expiresAtMs })}/`;
    });
  const refused: string[] = [];
  const tokens = new Set<string>();
  await page.route('**/api/channels/county/playback*', async (route) => {
    const reply = await route.fetch();
    const told = (await reply.json()) as { live: string; expiresAtMs: number };
    const expiresAtMs = (Math.ceil(Date.now() / secondMs) + lifeS) * secondMs;
    await route.fulfill({ response: reply, json: { ...told, live: shortened(told.live, expiresAtMs), expiresAtMs } });
  });
  page.on('response', (reply) => {
    const token = /\/p\/([^/]+)\//.exec(reply.url())?.[1];
    if (token === undefined) return;
    if (reply.status() === 403) refused.push(reply.url());
    tokens.add(token);
  });
  return { tokens, refused };
}
