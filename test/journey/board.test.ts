import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seriousFindings } from './accessible.ts';
import { phone } from './console.ts';
import { openBrowser, openPage } from './browser.ts';
import { demo, onAir } from './system.ts';

let browser: Browser;
beforeAll(async () => {
  await onAir();
  browser = await openBrowser();
});
afterAll(() => browser.close());

const open = async (
  path: string,
  size = { width: 1920, height: 1080 },
): Promise<{ page: Page; close: () => Promise<void> }> => {
  const { page, context, errors } = await openPage(browser, size);
  await page.goto(`${demo().address}${path}`);
  const close = async (): Promise<void> => {
    await context.close();
    expect(errors).toEqual([]);
  };
  return { page, close };
};

it.each([
  [1920, 1080],
  [1280, 720],
])('on a television of %d x %d every line and the foot are on the screen', async (width, height) => {
  const { page, close } = await open('/board/county?mode=tv', { width, height });
  await page.locator('.tv-row').first().waitFor();
  const boxes = await page.locator('.tv-row, .tv footer, .tv header').evaluateAll((all) =>
    all.map((each) => {
      const { top, bottom, left, right } = each.getBoundingClientRect();
      return { top, bottom, left, right };
    }),
  );
  expect(boxes.length).toBeGreaterThan(4);
  for (const box of boxes) {
    expect(box.top).toBeGreaterThanOrEqual(0);
    expect(box.bottom).toBeLessThanOrEqual(height);
    expect(box.right).toBeLessThanOrEqual(width);
  }
  if (width === 1920) expect(await seriousFindings(page)).toEqual([]);
  await close();
});

it('is open on a phone to people who cannot see well', async () => {
  const { page, close } = await open('/board/county', phone);
  await page.locator('table tr').first().waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await close();
});

it('makes posters for the wall, A4 and A3, and refuses a place that does not exist', async () => {
  const { page, close } = await open('/board/county?print=a4', { width: 1280, height: 900 });
  await page.locator('.paper tbody tr').first().waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  expect(await page.locator('.paper .qr').getAttribute('aria-label')).toContain(demo().address);
  await close();
  const draw = async (paper: string) => {
    const answer = await fetch(`${demo().address}/board/county.pdf?paper=${paper}`);
    return {
      type: answer.headers.get('Content-Type'),
      text: Buffer.from(await answer.arrayBuffer()).toString('latin1'),
    };
  };
  for (const [paper, width] of [
    ['a4', 595],
    ['a3', 842],
  ] as const) {
    const { type, text } = await draw(paper);
    expect(type).toBe('application/pdf');
    expect(text.startsWith('%PDF-')).toBe(true);
    const media = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(text);
    expect(Math.round(Number(media?.[1]))).toBe(width);
  }
  expect((await fetch(`${demo().address}/board/nowhere.pdf`)).status).toBe(404);
});
