import type { CardRow, GapCard } from '../contract/gap-card.ts';
import { fitText, textEms } from './fit-text.ts';

/** Size of a card in design pixels. */
export const cardSize = { width: 1280, height: 720 } as const;

/** Family name of the bundled font (transcoder/ffmpeg/font). */
export const cardFont = 'Yuanbo Sans';

/** What a card is called in guides and logs. */
export const cardTitles: Readonly<Record<GapCard['kind'], string>> = {
  'next-up': '接下来',
  coming: '即将播出',
  today: '今日节目',
  tomorrow: '明日节目',
  'must-watch': '必看节目',
};

const colours = {
  paper: '#f7f3e6',
  gold: '#f6e3a1',
  pale: '#bcd6d2',
  red: '#c8372d',
  panel: '#12303f',
} as const;

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const literal = (text: string): string => text.replace(/[&<>"]/g, (letter) => escapes[letter] ?? letter);

/** How a line of text stands. */
interface Line {
  readonly x: number;
  /** Of the baseline. */
  readonly y: number;
  readonly size: number;
  readonly fill: string;
  readonly anchor?: 'end';
}

const write = (text: string, { x, y, size, fill, anchor }: Line): string =>
  `<text x="${x}" y="${y}" font-family="${cardFont}" font-size="${size}" fill="${fill}"` +
  `${anchor === undefined ? '' : ` text-anchor="${anchor}"`} xml:space="preserve">${literal(text)}</text>`;

/** The mark of a programme that must be watched, its left edge and baseline at (x, y). */
const badge = (x: number, y: number, size: number): string =>
  `<rect x="${x}" y="${y - size * 1.02}" width="${size * 2.5}" height="${size * 1.36}" rx="${size * 0.24}" fill="${colours.red}"/>` +
  write('必看', { x: x + size * 0.25, y: y + size * 0.02, size, fill: '#ffffff' });

const margin = 88;
const right = cardSize.width - margin;

const scene =
  '<defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#17364d"/>' +
  '<stop offset="0.7" stop-color="#245a6d"/><stop offset="1" stop-color="#3c7a7c"/></linearGradient></defs>' +
  `<rect width="${cardSize.width}" height="${cardSize.height}" fill="url(#sky)"/>` +
  '<path d="M0 640C160 590 270 610 420 640S700 600 820 585S1090 640 1280 600V720H0Z" fill="#24574f"/>' +
  '<path d="M0 690C220 650 360 700 560 680S900 650 1280 682V720H0Z" fill="#1d4540"/>';

/** What stands on every card: its name and day at the top, the channel at the bottom. */
function frame({ kind, channel, day, page, pages }: GapCard): string {
  const heading = cardTitles[kind];
  const [said = ''] = fitText(channel, 24);
  const count = pages > 1 ? `第 ${page} / ${pages} 页` : '';
  return [
    `<rect x="${margin}" y="62" width="10" height="56" fill="${colours.gold}"/>`,
    write(heading, { x: margin + 30, y: 110, size: 56, fill: colours.gold }),
    day === '' ? '' : write(day, { x: margin + 60 + textEms(heading) * 56, y: 108, size: 34, fill: colours.paper }),
    count === '' ? '' : write(count, { x: right, y: 108, size: 28, fill: colours.pale, anchor: 'end' }),
    write(said, { x: right, y: 690, size: 26, fill: colours.pale, anchor: 'end' }),
  ].join('');
}

/** One programme, large. */
function single({ when, title, category, mustWatch }: CardRow): string {
  const size = 76;
  const lines = fitText(title, (right - margin) / size, 3);
  const top = lines.length > 2 ? 310 : 340;
  const under = top + 40 + lines.length * size * 1.25;
  const mark = mustWatch ? badge(margin, under, 38) : '';
  return [
    write(when, { x: margin, y: top - 80, size: 84, fill: colours.paper }),
    ...lines.map((line, index) => write(line, { x: margin, y: top + 34 + index * size * 1.25, size, fill: '#ffffff' })),
    mark,
    category === undefined
      ? ''
      : write(fitText(category, 16)[0] ?? '', {
          x: margin + (mustWatch ? 120 : 0),
          y: under,
          size: 38,
          fill: colours.gold,
        }),
  ].join('');
}

const rowHeight = 68;

/** A page of a list. */
function list({ kind, rows }: GapCard): string {
  const timeWidth = kind === 'must-watch' ? 320 : 130;
  const whenSize = kind === 'must-watch' ? 30 : 36;
  return rows
    .map(({ when, title, category, mustWatch }, index) => {
      const y = 206 + index * rowHeight;
      const said = category === undefined ? '' : (fitText(category, 7)[0] ?? '');
      const size = 38;
      const isMarked = mustWatch && kind !== 'must-watch';
      const from = margin + timeWidth + (isMarked ? 96 : 0);
      const space = right - 24 - from - (said === '' ? 0 : textEms(said) * 28 + 24);
      return [
        index % 2 === 0
          ? `<rect x="${margin - 20}" y="${y - 47}" width="${right - margin + 40}" height="${rowHeight}" rx="8" fill="${colours.panel}" fill-opacity="0.45"/>`
          : '',
        write(when, { x: margin, y, size: whenSize, fill: colours.gold }),
        isMarked ? badge(margin + timeWidth, y - 3, 30) : '',
        write(fitText(title, space / size)[0] ?? '', { x: from, y, size, fill: '#ffffff' }),
        said === '' ? '' : write(said, { x: right, y: y - 2, size: 28, fill: colours.pale, anchor: 'end' }),
      ].join('');
    })
    .join('');
}

/** A card as SVG: drawn by the transcoder with the bundled font alone; whatever titles hold is text and never markup. */
export function cardPicture(card: GapCard): string {
  const [first] = card.rows;
  const isSingle = card.kind === 'next-up' || card.kind === 'coming';
  const body = isSingle && first !== undefined ? single(first) : list(card);
  const { width, height } = cardSize;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${scene}${frame(card)}${body}</svg>`;
}
