import type { Browser, Locator, Page } from 'playwright-core';
import { openPage } from './browser.ts';
import { demo } from './system.ts';

/** The screens on which the console is used. */
export const desk = { width: 1920, height: 1080 };
export const phone = { width: 390, height: 844 };

/** Opens an address of the console before anybody signed in; nothing moves by itself, so what is seen can be pressed. */
export async function openConsole(browser: Browser, address: string, size = desk): Promise<Page> {
  const { page } = await openPage(browser, size, { reducedMotion: 'reduce' });
  await page.goto(address);
  return page;
}

/** Opens the console as somebody, who signs in by the form. */
export async function consoleOf(
  browser: Browser,
  username: string,
  password = demo().password,
  address = demo().address,
): Promise<Page> {
  const page = await openConsole(browser, `${address}/console/`);
  await signIn(page, username, password);
  return page;
}

/** Fills in the form that asks who is there. */
export async function signIn(page: Page, username: string, password = demo().password): Promise<void> {
  await page.getByLabel('用户名').fill(username);
  await page.getByLabel('密码').fill(password);
  await page.keyboard.press('Enter');
  await page.getByLabel('用户名').waitFor({ state: 'detached', timeout: 30_000 });
  await page.waitForSelector('nav');
}

/** Goes to a screen of the console by its address. */
export async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to;
  }, `#/${hash}`);
}

/** The dialog with this heading. */
export const dialog = (page: Page, heading: string): Locator => page.getByRole('dialog', { name: heading });

/** A button by exactly these words; its icon has a name of its own, which is not one of them. */
export const button = (where: Page | Locator, words: string): Locator =>
  where.locator('button:visible', { hasText: new RegExp(`^${words}$`) }).first();

/** Presses Tab until something has the focus, and Enter on it; throws where no Tab reaches it. */
export async function enterByTab(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let step = 0; step < 150; step += 1) {
    const isThere = await target.evaluate((element) => {
      const { activeElement: active, body } = document;
      return active !== null && active !== body && (active.contains(element) || element.contains(active));
    });
    if (isThere) return page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${target.toString()}.`);
}

/**
 * Chooses an option of a select field by the keyboard: opens it, types where there is something to search for, walks down to
 * the option that contains these words, and takes it.
 */
export async function choose(
  where: Page | Locator,
  label: string,
  { option, search = '' }: { option: string; search?: string },
): Promise<void> {
  const field = where.getByLabel(label, { exact: true }).and(where.locator('[role="combobox"]'));
  await field.focus();
  await field.press('ArrowDown');
  if (search !== '') await field.pressSequentially(search);
  const list = field.page().locator('.ant-select-dropdown:visible');
  await list.locator('.ant-select-item-option', { hasText: option }).first().waitFor();
  const wanted = list.locator('.ant-select-item-option-active', { hasText: option });
  const options = await list.locator('.ant-select-item-option').count();
  for (let step = 0; step < options && (await wanted.count()) === 0; step += 1) await field.press('ArrowDown');
  await wanted.waitFor();
  await field.press('Enter');
  await list.waitFor({ state: 'hidden' });
}
