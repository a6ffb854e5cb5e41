import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Plan } from '../../media/contract/planning.ts';
import { addCivilDays, civilDateOf } from '../../media/grid/civil-time.ts';
import { openBrowser } from './browser.ts';
import { button, consoleOf, dialog, goTo } from './console.ts';
import { copiedRange, gbSemicolons, mergedWorkbook } from './month-sheets.ts';
import { api, eventually, onAir, tokenOf } from './system.ts';

let browser: Browser;
let plan: Plan;
/** Two films that may air. */
let titles: readonly [string, string];
/** Far enough away that no month journey reaches it. */
const first = addCivilDays(civilDateOf(Date.now(), 'Asia/Shanghai'), 40);
const mark = Date.now() % 100_000;
/** A channel of its own, without films or cards between programmes: the sample films are so short that a month has very many. */
const channel = { code: `months-${mark}`, name: '月度频道', audience: 'public', gapCardHours: 0 };

beforeAll(async () => {
  await onAir();
  browser = await openBrowser();
  await api('/api/channels', { method: 'POST', body: channel, token: await tokenOf('admin') });
  const [film, other] = await eventually(async () => {
    const { items } = await api<{ items: { id: string; title: string }[] }>('/api/films?state=ready');
    const [one, two] = items.filter(({ title }) => !title.startsWith('垫片'));
    return one === undefined || two === undefined ? undefined : ([one, two] as const);
  }, 240_000);
  titles = [film.title, other.title];
  const made = await api<Plan>('/api/plans', {
    method: 'POST',
    token: await tokenOf('scheduler'),
    body: { channel: channel.code, from: first, to: addCivilDays(first, 14), title: `两周 ${mark}` },
  });
  const items = [{ id: 'evening', filmId: film.id, start: `${first}T19:00:00+08:00`, repeat: { every: 'day' } }];
  plan = await api<Plan>(`/api/plans/${made.id}/items`, {
    method: 'PUT',
    token: await tokenOf('scheduler'),
    headers: { 'If-Match': `"${made.version}"` },
    body: { items },
  });
});
afterAll(() => browser.close());

it('drags films and items on the board; takes a day out of a repeat and fills days from a template, by keyboard', async () => {
  const page = await consoleOf(browser, 'scheduler');
  await goTo(page, `plans/${plan.id}`);
  // By mouse: a film from the library, and an item to the next day; both are undone.
  await page
    .locator('.library-film')
    .first()
    .dragTo(page.locator(`.board [data-date="${addCivilDays(first, 4)}"]`));
  await page.getByText('已放入：').waitFor();
  const dragged = page.locator(`[data-item$="${addCivilDays(first, 4)}"]`);
  await expect.poll(() => dragged.count()).toBe(2);
  await dragged.last().dragTo(page.locator(`.board [data-date="${addCivilDays(first, 5)}"]`));
  await page.getByText('已移动：').waitFor();
  await expect.poll(() => dragged.count()).toBe(1);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  // From the month straight to a day, where the item's start is seen and changed beside it.
  await page.locator('.board').press('d');
  await page.locator('.board').press('Home');
  await page.locator('.board').press('Control+ArrowDown');
  await page.locator('.board').press('t');
  await page.keyboard.press('ArrowRight');
  await page.getByText(/：等上一节目播完，最多推迟 5:00/).waitFor();
  await page.keyboard.press('Control+z');
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

  const saved = await api<Plan>(`/api/plans/${plan.id}`, { token: await tokenOf('scheduler') });
  const third = addCivilDays(first, 2);
  expect(saved.items.map(({ start, repeat }) => [start, repeat])).toEqual([
    [`${first}T19:00:00+08:00`, { every: 'day', except: [third] }],
    [`${third}T19:00:00+08:00`, undefined],
  ]);
  // Rehearsed from ten seconds into its first item on: picture and list are there, and slate comes behind it.
  await page.getByRole('link', { name: '预演' }).press('Enter');
  await page.getByText(`这是第 ${saved.version} 版的预演`).waitFor();
  await page.getByLabel('预演的时间').fill('19:00:10');
  await page.keyboard.press('Enter');
  await page.locator('.rehearsal-list', { hasText: titles[0] }).getByText('已播 0:1').waitFor();
  const positionS = () => page.evaluate(() => document.querySelector('video')?.currentTime ?? 0);
  await expect.poll(positionS, { timeout: 30_000 }).toBeGreaterThan(10.5);
  await button(page, '跳到下一条').press('Enter');
  await page.getByText('此刻播垫片').waitFor();
  await page.context().close();
});

