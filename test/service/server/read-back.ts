import { XMLParser } from 'fast-xml-parser';
import { strFromU8, unzipSync } from 'fflate';
import { expect } from 'vitest';

/** Every text in a JSON document. */
export const textsOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
};

/** Names of lines that a calendar of ours has. */
export const calendarProperties = new Set(
  `BEGIN END VERSION PRODID CALSCALE METHOD NAME X-WR-CALNAME REFRESH-INTERVAL X-PUBLISHED-TTL TZID DTSTART TZOFFSETFROM
  TZOFFSETTO UID DTSTAMP SEQUENCE DTEND SUMMARY CATEGORIES LOCATION STATUS TRANSP`.split(/\s+/),
);
type Text = Readonly<Record<'#text', string>>;
export interface Programme {
  readonly title: Text;
  readonly category: Text;
}
export interface PageHead {
  readonly title: string;
  readonly meta: readonly Readonly<Record<string, string>>[];
}
export const readXml = (text: string): unknown =>
  new XMLParser({
    ...{ ignoreAttributes: false, attributeNamePrefix: '@', trimValues: false, htmlEntities: true },
    ...{ parseTagValue: false, parseAttributeValue: false, unpairedTags: ['meta'] },
    isArray: (name) => name === 'meta' || name === 'si' || name === 'c',
    tagValueProcessor: (_name, value) => (value.trim() === '' ? '' : value),
  }).parse(text);

/** RFC 4180, every cell in quotes, without the byte order mark; no cell of ours has lines. */
export const csvOf = (text: string): string[][] =>
  text
    .replace(/^\ufeff/, '')
    .trimEnd()
    .split('\r\n')
    .map((row) => [...row.matchAll(/"((?:[^"]|"")*)"(?:,|$)/g)].map(([, cell = '']) => cell.replaceAll('""', '"')));

/** Texts of a workbook's first page as ECMA-376 has them; no cell of it may be a formula. */
export function cellsOf(bytes: Buffer): string[] {
  const files = unzipSync(bytes);
  const part = (path: string) => strFromU8(files[path] ?? new Uint8Array());
  const sheet = part('xl/worksheets/sheet1.xml');
  expect(sheet).not.toMatch(/<f[\s>]/);
  const { sst } = readXml(part('xl/sharedStrings.xml')) as { sst: { si: readonly { t: string | Text }[] } };
  const texts = sst.si.map(({ t }) => (typeof t === 'string' ? t : t['#text']));
  const decoded = texts.map((text) =>
    text.replaceAll(/_x([0-9a-f]{4})_/giu, (_all, code: string) => String.fromCharCode(parseInt(code, 16))),
  );
  return [...sheet.matchAll(/ t="s"><v>(\d+)<\/v>/g)].map(([, at]) => decoded[Number(at)] ?? '');
}
