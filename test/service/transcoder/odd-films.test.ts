import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeOddFilm, ODD_KINDS } from '../../odd-films/make-odd-film.ts';
import type { OddKind } from '../../odd-films/make-odd-film.ts';

const folder = mkdtempSync(join(tmpdir(), 'odd-films-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What ffprobe says with plain settings: one line a stream, then the container, then its complaints. */
const described = (path: string): string => {
  const entries =
    'stream=codec_name,width,height,r_frame_rate,avg_frame_rate,channels,field_order,color_transfer,sample_aspect_ratio,pix_fmt:stream_side_data=rotation:stream_tags=language:format=format_name,duration,nb_streams';
  const run = spawnSync(
    'ffprobe',
    ['-v', 'error', '-protocol_whitelist', 'file', '-show_entries', entries, '-of', 'compact', path],
    {
      encoding: 'utf8',
    },
  );
  return run.stdout + run.stderr;
};

/** What must show for a kind to be the odd thing that its name says. */
const SIGNS: Partial<Record<OddKind, RegExp>> = {
  'png-picture': /png_pipe|codec_name=png/,
  'gif-picture': /format_name=gif/,
  'hls-playlist': /hls|whitelist|Invalid|Error/i,
  'without-index': /moov atom not found/,
  'huge-picture': /width=16384\|height=8640/,
  'tiny-picture': /width=15\|height=15/,
  'timestamp-gap': /duration=9000[0-9]/,
  'thousand-frames': /r_frame_rate=1000\/1/,
  'many-tracks': /nb_streams=300/,
  'too-short': /duration=0\.04/,
  'too-long': /duration=31557600/,
  'magic-yuv': /codec_name=magicyuv/,
  'odd-size': /width=321\|height=241/,
  hdr10: /yuv420p10le.*smpte2084/,
  interlaced: /field_order=tt/,
  anamorphic: /sample_aspect_ratio=64:45/,
  rotated: /rotation=/,
  mono: /channels=1/,
  surround: /channels=6/,
  'two-languages': /language=zho[^]*language=eng/,
  avi: /format_name=avi/,
  flv: /format_name=flv/,
  wmv: /format_name=asf/,
  mpeg: /format_name=mpeg\b/,
  mts: /format_name=mpegts/,
};

describe('the odd films', () => {
  it.each(ODD_KINDS)('%s is what its name says, and small', async (kind) => {
    const path = await makeOddFilm(kind, join(folder, kind));
    expect(statSync(path).size).toBeLessThan(6_000_000);
    const sign = SIGNS[kind];
    if (sign !== undefined) expect(described(path)).toMatch(sign);
  });

  it('makes a film of uneven pace for variable-rate', () => {
    const path = join(folder, 'variable-rate', readdirSync(join(folder, 'variable-rate'))[0] ?? '');
    const { stdout } = spawnSync(
      'ffprobe',
      ['-v', 'error', '-select_streams', 'v', '-show_entries', 'packet=duration_time', '-of', 'csv=p=0', path],
      { encoding: 'utf8' },
    );
    expect(new Set(stdout.trim().split('\n')).size).toBeGreaterThan(2);
  });
});
