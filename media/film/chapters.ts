import { z } from 'zod';
import { unseenCharacters } from '../contract/unseen-characters.ts';

/** Chapters of a film beyond this many are no list that people use: none is kept. */
const mostChapters = 200;
const longestTitle = 100;

/** Where a part of a film begins, in ms on the film's clock, and what it is called. */
export const chapterSchema = z.object({ atMs: z.number().int().min(0), title: z.string().max(longestTitle) });
export type Chapter = z.infer<typeof chapterSchema>;

/** What we read of ffprobe's JSON (`-show_chapters`). */
const probeChaptersSchema = z.object({
  chapters: z
    .array(
      z.object({
        start_time: z.coerce.number(),
        tags: z.object({ title: z.string().optional() }).optional(),
      }),
    )
    .max(mostChapters),
});

/** A chapter as its source has it, in seconds of the source's own clock. */
export type SourceChapter = { readonly atSeconds: number; readonly title: string };

/** A title as plain text in one line: neither what steers a terminal or a writing direction, nor endless. */
const plainTitle = (title: string): string =>
  title
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(unseenCharacters, '')
    .replace(/\p{M}{4,}/gu, '')
    .trim()
    .slice(0, longestTitle);

/** Reads ffprobe's JSON; none where it is not, or where there are too many. */
export function readChapters(json: unknown): readonly SourceChapter[] {
  const read = probeChaptersSchema.safeParse(json);
  if (!read.success) return [];
  return read.data.chapters.map(({ start_time, tags }) => ({
    atSeconds: start_time,
    title: plainTitle(tags?.title ?? ''),
  }));
}

/** Chapters on the film's clock, in order, one at an instant; a single one tells nothing. */
export function chaptersOf(source: readonly SourceChapter[], originSeconds: number, durationMs: number): Chapter[] {
  const placed = source
    .map(({ atSeconds, title }) => ({ atMs: Math.max(0, Math.round((atSeconds - originSeconds) * 1000)), title }))
    .filter(({ atMs }) => Number.isFinite(atMs) && atMs < durationMs)
    .sort((a, b) => a.atMs - b.atMs);
  const chapters = placed.filter(({ atMs }, at) => atMs !== placed[at - 1]?.atMs);
  return chapters.length < 2 ? [] : chapters;
}
