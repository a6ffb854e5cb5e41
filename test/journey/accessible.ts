import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What a screen, or a part of it, does to people who cannot see it well or hold a mouse: findings of axe-core that are serious or critical. */
export async function seriousFindings(page: Page, part = 'html'): Promise<readonly string[]> {
  // Our pages run no script that they did not bring; a debugger may.
  await page.evaluate(axe.source);
  return page.evaluate(async (part) => {
    const { axe } = window as unknown as { readonly axe: typeof import('axe-core') };
    const { violations } = await axe.run(part, { resultTypes: ['violations'] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
  }, part);
}
