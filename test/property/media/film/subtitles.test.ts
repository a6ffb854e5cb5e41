import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanCueText } from '../../../../media/film/cue-text.ts';
import { readSubtitles } from '../../../../media/film/read-subtitles.ts';
import { joinWebvtt, sliceWebvtt } from '../../../../media/film/slice-webvtt.ts';

const pieces = [
  '<b>',
  '</b>',
  '<script>',
  '{\\an8}',
  '-->',
  '&amp;',
  '&',
  '<',
  '>',
  '\n',
  '\n\n',
  'WEBVTT',
  '字',
  'a ',
];
const text = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 5 })), {
  maxLength: 8,
});
const cue = fc.record({
  startMs: fc.integer({ min: 0, max: 39_999 }),
  lastsMs: fc.integer({ min: 1, max: 20_000 }),
  text: text.map((parts) => parts.join('')),
});
const clock = (ms: number): string =>
  `00:00:${String(Math.floor(ms / 1000)).padStart(2, '0')},${String(ms % 1000).padStart(3, '0')}`;

describe('subtitles cut at cells', () => {
  it('keep the text and the times of every cue when they are joined again', () => {
    fc.assert(
      fc.property(fc.array(cue, { maxLength: 12 }), (drafts) => {
        const file = drafts.map(
          (draft, at) =>
            `${at + 1}\n${clock(draft.startMs)} --> ${clock(Math.min(59_999, draft.startMs + draft.lastsMs))}\n${cleanCueText(draft.text)}`,
        );
        const { cues } = readSubtitles(file.join('\n\n'), 40_000);
        expect(joinWebvtt(sliceWebvtt(cues, 10, 0))).toEqual(cues);
        const heard = new Set(cues.map((one) => one.text));
        for (const draft of drafts) {
          const said = cleanCueText(draft.text);
          if (said !== '') expect(heard).toContain(said);
        }
      }),
    );
  });

  it('have text that reads the same however often it is cleaned', () => {
    fc.assert(
      fc.property(text, (parts) => {
        const once = cleanCueText(parts.join(''));
        expect(cleanCueText(once)).toBe(once);
        expect(once).not.toMatch(/-->|\n\n|<script/);
      }),
    );
  });
});
