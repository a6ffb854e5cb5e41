import { describe, expect, it } from 'vitest';
import { readSubtitles } from '../../../../media/film/read-subtitles.ts';
import {
  cueAt,
  editedCues,
  readTime,
  timeTrouble,
  withCueAt,
  writeEdited,
} from '../../../../player/console/films/tracks/edited-cues.ts';

const cues = [
  { startMs: 1000, endMs: 2500, text: 'A &amp; B', settings: 'line:0' },
  { startMs: 3_600_000, endMs: 3_601_000, text: '<i>x</i>' },
];

describe('cues in the editor', () => {
  it('come out as they went in, and are typed without escapes', () => {
    const edited = editedCues(cues);
    expect(edited[0]).toMatchObject({ start: '00:00:01.000', end: '00:00:02.500', text: 'A & B' });
    expect(readSubtitles(writeEdited(edited), Infinity).cues).toEqual(cues);
  });

  it.each([
    ['75', 75_000],
    ['01:02.5', 62_500],
    ['1:02:03,004', 3_723_004],
    ['1:61', undefined],
    ['soon', undefined],
  ])('read %s as %s ms', (text, ms) => {
    expect(readTime(text)).toBe(ms);
  });

  it('say which of their times is wrong', () => {
    const [cue] = editedCues(cues);
    expect(timeTrouble({ ...cue!, start: 'x' })).toBe('start');
    expect(timeTrouble({ ...cue!, end: '' })).toBe('end');
    expect(timeTrouble({ ...cue!, end: '00:00:01.000' })).toBe('order');
    expect(timeTrouble(cue!)).toBeUndefined();
  });

  it('are found by the position of the player, and added there in order', () => {
    const edited = editedCues(cues);
    expect(cueAt(edited, 2499)?.key).toBe(0);
    expect(cueAt(edited, 2500)).toBeUndefined();
    expect(withCueAt(edited, 5000.4, 9).map(({ key, start }) => [key, start])[1]).toEqual([9, '00:00:05.000']);
    expect(writeEdited([{ key: 1, start: '1', end: '2', text: ' ' }])).toBe('WEBVTT\n');
  });
});
