import fc from 'fast-check';
import { parse as parseStrictly, setOptions } from 'hls-parser';
import { beforeAll, describe, expect, it } from 'vitest';
import { epochAt } from '../../../../media/channel/epoch.ts';
import { DVR_CELLS, LIVE_CELLS, listedToCell, livePlaylist } from '../../../../media/channel/live-window.ts';
import { cellAt, cellStartAtMs } from '../../../../media/grid/cell.ts';
import { type NumberedSegment, readMediaPlaylist } from '../../../../media/hls/read-media-playlist.ts';
import { dropBefore } from '../../../../media/plan/splice.ts';
import { type Epoch, FIRST_DSN, type Timeline } from '../../../../media/plan/timeline.ts';
import { loadHlsJs, pollingPlayer } from '../hls-js-oracle.ts';
import { runs } from '../runs.ts';
import { type History, type Rules, histories, houseRules, ladder } from './history.ts';
import { live, stored } from './life.ts';

const run = (property: number) => runs(20261201, 150, property);
let hls: Awaited<ReturnType<typeof loadHlsJs>>;

beforeAll(async () => {
  hls = await loadHlsJs();
  setOptions({ strictMode: true });
});

function poll(
  timeline: Timeline,
  atMs: number,
  rung: string,
  cells = LIVE_CELLS,
  epoch?: Epoch,
): { text: string; epoch: Epoch } {
  const chosen = epoch ?? epochAt(timeline, listedToCell(atMs) - cells)!;
  const view = { timeline, epoch: chosen, rendition: { package: 'ts' as const, name: rung }, ladder };
  return { text: livePlaylist(view, atMs, cells), epoch: chosen };
}

function read(text: string): { header: { msn: number; dsn: number }; segments: readonly NumberedSegment[] } {
  const playlist = readMediaPlaylist(text);
  if (!playlist.ok) throw new Error(playlist.message);
  const { mediaSequence: msn = -1, discontinuitySequence: dsn = -1, targetDurationMs } = playlist.playlist;
  expect(targetDurationMs).toBe(4000);
  return { header: { msn, dsn }, segments: playlist.segments };
}

/** Remembers all lines of every listed segment, as a player would that never forgets. */
function memory(): (epoch: Epoch, text: string) => string | undefined {
  const seen = new Map<string, string>();
  return (epoch, text) => {
    for (const segment of read(text).segments) {
      const key = `${epoch.name}/${segment.mediaSequence}`;
      const lines = JSON.stringify(segment);
      if ((seen.get(key) ?? lines) !== lines) return `segment ${key} was ${seen.get(key) ?? ''} and became ${lines}`;
      seen.set(key, lines);
      if (segment.programDateAtMs !== cellStartAtMs(segment.mediaSequence + epoch.baseCell)) return `date of ${key}`;
    }
    return undefined;
  };
}

/** First fault that a never forgetting observer or hls.js finds in the poll stream of a history; undefined when there is none. */
function firstFault(history: History, rules: Rules): string | undefined {
  const observe = memory();
  const players = new Map<string, (text: string) => string | undefined>();
  let fault: string | undefined;
  live(
    history,
    {
      onMoment: ({ replicas }) => {
        for (const { timeline, atMs } of replicas) {
          const { text, epoch } = poll(timeline, atMs, '720p');
          fault ??= observe(epoch, text);
          const player = players.get(epoch.name) ?? pollingPlayer(hls);
          players.set(epoch.name, player);
          fault ??= player(text);
        }
      },
    },
    rules,
  );
  return fault;
}

