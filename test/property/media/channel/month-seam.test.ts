import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { epochAt } from '../../../../media/channel/epoch.ts';
import { LIVE_CELLS, listedToCell, livePlaylist } from '../../../../media/channel/live-window.ts';
import { cellAt, cellStartAtMs } from '../../../../media/grid/cell.ts';
import { parseCivilDate } from '../../../../media/grid/civil-time.ts';
import { readMediaPlaylist } from '../../../../media/hls/read-media-playlist.ts';
import { compilePlan } from '../../../../media/plan/compile-plan.ts';
import { publishPlan } from '../../../../media/plan/edits.ts';
import type { FilmFacts, PlanItem, PlanList, ReadyFilm } from '../../../../media/plan/plan.ts';
import { type Timeline, emptyTimeline } from '../../../../media/plan/timeline.ts';
import { spanAt } from '../../../../media/plan/timeline-spans.ts';
import { loadHlsJs, pollingPlayer } from '../hls-js-oracle.ts';
import { runs } from '../runs.ts';

const zone = 'Asia/Shanghai';
const film = (name: string, segments: number): ReadyFilm => ({
  ...{ filmId: name, title: name, state: 'ready', revision: name },
  facts: { filmId: name, title: name, segments, durationMs: segments * 4000, rungs: ['720p'], packages: ['ts'] },
});
const films = [film('short', 5), film('half', 30), film('long', 60)];
const pool = [film('filler-a', 11), film('filler-b', 17)];
const slate = film('slate', 900);
const table = new Map<string, FilmFacts>([...films, ...pool, slate].map((each) => [each.filmId, each]));

interface Line {
  readonly film: number;
  readonly gapCells: number;
  readonly startMode: 'hard' | 'follow';
}
const lines: fc.Arbitrary<readonly Line[]> = fc.array(
  fc.record({
    film: fc.nat(2),
    gapCells: fc.oneof(fc.constant(0), fc.nat(40)),
    startMode: fc.constantFrom('hard' as const, 'follow' as const),
  }),
  { maxLength: 8 },
);
interface Months {
  readonly year: number;
  readonly month: number;
  readonly before: readonly Line[];
  readonly after: readonly Line[];
  readonly isLaterFirst: boolean;
  readonly isFilled: boolean;
}
const seams: fc.Arbitrary<Months> = fc.record({
  year: fc.integer({ min: 2026, max: 2029 }),
  month: fc.integer({ min: 1, max: 12 }),
  before: lines,
  after: lines,
  isLaterFirst: fc.boolean(),
  isFilled: fc.boolean(),
});

const dayCells = 21_600;
/** Two hours of each month are compiled: a month of fillers takes long, and nothing reaches over so much. */
const reachCells = 1800;

const midnight = (date: string): number => {
  const read = parseCivilDate(date, zone);
  if (!read.ok) throw new Error(date);
  return cellAt(read.atMs);
};
const dateOf = (year: number, month: number): string =>
  `${year + Math.floor((month - 1) / 12)}-${String(((month - 1) % 12) + 1).padStart(2, '0')}-01`;

/** A month's list with these lines one after the other, the first at a cell. */
function listFrom(
  name: string,
  at: readonly Line[],
  firstCell: number,
  [fromCell, toCell]: [number, number],
): PlanList {
  let cell = firstCell;
  const items = at.map((line, index): PlanItem => {
    const { filmId, facts } = films[line.film]!;
    const start = index === 0 ? cell : cell + line.gapCells;
    cell = start + facts.segments;
    const follows = line.startMode === 'follow' && index > 0;
    const time = follows ? {} : { startAtMs: cellStartAtMs(start) };
    return {
      ...{ id: `${name}${index}`, filmId, maxLateMs: 0, mustWatch: false },
      ...time,
      startMode: follows ? 'follow' : 'hard',
    };
  });
  return { items, fromCell, toCell };
}

