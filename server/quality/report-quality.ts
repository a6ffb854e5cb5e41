import type { PlayReport, QualityBatch } from '../../media/contract/quality.ts';
import { civilDateOf } from '../../media/grid/civil-time.ts';
import { sumsOfReport } from '../../media/quality/quality-sums.ts';
import { countyCode } from '../../media/contract/permissions.ts';
import type { QualityRouteParts } from './quality-parts.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** What a lost link held back for longer is counted as of then; a clock that runs ahead says now. */
const longestDelayMs = 2 * dayMs;

/** Adds a batch to the figures, unless it was counted already; films, channels and places that do not exist are left out. */
export async function reportQuality(parts: QualityRouteParts, batch: QualityBatch, atMs: number): Promise<void> {
  const reports = await knownOnly(parts, batch.plays);
  if (reports.length === 0) return;
  if (!(await parts.quality.takeBatch(batch.sender, batch.seq, atMs))) return;
  const { qualityDays } = await parts.countySettings.at(atMs);
  const place = await knownPlace(parts, batch.place);
  for (const report of reports) {
    const endedAtMs = Math.min(atMs, Math.max(atMs - longestDelayMs, report.atMs));
    parts.countReport(batch.page, report);
    await parts.quality.add({
      hour: Math.floor(endedAtMs / hourMs),
      kind: `${batch.page}/${report.mode}`,
      ...{ place, subject: subjectOf(report), sums: sumsOfReport(report) },
      untilMs: endedAtMs + qualityDays * dayMs,
    });
    await addWatch(parts, report, endedAtMs);
  }
}

const subjectOf = ({ film, channel }: PlayReport): string =>
  channel === undefined ? `film/${film ?? ''}` : `channel/${channel}`;

/** What somebody chose to watch counts for its film; who has the channel on did not choose. */
async function addWatch({ quality, settings }: QualityRouteParts, report: PlayReport, atMs: number): Promise<void> {
  const { film, mode, startupMs, watchedMs } = report;
  if (film === undefined || mode !== 'vod' || (startupMs === undefined && watchedMs === 0)) return;
  const month = civilDateOf(atMs, settings.TIME_ZONE).slice(0, 7);
  await quality.addWatch(film, { month, plays: startupMs === undefined ? 0 : 1, watchedMs });
}

async function knownOnly(
  { filmCatalogue, channels }: QualityRouteParts,
  reports: readonly PlayReport[],
): Promise<readonly PlayReport[]> {
  const films = await filmCatalogue.table(reports.flatMap(({ film }) => film ?? []));
  const codes = new Set((await channels.list()).map(({ code }) => code));
  return reports.filter(
    ({ film, channel }) => (film === undefined || films.has(film)) && (channel === undefined || codes.has(channel)),
  );
}

async function knownPlace({ places }: Pick<QualityRouteParts, 'places'>, place: string | undefined): Promise<string> {
  if (place === undefined) return countyCode;
  return (await places.tree()).isWithin(place, countyCode) ? place : countyCode;
}
