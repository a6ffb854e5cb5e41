import { XMLParser } from 'fast-xml-parser';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CARD_ROWS, type CardRow, type GapCard } from '../../../../media/contract/gap-card.ts';
import { cardPicture, cardSize } from '../../../../media/film/card-picture.ts';
import { fitText, textEms } from '../../../../media/film/fit-text.ts';

const row = (title: string, more: Partial<CardRow> = {}): CardRow => ({
  filmId: 'f',
  when: '19:30',
  title,
  mustWatch: false,
  ...more,
});
const card = (kind: GapCard['kind'], ...rows: CardRow[]): GapCard => ({
  kind,
  channel: '县频道',
  day: '12月1日 星期二',
  page: 1,
  pages: 2,
  rows,
});

interface Text {
  readonly '#text': string;
  readonly '@x': string;
  readonly '@font-size': string;
  readonly '@text-anchor'?: string;
}
/** Texts of a picture as a reader of XML finds them. */
function textsOf(picture: string): readonly Text[] {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    trimValues: false,
    isArray: (name) => name === 'text',
    alwaysCreateTextNode: true,
    parseTagValue: false,
  });
  return (parser.parse(picture) as { svg: { text: Text[] } }).svg.text;
}
const said = (picture: string): string[] => textsOf(picture).map((text) => text['#text']);

describe('the picture of a card', () => {
  it('says when, what, which category and that it must be watched', () => {
    const next = said(
      cardPicture(card('next-up', row('怎样开好组织生活会', { category: '政治理论', mustWatch: true }))),
    );
    expect(next).toEqual(
      expect.arrayContaining(['接下来', '19:30', '怎样开好组织生活会', '政治理论', '必看', '县频道']),
    );
    expect(said(cardPicture(card('next-up', row('水稻'))))).not.toContain('必看');
  });

  it('lists a day with its pages', () => {
    const list = said(cardPicture(card('today', row('水稻'), row('果树', { when: '20:00' }))));
    expect(list).toEqual(
      expect.arrayContaining(['今日节目', '12月1日 星期二', '第 1 / 2 页', '水稻', '20:00', '果树']),
    );
  });

  it('takes markup in titles literally', () => {
    const title = '<b>A&B</b> "x" ]]> &amp;';
    expect(said(cardPicture(card('today', row(title))))).toContain(title);
  });

  it('lets no text reach over the right margin, whatever people call their films', () => {
    const text = fc.string({
      unit: fc.constantFrom('党', 'W', 'i', '，', ' ', '<', '𠮷', '…', '\n', '8'),
      maxLength: 90,
    });
    const rows = fc.array(
      fc.record({
        filmId: fc.constant('f'),
        when: fc.constantFrom('19:30', '12月22日 星期三 19:30'),
        title: text,
        category: text,
        mustWatch: fc.boolean(),
      }),
      { minLength: 1, maxLength: CARD_ROWS },
    );
    const kinds = fc.constantFrom('next-up' as const, 'coming' as const, 'must-watch' as const);
    fc.assert(
      fc.property(kinds, rows, text, (kind, listed, channel) => {
        for (const found of textsOf(cardPicture({ ...card(kind, ...listed), channel }))) {
          const width = textEms(found['#text']) * Number(found['@font-size']);
          const left = found['@text-anchor'] === 'end' ? Number(found['@x']) - width : Number(found['@x']);
          expect(left).toBeGreaterThan(0);
          expect(left + width).toBeLessThanOrEqual(cardSize.width);
        }
      }),
      { seed: 20261124, numRuns: 200 },
    );
  });
});

describe('text in lines', () => {
  it('wraps between hanzi and between words, and never begins a line with a closing sign', () => {
    expect(fitText('一二三四五，六七', 5, 3)).toEqual(['一二三四', '五，六七']);
    expect(fitText('safe in floods', 5, 3)).toEqual(['safe in', 'floods']);
  });
  it('ends in dots where it does not fit, and keeps rare letters whole', () => {
    expect(fitText('一二三四五六七', 5)).toEqual(['一二三四…']);
    expect(fitText('𠮷𠮷𠮷𠮷', 3)).toEqual(['𠮷𠮷…']);
    expect(fitText('一\n二\t三', 9)).toEqual(['一 二 三']);
    expect(fitText('   ', 9)).toEqual([]);
  });
});
