import { livePlaylist } from '../../../media/channel/live-window.ts';
import { compilePlan } from '../../../media/plan/compile-plan.ts';
import { publishPlan } from '../../../media/plan/edits.ts';
import { guideRows } from '../../../media/plan/guide.ts';
import type { FilmFacts, PlanItem } from '../../../media/plan/plan.ts';
import { type Timeline, emptyTimeline } from '../../../media/plan/timeline.ts';

const baseCell = 446_000_000;
const ladder = ['1080p', '720p', '480p', '360p', '216p', 'audio'];
const slate = {
  filmId: 'slate',
  title: 'slate',
  segments: 150,
  durationMs: 600_000,
  rungs: ladder,
  packages: ['ts' as const],
};
const films = new Map(
  Array.from({ length: 300 }, (_, n): [string, FilmFacts] => {
    const facts = { ...slate, filmId: `f${n}`, title: `Film ${n}`, segments: 10, durationMs: 40_000 };
    return [`f${n}`, { filmId: `f${n}`, title: facts.title, state: 'ready', revision: `rev${n}`, facts }];
  }),
);

/** A plan of so many items of 40 s back to back. */
function planOf(count: number) {
  const items = Array.from({ length: count }, (_, n): PlanItem => {
    const startAtMs = (baseCell + n * 10) * 4000;
    return { id: `i${n}`, filmId: `f${n % 300}`, startAtMs, startMode: 'hard', maxLateMs: 0, mustWatch: false };
  });
  return { items, fromCell: baseCell, toCell: baseCell + count * 10 };
}

/** CPU time of this process in ms: other work on the machine does not count. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Mean CPU time of one call in microseconds, after a warm-up. */
function microseconds(times: number, work: (turn: number) => number): number {
  let sink = 0;
  for (let turn = 0; turn < times / 10; turn += 1) sink += work(turn);
  const startedAt = cpuMs();
  for (let turn = 0; turn < times; turn += 1) sink += work(turn);
  const spent = cpuMs() - startedAt;
  if (sink === 0) throw new Error('the work gave nothing');
  return (spent * 1000) / times;
}

function liveUs(timeline: Timeline, items: number, cells: number, times: number): number {
  const [epoch] = timeline.epochs;
  if (!epoch) throw new Error('no epoch');
  const view = { timeline, epoch, rendition: { package: 'ts' as const, name: '720p' }, ladder };
  return microseconds(times, (turn) => {
    const cell = baseCell + 2000 + ((turn * 7919) % Math.max(1, items * 10 - 4000));
    return livePlaylist(view, cell * 4000, cells).length;
  });
}

const empty = emptyTimeline('county', '2026', baseCell, { revision: 'slate', facts: slate });
console.log(`live list, nothing planned      ${liveUs(empty, 1, 18, 20_000).toFixed(1)} us`);
for (const count of [1000, 10_000, 100_000, 1_000_000]) {
  const list = planOf(count);
  const startedAt = cpuMs();
  const compiled = compilePlan(list, films);
  const compiledAt = cpuMs();
  const timeline = publishPlan(empty, baseCell, compiled);
  const publishedAt = cpuMs();
  const rows =
    count > 10_000 ? 0 : microseconds(20, () => guideRows(timeline, baseCell, baseCell + 21_600).length) / 1000;
  console.log(
    `${String(count).padStart(8)} items: compile ${(compiledAt - startedAt).toFixed(1)} ms, publish ${(publishedAt - compiledAt).toFixed(1)} ms, ` +
      `live ${liveUs(timeline, count, 18, 20_000).toFixed(1)} us, dvr ${liveUs(timeline, count, 1803, 300).toFixed(0)} us, guide of a day ${rows.toFixed(1)} ms`,
  );
}
