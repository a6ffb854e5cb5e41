import { asRunLog, type LoggedRow } from '../../media/channel/as-run.ts';
import { cellAt, ceilCell } from '../../media/grid/cell.ts';
import { civilDateOf } from '../../media/grid/civil-time.ts';
import type { ChannelParts } from '../channels/channel-parts.ts';
import { notFound } from '../errors.ts';
import { madeFile } from '../http/made-file.ts';
import { csvOf } from '../sheets/write-workbook.ts';
import type { Routes } from '../http/serve.ts';
import type { Surroundings } from '../surroundings.ts';
import { asRunLines, asRunWorkbook } from './as-run-sheet.ts';
import { requireGuideRange } from './channel-guide.ts';
import type { InterruptionRecord } from './interruption.ts';
import type { OnAirParts } from './on-air-parts.ts';
import { seenFromGroup } from './watch-channel.ts';

type Names = 'asRunCsv' | 'asRunXlsx';
type AsRunParts = OnAirParts & ChannelParts & Pick<Surroundings, 'settings' | 'clock'>;

interface Asked {
  readonly params: { readonly code: string };
  readonly query: { readonly from: number; readonly to: number; readonly group?: string | undefined };
  readonly atMs: number;
}

/** What aired on a channel, for the office's files. */
export const asRunRoutes = (parts: AsRunParts): Routes<Names> => {
  const timeZone = parts.settings.TIME_ZONE;
  const linesOf = async (asked: Asked) => {
    const { rows, interruptions } = await logOf(parts, asked);
    return asRunLines(rows, interruptions, timeZone);
  };
  const nameOf = ({ params, query }: Asked, ending: string): string =>
    `播出记录-${params.code}-${civilDateOf(query.from, timeZone)}.${ending}`;
  return {
    asRunCsv: async (call) => {
      await call.sendFile(madeFile(nameOf(call, 'csv'), 'text/csv; charset=utf-8', csvOf(await linesOf(call))));
    },
    asRunXlsx: async (call) => {
      const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
      await call.sendFile(madeFile(nameOf(call, 'xlsx'), type, asRunWorkbook(await linesOf(call))));
    },
  };
};

/** The log of what is over; nothing aired yet of what is to come. */
async function logOf(
  parts: AsRunParts,
  { params, query, atMs }: Asked,
): Promise<{ readonly rows: readonly LoggedRow[]; readonly interruptions: readonly InterruptionRecord[] }> {
  requireGuideRange(query.from, query.to);
  if ((await parts.channels.find(params.code)) === undefined) throw notFound('channel');
  const { onAir } = parts;
  await onAir.refresh();
  const { document } = seenFromGroup(parts, onAir.require(params.code, atMs), query.group);
  const { timeline, interruptions = [], sampleUntilAtMs } = document;
  const [fromCell, toCell] = [cellAt(query.from), Math.min(ceilCell(query.to), cellAt(atMs))];
  if (toCell <= fromCell) return { rows: [], interruptions };
  const minutes = await parts.airMarks.between(query.from, Math.min(query.to, atMs));
  const edges = interruptions.flatMap((each) => [each.fromCell, ...(each.toCell === undefined ? [] : [each.toCell])]);
  const evidence = { minutes, edges, ...(sampleUntilAtMs === undefined ? {} : { sampleUntilAtMs }) };
  return { rows: asRunLog(timeline, fromCell, toCell, evidence), interruptions };
}
