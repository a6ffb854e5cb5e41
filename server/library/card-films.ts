import { createHash } from 'node:crypto';
import type { GapCard } from '../../media/contract/gap-card.ts';
import { type Id, idOfDigest, idSchema } from '../../media/contract/ids.ts';
import { mayMove } from '../../media/film/film-state.ts';
import { cardTitles } from '../../media/film/card-picture.ts';
import { canonicalJson } from '../../media/plan/canonical-json.ts';
import type { NamedRevision, PackageKind } from '../../media/plan/timeline.ts';
import { isDuplicateKey } from '../database/duplicate-key.ts';
import { catalogueFilm, type CatalogueFilm } from './film-catalogue.ts';
import { type DeleteParts, deleteFilm } from './delete-film.ts';
import { isEncoding, moved } from './film-moves.ts';
import type { FilmRecord } from './film-record.ts';
import { requestPrepare, type TranscodeParts } from './request-transcode.ts';
import { slateFilmId } from './slate-id.ts';

/** A card that is to be made for channels of a package. */
export interface CardOrder {
  readonly card: GapCard;
  readonly package: PackageKind;
}

/** Where ordered cards stand. */
export interface CardStand {
  /** Those that can air, by id. */
  readonly ready: ReadonlyMap<string, NamedRevision>;
  /** How many are still to come. */
  readonly pending: number;
}

/** What the office on air asks of the library about cards. */
export interface CardFilms {
  /** Id of the film of a card; known before it is made, the same for the same picture. */
  idOf(order: CardOrder): Id;
  /** Says which cards are there, passes those that are whole, and has some of the others made, the first ones first. */
  make(orders: readonly CardOrder[]): Promise<CardStand>;
  /**
   * Deletes cards that are not asked for any more, a day after they were made, unless their revision `isShown`; and after an hour
   * those that could not be made, so that they are tried again.
   */
  sweep(isWanted: (id: string) => boolean, isShown: (revision: string) => boolean): Promise<void>;
}

type CardParts = TranscodeParts & DeleteParts;

/** Cards are made a few at a time: each is a film for the queue, and what they say may change. */
const mostInMaking = 4;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const idOf = (order: CardOrder): Id =>
  idOfDigest(
    createHash('sha256')
      .update(canonicalJson(['yuanbo card', order]))
      .digest(),
  );

/** Opens the library's door for cards; the parts may be those of any replica. */
export function cardFilms(parts: CardParts): CardFilms {
  return {
    idOf,
    make: (orders) => makeCards(parts, orders),
    sweep: async (isWanted, isShown) => {
      const atMs = parts.clock();
      for (const film of await parts.films.cards()) {
        const isUsed = isWanted(film.id) || (film.revision !== undefined && isShown(film.revision));
        const isBroken = film.state === 'failed' || film.state === 'refused';
        const isOver = isBroken ? film.stateAtMs < atMs - hourMs : !isUsed && film.stateAtMs < atMs - dayMs;
        if (isOver) await deleteFilm(parts, film);
      }
    },
  };
}

async function makeCards(parts: CardParts, orders: readonly CardOrder[]): Promise<CardStand> {
  const { films, clock } = parts;
  const wanted = new Map(orders.map((order) => [idOf(order), order]));
  const known = new Map((await films.withIds([...wanted.keys()])).map((film) => [film.id, film]));
  for (const film of known.values()) {
    if (film.state !== 'review') continue;
    const passed = await films.change(film.id, (now) => (now.state === 'review' ? moved(now, 'ready', clock()) : now));
    if (passed !== undefined) known.set(passed.id, passed);
  }
  const inMaking = [...known.values()].filter((film) => film.state === 'probing' || isEncoding(film)).length;
  const missing = [...wanted].filter(([id]) => !known.has(id));
  for (const [id, order] of missing.slice(0, Math.max(0, mostInMaking - inMaking))) await begin(parts, id, order);
  const ready = [...known.values()].flatMap((film): [string, NamedRevision][] => {
    const { revision, facts, state } = catalogueFilm(film);
    return state === 'ready' && revision !== undefined && facts !== undefined ? [[film.id, { revision, facts }]] : [];
  });
  return { ready: new Map(ready), pending: missing.length + inMaking };
}

/** Enters a card and asks the transcoder for it; nothing where another replica was faster. */
async function begin(parts: CardParts, id: Id, order: CardOrder): Promise<void> {
  const film = newCard(id, order, parts.clock());
  try {
    await parts.films.insert(film);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return;
  }
  await requestPrepare(parts, film);
}

/** Cards that name a withdrawn film go with it, on air and in catch-up. */
export async function withdrawCards(
  { films, clock }: Pick<CardParts, 'films' | 'clock'>,
  gone: CatalogueFilm,
): Promise<void> {
  const naming = (await films.cards()).filter(({ card }) =>
    card?.shows.rows.some(({ filmId }) => filmId === gone.filmId),
  );
  for (const { id } of naming) {
    await films.change(id, (film) => (mayMove(film.state, 'withdrawn') ? moved(film, 'withdrawn', clock()) : film));
  }
}

const newCard = (id: Id, { card, package: kind }: CardOrder, atMs: number): FilmRecord => ({
  id,
  version: 1,
  title: [cardTitles[card.kind], card.day, card.rows[0]?.when, card.rows[0]?.title].filter(Boolean).join(' '),
  language: 'zh-CN',
  audience: 'members',
  state: 'probing',
  stateAtMs: atMs,
  warnings: [],
  filename: `${id}.mp4`,
  sourceBytes: 0,
  owner: { id: idSchema.parse(slateFilmId), name: '远播' },
  place: 'county',
  createdAtMs: atMs,
  attempt: 0,
  card: { shows: card, package: kind },
  playable: false,
  reviews: [],
});
