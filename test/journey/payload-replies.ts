import type { BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { shown } from '../service/server/payload-texts.ts';

/** Every text that looks like code, one behind the other, begun by one that would be an address. */
const everyPayload = [
  'javascript:window.ran=1',
  '<img src=/ran onerror="window.ran=1">',
  '<script>window.ran=1</script>',
  ...shown,
].join(' ');

/** Fields that people write. */
const written = new Set(['title', 'filmTitle', 'name', 'synopsis', 'note', 'reason', 'detail', 'operators']);
/** Lists and things of people, and boards; who is signed in stays as they are, so that what is found came from a list. */
const ofPeople =
  /^\/(api\/(films|plans|places|users|categories|channels|audit|alarms|day-templates|seasons)(\/|$)|board\/[^/]+\.json$)/;

function withPayloads(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withPayloads);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inside]: [string, unknown]) => {
      if (!written.has(key)) return [key, withPayloads(inside)];
      if (typeof inside === 'string') return [key, everyPayload];
      return [key, Array.isArray(inside) ? inside.map(() => everyPayload) : withPayloads(inside)];
    }),
  );
}

/** What looks like code, in every field that people write, for the pages of one context; and what came of it. */
export interface PayloadPages {
  /** Waits until a screen shows all of it literally, and until nothing of it is markup or ran. */
  readonly showsText: (page: Page, screen: string) => Promise<void>;
}

/** Answers a context's requests for things of people with payloads in place of what they wrote. */
export async function answerWithPayloads(context: BrowserContext): Promise<PayloadPages> {
  const ran: string[] = [];
  context.on('dialog', (asked) => {
    ran.push(`a dialog: ${asked.message()}`);
    void asked.dismiss();
  });
  context.on('console', (line) => {
    if (/Content Security Policy|Refused to/.test(line.text())) ran.push(line.text());
  });
  context.on('weberror', (thrown) => ran.push(thrown.error().message));
  await context.route(
    ({ pathname }) => ofPeople.test(pathname),
    async (route) => {
      const asked = route.request();
      // A stream of events has no end to wait for.
      if (asked.method() !== 'GET' || asked.headers()['accept'] === 'text/event-stream') return route.fallback();
      const reply = await route.fetch();
      if (reply.headers()['content-type']?.startsWith('application/json') !== true)
        return route.fulfill({ response: reply });
      return route.fulfill({ response: reply, json: withPayloads(await reply.json()) });
    },
  );
  return {
    showsText: async (page, screen) => {
      await page
        .waitForFunction((text) => document.body.textContent.includes(text), everyPayload, { timeout: 20_000 })
        .catch(() => ran.push(`${screen} does not show it`));
      const markup = await page.evaluate(() => {
        const found = document.querySelectorAll(
          '[onerror], [onload], [href^="javascript:"], [src="/ran"], body script',
        );
        const made = [...found].filter(
          (each) => each.getAttribute('src')?.startsWith('/') !== true || each.tagName !== 'SCRIPT',
        );
        return [...made.map(({ outerHTML }) => outerHTML), ...('ran' in window ? ['a script ran'] : [])];
      });
      expect([screen, ...ran, ...markup]).toEqual([screen]);
    },
  };
}
