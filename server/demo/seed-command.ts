import { stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Id } from '../../media/contract/ids.ts';
import type { Settings } from '../../media/contract/settings.ts';
import { DEMO_FILMS } from '../../media/film/demo-films.ts';
import { addCivilDays, civilDateOf } from '../../media/grid/civil-time.ts';
import type { NamedRevision } from '../../media/plan/timeline.ts';
import { countyCode } from '../../media/contract/permissions.ts';
import { catalogueFilm } from '../library/film-catalogue.ts';
import { slateFilmId } from '../library/slate-id.ts';
import { enterSlate, passSlate } from '../library/slate.ts';
import type { Parts } from '../parts.ts';
import { CannotStart } from '../supervisor/preflight.ts';
import { reachable } from '../supervisor/children.ts';
import { signIn } from './demo-office.ts';
import { makeFilms } from './film-maker.ts';
import { keepTrying } from './keep-trying.ts';
import { missingFilms, reviewUntil, uploadFilms } from './seed-films.ts';
import { beginChannel, publishDemoPlan, publishTownshipPlan, startOf } from './seed-plan.ts';

const minuteMs = 60_000;
/** The first plan waits for this many films: a picture soon, and not always the same one. */
const enoughToBegin = 2;
const plannedDays = 4;
/** Names of the plans: the first one gives way to the full one when every film is there. */
const firstTitle = '示例历史与首播';
const fullTitle = '示例节目';

/** `slate`: makes, encodes and passes the slate where there is none; the first thing that a new channel needs. */
export const slateCommand = (settings: Settings): Promise<void> =>
  keepTrying(settings, Date.now, async ({ parts, folder, signal }) => {
    if ((await parts.films.find(slateFilmId)) === undefined) {
      for await (const { path } of makeFilms(folder, ['slate'], { signal })) await enter(parts, path);
    }
    await slateWhenEncoded(parts, signal);
    await passSlate(parts);
  });

/** `seed`: the sample county's films and plans. What is there is left alone, so it may be run at every start. */
export async function seedCommand(settings: Settings): Promise<void> {
  const { TIME_ZONE: timeZone, DEMO_PASSWORD: password } = settings;
  if (password === undefined) throw new CannotStart('Set DEMO_PASSWORD: npm run demo does.');
  const today = civilDateOf(Date.now(), timeZone);
  const yesterday = addCivilDays(today, -1);
  // The sample history is written by a clock that stands just before it; nobody has watched this channel yet.
  const historyMs = startOf(yesterday, timeZone) - 2 * minuteMs;
  const address = `http://${reachable(settings.HOST)}:${settings.PORT}`;
  const clock = () => historyMs;
  await keepTrying(settings, clock, async ({ parts, folder, signal }) => {
    const producer = await signIn(address, 'producer', password);
    const reviewer = await signIn(address, 'reviewer', password);
    const making = { folder, signal, onSlate: (path: string) => enter(parts, path) };
    const missing = await missingFilms(producer);
    const plans = await parts.plans.inState(countyCode, 'published');
    if (plans.length === 0) {
      // What the channel needs to begin is uploaded alone, so that nothing is encoded before it.
      const needed = DEMO_FILMS.slice(0, enoughToBegin).map(({ code }) => code);
      await uploadFilms(producer, [...needed.filter((code) => missing.includes(code)), 'slate'], making);
      const ready = await reviewUntil(reviewer, (films) => films.length >= enoughToBegin, signal);
      const slate = await slateWhenEncoded(parts, signal);
      if ((await parts.heads.of(countyCode)) === undefined) await beginChannel(parts, slate, historyMs);
      await passSlate(parts);
      await publishDemoPlan(parts, timetableOf(ready), yesterday, plannedDays, firstTitle);
      console.log('  the channel is on air; more films are being encoded');
    }
    await uploadFilms(producer, await missingFilms(producer), making);
    const all = await reviewUntil(reviewer, (_, open) => open.length === 0, signal);
    const [from, ...rest] = unplanned(await parts.plans.inState(countyCode, 'published'), today);
    if (all.length > enoughToBegin && from !== undefined) {
      const now: Parts = { ...parts, clock: Date.now };
      await publishDemoPlan(now, timetableOf(all), from, 1 + rest.length, fullTitle);
      await publishTownshipPlan(now, timetableOf(all), from, 1 + rest.length);
    }
    console.log(`  all ${DEMO_FILMS.length} sample films are there`);
  });
}

/** Which of today and the two days after it no plan covers yet but the first one: the days that a later run adds. */
function unplanned(
  published: readonly { readonly title?: string; readonly place?: string; readonly to: string }[],
  today: string,
): string[] {
  const plans = published.filter(({ title, place }) => title !== firstTitle && place === undefined);
  return Array.from({ length: plannedDays - 1 }, (_, day) => addCivilDays(today, day)).filter((date) =>
    plans.every(({ to }) => to <= date),
  );
}

const timetableOf = (films: readonly { readonly id: Id; readonly title: string }[]) =>
  films.map(({ id, title }) => ({ filmId: id, title }));

const enter = async (parts: Parts, file: string): Promise<void> => enterSlate(parts, file, (await stat(file)).size);

/** The slate's revision as soon as it is encoded, passed or not. */
async function slateWhenEncoded({ films }: Pick<Parts, 'films'>, signal: AbortSignal): Promise<NamedRevision> {
  for (;;) {
    const film = await films.find(slateFilmId);
    const { revision, facts } = film === undefined ? {} : catalogueFilm(film);
    if (revision !== undefined && facts !== undefined) return { revision, facts };
    if (film?.state === 'failed' || film?.state === 'refused')
      throw new Error(`The slate could not be encoded: ${film.problem?.message ?? ''}`);
    await pause(500, undefined, { signal });
  }
}
