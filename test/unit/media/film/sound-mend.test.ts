import { describe, expect, it } from 'vitest';
import { soundMendOf } from '../../../../media/film/sound-mend.ts';

describe('stereo that is to be mended', () => {
  it('has a channel without any sound while the other has some', () => {
    expect(soundMendOf({ left: -Infinity, right: -23, sum: -29, difference: -29 })).toBe('left_dead');
    expect(soundMendOf({ left: -20, right: -72, sum: -26, difference: -26 })).toBe('right_dead');
  });

  it('or has its channels against each other', () => {
    expect(soundMendOf({ left: -20, right: -20, sum: -60, difference: -20 })).toBe('phase_inverted');
    expect(soundMendOf({ left: -20, right: -20, sum: -Infinity, difference: -20 })).toBe('phase_inverted');
  });

  it('is not what is silent, quiet on one side, in one ear more than in the other, or wide', () => {
    const silent = { left: -Infinity, right: -Infinity, sum: -Infinity, difference: -Infinity };
    for (const levels of [
      silent,
      { left: -55, right: -20, sum: -26, difference: -26 },
      { left: -65, right: -62, sum: -66, difference: -68 },
      { left: -20, right: -20, sum: -20, difference: -Infinity },
      { left: -20, right: -20, sum: -24, difference: -23 },
      { left: -70, right: -70, sum: -Infinity, difference: -70 },
    ])
      expect(soundMendOf(levels)).toBeUndefined();
  });
});
