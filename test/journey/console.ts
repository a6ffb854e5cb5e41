import type { Browser, Page } from 'playwright-core';
import { openPage } from './browser.ts';
import { demo } from './system.ts';

const desk = { width: 1920, height: 1080 };

/** Opens the console as somebody, who signs in by the form. */
export async function consoleOf(
  browser: Browser,
  username: string,
  password = demo().password,
  address = demo().address,
): Promise<Page> {
  const { page } = await openPage(browser, desk);
  await page.goto(`${address}/console/`);
  await page.fill('input[autocomplete="username"]', username);
  await page.fill('input[autocomplete="current-password"]', password);
  await page.keyboard.press('Enter');
  await page.waitForSelector('nav', { timeout: 30_000 });
  return page;
}

/** Goes to a screen of the console by its address. */
export async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to;
  }, `#/${hash}`);
}

/** Chooses an option of a select field by its words. */
export async function choose(page: Page, label: string, option: string): Promise<void> {
  const field = page.getByLabel(label, { exact: true }).last();
  await field.click();
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: option }).first().click();
}

/** Presses the button of the topmost dialog with these words. */
export const confirm = (page: Page, words: string) =>
  page
    .locator('.ant-modal:visible')
    .last()
    .locator('button', { hasText: new RegExp(`^${words}$`) })
    .click();

/** A button by exactly these words; its icon has a name of its own, which is not one of them. */
export const button = (page: Page, words: string) =>
  page.locator('button:visible', { hasText: new RegExp(`^${words}$`) }).first();