it('takes a month of three dialects from sheets to the air: at most 12 actions of the scheduler and 3 of the approver', async () => {
  const page = await consoleOf(browser, 'scheduler');
  await goTo(page, 'plans');
  const scheduler = counting();
  await scheduler.do(button(page, '新建计划').click());
  await scheduler.do(button(dialog(page, '新建计划'), '新建计划').click());
  await page.waitForURL(/#\/plans\/[0-9a-z]{26}$/);
  await page.locator('.board').waitFor();
  const path = `/api/plans/${page.url().slice(-26)}`;
  const { from } = await api<Plan>(path, { token: await tokenOf('scheduler') });
  const apply = async () => {
    await dialog(page, '导入节目单表格').getByText('全部对上了').waitFor();
    await scheduler.do(button(page, '应用到计划').click());
    await page.locator('.sheet').waitFor({ state: 'detached' });
  };
  await scheduler.do(dropFile(page, 'plan.xlsx', mergedWorkbook(from, 10, titles)));
  await apply();
  await page.keyboard.press('Control+z');
  await page.locator('.board [data-item]').first().waitFor({ state: 'detached' });
  await page.keyboard.press('Control+y');
  await page.locator('.board [data-item]').first().waitFor();
  await scheduler.do(dropFile(page, 'plan.csv', gbSemicolons(addCivilDays(from, 10), 10, titles)));
  await apply();
  await scheduler.do(pasteText(page, copiedRange(addCivilDays(from, 20), 8, titles[1])));
  await apply();
  await scheduler.do(button(page, '提交批准').click());
  await scheduler.do(page.getByLabel(/处提醒，请说明原因/).fill('白天时段由各站点自行安排'));
  await scheduler.do(button(dialog(page, '提交计划'), '确定').click());
  await page.getByText('编排员说明：').waitFor();
  await page.context().close();

  const approving = await consoleOf(browser, 'reviewer2');
  const approver = counting();
  await approver.do(goTo(approving, `plans/${path.slice(-26)}`));
  await approver.do(button(approving, '批准').click());
  const seen = dialog(approving, '批准这份计划？');
  await seen
    .getByText(/个站点/)
    .first()
    .waitFor();
  await approver.do(button(seen, '批准并发布').click());
  await approving.getByText(/已发布，.* 生效/).waitFor();
  await approving.context().close();

  const published = await api<Plan>(path, { token: await tokenOf('scheduler') });
  expect(published).toMatchObject({ state: 'published', items: { length: 48 } });
  expect(published.items.at(-1)?.start).toBe(`${addCivilDays(from, 27)}T19:30:00+08:00`);
  console.log(`sheets of a month to the air: scheduler ${scheduler.count()} actions, approver ${approver.count()}`);
  expect(scheduler.count()).toBeLessThanOrEqual(12);
  expect(approver.count()).toBeLessThanOrEqual(3);
});

it('arranges, submits, approves and publishes by keyboard alone', async () => {
  const page = await consoleOf(browser, 'scheduler');
  await goTo(page, 'plans');
  await tabTo(page, '新建计划');
  await page.keyboard.press('Enter');
  await dialog(page, '新建计划').getByLabel('开始日期').waitFor();
  await tabTo(page, '新建计划');
  await page.keyboard.press('Enter');
  await page.locator('.board:focus').waitFor();
  await page.keyboard.press('/');
  await page.locator('.library-film').first().waitFor();
  await page.keyboard.type(titles[0]);
  await page.locator('.library-film').first().filter({ hasText: titles[0] }).waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.keyboard.press('w');
  await page.locator('.board-week').waitFor();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('[data-item]:not([data-item="ghost"])').count()).toBe(3);
  await page.keyboard.press('Control+s');
  await page.getByText('已保存', { exact: true }).waitFor();
  await tabTo(page, '提交批准');
  await page.keyboard.press('Enter');
  await dialog(page, '提交计划').waitFor();
  await tabTo(page, /处提醒，请说明原因/);
  await page.keyboard.type('键盘');
  await tabTo(page, '确定');
  await page.keyboard.press('Enter');
  await page.getByText('编排员说明：').waitFor();
  const hash = page.url().split('#/')[1] ?? '';
  await page.context().close();

  const approver = await consoleOf(browser, 'reviewer2');
  await goTo(approver, hash);
  await button(approver, '批准').waitFor();
  await tabTo(approver, '批准');
  await approver.keyboard.press('Enter');
  await dialog(approver, '批准这份计划？')
    .getByText(/个站点/)
    .first()
    .waitFor();
  await tabTo(approver, '批准');
  await approver.keyboard.press('Enter');
  await button(approver, '发布').waitFor();
  await tabTo(approver, '发布');
  await approver.keyboard.press('Enter');
  await dialog(approver, '发布到频道？')
    .getByText(/个站点/)
    .first()
    .waitFor();
  await tabTo(approver, '发布');
  await approver.keyboard.press('Enter');
  await approver.getByText(/已发布，.* 生效/).waitFor();
  await approver.context().close();
});

