import { describe, expect, it } from 'vitest';
import {
  fitRatio,
  houseLadder,
  ladderFor,
  type LadderOptions,
  placeOnCanvas,
  rungFrameRate,
} from '../../../../media/film/ladder.ts';

const names = (width: number, height: number, options: LadderOptions = {}) =>
  ladderFor({ width, height }, options).map((rung) => rung.name);

describe('the ladder of a film', () => {
  it('goes up to the source and never beyond it', () => {
    expect(names(3840, 2160)).toEqual(['2160p', '1080p', '720p', '480p', '360p', '216p']);
    expect(names(3840, 2160, { with1440p: true })).toEqual(['2160p', '1440p', '1080p', '720p', '480p', '360p', '216p']);
    expect(names(1920, 1080)).toEqual(['1080p', '720p', '480p', '360p', '216p']);
    expect(names(1280, 720)).toEqual(['720p', '480p', '360p', '216p']);
    expect(names(640, 360)).toEqual(['360p', '216p']);
  });

  it('begins at the highest that the county wants', () => {
    expect(names(3840, 2160, { highestRung: '1080p', with1440p: true })[0]).toBe('1080p');
    expect(names(1920, 1080, { highestRung: '480p' })).toEqual(['480p', '360p', '216p']);
    expect(names(640, 360, { highestRung: '480p' })).toEqual(['360p', '216p']);
  });

  it('has the lowest rung even for a picture that is smaller still', () => {
    expect(names(160, 120)).toEqual(['216p']);
  });

  it('counts the height after fitting for portraits and wide screens', () => {
    expect(names(1080, 1920)[0]).toBe('1080p');
    expect(names(720, 1280)[0]).toBe('1080p');
    expect(names(1920, 800)[0]).toBe('1080p');
    expect(names(1440, 1080)[0]).toBe('1080p');
  });

  it('takes a source that lacks a few lines for the size it was meant to be', () => {
    expect(names(1916, 1076)[0]).toBe('1080p');
    expect(names(1700, 956)[0]).toBe('720p');
  });

  it('centres a portrait between even black bars', () => {
    expect(placeOnCanvas({ width: 720, height: 1280 }, { width: 1920, height: 1080 })).toEqual({
      width: 608,
      height: 1080,
    });
    expect(placeOnCanvas({ width: 1918, height: 1080 }, { width: 1920, height: 1080 })).toEqual({
      width: 1920,
      height: 1080,
    });
    expect(fitRatio({ width: 320, height: 180 }, { width: 1280, height: 720 })).toBe(4);
  });

  it('shows fast films at half their rate on rungs that are capped', () => {
    const rates = houseLadder.map((rung) => rungFrameRate(rung, 50));
    expect(rates).toEqual([25, 50, 50, 50, 25, 25, 25]);
    expect(houseLadder.map((rung) => rungFrameRate(rung, 30)).every((rate) => rate === 30)).toBe(true);
  });

  it('leaves room for four seconds of peak, one buffer, the sound and the container in every declared bandwidth', () => {
    for (const rung of houseLadder) {
      const video = ((4 * rung.maxrateKbps + rung.bufferKbits) / 4) * 1000;
      const sound = (rung.audio === 'low' ? 48_000 : 128_000) * 1.05;
      const frames = Math.min(60, rung.maxFrameRate) * 120 * 8;
      expect(rung.bandwidthBps, rung.name).toBeGreaterThanOrEqual((video + sound + frames) * 1.02);
    }
    expect(houseLadder.at(-1)?.bandwidthBps).toBe(300_000);
  });
});
