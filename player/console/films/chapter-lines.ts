import type { Film } from '../../../media/contract/library.ts';
import { lengthText } from '../../shared/county-clock.ts';

type Chapters = NonNullable<Film['chapters']>;

/** `1:05:00 Title`, hours and title as people leave them out. */
const line = /^(?:(\d{1,2}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?\s+(\S.*)$/;

/** Chapters as a person edits them: one line each, when it begins and what it is called. */
export const chapterLines = (chapters: Chapters | undefined, nameOf: (number: number) => string): string =>
  (chapters ?? [])
    .map(({ atMs, title }, at) => `${timeText(atMs)} ${title === '' ? nameOf(at + 1) : title}`)
    .join('\n');

/** Parts of a second are kept where there are any. */
function timeText(atMs: number): string {
  const partMs = atMs % 1000;
  const whole = lengthText(atMs - partMs);
  return partMs === 0 ? whole : `${whole}.${String(partMs).padStart(3, '0')}`;
}

/** Reads the lines back; the number of the first that is none, or whose time does not follow the one before. */
export function readChapterLines(text: string): { readonly chapters: Chapters } | { readonly wrongLine: number } {
  const chapters: Chapters = [];
  for (const [at, written] of text.split('\n').entries()) {
    if (written.trim() === '') continue;
    const [, hours = '0', minutes, seconds, part = '', title] = line.exec(written.trim()) ?? [];
    if (minutes === undefined || seconds === undefined || title === undefined || Number(seconds) > 59)
      return { wrongLine: at + 1 };
    const whole = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
    const atMs = whole + Number(part.padEnd(3, '0'));
    if (atMs <= (chapters.at(-1)?.atMs ?? -1) || title.length > 100) return { wrongLine: at + 1 };
    chapters.push({ atMs, title });
  }
  return { chapters };
}
