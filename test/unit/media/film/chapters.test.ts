import { describe, expect, it } from 'vitest';
import { chaptersOf, readChapters } from '../../../../media/film/chapters.ts';

const said = (start_time: string, title?: string) => ({
  start_time,
  ...(title === undefined ? {} : { tags: { title } }),
});

describe('chapters of a source', () => {
  it('are read with titles as plain text in one line', () => {
    const hostile = `\u202e<script>alert(1)</script>\n\u0007 第一章\u200b${'x'.repeat(200)}`;
    const [first, second] = readChapters({ chapters: [said('0.000000', hostile), said('61.500000')] });
    expect(first?.title).toMatch(/^<script>alert\(1\)<\/script> 第一章x+$/);
    expect(first?.title).toHaveLength(100);
    expect(second).toEqual({ atSeconds: 61.5, title: '' });
  });

  it('are none where there are too many, or where it is no list of them', () => {
    expect(readChapters({ chapters: Array.from({ length: 201 }, () => said('1')) })).toEqual([]);
    expect(readChapters({ chapters: [said('soon')] })).toEqual([]);
    expect(readChapters({})).toEqual([]);
  });

  it('stand on the clock of the film, in order, each instant once and inside of it', () => {
    const source = [120, 10, 70, 70.0001, 500, 5].map((atSeconds) => ({ atSeconds, title: String(atSeconds) }));
    expect(chaptersOf(source, 10, 200_000)).toEqual([
      { atMs: 0, title: '10' },
      { atMs: 60_000, title: '70' },
      { atMs: 110_000, title: '120' },
    ]);
    expect(chaptersOf(source.slice(0, 1), 10, 200_000)).toEqual([]);
  });
});
