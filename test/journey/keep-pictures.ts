import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const sizes = [
  { width: 1920, height: 1080 },
  { width: 1280, height: 720 },
  { width: 390, height: 844 },
] as const;

/** Pictures of the run, for eyes; not in git. */
const pictureFile = (name: string): string => join(import.meta.dirname, '../../test-results/screens', `${name}.jpg`);

/** Takes a picture of what is open. */
export const keepPicture = (page: Page, name: string) =>
  page.screenshot({ path: pictureFile(name), type: 'jpeg', quality: 60 });

/** Takes one in every size, `NAME-WIDTH`; none may need scrolling sideways. */
export async function keepPictures(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  for (const size of sizes) {
    await page.setViewportSize(size);
    await keepPicture(page, `${name}-${size.width}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide, `${name} at ${size.width} px`).toBeLessThanOrEqual(size.width);
  }
  if (before !== null) await page.setViewportSize(before);
}
