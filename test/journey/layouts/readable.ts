import type { Page } from 'playwright-core';

/**
 * What cannot be read at five metres (stations notes, C27), as pixels of a screen of 1920x1080, or upright of 1080 across: text below 32 px (rows and tabs 36, titles
 * 48), with a contrast below 7:1 where the picture behind it is white, outside of the safe area, or cut off.
 */
export const unreadable = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const found = new Set<string>();
    const scale = Math.min(innerWidth, innerHeight) / 1080;
    const side = (innerWidth > innerHeight ? 90 : 60) * scale;
    const safe = { left: side, top: 60 * scale, right: innerWidth - side, bottom: innerHeight - 60 * scale };
    const partsOf = (colour: string): readonly number[] => (colour.match(/[\d.]+/g) ?? []).map(Number);
    const over = (colour: string, below: readonly number[]): readonly number[] => {
      const [red = 0, green = 0, blue = 0, alpha = 1] = partsOf(colour);
      return [red, green, blue].map((value, at) => value * alpha + (below[at] ?? 0) * (1 - alpha));
    };
    const luminance = (colour: readonly number[]): number =>
      colour
        .map((value) => value / 255)
        .map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
        .reduce((sum, value, at) => sum + value * ([0.2126, 0.7152, 0.0722][at] ?? 0), 0);
    const contrastOf = (element: Element): number => {
      const chain: Element[] = [];
      for (let at: Element | null = element; at !== null && at.tagName !== 'BODY'; at = at.parentElement)
        chain.unshift(at);
      let ground: readonly number[] = [255, 255, 255];
      for (const layer of chain) {
        const { backgroundColor, backgroundImage } = getComputedStyle(layer);
        // Of a shade that grows, what lies under the text is its last colour.
        const shade = /gradient/.test(backgroundImage)
          ? (backgroundImage.match(/rgba?\([^)]+\)/g) ?? []).pop()
          : undefined;
        ground = over(shade ?? backgroundColor, ground);
      }
      const ink = over(getComputedStyle(element).color, ground);
      const [dark = 0, light = 0] = [luminance(ink), luminance(ground)].sort((a, b) => a - b);
      return (light + 0.05) / (dark + 0.05);
    };
    const leastPx = (element: Element): number =>
      element.closest('h1') !== null && element.tagName !== 'SMALL'
        ? 48
        : element.closest('.row, .tab') === null
          ? 32
          : 36;
    for (const element of Array.from(document.querySelectorAll('.station *'))) {
      const text = Array.from(element.childNodes)
        .filter(({ nodeType }) => nodeType === Node.TEXT_NODE)
        .map(({ textContent }) => textContent ?? '')
        .join('')
        .trim();
      const box = element.getBoundingClientRect();
      if (text === '' || box.width === 0 || getComputedStyle(element).visibility === 'hidden') continue;
      const say = (what: string) =>
        found.add(`${element.className || element.tagName} "${text.slice(0, 30)}": ${what}`);
      const sizePx = parseFloat(getComputedStyle(element).fontSize) / scale;
      if (sizePx < leastPx(element) - 0.1 && element.closest('.tag') === null) say(`${sizePx} px`);
      const contrast = contrastOf(element);
      if (contrast < 7) say(`contrast ${contrast.toFixed(1)}`);
      // What has the focus is 6 % larger.
      const slack = element.closest('.focus') === null ? 1 : 60;
      const isOutside =
        box.left < safe.left - slack ||
        box.top < safe.top - slack ||
        box.right > safe.right + slack ||
        box.bottom > safe.bottom + slack;
      if (isOutside) say(`at ${[box.left, box.top, box.right, box.bottom].map(Math.round).join(' ')}`);
      // A place may have any name; a browser's own is longer than any screen, and is printed whole.
      const isAnyLength = /^Mozilla/.test(text) || element.className === 'status-place';
      if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0 && !isAnyLength) say('cut off');
      const isBroken =
        element.classList.contains('button') && box.height > 2.4 * parseFloat(getComputedStyle(element).fontSize);
      if (isBroken) say('broken into lines');
      const status = document.querySelector('.status');
      const line = status?.getBoundingClientRect() ?? box;
      const isUnder = box.right > line.left && box.left < line.right && box.top < line.bottom && box.bottom > line.top;
      if (status?.contains(element) === false && isUnder) say('under the status bar');
    }
    return Array.from(found);
  });
