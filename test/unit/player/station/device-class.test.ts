import { describe, expect, it } from 'vitest';
import { hlsSettings } from '../../../../player/shared/hls-settings.ts';
import { guessedClass } from '../../../../player/station/device-class.ts';

describe('the class of a box', () => {
  it('is small at 1 GB, or where the engine gives it a small heap', () => {
    expect(guessedClass({ deviceMemoryGb: 1 })).toBe('station-small');
    expect(guessedClass({ deviceMemoryGb: 2, heapLimitBytes: 100e6 })).toBe('station');
    expect(guessedClass({ heapLimitBytes: 256e6 })).toBe('station-small');
    expect(guessedClass({ heapLimitBytes: 2e9 })).toBe('station');
    expect(guessedClass({})).toBe('station');
  });

  it('bounds what the player keeps, ahead and behind', () => {
    const small = hlsSettings({ mode: 'live', deviceClass: 'station-small', startAtS: 0 });
    expect(small).toMatchObject({ maxBufferSize: 16e6, backBufferLength: 8, maxMaxBufferLength: 24 });
    const large = hlsSettings({ mode: 'vod', deviceClass: 'station', startAtS: 7 });
    expect(large).toMatchObject({ maxBufferSize: 32e6, backBufferLength: 15, startPosition: 7 });
  });

  it('shows more lines than the screen has only where the device check saw it', () => {
    const wish = { mode: 'vod', deviceClass: 'station', startAtS: 0 } as const;
    expect(hlsSettings(wish).capLevelToPlayerSize).toBe(true);
    expect(hlsSettings({ ...wish, beyondViewport: true }).capLevelToPlayerSize).toBe(false);
  });
});
