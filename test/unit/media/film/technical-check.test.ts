import { describe, expect, it } from 'vitest';
import {
  filledPercentOf,
  joinAtBorders,
  joinNear,
  markPresets,
  shownMarks,
  technicalMarks,
  type CheckFacts,
} from '../../../../media/film/technical-check.ts';

const facts = (change: Partial<CheckFacts> = {}): CheckFacts => ({
  durationMs: 40_000,
  pictureEndMs: 40_000,
  chunks: [
    { fromMs: 0, toMs: 12_000, check: { black: [{ fromMs: 11_000, toMs: 12_000 }], still: [] } },
    { fromMs: 12_000, toMs: 40_000, check: { black: [{ fromMs: 12_000, toMs: 13_000 }], still: [] } },
  ],
  sounds: [],
  ...change,
});
const presets = markPresets;
const sound = { silence: [], clipped: [], loud: [], truePeakDb: -1 };

describe('runs of chunks', () => {
  it('are one run where they meet at a border', () => {
    expect(technicalMarks(facts())).toEqual([{ kind: 'black', fromMs: 11_000, toMs: 13_000 }]);
  });

  it('go on over a chunk that they fill', () => {
    const runs = [
      { fromMs: 0, toMs: 4, runs: [{ fromMs: 3, toMs: 4 }] },
      { fromMs: 4, toMs: 8, runs: [{ fromMs: 4, toMs: 8 }] },
      { fromMs: 8, toMs: 12, runs: [{ fromMs: 8, toMs: 9 }] },
    ];
    expect(joinAtBorders(runs)).toEqual([{ fromMs: 3, toMs: 9 }]);
  });

  it('stay apart inside a chunk, where one slide follows another', () => {
    const slides = [
      { fromMs: 0, toMs: 3000 },
      { fromMs: 3000, toMs: 6000 },
    ];
    expect(joinAtBorders([{ fromMs: 0, toMs: 12_000, runs: slides }])).toEqual(slides);
  });

  it('stay apart at a border that only one of them meets', () => {
    const chunks = [
      { fromMs: 0, toMs: 12_000, runs: [{ fromMs: 10_000, toMs: 11_000 }] },
      { fromMs: 12_000, toMs: 24_000, runs: [{ fromMs: 12_000, toMs: 13_000 }] },
    ];
    expect(joinAtBorders(chunks)).toHaveLength(2);
  });
});

describe('the marks of a film', () => {
  it('end where the film ends, not where its last cell does', () => {
    const check = { black: [], still: [{ fromMs: 36_000, toMs: 40_000 }] };
    const found = technicalMarks(facts({ durationMs: 37_500, chunks: [{ fromMs: 0, toMs: 40_000, check }] }));
    expect(found.find(({ kind }) => kind === 'freeze')).toEqual({ kind: 'freeze', fromMs: 36_000, toMs: 37_500 });
  });

  it('tell a picture that ends before its sound, and a film too short for the air', () => {
    const found = technicalMarks(facts({ durationMs: 8000, pictureEndMs: 5000, chunks: [] }));
    expect(found).toEqual([
      { kind: 'short', fromMs: 0, toMs: 8000 },
      { kind: 'picture_ends', fromMs: 5000, toMs: 8000 },
    ]);
  });

  it('name the language of a sound that is not the main one', () => {
    const silence = [{ fromMs: 1000, toMs: 9000 }];
    const sounds = [
      { language: 'zh-CN', lacksLu: 0, check: sound },
      { language: 'bo', lacksLu: 4.5, check: { ...sound, silence } },
    ];
    expect(technicalMarks(facts({ chunks: [], sounds }))).toEqual([
      { kind: 'quiet', fromMs: 0, toMs: 40_000, value: 4.5, detail: 'bo' },
      { kind: 'silence', fromMs: 1000, toMs: 9000, detail: 'bo' },
    ]);
  });

  it('keep the longest two hundred of a kind', () => {
    const black = Array.from({ length: 300 }, (_none, n) => ({ fromMs: n * 2000, toMs: n * 2000 + 500 + n }));
    const found = technicalMarks(
      facts({
        durationMs: 600_000,
        pictureEndMs: 600_000,
        chunks: [{ fromMs: 0, toMs: 600_000, check: { black, still: [] } }],
      }),
    );
    expect(found).toHaveLength(200);
    expect(found[0]?.fromMs).toBe(200_000);
  });
});

describe('the picture on the screen', () => {
  it('is what any cell shows', () => {
    const left = { left: 0, top: 0.25, right: 0.5, bottom: 0.75 };
    const right = { left: 0.5, top: 0.25, right: 1, bottom: 0.75 };
    expect(filledPercentOf([left, undefined, right])).toBe(50);
    expect(filledPercentOf([undefined])).toBeUndefined();
  });
});

describe('what a county is shown', () => {
  const marks = technicalMarks(facts());
  it('follows its own limits', () => {
    expect(shownMarks(marks, presets)).toEqual(marks);
    expect(shownMarks(marks, { ...presets, blackMs: 2001 })).toEqual([]);
  });

  it('tells 4:3 and wide screen from a picture that is too small', () => {
    const aspect = (value: number) => shownMarks([{ kind: 'aspect', fromMs: 0, toMs: 1, value }], presets).length;
    expect([aspect(100), aspect(75), aspect(74), aspect(56), aspect(32)]).toEqual([0, 0, 0, 1, 1]);
  });

  it('leaves out kinds that this version does not know', () => {
    expect(shownMarks([{ kind: 'smell', fromMs: 0, toMs: 9000 }], presets)).toEqual([]);
  });
});

describe('near runs', () => {
  it('are joined with the larger value', () => {
    const runs = [
      { fromMs: 0, toMs: 100, value: 7 },
      { fromMs: 300, toMs: 400, value: 9 },
      { fromMs: 700, toMs: 800, value: 8 },
    ];
    expect(joinNear(runs, 200)).toEqual([
      { fromMs: 0, toMs: 400, value: 9 },
      { fromMs: 700, toMs: 800, value: 8 },
    ]);
  });
});
