import { XMLParser } from 'fast-xml-parser';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idSchema } from '../../../../media/contract/ids.ts';
import { foldLine, writeCalendar } from '../../../../server/notices/icalendar.ts';
import { writeM3u } from '../../../../server/notices/m3u.ts';
import { writeXmltv, xmltvTime } from '../../../../server/notices/xmltv.ts';

const hostile = [
  '<script>alert(1)</script>',
  ']]>&amp;&#x0;"\'',
  '题目 & 说明 <b>"引号"</b>',
  'line one\r\nBEGIN:VEVENT\r\nUID:evil',
  'a\\,b;c\nd',
  '\u0000\u0007\u001b[31m',
  '\ud800 half',
  '😀'.repeat(60),
  '{{7*7}} ${7*7} %s',
];
const item = (title: string) => ({
  id: 'a1',
  filmId: idSchema.parse('0'.repeat(26)),
  title,
  kind: 'item' as const,
  startAtMs: Date.UTC(2026, 11, 1, 11, 30),
  endAtMs: Date.UTC(2026, 11, 1, 12, 30),
  mustWatch: true,
  firstPublishedAtMs: 0,
});
const about = {
  channelId: 'county.yuanbo',
  channelName: '频道 <1>',
  timeZone: 'Asia/Shanghai',
  categoryName: (code: string) => code,
};
const allowed = (text: string): string =>
  text.replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '');

/** Reads the one title of an XMLTV text back with somebody else's parser. */
const titleOf = (xml: string): string => {
  const parser = new XMLParser({ ignoreAttributes: false, trimValues: false, parseTagValue: false });
  const read = parser.parse(xml) as { tv: { programme: { title: { '#text'?: string } } } };
  const text = read.tv.programme.title['#text'] ?? '';
  return text.replaceAll(/&#(\d+);/g, (_all, code: string) => String.fromCharCode(Number(code)));
};

describe('XMLTV', () => {
  it.each(hostile)('keeps %j as text', (title) => {
    const xml = writeXmltv([item(title)], about);
    expect(titleOf(xml)).toBe(allowed(title));
  });

  it('gives any title back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (title) => {
        expect(titleOf(writeXmltv([item(title)], about))).toBe(allowed(title));
      }),
      { seed: 7, numRuns: 100 },
    );
  });

  it('writes county time with its offset, whatever zone the machine has', () => {
    expect(xmltvTime(Date.UTC(2026, 11, 1, 11, 30), 'Asia/Shanghai')).toBe('20261201193000 +0800');
    expect(xmltvTime(Date.UTC(2026, 6, 1, 0, 0), 'America/New_York')).toBe('20260630200000 -0400');
  });
});

/** Unfolds a calendar and splits it into lines (RFC 5545 3.1). */
const linesOf = (calendar: string): string[] => calendar.replaceAll('\r\n ', '').split('\r\n');
const event = (summary: string) => ({
  uid: 'a1@county.yuanbo',
  sequence: 2,
  stampAtMs: 0,
  startAtMs: Date.UTC(2026, 11, 1, 11, 30),
  endAtMs: Date.UTC(2026, 11, 1, 12, 30),
  summary,
  categories: ['必看'],
  location: '清水村',
  cancelled: false,
});

describe('iCalendar', () => {
  it.each(hostile)('keeps %j on one line', (summary) => {
    const lines = linesOf(writeCalendar([event(summary)], { name: '节目', timeZone: 'Asia/Shanghai' }));
    expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(1);
    expect(lines.filter((line) => line.startsWith('UID:'))).toEqual(['UID:a1@county.yuanbo']);
    const said = lines.find((line) => line.startsWith('SUMMARY:'))?.slice('SUMMARY:'.length) ?? '';
    const back = said.replaceAll(/\\(.)/gs, (_all, character: string) => (character === 'n' ? '\n' : character));
    expect(back).toBe(summary.replaceAll('\r\n', '\n').replaceAll(/(?!\n)[\p{Cc}\p{Cs}]/gu, ''));
  });

  it('folds lines at 75 octets and never inside a character', () => {
    for (const line of hostile.map((text) => `SUMMARY:${text.repeat(9)}`)) {
      const folded = foldLine(line);
      expect(folded.replaceAll('\r\n ', '')).toBe(line);
      for (const part of folded.split('\r\n ')) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(75);
    }
  });

  it('names its zone, also one that moves its clocks', () => {
    const shanghai = linesOf(writeCalendar([event('a')], { name: 'n', timeZone: 'Asia/Shanghai' }));
    expect(shanghai).toContain('TZID:Asia/Shanghai');
    expect(shanghai).toContain('DTSTART;TZID=Asia/Shanghai:20261201T193000');
    expect(shanghai.filter((line) => line === 'BEGIN:STANDARD')).toHaveLength(1);
    const events = [event('a'), { ...event('b'), startAtMs: Date.UTC(2027, 3, 1), endAtMs: Date.UTC(2027, 3, 1, 1) }];
    const berlin = linesOf(writeCalendar(events, { name: 'n', timeZone: 'Europe/Berlin' }));
    const summer = berlin.indexOf('BEGIN:DAYLIGHT');
    expect(berlin.slice(summer + 1, summer + 4)).toEqual([
      'DTSTART:20270328T020000',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0200',
    ]);
  });
});

describe('M3U', () => {
  it.each(hostile)('keeps a channel called %j on its line', (name) => {
    const urls = { liveUrl: 'http://x/live/a.m3u8', catchUpUrl: 'http://x/c', guideUrl: 'http://x/guide/a.xml' };
    const text = writeM3u({ id: 'a.yuanbo', name, ...urls, catchUpDays: 30 });
    const lines = text.split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[2]).toBe(urls.liveUrl);
    expect((lines[1]?.match(/"/g) ?? []).length % 2).toBe(0);
  });
});
