import { cellAt } from '../../media/grid/cell.ts';
import {
  type Cut,
  displacedItem,
  endInterrupt,
  insertFilm,
  type Insertion,
  prolongInterrupt,
  startCut,
} from '../../media/plan/edits.ts';
import type { PlaceLayer } from '../../media/plan/layers.ts';
import { layeredPlaces, layerOf, placeView } from '../../media/plan/settle-layers.ts';
import type { Interrupt, Timeline } from '../../media/plan/timeline.ts';
import { announcementsAfter } from './announcements.ts';
import type { CurrentPlaces, Made } from './edit-channel.ts';
import type { InterruptionRecord } from './interruption.ts';
import { withLayer } from './stored-layer.ts';

/** Where something displaces the plan: a whole channel, or one place of it and all places below. */
export interface Stage {
  /** Cuts and insertions of this stage, oldest first. */
  readonly interruptions: readonly InterruptionRecord[];
  /** Those of all stages above too. */
  readonly above: readonly InterruptionRecord[];
  readonly cut: (cell: number, cut: Required<Cut>) => Stage;
  readonly insert: (cell: number, insertion: Insertion) => Stage;
  /** Ends a cut or an insertion. */
  readonly end: (cell: number, id: string) => Stage;
  /** Lets an insertion that has not ended go on until a cell, exclusive. */
  readonly prolong: (cell: number, id: string, toCell: number) => Stage;
  /** What has become of the channel, with these interruptions written down. */
  readonly made: (
    records: readonly InterruptionRecord[],
    effectiveAtMs: number,
    categoryOf?: (filmId: string) => string | undefined,
  ) => Made;
}

/** The stage of a place; of the whole channel without one. */
export const stageOf = (current: CurrentPlaces, place: string | undefined, atMs: number): Stage =>
  place === undefined ? channelStage(current, atMs) : placeStage(current, place, atMs);

function channelStage(current: CurrentPlaces, atMs: number, timeline = current.document.timeline): Stage {
  const { document } = current;
  const { interruptions = [] } = document;
  const next = (changed: Timeline): Stage => channelStage(current, atMs, changed);
  return {
    interruptions,
    above: interruptions,
    cut: (cell, cut) => next(startCut(timeline, cell, cut)),
    insert: (cell, insertion) => next(insertFilm(timeline, cell, insertion)),
    end: (cell, id) => next(endInterrupt(timeline, cell, id)),
    prolong: (cell, id, toCell) => next(prolongInterrupt(timeline, cell, id, toCell)),
    made: (records, effectiveAtMs, categoryOf = () => undefined) => {
      const announcing = { atMs, planId: '', categoryOf };
      const announcements = announcementsAfter(document.announcements, timeline, announcing);
      return { document: { ...document, timeline, announcements, interruptions: [...records] }, effectiveAtMs };
    },
  };
}

function placeStage(current: CurrentPlaces, place: string, atMs: number, changed?: PlaceLayer): Stage {
  const { document, layers, parentOf } = current;
  const pure = new Map([...layers].map(([code, { layer }]) => [code, layer]));
  const layer = changed ?? layerOf(document.timeline, pure, parentOf, { code: place, nowCell: cellAt(atMs) });
  const interruptions = layers.get(place)?.interruptions ?? [];
  const next = (change: Partial<PlaceLayer>): Stage => placeStage(current, place, atMs, { ...layer, ...change });
  const endAt = (id: string, cellOf: (each: Interrupt) => number): Stage =>
    next({ interrupts: layer.interrupts.map((each) => (each.id === id ? { ...each, toCell: cellOf(each) } : each)) });
  return {
    interruptions,
    above: [...(document.interruptions ?? []), ...chainOf(current, place).flatMap((each) => each.interruptions)],
    cut: (fromCell, { id, toCell }) =>
      next({ interrupts: [...layer.interrupts, { id, kind: 'cut', fromCell, toCell }] }),
    insert: (fromCell, { id, cells, film, item, return: mode }) => {
      const itemId = `${place}~${id}`;
      const interrupts = [layer, ...chainOf(current, place).map((each) => each.layer)]
        .flatMap((each) => each.interrupts)
        .concat(document.timeline.interrupts);
      const seen = mode === 'resume' ? placeView(document.timeline, pure, parentOf, place).timeline : undefined;
      const resumes = seen && displacedItem(seen, fromCell, interrupts);
      const urgent: Interrupt = {
        ...{ id, kind: 'insertion', fromCell, toCell: fromCell + cells, revision: film.revision, itemId },
        ...(resumes === undefined ? {} : { resumes }),
      };
      return next({
        interrupts: [...layer.interrupts, urgent],
        revisions: { ...layer.revisions, [film.revision]: film.facts, ...pick(seen?.revisions, resumes?.revision) },
        items: { ...layer.items, [itemId]: item, ...pick(seen?.items, resumes?.itemId) },
      });
    },
    end: (cell, id) => endAt(id, ({ toCell = Infinity }) => Math.min(toCell, cell)),
    prolong: (_cell, id, toCell) => endAt(id, () => toCell),
    made: (records, effectiveAtMs, categoryOf = () => undefined) => ({
      document,
      layers: withLayer(layers, place, (stored) => ({ ...stored, layer, interruptions: [...records] }), layer),
      effectiveAtMs,
      announcing: { atMs, planId: '', categoryOf },
    }),
  };
}

/** One entry of a table, where there is one. */
const pick = <T>(table: Readonly<Record<string, T>> = {}, key = ''): Record<string, T> =>
  Object.fromEntries(Object.entries(table).filter(([each]) => each === key));

/** What a place and those above it have of their own. */
function chainOf({ layers, parentOf }: CurrentPlaces, place: string) {
  return layeredPlaces(layers, parentOf, place).flatMap((code) => layers.get(code) ?? []);
}