/** Two months published one after the other on a channel, and the cell of 00:00 of the 1st between them. */
function publishedMonths({ year, month, before, after, isLaterFirst, isFilled }: Months) {
  const seam = midnight(dateOf(year, month + 1));
  const published = seam - dayCells;
  const fillers = isFilled ? pool : [];
  const compiled = [
    listFrom('old', before, seam - 100, [seam - reachCells, seam]),
    listFrom('new', after, seam, [seam, seam + reachCells]),
  ].map((list) => compilePlan(list, table, fillers, { seed: 'county', restCells: 0 }));
  const begun = emptyTimeline('county', String(year), published - 900, {
    revision: slate.revision,
    facts: slate.facts,
  });
  const order = isLaterFirst ? compiled.reverse() : compiled;
  const timeline = order.reduce((all, plan, index) => publishPlan(all, published + index * 900, plan), begun);
  return { timeline: JSON.parse(JSON.stringify(timeline)) as Timeline, seam };
}

const run = (property: number) => runs(20261101, 40, property);
let hls: Awaited<ReturnType<typeof loadHlsJs>>;
beforeAll(async () => {
  hls = await loadHlsJs();
});

describe('the seam of two months that were published one after the other', () => {
  it('has no gap: hls.js merges every list across 00:00 of the 1st, each cell once and at its date', () => {
    fc.assert(
      fc.property(seams, (months) => {
        const { timeline, seam } = publishedMonths(months);
        const player = pollingPlayer(hls);
        const listed = new Map<number, string>();
        for (let cell = seam - 30; cell < seam + 30; cell += 1) {
          const atMs = cellStartAtMs(cell) + 1000;
          const epoch = epochAt(timeline, listedToCell(atMs) - LIVE_CELLS)!;
          const rendition = { package: 'ts' as const, name: '720p' };
          const text = livePlaylist({ timeline, epoch, rendition, ladder: ['720p'] }, atMs);
          expect(player(text)).toBeUndefined();
          const read = readMediaPlaylist(text);
          if (!read.ok) throw new Error(read.message);
          for (const { mediaSequence, uri, programDateAtMs } of read.segments) {
            expect(programDateAtMs).toBe(cellStartAtMs(mediaSequence + epoch.baseCell));
            expect(listed.get(mediaSequence) ?? uri).toBe(uri);
            listed.set(mediaSequence, uri);
          }
        }
        expect(Math.max(...listed.keys()) - Math.min(...listed.keys()) + 1).toBe(listed.size);
      }),
      run(1),
    );
  });

  it('has no needless discontinuity: numbers rise where a segment does not follow its last one, and only there', () => {
    fc.assert(
      fc.property(seams, (months) => {
        const { timeline, seam } = publishedMonths(months);
        for (let cell = seam - 120; cell < seam + 120; cell += 1) {
          const [a, b] = [spanAt(timeline, cell - 1)!, spanAt(timeline, cell)!];
          const segmentOf = (span: typeof a, at: number): number => span.firstSegment + at - span.fromCell;
          const follows = a.revision === b.revision && segmentOf(b, cell) === segmentOf(a, cell - 1) + 1;
          expect(b.dsn - a.dsn).toBe(follows ? 0 : 1);
        }
        const [last, next] = [spanAt(timeline, seam - 1)!, spanAt(timeline, seam)!];
        if (months.after.length > 0) expect(next).toMatchObject({ fromCell: seam, firstSegment: 0, itemId: 'new0' });
        // Where neither month says anything about midnight, one slate goes on over it.
        if (last.itemId === undefined && next.itemId === undefined) expect(next.dsn).toBe(last.dsn);
      }),
      run(2),
    );
  });

  it('is the same whichever month was published first', () => {
    fc.assert(
      fc.property(seams, (months) => {
        const around = (isLaterFirst: boolean) => {
          const { timeline, seam } = publishedMonths({ ...months, isLaterFirst });
          return Array.from({ length: 240 }, (_, n) => {
            const { revision, firstSegment, fromCell } = spanAt(timeline, seam - 120 + n)!;
            return `${revision} ${firstSegment - fromCell}`;
          });
        };
        // The slate behind a month begins anew where the next one was not known yet.
        const isSlate = (line: string): boolean => line.startsWith(slate.revision);
        const [one, other] = [around(true), around(false)];
        expect(one.map((line) => (isSlate(line) ? slate.revision : line))).toEqual(
          other.map((line) => (isSlate(line) ? slate.revision : line)),
        );
      }),
      run(3),
    );
  });
});
