import { formatCivilTime } from '../../../../media/grid/civil-time.ts';
import { type PlanRow, timesOf } from '../plan-rows.ts';
import { type Block, blocksOf, insertBlock, onDay } from '../repeat-rows.ts';
import { unknownLengthMs } from './board-entries.ts';

type Rows = readonly PlanRow[];

/** Where something ended before a change and ends after it, in UTC ms. */
export interface EndMove {
  readonly fromMs: number;
  readonly toMs: number;
}

const minuteMs = 60_000;

/** When a block airs, [startAtMs, endAtMs) in UTC ms; undefined where its start is unknown. */
export function spanOf(
  block: Block,
  zone: string,
): { readonly startAtMs: number; readonly endAtMs: number } | undefined {
  const times = timesOf(block, zone);
  const startAtMs = times.get(block[0].id)?.startAtMs;
  if (startAtMs === undefined) return undefined;
  let endAtMs = startAtMs;
  for (const { id } of block) endAtMs = times.get(id)?.endAtMs ?? endAtMs + unknownLengthMs;
  return { startAtMs, endAtMs };
}

/** A block that begins at an instant. */
export function startingAt(block: Block, atMs: number, zone: string): Block {
  const [day = '', clock = ''] = formatCivilTime(atMs, zone).slice(0, 19).split('T');
  const [first, ...others] = onDay(block, day);
  return [{ ...first, clock }, ...others];
}

/**
 * What stands right behind a change moves along with it, and what it would run into is pushed on; the first gap that is wide
 * enough ends it. Lines that repeat stay: they belong to other days too.
 */
export function rippled(rows: Rows, move: EndMove, zone: string, except: ReadonlySet<string> = new Set()): Rows {
  let [oldEndMs, newEndMs] = [move.fromMs, move.toMs];
  let list = rows;
  for (const { block, startAtMs, endAtMs } of laterBlocks(rows, move.fromMs, zone, except)) {
    const isBehind = startAtMs - oldEndMs <= minuteMs;
    if (!isBehind && startAtMs >= newEndMs) break;
    const next = isBehind ? startAtMs + newEndMs - oldEndMs : Math.ceil(newEndMs / minuteMs) * minuteMs;
    if (next === startAtMs) break;
    list = replaced(list, block, startingAt(block, next, zone));
    [oldEndMs, newEndMs] = [endAtMs, next + endAtMs - startAtMs];
  }
  return list;
}

function laterBlocks(rows: Rows, fromMs: number, zone: string, except: ReadonlySet<string>) {
  return blocksOf(rows)
    .filter(([first]) => first.repeat === undefined && first.startMode !== 'follow' && !except.has(first.id))
    .flatMap((block) => {
      const span = spanOf(block, zone);
      return span === undefined || span.startAtMs < fromMs ? [] : [{ block, ...span }];
    })
    .sort((a, b) => a.startAtMs - b.startAtMs);
}

/** A block in place of another, where its new time wants it. */
const replaced = (rows: Rows, [first]: Block, block: Block): Rows =>
  insertBlock(
    blocksOf(rows)
      .filter(([other]) => other.id !== first.id)
      .flat(),
    block,
  );
