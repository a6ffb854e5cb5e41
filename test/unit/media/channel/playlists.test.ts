import { describe, expect, it } from 'vitest';
import { activationCell, urgentActivationCell } from '../../../../media/channel/activation.ts';
import { asRun } from '../../../../media/channel/as-run.ts';
import { catchUpPlaylist } from '../../../../media/channel/catch-up.ts';
import type { ChannelView } from '../../../../media/channel/cell-playlist.ts';
import { channelLanguagesMultivariant, channelMultivariant } from '../../../../media/channel/channel-multivariant.ts';
import { dsnAt, epochAt, epochNamed } from '../../../../media/channel/epoch.ts';
import { DVR_CELLS, listedToCell, livePlaylist } from '../../../../media/channel/live-window.ts';
import { onAirAt } from '../../../../media/channel/on-air.ts';
import { startOverPlaylist } from '../../../../media/channel/start-over.ts';
import { cellAt, cellStartAtMs } from '../../../../media/grid/cell.ts';
import { compilePlan } from '../../../../media/plan/compile-plan.ts';
import { openEpoch, publishPlan, startCut, withdrawRevision } from '../../../../media/plan/edits.ts';
import type { Timeline } from '../../../../media/plan/timeline.ts';
import { at, channel, day, film, filmTable, item, midnightCell } from '../plan/plan-of-a-day.ts';

const both = { packages: ['ts', 'cmaf'] as const, languages: ['zh-CN', 'ii'] };
const a = film('a', 30);
const films = filmTable({ ...a, facts: { ...a.facts!, rungs: ['360p'], ...both } }, film('b', 30));
const plan = compilePlan(day(item('ia', 'a', at(1, 0)), item('ib', 'b')), films);
const timeline = publishPlan(channel(), midnightCell, plan);
const one = midnightCell + 900;
const ladder = ['1080p', '720p', '360p', '216p', 'audio'];

function view(of: Timeline, name = '720p', kind: 'ts' | 'cmaf' = 'ts'): ChannelView {
  return { timeline: of, epoch: of.epochs[0]!, rendition: { package: kind, name }, ladder };
}

