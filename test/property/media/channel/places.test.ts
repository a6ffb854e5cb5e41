import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { epochAt } from '../../../../media/channel/epoch.ts';
import { LIVE_CELLS, listedToCell, livePlaylist } from '../../../../media/channel/live-window.ts';
import type { GapCard } from '../../../../media/contract/gap-card.ts';
import { cellAt, cellStartAtMs } from '../../../../media/grid/cell.ts';
import { cutRun, endCell, type Span } from '../../../../media/grid/span.ts';
import { readMediaPlaylist } from '../../../../media/hls/read-media-playlist.ts';
import { canonicalJson } from '../../../../media/plan/canonical-json.ts';
import { compilePlan } from '../../../../media/plan/compile-plan.ts';
import { nextUpCard } from '../../../../media/plan/card-content.ts';
import { isGapRun, wantedCards, withGapCards } from '../../../../media/plan/gap-cards.ts';
import { planLayer } from '../../../../media/plan/layers.ts';
import { SHORTEST_ITEM_CELLS } from '../../../../media/plan/plan.ts';
import { giveCards, ownCard, ownProgrammes } from '../../../../media/plan/own-cards.ts';
import {
  forgetLayers,
  type Layers,
  layerOf,
  placeView,
  settleLayers,
  viewAbove,
} from '../../../../media/plan/settle-layers.ts';
import { type Timeline, tailCell } from '../../../../media/plan/timeline.ts';
import { spanAt } from '../../../../media/plan/timeline-spans.ts';
import { loadHlsJs, pollingPlayer } from '../hls-js-oracle.ts';
import { runs } from '../runs.ts';
import { type Deed, edit, filmsOf, firstTimeline, histories, houseRules, ladder, listOf, tableOf } from './history.ts';

/** t1 with its village v1, and t2, which never has anything of its own until something happens there. */
const parents: Readonly<Record<string, string>> = { t1: 'county', t2: 'county', v1: 't1', s1: 'v1' };
const parentOf = (place: string): string | undefined => parents[place];
const seenPlaces = ['t1', 't2', 'v1', 's1'];

/** What a history does at a place instead of at the county. */
type Where = 'county' | 't1' | 'v1' | 't2';
const where: fc.Arbitrary<readonly Where[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constant('county' as const) },
    { weight: 4, arbitrary: fc.constantFrom('t1' as const, 'v1' as const, 't2' as const) },
  ),
  { minLength: 60, maxLength: 60 },
);

interface State {
  readonly channel: Timeline;
  readonly layers: Layers;
}

/** A deed at a place: it publishes, cuts itself, ends that, or puts a film in; nothing else is a place's. */
function editPlace(
  { channel, layers }: State,
  place: string,
  step: { readonly deed: Deed; readonly atMs: number; readonly index: number },
  films: ReturnType<typeof filmsOf>,
): { readonly state: State; readonly activation: number } | undefined {
  const { deed, atMs, index } = step;
  const now = cellAt(atMs);
  const [slow, fast] = [now + houseRules.ordinary, now + houseRules.urgent];
  const layer = layerOf(channel, layers, parentOf, { code: place, nowCell: now });
  const settled = (next: typeof layer, activation: number) => ({
    state: { channel, layers: settleLayers(channel, new Map([...layers, [place, next]]), parentOf, activation) },
    activation,
  });
  const interrupt = (more: Partial<(typeof layer.interrupts)[number]>, cells: number) => ({
    ...{ id: `${place}${index}`, kind: 'cut' as const, fromCell: fast, toCell: fast + cells },
    ...more,
  });
  switch (deed.do) {
    case 'publish': {
      const plan = compilePlan(listOf(deed, atMs, `${place}~p${index}`), tableOf(films));
      return settled(planLayer(layer, slow, plan), slow);
    }
    case 'cut':
      return settled({ ...layer, interrupts: [...layer.interrupts, interrupt({}, deed.cells ?? 200)] }, fast);
    case 'end': {
      const [first] = layer.interrupts;
      if (first === undefined) return undefined;
      const ended = { ...first, toCell: Math.min(first.toCell ?? Infinity, slow) };
      return settled({ ...layer, interrupts: [ended, ...layer.interrupts.slice(1)] }, slow);
    }
    case 'insert': {
      const film = films[deed.film]!;
      const itemId = `${place}~urgent${index}`;
      const seenNow = placeView(channel, layers, parentOf, place).timeline;
      const airing = deed.resume ? spanAt(seenNow, fast) : undefined;
      const displaced = airing?.itemId === undefined ? undefined : cutRun(airing, fast, Infinity);
      const resumes = displaced === undefined ? {} : { resumes: displaced };
      const urgent = interrupt({ kind: 'insertion', revision: film.revision, itemId, ...resumes }, deed.cells);
      const waiting = displaced?.itemId === undefined ? {} : { [displaced.itemId]: seenNow.items[displaced.itemId]! };
      const item = { filmId: film.facts.filmId, title: 'urgent', kind: 'item', mustWatch: true } as const;
      const next = {
        ...layer,
        interrupts: [...layer.interrupts, urgent],
        revisions: { ...seenNow.revisions, [film.revision]: film.facts },
        items: { ...layer.items, ...waiting, [itemId]: item },
      };
      return settled(next, fast);
    }
    default:
      return undefined;
  }
}

