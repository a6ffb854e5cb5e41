import { describe, expect, it } from 'vitest';
import { barMarks, conversionTexts, isTimed, markText } from '../../../../player/console/films/film-check.ts';
import { check as en } from '../../../../player/console/words/en/check.ts';
import { check as zh } from '../../../../player/console/words/zh/check.ts';

const nameOf = (language: string): string => ({ bo: '藏语' })[language] ?? language;

describe('a mark in words', () => {
  it('says what, from when to when and for how long', () => {
    const mark = { kind: 'black', fromMs: 61_000, toMs: 63_480 } as const;
    expect(markText(mark, zh, nameOf)).toBe('黑场 · 1:01 – 1:03（2.5 秒）');
    expect(markText(mark, en, nameOf)).toBe('Black · 1:01 – 1:03 (2.5 s)');
  });

  it('says how much where that counts, and in which language the sound is', () => {
    const quiet = { kind: 'quiet', fromMs: 0, toMs: 9000, value: 4.25, detail: 'bo' } as const;
    expect(markText(quiet, zh, nameOf)).toBe('声音偏小 · 全片 · 已调到最大，仍低 4.3 LU · 声音：藏语');
    expect(markText({ kind: 'aspect', fromMs: 0, toMs: 9000, value: 32 }, en, nameOf)).toBe(
      'Small picture · whole film · fills 32 % of the screen',
    );
    expect(isTimed(quiet)).toBe(false);
  });
});

describe('the time bar', () => {
  it('shows what is found in one time side by side, and what follows on one line', () => {
    const marks = [
      { kind: 'black', fromMs: 12_000, toMs: 20_040 },
      { kind: 'freeze', fromMs: 12_000, toMs: 20_040 },
      { kind: 'silence', fromMs: 20_000, toMs: 32_000 },
      { kind: 'freeze', fromMs: 31_960, toMs: 46_000 },
      { kind: 'quiet', fromMs: 0, toMs: 66_000 },
    ] as const;
    expect(barMarks(marks).map(({ mark, lane }) => [mark.kind, lane])).toEqual([
      ...[['black', 0] as const, ['freeze', 1] as const],
      ...[['silence', 0] as const, ['freeze', 0] as const],
    ]);
  });
});

describe('conversions', () => {
  it('are told in words of either language, and by their code where it is of a later version', () => {
    expect(conversionTexts(['upmixed', 'new_thing'], zh)).toEqual(['单声道改为双声道', 'new_thing']);
    expect(conversionTexts(['upmixed'], en)).toEqual(['Mono made stereo']);
  });
});
