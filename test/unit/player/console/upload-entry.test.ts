import { describe, expect, it } from 'vitest';
import { looksLikeVideo } from '../../../../player/console/films/upload/collect-files.ts';
import {
  type Sample,
  speedBps,
  timeLeftMs,
  titleOf,
  withSample,
  wordsOf,
  wordsWrittenSince,
} from '../../../../player/console/films/upload/upload-entry.ts';

/** One sample a second at a steady rate. */
const steady = (seconds: number, bytesPerSecond: number): readonly Sample[] => {
  let samples: readonly Sample[] = [];
  for (let second = 0; second <= seconds; second += 1)
    samples = withSample(samples, { atMs: second * 1000, sentBytes: second * bytesPerSecond });
  return samples;
};

describe('an upload on its way', () => {
  it('tells speed and time left from its last ten seconds', () => {
    const samples = steady(60, 50_000);
    expect(samples.length).toBeLessThanOrEqual(12);
    expect(speedBps(samples)).toBe(50_000);
    expect(timeLeftMs(samples, 4_000_000)).toBe(20_000);
  });

  it('says nothing before it knows', () => {
    expect(speedBps([])).toBeUndefined();
    expect(speedBps([{ atMs: 0, sentBytes: 5 }])).toBeUndefined();
    expect(timeLeftMs(steady(3, 0), 100)).toBeUndefined();
  });

  it('starts counting again when an attempt begins further back', () => {
    const samples = withSample(steady(5, 1000), { atMs: 5500, sentBytes: 2000 });
    expect(samples).toEqual([{ atMs: 5500, sentBytes: 2000 }]);
  });
});

describe('a file that was chosen', () => {
  it('keeps what is written about it while its earlier part is looked for', () => {
    const shown = { title: 'flood', language: 'zh-CN' };
    expect(wordsWrittenSince(shown, shown)).toEqual({});
    expect(wordsWrittenSince(shown, { ...shown, title: '防汛', synopsis: '' })).toEqual({
      title: '防汛',
      synopsis: '',
    });
    const again = { title: 'flood', language: 'en', category: 'safety' };
    expect(wordsWrittenSince(shown, again)).toEqual({ language: 'en', category: 'safety' });
  });

  it('suggests a title without its ending', () => {
    expect(titleOf('春耕技术 第1集.mp4')).toBe('春耕技术 第1集');
    expect(titleOf('.mp4')).toBe('.mp4');
    expect(titleOf(`${'长'.repeat(150)}.mov`)).toHaveLength(100);
  });

  it('is taken out of a folder only when it looks like a film', () => {
    expect(['a.MP4', 'b.mkv', 'c.ts'].every(looksLikeVideo)).toBe(true);
    expect(['Thumbs.db', '.DS_Store', '._a.mp4', 'list.xlsx', 'a.mp4.part'].some(looksLikeVideo)).toBe(false);
  });
});

describe('an upload that is taken up again', () => {
  it('keeps the words that the film was given before', () => {
    const metadata = {
      filename: 'a.mp4',
      title: '村里的新片',
      language: 'bo',
      category: 'wealth',
      filetype: 'video/mp4',
    };
    expect(wordsOf(metadata, 'a.mp4')).toEqual({ title: '村里的新片', language: 'bo', category: 'wealth' });
  });
  it('is named by its file where nothing was kept', () => {
    expect(wordsOf({}, 'rice.mp4')).toEqual({ title: 'rice', language: 'zh-CN' });
  });
});
