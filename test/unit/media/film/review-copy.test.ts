import { parse, type types } from 'hls-parser';
import { describe, expect, it } from 'vitest';
import {
  copyTermsOf,
  longestCopySegmentMs,
  reviewCopyFile,
  reviewCopyPlaylist,
  type ReviewCopy,
} from '../../../../media/film/review-copy.ts';
import { plainFacts, plainRevision, plainVideo } from './film-facts.ts';

const video = { ...plainVideo, profile: 'High', level: 40 };
const facts = { ...plainFacts, video };
const sound = { stream: 1, codec: 'aac', channels: 2, sampleRate: 44_100, isDefault: true };

describe('an upload that can be watched as it is', () => {
  it('is H.264 in 8-bit 4:2:0 with AAC, whatever its size and rate', () => {
    expect(copyTermsOf(facts)).toEqual({
      codecs: 'avc1.640028,mp4a.40.2',
      width: 1920,
      height: 1080,
      frameRate: 25,
      videoStream: 0,
      audioStream: 1,
    });
    expect(copyTermsOf({ ...facts, video: { ...video, profile: 'Main', level: 31 } })?.codecs).toMatch(/^avc1\.4d401f/);
    expect(copyTermsOf({ ...facts, audio: [] })).toMatchObject({ codecs: 'avc1.640028' });
  });

  it.each([
    ['another codec', { codec: 'hevc' }],
    ['ten bits', { pixelFormat: 'yuv420p10le', profile: 'High 10' }],
    ['4:4:4', { pixelFormat: 'yuv444p', profile: 'High 4:4:4 Predictive' }],
    ['fields', { interlaced: true }],
    ['a turned picture', { rotated: true }],
    ['pixels that are not square', { width: 1024 }],
    ['HDR', { highDynamicRange: true }],
    ['encryption', { encrypted: true }],
    ['120 frames a second', { frameRate: 120 }],
    ['a level that is none', { level: -99 }],
  ] as const)('is none with %s', (_what, change) => {
    expect(copyTermsOf({ ...facts, video: { ...video, ...change } })).toBeUndefined();
  });

  it('is none without a picture, with other sound, or with more than two channels', () => {
    const silent = { container: facts.container, streams: 1, audio: facts.audio, subtitles: [] };
    expect(copyTermsOf(silent)).toBeUndefined();
    expect(copyTermsOf({ ...facts, audio: [{ ...sound, codec: 'mp3' }] })).toBeUndefined();
    expect(copyTermsOf({ ...facts, audio: [{ ...sound, channels: 6 }] })).toBeUndefined();
  });
});

const copy: ReviewCopy = {
  schema: 1,
  filmId: plainRevision,
  path: 'reviews/x/abc',
  codecs: 'avc1.640028,mp4a.40.2',
  width: 1920,
  height: 1080,
  frameRate: 25,
  segments: [
    { durationMs: 4000, bytes: 1_000_000 },
    { durationMs: 6480, bytes: 3_000_000 },
  ],
  ended: false,
};

describe('the playlists of a review copy', () => {
  const media = (of: ReviewCopy) => parse(reviewCopyPlaylist(of, 'review/media.m3u8') ?? '') as types.MediaPlaylist;

  it('grow while it is copied, and then have an end; the target length never changes', () => {
    expect(media(copy)).toMatchObject({ playlistType: 'EVENT', endlist: false, targetDuration: 12 });
    expect(media({ ...copy, ended: true })).toMatchObject({ playlistType: 'VOD', endlist: true, targetDuration: 12 });
    expect(media(copy).segments.map(({ uri, duration }) => [uri, duration])).toEqual([
      ['00000.ts', 4],
      ['00001.ts', 6.48],
    ]);
    expect(longestCopySegmentMs).toBe(12_000);
  });

  it('declare codecs, size and the peak so far', () => {
    const text = reviewCopyPlaylist(copy, 'review/multivariant.m3u8') ?? '';
    expect((parse(text) as types.MasterPlaylist).variants[0]).toMatchObject({
      bandwidth: Math.ceil((3_000_000 * 8000) / 6480),
      codecs: 'avc1.640028,mp4a.40.2',
      resolution: { width: 1920, height: 1080 },
      uri: 'media.m3u8',
    });
  });

  it('name only what is there', () => {
    expect(reviewCopyFile(copy, 'review/00001.ts')).toEqual({ key: 'reviews/x/abc/00001.ts', bytes: 3_000_000 });
    expect(reviewCopyFile(copy, 'review/00002.ts')).toBeUndefined();
    expect(reviewCopyFile(copy, 'review/00001.m4s')).toBeUndefined();
    expect(reviewCopyPlaylist(copy, 'ts/multivariant.m3u8')).toBeUndefined();
  });
});
