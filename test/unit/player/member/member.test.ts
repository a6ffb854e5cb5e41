import { describe, expect, it } from 'vitest';
import { MOST_LEFT_OFF, noted, readLeftOff } from '../../../../player/member/left-off.ts';
import {
  chosenQuality,
  indexOfChoice,
  lowestRungUrl,
  parseChoice,
  soundOnlyUrl,
} from '../../../../player/member/quality-choice.ts';
import { addressOf, type Route, routeOf } from '../../../../player/member/route.ts';
import { canPlay } from '../../../../player/shared/can-play.ts';

const at = (address: string) => routeOf(new URL(address, 'http://yuanbo.example'));

describe('the address of a screen', () => {
  it.each<Route>([
    { page: 'now' },
    { page: 'library' },
    { page: 'library', category: 'skills', query: '水稻 & 育秧' },
    { page: 'film', id: '01kbcdefghjkmnpqrstvwxyz01' },
    { page: 'programme', startAtMs: 1_795_737_600_000 },
    { page: 'notices' },
    { page: 'sign-in' },
  ])('leads back to it: %j', (route) => {
    expect(at(addressOf(route))).toEqual(route);
    expect(at(addressOf(route, 't1'))).toEqual(route);
  });

  it('is still read as it was shared before', () => {
    expect(at('/#/film/01kbcdefghjkmnpqrstvwxyz01')).toEqual({ page: 'film', id: '01kbcdefghjkmnpqrstvwxyz01' });
    expect(at('/#/board')).toEqual({ page: 'notices' });
  });

  it('that is none says so', () => {
    for (const wrong of ['/film/', '/film/../x', '/programme/soon', '/nothing', '/#/film/<b>', '/programme/1e12'])
      expect(at(wrong)).toEqual({ page: 'absent' });
  });
});

describe('films to go on with', () => {
  const left = (film: string, positionS: number) => ({ film, positionS, lengthS: 600 });

  it('stand newest first, each once, and no more than are looked at', () => {
    const list = [left('a', 20), left('b', 30), left('a', 40)].reduce<readonly ReturnType<typeof left>[]>(noted, []);
    expect(list).toEqual([left('a', 40), left('b', 30)]);
    let many: readonly ReturnType<typeof left>[] = [];
    for (let film = 0; film < 100; film += 1) many = noted(many, left(String(film), 50));
    expect([many.length, many[0]?.film]).toEqual([MOST_LEFT_OFF, '99']);
  });

  it('are no longer those that were seen to the end, nor those that were hardly begun', () => {
    const list = [left('a', 300)];
    expect(noted(list, left('a', 590))).toEqual([]);
    expect(noted(list, left('a', 3))).toEqual([]);
    expect(noted([], left('b', 3))).toEqual([]);
    // Nothing was loaded yet: that says nothing about where it was left.
    expect(noted(list, { film: 'a', positionS: 0, lengthS: NaN })).toEqual(list);
  });

  it('are none where the device kept rubbish', () => {
    for (const text of [undefined, '', '{', '{}', '[1,null,{"film":1}]', '[{"film":"a","positionS":"x","lengthS":1}]'])
      expect(readLeftOff(text)).toEqual([]);
    expect(readLeftOff(JSON.stringify([left('a', 20)]))).toEqual([left('a', 20)]);
  });
});

describe('the choice of quality', () => {
  const qualities = [
    { index: 0, height: 360, bitrateBps: 1_200_000 },
    { index: 1, height: 216, bitrateBps: 300_000 },
    { index: 2, height: 720, bitrateBps: 4_150_000 },
  ];

  it('is read as it was kept; anything else is automatic', () => {
    expect(['saver', 'sound', '480', '0', 'x', undefined].map(parseChoice)).toEqual([
      ...['saver', 'sound', 480, 'auto', 'auto', 'auto'],
    ]);
  });

  it('is the data saver of the device where nobody chose', () => {
    expect(chosenQuality({ connection: { saveData: true } })).toBe('saver');
    expect([chosenQuality({ connection: { saveData: false } }), chosenQuality({})]).toEqual(['auto', 'auto']);
  });

  it('means the lowest, or the best that is not above it', () => {
    const index = (choice: Parameters<typeof indexOfChoice>[1]) => indexOfChoice(qualities, choice);
    expect([index('saver'), index(480), index(1080), index(100), index('auto')]).toEqual([1, 0, 2, 1, undefined]);
  });

  it('finds the lowest rung with a picture of a film and a channel', () => {
    const rung = (bps: number, size: string, path: string) =>
      `#EXT-X-STREAM-INF:BANDWIDTH=${bps},AVERAGE-BANDWIDTH=1,CODECS="x"${size}\n${path}\n`;
    const list = (at: string) =>
      `#EXTM3U\n${rung(1_200_000, ',RESOLUTION=640x360', `${at}360p/media.m3u8`)}${rung(80_000, '', `${at}audio/media.m3u8`)}${rung(300_000, ',RESOLUTION=384x216', `${at}216p/media.m3u8`)}`;
    expect(lowestRungUrl(list(''), '/p/t/vod/f/r/ts/multivariant.m3u8')).toBe('/p/t/vod/f/r/ts/216p/media.m3u8');
    expect(lowestRungUrl(list('../'), 'http://yuanbo.example/p/t/live/county/ts/live/multivariant.m3u8')).toBe(
      '/p/t/live/county/ts/216p/media.m3u8',
    );
    expect(lowestRungUrl('<html>', '/p/t/x.m3u8')).toBeUndefined();
  });

  it('finds sound alone beside a film and a channel of package ts', () => {
    expect(soundOnlyUrl('/p/t/vod/f/r/ts/multivariant.m3u8')).toBe('/p/t/vod/f/r/ts/audio/media.m3u8');
    expect(soundOnlyUrl('/p/t/live/county/2026/ts/live/multivariant.m3u8')).toBe(
      '/p/t/live/county/2026/ts/audio/live.m3u8',
    );
    expect(soundOnlyUrl('/p/t/live/county/2026/cmaf/live/multivariant.m3u8')).toBeUndefined();
  });
});

describe('whether a browser can play', () => {
  const maybe = { canPlayType: () => 'maybe' as const };
  const never = { canPlayType: () => '' as const };

  it('is believed of Media Source Extensions, and of WebKit', () => {
    expect(canPlay(never, { hasMediaSource: true, isWebKit: false })).toBe(true);
    expect(canPlay(maybe, { hasMediaSource: false, isWebKit: true })).toBe(true);
    expect(canPlay(maybe, { hasMediaSource: false, isWebKit: false })).toBe(false);
    expect(canPlay(never, { hasMediaSource: false, isWebKit: true })).toBe(false);
  });
});
