import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_FILMS } from '../../media/film/demo-films.ts';
import { openBrowser, openPage, overPlainHttp } from './browser.ts';
import { keepPicture, keepPictures } from './keep-pictures.ts';
import { takeAwayNewerNames } from './old-engine.ts';
import { onlyFocus, phaseIs, press } from './station.ts';
import { api, demo, onAir } from './system.ts';

let browser: Browser;
beforeAll(async () => {
  await onAir();
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** A page in a language that was chosen before. */
async function opened(language: string, size: { width: number; height: number }) {
  const opened = await openPage(browser, size);
  await opened.page.addInitScript((chosen) => localStorage.setItem('yuanbo.language', chosen), language);
  return opened;
}

const pinOf = {
  zh: '还没有设过密码。请自己定一个；要先用 0000',
  en: 'This box has none',
};

/** Walks a station from home over every screen, by arrows, OK and BACK alone; answers what it saw. */
async function walk(page: Page, language: 'zh' | 'en'): Promise<readonly string[]> {
  const seen: string[] = [];
  const look = async (name: string, selector: string) => {
    await page.waitForSelector(selector);
    expect(await page.locator('.focus').count()).toBe(selector.endsWith('.focus') ? 1 : 0);
    seen.push(name);
    await keepPicture(page, `station/${language}/${name}`);
  };
  /** Opens what is focused, looks at it, and does the rest of a walk there before it goes back. */
  const visit = async (name: string, selector: string, inside: () => Promise<void> = () => Promise.resolve()) => {
    await press(page, 'Enter');
    await look(name, selector);
    await inside();
    await press(page, 'Escape');
  };
  await onlyFocus(page, '.tile-live.focus');
  await look('home', '.home .tile.focus');
  await visit('live', '.live .button.focus');
  await press(page, 'ArrowRight');
  await visit('today', '.on-today .row.focus');
  await press(page, 'ArrowRight');
  await onlyFocus(page, '.tile-library.focus');
  await visit('library', '.on-library .card.focus', async () => {
    await visit('film', '.on-film .button.focus', async () => {
      await visit('player', '.on-player .bar.focus', async () => {
        await phaseIs(page, 'playing');
        await page.waitForFunction(
          () => document.querySelector<HTMLVideoElement>('video[data-source^="film-"]')?.currentTime,
        );
        await press(page, 'ArrowDown', 'ArrowRight');
        await look('player-buttons', '.player .button.focus');
        await press(page, 'Escape');
        await onlyFocus(page, '.player .bar.focus');
      });
      await onlyFocus(page, '.on-film .button.focus');
    });
    await onlyFocus(page, '.on-library .card.focus');
  });
  await press(page, 'ArrowRight');
  await onlyFocus(page, '.tile-board.focus');
  await visit('board', '.on-board .row');
  await press(page, 'ArrowRight');
  await onlyFocus(page, '.tile-help.focus');
  await visit('help', '.on-help .button.focus', async () => {
    await visit('device-check', '.on-probe [data-probe="running"] .button.focus');
    await onlyFocus(page, '.on-help .button.focus');
    await press(page, 'ArrowRight');
    await visit('pin', '.pin .button.focus', async () => {
      expect(await page.innerText('.pin')).toContain(pinOf[language]);
      // The zero of the pad, four times.
      await press(page, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter', 'Enter', 'Enter', 'Enter');
      await look('settings', '.settings .row.focus');
      await press(page, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown');
      await visit('learn-keys', '.settings .empty');
      await onlyFocus(page, '.settings .row.focus:nth-child(5)');
    });
  });
  await onlyFocus(page, '.home .tile.focus');
  return seen;
}

describe.each(['zh', 'en'] as const)('every screen, in %s', (language) => {
  it('of the station is reached by arrows, OK and BACK, over plain http, on an engine that lacks what came after Chrome 51', async () => {
    const { page, context, errors } = await opened(language, { width: 1920, height: 1080 });
    await page.addInitScript(takeAwayNewerNames);
    await page.goto(`${overPlainHttp(demo().address)}/station/?code=s1`);
    expect(await page.evaluate(() => isSecureContext)).toBe(false);
    await phaseIs(page, 'playing');
    await press(page, 'Escape');
    expect(await walk(page, language)).toHaveLength(13);
    expect(errors).toEqual([]);
    await context.close();
  });

  it('of the member fits phone and desk', async () => {
    const { page, context, errors } = await opened(language, { width: 390, height: 844 });
    const { items } = await api<{ items: { id: string; title: string }[] }>('/api/films?state=ready&limit=50');
    const film = items.find(({ title }) => title === DEMO_FILMS[0]?.title);
    for (const [name, path, content] of [
      ['now', '/', '.guide li'],
      ['library', '/library', '.films li'],
      ['nothing-found', '/library?query=zzzz', '.empty'],
      ['film', `/film/${film?.id ?? ''}`, '.big-play'],
      ['no-film', '/film/00000000000000000000000000', '.empty'],
      ['places', '/notices', '.places button'],
      ['notices', '/notices?code=t1', '.guide li'],
      ['sign-in', '/sign-in', 'form'],
    ] as const) {
      await page.goto(demo().address + path);
      await page.locator(content).first().waitFor();
      await keepPictures(page, `member/${language}/${name}`);
    }
    expect(errors).toEqual([]);
    await context.close();
  });
});
