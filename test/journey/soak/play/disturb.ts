import { duty } from '../../../../media/contract/duty.ts';
import type { Plan } from '../../../../media/contract/planning.ts';
import { addCivilDays, civilDateOf, formatCivilTime } from '../../../../media/grid/civil-time.ts';
import { processesOn } from '../../processes.ts';
import { api, demo, eventually, tokenOf } from '../../system.ts';

const zone = 'Asia/Shanghai';
/** What begins sooner could be refused as frozen. */
const aheadMs = 60_000;

/** Publishes today's plan anew with two films that cut into what airs; answers when the first of them begins. */
export async function editPlan(): Promise<number> {
  const [scheduler, reviewer] = await Promise.all([tokenOf('scheduler'), tokenOf('reviewer')]);
  const { items: films } = await api<{ items: { id: string }[] }>('/api/films?state=ready');
  const startAtMs = Math.ceil((Date.now() + aheadMs) / 4000) * 4000;
  const from = civilDateOf(startAtMs, zone);
  const made = await api<Plan>('/api/plans', {
    ...{ method: 'POST', token: scheduler },
    body: { channel: 'county', from, to: addCivilDays(from, 1), title: '播出中改单' },
  });
  const items = [0, 1].map((n) => ({
    filmId: films[n % films.length]?.id,
    start: formatCivilTime(startAtMs + n * 20_000, zone),
    durationMs: 20_000,
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

/** Cuts the county's channel as a drill and ends the cut by two people after `forMs`; answers what it covers. */
export async function cutChannel(forMs: number): Promise<{ readonly fromMs: number; readonly toMs: number }> {
  const [scheduler, reviewer] = await Promise.all([tokenOf('scheduler'), tokenOf('reviewer')]);
  const path = '/api/channels/county/cut';
  const order = { scope: 'county', reason: '演练', drill: true };
  const cut = duty.cutChannel.reply.parse(await api(path, { method: 'POST', token: scheduler, body: order }));
  await new Promise((resolve) => setTimeout(resolve, forMs));
  const end = (token: string) => api(path, { method: 'DELETE', token, body: { reason: '演练结束' } });
  await end(scheduler);
  const { effectiveAtMs } = duty.endCut.reply.parse(await end(reviewer));
  return { fromMs: cut.effectiveAtMs, toMs: effectiveAtMs ?? Date.now() };
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
