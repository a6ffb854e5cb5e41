import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { DEMO_FILMS, DEMO_SLATE } from '../../media/film/demo-films.ts';
import { type DemoMark, readMark } from '../../media/film/demo-mark.ts';

/** This machine under a name that no browser trusts: plain http there is as in a village, and not as on localhost. */
const plainHost = 'county.test';
export const overPlainHttp = (address: string): string => address.replace('127.0.0.1', plainHost);

/** Debian's Chromium, without anything that would call its maker. */
export const openBrowser = (flags: readonly string[] = []): Promise<Browser> =>
  chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--host-resolver-rules=MAP ${plainHost} 127.0.0.1`,
      ...flags,
    ],
  });

/** A page of a television or a phone; errors of the page fail the test that looks at `errors`. */
export async function openPage(
  browser: Browser,
  size: { width: number; height: number },
  options: BrowserContextOptions = {},
): Promise<{ page: Page; context: BrowserContext; errors: string[] }> {
  const context = await browser.newContext({
    viewport: size,
    locale: 'zh-CN',
    timezoneId: 'America/New_York',
    ...options,
  });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  return { page, context, errors };
}

/** A thin line to the page: 512 kbit/s both ways, with 300 ms of delay. */
export async function throttle(page: Page): Promise<void> {
  const line = await page.context().newCDPSession(page);
  await line.send('Network.enable');
  const bytes = 512_000 / 8;
  await line.send('Network.emulateNetworkConditions', {
    ...{ offline: false, latency: 300, downloadThroughput: bytes, uploadThroughput: bytes },
  });
}

const width = 480;
const height = 270;

/** The mark burned into the frame that a video shows now, and the browser's clock at that frame. */
export async function markOnScreen(
  page: Page,
  selector = 'video',
): Promise<{ mark: DemoMark | undefined; atMs: number }> {
  const frame = await page.evaluate(
    ({ selector, width, height }) => {
      const video = document.querySelector<HTMLVideoElement>(selector);
      const canvas = document.createElement('canvas');
      canvas.width = width;
      canvas.height = height;
      const context = canvas.getContext('2d');
      if (video === null || context === null || video.videoWidth === 0) return { pixels: [], atMs: Date.now() };
      context.drawImage(video, 0, 0, width, height);
      const atMs = Date.now();
      const { data } = context.getImageData(0, 0, width, height);
      const pixels: number[] = [];
      for (let at = 0; at < data.length; at += 4)
        pixels.push(Math.round(0.3 * (data[at] ?? 0) + 0.59 * (data[at + 1] ?? 0) + 0.11 * (data[at + 2] ?? 0)));
      return { pixels, atMs };
    },
    { selector, width, height },
  );
  const { pixels, atMs } = frame;
  const mark =
    pixels.length === 0
      ? undefined
      : readMark((x, y) => pixels[Math.floor(y * height) * width + Math.floor(x * width)] ?? 0);
  return { mark, atMs };
}

/** Number in the mark of a demo film by its title. */
export const numberOf = (title: string): number | undefined =>
  [...DEMO_FILMS, DEMO_SLATE].find((film) => film.title === title)?.number;
