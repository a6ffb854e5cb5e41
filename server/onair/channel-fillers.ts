import type { Channel } from '../../media/contract/channels.ts';
import { cellsOf } from '../../media/grid/cell.ts';
import type { FillerPool } from '../../media/plan/fill-with-films.ts';
import { mayAirOn } from '../../media/plan/air-window.ts';
import { type FilmFacts, isReady } from '../../media/plan/plan.ts';
import type { FilmCatalogue } from '../library/film-catalogue.ts';

/** Films that fill a channel's gaps, and how they take turns. */
export interface Fillers {
  readonly pool: FillerPool;
  readonly seed: string;
  readonly restCells: number;
  readonly freeCells: number;
}

/** A minute before what is planned, where cards air. */
const cardCells = 15;

/** Ready films of the channel's filler categories that may air on all of these county dates; a public channel shows public films only. */
export async function fillersOf(
  filmCatalogue: Pick<FilmCatalogue, 'readyIn'>,
  channel: Pick<Channel, 'code' | 'audience' | 'fillerCategories' | 'fillerRestHours' | 'gapCardHours'>,
  dates: { readonly first: string; readonly last: string },
): Promise<Fillers> {
  const ready = await filmCatalogue.readyIn(channel.fillerCategories);
  const films: readonly FilmFacts[] = ready
    .filter(({ audience }) => channel.audience !== 'public' || audience === 'public')
    .filter((film) => mayAirOn(film, dates.first, dates.last));
  const restCells = cellsOf(channel.fillerRestHours * 3_600_000);
  const freeCells = channel.gapCardHours > 0 ? cardCells : 0;
  return { pool: films.filter(isReady), seed: channel.code, restCells, freeCells };
}