/** A card's film is named by all that the card says, so whoever sees it can read it. */
const cardRules = {
  ...{ timeZone: 'UTC', channel: 'c', categoryOf: () => undefined, isInserted: () => false },
  idOf: canonicalJson,
};
const cardFilm = {
  revision: 'card',
  facts: { filmId: 'card', title: 'card', segments: 6, durationMs: 24_000, rungs: ladder, packages: ['ts' as const] },
};

/** The county with every card that its gaps can show. */
function withCards(channel: Timeline, atMs: number): { readonly timeline: Timeline; readonly activation: number } {
  const activation = cellAt(atMs) + houseRules.ordinary;
  const range = { fromCell: activation, toCell: activation + 5000 };
  const ready = new Map(wantedCards(channel, range, cardRules).map(({ id }) => [id, cardFilm]));
  return { timeline: withGapCards(channel, range, cardRules, ready), activation };
}

/** Places with every card that can stand before programmes of their own. */
function withPlaceCards({ channel, layers }: State, activation: number): Layers {
  const range = { fromCell: activation, toCell: activation + 5000 };
  const given = [...layers].map(([place, layer]): [string, typeof layer] => {
    const { timeline: parent, gate } = viewAbove(channel, layers, parentOf, place);
    const inserted = new Set(layer.interrupts.flatMap(({ itemId }) => itemId ?? []));
    const own = { parent, closed: gate.closed, airing: layer.airing, items: layer.items, inserted };
    const cards = ownProgrammes(own, range, cardRules).map((programme) =>
      ownCard(programme, canonicalJson(nextUpCard(programme, cardRules)), cardFilm),
    );
    return [place, giveCards(layer, cards, { [cardFilm.revision]: cardFilm.facts })];
  });
  return new Map(given);
}

/** The county's deed, and what follows from it for every place. */
function editCounty(
  { channel, layers }: State,
  step: { readonly deed: Deed; readonly atMs: number; readonly index: number },
  films: ReturnType<typeof filmsOf>,
): { readonly state: State; readonly activation: number } | undefined {
  const edited = step.deed.do === 'nothing' ? withCards(channel, step.atMs) : edit(channel, step, films, houseRules);
  if (!edited) return undefined;
  const activation = Math.max(edited.activation, cellAt(step.atMs) + houseRules.urgent);
  if (step.deed.do === 'forget') {
    const kept = forgetLayers(channel, layers, parentOf, edited.timeline.fromCell);
    return { state: { channel: edited.timeline, layers: kept }, activation };
  }
  const given = step.deed.do === 'nothing' ? withPlaceCards({ channel: edited.timeline, layers }, activation) : layers;
  const settled = settleLayers(edited.timeline, given, parentOf, activation);
  return { state: { channel: edited.timeline, layers: settled }, activation };
}

interface Told {
  readonly before: State;
  readonly after: State;
  readonly activation: number;
  readonly atMs: number;
}

const stored = ({ channel, layers }: State): State => ({
  channel: JSON.parse(JSON.stringify(channel)) as Timeline,
  layers: new Map(JSON.parse(JSON.stringify([...layers])) as [string, never][]),
});

