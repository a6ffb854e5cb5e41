import type { Film } from '../../media/contract/library.ts';
import { DEMO_FILMS } from '../../media/film/demo-films.ts';
import { makeFilms } from './film-maker.ts';
import type { Worker } from './demo-office.ts';

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const finished = ['ready', 'refused', 'failed', 'withdrawn'];

/** A short slate is encoded soon; a long one would keep the first picture waiting. */
const slateSeconds = 120;

/** Codes of the demo films that the library does not have, in the demo's order. */
export async function missingFilms(producer: Worker): Promise<string[]> {
  const known = new Set((await producer.films()).map(({ filename }) => filename));
  return DEMO_FILMS.filter(({ file }) => !known.has(file)).map(({ code }) => code);
}

/** Makes films by their codes and uploads each as soon as it is there; the slate's file goes to `onSlate`. */
export async function uploadFilms(
  producer: Worker,
  folder: string,
  codes: readonly string[],
  onSlate: (file: string) => Promise<void>,
): Promise<void> {
  if (codes.length === 0) return;
  for await (const { code, path } of makeFilms(folder, codes, [`--longest-seconds=${slateSeconds}`])) {
    if (code === 'slate') await onSlate(path);
    else await uploadFilm(producer, code, path);
  }
}

async function uploadFilm(producer: Worker, code: string, path: string): Promise<void> {
  const film = DEMO_FILMS.find((each) => each.code === code);
  if (film === undefined) return;
  const id = await producer.upload(path, {
    filename: film.file,
    title: film.title,
    category: film.category,
    language: film.languages[0] ?? 'zh-CN',
    synopsis: film.synopsis,
  });
  await producer.makePublic(id);
}

/** Passes what waits for review until `isEnough` of the films; answers the ready ones, in the demo's order. */
export async function reviewUntil(
  reviewer: Worker,
  isEnough: (ready: readonly Film[], open: readonly Film[]) => boolean,
): Promise<Film[]> {
  const order = new Map(DEMO_FILMS.map(({ file }, index) => [file, index]));
  for (;;) {
    const films = (await reviewer.films()).filter(({ filename }) => order.has(filename));
    for (const film of films.filter(({ state }) => state === 'review')) {
      await reviewer.pass(film.id);
      console.log(`  ready: ${film.title}`);
    }
    const ready = films.filter(({ state }) => state === 'ready');
    const open = films.filter(({ state }) => !finished.includes(state));
    if (isEnough(ready, open)) {
      return ready.sort((a, b) => (order.get(a.filename) ?? 0) - (order.get(b.filename) ?? 0));
    }
    await pause(1000);
  }
}
