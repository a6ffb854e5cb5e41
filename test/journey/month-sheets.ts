import { utils, write } from '@e965/xlsx';
import { addCivilDays, civilWeekday } from '../../media/grid/civil-time.ts';

const weekdays = ['一', '二', '三', '四', '五', '六', '日'];
const monthDay = (day: string): readonly [number, number] => [Number(day.slice(5, 7)), Number(day.slice(8))];
const daysFrom = (first: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => addCivilDays(first, index));

/** An XLSX of some days as an office writes it: Chinese headers, one date cell merged over the programmes of its day. */
export function mergedWorkbook(first: string, count: number, titles: readonly [string, string]): Buffer {
  const rows = daysFrom(first, count).flatMap((day) => {
    const [month, date] = monthDay(day);
    const weekday = `星期${weekdays[civilWeekday(day) - 1] ?? ''}`;
    return [
      [`${month}月${date}日`, weekday, '8：30', titles[0]],
      ['', '', '19:30', titles[1]],
    ];
  });
  const page = utils.aoa_to_sheet([['播出日期', '星期', '播放时间', '节目名称'], ...rows]);
  page['!merges'] = daysFrom(first, count).flatMap((_, index) =>
    [0, 1].map((c) => ({ s: { r: 1 + index * 2, c }, e: { r: 2 + index * 2, c } })),
  );
  const book = utils.book_new();
  utils.book_append_sheet(book, page, '节目单');
  return write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer;
}

/** What a Chinese Excel saves as CSV where the list separator is a semicolon. */
export function gbSemicolons(first: string, count: number, titles: readonly [string, string]): Buffer {
  const lines = daysFrom(first, count).flatMap((day) => {
    const [month, date] = monthDay(day);
    return [`${month}-${date};上午8:30;${titles[0]}`, `${month}-${date};下午7:30;${titles[1]}`];
  });
  return toGb18030(['日期;时间;片名', ...lines].join('\r\n'));
}

/** A range copied in a spreadsheet. */
export function copiedRange(first: string, count: number, title: string): string {
  const lines = daysFrom(first, count).map((day) => `${day.replaceAll('-', '/')}\t晚7点半\t${title}`);
  return ['日期\t时间\t节目', ...lines].join('\n');
}

/** Two-byte characters of GB18030, by asking the decoder for all of them. */
function toGb18030(text: string): Buffer {
  const pairs: number[] = [];
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) if (trail !== 0x7f) pairs.push(lead, trail);
  }
  const letters = Array.from(new TextDecoder('gb18030').decode(Uint8Array.from(pairs)));
  const known = new Map(letters.map((letter, index) => [letter, pairs.slice(index * 2, index * 2 + 2)]));
  return Buffer.from(Array.from(text).flatMap((letter) => known.get(letter) ?? [letter.charCodeAt(0)]));
}
