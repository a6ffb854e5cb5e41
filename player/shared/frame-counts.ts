/** Frames of a video since it was loaded: decoded ones, and those of them that were not shown. */
interface FrameCounts {
  readonly decoded: number;
  readonly dropped: number;
}

interface OldCounters {
  readonly webkitDecodedFrameCount?: number;
  readonly webkitDroppedFrameCount?: number;
}

/** Reads the counters of a video; engines before Chrome 80 count under names of their own. */
export function frameCountsOf(video: HTMLVideoElement & OldCounters): FrameCounts {
  const { getVideoPlaybackQuality } = video as Partial<HTMLVideoElement>;
  if (getVideoPlaybackQuality === undefined)
    return { decoded: video.webkitDecodedFrameCount ?? 0, dropped: video.webkitDroppedFrameCount ?? 0 };
  const { totalVideoFrames, droppedVideoFrames } = video.getVideoPlaybackQuality();
  return { decoded: totalVideoFrames, dropped: droppedVideoFrames };
}
