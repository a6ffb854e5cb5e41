import { parse, setOptions } from 'hls-parser';
import { beforeAll, describe, expect, it } from 'vitest';
import { attributeList } from '../../../../media/hls/tags.ts';
import { listingOrder, writeMultivariantPlaylist } from '../../../../media/hls/write-multivariant-playlist.ts';

beforeAll(() => {
  setOptions({ strictMode: true });
});

const picture = { bandwidthBps: 800_000, codecs: 'avc1.4d401e,mp4a.40.2', width: 640, height: 360, frameRate: 60 };

describe('a multivariant playlist', () => {
  it('declares what a player must know before it chooses', () => {
    const text = writeMultivariantPlaylist({
      variants: [
        { ...picture, uri: '360p/media.m3u8', averageBandwidthBps: 600_000 },
        { uri: 'audio/media.m3u8', bandwidthBps: 80_000, codecs: 'mp4a.40.2' },
      ],
    });
    expect(text).toBe(`#EXTM3U
#EXT-X-VERSION:3
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-STREAM-INF:BANDWIDTH=800000,AVERAGE-BANDWIDTH=600000,CODECS="avc1.4d401e,mp4a.40.2",RESOLUTION=640x360,FRAME-RATE=60.000,CLOSED-CAPTIONS=NONE
360p/media.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=80000,CODECS="mp4a.40.2"
audio/media.m3u8
`);
    expect(parse(text)).toMatchObject({ isMasterPlaylist: true });
  });

  it('groups languages and subtitles, and lists key frames for winding', () => {
    const rendition = { language: 'zh-CN', name: '普通话', isDefault: true };
    const text = writeMultivariantPlaylist({
      variants: [{ ...picture, uri: '360p/media.m3u8', audio: 'audio', subtitles: 'text' }],
      renditions: [
        { ...rendition, type: 'AUDIO', group: 'audio', uri: 'audio-zh-CN/media.m3u8' },
        { ...rendition, type: 'SUBTITLES', group: 'text', isDefault: false, uri: 'subtitles/zh-CN/media.m3u8' },
      ],
      iFrames: [{ ...picture, uri: '360p/iframes.m3u8' }],
    });
    expect(text).toContain('NAME="普通话",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="audio-zh-CN/media.m3u8"');
    expect(text).toContain('#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=800000');
    expect(parse(text)).toMatchObject({ variants: [{ audio: [{ language: 'zh-CN' }] }, { isIFrameOnly: true }] });
  });

  it('lists a safe default first and the rest by bandwidth', () => {
    const rungs = ['1080p', '720p', '360p', 'audio'].map((name, index) => ({ name, bandwidthBps: 4 - index }));
    expect(listingOrder(rungs).map((rung) => rung.name)).toEqual(['360p', 'audio', '720p', '1080p']);
    expect(listingOrder(rungs, '480p').map((rung) => rung.name)).toEqual(['audio', '360p', '720p', '1080p']);
  });

  it('lets no text out of its quotes', () => {
    expect(attributeList({ NAME: { quoted: 'a"\r\n#EXT-X-ENDLIST' }, X: undefined })).toBe('NAME="a#EXT-X-ENDLIST"');
  });
});
