import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { api, demo, eventually, onDemo, tokenOf } from '../system.ts';
import { publishProgramme } from './disturb.ts';
import { type PlayReport, playThrough } from './play-through.ts';
import { replicaThatFalls } from './replica-that-falls.ts';

/** A channel of its own, so that the county's stays as the other journeys know it. */
const channel = { code: 'played', name: '连播频道', audience: 'public', groups: ['t2'], gapCardHours: 0 };
const itemMs = 12_000;
/** Ten boundaries are asked for, and a busy machine makes the cut among them longer. */
const wholeMs = 170_000;

/** What is written down of a play: what came of it, or why nothing did. */
type PlayOutcome = { readonly report: PlayReport } | { readonly error: string };

/** Plays the channel through beside the other journeys; channel-play.test.ts, the last of them, judges. */
export default function startPlay(project: TestProject): (() => Promise<void>) | undefined {
  if (!isJudged()) return undefined;
  onDemo(project.getProvidedContext().demo);
  const played = play().then(
    (report): PlayOutcome => ({ report }),
    (error: unknown): PlayOutcome => ({ error: String(error) }),
  );
  const written = played.then((outcome) => writeFile(reportFile(), JSON.stringify(outcome)));
  return () => written;
}

/** Whoever names single journeys does not wait for a play that none of them judges. */
function isJudged(): boolean {
  const named = process.argv.filter((argument) => argument.includes('test/journey/'));
  return named.length === 0 || named.some((argument) => argument.includes('channel-play'));
}

const reportFile = (): string => join(demo().dataDir, 'play-report.json');

/** The outcome as soon as it is there. */
export const playOutcome = (withinMs: number): Promise<PlayOutcome> =>
  eventually(async () => JSON.parse(await readFile(reportFile(), 'utf8')) as PlayOutcome, withinMs);

async function play(): Promise<PlayReport> {
  const admin = await eventually(() => tokenOf('admin'), 600_000);
  await eventually(() => api('/api/channels', { method: 'POST', body: channel, token: admin }), 600_000);
  const { code } = channel;
  // Nothing is published before the channel has its slate: 503 `starting` until then.
  await eventually(() => api(`/api/channels/${code}/guide?from=${Date.now()}&to=${Date.now() + 4000}`), 600_000);
  const beginsAtMs = await publishProgramme({ channel: code, aheadMs: 40_000, itemMs, items: 30 });
  const servers = [await replicaThatFalls(), await replicaThatFalls()] as const;
  try {
    await new Promise((resolve) => setTimeout(resolve, beginsAtMs - Date.now()));
    return await playThrough(
      { channel: code, wholeMs, seed: 1, servers, edit: { aheadMs: 40_000, itemMs, items: 20 } },
      () => undefined,
    );
  } finally {
    for (const server of servers) await server.stop();
  }
}
