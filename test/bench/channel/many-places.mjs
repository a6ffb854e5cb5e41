import { built } from '../origin/built.mjs';
import { cpuUs, judge, median } from './measure.mjs';
import { CELLS_PER_DAY, emptyChannel, filmsOf, firstCell, listOf } from './plans.mjs';

const { compilePlan } = await built('media/plan/compile-plan.js');
const { publishPlan } = await built('media/plan/edits.js');
const { emptyLayer, planLayer } = await built('media/plan/layers.js');
const { editChannel } = await built('server/onair/edit-channel.js');

const days = 31;
const itemsADay = 30;
const nowMs = firstCell * 4000;
const everyCells = CELLS_PER_DAY / itemsADay / 2;

/** A database of one channel in memory. */
function headsOf(document) {
  const stored = new Map();
  let head = { channel: 'county', seq: 1, document: 'd', movedAtMs: nowMs, by: 'office', reason: 'bench' };
  let current = document;
  return {
    of: async () => head,
    document: async () => current,
    layers: async (hashes) => new Map(hashes.map((hash) => [hash, stored.get(hash)])),
    keepLayers: async (_channel, packed) => packed.forEach(({ hash, bytes }) => stored.set(hash, bytes)),
    move: async (_before, next) => {
      current = next;
      head = { ...head, seq: head.seq + 1 };
      return head;
    },
  };
}

/** A month of the county in which every second item is open, and places that air 930 items of their own there. */
function county(places) {
  const films = filmsOf(everyCells - 3);
  const list = listOf(days * itemsADay * 2, everyCells);
  const timeline = publishPlan(emptyChannel(), firstCell, compilePlan(list, films));
  const own = list.items.filter(({ open }) => open === true).map((item) => ({ ...item, open: false }));
  const codes = Array.from({ length: places }, (_, n) => `p${n}`);
  const layers = codes.map((code, n) => {
    const items = own.map((item) => ({ ...item, id: `${code}~${item.id}`, filmId: `f${(n * 7) % 300}` }));
    const layer = planLayer(emptyLayer(timeline, firstCell), firstCell, compilePlan({ ...list, items }, films));
    return [code, { format: 1, layer, announcements: {}, interruptions: [], changes: 0 }];
  });
  return { document: { format: 1, timeline, announcements: {} }, layers: new Map(layers) };
}

/** CPU milliseconds of the first settling of all places, and of edits of the county that change nothing at any of them. */
async function editsOf(places, edits) {
  const { document, layers } = county(places);
  const parts = {
    clock: () => nowMs,
    heads: headsOf(document),
    places: { parents: async () => ({}) },
    catchUpDays: async () => 30,
  };
  const why = { by: 'bench', reason: 'bench' };
  const timed = async (make) => {
    const before = cpuUs();
    if ((await editChannel(parts, { channel: 'county', why, make }, 1)) !== 'moved')
      throw new Error('It did not move.');
    return (cpuUs() - before) / 1000;
  };
  const first = await timed(({ document: now }) => ({ document: now, layers, effectiveAtMs: nowMs }));
  const took = [];
  for (let edit = 0; edit < edits; edit += 1) {
    took.push(
      await timed(({ document: now }) => ({ document: { ...now, sampleUntilAtMs: edit }, effectiveAtMs: nowMs })),
    );
  }
  return { first, unchanged: median(took.slice(1)) };
}

/** What an edit of the county costs that changes nothing at many places with a month of items of their own. */
export async function benchManyPlaces({ quick }) {
  const places = quick ? 60 : 600;
  console.log(`An edit of the county over ${places} places with ${days * itemsADay} items of their own each:`);
  const { first, unchanged } = await editsOf(places, quick ? 3 : 5);
  console.log(`          where all of them change: ${first.toFixed(0)} ms CPU`);
  return [judge('where none of them changes', unchanged, 2000, ' ms CPU')];
}
