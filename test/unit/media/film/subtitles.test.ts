import { describe, expect, it } from 'vitest';
import { cleanCueText, editableCueText } from '../../../../media/film/cue-text.ts';
import { writeWebvtt } from '../../../../media/film/cue.ts';
import { readSubtitles } from '../../../../media/film/read-subtitles.ts';
import { joinWebvtt, sliceWebvtt } from '../../../../media/film/slice-webvtt.ts';
import { subtitleFindingText } from '../../../../media/film/subtitle-finding-text.ts';

const webvtt = `\ufeffWEBVTT - 教学片
Kind: captions

STYLE
::cue { color: red }

1
00:01.000 --> 00:05.500 line:0 onclick:evil align:start
Hello <b>world</b> & <script>alert(1)</script>

NOTE a remark

01:00:00.000 --> 01:00:01.000
{\\an8}<c.yellow>第二行</c>
`;
const srt = `1
00:00:01,000 --> 00:00:03,5
<font color="#fff">第一句</font>

2
00:00:04,000 --> 00:00:06,000
第二句

还是第二句
3
0:0:7 --> 0:0:8
第三句
`;
const said = (text: string, durationMs = Infinity): readonly string[] =>
  readSubtitles(text, durationMs).findings.map((finding) => subtitleFindingText(finding, 'en'));

describe('subtitles', () => {
  it('are read from WebVTT: known settings and harmless tags stay, other markup is shown as characters', () => {
    expect(readSubtitles(webvtt, Infinity)).toEqual({
      findings: [],
      cues: [
        {
          ...{ startMs: 1000, endMs: 5500, settings: 'line:0 align:start' },
          text: 'Hello <b>world</b> &amp; &lt;script&gt;alert(1)&lt;/script&gt;',
        },
        { startMs: 3_600_000, endMs: 3_601_000, text: '第二行' },
      ],
    });
  });

  it('are read from SRT with short fractions, empty lines inside a cue and none between two', () => {
    expect(readSubtitles(srt.replaceAll('\n', '\r\n'), Infinity)).toEqual({
      findings: [],
      cues: [
        { startMs: 1000, endMs: 3500, text: '第一句' },
        { startMs: 4000, endMs: 6000, text: '第二句\n还是第二句' },
        { startMs: 7000, endMs: 8000, text: '第三句' },
      ],
    });
  });

  it('are refused with the line and the cure', () => {
    expect(said('1\n00:00:01,000 -> 00:00:02,000\nx')[0]).toMatch(/^Line 2: The times "00:00:01,000 -> /);
    expect(said('1\n00:00:0x,000 --> 00:00:02,000\nx')[0]).toMatch(/^Line 2: The times "00:00:0x.*Write them as/);
    expect(said('\n\n1\n00:00:05,000 --> 00:00:02,000\nx')[0]).toMatch(/^Line 4: It ends before it begins/);
    expect(said('')[0]).toMatch(/^Line 1: The file has no subtitles/);
    expect(said(`00:01.000 --> 00:02.000\n${'x'.repeat(1001)}`)[0]).toMatch(/^Line 1: .*too long/);
    const flood = Array.from({ length: 20_001 }, (_, at) => `00:00:01.000 --> 00:00:02.000\n${at}\n`).join('\n');
    expect(said(`WEBVTT\n\n${flood}`)[0]).toMatch(/at most 20000/);
  });

  it('are told where cues overlap or go past the end of the film', () => {
    const text = `WEBVTT

00:01.000 --> 00:03.000
a

00:02.000 --> 00:09.000
b

00:10.000 --> 00:11.000
c
`;
    expect(readSubtitles(text, 8000).cues.map(({ endMs }) => endMs)).toEqual([3000, 8000]);
    expect(readSubtitles(text, 8000).findings.map(({ line, code }) => [line, code])).toEqual([
      [6, 'over_end'],
      [6, 'overlap'],
      [9, 'past_end'],
    ]);
  });

  it('stand in every cell in which they are seen, with their full times', () => {
    const { cues } = readSubtitles(webvtt, Infinity);
    const segments = sliceWebvtt(cues, 901, 126_000);
    expect(segments[0]).toContain('X-TIMESTAMP-MAP=MPEGTS:126000,LOCAL:00:00:00.000');
    expect(segments[0]).toContain('00:00:01.000 --> 00:00:05.500 line:0 align:start\nHello');
    expect(segments[1]).toContain('00:00:01.000 --> 00:00:05.500 line:0 align:start\nHello');
    expect(segments[2]).not.toContain('-->');
    expect(segments[900]).toContain('01:00:00.000 --> 01:00:01.000');
    expect(joinWebvtt(segments)).toEqual(cues);
    expect(readSubtitles(writeWebvtt(cues), Infinity).cues).toEqual(cues);
  });

  it('are edited without escapes wherever those come back', () => {
    for (const text of ['A & B', '1 < 2', '<i>x</i>', '<img src=x onerror=alert(1)>', 'a\nb']) {
      expect(editableCueText(cleanCueText(text))).toBe(text);
    }
    // Somebody wants to show the characters of a tag.
    expect(editableCueText('&lt;i&gt;')).toBe('&lt;i&gt;');
  });
});
