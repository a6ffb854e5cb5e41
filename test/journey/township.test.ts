import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Plan } from '../../media/contract/planning.ts';
import { addCivilDays, civilDateOf, formatCivilTime } from '../../media/grid/civil-time.ts';
import { openBrowser } from './browser.ts';
import { button, consoleOf, goTo } from './console.ts';
import { api, eventually, tokenOf } from './system.ts';

/** `19:30` in the county. */
const civilClock = (atMs: number): string => formatCivilTime(atMs, 'Asia/Shanghai').slice(11, 16);

let browser: Browser;
let plan: Plan;

beforeAll(async () => {
  browser = await openBrowser();
  const token = await eventually(() => tokenOf('township').catch(() => undefined), 600_000);
  const from = addCivilDays(civilDateOf(Date.now(), 'Asia/Shanghai'), 1);
  const body = { channel: 'county', place: 't1', from, to: addCivilDays(from, 1), title: '青山镇试排' };
  const { id } = await api<Plan>('/api/plans', { method: 'POST', token, body });
  // The sample county leaves its half hours open as soon as it is on air.
  plan = await eventually(async () => {
    const found = await api<Plan>(`/api/plans/${id}`, { token });
    return (found.openSlots ?? []).length > 0 ? found : undefined;
  }, 600_000);
});
afterAll(() => browser.close());

it('shows a township the slots that the county left open, to be filled by a press', async () => {
  const page = await consoleOf(browser, 'township');
  await goTo(page, `plans/${plan.id}`);
  const slots = page.locator('.open-slots li');
  await slots.first().waitFor();
  expect(await slots.count()).toBe(plan.openSlots?.length);
  await button(page, '在此添加').press('Enter');
  await page.locator('[data-row]').waitFor();
  expect(await page.locator('[data-row] input').first().inputValue()).toMatch(/:30$/);

  // On the board the county's programme lies locked around the slots; a film goes into a slot, and nowhere else.
  await page.getByText('日', { exact: true }).click();
  await page.locator('.board-locked').first().waitFor();
  expect(await page.locator('.board-open-slot').count()).toBe(plan.openSlots?.length);
  const later = plan.openSlots?.find(({ startAtMs }) => civilClock(startAtMs) > '18:45');
  await page
    .locator('.library-film', { hasText: later?.title ?? '' })
    .first()
    .click();
  const board = page.locator('.board');
  await board.press('ArrowUp');
  await board.press('Enter');
  await page.getByText(/下一个开放时段：.* 19:30/).waitFor();
  await board.press('Control+ArrowDown');
  await board.press('Enter');
  await page.getByText(/^已放入：.*19:30$/).waitFor();
  // Without the film to be placed, which waits behind it.
  await board.press('Escape');
  await expect.poll(() => page.locator('.board [data-item]').count()).toBe(2);
  await page.context().close();
});
