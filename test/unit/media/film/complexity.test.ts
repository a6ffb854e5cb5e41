import { describe, expect, it } from 'vitest';
import { complexityOf, samplePlaces } from '../../../../media/film/complexity.ts';
import { readSample, sampleCommand } from '../../../../transcoder/ffmpeg/sample-arguments.ts';

/** A key frame and 49 pictures of so many bytes. */
const sample = (bytes: number): number[] => [20_000, ...Array.from({ length: 49 }, () => bytes)];

describe('how much happens in a film', () => {
  it('is nearly nothing where slides stand still, however large their key frames are', () => {
    expect(complexityOf([sample(300), sample(0)])).toBe('still');
  });

  it('is little where somebody speaks beside them', () => {
    expect(complexityOf([sample(300), sample(0), sample(700)])).toBe('plain');
  });

  it('is much as soon as one part moves, and where nothing could be sampled', () => {
    expect(complexityOf([sample(300), sample(2600)])).toBe('busy');
    expect(complexityOf([])).toBe('busy');
    expect(complexityOf([[20_000]])).toBe('busy');
  });

  it('is looked for in every quarter, from key frames on, at no place twice', () => {
    const keys = Array.from({ length: 51 }, (_none, index) => index * 2);
    expect(samplePlaces(keys, 0, 100)).toEqual([12, 36, 62, 86]);
    expect(samplePlaces([1.48], 1.48, 10)).toEqual([1.48]);
    expect(samplePlaces([], 0, 10)).toEqual([]);
  });

  it('is measured by one guarded run that is the same each time, and read from its list of packets', () => {
    const { inputs, outputs } = sampleCommand({ file: '/x', demuxer: 'mov' }, 0, 12);
    expect(inputs[0]?.options.join(' ')).toMatch(/^-protocol_whitelist file .*-ss 12\.000000$/);
    expect(outputs[0]?.options.join(' ')).toContain('-threads 1');
    expect(readSample('#tb 0: 1/25\n0,  -1,  0,  1,  14012, 0x1\n0,   0,  1,  1,    55, 0x2, F=0x0\n')).toEqual([
      14012, 55,
    ]);
  });
});
