import type { Page } from 'playwright-core';

/** What a walk came by. */
export interface Walk {
  /** Texts of what had the focus, each once, in the order of the walk. */
  readonly reached: readonly string[];
  /** Where there was another number of focus marks than one. */
  readonly wrongMarks: readonly string[];
}

/** Walks every row of a screen from end to end by the four arrows, in the page, as fast as it draws. */
export const walk = (page: Page): Promise<Walk> =>
  page.evaluate(async () => {
    const reached = new Set<string>();
    const wrongMarks: string[] = [];
    const drawn = () => new Promise((resolve) => setTimeout(resolve, 0));
    const focused = (): string => {
      const marks = document.querySelectorAll('.focus');
      if (marks.length !== 1) wrongMarks.push(`${marks.length} marks beside ${[...reached].pop() ?? 'nothing'}`);
      return marks[0]?.textContent ?? '';
    };
    const press = async (key: string): Promise<boolean> => {
      const before = focused();
      document.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      await drawn();
      return focused() !== before;
    };
    const toEnd = async (key: string) => {
      do reached.add(focused());
      while (await press(key));
    };
    /** The next row may be on its way from the server. */
    const nextRow = async (): Promise<boolean> => {
      for (let tries = 0; tries < 40; tries += 1) {
        if (await press('ArrowDown')) return true;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      return false;
    };
    await toEnd('ArrowUp');
    do {
      await toEnd('ArrowLeft');
      await toEnd('ArrowRight');
    } while (await nextRow());
    return { reached: [...reached], wrongMarks };
  });
