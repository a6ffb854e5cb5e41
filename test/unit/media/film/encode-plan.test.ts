import { describe, expect, it } from 'vitest';
import { encodeOptionsSchema, encodePlanSchema, planEncode } from '../../../../media/film/encode-plan.ts';
import { revisionText } from '../../../../media/film/revision-id.ts';
import { plainRevision, plainSource, planOf } from './film-facts.ts';

const track = (stream: number, language?: string, isDefault = false) => ({
  stream,
  codec: 'aac',
  channels: 2,
  sampleRate: 48_000,
  isDefault,
  ...(language === undefined ? {} : { language }),
});

describe('the encode plan', () => {
  it('is what its schema says and survives being stored', () => {
    const plan = planOf(plainSource());
    expect(encodePlanSchema.parse(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
    expect(plan.segments).toBe(25);
    expect(plan.cmaf).toBe(false);
    expect(plan.conversions).toEqual([]);
  });

  it('seeks two key frames before each chunk, and to the beginning for the first', () => {
    const plan = planOf(plainSource());
    expect(plan.chunks.map((chunk) => [chunk.firstCell, chunk.seekSeconds])).toEqual([
      [0, 0],
      [3, 8],
      [9, 32],
    ]);
  });

  it('decodes an AVI with reordered pictures from its beginning, in few chunks', () => {
    const source = plainSource();
    const extent = { ...source.packets.video, end: 2000 };
    const plan = planOf({ ...source, demuxer: 'avi', packets: { ...source.packets, video: extent } });
    expect(plan.chunks.map((chunk) => [chunk.cells, chunk.seekSeconds])).toEqual([
      [3, 0],
      [150, 0],
      [150, 0],
      [150, 0],
      [47, 0],
    ]);
  });

  it('still decodes the last pictures for a chunk of sound alone', () => {
    const source = plainSource();
    const plan = planOf({
      ...source,
      packets: { ...source.packets, video: { ...source.packets.video, end: 20 } },
    });
    expect(plan.durationMs).toBe(100_000);
    expect(plan.chunks.at(-1)?.seekSeconds).toBe(16);
  });

  it('puts the default track first under the language of the film and asks for package cmaf', () => {
    const plan = planOf(plainSource({ audio: [track(1, 'tib'), track(2, 'chi', true), track(3)] }));
    expect(plan.audio.map((planned) => [planned.language, planned.stream])).toEqual([
      ['zh-CN', 2],
      ['bo', 1],
      ['und', 3],
    ]);
    expect(plan.cmaf).toBe(true);
  });

  it('never gives two tracks one language', () => {
    const plan = planOf(plainSource({ audio: [track(1, 'chi', true), track(2, 'chi'), track(3, 'zho')] }));
    expect(plan.audio.map((planned) => planned.language)).toEqual(['zh-CN', 'zh-CN-x-2', 'zh-CN-x-3']);
  });

  it('plans silence for a film without sound and says so', () => {
    const plan = planOf(plainSource({ audio: [] }));
    expect(plan.audio).toEqual([{ language: 'zh-CN', name: 'zh-CN', channels: 0 }]);
    expect(plan.conversions).toContain('silence_added');
  });

  it('says what is changed on the way', () => {
    const lying = { codedWidth: 1280, codedHeight: 720, rotated: true };
    const video = { width: 720, height: 1280, ...lying, frameRate: 29.97, interlaced: true };
    expect(planOf(plainSource({}, video)).conversions).toEqual([
      'scaled',
      'pillar_boxed',
      'deinterlaced',
      'rotated',
      'frame_rate',
    ]);
  });

  it('has the rung of 2160 lines as HEVC too where the county wants it, and then package cmaf', () => {
    const planned = (height: number, hevc2160p: boolean) => {
      const size = { width: (height * 16) / 9, height };
      const source = plainSource({}, { ...size, codedWidth: size.width, codedHeight: height, frameRate: 50 });
      return planEncode(plainRevision, source, encodeOptionsSchema.parse({ language: 'zh-CN', hevc2160p }));
    };
    const plan = planned(2160, true);
    expect([plan.hevc, plan.cmaf]).toEqual([{ name: '2160p-hevc', width: 3840, height: 2160, frameRate: 25 }, true]);
    expect(plan.rungs[0]?.name).toBe('2160p');
    for (const other of [planned(2160, false), planned(1080, true)])
      expect([other.hevc, other.cmaf]).toEqual([undefined, false]);
  });

  it('makes one revision of the same work and another of other work', () => {
    const options = encodeOptionsSchema.parse({ language: 'zh-CN' });
    const text = revisionText('a'.repeat(64), options);
    expect(revisionText('a'.repeat(64), encodeOptionsSchema.parse({ language: 'zh-CN' }))).toBe(text);
    for (const other of [
      { language: 'en' },
      { loudnessLufs: -16 },
      { with1440p: true },
      { hevc2160p: true },
      { highestRung: '480p' as const },
      { package: 'ts' as const },
    ])
      expect(revisionText('a'.repeat(64), { ...options, ...other })).not.toBe(text);
    expect(revisionText('b'.repeat(64), options)).not.toBe(text);
  });

  it('refuses a language that is no tag, because it becomes part of a storage key', () => {
    for (const language of ['../x', 'zh_CN', '', 'zh-CN/..'])
      expect(encodeOptionsSchema.safeParse({ language }).success).toBe(false);
  });
});
