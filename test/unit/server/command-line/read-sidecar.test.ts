import { describe, expect, it } from 'vitest';
import { readSidecar } from '../../../../server/command-line/read-sidecar.ts';
import { readTable } from '../../../../media/sheet/read-table.ts';

const read = (text: string | Buffer, file?: string) => readSidecar('films.csv', Buffer.from(text as string), file);
const rice = { file: 'rice.mp4', words: { title: '水稻', category: 'theory' } };

describe('a sheet about films', () => {
  it.each([
    ['commas', '文件名,片名,栏目\nrice.mp4,水稻,theory\n'],
    ['semicolons and a mark', '\ufefffilename;title;category\r\nrice.mp4;水稻;theory'],
    ['tabs', '栏目\t片名\t文件名\t备注\ntheory\t水稻\trice.mp4\tx\n'],
    ['UTF-16', Buffer.from('\ufeff文件名\t片名\t栏目\nrice.mp4\t水稻\ttheory\n', 'utf16le')],
    [
      'GB18030',
      Buffer.concat([
        Buffer.from('cec4bcfec3fb2cc6acc3fb2c', 'hex'),
        Buffer.from('category\r\nrice.mp4,'),
        Buffer.from('cbaeb5be', 'hex'),
        Buffer.from(',theory\r\n'),
      ]),
    ],
    ['JSON, a list', '[{"文件名": "rice.mp4", "片名": "水稻", "栏目": "theory"}]'],
    ['JSON by name', '{"rice.mp4": {"title": "水稻", "category": "theory"}}'],
  ])('is read from %s', (_how, text) => {
    const { rows, problems } = read(text);
    expect(problems).toEqual([]);
    expect(rows).toMatchObject([rice]);
  });

  it('keeps separators, quotes and line ends inside quotes, and counts the lines of the file', () => {
    const { rows } = read('filename,title,synopsis\n\n"a,b.mp4","say ""yes""","two\nlines"\nc.mp4,C,\n');
    expect(rows).toEqual([
      { where: 'films.csv, line 3', file: 'a,b.mp4', words: { title: 'say "yes"', synopsis: 'two\nlines' } },
      { where: 'films.csv, line 5', file: 'c.mp4', words: { title: 'C' } },
    ]);
  });

  it('takes names as Windows and old Macs write them, and languages as people say them', () => {
    const { rows } = read('文件名,语言\n.\\二\\cafe\u0301.mp4,藏语\nb.mp4,ug\n');
    expect(rows.map(({ file, words }) => [file, words.language])).toEqual([
      ['二/caf\u00e9.mp4', 'bo'],
      ['b.mp4', 'ug'],
    ]);
  });

  it('says of each wrong row its line, what is wrong, and the cure', () => {
    const { rows, problems } = read('filename,title\n,nameless\na.mp4,A\na.mp4,again\n');
    expect(rows).toHaveLength(1);
    expect(problems.map(({ where, reason }) => [where, reason])).toEqual([
      ['films.csv, line 2', 'it names no file'],
      ['films.csv, line 4', 'a.mp4 stands in films.csv, line 3 already'],
    ]);
    for (const { cure } of problems) expect(cure).toMatch(/\.$/);
  });

  it.each([
    ['title\nA\n', 'line 1', /no column/],
    ['filename,title\n"a.mp4,A\n', 'line 2', /never closed/],
    ['{"a.mp4": ', 'films.csv', /no JSON/],
    [Buffer.from([0x66, 0xff, 0xff, 0x0a]), 'films.csv', /neither UTF-8 nor GB18030/],
    ['', 'line 1', /no column/],
  ])('is refused as a whole where it cannot be read: %j', (text, where, reason) => {
    const { rows, problems } = read(text);
    expect(rows).toEqual([]);
    expect(problems[0]?.where).toContain(where);
    expect(problems[0]?.reason).toMatch(reason);
  });

  it('beside a film speaks of that film', () => {
    expect(read('{"title": "水稻", "category": "theory"}', 'rice.mp4').rows).toMatchObject([rice]);
  });
});

describe('a table', () => {
  it('knows its separator by its first line', () => {
    expect(readTable('a;b,c;d\n1;2,3;4').map(({ cells }) => cells)).toEqual([
      ['a', 'b,c', 'd'],
      ['1', '2,3', '4'],
    ]);
  });
});
