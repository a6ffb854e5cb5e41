import { describe, expect, it } from 'vitest';
import { readPictureCheck, readSoundCheck } from '../../../transcoder/ffmpeg/read-check.ts';

const place = { fromMs: 12_000, toMs: 36_000, frameRate: 25 };
const frame = (seconds: number, ...values: readonly string[]): string =>
  [`frame:1    pts:1       pts_time:${String(seconds)}`, ...values].join('\n');
const still = (from: number, to: number) =>
  frame(to, `lavfi.freezedetect.freeze_start=${String(from)}`, `lavfi.freezedetect.freeze_end=${String(to)}`);

describe('what the picture filters wrote', () => {
  it('is put on the clock of the film, open runs to the end of the chunk', () => {
    const text = [frame(2, 'lavfi.black_start=2'), frame(5, 'lavfi.black_end=5'), frame(23, 'lavfi.black_start=23')];
    expect(readPictureCheck(text.join('\n'), '', place)).toEqual({
      black: [
        { fromMs: 14_000, toMs: 17_000 },
        { fromMs: 35_000, toMs: 36_000 },
      ],
      still: [],
    });
  });

  it('is no standstill where each picture differs from the one before', () => {
    const moving = Array.from({ length: 20 }, (_none, n) => still(n * 0.04, (n + 1) * 0.04));
    expect(readPictureCheck(moving.join('\n'), '', place).still).toEqual([]);
  });

  it('keeps a short standstill only at an edge of the chunk', () => {
    const text = [still(0, 0.12), still(5, 5.12), still(10, 11)].join('\n');
    expect(readPictureCheck(text, '', place).still).toEqual([
      { fromMs: 12_000, toMs: 12_120 },
      { fromMs: 22_000, toMs: 23_000 },
    ]);
  });

  it('takes the last box around the picture, and none of a black chunk', () => {
    const box = (x1: number, x2: number, y1: number, y2: number) =>
      frame(
        4,
        ...Object.entries({ x1, x2, y1, y2 }).map(([name, value]) => `lavfi.cropdetect.${name}=${String(value)}`),
      );
    const text = [box(191, 0, 107, 0), box(48, 143, 0, 107)].join('\n');
    expect(readPictureCheck('', text, place).content).toEqual({ left: 0.25, top: 0, right: 0.75, bottom: 1 });
    expect(readPictureCheck('', box(191, 0, 107, 0), place).content).toBeUndefined();
  });
});

describe('what the sound filters wrote', () => {
  const silence = [
    frame(1, 'lavfi.silence_start=-0.02'),
    frame(2, 'lavfi.silence_end=2'),
    frame(9, 'lavfi.silence_start=9'),
  ];
  const clipping = [0, 0.04, 0.2, 3].map((at) => frame(at, 'lavfi.astats.Overall.Peak_level=0'));
  const loudness = Array.from({ length: 100 }, (_none, n) =>
    frame(n / 10, `lavfi.r128.S=${n >= 50 && n < 70 ? '-9.8' : '-24'}`),
  );
  const texts = {
    log: 'True peak:\n  Peak:  -inf dBFS\n\n  True peak:\n    Peak:       -1.3 dBFS\n',
    loudness: loudness.join('\n'),
    clipping: clipping.join('\n'),
    silence: silence.join('\n'),
  };

  it('is silence from and to, clipping in runs, and what is louder than the film', () => {
    expect(readSoundCheck(texts, -23, 12_000)).toEqual({
      silence: [
        { fromMs: 0, toMs: 2000 },
        { fromMs: 9000, toMs: 12_000 },
      ],
      clipped: [
        { fromMs: 0, toMs: 240 },
        { fromMs: 3000, toMs: 3040 },
      ],
      loud: [{ fromMs: 3500, toMs: 5500, value: 13.2 }],
      truePeakDb: -1.3,
    });
  });

  it('marks loud seconds of a quiet film, which are all that the integrated loudness measures', () => {
    const at = (from: number, to: number) =>
      Array.from({ length: 600 }, (_none, n) =>
        frame(n / 10, `lavfi.r128.S=${n >= from * 10 && n < to * 10 ? '-9' : n < 100 ? '-120.7' : '-41'}`),
      ).join('\n');
    const quiet = readSoundCheck({ ...texts, loudness: at(30, 38) }, -9.1, 60_000);
    expect(quiet.loud).toEqual([{ fromMs: 28_500, toMs: 36_500, value: 32 }]);
    // Speech with long pauses is no surprise.
    expect(readSoundCheck({ ...texts, loudness: at(20, 60) }, -9.1, 60_000).loud).toEqual([]);
  });

  it('is nothing where a film has no sound to measure', () => {
    const none = { log: '', loudness: '', clipping: '', silence: '' };
    expect(readSoundCheck(none, null, 12_000)).toEqual({ silence: [], clipped: [], loud: [], truePeakDb: null });
  });
});
