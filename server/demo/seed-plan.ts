import { cellAt } from '../../media/grid/cell.ts';
import { addCivilDays, civilDateOf, parseCivilDate } from '../../media/grid/civil-time.ts';
import { emptyTimeline, type NamedRevision } from '../../media/plan/timeline.ts';
import type { Parts } from '../parts.ts';
import type { UserStore } from '../accounts/user-store.ts';
import type { Caller } from '../http/caller.ts';
import { approvePlan, submitPlan } from '../planning/decide-plan.ts';
import { publishPlan } from '../planning/publish-plan.ts';
import { createPlan, type NewPlan, replaceItems } from '../planning/save-draft.ts';
import { countyCode } from '../../media/contract/permissions.ts';
import { demoDay, type TimetableFilm, type TimetableRow, townshipRows } from './demo-timetable.ts';

/** Start of a county date in UTC ms. */
export function startOf(date: string, timeZone: string): number {
  const parsed = parseCivilDate(date, timeZone);
  if (!parsed.ok) throw new Error(`${date} is no date`);
  return parsed.atMs;
}

/** Begins the channel before the sample history, so that it has a yesterday; nothing where it has begun already. */
export async function beginChannel(
  parts: Pick<Parts, 'heads' | 'settings'>,
  slate: NamedRevision,
  fromMs: number,
): Promise<void> {
  const year = civilDateOf(fromMs, parts.settings.TIME_ZONE).slice(0, 4);
  const timeline = emptyTimeline(countyCode, year, cellAt(fromMs) - 2 * 1800, slate);
  await parts.heads.move(
    undefined,
    { format: 1, timeline, announcements: {}, sampleUntilAtMs: Date.now() },
    { by: 'system', reason: 'sample history', movedAtMs: fromMs },
  );
}

/**
 * Plans `days` days from a county date with these films, and has the plan handed in, approved by somebody else and
 * published, as people do it; only the clock of `parts` may stand in the past, for the sample history.
 */
export async function publishDemoPlan(
  parts: Parts,
  films: readonly TimetableFilm[],
  from: string,
  days: number,
  title: string,
): Promise<void> {
  const rows = rowsOf(parts, films, from, days);
  await publishRows(parts, 'scheduler', { from, to: addCivilDays(from, days), title, rows });
}

/** Lets township `t1` fill the next slots that the county's plan of these days leaves open, made by its own officer. */
export async function publishTownshipPlan(
  parts: Parts,
  films: readonly TimetableFilm[],
  from: string,
  days: number,
): Promise<void> {
  const rows = townshipRows(rowsOf(parts, films, from, days), films);
  const plan = { from, to: addCivilDays(from, days), title: townshipTitle, place: 't1', rows };
  if (rows.length > 0) await publishRows(parts, 'township', plan);
}

/** Name of the township's plan. */
const townshipTitle = '青山镇节目（示例）';

function rowsOf(parts: Parts, films: readonly TimetableFilm[], from: string, days: number): TimetableRow[] {
  const { TIME_ZONE: timeZone } = parts.settings;
  const atMs = parts.clock();
  return Array.from({ length: days }, (_, day) =>
    demoDay(films, { dayAtMs: startOf(addCivilDays(from, day), timeZone), day, atMs, timeZone }),
  ).flat();
}

/** Makes a plan, hands it in, has it approved by the reviewer and published by the scheduler. */
async function publishRows(
  parts: Parts,
  author: string,
  { rows, ...wanted }: Omit<NewPlan, 'channel'> & { readonly rows: readonly TimetableRow[] },
): Promise<void> {
  const reviewer = await personOf(parts.users, 'reviewer');
  const scheduler = await personOf(parts.users, 'scheduler');
  const { plan } = await createPlan(parts, { channel: countyCode, ...wanted }, await personOf(parts.users, author));
  const saved = await replaceItems(parts, plan, rows, String(plan.version));
  const submitted = await submitPlan(parts, saved.plan, '示例数据');
  const approved = await approvePlan(parts, submitted.plan, reviewer, undefined);
  await publishPlan(parts, approved.plan, scheduler, parts.clock());
}

async function personOf(users: UserStore, username: string): Promise<Extract<Caller, { kind: 'user' }>> {
  const user = (await users.credentials(username))?.user;
  if (user === undefined) throw new Error(`The demo account ${username} is missing.`);
  return {
    kind: 'user',
    ip: '127.0.0.1',
    id: user.id,
    username,
    name: user.name,
    roles: user.roles,
    sessionId: user.id,
    passwordAtMs: 0,
    expiresAtMs: 0,
  };
}