/** Lives a history of a county and its places; what is known goes through JSON after each step, as in a restart. */
function liveWithPlaces(
  history: Parameters<typeof firstTimeline>[0],
  at: readonly Where[],
  told: {
    readonly onEdit?: (edit: Told) => void;
    readonly onMoment?: (state: State, atMs: number) => void;
    /** All is open to places, and every edit is followed by all cards that are wanted then. */
    readonly isTended?: true;
  },
): State {
  const films = filmsOf(history);
  const open = told.isTended && [{ fromCell: 0, toCell: Number.MAX_SAFE_INTEGER, title: '' }];
  let state: State = { channel: firstTimeline(history), layers: new Map() };
  let atMs = history.startAtMs;
  for (const [index, { waitMs, deed }] of history.steps.entries()) {
    atMs += waitMs;
    told.onMoment?.(state, atMs);
    const step = { deed, atMs, index };
    const place = at[index] ?? 'county';
    const made = place === 'county' ? editCounty(state, step, films) : editPlace(state, place, step, films);
    if (!made) continue;
    told.onEdit?.({ before: state, after: made.state, activation: made.activation, atMs });
    state = stored(made.state);
    told.onMoment?.(state, atMs);
    if (open === undefined) continue;
    const tended = editCounty(
      { ...state, channel: { ...state.channel, open } },
      { ...step, deed: { do: 'nothing' } },
      films,
    );
    if (!tended) continue;
    told.onEdit?.({ before: state, after: tended.state, activation: tended.activation, atMs });
    state = stored(tended.state);
  }
  return state;
}

const seen = ({ channel, layers }: State, place: string): Timeline =>
  placeView(channel, layers, parentOf, place).timeline;

/** Whether a place or one above it airs slate on a cell where the county shows a card. */
const isSlateForCard = (layers: Layers, chain: readonly string[], channel: Timeline, cell: number): boolean =>
  isGapRun(channel, spanAt(channel, cell)!) &&
  chain.some((code) => layers.get(code)?.quiet?.some((each) => each.fromCell <= cell && cell < endCell(each)));

/** Whether what begins next behind a card of what comes next is what it says and when; a cut may lie between. */
function isNextUp(timeline: Timeline, card: Span): boolean {
  const { rows } = JSON.parse(card.itemId!.slice('card-'.length)) as GapCard;
  const next = timeline.spans.find(
    ({ fromCell, itemId }) => fromCell >= endCell(card) && timeline.items[itemId ?? '']?.kind === 'item',
  );
  const item = timeline.items[next?.itemId ?? ''];
  return (
    next !== undefined &&
    item?.filmId === rows[0]?.filmId &&
    item?.title === rows[0]?.title &&
    new Date(next.fromCell * 4000).toISOString().slice(11, 16) === rows[0]?.when
  );
}

/** The layer, of a place or one above it, that shows a card of its own on a cell. */
const hasOwnCard = (layers: Layers, chain: readonly string[], cell: number): boolean =>
  chain.some((code) =>
    layers.get(code)?.quiet?.some((run) => run.itemId !== undefined && run.fromCell <= cell && cell < endCell(run)),
  );

const chainOf = (place: string): readonly string[] => (place === 's1' || place === 'v1' ? ['t1', 'v1'] : [place]);

/** First cells of the county's programmes that a card on a run names. */
function namedCells(channel: Timeline, card: Span): readonly number[] {
  const { kind, day, rows } = JSON.parse(card.itemId!.slice('card-'.length)) as GapCard;
  const starts = channel.spans.filter(({ itemId }) => channel.items[itemId ?? '']?.kind === 'item');
  if (kind === 'next-up')
    return starts
      .filter(({ fromCell }) => fromCell >= endCell(card))
      .map(({ fromCell }) => fromCell)
      .slice(0, 1);
  return starts
    .filter(({ fromCell, itemId }) => {
      const { filmId } = channel.items[itemId!]!;
      const start = new Date(fromCell * 4000);
      const clock = start.toISOString().slice(11, 16);
      const date = `${start.getUTCMonth() + 1}月${start.getUTCDate()}日`;
      return rows.some(
        (row) =>
          row.filmId === filmId &&
          row.when.endsWith(clock) &&
          (day.startsWith(`${date} `) || row.when.startsWith(`${date} `)),
      );
    })
    .map(({ fromCell }) => fromCell);
}

const run = (property: number) => runs(20261207, 40, property);
let hls: Awaited<ReturnType<typeof loadHlsJs>>;

beforeAll(async () => {
  hls = await loadHlsJs();
});

