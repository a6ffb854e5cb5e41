import { describe, expect, it } from 'vitest';
import { readCues, webvttSegment } from '../../../transcoder/package/slice-webvtt.ts';

const text = `WEBVTT

1
00:01.000 --> 00:05.500 line:0
Hello <b>world</b> & <script>alert(1)</script>

NOTE a remark

01:00:00.000 --> 01:00:01.000
{\\an8}第二行

00:00:09.000 --> 00:00:08.000
ends before it begins
`;

describe('subtitles', () => {
  it('keep words and drop markup, styles and what is no cue', () => {
    expect(readCues(text)).toEqual([
      { startMs: 1000, endMs: 5500, text: 'Hello world &amp; alert(1)' },
      { startMs: 3_600_000, endMs: 3_601_000, text: '第二行' },
    ]);
  });

  it('are moved to the clock of the film', () => {
    expect(readCues(text, 2000)[0]).toMatchObject({ startMs: 0, endMs: 3500 });
  });

  it('stand in every cell in which they are seen, with their full times', () => {
    const cues = readCues(text);
    const segment = (cell: number) => webvttSegment(cues, cell, 126_000);
    expect(segment(0)).toContain('X-TIMESTAMP-MAP=MPEGTS:126000,LOCAL:00:00:00.000');
    expect(segment(0)).toContain('00:00:01.000 --> 00:00:05.500\nHello');
    expect(segment(1)).toContain('00:00:01.000 --> 00:00:05.500\nHello');
    expect(segment(2)).not.toContain('-->');
    expect(segment(900)).toContain('01:00:00.000 --> 01:00:01.000');
  });
});
