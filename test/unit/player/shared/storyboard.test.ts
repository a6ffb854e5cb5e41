import { describe, expect, it } from 'vitest';
import { readStoryboard, tileAt } from '../../../../player/shared/storyboard.ts';

const text = `WEBVTT

00:00:00.000 --> 00:00:04.000
00000.jpg#xywh=0,0,192,108

00:00:04.000 --> 00:00:08.000
00001.jpg#xywh=192,108,192,108
`;

describe('a storyboard', () => {
  const tiles = readStoryboard(text, '/p/token/vod/f/r/storyboard/storyboard.vtt');

  it('gives the picture of a second, cut out of the sheet beside its list', () => {
    expect(tileAt(tiles, 4)).toEqual({
      ...{ fromS: 4, toS: 8, url: '/p/token/vod/f/r/storyboard/00001.jpg' },
      ...{ x: 192, y: 108, width: 192, height: 108 },
    });
    expect(tileAt(tiles, 3.99)?.x).toBe(0);
    expect(tileAt(tiles, 8)).toBeUndefined();
  });

  it('passes over what is no picture, whatever its line ends', () => {
    expect(readStoryboard(`NOTE nothing\r\n\r\n${text.replace(/\n/g, '\r\n')}`, '/a/b.vtt')).toHaveLength(2);
    expect(readStoryboard('<html>', '/a/b.vtt')).toEqual([]);
  });
});