describe('the live list', () => {
  it('runs from a minute ago to three cells ahead, with a boundary where the film changes', () => {
    const text = livePlaylist(view(timeline), at(1, 2));
    expect(text.match(/#EXTINF/g)).toHaveLength(18);
    expect(
      text.startsWith(`#EXTM3U
#EXT-X-VERSION:3
#EXT-X-TARGETDURATION:4
#EXT-X-MEDIA-SEQUENCE:915
#EXT-X-DISCONTINUITY-SEQUENCE:8
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-PROGRAM-DATE-TIME:2026-11-30T17:01:00.000Z
#EXTINF:4.000,
../360p/rev-a/00015.ts
`),
    ).toBe(true);
    expect(text).toContain(`../360p/rev-a/00029.ts
#EXT-X-DISCONTINUITY
#EXT-X-PROGRAM-DATE-TIME:2026-11-30T17:02:00.000Z
#EXTINF:4.000,
rev-b/00000.ts
`);
    expect(text).not.toContain('ENDLIST');
    expect(text).not.toContain('PLAYLIST-TYPE');
  });
  it('of two hours has the same end, and a date at least every minute', () => {
    const text = livePlaylist(view(timeline), at(3, 0), DVR_CELLS);
    expect(text.match(/#EXTINF/g)).toHaveLength(1803);
    expect(text).toContain('#EXT-X-MEDIA-SEQUENCE:900\n');
    expect(/#EXT-X-PROGRAM-DATE-TIME:(.*)/.exec(text)?.[1]).toBe('2026-11-30T17:00:00.000Z');
    expect(text.match(/PROGRAM-DATE-TIME/g)?.length).toBeGreaterThanOrEqual(120);
    const lastUri = (list: string) => list.trim().split('\n').at(-1);
    expect(lastUri(text)).toBe(lastUri(livePlaylist(view(timeline), at(3, 0))));
  });
  it('keeps the tag of a boundary at its head and counts it out of the header, so that no listed line ever changes', () => {
    const atHead = livePlaylist(view(timeline), cellStartAtMs(one + 15));
    expect(atHead).toContain('#EXT-X-DISCONTINUITY-SEQUENCE:7\n');
    expect(atHead.indexOf('#EXT-X-DISCONTINUITY\n')).toBeLessThan(atHead.indexOf('#EXTINF'));
    const oneLater = livePlaylist(view(timeline), cellStartAtMs(one + 16));
    expect(oneLater).toContain('#EXT-X-DISCONTINUITY-SEQUENCE:8\n');
  });
  it('never starts at discontinuity 0, which hls.js would re-base', () => {
    expect(livePlaylist(view(channel()), cellStartAtMs(midnightCell))).toContain('DISCONTINUITY-SEQUENCE:1\n');
  });
  it('names an initialisation section for every revision of package cmaf, and the main language for a missing one', () => {
    const text = livePlaylist(view(timeline, 'audio-ii', 'cmaf'), at(1, 2));
    expect(text).toContain('#EXT-X-VERSION:7\n');
    expect(text).toContain('#EXT-X-MAP:URI="rev-a/init.mp4"\n');
    expect(text).toContain('rev-a/00015.m4s\n');
    expect(livePlaylist(view(timeline, 'audio-en', 'cmaf'), at(1, 1))).toContain('../audio-zh-CN/rev-a/init.mp4');
  });
  it('serves a missing rung by the next lower one, and by the next higher where there is none', () => {
    expect(livePlaylist(view(timeline, '1080p'), at(1, 1))).toContain('\n../360p/rev-a/00000.ts\n');
    expect(livePlaylist(view(timeline, '216p'), at(1, 1))).toContain('\n../360p/rev-a/00000.ts\n');
    expect(livePlaylist(view(timeline, '360p'), at(1, 1))).toContain('\nrev-a/00000.ts\n');
    expect(livePlaylist(view(timeline, 'audio'), at(1, 1))).toContain('\n../360p/rev-a/00000.ts\n');
    const heard = compilePlan(
      day(item('ia', 'a', at(1, 0))),
      filmTable({ ...a, facts: { ...a.facts!, rungs: ['360p', 'audio'] } }),
    );
    const sound = livePlaylist(view(publishPlan(channel(), midnightCell, heard), 'audio'), at(1, 1));
    expect(sound).toContain('\nrev-a/00000.ts\n');
    const facts = { ...a.facts!, rungs: ['1080p', '360p'] };
    const gappy = compilePlan(day(item('ia', 'a', at(1, 0))), filmTable({ ...a, facts }));
    const list = livePlaylist(view(publishPlan(channel(), midnightCell, gappy)), at(1, 1));
    expect(list).toContain('\n../360p/rev-a/00000.ts\n');
  });
});

describe('start-over', () => {
  it('grows from the first cell, begins there, and is finished with the item', () => {
    const growing = startOverPlaylist(view(timeline), one, at(1, 1)) ?? '';
    expect(growing).toContain('#EXT-X-PLAYLIST-TYPE:EVENT\n#EXT-X-START:TIME-OFFSET=0.000,PRECISE=YES\n');
    expect(growing.match(/#EXTINF/g)).toHaveLength(18);
    const whole = startOverPlaylist(view(timeline), one, at(1, 2)) ?? '';
    expect(whole).toContain('#EXT-X-PLAYLIST-TYPE:VOD\n');
    expect(whole.match(/#EXTINF/g)).toHaveLength(30);
    expect(whole.endsWith('#EXT-X-ENDLIST\n')).toBe(true);
  });
  it('shows the slate of a cut in its place, and the rest of the item behind it', () => {
    const cut = startCut(timeline, one + 5, { id: 'c', toCell: one + 10 });
    const text = startOverPlaylist(view(cut), one, at(1, 2)) ?? '';
    expect(text.match(/#EXTINF/g)).toHaveLength(30);
    expect(text.match(/rev-slate/g)).toHaveLength(5);
    expect(text.match(/#EXT-X-DISCONTINUITY\n/g)).toHaveLength(2);
  });
  it('does not exist before its cell is listed', () => {
    expect(startOverPlaylist(view(timeline), one, at(0, 59, 44))).toBeUndefined();
    expect(startOverPlaylist(view(timeline), one, at(0, 59, 52))).toBeDefined();
    expect(startOverPlaylist(view(timeline), midnightCell - 1, at(1, 0))).toBeUndefined();
  });
  it('of slate ends where the next item begins', () => {
    expect(startOverPlaylist(view(timeline), one - 10, at(1, 2))?.match(/#EXTINF/g)).toHaveLength(10);
  });
});

describe('catch-up', () => {
  it('lists a range as VOD, without a tag before its first segment', () => {
    const text = catchUpPlaylist(view(timeline), one, one + 60);
    expect(text.match(/#EXTINF/g)).toHaveLength(60);
    expect(text.match(/#EXT-X-DISCONTINUITY\n/g)).toHaveLength(1);
    expect(text.match(/PROGRAM-DATE-TIME/g)).toHaveLength(2);
    expect(text).toContain('#EXT-X-DISCONTINUITY-SEQUENCE:8\n');
  });
  it('shows slate instead of what was withdrawn since', () => {
    const text = catchUpPlaylist(view(withdrawRevision(timeline, one + 1000, 'rev-a')), one - 5, one + 60);
    const before = catchUpPlaylist(view(timeline), one - 5, one + 60);
    expect(text.slice(0, text.indexOf('#EXTINF'))).toBe(before.slice(0, before.indexOf('#EXTINF')));
    expect(text).not.toContain('rev-a');
    expect(text.match(/rev-slate/g)).toHaveLength(35);
    expect(text.match(/#EXTINF/g)).toHaveLength(65);
  });
});

describe('what is on air', () => {
  it('is a segment of a film at every instant', () => {
    expect(onAirAt(timeline, at(1, 0, 59))).toMatchObject({
      cell: one + 14,
      segment: 14,
      facts: { title: 'Film a' },
      item: { filmId: 'a' },
    });
    expect(onAirAt(timeline, at(5, 0))?.item).toBeUndefined();
    expect(onAirAt(timeline, cellStartAtMs(midnightCell) - 1)).toBeUndefined();
  });
  it('is what the log says afterwards', () => {
    expect(asRun(timeline, one - 1, one + 31)).toMatchObject([
      { kind: 'slate', cells: 1, endAtMs: at(1, 0) },
      { kind: 'item', itemId: 'ia', filmId: 'a', firstSegment: 0, cells: 30, startAtMs: at(1, 0), endAtMs: at(1, 2) },
      { kind: 'item', itemId: 'ib', cells: 1 },
    ]);
  });
});

describe('edits of what is on air', () => {
  it('begin behind everything that any replica has listed', () => {
    const now = at(1, 0);
    expect(activationCell(now) - cellAt(now)).toBe(8);
    expect(urgentActivationCell(now)).toBe(listedToCell(now) + 1);
  });
});

describe('an epoch', () => {
  const opened = openEpoch(timeline, '2027', one + 30);
  it('is chosen by the first cell of a list, and found by its name', () => {
    expect(epochAt(opened, one + 29)?.name).toBe('2026');
    expect(epochAt(opened, one + 30)?.name).toBe('2027');
    expect(epochAt(opened, 0)?.name).toBe('2026');
    expect(epochNamed(opened, '2028')).toBeUndefined();
  });
  it('numbers the same cells anew while the old one goes on', () => {
    const epoch = epochNamed(opened, '2027')!;
    expect(dsnAt(opened, epoch, one + 30)).toBe(2);
    const now = cellStartAtMs(one + 48);
    expect(livePlaylist({ ...view(opened), epoch }, now)).toContain('MEDIA-SEQUENCE:3\n');
    expect(livePlaylist(view(opened), now)).toContain('MEDIA-SEQUENCE:933\n');
    const long = livePlaylist({ ...view(opened), epoch }, now, DVR_CELLS);
    expect(long).toContain('#EXT-X-MEDIA-SEQUENCE:0\n');
    expect(long.match(/#EXTINF/g)).toHaveLength(21);
  });
});

describe('the multivariant list of a channel', () => {
  const rungs = [
    { name: '720p', width: 1280, height: 720, frameRate: 60, bandwidthBps: 2_500_000, codecs: 'avc1.64001f,mp4a.40.2' },
    { name: '360p', width: 640, height: 360, frameRate: 60, bandwidthBps: 800_000, codecs: 'avc1.4d401e,mp4a.40.2' },
    { name: 'audio', bandwidthBps: 80_000, codecs: 'mp4a.40.2' },
  ];
  it('names the whole house ladder for a view, the safe rung first', () => {
    const uris = channelMultivariant(rungs, { kind: 'from', fromCell: 7 })
      .split('\n')
      .filter((line) => line.startsWith('..'));
    expect(uris).toEqual(['../360p/from-7.m3u8', '../audio/from-7.m3u8', '../720p/from-7.m3u8']);
  });
  it('has one group of languages in package cmaf', () => {
    const languages = [
      { language: 'zh-CN', name: '普通话' },
      { language: 'ii', name: 'ꆈꌠꉙ' },
    ];
    const text = channelLanguagesMultivariant(rungs, languages, { kind: 'live' });
    expect(text).toContain(
      'LANGUAGE="zh-CN",NAME="普通话",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="../audio-zh-CN/live.m3u8"',
    );
    expect(text.match(/AUDIO="audio"/g)).toHaveLength(2);
    expect(text).not.toContain('../audio/live.m3u8');
  });
});
