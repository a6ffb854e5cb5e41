import type { Channel } from '../../media/contract/channels.ts';
import { activationCell, urgentActivationCell } from '../../media/channel/activation.ts';
import { dsnAt, epochAt, LARGEST_DSN } from '../../media/channel/epoch.ts';
import { DVR_CELLS } from '../../media/channel/live-window.ts';
import { cellAt, cellStartAtMs } from '../../media/grid/cell.ts';
import { addCivilDays, civilDateOf } from '../../media/grid/civil-time.ts';
import { allowRevision, changeSlate, openEpoch, withdrawRevision } from '../../media/plan/edits.ts';
import { alarmsAt } from '../../media/plan/alarm-ladder.ts';
import { type FilmTable, isReady } from '../../media/plan/plan.ts';
import { type SlotFacts, slotFilmIds, tendItemSlots } from '../../media/plan/tend-item-slots.ts';
import { layerAlarms, layerFilmIds, tendedLayer } from '../../media/plan/tend-layer.ts';
import { emptyTimeline, type NamedRevision, type Timeline } from '../../media/plan/timeline.ts';
import { isPlaceCutShort, withCutsProlonged, withPlaceCutsProlonged } from './cut-channel.ts';
import type { FilmCatalogue } from '../library/film-catalogue.ts';
import type { AlarmBell } from './alarm-bell.ts';
import { fillersOf } from './channel-fillers.ts';
import { announcementsAfter, type Announcing } from './announcements.ts';
import type { ChannelDocument } from './channel-document.ts';
import { type CurrentPlaces, type EditParts, editChannel } from './edit-channel.ts';
import type { ChannelOnAir } from './channel-on-air.ts';
import type { OnAir } from './on-air.ts';
import type { StoredLayers } from './stored-layer.ts';
import type { UpkeepBook } from './upkeep-book.ts';

/** What looking after channels needs. */
export interface TendParts extends EditParts {
  readonly onAir: OnAir;
  readonly timeZone: string;
  /** What airs where nothing is planned; undefined until it is encoded. */
  readonly slate: () => Promise<NamedRevision | undefined>;
  readonly filmCatalogue: Pick<FilmCatalogue, 'table' | 'readyIn'>;
  readonly bell: AlarmBell;
  readonly upkeep: UpkeepBook;
}

/** What a timeline is held against. */
export interface TendFacts extends Omit<SlotFacts, 'ordinaryCell' | 'urgentCell' | 'atMs'> {
  readonly withdrawn: ReadonlySet<string>;
  readonly slate: NamedRevision;
  readonly timeZone: string;
}

const tries = 3;
const bySystem = (atMs: number): Announcing => ({ atMs, planId: '', categoryOf: () => undefined });

/** Revisions of withdrawn films that a timeline still shows; the slate stays, for something must. */
function toWithdraw(timeline: Timeline, withdrawn: ReadonlySet<string>): string[] {
  return Object.entries(timeline.revisions).flatMap(([revision, facts]) =>
    withdrawn.has(facts.filmId) && revision !== timeline.slate && !timeline.withdrawn.includes(revision)
      ? [revision]
      : [],
  );
}

/** Films of revisions that a timeline withdrew and that the library withdraws no longer. */
const allowedAgain = ({ withdrawn: gone, revisions }: Timeline, withdrawn: ReadonlySet<string>): readonly string[] =>
  gone.flatMap((revision) => revisions[revision]?.filmId ?? []).filter((filmId) => !withdrawn.has(filmId));

/** Withdrawn revisions that are the very ones which their films show now: passed again, or mended in the store. */
function toAllow(timeline: Timeline, { withdrawn, films }: TendFacts): readonly string[] {
  return timeline.withdrawn.filter((revision) => {
    const film = films.get(timeline.revisions[revision]?.filmId ?? '');
    return isReady(film) && film.revision === revision && !withdrawn.has(timeline.revisions[revision]?.filmId ?? '');
  });
}

