import { LRUCache } from 'lru-cache';
import type { QualityFigures } from '../../media/contract/quality.ts';
import { addSums, figuresOf, worstFirst } from '../../media/quality/quality-sums.ts';
import { AppError } from '../errors.ts';
import type { QualityRouteParts } from './quality-parts.ts';
import type { NamedSums } from './quality-store.ts';

const hourMs = 3_600_000;
const longestMs = 7 * 24 * hourMs;
const listed = 20;
/** Several people who look at the page at once are one question to the database. */
const freshMs = 30_000;

/** One film, channel or place, and what its plays came to. */
type Named = QualityFigures & { readonly id: string; readonly name: string };

/** How well pictures played in some hours. */
export interface QualityReading {
  readonly total: QualityFigures;
  readonly films: Named[];
  readonly channels: Named[];
  readonly places: Named[];
}

/** Reads figures of [fromMs, toMs) to the hour, the worst first; 400 where it is empty or longer than 7 days. */
export function qualityReader(parts: QualityRouteParts): (fromMs: number, toMs: number) => Promise<QualityReading> {
  const known = new LRUCache<string, Promise<QualityReading>>({ max: 8, ttl: freshMs });
  return (fromMs, toMs) => {
    if (toMs <= fromMs) throw new AppError('bad_request', 'to: choose an instant after from.');
    if (toMs - fromMs > longestMs) throw new AppError('bad_request', 'to: ask for at most 7 days at a time.');
    const hours = [Math.floor(fromMs / hourMs), Math.ceil(toMs / hourMs)] as const;
    const key = hours.join('-');
    const asked = known.get(key) ?? read(parts, ...hours);
    known.set(key, asked, { noUpdateTTL: true });
    asked.catch(() => known.delete(key));
    return asked;
  };
}

async function read(parts: QualityRouteParts, fromHour: number, toHour: number): Promise<QualityReading> {
  const [subjects, places] = await Promise.all([
    parts.quality.sumsBy('subject', fromHour, toHour),
    parts.quality.sumsBy('place', fromHour, toHour),
  ]);
  const films = worst(below('film/', subjects));
  const titles = await parts.filmCatalogue.table(films.map(({ id }) => id));
  const channelNames = new Map((await parts.channels.list()).map(({ code, name }) => [code, name]));
  const placeNames = new Map((await parts.places.list()).map(({ code, name }) => [code, name]));
  return {
    total: figuresOf(addSums(subjects.map(({ sums }) => sums))),
    films: films.map((film) => ({ ...film, name: titles.get(film.id)?.title ?? film.id })),
    channels: worst(below('channel/', subjects)).map((one) => ({ ...one, name: channelNames.get(one.id) ?? one.id })),
    places: worst(places).map((one) => ({ ...one, name: placeNames.get(one.id) ?? one.id })),
  };
}

const below = (prefix: string, all: readonly NamedSums[]): readonly NamedSums[] =>
  all
    .filter(({ name }) => name.startsWith(prefix))
    .map(({ name, sums }) => ({ name: name.slice(prefix.length), sums }));

const worst = (all: readonly NamedSums[]) =>
  all
    .map(({ name, sums }) => ({ id: name, ...figuresOf(sums) }))
    .sort(worstFirst)
    .slice(0, listed);
