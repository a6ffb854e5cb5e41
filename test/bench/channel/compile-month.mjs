import { built } from '../origin/built.mjs';
import { cpuUs, judge, median } from './measure.mjs';
import { CELLS_PER_DAY, emptyChannel, filmsOf, firstCell, listOf } from './plans.mjs';

const { compilePlan } = await built('media/plan/compile-plan.js');
const { publishPlan } = await built('media/plan/edits.js');
const { emptyLayer, planLayer } = await built('media/plan/layers.js');
const { settleLayers } = await built('media/plan/settle-layers.js');

const monthCells = 31 * CELLS_PER_DAY;
const halfHourCells = 450;
const groups = 600;
const turns = { seed: 'county', restCells: 0 };

/** The part of a county's list that is a group's own: a film in every sixth slot that the county leaves open. */
function ownList(list, group) {
  const open = list.items.filter(({ open }) => open === true);
  const items = open
    .filter((_, n) => n % 6 === group % 6)
    .map((item) => ({ ...item, id: `${item.id}-g${group}`, filmId: `f${(group * 7) % 300}`, open: false }));
  return { ...list, items };
}

/** Everything from lists to what each group airs; groups without items of their own share the county's timeline. */
function compileMonth({ county, own, films, pool }) {
  const empty = emptyChannel();
  const timeline = publishPlan(empty, firstCell, compilePlan(county, films, pool, turns));
  const layers = new Map(
    own.map((list, group) => [
      `g${group}`,
      planLayer(emptyLayer(timeline, firstCell), firstCell, compilePlan(list, films)),
    ]),
  );
  return settleLayers(timeline, layers, () => undefined, firstCell).size + timeline.spans.length;
}

/** A month with so many county items, so many groups with items of their own. */
function month(items, withOwn) {
  const everyCells = Math.floor(monthCells / items);
  const films = filmsOf(Math.min(45, everyCells - 3));
  const county = listOf(items, everyCells);
  const pool = [...films.values()].slice(0, 40);
  return { county, films, pool, own: Array.from({ length: withOwn }, (_, group) => ownList(county, group)) };
}

/** CPU seconds of compiling each month, as medians of interleaved rounds. */
function secondsOf(months, rounds) {
  const took = months.map(() => []);
  for (let round = -1; round < rounds; round += 1) {
    for (const [index, each] of months.entries()) {
      const before = cpuUs();
      if (compileMonth(each) === 0) throw new Error('Nothing was compiled.');
      if (round >= 0) took[index].push((cpuUs() - before) / 1e6);
    }
  }
  return took.map(median);
}

/** What publishing a month costs, and how that grows with its items. */
export function benchCompile({ quick }) {
  const items = monthCells / halfHourCells;
  const shared = 30;
  const tenfold = items * 10;
  const months = [
    month(items, 0),
    month(tenfold, 0),
    month(items, shared),
    month(tenfold, shared),
    month(items, groups),
  ];
  const took = secondsOf(months, quick ? 3 : 9);
  const [alone, alone10, some, some10, all] = took;
  const row = (what, seconds) => console.log(`  ${what.padEnd(66)} ${(seconds * 1000).toFixed(0).padStart(6)} ms`);
  console.log(`\nCPU to compile and publish a month for ${groups} groups, medians`);
  row(`${items} items, all groups share`, alone);
  row(`${tenfold} items, all groups share`, alone10);
  row(`${items} items, ${shared} groups have own items, the rest share`, some);
  row(`${tenfold} items, ${shared} groups have own items, the rest share`, some10);
  row(`${items} items, all ${groups} groups have own items`, all);
  return [
    judge(`a month, ${shared} groups with own items`, some, 1, ' s'),
    judge(`a month, all ${groups} groups with own items`, all, 1, ' s'),
    judge('ten times the items, all groups share', alone10 / alone, 11),
    judge(`ten times the items, ${shared} groups with own items`, some10 / some, 11),
  ];
}