describe('what places see over a history of plans, cuts and insertions of the county and of places', () => {
  it('never changes a listed segment, its number or its date, never goes back, and hls.js merges every refresh (I2, I3, I5)', () => {
    fc.assert(
      fc.property(histories, where, (history, at) => {
        const lines = new Map<string, string>();
        const players = new Map<string, (text: string) => string | undefined>();
        const last = new Map<string, { readonly msn: number; readonly dsn: number }>();
        let fault: string | undefined;
        liveWithPlaces(history, at, {
          onMoment: (state, atMs) => {
            for (const place of seenPlaces) {
              const timeline = seen(state, place);
              const epoch = epochAt(timeline, listedToCell(atMs) - LIVE_CELLS)!;
              const rendition = { package: 'ts' as const, name: '720p' };
              const text = livePlaylist({ timeline, epoch, rendition, ladder }, atMs);
              const key = `${place}/${epoch.name}`;
              const player = players.get(key) ?? pollingPlayer(hls);
              players.set(key, player);
              fault ??= player(text);
              const read = readMediaPlaylist(text);
              if (!read.ok) throw new Error(read.message);
              const { mediaSequence: msn = -1, discontinuitySequence: dsn = -1 } = read.playlist;
              const before = last.get(key);
              if (before && (msn < before.msn || dsn < before.dsn)) fault ??= `${key} went back`;
              last.set(key, { msn, dsn });
              for (const segment of read.segments) {
                const name = `${key}/${segment.mediaSequence}`;
                const line = JSON.stringify(segment);
                if ((lines.get(name) ?? line) !== line)
                  fault ??= `${name} was ${lines.get(name) ?? ''} and became ${line}`;
                lines.set(name, line);
                if (segment.programDateAtMs !== cellStartAtMs(segment.mediaSequence + epoch.baseCell))
                  fault ??= `date of ${name}`;
              }
            }
          },
        });
        expect(fault).toBeUndefined();
      }),
      run(1),
    );
  });

  it('keeps every cell before the activation, tiles the horizon and counts each boundary once (I6, I7)', () => {
    fc.assert(
      fc.property(histories, where, (history, at) => {
        liveWithPlaces(history, at, {
          onEdit: ({ before, after, activation, atMs }) => {
            let fault: string | undefined;
            for (const place of seenPlaces) {
              const [was, is] = [seen(before, place), seen(after, place)];
              const from = Math.max(was.fromCell, is.fromCell, cellAt(atMs) - 60);
              for (let cell = from; cell < activation; cell += 1) {
                const [a, b] = [spanAt(was, cell)!, spanAt(is, cell)!];
                const isSame = a.revision === b.revision && a.dsn === b.dsn;
                if (!isSame || a.firstSegment - a.fromCell !== b.firstSegment - b.fromCell)
                  fault ??= `${place} ${cell}`;
              }
              let [cell, dsn] = [is.fromCell, is.firstDsn];
              is.spans.forEach((span, index) => {
                if (span.fromCell !== cell) fault ??= `${place} has a hole at ${cell}`;
                const last = is.spans[index - 1];
                const goesOn = last?.revision === span.revision && last.firstSegment + last.cells === span.firstSegment;
                if (last && !goesOn) dsn += 1;
                if (span.dsn !== dsn) fault ??= `${place} counts ${span.dsn} and not ${dsn} at ${cell}`;
                cell = endCell(span);
              });
            }
            expect(fault).toBeUndefined();
          },
        });
      }),
      run(2),
    );
  });

  it('never shows a card that names what the place does not air', () => {
    let cards = 0;
    let slate = 0;
    fc.assert(
      fc.property(histories, where, (history, at) => {
        liveWithPlaces(history, at, {
          onEdit: ({ after, activation }) => {
            for (const place of seenPlaces) {
              const timeline = seen(after, place);
              slate += after.layers.get(place)?.quiet?.length ?? 0;
              for (const span of timeline.spans) {
                if (span.fromCell < activation || !span.itemId?.startsWith('card-')) continue;
                cards += 1;
                if (hasOwnCard(after.layers, chainOf(place), span.fromCell)) continue;
                for (const cell of namedCells(after.channel, span)) {
                  if (cell < timeline.fromCell) continue;
                  expect(spanAt(timeline, cell)?.itemId, `${place} at ${cell}`).toBe(
                    spanAt(after.channel, cell)?.itemId,
                  );
                }
              }
            }
          },
        });
      }),
      runs(20261209, 20),
    );
    expect(cards).toBeGreaterThan(0);
    expect(slate).toBeGreaterThan(0);
  });

  it('names before a programme of a place’s own just what begins there next, whatever is edited afterwards', () => {
    let own = 0;
    fc.assert(
      fc.property(histories, where, (history, at) => {
        const check = ({ after, activation }: Told): void => {
          for (const [place, { quiet = [] }] of after.layers) {
            const scrap = quiet.find(
              ({ itemId, fromCell, cells }) =>
                itemId !== undefined && fromCell >= activation && cells < SHORTEST_ITEM_CELLS,
            );
            expect(scrap, place).toBeUndefined();
          }
          for (const place of seenPlaces) {
            const timeline = seen(after, place);
            for (const span of timeline.spans) {
              if (span.fromCell < activation || !span.itemId?.startsWith('card-')) continue;
              if (!hasOwnCard(after.layers, chainOf(place), span.fromCell)) continue;
              own += 1;
              expect(isNextUp(timeline, span), `${place} shows ${span.itemId} at ${span.fromCell}`).toBe(true);
            }
          }
        };
        liveWithPlaces(history, at, { onEdit: check, isTended: true });
      }),
      runs(20261210, 40),
    );
    expect(own).toBeGreaterThan(200);
  });

  it('airs on every cell what the ladder says: cut, then what must be carried, then open local items, then the county (I10, I12)', () => {
    fc.assert(
      fc.property(histories, where, (history, at) => {
        liveWithPlaces(history, at, {
          onEdit: ({ after: { channel, layers }, activation }) => {
            const isIn = (cell: number, ranges: readonly { fromCell: number; toCell?: number }[]): boolean =>
              ranges.some(({ fromCell, toCell = Infinity }) => fromCell <= cell && cell < toCell);
            const views = seenPlaces.map((place) => seen({ channel, layers }, place));
            const end = Math.max(...views.map(tailCell));
            let fault: string | undefined;
            const must = (isSo: boolean, what: string): void => {
              if (!isSo) fault ??= what;
            };
            for (const [index, place] of seenPlaces.entries()) {
              const chain = chainOf(place);
              for (let cell = activation; cell < end; cell += 1) {
                const own = spanAt(views[index]!, cell)!;
                const county = spanAt(channel, cell)!;
                const isOwn = own.itemId?.includes('~') === true;
                const isUrgent = own.itemId?.includes('urgent') === true;
                // A cut place shows slate, whatever else is planned.
                const isCut = chain.some((code) =>
                  isIn(
                    cell,
                    (layers.get(code)?.interrupts ?? []).filter(({ kind }) => kind === 'cut'),
                  ),
                );
                must(!isCut || own.itemId === undefined, `${place} is cut at ${cell}`);
                // Local items stand in open cells alone, and never over an interrupt of the county.
                if (isOwn && !isUrgent) {
                  must(isIn(cell, channel.open ?? []), `${place} airs ${own.itemId} on ${cell}, which is not open`);
                  must(!isIn(cell, channel.interrupts), `${place} airs ${own.itemId} over an interrupt`);
                }
                const isInterrupted = chain.some((code) => isIn(cell, layers.get(code)?.interrupts ?? []));
                // What an insertion of a place displaced may go on behind it, as long as nothing of the county begins.
                const isResumed = chain
                  .flatMap((code) => layers.get(code)?.interrupts ?? [])
                  .some(
                    ({ resumes, toCell = Infinity }) =>
                      resumes !== undefined &&
                      own.itemId === resumes.itemId &&
                      own.firstSegment - own.fromCell === resumes.firstSegment - toCell,
                  );
                const isMust = channel.items[county.itemId ?? '']?.mustWatch === true;
                must(!isOwn || isUrgent || !isMust, `${place} airs ${own.itemId} on ${cell}, which must be watched`);
                must(
                  !isResumed || !isMust || own.itemId === county.itemId,
                  `${place} lacks ${cell}, which must be watched`,
                );
                const isCard = hasOwnCard(layers, chain, cell) && own.itemId?.startsWith('card-') === true;
                // A card of a place stands where nothing else would.
                must(!isCard || !isCut, `${place} shows a card while it is cut at ${cell}`);
                must(!isCard || !isIn(cell, channel.interrupts), `${place} shows a card over an interrupt at ${cell}`);
                if (isCard) {
                  const isGap = county.itemId === undefined || isGapRun(channel, county);
                  must(isGap || isInterrupted || isResumed, `${place} shows a card over ${county.itemId} on ${cell}`);
                } else if (!isOwn && !isInterrupted && !isResumed && isSlateForCard(layers, chain, channel, cell)) {
                  must(own.itemId === undefined, `${place} airs ${own.itemId} for a card on ${cell}`);
                } else if (!isOwn && !isInterrupted && !isResumed) {
                  const isCountys = own.revision === county.revision && own.itemId === county.itemId;
                  must(
                    isCountys && own.firstSegment - own.fromCell === county.firstSegment - county.fromCell,
                    `${place} airs ${own.itemId ?? 'slate'} for ${county.itemId ?? 'slate'} on ${cell}`,
                  );
                }
              }
            }
            expect(fault).toBeUndefined();
          },
        });
      }),
      runs(20261208, 40),
    );
  });
});
