import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onOneCpu } from './soak/one-cpu.ts';
import { openOffice, type SoakOffice } from './soak/office-of-run.ts';
import { makeSoakFilms, type SoakFilm } from './soak/soak-films.ts';
import { expectWhole, halfMade } from './soak/shelf-of-run.ts';
import { type SoakStack, startSoakStack, struckParts, underWay } from './soak/soak-stack.ts';
import { promisedMs, resumed, strike, type Strike } from './soak/strike.ts';

// `npm run soak:transcoder` asks for more of both.
const runs = Number(process.env['SOAK_RUNS'] ?? 5);
const firstSeed = Number(process.env['SOAK_SEED'] ?? 1);
const isShort = process.env['SOAK_RUNS'] === undefined;
/** In every so many runs a second machine takes part and is lost for good: its jobs wait until their locks run out. */
const machineEvery = 8;

/** Numbers in [0, 1) that follow from a seed (mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

let home: string;
let allFilms: readonly SoakFilm[];
const strikes: Strike[] = [];
const lostChunks: number[] = [];
const kept: string[] = [];

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'transcoder-soak-'));
  allFilms = await onOneCpu(() => makeSoakFilms(home, isShort ? 2 : 5));
}, 300_000);
afterAll(async () => {
  tellMeasures();
  if (kept.length === 0) await rm(home, { recursive: true, force: true });
});

describe('whatever is killed while films are made', { timeout: 600_000 }, () => {
  const seeds = Array.from({ length: runs }, (_none, run) => firstSeed + run);
  it.each(seeds)('every film ends ready with its right cells, or with a cause (seed %i)', async (seed) => {
    const folder = join(home, `seed-${String(seed)}`);
    const stack = await onOneCpu(() => startSoakStack(folder));
    try {
      await liveThrough(stack, seed).finally(stack.stop);
      expect(stack.leftovers()).toEqual([]);
    } catch (error) {
      kept.push(folder);
      console.log(`Seed ${String(seed)} failed; everything of it is in ${folder}: ${String(error)}`);
      throw error;
    }
    await rm(folder, { recursive: true, force: true });
  });
});

/** The broken film and two others, which take turns; fewer where there are fewer. */
function filmsOf(seed: number): readonly SoakFilm[] {
  const sound = allFilms.filter(({ digests }) => digests !== undefined);
  const turn = [seed, seed + 1].map((place) => sound[place % sound.length]);
  return allFilms.filter((film) => film.digests === undefined || turn.includes(film));
}

/** One run: films are uploaded, parts are killed at moments that follow from the seed, and everything is looked at. */
async function liveThrough(stack: SoakStack, seed: number): Promise<void> {
  const next = numbersFrom(seed);
  const office = await openOffice(stack);
  const films = filmsOf(seed);
  const ids: string[] = [];
  for (const { name, marked } of films) ids.push(await office.upload(name, marked(`soak-${String(seed)}`)));
  const isOver = async () => (await endedFilms(office, ids)) === ids.length;
  const made: Strike[] = [];
  if (!isShort && seed % machineEvery === 0) made.push(...(await loseMachine(stack, isOver)));
  // At most two of a kind: a job over which workers died three times is set aside, as it should be.
  const parts = [...struckParts, 'worker' as const];
  for (let left = 1 + Math.floor(next() * 3); left > 0; left -= 1) {
    const [part = 'worker'] = parts.splice(Math.floor(next() * parts.length), 1);
    await pause(next() * (isShort ? 4000 : 6000));
    const struck = await strike(stack, part, isOver);
    if (struck === undefined) break;
    made.push(struck);
  }
  console.log(
    `seed ${String(seed)}: ${made.map(({ part, resumedMs = '-' }) => `${part} ${String(resumedMs)}`).join(', ')} ms`,
  );
  strikes.push(...made);
  await untilOver(isOver);
  await judge(stack, office, { films, ids, kills: made.length });
  for (const { part, resumedMs = 0 } of made) expect(resumedMs, part).toBeLessThan(3 * promisedMs(part));
}