describe('the stream of live playlists that two replicas answer over a history of edits', () => {
  it('never changes a listed segment, its discontinuity number or its date, and hls.js merges every refresh (I3, I5, I21)', () => {
    fc.assert(
      fc.property(histories, (history) => {
        expect(firstFault(history, houseRules)).toBeUndefined();
      }),
      run(1),
    );
  });

  it('never goes back on one replica, drops at most one discontinuity a cell, and never lists less than three target durations (I2, I9, I19)', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const last = new Map<string, { msn: number; dsn: number }>();
        live(history, {
          onMoment: ({ replicas }) => {
            const [{ timeline, atMs }] = replicas as [{ timeline: Timeline; atMs: number }];
            const { text, epoch } = poll(timeline, atMs, '360p');
            const { header, segments } = read(text);
            expect(segments.length).toBeGreaterThanOrEqual(3);
            const end = cellStartAtMs(segments.at(-1)!.mediaSequence + epoch.baseCell + 1);
            expect(end - atMs).toBeLessThanOrEqual(12_000);
            expect(end - atMs).toBeGreaterThan(8000);
            const before = last.get(epoch.name);
            if (before) {
              expect(header.msn).toBeGreaterThanOrEqual(before.msn);
              expect(header.dsn).toBeGreaterThanOrEqual(before.dsn);
              expect(header.dsn - before.dsn).toBeLessThanOrEqual(header.msn - before.msn);
            }
            last.set(epoch.name, header);
          },
        });
      }),
      run(2),
    );
  });

  it('gives every rendition and the two-hour list the same numbers and dates, and passes the strict parser (I4)', () => {
    fc.assert(
      fc.property(histories, fc.constantFrom('1080p', '216p', 'audio'), (history, rung) => {
        let turn = 0;
        live(history, {
          onMoment: ({ replicas }) => {
            const { timeline, atMs } = replicas[turn % 2]!;
            turn += 1;
            if (turn % 5 !== 0) return;
            const { text, epoch } = poll(timeline, atMs, '720p');
            const other = poll(timeline, atMs, rung, LIVE_CELLS, epoch).text;
            const long = poll(timeline, atMs, '720p', DVR_CELLS, epoch).text;
            const numbers = (each: NumberedSegment): unknown => [
              each.mediaSequence,
              each.discontinuitySequence,
              each.programDateAtMs,
            ];
            expect(read(other).header).toEqual(read(text).header);
            expect(read(other).segments.map(numbers)).toEqual(read(text).segments.map(numbers));
            const names = (each: NumberedSegment): unknown => [
              each.mediaSequence,
              each.discontinuitySequence,
              each.uri,
            ];
            const shared = read(text).segments.map(names);
            expect(read(long).segments.slice(-shared.length).map(names)).toEqual(shared);
            for (const each of [text, other, long]) expect(() => parseStrictly(each)).not.toThrow();
          },
        });
      }),
      runs(20261201, 60, 9),
    );
  });

  it('is the same after a restart, byte for byte, and all through one cell (I1)', () => {
    fc.assert(
      fc.property(histories, (history) => {
        live(history, {
          onEdit: ({ after, atMs }) => {
            const text = poll(after, atMs, '480p').text;
            expect(poll(stored(after), cellStartAtMs(cellAt(atMs)), '480p').text).toBe(text);
            expect(poll(stored(stored(after)), cellStartAtMs(cellAt(atMs) + 1) - 1, '480p').text).toBe(text);
          },
        });
      }),
      run(3),
    );
  });
});

/** Numbers spans by counting from the oldest one still known, as a process does that has no history. */
function recounted(timeline: Timeline, activation: number): Timeline {
  const known = dropBefore(timeline, activation - 60);
  const spans = known.spans.map((span, index) => ({ ...span, dsn: FIRST_DSN + index }));
  return { ...known, spans, firstDsn: FIRST_DSN };
}

describe('the observers of the stream', () => {
  const finds = (rules: Rules): boolean =>
    fc.sample(histories, { seed: 7, numRuns: 40 }).some((history) => firstFault(history, rules) !== undefined);

  it('find nothing in the house rules', () => {
    expect(finds(houseRules)).toBe(false);
  });
  it('find an edit that takes effect inside the listed window', () => {
    expect(finds({ ordinary: 2, urgent: 2 })).toBe(true);
  });
  it('find an urgent edit that does not wait for the slower replica', () => {
    expect(finds({ ...houseRules, urgent: 3 })).toBe(true);
  });
  it('find discontinuities that are counted anew instead of stored', () => {
    expect(finds({ ...houseRules, after: recounted })).toBe(true);
  });
});
