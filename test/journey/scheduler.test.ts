import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Plan } from '../../media/contract/planning.ts';
import { addCivilDays, civilDateOf } from '../../media/grid/civil-time.ts';
import { openBrowser } from './browser.ts';
import { button, consoleOf, dialog, goTo } from './console.ts';
import { api, eventually, onAir, tokenOf } from './system.ts';

let browser: Browser;
let token: string;
let plan: Plan;
/** Far enough away that no other journey plans it. */
const first = addCivilDays(civilDateOf(Date.now(), 'Asia/Shanghai'), 40);
const mark = Date.now() % 100_000;

beforeAll(async () => {
  await onAir();
  browser = await openBrowser();
  token = await tokenOf('scheduler');
  const film = await eventually(async () => {
    const { items } = await api<{ items: { id: string }[] }>('/api/films?state=ready');
    return items[0];
  }, 240_000);
  const made = await api<Plan>('/api/plans', {
    method: 'POST',
    token,
    body: { channel: 'county', from: first, to: addCivilDays(first, 14), title: `两周 ${mark}` },
  });
  const items = [{ id: 'evening', filmId: film.id, start: `${first}T19:00:00+08:00`, repeat: { every: 'day' } }];
  plan = await api<Plan>(`/api/plans/${made.id}/items`, {
    method: 'PUT',
    token,
    headers: { 'If-Match': `"${made.version}"` },
    body: { items },
  });
});
afterAll(() => browser.close());

it('takes a day out of a repeat, undoes it and fills days from a template, by keyboard', async () => {
  const page = await consoleOf(browser, 'scheduler');
  await goTo(page, `plans/${plan.id}`);
  await page.locator('.board').press('l');
  await page.locator('.day').nth(2).press('Enter');
  await page.locator('.ghost').press('Delete');
  await page.locator('.ghost').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+z');
  await page.locator('.ghost').waitFor();
  await page.keyboard.press('Control+y');
  await page.locator('.ghost').waitFor({ state: 'detached' });

  await page.locator('.day').first().press('Enter');
  await button(page, '存为日模板').press('Enter');
  await page.getByLabel('名称').fill(`晚间 ${mark}`);
  await page.keyboard.press('Enter');
  await page.getByText('模板已保存').waitFor();
  await page.locator('.day').nth(2).press('Enter');
  await button(page, '复制与套用……').press('Enter');
  await page.locator('.arrange .ant-segmented-item', { hasText: '日模板' }).click();
  // The day lost its repeat, so the template has room; the other days have the same item already.
  await page.getByText('1 天：加入 1 条').waitFor();
  await button(dialog(page, '复制与套用'), '加入').press('Enter');
  await page.locator('[data-row] input').first().waitFor();
  await page.keyboard.press('Control+s');
  await page.getByText('已保存', { exact: true }).waitFor();

  const saved = await api<Plan>(`/api/plans/${plan.id}`, { token });
  const third = addCivilDays(first, 2);
  expect(saved.items.map(({ start, repeat }) => [start, repeat])).toEqual([
    [`${first}T19:00:00+08:00`, { every: 'day', except: [third] }],
    [`${third}T19:00:00+08:00`, undefined],
  ]);
  await page.context().close();
});