/** A second machine that takes part is switched off; what it had is taken up by the first. */
async function loseMachine(stack: SoakStack, isOver: () => Promise<boolean>): Promise<readonly Strike[]> {
  const other = await onOneCpu(() => Promise.resolve(stack.startElsewhere()));
  const exit = once(other, 'exit');
  const own = async () => [...underWay((await stack.jobLines()).filter(({ pid }) => pid === other.pid))];
  while ((await own()).length === 0) {
    if (await isOver()) return [];
    await pause(20);
  }
  const wanted = new Set(await own());
  const atMs = Date.now();
  other.kill('SIGKILL');
  await exit;
  return [{ part: 'machine', resumedMs: await resumed(stack, { atMs, wanted }, isOver) }];
}

const final = ['review', 'ready', 'refused', 'failed'];
/** How many films are where no worker moves them any further. */
async function endedFilms(office: SoakOffice, ids: readonly string[]): Promise<number> {
  const found = await office.films();
  return found.filter(({ id, state }) => ids.includes(id) && final.includes(state)).length;
}

async function untilOver(isOver: () => Promise<boolean>): Promise<void> {
  const endMs = Date.now() + 240_000;
  while (!(await isOver())) {
    if (Date.now() > endMs) throw new Error('A film is stuck.');
    await pause(100);
  }
}

/** Everything that must hold after a run. */
async function judge(
  stack: SoakStack,
  office: SoakOffice,
  {
    films,
    ids,
    kills,
  }: { readonly films: readonly SoakFilm[]; readonly ids: readonly string[]; readonly kills: number },
): Promise<void> {
  // The last job may still tidy up.
  const endMs = Date.now() + 30_000;
  while (underWay(await stack.jobLines()).size > 0 && Date.now() < endMs) await pause(50);
  let chunks = 0;
  const revisions = new Set<string>();
  for (const [index, film] of films.entries()) {
    const id = ids[index] ?? '';
    const { state, problem, revision = '' } = await office.film(id);
    if (film.digests === undefined) {
      expect([state, problem?.code], film.name).toEqual(['refused', 'unreadable']);
      expect(problem?.cure.length, film.name).toBeGreaterThan(5);
      continue;
    }
    expect([state, problem], film.name).toEqual(['review', undefined]);
    await office.pass(id);
    expect((await office.film(id)).state, film.name).toBe('ready');
    chunks += await expectWhole(stack.dataDir, film, revision);
    revisions.add(revision);
  }
  expect(revisions.size).toBe(films.filter(({ digests }) => digests !== undefined).length);
  expect((await office.films()).map(({ id }) => id).sort()).toEqual([...ids].sort());
  expect(await halfMade(stack.dataDir)).toEqual([]);
  const begun = (await stack.jobLines()).filter(({ msg }) => msg === 'encode of a chunk begins').length;
  lostChunks.push(begun - chunks);
  expect(begun - chunks, 'chunks that were begun again').toBeLessThanOrEqual(kills);
}

function tellMeasures(): void {
  const parts = [...new Set(strikes.map(({ part }) => part))].sort();
  for (const part of parts) {
    const times = strikes.flatMap((each) => (each.part === part ? (each.resumedMs ?? []) : [])).sort((a, b) => a - b);
    const [median = 0, most = 0] = [times[times.length >> 1], times.at(-1)];
    console.log(
      `MEASURED: ${String(times.length)} times kill -9 of ${part}: work went on after ${String(median)} ms (median), ${String(most)} ms (most); promised ${String(promisedMs(part))} ms.`,
    );
  }
  const lost = lostChunks.reduce((sum, count) => sum + count, 0);
  console.log(`MEASURED: ${String(lost)} chunks were begun again after ${String(strikes.length)} kills.`);
}
