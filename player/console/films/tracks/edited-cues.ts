import { type Cue, cueClock, writeWebvtt } from '../../../../media/film/cue.ts';
import { cleanCueText, editableCueText } from '../../../../media/film/cue-text.ts';

/** A cue as somebody edits it: times and text as they are typed. */
export interface EditedCue {
  readonly key: number;
  readonly start: string;
  readonly end: string;
  readonly text: string;
  readonly settings?: string;
}

/** Reads `01:02.5`, `1:02:03,004` or `75` as milliseconds; undefined where it is no time. */
export function readTime(text: string): number | undefined {
  const found = /^(?:(?:(\d{1,2}):)?(\d{1,2}):)?(\d{1,5})(?:[.,](\d{1,3}))?$/.exec(text.trim());
  if (found === null) return undefined;
  const [, hours = '0', minutes = '0', seconds = '0', fraction = '0'] = found;
  if (found[2] !== undefined && Number(seconds) > 59) return undefined;
  return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000 + Number(fraction.padEnd(3, '0'));
}

/** What is wrong with the times of a cue. */
export function timeTrouble({ start, end }: EditedCue): 'start' | 'end' | 'order' | undefined {
  const [startMs, endMs] = [readTime(start), readTime(end)];
  if (startMs === undefined) return 'start';
  if (endMs === undefined) return 'end';
  return endMs > startMs ? undefined : 'order';
}

export const editedCues = (cues: readonly Cue[]): readonly EditedCue[] =>
  cues.map(({ startMs, endMs, text, settings }, key) => ({
    key,
    start: cueClock(startMs),
    end: cueClock(endMs),
    text: editableCueText(text),
    ...(settings === undefined ? {} : { settings }),
  }));

/** The WebVTT file of what was edited, in order of time; cues without text are left out. */
export function writeEdited(edited: readonly EditedCue[]): string {
  const cues = edited
    .map(({ start, end, text, settings }) => ({
      startMs: readTime(start) ?? 0,
      endMs: readTime(end) ?? 0,
      text: cleanCueText(text),
      ...(settings === undefined ? {} : { settings }),
    }))
    .filter(({ text }) => text !== '')
    .sort((a, b) => a.startMs - b.startMs);
  return writeWebvtt(cues);
}

/** The cue that is to be seen at a position. */
export const cueAt = (edited: readonly EditedCue[], positionMs: number): EditedCue | undefined =>
  edited.find(({ start, end }) => (readTime(start) ?? Infinity) <= positionMs && positionMs < (readTime(end) ?? 0));

/** The list with one more cue of 2 s, in order of time. */
export function withCueAt(edited: readonly EditedCue[], positionMs: number, key: number): readonly EditedCue[] {
  const startMs = Math.round(positionMs);
  const cue = { key, start: cueClock(startMs), end: cueClock(startMs + 2000), text: '' };
  const at = edited.findIndex(({ start }) => (readTime(start) ?? -1) > startMs);
  return at < 0 ? [...edited, cue] : [...edited.slice(0, at), cue, ...edited.slice(at)];
}
