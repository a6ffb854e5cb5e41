import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { markOnScreen, numberOf } from './browser.ts';
import { eventually, guide } from './system.ts';

/** What the page does with its picture. */
export const phaseIs = (page: Page, phase: string) =>
  page.waitForSelector(`main[data-phase="${phase}"]`, { timeout: 60_000 });

/** The difference between screen and plan in seconds, once the screen shows the film that the plan names. */
async function secondsOffPlan(page: Page): Promise<number> {
  const { mark, atMs } = await markOnScreen(page);
  const item = (await guide(atMs, atMs + 4000)).find(({ startAtMs, endAtMs }) => startAtMs <= atMs && atMs < endAtMs);
  if (mark === undefined || item === undefined)
    throw new Error(`mark ${JSON.stringify(mark)}, item ${item?.title ?? 'none'}`);
  if (mark.film !== numberOf(item.title))
    throw new Error(`the screen shows film ${mark.film}, the plan says ${item.title}`);
  return mark.second - (atMs - item.startAtMs) / 1000;
}

/** Waits until the screen shows the second that the plan says; the mark counts whole seconds. */
export const onPlan = (page: Page, withinMs: number) =>
  eventually(async () => {
    const seconds = await secondsOffPlan(page);
    return Math.abs(seconds) < 1.5 ? seconds : undefined;
  }, withinMs);

/** Presses keys of the remote, one after another. */
export async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Waits for what is focused, and counts that nothing else is. */
export async function onlyFocus(page: Page, selector: string): Promise<void> {
  await page.waitForSelector(selector);
  expect(await page.locator('.focus').count()).toBe(1);
}
