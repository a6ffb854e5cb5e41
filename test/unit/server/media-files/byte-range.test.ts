import { describe, expect, it } from 'vitest';
import { wantedBytes } from '../../../../server/media-files/byte-range.ts';

describe('range of a segment request', () => {
  it.each([
    [undefined, 'whole'],
    ['', 'whole'],
    ['bytes=0-0', { from: 0, to: 1 }],
    ['bytes=10-', { from: 10, to: 100 }],
    ['bytes=10-19', { from: 10, to: 20 }],
    ['bytes=90-1000', { from: 90, to: 100 }],
    ['bytes=-1', { from: 99, to: 100 }],
    ['bytes=-500', { from: 0, to: 100 }],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=9-1', 'unsatisfiable'],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=abc', 'whole'],
    ['bytes=-', 'whole'],
    ['lines=1-2', 'whole'],
    ['bytes=99999999999999999999-', 'whole'],
    [`bytes=${Array.from({ length: 1000 }, (_, n) => `${n}-${n}`).join(',')}`, 'whole'],
  ])('reads %s of 100 bytes', (header, expected) => {
    expect(wantedBytes(header, 100)).toEqual(expected);
  });
});
