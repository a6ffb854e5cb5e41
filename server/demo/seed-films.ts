import { stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Film } from '../../media/contract/library.ts';
import { DEMO_FILMS } from '../../media/film/demo-films.ts';
import { makeFilms } from './film-maker.ts';
import type { Worker } from './demo-office.ts';

const finished = ['ready', 'refused', 'failed', 'withdrawn'];

/** What the sample county recommends: the shelf of stations and members is not empty on the first day. */
const featured = ['rice.mp4', 'flood.mp4'];

/** A short slate is encoded soon; a long one would keep the first picture waiting. */
const slateSeconds = 120;

/**
 * Codes of the demo films that the library does not have, in the demo's order. What an earlier run left behind is taken
 * up first: half an upload is given up, so that its film is missing, and what could not be encoded is tried again.
 */
export async function missingFilms(
  producer: Pick<Worker, 'id' | 'films' | 'abandonUpload' | 'retry'>,
): Promise<string[]> {
  const known = new Set<string>();
  for (const { id, filename, state, owner } of await producer.films()) {
    const isDemo = owner.id === producer.id && DEMO_FILMS.some(({ file }) => file === filename);
    if (isDemo && state === 'failed') await producer.retry(id);
    if (isDemo && state === 'uploading') await producer.abandonUpload(id);
    else known.add(filename);
  }
  return DEMO_FILMS.filter(({ file }) => !known.has(file)).map(({ code }) => code);
}

/** How films are made and brought in. */
export interface Making {
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Takes the slate's file. */
  readonly onSlate: (file: string) => Promise<void>;
}

/** Makes films by their codes and uploads each as soon as it is there; the slate's file goes to `onSlate`. */
export async function uploadFilms(
  producer: Worker,
  codes: readonly string[],
  { folder, signal, onSlate }: Making,
): Promise<void> {
  if (codes.length === 0) return;
  for await (const { code, path } of makeFilms(folder, codes, {
    args: [`--longest-seconds=${slateSeconds}`],
    signal,
  })) {
    if (code === 'slate') await onSlate(path);
    else await uploadFilm(producer, code, path);
  }
}

async function uploadFilm(producer: Worker, code: string, path: string): Promise<void> {
  const film = DEMO_FILMS.find((each) => each.code === code);
  if (film === undefined) return;
  const id = await producer.beginUpload((await stat(path)).size, {
    filename: film.file,
    title: film.title,
    category: film.category,
    language: film.languages[0] ?? 'zh-CN',
    synopsis: film.synopsis,
  });
  // Before its bytes: a run that is cut off here is taken up again by `missingFilms`.
  await producer.makePublic(id);
  await producer.sendFile(id, path);
}

/** Passes what waits for review until `isEnough` of the films; answers the ready ones, in the demo's order. */
export async function reviewUntil(
  reviewer: Pick<Worker, 'films' | 'pass' | 'feature'>,
  isEnough: (ready: readonly Film[], open: readonly Film[]) => boolean,
  signal: AbortSignal,
): Promise<Film[]> {
  const order = new Map(DEMO_FILMS.map(({ file }, index) => [file, index]));
  for (;;) {
    const films = (await reviewer.films()).filter(({ filename }) => order.has(filename));
    for (const film of films.filter(({ state }) => state === 'review')) {
      await reviewer.pass(film.id);
      if (featured.includes(film.filename)) await reviewer.feature(film.id);
      console.log(`  ready: ${film.title}`);
    }
    const ready = films.filter(({ state }) => state === 'ready');
    const open = films.filter(({ state }) => !finished.includes(state));
    if (isEnough(ready, open)) {
      return ready.sort((a, b) => (order.get(a.filename) ?? 0) - (order.get(b.filename) ?? 0));
    }
    await pause(1000, undefined, { signal });
  }
}
