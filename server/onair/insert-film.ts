import { urgentActivationCell } from '../../media/channel/activation.ts';
import type { Channel } from '../../media/contract/channels.ts';
import { LONGEST_INSERTION_MS } from '../../media/contract/duty.ts';
import { cellsOf, cellStartAtMs } from '../../media/grid/cell.ts';
import { hasPackage, isReady, type ReadyFilm } from '../../media/plan/plan.ts';
import { AppError, notFound } from '../errors.ts';
import type { SignedIn } from '../http/caller.ts';
import type { CatalogueFilm, FilmCatalogue } from '../library/film-catalogue.ts';
import { newId } from '../new-id.ts';
import { drillTitle, type InterruptionRecord, openCut } from './interruption.ts';
import { interruptChannel, type InterruptedPlace, type InterruptParts } from './interrupt-channel.ts';

/** What inserting needs. */
export interface InsertParts extends InterruptParts {
  readonly filmCatalogue: Pick<FilmCatalogue, 'find'>;
}

/** What an urgent insertion is ordered with. */
export interface InsertionOrder {
  readonly filmId: string;
  readonly durationMs: number;
  readonly return: 'join' | 'resume';
  readonly reason: string;
  readonly drill: boolean;
  readonly scope: string;
  /** One place whose screens it is about; the whole channel where absent. */
  readonly place?: string | undefined;
}

/** Airs a film from the first cell that nobody has listed, repeated until the time is over; then the plan is back. */
export async function insertFilm(
  parts: InsertParts,
  channel: Channel,
  order: InsertionOrder,
  by: SignedIn,
): Promise<InterruptionRecord> {
  const film = airable(channel, await parts.filmCatalogue.find(order.filmId));
  const id = newId(parts.clock());
  const title = order.drill ? drillTitle(film.title) : film.title;
  const item = { filmId: film.filmId, title, kind: 'item', mustWatch: false } as const;
  let made: InterruptionRecord | undefined;
  const at = { channel: channel.code, place: order.place };
  await interruptChannel(
    parts,
    at,
    { by, reason: `${order.drill ? 'drill of an insertion' : 'insertion'}: ${order.reason}` },
    (stage, atMs) => {
      if (openCut([...stage.interruptions, ...stage.above]) !== undefined) {
        throw new AppError('wrong_state', 'This channel is cut: nobody would see the film. End the cut first.');
      }
      const fromCell = urgentActivationCell(atMs);
      const cells = cellsOf(order.durationMs);
      const insertion = { id, cells, film, item, return: order.return };
      made = {
        ...{ id, kind: 'insertion', scope: order.scope, reason: order.reason, drill: order.drill, atMs },
        ...{ by: { id: by.id, name: by.name }, filmId: film.filmId, title },
        ...{ fromCell, toCell: fromCell + cells },
      };
      const records = [...stage.interruptions, made];
      return stage.insert(fromCell, insertion).made(records, cellStartAtMs(fromCell), () => film.category);
    },
  );
  if (made === undefined) throw new Error('an insertion was neither made nor refused');
  return made;
}

/** Ends an insertion that is on air or about to be, from the first cell that nobody has listed; gives the instant. */
export async function endInsertion(
  parts: InterruptParts,
  at: InterruptedPlace,
  id: string,
  { by, reason }: { readonly by: SignedIn; readonly reason: string },
): Promise<number> {
  let effectiveAtMs = 0;
  await interruptChannel(parts, at, { by, reason: `end of an insertion: ${reason}` }, (stage, atMs) => {
    const { interruptions } = stage;
    const record = interruptions.find((each) => each.id === id && each.kind === 'insertion');
    if (record === undefined) throw notFound('insertion');
    const cell = Math.max(urgentActivationCell(atMs), record.fromCell);
    if ((record.toCell ?? 0) <= cell) {
      throw new AppError('wrong_state', 'This insertion ends by itself in a few seconds, or is over.');
    }
    effectiveAtMs = cellStartAtMs(cell);
    const records = interruptions.map((each) => (each === record ? { ...each, toCell: cell } : each));
    return stage.end(cell, id).made(records, effectiveAtMs);
  });
  return effectiveAtMs;
}

/** Lets an insertion go on for longer than it was ordered, as long as its end is the one that `endAtMs` says; gives it as it then is. */
export async function extendInsertion(
  parts: InterruptParts,
  at: InterruptedPlace,
  {
    id,
    endAtMs,
    byMs,
    by,
  }: { readonly id: string; readonly endAtMs: number; readonly byMs: number; readonly by: SignedIn },
): Promise<InterruptionRecord> {
  let longer: InterruptionRecord | undefined;
  await interruptChannel(parts, at, { by, reason: `insertion extended by ${byMs / 1000} s` }, (stage, atMs) => {
    const { interruptions } = stage;
    const record = interruptions.find((each) => each.id === id && each.kind === 'insertion');
    if (record === undefined) throw notFound('insertion');
    const { fromCell, toCell = fromCell } = record;
    const cell = urgentActivationCell(atMs);
    if (toCell < cell) {
      throw new AppError('frozen', 'What comes after this insertion is in players already. Insert the film once more.');
    }
    if (cellStartAtMs(toCell) !== endAtMs) {
      throw new AppError('stale', 'Somebody else has just changed when this insertion ends. Look at its end again.');
    }
    longer = { ...record, toCell: toCell + cellsOf(byMs) };
    requireShort(longer);
    const records = interruptions.map((each) => (each === record && longer ? longer : each));
    return stage.prolong(cell, id, toCell + cellsOf(byMs)).made(records, cellStartAtMs(cell));
  });
  if (longer === undefined) throw new Error('an insertion was neither extended nor refused');
  return longer;
}

function requireShort({ fromCell, toCell = fromCell }: InterruptionRecord): void {
  if (toCell - fromCell <= cellsOf(LONGEST_INSERTION_MS)) return;
  const message = 'An insertion lasts at most six hours. Plan what is to last longer.';
  throw new AppError('invalid', `byMs: ${message}`, { fields: [{ path: 'byMs', message }] });
}

/** The film, if it may air on this channel at once: it cannot be checked later. */
function airable(channel: Channel, film: CatalogueFilm | undefined): CatalogueFilm & ReadyFilm {
  if (film === undefined) throw notFound('film');
  if (!isReady(film)) throw new AppError('not_ready', 'This film is not ready to air. Choose one that passed review.');
  if (!hasPackage(film, channel.package)) {
    throw new AppError('not_ready', `This film has no package ${channel.package}. Choose another or encode it anew.`);
  }
  if (channel.audience === 'public' && film.audience !== 'public') {
    throw new AppError('not_ready', 'This film is for members and the channel is public. Choose a public film.');
  }
  return film;
}
