import { describe, expect, it } from 'vitest';
import { frameCountsOf } from '../../../../player/shared/frame-counts.ts';

const read = (video: object) => frameCountsOf(video as HTMLVideoElement);

describe('the frame counts of a video', () => {
  it('are the standard ones where the engine has them', () => {
    const getVideoPlaybackQuality = () => ({ totalVideoFrames: 125, droppedVideoFrames: 3 });
    const counts = { decoded: 125, dropped: 3 };
    expect(read({ getVideoPlaybackQuality, webkitDecodedFrameCount: 7 })).toEqual(counts);
  });

  it('are those of its own names on an old engine, and none where it counts nothing', () => {
    expect(read({ webkitDecodedFrameCount: 50, webkitDroppedFrameCount: 2 })).toEqual({ decoded: 50, dropped: 2 });
    expect(read({})).toEqual({ decoded: 0, dropped: 0 });
  });
});
