import { describe, expect, it } from 'vitest';
import { chapterLines, readChapterLines } from '../../../../player/console/films/chapter-lines.ts';

const chapters = [
  { atMs: 0, title: '开场' },
  { atMs: 750_500, title: '育秧要点 12:30' },
  { atMs: 3_900_000, title: '结束' },
];

describe('chapters as lines', () => {
  it('come back as they were', () => {
    expect(readChapterLines(chapterLines(chapters, String))).toEqual({ chapters });
    expect(chapterLines([{ atMs: 0, title: '' }], (number) => `第 ${number} 章`)).toMatch(/第 1 章$/);
    expect(readChapterLines('')).toEqual({ chapters: [] });
  });

  it('are read as people write them, without hours and with empty lines', () => {
    expect(readChapterLines('\n0:00 a\n\n 1:30.5  b c \n01:00:00 d')).toEqual({
      chapters: [
        { atMs: 0, title: 'a' },
        { atMs: 90_500, title: 'b c' },
        { atMs: 3_600_000, title: 'd' },
      ],
    });
  });

  it('name the first line that is wrong', () => {
    expect(readChapterLines('0:00 a\nb')).toEqual({ wrongLine: 2 });
    expect(readChapterLines('0:00 a\n\n0:00 b')).toEqual({ wrongLine: 3 });
    expect(readChapterLines('0:61 a')).toEqual({ wrongLine: 1 });
    expect(readChapterLines('0:10')).toEqual({ wrongLine: 1 });
  });
});
