import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What a screen does to people who cannot see it well or hold a mouse: findings of axe-core that are serious or critical. */
export async function seriousFindings(page: Page): Promise<readonly string[]> {
  // Our pages run no script that they did not bring; a debugger may.
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { readonly axe: typeof import('axe-core') };
    const { violations } = await axe.run(document, { resultTypes: ['violations'] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
  });
}
