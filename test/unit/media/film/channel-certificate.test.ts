import { describe, expect, it } from 'vitest';
import { certify, type SegmentParameters } from '../../../../media/film/channel-certificate.ts';
import { packageManifestSchema } from '../../../../media/film/package-manifest.ts';

const read: SegmentParameters = {
  codec: 'avc1.64001e',
  profile: 100,
  level: 30,
  width: 384,
  height: 216,
  frameRate: 25,
  timescale: 90_000,
  pids: { programMap: 4096, video: 256, audio: 257 },
  audio: { codec: 'mp4a.40.2', sampleRate: 48_000, channels: 2 },
};
const certified = (...chunks: readonly SegmentParameters[]) => certify([{ name: '216p', chunks }]);

describe('the channel-ready certificate', () => {
  it('is given to what was read from every chunk', () => {
    expect(certified(read, { ...read })).toEqual({
      certificate: {
        cellMs: 4000,
        rungs: [{ name: '216p', ...read, frameRateFamily: 25 }],
        audioLayout: 'stereo-48000-aac-lc',
      },
    });
  });

  it.each([
    ['another codec', { codec: 'avc1.4d001e' }],
    ['another level', { level: 31 }],
    ['another picture', { width: 352 }],
    ['a rate off the grid', { frameRate: 29 }],
    ['another clock', { timescale: 12_800 }],
    ['other PIDs', { pids: { ...read.pids, audio: 258 } }],
    ['another sound', { audio: { ...read.audio, channels: 1 } }],
  ])('is refused to %s, in words', (_what, change) => {
    const found = certified({ ...read, ...change });
    expect(found).toHaveProperty('trouble');
    expect(JSON.stringify(found)).toMatch(/216p: .{10}/);
  });

  it('is refused where one chunk is unlike the others, to strange rungs and to none', () => {
    expect(certified(read, { ...read, frameRate: 30 })).toEqual({ trouble: '216p: its chunks differ' });
    expect(certify([{ name: '217p', chunks: [read] }])).toHaveProperty('trouble');
    expect(certify([])).toHaveProperty('trouble');
  });

  it('has an earlier form, which is read still', () => {
    const { channelReady } = packageManifestSchema.shape;
    const earlier = { cellMs: 4000, rungs: ['360p'], audioLayout: 'stereo-48000-aac-lc' };
    expect(channelReady.parse(earlier)).toEqual(earlier);
    expect(channelReady.parse(undefined)).toBeUndefined();
  });
});
