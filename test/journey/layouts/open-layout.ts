import type { Browser, Page } from 'playwright-core';
import { openPage } from '../browser.ts';
import { demo } from '../system.ts';

/** What a station's page finds when it asks: the same on every machine and at every time. */
export interface Layout {
  readonly films: number;
  /** Programmes of today. */
  readonly items: number;
}

const pageSize = 60;
const hourMs = 3_600_000;
/** Wednesday noon in the county. */
const noonMs = Date.UTC(2026, 11, 2, 4);

const film = (n: number) => ({ id: `film-${n}`, title: `第${n}部片`, durationMs: 60_000, state: 'ready' });
const item = (n: number) => ({
  ...{ id: `item-${n}`, title: `第${n}个节目`, kind: 'item', mustWatch: false },
  ...{ startAtMs: noonMs + (n - 3) * hourMs, endAtMs: noonMs + (n - 2) * hourMs },
});
const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);

function filmPage({ films }: Layout, { searchParams }: URL): object {
  if (searchParams.has('featured')) return { items: [] };
  const from = Number(searchParams.get('cursor') ?? 0);
  const to = Math.min(films, from + pageSize);
  return { items: numbers(from, to).map(film), ...(to < films ? { nextCursor: String(to) } : {}) };
}

function replyTo(layout: Layout, url: URL): object | undefined {
  switch (url.pathname) {
    case '/api/films':
      return filmPage(layout, url);
    case '/api/categories':
      return { items: numbers(1, 10).map((n) => ({ code: `c-${n}`, name: `第${n}栏`, reviewsNeeded: 1 })) };
    case '/api/channels':
      return { items: [] };
    case '/api/channels/county/guide':
      return { items: numbers(0, layout.items).map(item), serverAtMs: noonMs };
    case '/board/county.json':
      return { place: 'county', name: '县', title: '公示栏', operators: [], items: [], serverAtMs: noonMs };
    default:
      return undefined;
  }
}

/** The station's page as it was built, over answers that are written here: no channel, so many films and programmes. */
export async function openLayout(browser: Browser, layout: Layout): Promise<Page> {
  const { page } = await openPage(browser, { width: 1280, height: 720 });
  await page.route(/\/(api|board)\//, (route) => {
    const json = replyTo(layout, new URL(route.request().url()));
    return json === undefined ? route.fulfill({ status: 503, json: { code: 'starting' } }) : route.fulfill({ json });
  });
  await page.goto(`${demo().address}/station/`);
  await page.waitForSelector('.screen.live');
  return page;
}