/** Name of the numbering that should be open: the county's year, with a letter once its numbers grow too large. */
function dueEpoch(timeline: Timeline, atMs: number, timeZone: string): string | undefined {
  const year = civilDateOf(atMs, timeZone).slice(0, 4);
  const current = epochAt(timeline, cellAt(atMs));
  if (current === undefined) return undefined;
  if (!timeline.epochs.some(({ name }) => name.startsWith(year))) return year;
  if ((dsnAt(timeline, current, cellAt(atMs)) ?? 0) < LARGEST_DSN) return undefined;
  const letter = timeline.epochs.filter(({ name }) => name.startsWith(year)).length;
  return letter > 25 ? undefined : `${year}${String.fromCharCode(97 + letter)}`;
}

/**
 * A timeline as facts say it should be: withdrawn films off, those that may be shown again on, late ones on or their alternates, the slate of today, this year's
 * numbering; the same where it is.
 */
export function tended(timeline: Timeline, facts: TendFacts, atMs: number): Timeline {
  const cell = urgentActivationCell(atMs);
  let next = timeline;
  for (const revision of toWithdraw(timeline, facts.withdrawn)) next = withdrawRevision(next, cell, revision);
  for (const revision of toAllow(next, facts)) next = allowRevision(next, cell, revision);
  next = tendItemSlots(next, { ...facts, ordinaryCell: activationCell(atMs), urgentCell: cell, atMs });
  if (next.slate !== facts.slate.revision) next = changeSlate(next, cell, facts.slate);
  const epoch = dueEpoch(next, atMs, facts.timeZone);
  // It begins two hours ago, so that its first list is as long as any.
  return epoch === undefined ? next : openEpoch(next, epoch, Math.max(cellAt(atMs) - DVR_CELLS, next.fromCell));
}

/** The channel's timeline tended, with withdrawn films that only places show off too. */
function tendedAll({ timeline, places = {} }: ChannelDocument, facts: TendFacts, atMs: number): Timeline {
  const next = tended(timeline, facts, atMs);
  const ofPlaces = Object.values(places).flatMap(({ revisions }) => Object.entries(revisions));
  const gone = ofPlaces
    .filter(([revision, filmId]) => facts.withdrawn.has(filmId) && !next.withdrawn.includes(revision))
    .map(([revision]) => revision);
  return [...new Set(gone)].reduce(
    (all, revision) => withdrawRevision(all, urgentActivationCell(atMs), revision),
    next,
  );
}

/** First document of a channel: slate, from long enough ago that every list has its length. */
async function begin(parts: TendParts, channel: Channel, slate: NamedRevision): Promise<void> {
  const atMs = parts.clock();
  const year = civilDateOf(atMs, parts.timeZone).slice(0, 4);
  const timeline = emptyTimeline(channel.code, year, cellAt(atMs) - 2 * DVR_CELLS, slate);
  const why = { by: 'system', reason: 'channel begun', movedAtMs: atMs };
  await parts.heads.move(undefined, { format: 1, timeline, announcements: {} }, why);
}

/** What is known without asking for fillers: films of items that need one. */
async function factsOf(
  { onAir, timeZone, filmCatalogue, clock }: TendParts,
  { channel, document: { timeline } }: ChannelOnAir,
  late: StoredLayers,
  slate: NamedRevision,
): Promise<TendFacts> {
  const withdrawn = onAir.withdrawn();
  const cell = cellAt(clock());
  const ofPlaces = [...late.values()].flatMap(({ layer }) => layerFilmIds(layer, timeline, cell, withdrawn));
  const back = allowedAgain(timeline, withdrawn);
  const ids = [...new Set([...slotFilmIds(timeline, cell, withdrawn), ...ofPlaces, ...back])];
  const films: FilmTable = ids.length === 0 ? new Map() : await filmCatalogue.table(ids);
  return {
    withdrawn,
    slate,
    timeZone,
    package: channel.package,
    films,
    fillers: [],
    turns: { seed: '', restCells: 0 },
  };
}

/** The same with what may fill gaps; asked for only where something changes. */
async function withFillers(parts: TendParts, channel: Channel, facts: TendFacts): Promise<TendFacts> {
  const today = civilDateOf(parts.clock(), parts.timeZone);
  const { pool, ...turns } = await fillersOf(parts.filmCatalogue, channel, {
    first: today,
    last: addCivilDays(today, 1),
  });
  return { ...facts, fillers: pool, turns };
}

