import { mkdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Id } from '../../media/contract/ids.ts';
import type { Settings } from '../../media/contract/settings.ts';
import { DEMO_FILMS } from '../../media/film/demo-films.ts';
import { addCivilDays, civilDateOf } from '../../media/grid/civil-time.ts';
import type { NamedRevision } from '../../media/plan/timeline.ts';
import { countyCode } from '../accounts/ensure-first-county.ts';
import { catalogueFilm } from '../library/film-catalogue.ts';
import { enterSlate, passSlate, slateFilmId } from '../library/slate.ts';
import type { Parts } from '../parts.ts';
import { makeLogger } from '../process/logger.ts';
import { closeParts, openParts } from '../process/run-server.ts';
import { reachable } from '../supervisor/children.ts';
import { signIn } from './demo-office.ts';
import { makeFilms } from './film-maker.ts';
import { missingFilms, reviewUntil, uploadFilms } from './seed-films.ts';
import { beginChannel, publishDemoPlan, startOf } from './seed-plan.ts';

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
const minuteMs = 60_000;
/** The first plan waits for this many films: a picture soon, and not always the same one. */
const enoughToBegin = 2;
const plannedDays = 4;

/** `slate`: makes, encodes and passes the slate where there is none; the first thing that a new channel needs. */
export async function slateCommand(settings: Settings): Promise<void> {
  await inFolder(settings, Date.now, async (parts, folder) => {
    for await (const { path } of makeFilms(folder, ['slate'])) await enter(parts, path);
    await slateWhenEncoded(parts);
    await passSlate(parts);
  });
}

/** `seed`: the sample county's films and plans. What is there is left alone, so it may be run at every start. */
export async function seedCommand(settings: Settings): Promise<void> {
  const { TIME_ZONE: timeZone, DEMO_PASSWORD: password } = settings;
  if (password === undefined) throw new Error('Set DEMO_PASSWORD: npm run demo does.');
  const today = civilDateOf(Date.now(), timeZone);
  const yesterday = addCivilDays(today, -1);
  // The sample history is written by a clock that stands just before it; nobody has watched this channel yet.
  const historyMs = startOf(yesterday, timeZone) - 2 * minuteMs;
  await inFolder(
    settings,
    () => historyMs,
    async (parts, folder) => {
      const address = `http://${reachable(settings.HOST)}:${settings.PORT}`;
      const producer = await signIn(address, 'producer', password);
      const reviewer = await signIn(address, 'reviewer', password);
      const missing = await missingFilms(producer);
      const upload = (codes: readonly string[]) => uploadFilms(producer, folder, codes, (path) => enter(parts, path));
      const isNew = (await parts.heads.of(countyCode)) === undefined;
      if (isNew) {
        // What the channel needs to begin is uploaded alone, so that nothing is encoded before it.
        await upload([...missing.slice(0, enoughToBegin), 'slate']);
        const ready = await reviewUntil(reviewer, (films) => films.length >= enoughToBegin);
        await beginChannel(parts, await slateWhenEncoded(parts), historyMs);
        await passSlate(parts);
        await publishDemoPlan(parts, timetableOf(ready), yesterday, plannedDays, '示例历史与首播');
        console.log('  the channel is on air; more films are being encoded');
      }
      await upload(await missingFilms(producer));
      const all = await reviewUntil(reviewer, (_, open) => open.length === 0);
      const published = await parts.plans.inState(countyCode, 'published');
      if (all.length > enoughToBegin && published.every(({ title }) => title !== fullTitle)) {
        const now: Parts = { ...parts, clock: Date.now };
        await publishDemoPlan(now, timetableOf(all), today, plannedDays - 1, fullTitle);
      }
      console.log(`  all ${DEMO_FILMS.length} sample films are there`);
    },
  );
}

/** The plan with every film: its name tells a second run that it is there. */
const fullTitle = '示例节目';
const timetableOf = (films: readonly { readonly id: Id; readonly title: string }[]) =>
  films.map(({ id, title }) => ({ filmId: id, title }));

/** Opens the parts with a clock, and a folder for films that is gone afterwards. */
async function inFolder(
  settings: Settings,
  clock: () => number,
  work: (parts: Parts, folder: string) => Promise<void>,
): Promise<void> {
  const parts = await openParts(settings, makeLogger(settings.LOG_LEVEL, 'demo'), clock);
  const folder = join(resolve(settings.DATA_DIR), 'making');
  await mkdir(folder, { recursive: true });
  try {
    await work(parts, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
    await closeParts(parts);
  }
}

const enter = async (parts: Parts, file: string): Promise<void> => enterSlate(parts, file, (await stat(file)).size);

/** The slate's revision as soon as it is encoded, passed or not. */
async function slateWhenEncoded({ films }: Pick<Parts, 'films'>): Promise<NamedRevision> {
  for (;;) {
    const film = await films.find(slateFilmId);
    const { revision, facts } = film === undefined ? {} : catalogueFilm(film);
    if (revision !== undefined && facts !== undefined) return { revision, facts };
    if (film?.state === 'failed' || film?.state === 'refused')
      throw new Error(`The slate could not be encoded: ${film.problem?.message ?? ''}`);
    await pause(500);
  }
}
