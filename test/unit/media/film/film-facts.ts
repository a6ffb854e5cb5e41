import { encodeOptionsSchema, planEncode, type EncodePlan, type Source } from '../../../../media/film/encode-plan.ts';
import { idOfDigest } from '../../../../media/contract/ids.ts';
import type { ProbeFacts, VideoFacts } from '../../../../media/film/probe-facts.ts';

/** A plain 1080p25 film with stereo sound, to change where a test needs it. */
export const plainVideo: VideoFacts = {
  stream: 0,
  codec: 'h264',
  codedWidth: 1920,
  codedHeight: 1080,
  width: 1920,
  height: 1080,
  frameRate: 25,
  pixelFormat: 'yuv420p',
  interlaced: false,
  reordered: true,
  rotated: false,
  highDynamicRange: false,
  colourSpace: 'bt709',
  encrypted: false,
};

export const plainFacts: ProbeFacts = {
  container: 'mov,mp4,m4a,3gp,3g2,mj2',
  declaredMs: 100_000,
  streams: 2,
  video: plainVideo,
  audio: [{ stream: 1, codec: 'aac', channels: 2, sampleRate: 48_000, isDefault: true }],
  subtitles: [],
};

const extent = { packets: 2500, start: 0, end: 100, longestGap: 0.04, backSeconds: 0, skippedSeconds: 0 };

export const plainSource = (facts: Partial<ProbeFacts> = {}, video: Partial<VideoFacts> = {}): Source => ({
  sha256: 'a'.repeat(64),
  bytes: 1000,
  demuxer: 'mov',
  facts: { ...plainFacts, video: { ...plainVideo, ...video }, ...facts },
  packets: { video: extent, audio: extent, keys: Array.from({ length: 50 }, (_none, index) => index * 2) },
  errorLines: 0,
  complexity: 'busy',
  chapters: [],
});

export const plainRevision = idOfDigest(new Uint8Array(32).fill(7));
export const planOf = (source: Source, language = 'zh-CN'): EncodePlan =>
  planEncode(plainRevision, source, encodeOptionsSchema.parse({ language }));