/** Places with something whose film may be late or was withdrawn. */
const lateAt = ({ places = {} }: ChannelDocument, withdrawn: ReadonlySet<string>): readonly string[] =>
  Object.entries(places).flatMap(([place, { hasItemSlots, revisions }]) =>
    hasItemSlots === true || Object.values(revisions).some((filmId) => withdrawn.has(filmId)) ? [place] : [],
  );

/** Layers with late films on or their alternates, in these places; the same where nothing is to do. */
function withLateFilms(
  layers: StoredLayers,
  late: readonly string[],
  { channel, facts, atMs }: { readonly channel: Timeline; readonly facts: TendFacts; readonly atMs: number },
): StoredLayers {
  const edges = { ordinaryCell: activationCell(atMs), urgentCell: urgentActivationCell(atMs), atMs };
  const next = new Map(layers);
  for (const place of late) {
    const stored = layers.get(place);
    if (stored === undefined) continue;
    const layer = tendedLayer(stored.layer, channel, { ...facts, ...edges });
    if (layer !== stored.layer) next.set(place, { ...stored, layer });
  }
  return late.every((place) => next.get(place) === layers.get(place)) ? layers : next;
}

/** Whether something was left to do. */
async function tendChannel(parts: TendParts, channel: Channel, slate: NamedRevision): Promise<boolean> {
  const { onAir } = parts;
  const known = onAir.find(channel.code);
  if (known === undefined) {
    await begin(parts, channel, slate);
    return true;
  }
  const { timeline, interruptions, places } = known.document;
  const now = parts.clock();
  const late: StoredLayers = new Map(
    lateAt(known.document, onAir.withdrawn()).flatMap((place) => {
      const stored = onAir.layerOf(known, place);
      return stored === undefined ? [] : [[place, stored] as const];
    }),
  );
  const facts = await factsOf(parts, known, late, slate);
  const next = withCutsProlonged(tendedAll(known.document, facts, now), interruptions, now);
  const nextLate = withLateFilms(late, [...late.keys()], { channel: next, facts, atMs: now });
  const moment = { cell: urgentActivationCell(now), atMs: now };
  const ofPlaces = [...nextLate].flatMap(([place, { layer }]) =>
    layerAlarms(layer, next, facts.films, moment).map((alarm) => ({ ...alarm, place })),
  );
  await parts.bell.ring(channel.code, [...alarmsAt(next, facts.films, now), ...ofPlaces], now);
  if (next === timeline && nextLate === late && !isPlaceCutShort(places, now)) {
    parts.upkeep.note(channel.code, 'slow-upkeep', false);
    return false;
  }
  const all = await withFillers(parts, channel, facts);
  const edit = {
    channel: channel.code,
    why: { by: 'system', reason: 'withdrawn or late film, new slate, new year or a cut that goes on' },
    make: ({ document, layers }: CurrentPlaces, atMs: number) => {
      const next = withCutsProlonged(tendedAll(document, all, atMs), document.interruptions, atMs);
      const ahead = withLateFilms(layers, lateAt(document, all.withdrawn), { channel: next, facts: all, atMs });
      if (next === document.timeline && ahead === layers && !isPlaceCutShort(document.places, atMs)) return undefined;
      const announcements = announcementsAfter(document.announcements, next, bySystem(atMs));
      return {
        document: { ...document, timeline: next, announcements },
        layers: withPlaceCutsProlonged(ahead, atMs),
        effectiveAtMs: cellStartAtMs(urgentActivationCell(atMs)),
      };
    },
  };
  const outcome = await editChannel(parts, edit, tries);
  parts.upkeep.note(channel.code, 'slow-upkeep', outcome === 'too-slow');
  return true;
}

/**
 * Brings every channel to what the facts ask for; answers whether any was changed. Any replica may do it, at any time: one moves
 * the head, the others find nothing left to do. So a withdrawal needs no message, and none can be lost (fault F35).
 */
export async function tendChannels(parts: TendParts): Promise<boolean> {
  const slate = await parts.slate();
  if (slate === undefined) return false;
  let changed = false;
  for (const channel of parts.onAir.channels()) changed = (await tendChannel(parts, channel, slate)) || changed;
  return changed;
}
