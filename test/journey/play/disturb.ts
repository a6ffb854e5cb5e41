import { duty, type Interruption } from '../../../media/contract/duty.ts';
import type { Plan } from '../../../media/contract/planning.ts';
import { DEMO_FILMS } from '../../../media/film/demo-films.ts';
import { addCivilDays, civilDateOf, formatCivilTime } from '../../../media/grid/civil-time.ts';
import { processesOn } from '../processes.ts';
import { api, demo, eventually, tokenOf } from '../system.ts';

export const zone = 'Asia/Shanghai';

/** Sample films one after the other on a channel. */
export interface Programme {
  readonly channel: string;
  /** How long until the first of them begins; what begins sooner than 40 s could be refused as frozen. */
  readonly aheadMs: number;
  readonly items: number;
  readonly itemMs: number;
}

/** How long people try again: other journeys kill servers meanwhile. */
const patienceMs = 60_000;

/** Publishes a plan of its own for the days on which a programme airs; answers when its first film begins. */
export const publishProgramme = (programme: Programme): Promise<number> =>
  eventually(() => tryToPublish(programme), patienceMs);

async function tryToPublish({ channel, aheadMs, items: count, itemMs }: Programme): Promise<number> {
  const startAtMs = Math.ceil((Date.now() + aheadMs) / 4000) * 4000;
  const dateOf = (atMs: number) => civilDateOf(atMs, zone);
  const dates = { from: dateOf(startAtMs), to: addCivilDays(dateOf(startAtMs + count * itemMs), 1) };
  return publishDates({ channel, ...dates, startAtMs, count, itemMs });
}

/** A plan of the county's dates [from, to) that airs sample films one after the other from an instant on. */
export async function publishDates({
  channel,
  from,
  to,
  startAtMs,
  count,
  itemMs,
}: Pick<Programme, 'channel' | 'itemMs'> & {
  readonly from: string;
  readonly to: string;
  readonly startAtMs: number;
  readonly count: number;
}): Promise<number> {
  const [scheduler, reviewer] = await Promise.all([tokenOf('scheduler'), tokenOf('reviewer')]);
  const films = await sampleFilms();
  const made = await api<Plan>('/api/plans', {
    ...{ method: 'POST', token: scheduler },
    body: { channel, from, to, title: '播出中改单' },
  });
  const items = Array.from({ length: count }, (_, n) => ({
    filmId: films[n % films.length]?.id,
    start: formatCivilTime(startAtMs + n * itemMs, zone),
    durationMs: itemMs,
  }));
  await api(`/api/plans/${made.id}/items`, {
    ...{ method: 'PUT', token: scheduler, headers: { 'If-Match': `"${made.version}"` } },
    body: { items },
  });
  const step = (name: string, token: string, body: object) =>
    api(`/api/plans/${made.id}/${name}`, { method: 'POST', token, body });
  await step('submit', scheduler, { warningReason: '播出中改单' });
  await step('approve', reviewer, {});
  await step('publish', scheduler, {});
  return startAtMs;
}

/** Two of the sample films, whose pictures bear a mark, as soon as they are there. */
const sampleFilms = (): Promise<readonly { readonly id: string; readonly title: string }[]> =>
  eventually(async () => {
    const { items } = await api<{ items: { id: string; title: string }[] }>('/api/films?state=ready');
    const films = items.filter((film) => DEMO_FILMS.some(({ title }) => title === film.title));
    return films.length >= 2 ? films.slice(0, 2) : undefined;
  }, 600_000);

/** Cuts a channel as a drill and ends the cut by two people after `forMs`; answers what it covers. */
export async function cutChannel(
  channel: string,
  forMs: number,
): Promise<{ readonly fromMs: number; readonly toMs: number }> {
  const [scheduler, reviewer] = await Promise.all([tokenOf('scheduler'), tokenOf('reviewer')]);
  const path = `/api/channels/${channel}/cut`;
  const standing = async () => {
    const reply = await api(`/api/channels/${channel}/duty`, { token: scheduler });
    return duty.channelDuty.reply.parse(reply).interruptions.find(({ kind }) => kind === 'cut');
  };
  /** Tries until the cut is as wanted, whether the answer came through or not. */
  const insist = (method: string, token: string, body: object, isDone: (cut?: Interruption) => boolean) =>
    eventually(async () => {
      await api(path, { method, token, body }).catch(() => undefined);
      const cut = await standing();
      return isDone(cut) ? cut : undefined;
    }, patienceMs);
  const order = { scope: 'county', reason: '演练', drill: true };
  const cut = await insist('POST', scheduler, order, (now) => now !== undefined);
  await new Promise((resolve) => setTimeout(resolve, forMs));
  const reason = { reason: '演练结束' };
  await insist('DELETE', scheduler, reason, (now) => now?.endAskedBy !== undefined);
  const { endAtMs } = await insist('DELETE', reviewer, reason, (now) => now?.endAtMs !== undefined);
  return { fromMs: cut.effectiveAtMs, toMs: endAtMs ?? Date.now() };
}

/** Kills the demo's own server with SIGKILL and waits until its supervisor has brought it back. */
export async function killServer(): Promise<void> {
  const servers = () => processesOn(demo().dataDir, 'server/main.js serve ');
  const [pid] = servers();
  if (pid === undefined) throw new Error('The demo has no server.');
  process.kill(pid, 'SIGKILL');
  await eventually(async () => {
    const again = servers();
    return !again.includes(pid) && (await fetch(`${demo().address}/readyz`)).ok ? true : undefined;
  }, 90_000);
}
