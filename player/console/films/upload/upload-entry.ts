/** One moment of an upload. */
export interface Sample {
  readonly atMs: number;
  readonly sentBytes: number;
}

/** What is written about a film before it is sent. */
export interface FilmWords {
  readonly title: string;
  readonly category?: string;
  /** BCP 47. */
  readonly language: string;
  readonly synopsis?: string;
  /** The film that it is a language track of, and the name of the track. */
  readonly trackOf?: string;
  readonly trackName?: string;
  /** The film that it is another file for. */
  readonly replaces?: string;
}

/**
 * `chosen`: the person still writes about it; `waiting`: in line; `interrupted`: goes on by itself; `failed`: needs the person.
 */
export type UploadState = 'chosen' | 'waiting' | 'sending' | 'paused' | 'interrupted' | 'done' | 'failed';

/** One file on its way to the library. */
export interface UploadEntry extends FilmWords {
  readonly key: string;
  readonly file: File;
  readonly state: UploadState;
  readonly sentBytes: number;
  /** The last moments, oldest first, for speed and time left. */
  readonly samples: readonly Sample[];
  /** Part of it was sent before, perhaps before a restart, with the words that it has now. */
  readonly isResumable: boolean;
  /** Known from the first byte on. */
  readonly filmId?: string;
  /** What was written since the upload began: on its way to the film, there, or refused. */
  readonly written?: 'saving' | 'saved' | { readonly error: unknown };
  readonly error?: unknown;
}

/** The words of a film that somebody has written or chosen since they were first shown. */
export function wordsWrittenSince(first: FilmWords, now: FilmWords): Partial<FilmWords> {
  return {
    ...(now.title === first.title ? {} : { title: now.title }),
    ...(now.language === first.language ? {} : { language: now.language }),
    ...(now.category === undefined || now.category === first.category ? {} : { category: now.category }),
    ...(now.synopsis === undefined || now.synopsis === first.synopsis ? {} : { synopsis: now.synopsis }),
  };
}

const windowMs = 10_000;

/** Samples of the last 10 s with a new one at the end; a step back (another attempt) forgets the old ones. */
export function withSample(samples: readonly Sample[], sample: Sample): readonly Sample[] {
  const last = samples.at(-1);
  if (last !== undefined && sample.sentBytes < last.sentBytes) return [sample];
  return [...samples.filter(({ atMs }) => atMs >= sample.atMs - windowMs), sample];
}

/** Bytes per second over the samples; undefined until they span a second. */
export function speedBps(samples: readonly Sample[]): number | undefined {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined || last.atMs - first.atMs < 1000) return undefined;
  return ((last.sentBytes - first.sentBytes) * 1000) / (last.atMs - first.atMs);
}

/** Time until the rest is sent, in ms; undefined while the speed is unknown or nothing moves. */
export function timeLeftMs(samples: readonly Sample[], sizeBytes: number): number | undefined {
  const speed = speedBps(samples);
  const sent = samples.at(-1)?.sentBytes ?? 0;
  return speed === undefined || speed <= 0 ? undefined : ((sizeBytes - sent) / speed) * 1000;
}

/** Title that a file suggests: its name without the ending, at most 100 characters. */
export const titleOf = (filename: string): string =>
  (filename.replace(/\.[a-z0-9]{2,5}$/i, '').trim() || filename).slice(0, 100);

/** What the tus metadata of an earlier attempt says about the film. */
export function wordsOf(metadata: Readonly<Record<string, string>>, filename: string): FilmWords {
  const { title = titleOf(filename), language = 'zh-CN', category, synopsis, replaces } = metadata;
  return {
    title,
    language,
    ...(category === undefined ? {} : { category }),
    ...(synopsis === undefined ? {} : { synopsis }),
    ...(replaces === undefined ? {} : { replaces }),
  };
}
