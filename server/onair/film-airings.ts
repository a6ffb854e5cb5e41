import { guideRows } from '../../media/plan/guide.ts';
import { tailCell, type Timeline } from '../../media/plan/timeline.ts';
import type { FilmAiring } from '../library/film-catalogue.ts';
import type { AirMarks } from './air-marks.ts';
import type { OnAir } from './on-air.ts';

/** What finding a film's airings needs. */
export interface FilmAiringParts {
  readonly onAir: Pick<OnAir, 'channels' | 'find' | 'seenFrom'>;
  readonly airMarks: Pick<AirMarks, 'between'>;
}

const minuteMs = 60_000;

/**
 * Every time that a channel shows a film, past and to come, the earliest first. What a place shares with its channel is told
 * once; what began while no server was up was seen by nobody and is left out.
 */
export async function filmAirings(
  { onAir, airMarks }: FilmAiringParts,
  filmId: string,
  atMs: number,
): Promise<readonly FilmAiring[]> {
  const found = onAir.channels().flatMap(({ code }) => {
    const channel = onAir.find(code);
    if (channel === undefined) return [];
    const { timeline, places = {}, sampleUntilAtMs = -Infinity } = channel.document;
    const shared = airingsIn(timeline, { channel: code, filmId, sampleUntilAtMs });
    const known = new Set(shared.map(({ startAtMs }) => startAtMs));
    const own = Object.entries(places)
      .filter(([, { revisions }]) => Object.values(revisions).includes(filmId))
      .flatMap(([place]) =>
        airingsIn(onAir.seenFrom(channel, place).document.timeline, { channel: code, place, filmId, sampleUntilAtMs }),
      );
    return [...shared, ...own.filter(({ startAtMs }) => !known.has(startAtMs))];
  });
  const [past, future] = [found.filter((one) => one.startAtMs < atMs), found.filter((one) => one.startAtMs >= atMs)];
  const up = await airMarks.between(Math.min(atMs, ...past.map(({ startAtMs }) => startAtMs)), atMs);
  const wasOn = ({ startAtMs, isSample }: FilmAiring): boolean =>
    isSample || startAtMs > atMs - minuteMs || up.has(Math.floor(startAtMs / minuteMs));
  return [...past.filter(wasOn), ...future].sort((one, other) => one.startAtMs - other.startAtMs);
}

interface Wanted {
  readonly channel: string;
  readonly place?: string;
  readonly filmId: string;
  readonly sampleUntilAtMs: number;
}

const airingsIn = (timeline: Timeline, { filmId, sampleUntilAtMs, ...where }: Wanted): FilmAiring[] =>
  guideRows(timeline, timeline.fromCell, tailCell(timeline)).flatMap((row) =>
    row.filmId !== filmId || row.kind === 'slate'
      ? []
      : [
          {
            ...where,
            ...{ title: row.title, kind: row.kind, startAtMs: row.startAtMs, endAtMs: row.endAtMs },
            isSample: row.startAtMs < sampleUntilAtMs,
          },
        ],
  );
