// npm run bench:startup [-- ROUNDS]: how long from the address to the first picture of the channel, our station page beside a page
// that has nothing but hls.js, on one server, each with an empty cache. YUANBO_ADDRESS names a running system; else one is started.
import { chromium } from 'playwright-core';
import { onAir, startDemo } from '../sample-county.mjs';

const rounds = Number(process.argv[2] ?? 9);
const goal = 1.25;

/** The least that plays the same channel, where it is now: one question for the address, and hls.js as it comes in its light build. */
const barePage = (script) => `<!doctype html><video muted autoplay playsinline></video>
<script src="${script}"></script><script src="/bare/play.js"></script>`;
const barePlay = `fetch('/api/channels/county/playback').then((reply) => reply.json()).then(({ live }) => {
  const hls = new Hls({ liveSyncDuration: 12 });
  hls.loadSource(live);
  hls.attachMedia(document.querySelector('video'));
});`;

/** Runs in the page before its scripts: notes when the first frame is there. */
const noteFirstFrame = `(function look() {
  const video = document.querySelector('video');
  if (video !== null && video.readyState >= 2 && video.videoWidth > 0) window.firstFrameMs = performance.now();
  else requestAnimationFrame(look);
})();`;

async function firstFrameMs(browser, url, script) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  try {
    const page = await context.newPage();
    await page.addInitScript({ content: noteFirstFrame });
    await page.route('**/bare/', (route) => route.fulfill({ contentType: 'text/html', body: barePage(script) }));
    await page.route('**/bare/play.js', (route) => route.fulfill({ contentType: 'text/javascript', body: barePlay }));
    await page.goto(url);
    const first = await page.waitForFunction(() => globalThis.firstFrameMs, undefined, { timeout: 60_000 });
    return await first.jsonValue();
  } finally {
    await context.close();
  }
}

const middle = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const told = (values) =>
  `median ${middle(values).toFixed(0)} ms (${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)})`;

const own = process.env.YUANBO_ADDRESS === undefined ? startDemo(18095, 'startup-password') : undefined;
const address = process.env.YUANBO_ADDRESS ?? own.address;
await onAir(address);
const page = await (await fetch(`${address}/station/`)).text();
const script = /\/station\/assets\/hls\.light[^"]*/.exec(page)?.[0];
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const ours = [];
const bare = [];
// The first round of each warms server and browser.
for (let round = -1; round < rounds; round += 1) {
  const one = await firstFrameMs(browser, `${address}/station/`, script);
  const other = await firstFrameMs(browser, `${address}/bare/`, script);
  if (round < 0) continue;
  ours.push(one);
  bare.push(other);
}
await browser.close();
await own?.stop();
const ratio = middle(ours) / middle(bare);
console.log(`station page: ${told(ours)}\nhls.js alone:  ${told(bare)}`);
console.log(`ratio ${ratio.toFixed(2)}, goal at most ${goal}: ${ratio <= goal ? 'met' : 'MISSED'}`);
process.exit(ratio <= goal ? 0 : 1);