it('puts the changes of two people together, and keeps those that the network or a closed page took away', async () => {
  const page = await consoleOf(browser, 'scheduler');
  await goTo(page, `plans/${plan.id}`);
  await page.locator('.board').press('Control+ArrowDown');
  await page.keyboard.press('Shift+ArrowRight');
  await page.getByText('已移动：').waitFor();
  const before = await api<Plan>(`/api/plans/${plan.id}`, { token: await tokenOf('scheduler') });
  const [item] = before.items;
  const theirs = { filmId: item?.filmId, start: `${first}T08:00:00+08:00`, note: '对方加的' };
  await api(`/api/plans/${plan.id}/items`, {
    method: 'PUT',
    token: await tokenOf('admin'),
    headers: { 'If-Match': `"${before.version}"` },
    body: { items: [theirs, ...before.items.map(sent)] },
  });
  await page.keyboard.press('Control+s');
  const both = dialog(page, '别人刚改过这份计划');
  await both.getByText('对方改了 1 行').waitFor();
  await button(both, '合并两人的修改并保存').press('Enter');
  await page.getByText('已保存', { exact: true }).waitFor();
  const merged = await api<Plan>(`/api/plans/${plan.id}`, { token: await tokenOf('scheduler') });
  expect(merged.items.some(({ note }) => note === '对方加的')).toBe(true);
  expect(merged.items.some(({ start }) => start === `${addCivilDays(first, 1)}T19:00:00+08:00`)).toBe(true);

  await page.context().setOffline(true);
  await page.locator('.board').press('Delete');
  await page.keyboard.press('Control+s');
  await page.getByRole('alert').getByText('连不上服务器').waitFor();
  await page.context().setOffline(false);
  await page.getByText('网络恢复，修改已发送').waitFor();
  expect((await api<Plan>(`/api/plans/${plan.id}`, { token: await tokenOf('scheduler') })).version).toBeGreaterThan(
    merged.version,
  );

  await page.keyboard.press('Control+z');
  await page.getByText('有未保存的修改').waitFor();
  await page.reload();
  await page.getByText(/已恢复 .* 没有保存的修改/).waitFor();
  await page.locator('.board').press('Control+s');
  await page.getByText('已保存', { exact: true }).waitFor();
  await page.context().close();
});

/** Counts what a person does: a press, a drop, a paste, a text that is typed. */
function counting() {
  let count = 0;
  return {
    do: async (doing: Promise<unknown>) => {
      count += 1;
      await doing;
    },
    count: () => count,
  };
}

/** A file dragged from a folder onto the plan. */
const dropFile = (page: Page, name: string, bytes: Buffer) =>
  page.locator('.plan').evaluate(
    (element, { name, base64 }) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([Uint8Array.from(atob(base64), (each) => each.charCodeAt(0))], name));
      element.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    },
    { name, base64: bytes.toString('base64') },
  );

/** What Ctrl+V on the board brings from a spreadsheet. */
const pasteText = (page: Page, text: string) =>
  page.locator('.board').evaluate((element, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);

/** Goes on by Tab until the focus is on what has this name. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  for (let step = 0; step < 90; step += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      const labels =
        element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.labels : null;
      return element?.getAttribute('aria-label') ?? labels?.[0]?.textContent ?? element?.textContent ?? '';
    });
    if (typeof name === 'string' ? focused.trim() === name : name.test(focused)) return;
  }
  throw new Error(`Tab does not lead to ${String(name)}`);
}

/** An item as clients send it. */
const sent = ({ id, filmId, start, startMode, repeat }: Plan['items'][number]) => ({
  ...{ id, filmId, start, startMode },
  ...(repeat === undefined ? {} : { repeat }),
});
