import type { Browser, Page } from 'playwright-core';
import { openPage } from '../browser.ts';
import { demo } from '../system.ts';

/** What a station's page finds when it asks: the same on every machine and at every time. */
export interface Layout {
  readonly films: number;
  /** Programmes of today. */
  readonly items: number;
  /** What must be watched begins within the minute. */
  readonly isDue?: boolean;
}

const pageSize = 60;
const hourMs = 3_600_000;
/** Wednesday noon in the county. */
const noonMs = Date.UTC(2026, 11, 2, 4);

const film = (n: number) => ({
  ...{ id: `film-${n}`, title: `第${n}部片`, durationMs: 60_000, state: 'ready' },
  ...{ languages: ['zh-CN', 'bo'], subtitles: ['zh-CN'], synopsis: '从选种到收获，一步一步讲清楚。' },
  chapters: [{ atMs: 0, title: '选种' }],
});
const item = (n: number) => ({
  ...{ id: `item-${n}`, title: `第${n}个节目`, kind: 'item', mustWatch: n === 5 },
  ...{ startAtMs: noonMs + (n - 3) * hourMs, endAtMs: noonMs + (n - 2) * hourMs },
  ...(n < 3 ? { catchUp: '/p/none/catchup/media.m3u8' } : {}),
});
const due = {
  ...{ id: 'due', title: '全县必看：冬训动员会', kind: 'item', mustWatch: true },
  ...{ startAtMs: noonMs + 55_000, endAtMs: noonMs + hourMs },
};
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
      return { items: [...numbers(0, layout.items).map(item), ...(layout.isDue ? [due] : [])], serverAtMs: noonMs };
    case '/board/county.json':
      return {
        ...{
          place: 'county',
          name: '沂水县马站镇杏峪村党员远程教育站点',
          title: '杏峪村节目公示栏',
          hotline: '0539-1234567',
          operators: [],
        },
        ...{ items: numbers(0, layout.items).map(item), serverAtMs: noonMs },
      };
    default:
      return undefined;
  }
}

/** The station's page as it was built, over answers that are written here: no channel, so many films and programmes. */
export async function openLayout(
  browser: Browser,
  layout: Layout,
  { size = { width: 1280, height: 720 }, language = 'zh' } = {},
): Promise<Page> {
  const { page } = await openPage(browser, size);
  await page.addInitScript((chosen) => {
    localStorage.setItem('yuanbo.language', chosen);
  }, language);
  await page.route(/\/(api|board)\//, (route) => {
    const json = replyTo(layout, new URL(route.request().url()));
    return json === undefined ? route.fulfill({ status: 503, json: { code: 'starting' } }) : route.fulfill({ json });
  });
  await page.goto(`${demo().address}/station/`);
  await page.waitForSelector('.screen.live');
  return page;
}
