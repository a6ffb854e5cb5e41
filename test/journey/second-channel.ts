import type { Page } from 'playwright-core';
import { press } from './station.ts';
import { api, eventually } from './system.ts';

/** Beside the county's channel there is another one, which shows the same. */
export async function addChannel(page: Page): Promise<void> {
  const [county] = (await api<{ items: object[] }>('/api/channels')).items;
  const list = [county, { ...county, code: 'second', name: '第二' }];
  await page.route('**/api/channels', (route) => route.fulfill({ json: { items: list } }));
  await page.route('**/api/channels/second/{playback,guide}*', async (route) => {
    const url = route.request().url().replace('/second/', '/county/');
    await route.fulfill({ response: await route.fetch({ url }) });
  });
}

/** Waits for a channel's picture. */
export const plays = (page: Page, source: string, timeout = 10_000) =>
  page.waitForSelector(`video[data-source="${source}"]`, { timeout });

/** Turns to the second channel; which channels there are is asked once the picture moves. */
export const toSecondChannel = (page: Page) =>
  eventually(async () => {
    await press(page, 'PageUp');
    return plays(page, 'live-second', 1000);
  }, 20_000);
