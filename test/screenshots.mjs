// `npm run screenshots`: starts a sample county and renews the pictures in docs/screenshots (JPEG, at most 150 kB each).
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { root, setUp } from '../server/supervisor/setup.mjs';

setUp('test');
const own = process.env.YUANBO_ADDRESS === undefined;
const address = process.env.YUANBO_ADDRESS ?? 'http://127.0.0.1:18090';
const password = process.env.DEMO_PASSWORD ?? 'screenshot-password';
const dataDir = mkdtempSync(join(tmpdir(), 'yuanbo-pictures-'));
const system = own
  ? spawn(process.execPath, [join(root, 'dist/server/main.js'), 'demo'], {
      env: { ...process.env, DATA_DIR: dataDir, PORT: '18090', DEMO_PASSWORD: password, LOG_LEVEL: 'warn' },
      stdio: 'inherit',
    })
  : undefined;
const folder = join(root, 'docs/screenshots');
mkdirSync(folder, { recursive: true });
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function json(path, options) {
  const response = await fetch(address + path, options);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

async function ready() {
  for (;;) {
    try {
      const { items } = await json(`/api/channels/county/guide?from=${Date.now()}&to=${Date.now() + 4000}`);
      if (items.some(({ kind }) => kind !== 'slate')) return;
    } catch {
      // Not there yet.
    }
    await pause(1000);
  }
}

await ready();
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
const television = { width: 1920, height: 1080 };
// A page full of small print: larger, and its picture would not fit 150 kB.
const desk = { width: 1280, height: 720 };
const phone = { width: 390, height: 844 };

async function picture(name, size, path, prepare = async () => {}) {
  const context = await browser.newContext({ viewport: size, locale: 'zh-CN' });
  const page = await context.newPage();
  await page.goto(address + path);
  await prepare(page);
  const file = join(folder, `${name}.jpg`);
  let quality = 80;
  do {
    await page.screenshot({ path: file, type: 'jpeg', quality });
    quality -= 10;
  } while (statSync(file).size > 150_000 && quality > 20);
  console.log(`${file}: ${Math.round(statSync(file).size / 1000)} kB`);
  await context.close();
}

const playing = (page) =>
  page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 1, undefined, { timeout: 60_000 });
const signIn = (username) => async (page) => {
  await page.fill('input[autocomplete="username"]', username);
  await page.fill('input[type="password"]', password);
  await page.keyboard.press('Enter');
  await page.waitForSelector('input[type="password"]', { state: 'detached' });
};

await picture('station-live', television, '/station/', async (page) => {
  await playing(page);
  await page.keyboard.press('ArrowUp');
  await pause(1500);
});
await picture('station-home', television, '/station/', async (page) => {
  await playing(page);
  await page.keyboard.press('Escape');
  await pause(1000);
});
await picture('member', phone, '/', async (page) => {
  await page.waitForSelector('.guide li');
  await page.click('.big-play');
  await playing(page);
});
await picture('board', desk, '/board/county', (page) => page.waitForSelector('table'));
const reviewer = await json('/api/sessions', {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ username: 'scheduler', password }),
});
const { items: films } = await json('/api/films?state=ready', {
  headers: { Authorization: `Bearer ${reviewer.token}` },
});
const { items: plans } = await json('/api/plans', { headers: { Authorization: `Bearer ${reviewer.token}` } });
await picture('console-film', television, '/console/', async (page) => {
  await signIn('reviewer')(page);
  await page.goto(`${address}/console/#/films/${films.at(-1).id}`);
  await pause(4000);
});
await picture('console-plan', television, '/console/', async (page) => {
  await signIn('scheduler')(page);
  await page.goto(`${address}/console/#/plans/${plans[0].id}`);
  await pause(4000);
});
await browser.close();
if (system !== undefined) {
  const exit = new Promise((resolve) => system.once('exit', resolve));
  system.kill('SIGTERM');
  await exit;
}
rmSync(dataDir, { recursive: true, force: true });
process.exit(0);
