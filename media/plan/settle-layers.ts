import {
  type LayerGate,
  type PlaceLayer,
  emptyLayer,
  gateBelow,
  interruptRanges,
  layerFrom,
  placeTimeline,
  regatedLayer,
} from './layers.ts';
import type { Timeline } from './timeline.ts';

/** Layers of a channel by code of the place; places without one air what the place above them airs. */
export type Layers = ReadonlyMap<string, PlaceLayer>;

/** Code of the place above a place; undefined at the top and for unknown places. */
export type ParentOf = (place: string) => string | undefined;

/** More levels than any county has: a circle that somebody wrote into the database ends. */
const mostLevels = 8;

/** The place and those above it that have layers, from the top down. */
export function layeredPlaces(
  layers: { readonly has: (place: string) => boolean },
  parentOf: ParentOf,
  place: string,
): string[] {
  const chain: string[] = [];
  for (
    let at: string | undefined = place, level = 0;
    at !== undefined && level < mostLevels;
    at = parentOf(at), level += 1
  ) {
    if (layers.has(at)) chain.unshift(at);
  }
  return chain;
}

/** What a place airs, and where its own plan and those of places below it may air theirs. */
export interface PlaceView {
  readonly timeline: Timeline;
  /** For the place's own items. */
  readonly gate: LayerGate;
  /** For items of places right below. */
  readonly below: LayerGate;
}

/** The view of the whole channel: its plan says what is open, its interrupts close everything. */
function channelView(channel: Timeline): PlaceView {
  const gate = { slots: channel.open ?? [], closed: interruptRanges(channel.interrupts) };
  return { timeline: channel, gate, below: gate };
}

const viewBelow = ({ timeline, below }: PlaceView, layer: PlaceLayer): PlaceView => ({
  timeline: placeTimeline(timeline, layer),
  gate: below,
  below: gateBelow(below, layer),
});

/** What a place sees: the channel with the layers of the places above it and its own over each other. */
export function placeView(channel: Timeline, layers: Layers, parentOf: ParentOf, place: string): PlaceView {
  let view = channelView(channel);
  for (const code of layeredPlaces(layers, parentOf, place)) {
    const layer = layers.get(code);
    if (layer) view = viewBelow(view, layer);
  }
  const hasOwn = layers.has(place);
  return hasOwn ? view : { ...view, gate: view.below };
}

/** What a place would see if it had nothing of its own, with the gate of what it has. */
export function viewAbove(channel: Timeline, layers: Layers, parentOf: ParentOf, place: string): PlaceView {
  let view = channelView(channel);
  for (const code of layeredPlaces(layers, parentOf, place)) {
    const layer = code === place ? undefined : layers.get(code);
    if (layer) view = viewBelow(view, layer);
  }
  return { ...view, gate: view.below };
}

/** The layer that a place has, or would begin with now. */
export function layerOf(
  channel: Timeline,
  layers: Layers,
  parentOf: ParentOf,
  place: { readonly code: string; readonly nowCell: number },
): PlaceLayer {
  return layers.get(place.code) ?? emptyLayer(placeView(channel, layers, parentOf, place.code).timeline, place.nowCell);
}

/**
 * All layers as they follow from the channel, from the top down: the one way in which an edit of a channel, of a place's plan or
 * of its interrupts reaches them. Cells before `activationCell` stay as they are.
 */
export function settleLayers(channel: Timeline, layers: Layers, parentOf: ParentOf, activationCell: number): Layers {
  const settled = new Map<string, PlaceLayer>();
  const views = new Map<string, PlaceView>();
  const top = channelView(channel);
  const chains = [...layers.keys()].map((place) => layeredPlaces(layers, parentOf, place));
  const parents = new Set(chains.map((chain) => chain.at(-2)));
  for (const chain of chains.sort((a, b) => a.length - b.length)) {
    const place = chain.at(-1) ?? '';
    const layer = layers.get(place);
    if (!layer) continue;
    const above = views.get(chain.at(-2) ?? '') ?? top;
    const next = regatedLayer(layer, above.timeline, above.below, activationCell);
    settled.set(place, next);
    // A month's timeline takes a millisecond or more: nobody asks for those of places with nobody below.
    if (parents.has(place)) views.set(place, viewBelow(above, next));
  }
  return settled;
}

/** All layers without what is older than a cell, given the channel that still knows those cells. */
export function forgetLayers(channel: Timeline, layers: Layers, parentOf: ParentOf, fromCell: number): Layers {
  const kept = [...layers].map(([place, layer]): [string, PlaceLayer] => {
    if (fromCell <= layer.fromCell) return [place, layer];
    return [place, layerFrom(layer, placeView(channel, layers, parentOf, place).timeline, fromCell)];
  });
  return new Map(kept);
}
